"""A run folder of the program, read without other packages: tables and VTK files of one writer, by zlib."""
import base64
import csv
import pathlib
import struct
import xml.etree.ElementTree as xml
import zlib

NUMBERS = {"Float64": "d", "Int64": "q", "Int32": "i", "UInt8": "B"}


def decoded(element):
    """Bytes of a DataArray: base64 of the blocks' lengths (UInt64), then base64 of the blocks, each by zlib."""
    text = element.text.strip()
    blocks = struct.unpack("<Q", base64.b64decode(text[:12])[:8])[0]
    header = -(-8 * (3 + blocks) // 3) * 4  # characters
    sizes = struct.unpack(f"<{3 + blocks}Q", base64.b64decode(text[:header])[:8 * (3 + blocks)])[3:]
    data, result = base64.b64decode(text[header:]), b""
    for size in sizes:
        result, data = result + zlib.decompress(data[:size]), data[size:]
    return result


def numbers(element):
    kind = NUMBERS[element.get("type")]
    data = decoded(element)
    return struct.unpack(f"<{len(data) // struct.calcsize(kind)}{kind}", data)


class Run:
    """One run: series over time, the last ledger, and outputs of cells and fields by their number from 0."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        with open(self.folder / "series.csv", newline="", encoding="utf-8") as file:
            self.series = [{name: float(v) for name, v in row.items()} for row in csv.DictReader(file)]
        with open(self.folder / "ledger.csv", newline="", encoding="utf-8") as file:
            self.ledger = list(csv.DictReader(file))

    def at(self, hours):
        """The row of series.csv at a time, which must be one of an output."""
        for row in self.series:
            if abs(row["time [s]"] - 3600.0 * hours) < 0.5:
                return row
        raise ValueError(f"{self.folder / 'series.csv'} has no row at {hours} h")

    def total(self, account, balance="", side=""):
        """Sum of an account over the balances that begin with `balance`, in the last ledger."""
        return sum(float(r["value"]) for r in self.ledger
                   if r["account"] == account and r["balance"].startswith(balance) and r["side"].startswith(side))

    def _piece(self, kind, number, suffix):
        name = f"{kind}_{number:06d}"
        return xml.parse(self.folder / kind / name / f"piece_0000.{suffix}").getroot()

    def cells(self, number):
        """Cells by the name of their type: a list of {array name: value} each."""
        root = self._piece("cells", number, "vtp")
        names = next(decoded(a) for a in root.iter("Array") if a.get("Name") == "cell types").decode().split("\0")
        arrays = {}
        for data in root.iter("PointData"):  # one of each piece
            for a in data:
                arrays[a.get("Name")] = arrays.get(a.get("Name"), ()) + numbers(a)
        result = {}
        for n, kind in enumerate(arrays["type"]):
            result.setdefault(names[kind], []).append({name: values[n] for name, values in arrays.items()})
        return result

    def field(self, number, name):
        """Values of a field per voxel, x fastest, and how many voxels along each axis."""
        root = self._piece("fields", number, "vti")
        extent = [int(n) for n in root.find("ImageData").get("WholeExtent").split()]
        shape = [extent[2 * a + 1] - extent[2 * a] for a in range(3)]
        return sum((numbers(a) for a in root.iter("DataArray") if a.get("Name") == name), ()), shape

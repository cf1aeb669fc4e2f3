// The rows of every table under the paths of a configuration, in the order of the reference.
#include <functional>

#include "io/config/rate_names.hpp"
#include "io/config/registry.hpp"
#include "src/parameters/rows.hpp"

namespace vesicast::io {
namespace {

class Keys {
 public:
  using Change = std::function<void(Key& key)>;

  /// \param table the pattern that the keys stand under
  /// \param change what is different there
  template <class Struct>
  void add(const std::string& table, std::span<const KeyRow<Struct>> rows, const Change& change = nullptr) {
    for (const KeyRow<Struct>& row : rows) {
      Key key = key_of(row);
      key.path = table + "." + row.name;
      if (row.type.kind == Kind::map) {
        add_map(key);
        continue;
      }
      if (change) change(key);
      all.push_back(std::move(key));
    }
  }
  template <class Struct>
  void add(const std::string& table, const Change& change = nullptr) {
    add(table, rows<Struct>(), change);
  }

  std::vector<Key> all;

 private:
  template <class Struct>
  static Key key_of(const KeyRow<Struct>& row) {
    Key key{.kind = row.type.kind, .dimension = row.type.dimension, .default_text = row.standard, .range = row.range};
    for (const std::string_view choice : parts(row.more.choices)) key.choices.emplace_back(choice);
    key.meaning = row.meaning;
    key.source = row.source;
    key.more = row.more;
    return key;
  }
  /// File and array of a map. \param key of its row, which means what the map holds
  void add_map(Key key) {
    const std::string content = key.meaning;
    key.kind = Kind::file;
    key.meaning =
        "A VTK image (.vti, .pvti) whose voxels are the domain's, or a CSV of x, y, z and values; relative to the "
        "folder of the config";
    all.push_back(key);
    key.kind = Kind::string;
    key.path.replace(key.path.rfind('.'), std::string::npos, ".array");
    key.meaning = "Name of the image's cell-data array, or of the CSV's column: " + content;
    all.push_back(std::move(key));
  }
};

/// The keys of a table whose values hold where the key is left out in another: those of `general`.
Keys::Change as_in(const char* general) {
  return [general](Key& key) {
    key.default_text.clear();
    key.more.rates = "";
    if (key.more.required != Required::always) key.more.absent = general;
  };
}

/// A class of vesicles or a soluble factor: the faces, a diffusivity from a map, concentrations against time.
void add_field(Keys& keys, const std::string& table) {
  keys.add(table, field_rows());
  keys.add(table + ".boundary_value.<face>", series_rows());
}

void add_tissue(Keys& keys) {
  constexpr std::size_t before_shape = 3;  // rows of a group
  keys.add("tissue.cells[]", rows<CellGroup>().first(before_shape));
  keys.add<Place>("tissue.cells[]");
  keys.add("tissue.cells[]", rows<CellGroup>().subspan(before_shape));
}

void add_regions(Keys& keys) {
  const auto region = rows<Region>();
  keys.add("region[]", region.first(1));
  keys.add<Place>("region[]", [](Key& key) {
    if (!key.path.ends_with(".shape")) return;
    key.more.absent = "map is given instead";
    key.meaning.replace(0, std::string_view("Where the cells are placed").size(), "What belongs to the region");
  });
  keys.add("region[]", region.subspan(1));
  keys.add<Vessels>("region[].blood");
  keys.add<Vessels>("region[].lymph", [](Key& key) {
    if (key.path.ends_with(".surface_density")) key.more.typical = "lymphatics are absent from the inside of tumours";
    if (key.path.ends_with(".pressure")) key.more.typical = "0 mmHg";
    if (key.path.ends_with(".plasma.*")) key.meaning = "Concentration of the class in the lymph";
  });
}

void add_donor(Keys& keys) {
  keys.add<Secretion>("cell_type.*.donor", [](Key& key) {
    if (key.more.required == Required::always) key.more.absent = "required in a donor, here or per vesicle class";
    key.more.required = Required::no;
    key.meaning += ". For the only vesicle class; where there are several, give it per class";
  });
  keys.add<Secretion>("cell_type.*.donor.vesicle.*");
}

void add_recipient(Keys& keys) {
  const std::string table = "cell_type.*.recipient";
  keys.add(table, recipient_rows());
  keys.add<AcidGate>(table);
  keys.add<Uptake>(table);
  keys.add<Uptake>(table + ".vesicle.*", [](Key& key) {
    as_in("as in cell_type.*.recipient")(key);
    if (key.path.ends_with(".k_recycling"))
      key.more.absent = "as in cell_type.*.recipient where it is given there, otherwise k_late/9 of this class";
  });
}

void add_pathway(Keys& keys) {
  const std::string table = "cell_type.*.donor.pathway";
  keys.add<Biogenesis>(table);
  keys.add<MvbPopulation>(table + ".mvb.*");
  keys.add(table + ".mvb.*", population_rows(), as_in("that of the pathway"));
}

void add_perturbations(Keys& keys) {
  keys.add("perturbation_table", effect_table_rows());
  keys.add("perturbation[]", perturbation_rows(), [](Key& key) {
    if (!key.path.ends_with(".rate")) return;
    for (const RateInfo& rate : named_rates()) key.choices.emplace_back(rate.name);
    key.suggest = [](std::string_view name) { return rate_suggestion(name); };
  });
}

std::vector<Key> made_of_rows() {
  Keys keys;
  keys.add("run", rows<RunParameters>().first(2));
  keys.add<AutomaticStep>("run");
  keys.add("run", rows<RunParameters>().subspan(2));
  const auto domain = rows<DomainParameters>();
  keys.add("domain", domain.first(domain.size() - 1));
  keys.add<TransportParameters>("transport");
  keys.add("domain", domain.last(1));  // the map
  keys.add<Medium>("medium");
  constexpr std::size_t before_size = 4;  // rows of a class
  keys.add("vesicle.*", rows<VesicleClass>().first(before_size));
  keys.add<SizeDistribution>("vesicle.*");
  keys.add("vesicle.*", rows<VesicleClass>().subspan(before_size));
  add_field(keys, "vesicle.*");
  keys.add<MatrixBinding>("vesicle.*.matrix");
  keys.add<CargoSpecies>("cargo.*");
  keys.add("vesicle.*", carried_rows());
  keys.add("factor.*", factor_rows());
  add_field(keys, "factor.*");
  add_regions(keys);
  keys.add<FlowParameters>("flow");
  keys.add("cell_type.*", preset_rows());
  keys.add("cell_type.*", body_rows());
  add_donor(keys);
  add_recipient(keys);
  keys.add("cell_type.*", variation_rows());
  add_pathway(keys);
  keys.add<Polarised>("cell_type.*.donor.polarised");
  keys.add("cell_type.*", cytosol_row());
  keys.add<CellCargo>("cell_type.*.cargo.*");
  keys.add<Response>("cell_type.*.response.*");
  keys.add<PhenotypeSwitch>("cell_type.*.becomes");
  keys.add("cell_type.*.factor.*", cell_factor_rows());
  add_tissue(keys);
  add_perturbations(keys);
  keys.add<OutputParameters>("output");
  keys.add<CheckpointParameters>("checkpoint");
  return std::move(keys.all);
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> all = made_of_rows();
  return all;
}

}  // namespace vesicast::io

#include "io/config/registry_keys.hpp"

namespace vesicast::io {

std::vector<TableInfo> all_tables() {
  return {
      {"", false, "A configuration: TOML, with every dimensional value a string that names its unit", ""},
      {"run", false, "How long, in which steps, with which random numbers", ""},
      {"domain", false, "The piece of tissue and its grid; 3-D, or a 2-D section of given thickness", ""},
      {"domain.boundary", true, "What happens at the faces of the domain", ""},
      {"transport", false, "How diffusion and loss are integrated", ""},
      {"vesicle", false, "The vesicle classes; at least one", "vesicle classes"},
      {"vesicle.*", false, "One class of vesicles, such as exosomes", ""},
      {"vesicle.*.boundary_value", true, "Concentrations outside the faces that are \"fixed\"", ""},
      {"vesicle.*.cargo", true, "What a vesicle of the class carries", "cargo"},
      {"cargo", false, "The molecules that vesicles carry", "cargo"},
      {"cargo.*", false, "One molecule, such as a miRNA", ""},
      {"cell_type", false, "The cell types", "cell types"},
      {"cell_type.*", false, "One cell type: a donor, a recipient, both or neither", ""},
      {"cell_type.*.donor", false, "Makes the cell type a donor: what its cells release", ""},
      {"cell_type.*.donor.vesicle", false, "Release per vesicle class", "vesicle classes"},
      {"cell_type.*.donor.vesicle.*", false, "Release of one vesicle class", ""},
      {"cell_type.*.recipient", false,
       "Makes the cell type a recipient of every vesicle class, even where the table is empty: binding, uptake, fate",
       ""},
      {"cell_type.*.recipient.vesicle", false, "Rates that differ for a vesicle class", "vesicle classes"},
      {"cell_type.*.recipient.vesicle.*", false, "Rates for one vesicle class", ""},
      {"tissue", false, "Where the cells are", ""},
      {"tissue.cells[]", false, "One group of cells, placed in a shape or read from a table of measured cells", ""},
      {"tissue.cells[].mix", true, "Cell types of the group and their shares, instead of type", "cell types"},
      {"tissue.cells[].columns", true, "Headers of the columns of a csv table", ""},
      {"tissue.cells[].map", true, "From labels of the table to cell types", "labels"},
      {"output", false, "What is written, and how often", ""},
      {"output.fields", true, "Concentration fields for ParaView", ""},
      {"output.cells", true, "Cells for ParaView", ""},
      {"output.series", true, "Totals over time, series.csv", ""},
  };
}

}  // namespace vesicast::io

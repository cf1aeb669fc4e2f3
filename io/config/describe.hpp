#pragma once
/// \file
/// What the registry knows, for people and for editors.
#include <string>
#include <string_view>

namespace vesicast::io {

/// The description of a key: type, unit, default, range, meaning, source. A key of a real configuration
/// ("vesicle.exosome.diffusivity") is described by its pattern. A table, or the beginning of keys, gives the list of
/// its keys, and the empty text the list of all. \throws InputError for an unknown key, with the nearest known one.
[[nodiscard]] std::string describe(std::string_view key);

/// A JSON Schema (draft 2020-12) of a configuration, for editors that complete and check TOML.
[[nodiscard]] std::string json_schema();

/// All keys as Markdown, one table per table of the configuration: the reference of the manual.
[[nodiscard]] std::string reference_markdown();

/// A shipped preset: every value with its confidence and source. Without a name, all of them, a line each. Throws
/// InputError with the nearest name.
[[nodiscard]] std::string describe_preset(std::string_view name);

/// Is `word` one of gene, drug, rate, of which describe_effect() knows names?
[[nodiscard]] bool is_effect_kind(std::string_view word);

/// What a gene, a drug or a rate called `name` does: on which rates, how strongly, which way, how well that is known;
/// or why it is inert. Without a name, all of the kind, a line each. \param kind "gene", "drug" or "rate". Throws
/// InputError with the nearest name.
[[nodiscard]] std::string describe_effect(std::string_view kind, std::string_view name);

}  // namespace vesicast::io

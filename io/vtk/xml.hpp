#pragma once
/// \file
/// Text inside XML attributes.
#include <string>
#include <string_view>

namespace vesicast::io {

/// `text` with the characters that end or open XML markup written as entities. VTK 9.1 writes array names as they are,
/// so a name must pass through here before VTK sees it.
[[nodiscard]] inline std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace vesicast::io

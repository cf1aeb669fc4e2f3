#pragma once
/// \file
/// What a file is, by its bytes: text to read, or something that has to be made text first.
#include <string>
#include <string_view>

namespace vesicast::io {

/// The text of `file`, whose bytes these are: UTF-8 without its byte-order mark. Throws InputError, `file: what it is;
/// what to do`, where they are compressed, a spreadsheet or another binary format, UTF-16, or text in another encoding
/// than UTF-8 (with the line). The text is a part of `bytes`.
[[nodiscard]] std::string_view text_in(const std::string& file, std::string_view bytes);

}  // namespace vesicast::io

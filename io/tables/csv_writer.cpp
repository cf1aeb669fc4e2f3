#include "io/tables/csv_writer.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <iterator>
#include <utility>

#include "io/text/read_text.hpp"

namespace vesicast::io {

namespace {

bool is_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool would_be_run(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !is_number(text);
}

}  // namespace

std::string csv_field(std::string_view text) {
  if (would_be_run(text)) return csv_field(fmt::format("'{}", text));
  const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

TableText::TableText(std::span<const std::string> columns) : columns_(columns.size()) {
  for (const std::string& column : columns) add(std::string_view(column));
  end_row();
}

void TableText::separate() {
  if (fields_++ > 0) text_ += ',';
}

TableText& TableText::add(double value) {
  separate();
  fmt::format_to(std::back_inserter(text_), "{}", value);
  return *this;
}

TableText& TableText::add(std::int64_t value) {
  separate();
  fmt::format_to(std::back_inserter(text_), "{}", value);
  return *this;
}

TableText& TableText::add(std::string_view text) {
  separate();
  text_ += csv_field(text);
  return *this;
}

void TableText::end_row() {
  if (fields_ != columns_)
    throw InternalError(fmt::format("a table row has {} fields for {} columns", fields_, columns_));
  fields_ = 0;
  text_ += '\n';
}

const std::string& TableText::text() const {
  if (fields_ != 0) throw InternalError(fmt::format("a table row was left after {} of {} fields", fields_, columns_));
  return text_;
}

TableWriter::TableWriter(std::filesystem::path file, std::span<const std::string> columns)
    : path_(std::move(file)), rows_(columns), file_(OpenFile::create(path_)) {
  commit();
}

TableWriter::TableWriter(std::filesystem::path file, std::span<const std::string> columns, std::int64_t rows)
    : path_(std::move(file)), rows_(columns) {
  const std::string text = read_text(path_), header = rows_.text();
  rows_.clear();
  if (!text.starts_with(header))
    throw InputError(fmt::format("{}: the header is not that of this run", path_.string()));
  std::size_t end = header.size();
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::size_t line = text.find('\n', end);
    if (line == std::string::npos)
      throw InputError(
          fmt::format("{}: has {} whole rows, but {} were written before the checkpoint", path_.string(), row, rows));
    end = line + 1;
  }
  file_.emplace(OpenFile::open(path_));
  if (!file_->cut(end)) throw cannot_write(path_, errno);
  committed_ = end;
}

TableWriter::~TableWriter() {
  if (!file_) return;
  try {
    commit();
  } catch (const Error&) {  // documented: only close() can report
  }
}

void TableWriter::commit() {
  const std::string& rows = rows_.text();
  if (rows.empty()) return;
  if (!file_) throw InternalError(fmt::format("{}: rows after the table was closed", path_.string()));
  try {
    file_->write(rows);
  } catch (...) {
    file_->cut(committed_);
    rows_.clear();
    throw;
  }
  committed_ += rows.size();
  rows_.clear();
}

void TableWriter::flush() {
  commit();
  if (file_) file_->flush();
}

void TableWriter::close() {
  commit();
  if (!file_) return;
  OpenFile file = std::move(*file_);
  file_.reset();
  file.flush();
  file.close();
}

}  // namespace vesicast::io

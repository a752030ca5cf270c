#include <charconv>

#include "hanjari/package/csv.h"

namespace hanjari::package {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

bool needs_quotes(std::string_view text) {
  for (const char byte : text) {
    if (byte == ',' || byte == '"' || byte == '\n' || byte == '\r') return true;
  }
  return false;
}

}  // namespace

CsvWriter::CsvWriter(Sink sink, std::span<const std::string_view> header) : sink_(std::move(sink)) {
  buffer_.reserve(buffer_bytes + 4096);
  for (const std::string_view name : header) cell(name);
  end_row();
}

CsvWriter& CsvWriter::cell(std::string_view text) {
  if (cells_++ > 0) buffer_ += ',';
  if (!needs_quotes(text)) {
    buffer_ += text;
    return *this;
  }
  buffer_ += '"';
  for (const char byte : text) {
    if (byte == '"') buffer_ += '"';
    buffer_ += byte;
  }
  buffer_ += '"';
  return *this;
}

CsvWriter& CsvWriter::cell(std::int64_t number) {
  char digits[24];
  const auto written = std::to_chars(digits, digits + sizeof digits, number);
  return cell(std::string_view(digits, static_cast<std::size_t>(written.ptr - digits)));
}

CsvWriter& CsvWriter::decimal(double number) {
  return cell(spell_decimal(number));
}

void CsvWriter::end_row() {
  // A row of one empty value would read as an empty line.
  if (cells_ == 1 && buffer_.size() == row_begin_) buffer_ += "\"\"";
  buffer_ += '\n';
  cells_ = 0;
  if (buffer_.size() >= buffer_bytes) finish();
  row_begin_ = buffer_.size();
}

void CsvWriter::finish() {
  if (!buffer_.empty()) sink_(buffer_);
  buffer_.clear();
  row_begin_ = 0;
}

std::string spell_decimal(double number) {
  char digits[400];  // the longest double has 1 + 309 digits, or 0. and 1,074 places of which the shortest needs few
  const auto written = std::to_chars(digits, digits + sizeof digits, number + 0.0, std::chars_format::fixed);
  return std::string(digits, written.ptr);
}

}  // namespace hanjari::package

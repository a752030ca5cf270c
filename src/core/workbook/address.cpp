#include "hanjari/workbook/address.h"

#include <algorithm>

namespace hanjari::workbook {

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint64_t left = std::uint64_t{column} + 1; left > 0; left = (left - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  return letters;
}

std::string write_address(const CellAddress& address) {
  return column_letters(address.column) + std::to_string(address.row);
}

std::optional<CellAddress> parse_address(std::string_view text) {
  std::uint32_t column = 0;
  std::uint32_t row = 0;
  bool digits = false;
  for (const char c : text) {
    if (c == '$') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper >= 'A' && upper <= 'Z' && !digits) {
      column = column * 26 + static_cast<std::uint32_t>(upper - 'A') + 1;
      if (column > most_columns) return std::nullopt;
    } else if (c >= '0' && c <= '9' && column > 0) {
      digits = true;
      row = row * 10 + static_cast<std::uint32_t>(c - '0');
      if (row > most_rows) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (column == 0 || row == 0) return std::nullopt;
  return CellAddress{row, column - 1};
}

std::string write_place(std::string_view file, std::string_view sheet, const CellAddress& address) {
  std::string where = file.empty() ? std::string() : '[' + std::string(file) + ']';
  where += sheet;
  const bool plain = std::all_of(where.begin(), where.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (static_cast<unsigned char>(c) & 0x80U) != 0 || std::string_view("_.[]").find(c) != std::string_view::npos;
  });
  if (!plain) {
    std::string quoted = "'";
    for (const char c : where) quoted += c == '\'' ? std::string("''") : std::string(1, c);
    where = quoted + "'";
  }
  return where + '!' + write_address(address);
}

}  // namespace hanjari::workbook

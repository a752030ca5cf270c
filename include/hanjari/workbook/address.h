// Where a cell is: F123, applicants!F123.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::workbook {

// The largest sheet that spreadsheets know.
inline constexpr std::uint32_t most_rows = 1'048'576;
inline constexpr std::uint32_t most_columns = 16'384;

struct CellAddress {
  std::uint32_t row = 0;     // from 1
  std::uint32_t column = 0;  // from 0
};

// A for 0, AA for 26.
std::string column_letters(std::uint32_t column);
// F123.
std::string write_address(const CellAddress& address);
// Nothing for what is no address of a sheet. Dollar signs are passed over.
std::optional<CellAddress> parse_address(std::string_view text);
// applicants!F123, 'my sheet'!F123, [rooms.xlsx]rooms!F123; the file may be empty.
std::string write_place(std::string_view file, std::string_view sheet, const CellAddress& address);

}  // namespace hanjari::workbook

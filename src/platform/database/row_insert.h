// Rows into one table in statements that are prepared once: sizes are powers of two, so that batches of any size use
// the same few statements again. BulkInsert is for large sets that come once.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>

#include "database/connection.h"

namespace hanjari::storage {

class RowInsert {
 public:
  static constexpr std::size_t most_rows = 256;

  // `words`: INSERT INTO or INSERT IGNORE INTO; `table`: name and columns; `rows`: exactly how many will be added.
  RowInsert(Connection& connection, std::string words, std::string table, std::size_t columns, std::size_t rows)
      : connection_(connection),
        words_(std::move(words)),
        table_(std::move(table)),
        columns_(columns),
        rows_left_(rows) {}

  template <class... Values>
  void add(const Values&... values) {
    if (sizeof...(values) != columns_ || rows_left_ == 0) throw std::logic_error("rows of another shape or number");
    if (in_statement_ == 0) begin_statement();
    (statement_->bind(values), ...);
    --rows_left_;
    if (--in_statement_ == 0) statement_->change();
  }

 private:
  void begin_statement() {
    in_statement_ = most_rows;
    while (in_statement_ > rows_left_) in_statement_ /= 2;
    std::string row = "(?";
    for (std::size_t column = 1; column < columns_; ++column) row += ", ?";
    row += ")";
    std::string text = words_ + " " + table_ + " VALUES " + row;
    for (std::size_t more = 1; more < in_statement_; ++more) text += ", " + row;
    statement_ = &connection_.statement(text);
  }

  Connection& connection_;
  std::string words_;
  std::string table_;
  std::size_t columns_;
  std::size_t rows_left_;
  std::size_t in_statement_ = 0;
  Statement* statement_ = nullptr;
};

// The list of a condition "column IN (?, ?, ...)", padded to a power of two by repeating its last value, for the same
// reason. `count` >= 1.
inline std::string placeholders(std::size_t count, std::size_t& padded) {
  padded = 1;
  while (padded < count) padded *= 2;
  std::string text = "(?";
  for (std::size_t more = 1; more < padded; ++more) text += ", ?";
  return text + ")";
}

}  // namespace hanjari::storage

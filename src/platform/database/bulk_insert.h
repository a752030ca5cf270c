// Many rows into one table, five hundred to a statement: a hundred times fewer round trips than one by one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

#include "database/connection.h"

namespace hanjari::storage {

class BulkInsert {
 public:
  static constexpr std::size_t rows_per_statement = 500;

  // `table`: name and columns, "rooms (population_id, room_no)"; `rows`: exactly how many will be added.
  BulkInsert(Connection& connection, std::string table, std::size_t columns, std::size_t rows)
      : connection_(connection), table_(std::move(table)), columns_(columns), rows_left_(rows) {}

  template <class... Values>
  void add(const Values&... values) {
    if (sizeof...(values) != columns_ || rows_left_ == 0) throw std::logic_error("bulk insert of another shape");
    if (in_statement_ == 0) begin_statement();
    (statement_->bind(values), ...);
    --rows_left_;
    if (--in_statement_ == 0) statement_->change();
  }

 private:
  void begin_statement() {
    in_statement_ = std::min(rows_left_, rows_per_statement);
    if (statement_ && in_statement_ == prepared_for_) return;
    prepared_for_ = in_statement_;
    std::string row = "(?";
    for (std::size_t column = 1; column < columns_; ++column) row += ", ?";
    row += ")";
    std::string text = "INSERT INTO " + table_ + " VALUES " + row;
    for (std::size_t more = 1; more < in_statement_; ++more) text += ", " + row;
    statement_.emplace(connection_.prepare(text));
  }

  Connection& connection_;
  std::string table_;
  std::size_t columns_;
  std::size_t rows_left_;
  std::size_t in_statement_ = 0;
  std::size_t prepared_for_ = 0;
  std::optional<Statement> statement_;
};

}  // namespace hanjari::storage

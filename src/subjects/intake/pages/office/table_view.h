// A view of the table of applications, as its address holds it: filter, order, columns and place. Saving the address
// saves the view.
#pragma once

#include <string>
#include <vector>

#include "hanjari/intake/application_table.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

struct TableColumn {
  const char* word;  // in addresses: c_WORD=yes
  const char* name;  // message
  bool personal;     // says something about a person: for officers only
  bool at_first;     // shown where nothing is chosen
  std::optional<services::TableOrder> order;  // that it can be sorted by
};
const std::vector<TableColumn>& table_columns();

struct TableView {
  services::TableWish wish;
  std::vector<const TableColumn*> columns;  // in the order of table_columns; the number is always there
  bool shows(std::string_view word) const;
  bool personal() const;
};

// Throws InvalidInput (bad_filter) with a fault for every value that is none.
TableView read_view(const Call& call, const ExamCode& exam);
// The query of the view from its beginning, without a leading question mark; `order` and `falling` as wished.
std::string write_view(const TableView& view, services::TableOrder order, bool falling);
std::string write_place(const services::TablePlace& place);

}  // namespace hanjari::web

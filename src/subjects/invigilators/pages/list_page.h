// One page of an ordered list, found by the row that it begins after or ends before: rows that come or go elsewhere move
// nobody from one page to another, and what the page says of itself counts the whole list.
#pragma once

#include <cstddef>
#include <string>

#include "hanjari/invigilators/invigilators.h"
#include "hanjari/site/routes.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// By number and organisation: what is searched for stands in the address, where no name belongs.
bool is_found_by(const services::PersonOutline& person, const std::string& search);

struct ListSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t all = 0;
};

// `after`: rows up to the one to begin after; `before`: rows before the one to end before. Without either the first page.
// A page that would begin before the list does is the first one, whole.
ListSpan span_after(std::size_t all, std::size_t after, std::size_t size);
ListSpan span_before(std::size_t all, std::size_t before, std::size_t size);

// Where the page stands in the list, in words, and the addresses of its neighbours: `address` with the key of the row that
// the neighbour ends before or begins after.
struct ListNeighbours {
  std::string address;  // with a query, to which a field is added
  std::string first_key;
  std::string last_key;
};
void describe_span(const Call& call, const ListSpan& span, const ListNeighbours& neighbours, nlohmann::json& data);

}  // namespace hanjari::web

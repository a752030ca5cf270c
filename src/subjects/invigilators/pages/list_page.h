// One page of an ordered list, found by the row that it begins after or ends before: rows that come or go elsewhere move
// nobody from one page to another, and what the page says of itself counts the whole list.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "hanjari/invigilators/duty_views.h"
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

// Where a duty stands in the list, as it is spelt in an address: what has no room there is told of none here.
std::string key_of_duty(const services::ShownDuty& duty);
// Nothing for what was never given as a key.
std::optional<services::ShownDuty> duty_of_key(const std::string& key);

// A list of the API comes in pages too: `limit` rows after the row `after`, whose key the page before gave as next.after.
constexpr std::size_t usual_api_rows = 200;
constexpr std::size_t most_api_rows = 1'000;
// Throws InvalidInput (bad_request) for anything but a number from 1 to most_api_rows.
std::size_t sent_limit(const Call& call);

// Where the page stands in the list, in words, and the addresses of its neighbours: `address` with the key of the row that
// the neighbour ends before or begins after.
struct ListNeighbours {
  std::string address;  // with a query, to which a field is added
  std::string first_key;
  std::string last_key;
};
void describe_span(const Call& call, const ListSpan& span, const ListNeighbours& neighbours, nlohmann::json& data);

}  // namespace hanjari::web

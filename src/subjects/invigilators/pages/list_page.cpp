#include "invigilators/pages/list_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/http/http.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

bool is_found_by(const services::PersonOutline& person, const std::string& search) {
  if (search.empty()) return true;
  return (person.id.text() + "\n" + person.organisation).find(search) != std::string::npos;
}

ListSpan span_after(std::size_t all, std::size_t after, std::size_t size) {
  // Behind the last row there is nothing: whoever was sent there sees the last page.
  if (after >= all && all > 0) return span_before(all, all, size);
  return {after, std::min(all, after + size), all};
}

ListSpan span_before(std::size_t all, std::size_t before, std::size_t size) {
  if (before <= size) return span_after(all, 0, size);
  return {before - size, before, all};
}

void describe_span(const Call& call, const ListSpan& span, const ListNeighbours& neighbours, nlohmann::json& data) {
  const auto count = [](std::size_t number) { return group_digits(static_cast<long long>(number)); };
  data["shown_of"] = call.site.pages().text(
      call.language, "invigilators.shown_of",
      {{"from", count(span.begin + 1)}, {"to", count(span.end)}, {"all", count(span.all)}});
  data["paged"] = span.end - span.begin < span.all;
  const auto address = [&](const char* field, const std::string& key) {
    return fmt::format("{}&{}={}", neighbours.address, field, encode_percent(key));
  };
  if (span.begin > 0) data["previous"] = {{"address", address("before", neighbours.first_key)}};
  if (span.end < span.all) data["next"] = {{"address", address("after", neighbours.last_key)}};
}

}  // namespace hanjari::web

#include "invigilators/pages/list_page.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
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

// Where a duty stands in the list, as it is spelt in an address: what has no room there is told of none here.
std::string key_of_duty(const services::ShownDuty& duty) {
  return fmt::format("{}/{}/{}/{}", encode_percent(duty.venue.text()), duty.room_no ? std::to_string(*duty.room_no) : "",
                     static_cast<int>(duty.role), encode_percent(duty.person.text()));
}

// Nothing for what was never given as a key.
std::optional<services::ShownDuty> duty_of_key(const std::string& key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() != 4) return std::nullopt;
  const auto venue = decode_percent(parts[0], false);
  const auto person = decode_percent(parts[3], false);
  int role = -1;
  std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), role);
  if (!venue || !person || role < 0 || role >= static_cast<int>(all_duty_roles.size())) return std::nullopt;
  services::ShownDuty duty{VenueCode(*venue), std::nullopt, all_duty_roles[static_cast<std::size_t>(role)], InvigilatorId(*person)};
  std::int64_t room = 0;
  if (std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), room).ec == std::errc{}) duty.room_no = room;
  return duty;
}

std::size_t sent_limit(const Call& call) {
  const std::string typed = field_of(call.query, "limit");
  if (typed.empty()) return usual_api_rows;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), limit);
  if (error == std::errc{} && end == typed.data() + typed.size() && limit >= 1 && limit <= most_api_rows) return limit;
  throw InvalidInput("bad_request", {fmt::format("limit: write a whole number from 1 to {}.", most_api_rows),
                                     fmt::format("limit: 1에서 {}까지의 정수를 입력하십시오.", most_api_rows)});
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

#include "plans/commands/only_in_one.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/people.h"

namespace hanjari::cli {
namespace {

constexpr std::size_t most_named = 10;

std::string first_of(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t at = 0; at < std::min(names.size(), most_named); ++at) list += (at == 0 ? "" : ", ") + names[at];
  return list;
}

// How many are not named.
std::string number_of_rest(const std::vector<std::string>& names) {
  return group_digits(static_cast<long long>(names.size() - most_named));
}

}  // namespace

OnlyInOne list_only_in(const Exam& exam, const Exam& other) {
  OnlyInOne only;
  for (const Applicant& person : exam.applicants) {
    if (!other.find(person.id).exists()) only.people.push_back(person.id.text());
  }
  for (const Room& room : exam.rooms) {
    const Venue& venue = exam[room.venue];
    const VenueIndex there = other.find(venue.code);
    if (there.exists() && other.find(there, room.room_no).exists()) continue;
    only.rooms.push_back(fmt::format("{} {} {}", venue.code.text(), venue.name, room.room_no));
  }
  return only;
}

std::vector<Text> tell_only_in(const OnlyInOne& only, const std::string& name, const std::string& than) {
  std::vector<Text> lines;
  const auto add = [&](const std::vector<std::string>& names, const std::string& en, const std::string& ko) {
    if (names.empty()) return;
    const bool all = names.size() <= most_named;
    lines.push_back({fmt::format("only in {}, not in {}: {}: {}{}", name, than, en, first_of(names),
                                 all ? "" : fmt::format(" and {} more", number_of_rest(names))),
                     fmt::format("{}에만 있고 {}에는 없는 {}: {}{}", name, than, ko, first_of(names),
                                 all ? "" : fmt::format(" 외 {}개", number_of_rest(names)))});
  };
  const auto people = static_cast<long long>(only.people.size());
  const auto rooms = static_cast<long long>(only.rooms.size());
  add(only.people, count_people(people), fmt::format("응시자 {}명", group_digits(people)));
  add(only.rooms, fmt::format("{} {}", group_digits(rooms), rooms == 1 ? "room" : "rooms"),
      fmt::format("시험실 {}개", group_digits(rooms)));
  return lines;
}

}  // namespace hanjari::cli

#include "staffing/shortage_words.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/base/text.h"

namespace hanjari::staffing {
namespace {

constexpr std::size_t most_named = 8;

std::string number(std::size_t count) {
  return group_digits(static_cast<long long>(count));
}

// Parts of a list; the first few are named.
class Listing {
 public:
  void add(const Text& item, std::size_t counts, const char* separator = ", ") {
    if (named_ == most_named) {
      left_ += counts;
      return;
    }
    const std::string_view between = named_++ == 0 ? "" : separator;
    list_.en += fmt::format("{}{}", between, item.en);
    list_.ko += fmt::format("{}{}", between, item.ko);
  }
  // `unit_ko` is the counter that Korean wants after a number.
  Text text(const char* unit_ko) const {
    if (left_ == 0) return list_;
    return {fmt::format("{} and {} more", list_.en, number(left_)),
            fmt::format("{} 외 {}{}", list_.ko, number(left_), unit_ko)};
  }

 private:
  Text list_;
  std::size_t named_ = 0;
  std::size_t left_ = 0;
};

// The wanted roles of one room, or of the venue (room_no 0).
Text roles_in(std::int64_t room_no, const std::map<DutyRole, std::size_t>& roles) {
  Text list;
  for (const auto& [role, count] : roles) {
    const Text name = name_of(role);
    const char* comma = list.en.empty() ? "" : ", ";
    list.en += fmt::format("{}{}{}", comma, name.en, count == 1 ? "" : " x " + number(count));
    list.ko += fmt::format("{}{}{}", comma, name.ko, count == 1 ? "" : " " + number(count) + "명");
  }
  if (room_no == 0) return list;
  return {fmt::format("room {} ({})", room_no, list.en), fmt::format("{}시험실({})", room_no, list.ko)};
}

// 하늘중학교(V1) 2시험실(정감독, 부감독), 예비감독; ...: the venue is named where it begins.
Text list_places(const Exam& exam, const std::vector<DutyShortage::Place>& places) {
  std::map<std::tuple<VenueCode, bool, std::int64_t>, std::map<DutyRole, std::size_t>> wanted;
  for (const DutyShortage::Place& place : places)
    ++wanted[{place.venue_code, place.room_no == 0, place.room_no}][place.role];
  Listing listing;
  VenueCode last;
  for (const auto& [where, roles] : wanted) {
    const auto& [code, is_venue, room_no] = where;
    Text item = roles_in(room_no, roles);
    const bool begins = code != last;
    if (begins) {
      const std::string& name = exam[exam.find(code)].name;
      const bool named = !name.empty() && name != code.text();
      item.en = fmt::format("{}{} {}", code.text(), named ? " " + name : "", item.en);
      item.ko = fmt::format("{} {}", named ? fmt::format("{}({})", name, code.text()) : code.text(), item.ko);
      last = code;
    }
    std::size_t count = 0;
    for (const auto& [role, many] : roles) count += many;
    listing.add(item, count, begins ? "; " : ", ");
  }
  return listing.text("자리");
}

Text list_people(const Problem& problem, const std::vector<std::uint32_t>& people) {
  Listing listing;
  for (const std::uint32_t person : people) {
    const std::string& id = (*problem.staff)[problem.people[person].invigilator].id.text();
    listing.add({id, id}, 1);
  }
  return listing.text("명");
}

// Why everybody else in the list cannot help; empty when there is nobody else.
Text why_not_the_others(const Problem& problem, const DutyShortage& shortage) {
  std::size_t unasked = 0;
  std::size_t without_role = 0;
  std::size_t barred = 0;
  for (const Invigilator& person : problem.staff->people) {
    if (std::binary_search(shortage.people.begin(), shortage.people.end(), person.id)) continue;
    const bool has_role = std::any_of(shortage.places.begin(), shortage.places.end(),
                                      [&](const DutyShortage::Place& place) { return person.roles.has(place.role); });
    ++(!person.consent ? unasked : !has_role ? without_role : barred);
  }
  Text list;
  const auto add = [&](std::size_t count, const char* one, const char* more, const char* ko) {
    if (count == 0) return;
    const char* comma = list.en.empty() ? "" : ", ";
    list.en += fmt::format("{}{} {}", comma, number(count), count == 1 ? one : more);
    list.ko += fmt::format("{}{} {}명", comma, ko, number(count));
  };
  add(unasked, "has not consented", "have not consented", "동의하지 않은 사람");
  add(without_role, "does not have the role", "do not have the role", "역할이 맞지 않는 사람");
  if (problem.staff->rules.own_school_excluded) {
    add(barred, "is kept away by a declared conflict or the own school", "are kept away by declared conflicts or the own school",
        "이해충돌이나 본교 배제로 배치할 수 없는 사람");
  } else {
    add(barred, "is kept away by a declared conflict", "are kept away by declared conflicts",
        "이해충돌로 배치할 수 없는 사람");
  }
  if (list.en.empty()) return {};
  return {fmt::format(" Of the others in the list, {}.", list.en), fmt::format(" 명단의 나머지 인원: {}.", list.ko)};
}

// The pairs among the people who may not meet, each with its reason.
Text pairs_at_odds(const Problem& problem, const std::vector<std::uint32_t>& people) {
  Listing listing;
  const bool organisations_count = !problem.staff->rules.same_organisation_in_room;
  for (std::size_t a = 0; a < people.size(); ++a) {
    const Candidate& first = problem.people[people[a]];
    const Invigilator& one = (*problem.staff)[first.invigilator];
    for (std::size_t b = a + 1; b < people.size(); ++b) {
      const Candidate& second = problem.people[people[b]];
      const Invigilator& other = (*problem.staff)[second.invigilator];
      const bool declared = std::binary_search(first.never.begin(), first.never.end(), people[b]);
      const bool together = organisations_count && first.organisation != 0 && first.organisation == second.organisation;
      if (!declared && !together) continue;
      const Text why = declared ? Text{"declared conflict", "신고된 이해충돌"}
                                : Text{"both of " + one.organisation, "같은 소속: " + one.organisation};
      listing.add({fmt::format("{} and {} ({})", one.id.text(), other.id.text(), why.en),
                   fmt::format("{}·{}({})", one.id.text(), other.id.text(), why.ko)},
                  1);
    }
  }
  return listing.text("쌍");
}

Text words_of_search(const Problem& problem, const DutyShortage& shortage, const std::vector<std::uint32_t>& people,
                     const Text& places, const Text& named) {
  const Text pairs = pairs_at_odds(problem, people);
  Text words = {
      fmt::format("{} cannot all be filled, because people who could fill them may not meet: {}. They could be taken "
                  "by: {}. Not together: {}. What helps is one more person for one of these places, or a pair that may "
                  "meet after all.",
                  count_of(std::ssize(shortage.places), "place", "places"), places.en, named.en, pairs.en),
      fmt::format(
          "서로 함께 배치할 수 없는 사람들 때문에 다음 {}자리를 모두 채울 수는 없습니다: {}. 맡을 수 있는 사람: "
          "{}. 함께 둘 수 없는 사람: {}. 이 가운데 한 자리를 맡을 사람을 1명 더 구하거나 이해충돌이 풀려야 "
          "합니다.",
          number(shortage.places.size()), places.ko, named.ko, pairs.ko)};
  if (shortage.is_smallest) return words;
  words.en += " There are too many places to find out which of them are the cause.";
  words.ko += " 자리가 너무 많아 그중 어느 자리가 원인인지까지는 가리지 못했습니다.";
  return words;
}

}  // namespace

Text words_of(const Problem& problem, const DutyShortage& shortage, const std::vector<std::uint32_t>& people) {
  const Text places = list_places(*problem.exam, shortage.places);
  const Text named = list_people(problem, people);
  if (shortage.by_search) return words_of_search(problem, shortage, people, places, named);
  const Text others = why_not_the_others(problem, shortage);
  const auto more = static_cast<std::size_t>(shortage.more_unfilled);
  const Text also = more == 0 ? Text{}
                              : Text{fmt::format(" {} unfilled besides for the same reason.",
                                                 more == 1 ? "1 more place is" : number(more) + " more places are"),
                                     fmt::format(" 같은 이유로 비는 자리가 {}자리 더 있습니다.", number(more))};
  if (people.empty()) {
    return {
        fmt::format("Nobody may take this place: {}.{} It takes one person who may.{}", places.en, others.en, also.en),
        fmt::format("이 자리를 맡을 수 있는 사람이 없습니다: {}.{} 맡을 수 있는 사람 1명이 필요합니다.{}", places.ko,
                    others.ko, also.ko)};
  }
  return {
      fmt::format("1 person is missing for {}: {}. Only {} may take any of them: {}.{} One more person who may take "
                  "one of these places is enough for them; more people for other places do not help.{}",
                  count_of(std::ssize(shortage.places), "place", "places"), places.en,
                  count_of(std::ssize(people), "person", "people"), named.en, others.en, also.en),
      fmt::format(
          "다음 {}자리에 1명이 모자랍니다: {}. 이 자리를 맡을 수 있는 사람은 {}명뿐입니다: {}.{} 이 가운데 한 "
          "자리를 맡을 수 있는 사람을 1명 더 구하면 됩니다. 다른 자리를 맡을 사람을 늘려도 해결되지 않습니다.{}",
          number(shortage.places.size()), places.ko, number(people.size()), named.ko, others.ko, also.ko)};
}

}  // namespace hanjari::staffing

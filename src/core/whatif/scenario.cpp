#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/whatif/whatif.h"

namespace hanjari::whatif {
namespace {

constexpr std::size_t most_values = 200;
constexpr std::int64_t most_step = 10'000'000;
constexpr std::size_t candidate_homes = 400;  // where a new venue may stand
constexpr std::size_t sampled_people = 6'000;

constexpr Key keys[] = {Key::people_cap,    Key::min_gap_cm, Key::detour_cap_m,
                        Key::reserve_rooms, Key::lose_venue, Key::add_venue};

[[noreturn]] void refuse(const Text& what, const Text& fix) {
  Faults faults;
  faults.add({"--vary", 0, "", what, fix});
  throw InvalidInput("bad_variation", {"This cannot be varied.", "이렇게 바꿔 볼 수 없습니다."}, std::move(faults));
}

std::optional<Key> find_key(std::string_view word) {
  if (word == "cap") return Key::people_cap;
  if (word == "gap") return Key::min_gap_cm;
  if (word == "detour_cap") return Key::detour_cap_m;
  for (const Key key : keys) {
    if (spell(key) == word) return key;
  }
  return std::nullopt;
}

Key parse_key(std::string_view word) {
  if (const auto key = parse_meant(word, find_key)) return *key;
  std::string known;
  for (const Key key : keys) known += (known.empty() ? "" : ", ") + std::string(spell(key));
  refuse({fmt::format("'{}' is none of {}", word, known), in_korean("'{}'[은/는] {} 중 하나가 아닙니다", word, known)},
         {"write KEY=A..B", "KEY=A..B 형식으로 적으십시오"});
}

std::int64_t parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    refuse({fmt::format("'{}' is not a whole number", text), in_korean("'{}'[은/는] 정수가 아닙니다", text)},
           {"write whole numbers, KEY=A..B", "KEY=A..B처럼 정수로 적으십시오"});
  }
  return value;
}

// Values outside change nothing that an exam can have.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
  Text why;  // what lies outside
};

// Desks of a room are no farther apart than this, in cm.
std::int64_t longest_room_cm(const Exam& exam) {
  double longest = 0;
  for (const Room& room : exam.rooms) {
    const double long_way = static_cast<double>(room.row_count - 1) * room.row_pitch_cm;
    const double wide_way = static_cast<double>(room.column_count - 1) * room.column_pitch_cm;
    longest = std::max(longest, std::hypot(long_way, wide_way));
  }
  return static_cast<std::int64_t>(longest);
}

Range range_of(const Exam& exam, Key key) {
  switch (key) {
    case Key::people_cap:
      return {1, 10'000, {"a room holds at least one person", "시험실에는 적어도 한 명이 앉습니다"}};
    case Key::min_gap_cm:
      return {0, longest_room_cm(exam),
              {"no two desks of a room of this exam are farther apart",
               "이 시험의 어느 시험실에도 그보다 멀리 떨어진 두 책상이 없습니다"}};
    case Key::detour_cap_m:
      return {0, 10'000'000, {"the earth is not larger", "지구에서 그보다 먼 곳은 없습니다"}};
    case Key::reserve_rooms: {
      std::int64_t most = 0;
      for (const Venue& venue : exam.venues) most = std::max<std::int64_t>(most, venue.room_count);
      return {0, most, {"no venue of this exam has more rooms", "이 시험에는 시험실이 그보다 많은 시험장이 없습니다"}};
    }
    case Key::add_venue:
      return {0, static_cast<std::int64_t>(most_values),
              {"more venues are another exam", "그보다 많은 시험장을 더하면 다른 시험이 됩니다"}};
    case Key::lose_venue:
      break;
  }
  return {};
}

// First and last value of a range. Throws InvalidInput when one of them is impossible.
void require_possible(const Exam& exam, Key key, std::int64_t first, std::int64_t last) {
  const Range range = range_of(exam, key);
  const auto text = [](std::int64_t value) { return group_digits(value); };
  for (const std::int64_t value : {first, last}) {
    if (value >= range.least && value <= range.most) continue;
    refuse({fmt::format("{} is impossible as {}: {}", text(value), name_of(key).en, range.why.en),
            in_korean("{}에는 {}[을/를] 쓸 수 없습니다. {}", name_of(key).ko, text(value), range.why.ko)},
           {fmt::format("give values from {} to {}", text(range.least), text(range.most)),
            fmt::format("{}에서 {} 사이의 값을 적으십시오", text(range.least), text(range.most))});
  }
}

// The regular venue with a middling number of rooms.
const Venue& middling_venue(const Exam& exam) {
  std::vector<const Venue*> venues;
  for (const Venue& venue : exam.venues) {
    if (venue.kind == VenueKind::regular && venue.room_count > 0) venues.push_back(&venue);
  }
  if (venues.empty()) {
    refuse({"the exam has no regular venue to copy", "본보기로 삼을 일반 시험장이 없습니다"},
           {"vary something else", "다른 항목을 바꿔 보십시오"});
  }
  std::stable_sort(venues.begin(), venues.end(),
                   [](const Venue* a, const Venue* b) { return a->room_count < b->room_count; });
  return *venues[venues.size() / 2];
}

// Every n-th applicant, so that there are about `count`.
std::vector<const Applicant*> sample(const Exam& exam, std::size_t count) {
  std::vector<const Applicant*> people;
  const std::size_t stride = exam.applicants.size() / count + 1;
  for (std::size_t i = 0; i < exam.applicants.size(); i += stride) people.push_back(&exam.applicants[i]);
  return people;
}

// New venues one after the other, each at the home where it saves the most travel to the nearest school, of as many
// people as it has seats.
void add_venues(Exam& exam, std::int64_t count) {
  const Venue like = middling_venue(exam);
  const std::vector<Room> rooms(exam.rooms.begin() + like.first_room,
                                exam.rooms.begin() + like.first_room + like.room_count);
  const auto people = sample(exam, sampled_people);
  const std::size_t stride = exam.applicants.size() / sampled_people + 1;
  const auto seats = rooms.size() * static_cast<std::size_t>(exam.policy.people_cap.value_or(25)) / stride + 1;
  std::vector<Metres> nearest;
  for (const Applicant* person : people) {
    Metres least = std::numeric_limits<Metres>::max();
    for (const Venue& venue : exam.venues) {
      if (venue.kind == VenueKind::regular) least = std::min(least, haversine_m(person->home, venue.at));
    }
    nearest.push_back(least);
  }
  // A school of the city cannot stand where people from far away live.
  std::vector<const Applicant*> homes = sample(exam, 3 * candidate_homes);
  const auto outside = [](const Applicant* person) { return person->district == empty_word; };
  if (!std::all_of(homes.begin(), homes.end(), outside)) std::erase_if(homes, outside);
  if (homes.size() > candidate_homes) homes.resize(candidate_homes);
  for (std::int64_t number = 1; number <= count; ++number) {
    const Applicant* best = nullptr;
    Metres best_saved = -1;
    std::vector<Metres> saved;
    for (const Applicant* home : homes) {
      saved.clear();
      for (std::size_t i = 0; i < people.size(); ++i) {
        const Metres gain = nearest[i] - haversine_m(people[i]->home, home->home);
        if (gain > 0) saved.push_back(gain);
      }
      const std::size_t served = std::min(seats, saved.size());
      std::partial_sort(saved.begin(), saved.begin() + static_cast<std::ptrdiff_t>(served), saved.end(),
                        std::greater<>());
      Metres sum = 0;
      for (std::size_t i = 0; i < served; ++i) sum += saved[i];
      if (sum > best_saved) {
        best_saved = sum;
        best = home;
      }
    }
    if (best == nullptr) return;
    for (std::size_t i = 0; i < people.size(); ++i)
      nearest[i] = std::min(nearest[i], haversine_m(people[i]->home, best->home));
    Venue added = like;
    for (int suffix = 1;; ++suffix) {
      added.code = VenueCode(fmt::format("NEW{:02}", number + suffix - 1));
      const auto same = [&](const Venue& venue) { return venue.code == added.code; };
      if (std::none_of(exam.venues.begin(), exam.venues.end(), same)) break;
    }
    added.name = added.code.text();
    added.at = best->home;
    added.district = best->district;
    added.opening_cost = 0;
    exam.venues.push_back(added);
    for (Room room : rooms) {
      room.venue = VenueIndex(exam.venues.size() - 1);
      exam.rooms.push_back(std::move(room));
    }
  }
  make_canonical(exam);
}

void lose_venue(Exam& exam, const VenueCode& code) {
  const VenueIndex lost = exam.find(code);
  std::erase_if(exam.rooms, [&](const Room& room) { return room.venue == lost; });
  std::erase_if(exam.travel, [&](const TravelRow& row) { return row.venue == lost; });
  std::erase_if(exam.pins, [&](const Pin& pin) { return pin.kind != PinKind::person; });
  for (Pin& pin : exam.pins) {  // whoever is pinned stays where the published plan has them, where that still is
    pin.venue = {};
    pin.room = {};
  }
  exam.venues.erase(exam.venues.begin() + lost.value);
  const auto shift = [&](VenueIndex& venue) {
    if (venue.exists() && venue > lost) venue = VenueIndex(std::size_t{venue.value} - 1);
  };
  for (Room& room : exam.rooms) shift(room.venue);
  for (TravelRow& row : exam.travel) shift(row.venue);
  make_canonical(exam);
}

}  // namespace

std::string_view spell(Key key) {
  switch (key) {
    case Key::people_cap:
      return "people_cap";
    case Key::min_gap_cm:
      return "min_gap_cm";
    case Key::detour_cap_m:
      return "detour_cap_m";
    case Key::reserve_rooms:
      return "reserve_rooms";
    case Key::lose_venue:
      return "lose_venue";
    case Key::add_venue:
      return "add_venue";
  }
  return "";
}

Text name_of(Key key) {
  switch (key) {
    case Key::people_cap:
      return {"people per room at most", "시험실당 최대 인원"};
    case Key::min_gap_cm:
      return {"distance between desks in cm", "좌석 간 거리(cm)"};
    case Key::detour_cap_m:
      return {"detour cap in m", "우회 상한(m)"};
    case Key::reserve_rooms:
      return {"reserve rooms per venue", "시험장당 예비시험실 수"};
    case Key::lose_venue:
      return {"venue lost", "사용하지 못하게 된 시험장"};
    case Key::add_venue:
      return {"venues added", "추가한 시험장 수"};
  }
  return {};
}

namespace {

// With codes that this exam has: what is suggested can be typed as it stands.
Text how_to_lose(const Exam& exam) {
  if (exam.venues.empty()) return {"the exam has no venue to lose", "이 시험에는 시험장이 없습니다"};
  const std::string first = exam.venues.front().code.text();
  const std::string last = exam.venues.back().code.text();
  const std::string range = first == last ? first : first + ".." + last;
  return {fmt::format("write venue codes, lose_venue={}", range), fmt::format("시험장 코드를 적으십시오(lose_venue={})", range)};
}

}  // namespace

Variation parse_variation(const Exam& exam, std::string_view text) {
  const std::size_t equals = text.find('=');
  Variation variation;
  variation.key = parse_key(text.substr(0, equals));
  std::string_view range = equals == std::string_view::npos ? std::string_view() : text.substr(equals + 1);
  const Text how{"write KEY=A..B or KEY=A..B:STEP", "KEY=A..B 또는 KEY=A..B:간격 형식으로 적으십시오"};
  if (range.empty()) refuse({"the range is missing", "범위가 없습니다"}, how);
  if (variation.key == Key::lose_venue) {
    const std::size_t dots = range.find("..");
    const VenueIndex first = exam.find(VenueCode(range.substr(0, dots)));
    const VenueIndex last = dots == std::string_view::npos ? first : exam.find(VenueCode(range.substr(dots + 2)));
    if (!first.exists() || !last.exists()) {
      refuse({fmt::format("'{}' does not name venues of the exam", range),
              in_korean("'{}'[은/는] 이 시험의 시험장이 아닙니다", range)},
             how_to_lose(exam));
    }
    for (std::size_t venue = first.value; venue <= last.value; ++venue)
      variation.values.push_back(exam.venues[venue].code.text());
  } else {
    std::int64_t step = 1;
    if (const std::size_t colon = range.find(':'); colon != std::string_view::npos) {
      step = parse_number(range.substr(colon + 1));
      if (step < 1 || step > most_step) {
        refuse({fmt::format("{} is no step", step), in_korean("{}[은/는] 간격이 될 수 없습니다", step)},
               {fmt::format("give a step from 1 to {}", group_digits(most_step)),
                fmt::format("간격은 1에서 {} 사이의 정수로 적으십시오", group_digits(most_step))});
      }
      range = range.substr(0, colon);
    }
    const std::size_t dots = range.find("..");
    const std::int64_t first = parse_number(range.substr(0, dots));
    const std::int64_t last = dots == std::string_view::npos ? first : parse_number(range.substr(dots + 2));
    require_possible(exam, variation.key, first, last);
    for (std::int64_t value = first; value <= last && variation.values.size() <= most_values; value += step)
      variation.values.push_back(std::to_string(value));
  }
  if (variation.values.empty()) refuse({"the range is empty", "범위가 비어 있습니다"}, how);
  if (variation.values.size() > most_values) {
    refuse({fmt::format("more than {} values", most_values), fmt::format("값이 {}개를 넘습니다", most_values)},
           {"give a larger step", "간격을 넓히십시오"});
  }
  return variation;
}

Exam make_scenario(const Exam& exam, Key key, const std::string& value) {
  Exam scenario = exam;
  scenario.input_sha256.clear();
  scenario.input_sha256_by_names.clear();
  switch (key) {
    case Key::people_cap:
      scenario.policy.people_cap = static_cast<int>(parse_number(value));
      break;
    case Key::min_gap_cm:
      scenario.policy.min_gap_cm = static_cast<int>(parse_number(value));
      break;
    case Key::detour_cap_m:
      scenario.policy.detour_cap_m = parse_number(value);
      break;
    case Key::reserve_rooms:
      scenario.policy.reserve_rooms.per_venue = static_cast<int>(parse_number(value));
      break;
    case Key::lose_venue:
      lose_venue(scenario, VenueCode(value));
      break;
    case Key::add_venue:
      add_venues(scenario, parse_number(value));
      break;
  }
  return scenario;
}

}  // namespace hanjari::whatif

// Rules about applicant numbers.
#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "verification/rules.h"

namespace hanjari::verification {
namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

// The check digit closes the whole number by ISO 7064 MOD 11,10; a Latin letter counts as the two digits of its place
// from A = 10.
bool closes(std::string_view number, char check) {
  int product = 10;
  const auto take = [&](int digit) { product = ((product + digit + 9) % 10 + 1) * 2 % 11; };
  for (const char character : number) {
    if (character >= '0' && character <= '9') {
      take(character - '0');
    } else if (const auto letter = (character | 0x20) - 'a'; letter >= 0 && letter < 26) {
      take((letter + 10) / 10);
      take((letter + 10) % 10);
    }
  }
  return (product + (check - '0')) % 10 == 1;
}

// The running number inside an applicant number; nothing when it does not look as exam.json says.
std::optional<std::int64_t> running_number(const Exam& exam, UnitIndex unit, std::string_view number) {
  const NumberFormat& format = exam.header.applicant_number;
  const std::string_view prefix =
      format.prefix == NumberPrefix::unit_code ? exam[unit].code.text() : std::string_view();
  const auto digits = static_cast<std::size_t>(format.digits);
  if (!number.starts_with(prefix) || number.size() != prefix.size() + digits + (format.check_digit ? 1 : 0) ||
      !all_digits(number.substr(prefix.size()))) {
    return std::nullopt;
  }
  if (format.check_digit && !closes(number.substr(0, number.size() - 1), number.back())) return std::nullopt;
  const std::string_view running = number.substr(prefix.size(), digits);
  std::int64_t value = 0;
  const auto read = std::from_chars(running.data(), running.data() + running.size(), value);
  return read.ec == std::errc{} && value >= 1 ? std::optional(value) : std::nullopt;
}

// Rows whose number stands at another person too.
std::vector<bool> judge_duplicates(const Reading& reading, Findings& findings) {
  const std::size_t count = reading.rows.placements.size();
  const auto number_of = [&](RowIndex row) -> const std::string& { return reading[row].applicant_number.text(); };
  // Sorted by hash, so that equal numbers meet without comparing four million texts; ties in the file's order.
  std::vector<std::pair<std::uint64_t, RowIndex>> hashed;
  hashed.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    if (reading.is_repeat(RowIndex(at))) continue;
    hashed.emplace_back(std::hash<std::string>{}(number_of(RowIndex(at))), RowIndex(at));
  }
  std::sort(hashed.begin(), hashed.end());
  std::vector<bool> shared(count, false);
  std::vector<std::pair<RowIndex, RowIndex>> pairs;
  for (std::size_t first = 0; first < hashed.size();) {
    std::size_t end = first + 1;
    while (end < hashed.size() && hashed[end].first == hashed[first].first) ++end;
    for (std::size_t later = first + 1; later < end; ++later) {
      const auto same = std::find_if(
          hashed.begin() + static_cast<std::ptrdiff_t>(first), hashed.begin() + static_cast<std::ptrdiff_t>(later),
          [&](const auto& earlier) { return number_of(earlier.second) == number_of(hashed[later].second); });
      if (same == hashed.begin() + static_cast<std::ptrdiff_t>(later)) continue;
      shared[same->second.value] = shared[hashed[later].second.value] = true;
      pairs.emplace_back(hashed[later].second, same->second);
    }
    first = end;
  }
  // Hashes differ between standard libraries; what is told must not.
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [row, earlier] : pairs) {
    findings.add(Code::duplicate_number, [&, row = row, earlier = earlier] {
      const std::string& other = reading[earlier].applicant_id.text();
      return std::pair(reading[row].applicant_id.text(),
                       Text{fmt::format("number {} is {}'s too", number_of(row), other),
                            in_korean("응시번호 {}[이/가] {}의 번호와 같습니다", number_of(row), other)});
    });
  }
  return shared;
}

// A numbered person of a venue.
struct Numbered {
  UnitIndex unit;
  RoomIndex room;
  std::int64_t seat_no = 0;
  std::int64_t number = 0;
};

// Numbers of one unit in a room or in a venue: consecutive when they span as many as there are.
class Span {
 public:
  void add(std::int64_t number) {
    least_ = count_ == 0 ? number : std::min(least_, number);
    most_ = count_ == 0 ? number : std::max(most_, number);
    ++count_;
  }
  bool has_gap() const { return count_ > 0 && most_ - least_ + 1 != count_; }
  Text told(const UnitCode& unit) const {
    return {fmt::format("unit {}: {} numbers from {} to {}, not consecutive", unit.text(),
                        count_of(count_, "person has", "people have"), least_, most_),
            fmt::format("모집단위 {}: {}명의 번호가 {}부터 {}까지로 연속되지 않습니다", unit.text(), count_, least_,
                        most_)};
  }

 private:
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::int64_t count_ = 0;
};

// The people of one venue, sorted by unit, room and seat.
void judge_order_at(const Exam& exam, VenueIndex venue, const std::vector<Numbered>& people, Findings& findings) {
  const bool rises = exam.policy.seat_order != SeatOrder::random;
  const auto tell = [&](const std::string& where, const Text& what) {
    findings.add(Code::number_order, [&] { return std::pair(where, what); });
  };
  std::size_t first = 0;
  while (first < people.size()) {
    const UnitIndex unit = people[first].unit;
    const UnitCode& code = exam[unit].code;
    Span of_venue;
    bool room_has_gap = false;
    std::size_t at = first;
    while (at < people.size() && people[at].unit == unit) {
      const RoomIndex room = people[at].room;
      Span of_room;
      bool falls = false;
      const std::size_t begin = at;
      for (; at < people.size() && people[at].unit == unit && people[at].room == room; ++at) {
        of_room.add(people[at].number);
        of_venue.add(people[at].number);
        falls = falls || (at > begin && people[at].number < people[at - 1].number);
      }
      if (of_room.has_gap()) tell(name_room(exam, room), of_room.told(code));
      room_has_gap = room_has_gap || of_room.has_gap();
      if (rises && falls) {
        tell(name_room(exam, room), {fmt::format("unit {}: numbers do not rise with the seat numbers", code.text()),
                                     fmt::format("모집단위 {}: 응시번호가 좌석 번호 순서가 아닙니다", code.text())});
      }
    }
    if (of_venue.has_gap() && !room_has_gap) tell(exam[venue].code.text(), of_venue.told(code));
    first = at;
  }
}

}  // namespace

void judge_numbers(const Reading& reading, Findings& findings) {
  const Exam& exam = reading.exam;
  const std::vector<bool> shared = judge_duplicates(reading, findings);
  // Where numbers are doubled or misspelt their order says nothing.
  std::vector<bool> unit_is_unclear(exam.units.size(), false);
  std::vector<std::int64_t> numbers(shared.size(), 0);
  for (std::size_t at = 0; at < shared.size(); ++at) {
    const Applicant* person = reading.applicant(RowIndex(at));
    if (person == nullptr || reading.is_repeat(RowIndex(at))) continue;
    const std::string& text = reading[RowIndex(at)].applicant_number.text();
    const auto number = running_number(exam, person->unit, text);
    if (!number || shared[at]) unit_is_unclear[person->unit.value] = true;
    if (number) {
      numbers[at] = *number;
    } else if (!shared[at]) {
      findings.add(Code::number_form, [&] {
        return std::pair(person->id.text(), Text{fmt::format("'{}' is not a number of unit {} in the exam's form", text,
                                                             exam[person->unit].code.text()),
                                                 in_korean("'{}'[은/는] 모집단위 {}의 응시번호 형식이 아닙니다", text,
                                                             exam[person->unit].code.text())});
      });
    }
  }
  // People added or moved later keep or get other numbers: order is demanded of a first plan only.
  if (!reading.rows.has_report || !reading.rows.report.replanned_from.empty()) return;
  std::vector<Numbered> people;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    people.clear();
    const std::uint32_t first_room = exam.venues[venue].first_room;
    for (std::uint32_t room = first_room; room < first_room + exam.venues[venue].room_count; ++room) {
      for (const RowIndex row : reading.people_in(RoomIndex(room))) {
        const Applicant* person = reading.applicant(row);
        if (person == nullptr || reading.is_repeat(row) || unit_is_unclear[person->unit.value]) continue;
        people.push_back({person->unit, RoomIndex(room), reading[row].seat_no, numbers[row.value]});
      }
    }
    std::sort(people.begin(), people.end(), [](const Numbered& a, const Numbered& b) {
      return std::tie(a.unit, a.room, a.seat_no, a.number) < std::tie(b.unit, b.room, b.seat_no, b.number);
    });
    judge_order_at(exam, VenueIndex(venue), people, findings);
  }
}

}  // namespace hanjari::verification

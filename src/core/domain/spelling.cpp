#include "hanjari/domain/spelling.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

// A value with its word, for each value of a closed list.
template <class T>
using Spelling = std::pair<T, std::string_view>;

constexpr Spelling<Mixing> mixing_words[] = {{Mixing::never, "never"},
                                             {Mixing::same_series, "same_series"},
                                             {Mixing::leftover, "leftover"},
                                             {Mixing::free, "free"}};
constexpr Spelling<TravelSource> travel_source_words[] = {{TravelSource::haversine, "haversine"},
                                                          {TravelSource::table, "table"}};
constexpr Spelling<SeatOrder> seat_order_words[] = {{SeatOrder::column_down, "column_down"},
                                                    {SeatOrder::column_serpentine, "column_serpentine"},
                                                    {SeatOrder::row_major, "row_major"},
                                                    {SeatOrder::row_serpentine, "row_serpentine"},
                                                    {SeatOrder::random, "random"}};
constexpr Spelling<SeatOrigin> seat_origin_words[] = {{SeatOrigin::front_left, "front_left"},
                                                      {SeatOrigin::front_right, "front_right"},
                                                      {SeatOrigin::back_left, "back_left"},
                                                      {SeatOrigin::back_right, "back_right"}};
constexpr Spelling<SeatNumbers> seat_numbers_words[] = {{SeatNumbers::desks, "desks"}, {SeatNumbers::used, "used"}};
constexpr Spelling<NumberPrefix> number_prefix_words[] = {{NumberPrefix::unit_code, "unit_code"},
                                                          {NumberPrefix::none, "none"}};
constexpr Spelling<QuotaGroup> quota_group_words[] = {{QuotaGroup::general, "general"},
                                                      {QuotaGroup::disabled, "disabled"},
                                                      {QuotaGroup::low_income, "low_income"},
                                                      {QuotaGroup::veterans_referral, "veterans_referral"},
                                                      {QuotaGroup::high_school_leaver, "high_school_leaver"}};
constexpr Spelling<Sex> sex_words[] = {{Sex::male, "M"}, {Sex::female, "F"}};
constexpr Spelling<Routing> routing_words[] = {
    {Routing::none, ""}, {Routing::isolation, "isolation"}, {Routing::reserve, "reserve"}};
constexpr Spelling<VenueKind> venue_kind_words[] = {
    {VenueKind::regular, "regular"}, {VenueKind::isolation, "isolation"}, {VenueKind::accommodation, "accommodation"}};
constexpr Spelling<RoomUse> room_use_words[] = {
    {RoomUse::exam, "exam"}, {RoomUse::reserve, "reserve"}, {RoomUse::separate, "separate"}};
constexpr Spelling<PinKind> pin_kind_words[] = {
    {PinKind::person, "person"}, {PinKind::room, "room"}, {PinKind::venue, "venue"}};
constexpr Spelling<PlanStatus> plan_status_words[] = {{PlanStatus::optimal, "optimal"},
                                                      {PlanStatus::feasible, "feasible"},
                                                      {PlanStatus::infeasible, "infeasible"},
                                                      {PlanStatus::gave_up, "gave_up"}};
constexpr Spelling<BoundOf> bound_of_words[] = {{BoundOf::assignment, "assignment"}, {BoundOf::plan, "plan"}};

template <class T, std::size_t count>
std::string_view word_in(const Spelling<T> (&words)[count], T value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

template <class T, std::size_t count>
std::optional<T> value_in(const Spelling<T> (&words)[count], std::string_view word) {
  for (const auto& [value, known] : words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

// Calls `take(item)` for each item between separators; false as soon as it says so. An empty list has no items.
template <class Take>
bool each_item(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t end = list.find(';');
    if (!take(list.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    list.remove_prefix(end + 1);
    if (list.empty()) return false;  // a separator with nothing after it
  }
  return true;
}

std::string_view word_of(TimeMultiplier multiplier) {
  switch (multiplier) {
    case TimeMultiplier::x1_0:
      return "";
    case TimeMultiplier::x1_2:
      return "extra_time_1.2";
    case TimeMultiplier::x1_5:
      return "extra_time_1.5";
    case TimeMultiplier::x1_7:
      return "extra_time_1.7";
  }
  return "";
}

}  // namespace

std::string_view spell(Mixing value) {
  return word_in(mixing_words, value);
}
std::string_view spell(TravelSource value) {
  return word_in(travel_source_words, value);
}
std::string_view spell(SeatOrder value) {
  return word_in(seat_order_words, value);
}
std::string_view spell(SeatOrigin value) {
  return word_in(seat_origin_words, value);
}
std::string_view spell(SeatNumbers value) {
  return word_in(seat_numbers_words, value);
}
std::string_view spell(NumberPrefix value) {
  return word_in(number_prefix_words, value);
}
std::string_view spell(QuotaGroup value) {
  return word_in(quota_group_words, value);
}
std::string_view spell(Sex value) {
  return word_in(sex_words, value);
}
std::string_view spell(Routing value) {
  return word_in(routing_words, value);
}
std::string_view spell(VenueKind value) {
  return word_in(venue_kind_words, value);
}
std::string_view spell(RoomUse value) {
  return word_in(room_use_words, value);
}
std::string_view spell(PinKind value) {
  return word_in(pin_kind_words, value);
}
std::string_view spell(PlanStatus value) {
  return word_in(plan_status_words, value);
}
std::string_view spell(BoundOf value) {
  return word_in(bound_of_words, value);
}

template <>
std::optional<Mixing> parse_word<Mixing>(std::string_view word) {
  return value_in(mixing_words, word);
}
template <>
std::optional<TravelSource> parse_word<TravelSource>(std::string_view word) {
  return value_in(travel_source_words, word);
}
template <>
std::optional<SeatOrder> parse_word<SeatOrder>(std::string_view word) {
  return value_in(seat_order_words, word);
}
template <>
std::optional<SeatOrigin> parse_word<SeatOrigin>(std::string_view word) {
  return value_in(seat_origin_words, word);
}
template <>
std::optional<SeatNumbers> parse_word<SeatNumbers>(std::string_view word) {
  return value_in(seat_numbers_words, word);
}
template <>
std::optional<NumberPrefix> parse_word<NumberPrefix>(std::string_view word) {
  return value_in(number_prefix_words, word);
}
template <>
std::optional<QuotaGroup> parse_word<QuotaGroup>(std::string_view word) {
  return value_in(quota_group_words, word);
}
template <>
std::optional<Sex> parse_word<Sex>(std::string_view word) {
  return value_in(sex_words, word);
}
template <>
std::optional<Routing> parse_word<Routing>(std::string_view word) {
  return value_in(routing_words, word);
}
template <>
std::optional<VenueKind> parse_word<VenueKind>(std::string_view word) {
  return value_in(venue_kind_words, word);
}
template <>
std::optional<RoomUse> parse_word<RoomUse>(std::string_view word) {
  return value_in(room_use_words, word);
}
template <>
std::optional<PinKind> parse_word<PinKind>(std::string_view word) {
  return value_in(pin_kind_words, word);
}
template <>
std::optional<PlanStatus> parse_word<PlanStatus>(std::string_view word) {
  return value_in(plan_status_words, word);
}
template <>
std::optional<BoundOf> parse_word<BoundOf>(std::string_view word) {
  return value_in(bound_of_words, word);
}

std::string spell(const Accommodation& accommodation) {
  std::string list;
  const auto append = [&](bool present, std::string_view word) {
    if (!present) return;
    if (!list.empty()) list += ';';
    list += word;
  };
  append(accommodation.wheelchair, "wheelchair");
  append(accommodation.separate_room, "separate_room");
  append(accommodation.large_print, "large_print");
  append(accommodation.scribe, "scribe");
  append(accommodation.multiplier != TimeMultiplier::x1_0, word_of(accommodation.multiplier));
  return list;
}

std::optional<Accommodation> parse_accommodation(std::string_view list) {
  Accommodation accommodation;
  const bool understood = each_item(list, [&](std::string_view word) {
    if (word == "wheelchair") return !std::exchange(accommodation.wheelchair, true);
    if (word == "separate_room") return !std::exchange(accommodation.separate_room, true);
    if (word == "large_print") return !std::exchange(accommodation.large_print, true);
    if (word == "scribe") return !std::exchange(accommodation.scribe, true);
    for (const TimeMultiplier multiplier : {TimeMultiplier::x1_2, TimeMultiplier::x1_5, TimeMultiplier::x1_7}) {
      if (word == word_of(multiplier))
        return std::exchange(accommodation.multiplier, multiplier) == TimeMultiplier::x1_0;
    }
    return false;
  });
  return understood ? std::optional(accommodation) : std::nullopt;
}

namespace {

// What people call an accommodation, without blanks and signs. The first name of each word is the one that messages show.
struct AccommodationName {
  std::string_view typed;
  std::string_view word;
};

constexpr AccommodationName accommodation_names[] = {
    {"휠체어", "wheelchair"},
    {"휠체어책상", "wheelchair"},
    {"휠체어석", "wheelchair"},
    {"휠체어사용", "wheelchair"},
    {"휠체어이용", "wheelchair"},
    {"휠체어전용책상", "wheelchair"},
    {"휠체어용책상", "wheelchair"},
    {"wheelchair", "wheelchair"},
    {"wheelchairdesk", "wheelchair"},
    {"별도시험실", "separate_room"},
    {"별도시험실배정", "separate_room"},
    {"별도고사실", "separate_room"},
    {"별도고사장", "separate_room"},
    {"독립시험실", "separate_room"},
    {"개별시험실", "separate_room"},
    {"별실", "separate_room"},
    {"별실배정", "separate_room"},
    {"separateroom", "separate_room"},
    {"확대문제지", "large_print"},
    {"확대문제지제공", "large_print"},
    {"확대문제", "large_print"},
    {"확대시험지", "large_print"},
    {"largeprint", "large_print"},
    {"대필", "scribe"},
    {"대필지원", "scribe"},
    {"답안대필", "scribe"},
    {"대필자", "scribe"},
    {"scribe", "scribe"},
};

// Letters, digits and full stops alone, in lower case.
std::string folded_item(std::string_view typed) {
  std::string name;
  for (const char c : clean_signs(typed)) {
    if (std::string_view(" _-()[]:*").find(c) != std::string_view::npos) continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

// "시험시간연장1.5배", "extratimex1.5", "1.5배": nothing when the factor is missing or another.
std::optional<std::string_view> read_extra_time(std::string_view name) {
  bool says_time = false;
  for (const std::string_view begin : {"시험시간연장", "시간연장", "연장시간", "extratime"}) {
    if (!name.starts_with(begin)) continue;
    name.remove_prefix(begin.size());
    says_time = true;
    break;
  }
  for (const std::string_view times : {"x", "×"}) {
    if (says_time && name.starts_with(times)) name.remove_prefix(times.size());
  }
  const std::string_view fold = "배";
  if (name.ends_with(fold)) {
    name.remove_suffix(fold.size());
    says_time = true;
  }
  for (const TimeMultiplier multiplier : {TimeMultiplier::x1_2, TimeMultiplier::x1_5, TimeMultiplier::x1_7}) {
    const std::string_view word = word_of(multiplier);
    if (says_time && word.substr(word.rfind('_') + 1) == name) return word;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> read_accommodation_item(std::string_view typed) {
  const std::string name = folded_item(typed);
  for (const AccommodationName& known : accommodation_names) {
    if (known.typed == name) return known.word;
  }
  return read_extra_time(name);
}

std::optional<Accommodation> read_accommodations(std::string_view typed, std::string& unread) {
  unread.clear();
  const std::string list = clean_signs(typed);
  const auto says_none = [](std::string_view item) {
    constexpr std::string_view none[] = {"", "없음", "해당없음", "해당사항없음", "무", "none", "no", "n", "n/a", "na", "x"};
    return std::find(std::begin(none), std::end(none), folded_item(item)) != std::end(none);
  };
  if (says_none(list)) return Accommodation{};  // N/A is no list of N and A
  std::string words;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find_first_of(";,/+", begin), list.size());
    const std::string item = clean_line(std::string_view(list).substr(begin, end - begin));
    begin = end + 1;
    if (says_none(item)) continue;
    const auto word = read_accommodation_item(item);
    if (word) {
      words += (words.empty() ? "" : ";") + std::string(*word);
    } else if (unread.empty()) {
      unread = item;
    }
  }
  if (unread.empty()) return parse_accommodation(words);
  if (words.empty()) unread = clean_line(typed);  // where nothing is known it may be no list
  return std::nullopt;
}

Text list_of_accommodations() {
  Text list;
  const auto append = [&](std::string_view word, const std::string& ko) {
    const std::string both = fmt::format("{} ({})", word, ko);
    list.en += (list.en.empty() ? "" : ", ") + both;
    list.ko += (list.ko.empty() ? "" : ", ") + both;
  };
  std::string_view last;
  for (const AccommodationName& known : accommodation_names) {
    if (known.word != last) append(known.word, std::string(known.typed));
    last = known.word;
  }
  for (const TimeMultiplier multiplier : {TimeMultiplier::x1_2, TimeMultiplier::x1_5, TimeMultiplier::x1_7}) {
    Accommodation only;
    only.multiplier = multiplier;
    append(word_of(multiplier), name_of(only).ko);
  }
  return list;
}

std::string spell_desks(const std::vector<Desk>& desks) {
  std::string list;
  for (const Desk desk : desks) {
    if (!list.empty()) list += ';';
    list += fmt::format("{}-{}", desk.row, desk.column);
  }
  return list;
}

std::optional<std::vector<Desk>> parse_desks(std::string_view list) {
  std::vector<Desk> desks;
  const bool understood = each_item(list, [&](std::string_view item) {
    Desk desk;
    const char* end = item.data() + item.size();
    const auto [dash, row_error] = std::from_chars(item.data(), end, desk.row);
    if (row_error != std::errc{} || dash == end || *dash != '-') return false;
    const auto [rest, column_error] = std::from_chars(dash + 1, end, desk.column);
    if (column_error != std::errc{} || rest != end || desk.row < 1 || desk.column < 1) return false;
    desks.push_back(desk);
    return true;
  });
  return understood ? std::optional(std::move(desks)) : std::nullopt;
}

Text name_of(QuotaGroup group) {
  switch (group) {
    case QuotaGroup::general:
      return {"General", "일반"};
    case QuotaGroup::disabled:
      return {"Disabled", "장애인"};
    case QuotaGroup::low_income:
      return {"Low income", "저소득층"};
    case QuotaGroup::veterans_referral:
      return {"Veterans' referral", "보훈청 추천"};
    case QuotaGroup::high_school_leaver:
      return {"High-school leaver", "고졸자"};
  }
  return {};
}

Text name_of(Sex sex) {
  return sex == Sex::male ? Text{"M", "남"} : Text{"F", "여"};
}

Text name_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::optimal:
      return {"best, proven", "최적(증명됨)"};
    case PlanStatus::feasible:
      return {"all seated", "전원 배정"};
    case PlanStatus::infeasible:
      return {"impossible", "불가능(증명됨)"};
    case PlanStatus::gave_up:
      break;
  }
  return {"not all seated", "일부 미배정"};
}

Text name_of(const Accommodation& accommodation) {
  Text name;
  const auto append = [&](bool present, const std::string& en, const std::string& ko) {
    if (!present) return;
    name.en += (name.en.empty() ? "" : ", ") + en;
    name.ko += (name.ko.empty() ? "" : ", ") + ko;
  };
  const int tenths = static_cast<int>(accommodation.multiplier);
  append(accommodation.wheelchair, "wheelchair desk", "휠체어 책상");
  append(accommodation.separate_room, "separate room", "별도시험실");
  append(accommodation.large_print, "large print", "확대문제지");
  append(accommodation.scribe, "scribe", "대필");
  append(tenths != 10, fmt::format("extra time x {}.{}", tenths / 10, tenths % 10),
         fmt::format("시간연장 {}.{}배", tenths / 10, tenths % 10));
  return name;
}

std::string booklet_name(char booklet) {
  switch (booklet) {
    case 'A':
      return "가";
    case 'B':
      return "나";
    case 'C':
      return "다";
    case 'D':
      return "라";
    default:
      return std::string(1, booklet);
  }
}

}  // namespace hanjari

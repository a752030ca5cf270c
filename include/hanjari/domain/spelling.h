// How the closed word lists of the contract are spelled in files, SQL, JSON and pages: one place for each word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan.h"

namespace hanjari {

// spell(x) gives the word of the contract, parse_word<T>(word) the value or nothing.
std::string_view spell(Mixing);
std::string_view spell(TravelSource);
std::string_view spell(SeatOrder);
std::string_view spell(SeatOrigin);
std::string_view spell(SeatNumbers);
std::string_view spell(NumberPrefix);
std::string_view spell(QuotaGroup);
std::string_view spell(Sex);
std::string_view spell(Routing);
std::string_view spell(VenueKind);
std::string_view spell(RoomUse);
std::string_view spell(PinKind);
std::string_view spell(PlanStatus);
std::string_view spell(BoundOf);

template <class T>
std::optional<T> parse_word(std::string_view word);

// The `;` list of applicants.csv, in the contract's order: wheelchair;separate_room;large_print;scribe;extra_time_1.5
std::string spell(const Accommodation& accommodation);
// Nothing when a word is unknown, said twice, or there are two extra times.
std::optional<Accommodation> parse_accommodation(std::string_view list);

// The word of the contract that people mean by one typed for an accommodation: "확대문제지" is large_print, "시간연장
// 1.5배" is extra_time_1.5, whatever the blanks, case and width. Nothing for another.
std::optional<std::string_view> read_accommodation_item(std::string_view typed);
// A list as people type it: items joined by ; , / or +, in any of their words; "없음" and "해당없음" say that there is
// none. When it cannot be read `unread` is the item that is not known, empty where one is said twice or there are two
// extra times.
std::optional<Accommodation> read_accommodations(std::string_view typed, std::string& unread);
// All words with what people call them, for messages: "large_print (확대문제지)".
Text list_of_accommodations();

// The `;` list of rooms.csv: 2-5;3-1
std::string spell_desks(const std::vector<Desk>& desks);
std::optional<std::vector<Desk>> parse_desks(std::string_view list);

// The words people read.
Text name_of(QuotaGroup);
Text name_of(const Accommodation& accommodation);
Text name_of(Sex);
// Booklet type as printed: A -> 가 in both languages.
std::string booklet_name(char booklet);

}  // namespace hanjari

// The people of a venue, room by room and seat by seat, and the words papers use for them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "documents/template_content.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

struct RoomPeople {
  RoomIndex room;
  std::vector<const Placement*> people;  // by seat
};

// Rooms with somebody in them, by room number.
std::vector<RoomPeople> rooms_with_people(const PlannedExam& planned, VenueIndex venue);
// Of these the rooms that the context asks for, with everybody in them.
std::vector<RoomPeople> rooms_of_paper(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
// Only the people the context asks for.
std::vector<RoomPeople> people_of_paper(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

// 제12시험실, Room 12.
std::string room_name(const Room& room, Language language);
// 본관 3층, Main building, floor 3; empty when the package says neither.
std::string room_place(const Room& room, Language language);
// 일반행정(장애인), with the group only where it is not the general one.
std::string series_name(const Unit& unit, Language language);
// 일반행정 9급(장애인).
std::string unit_name(const Unit& unit, Language language);
// Names of the units of these people, by unit code, each once.
std::string unit_names(const Exam& exam, const std::vector<const Placement*>& people, Language language);
// 15명, 15.
std::string people_count(std::size_t people, Language language);
// Counts of the booklet types in use: 가 8 · 나 7.
std::string booklet_counts(const std::vector<const Placement*>& people);
// Electives by the names of the context, "a;b" as "행정법, 세법"; what it has no name for as the exam says it.
std::string elective_names(const Exam& exam, const Applicant& applicant, const PaperContext& context);

// When the exam of a unit begins, and by when people are seated: as the unit says, else as the template of the day says.
// Minutes after midnight; nothing where nobody has said it.
std::optional<int> start_time(const DayTemplate& day, const Unit& unit);
std::optional<int> seating_time(const DayTemplate& day, const Unit& unit);
// When the person's exam ends: the start and the unit's duration times the person's extra time, rounded up.
std::optional<int> end_time(const DayTemplate& day, const Unit& unit, const Accommodation& accommodation);
// 10:00~11:40; of several spans each once, by time. What has no start is named so beside the others, and empty when
// nothing has one.
std::string exam_times(const DayTemplate& day, const Exam& exam, const std::vector<const Placement*>& people,
                       Language language);
// 09:20; of several times each once.
std::string seating_times(const DayTemplate& day, const Exam& exam, const std::vector<const Placement*>& people);
// 10:00~11:40 of a unit without extra time; empty when it has no start.
std::string unit_times(const DayTemplate& day, const Unit& unit);

}  // namespace hanjari::documents

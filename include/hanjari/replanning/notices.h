// What has to be told and counted after a change: one notice per person, one line per venue and district.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/replanning/replan.h"

namespace hanjari::replanning {

// A place as people know it, also one that the exam does not have any more.
struct ToldPlace {
  std::string venue_code;
  std::string venue;  // name; the code where nobody says the name
  std::string address;
  std::int64_t room_no = 0;
  std::int64_t seat_no = 0;
  Metres travel_m = 0;
};

// unseated: stays in the exam but has no seat in the new plan.
enum class NoticeKind { venue, room, seat, added, removed, unseated };
std::string_view spell(NoticeKind);

// To whom, in which words, and what an officer wants to see of it.
struct Notice {
  ApplicantId applicant;
  ApplicantNumber number;
  std::string name;  // empty for people whom neither exam knows
  UnitCode unit;
  NoticeKind kind = NoticeKind::seat;
  std::optional<ToldPlace> before;
  std::optional<ToldPlace> after;
  std::optional<Metres> farther_m;  // of another venue: how much longer the way is, negative when shorter
  Text reason;                      // of unseated people
  Text message;
};

// One for everybody whose published place is not the new one: people without a seat first, then those who change the
// venue, the one who travels most farther first, then people added, other rooms, other seats, people removed; within
// that by applicant_id. Who was moved away and back gets none; nor does somebody who had no seat before either.
// `from`: the published plan, whose venue_names name what `exam` does not have. `before`: the exam it was made of, if
// at hand, for names of venues and of people who have gone.
std::vector<Notice> list_notices(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before = nullptr);

// How much farther people travel who change the venue.
struct FarMoves {
  std::int64_t people = 0;   // who change the venue
  std::int64_t farther = 0;  // who travel farther
  std::int64_t beyond = 0;   // who travel more than `limit_m` farther
  Metres limit_m = 0;
  const Notice* worst = nullptr;  // travels most farther; null when nobody does
};
// The limit is the policy's moved_farther_m, else ten kilometres.
FarMoves count_far_moves(const Exam& exam, const std::vector<Notice>& notices);

// 195 m, 21.9 km.
std::string spell_distance(Metres metres);

// People of one place before and after. Somebody who changes venue leaves one place and comes to another.
struct PlaceCount {
  std::string scope;  // exam, district or venue
  std::string code;   // empty for the exam
  std::string name;
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t left = 0;  // to another venue
  std::int64_t came = 0;  // from another venue
  std::int64_t room = 0;  // to another room of the venue
  std::int64_t seat = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;
  std::int64_t rooms_changed = 0;  // rooms whose roster is not as it was
};

// The exam, then districts by code, then venues by code; a venue that is gone is counted too, under the name that `from`
// keeps, and in the district that `before`, the exam that `from` was made of, says.
std::vector<PlaceCount> count_places(const Exam& exam, const PlanRows& from, const Plan& to,
                                     const Exam* before = nullptr);

}  // namespace hanjari::replanning

// What has to be told and counted after a change: one notice per person, one line per venue and district.
#pragma once

#include <string>
#include <vector>

#include "hanjari/replanning/replan.h"

namespace hanjari::replanning {

// To whom, by number, and in which words.
struct Notice {
  ApplicantId applicant;
  ApplicantNumber number;
  ChangeKind kind = ChangeKind::seat;
  Text message;
};

// One for every change, by applicant_id.
std::vector<Notice> list_notices(const Exam& exam, const PlanRows& from, const Plan& to,
                                 const std::vector<Change>& changes);

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

// The exam, then districts by code, then venues by code; a venue that is gone is counted too.
std::vector<PlaceCount> count_places(const Exam& exam, const PlanRows& from, const Plan& to);

}  // namespace hanjari::replanning

// What one of two exam packages has and the other one has not, for officers who compare plans of both.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari::cli {

// People by applicant_id; rooms as "V0001 name 3". In the order of the exam.
struct OnlyInOne {
  std::vector<std::string> people;
  std::vector<std::string> rooms;
};

// What `exam` has and `other` has not: people are the same by applicant_id, rooms by venue_code and room_no.
OnlyInOne list_only_in(const Exam& exam, const Exam& other);

// One sentence for each kind that is not empty, with the first ten of them. `name`, `than`: folders of the packages.
std::vector<Text> tell_only_in(const OnlyInOne& only, const std::string& name, const std::string& than);

}  // namespace hanjari::cli

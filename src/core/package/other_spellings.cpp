#include "hanjari/package/other_spellings.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"

namespace hanjari::package {

std::vector<Fault> find_other_spellings(const Exam& exam, std::vector<std::string_view> before) {
  std::sort(before.begin(), before.end());
  NearCodes gone("applicants.csv");
  bool any_gone = false;
  for (const std::string_view id : before) {
    if (exam.find(ApplicantId(id)).exists()) continue;
    gone.add(id);
    any_gone = true;
  }
  if (!any_gone) return {};
  RepeatedFaults twice;
  for (const Applicant& person : exam.applicants) {
    const std::string& id = person.id.text();
    if (std::binary_search(before.begin(), before.end(), std::string_view(id))) continue;
    const auto near = gone.find(id);
    if (!near || near->meant.empty()) continue;
    twice.add({"applicants.csv",
               0,
               "applicant_id",
               {fmt::format("'{}' is new and '{}' is gone; zeros in front, case or blanks differ, and they are taken for two people", id,
                            near->meant),
                in_korean("'{}'[이/가] 새로 나오고 '{}'[이/가] 없어졌습니다. 앞자리 0, 대소문자나 빈칸만 달라 두 사람으로 보았습니다", id,
                          near->meant)},
               {fmt::format("if it is one person, write '{}' and do it again; else nothing is to be done", near->meant),
                in_korean("같은 사람이면 '{}'[으로/로] 고쳐 다시 하십시오. 다른 사람이면 그대로 두십시오", near->meant)}});
  }
  return twice.take();
}

std::vector<Fault> find_other_spellings(const Exam& exam, const PlanRows& told) {
  std::vector<std::string_view> ids;
  for (const PlacementRow& row : told.placements) ids.push_back(row.applicant_id.text());
  for (const UnseatedRow& row : told.unseated) ids.push_back(row.applicant_id.text());
  return find_other_spellings(exam, std::move(ids));
}

std::vector<Fault> find_other_spellings(const Exam& exam, const Exam& older) {
  std::vector<std::string_view> ids;
  for (const Applicant& person : older.applicants) ids.push_back(person.id.text());
  return find_other_spellings(exam, std::move(ids));
}

}  // namespace hanjari::package

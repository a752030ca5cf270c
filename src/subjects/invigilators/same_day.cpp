#include "hanjari/invigilators/same_day.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/duty_views.h"

namespace hanjari::services {
namespace {

// The newest duties of another exam; none where they were destroyed.
DutyRows duties_if_kept(InvigilatorRepository& invigilators, const ExamCode& exam) {
  try {
    return load_newest_duties(invigilators, exam).rows;
  } catch (const NotFound&) {
    return {};
  }
}

// Names of those of these people who come.
std::map<InvigilatorId, std::string> names_of_who_comes(InvigilatorRepository& invigilators, const ExamCode& exam,
                                                        const std::vector<InvigilatorId>& ids) {
  std::map<InvigilatorId, std::string> names;
  for (const ListedPerson& person : invigilators.find_people(exam, ids)) {
    if (person.state == PersonState::consented) names.emplace(person.facts.id, person.facts.name);
  }
  return names;
}

}  // namespace

std::vector<OtherDuty> find_other_duties(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                                         const ExamHead& head, const DutyRows& rows) {
  std::set<InvigilatorId> standing;
  for (const DutyRow& row : rows.duties) standing.insert(row.invigilator_id);
  std::vector<OtherDuty> found;
  if (standing.empty()) return found;
  for (const ExamCode& other : exams.list_exams()) {
    if (other == code) continue;
    const auto there = exams.find_head(other);
    if (!there || there->exam_on != head.exam_on) continue;
    std::set<InvigilatorId> both;
    for (const DutyRow& row : duties_if_kept(invigilators, other).duties) {
      if (standing.contains(row.invigilator_id)) both.insert(row.invigilator_id);
    }
    if (both.empty()) continue;
    const std::vector<InvigilatorId> ids(both.begin(), both.end());
    const auto here = names_of_who_comes(invigilators, code, ids);
    for (const auto& [id, name] : names_of_who_comes(invigilators, other, ids)) {
      const auto own = here.find(id);
      // A number may be somebody else's there.
      if (own != here.end() && own->second == name) found.push_back({id, other, {there->name_en, there->name_ko}});
    }
  }
  return found;
}

}  // namespace hanjari::services

#include "hanjari/invigilators/staffing_rules.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/staffing/staff.h"

namespace hanjari::services {
namespace {

constexpr const char* rules_file = "staffing.json";
constexpr std::size_t longest_rules_reason = 600;
// For a first answer: how many are missing at least is known before the search begins.
constexpr std::int64_t preview_work = 5'000'000;
// Somebody who answers an invitation at the same moment keeps nobody from setting rules.
constexpr int most_tries = 3;

std::string stored_rules(InvigilatorRepository& invigilators, const ExamCode& code) {
  const package::PackedFiles files = invigilators.load_beside(code);
  const auto found = files.find(rules_file);
  return found == files.end() ? std::string() : found->second;
}

KnownRules read_known_rules(const std::string& stored) {
  KnownRules known;
  known.version = sha256(stored).hex().substr(0, 16);
  known.are_set = !stored.empty();
  if (known.are_set) known.rules = package::load_staffing_rules(stored);
  return known;
}

Text change_line(const Text& called, const Text& from, const Text& to) {
  return {fmt::format("{}: {} → {}", called.en, from.en, to.en), fmt::format("{}: {} → {}", called.ko, from.ko, to.ko)};
}

Text number_words(std::int64_t number) {
  return {std::to_string(number), std::to_string(number)};
}

Text above_words(const std::optional<std::int64_t>& above) {
  return above ? number_words(*above) : Text{"never", "추가 안 함"};
}

Text reach_words(ConflictReach reach) {
  return reach == ConflictReach::room ? Text{"not in the room", "같은 시험실만 배제"}
                                      : Text{"not in the venue", "같은 시험장 전체 배제"};
}

Text together_words(bool together) {
  return together ? Text{"allowed", "허용"} : Text{"not allowed", "배제"};
}

Text own_school_words(bool excluded) {
  return excluded ? Text{"never there", "배제"} : Text{"only where declared", "신고한 경우만 배제"};
}

const Text above_called{"One invigilator more in rooms of more people than", "이 인원을 넘는 시험실에 감독관 1명 추가"};
const Text together_called{"Two of one organisation in a room", "같은 소속 두 사람이 한 시험실에"};
const Text own_school_called{"At the school that is the own organisation", "소속 학교와 같은 시험장"};
const Text applicant_called{"With a relative or a declared applicant", "친족 등 신고한 응시자와"};
const Text invigilator_called{"With a declared invigilator", "신고한 다른 감독관과"};

void check_rules(const StaffingRules& rules) {
  Text wrong;
  const auto add = [&](const Text& called, std::int64_t least, std::int64_t most) {
    wrong.en += fmt::format("{}{}: {} to {}.", wrong.en.empty() ? "" : " ", called.en, least, most);
    wrong.ko += fmt::format("{}{}: {}~{}.", wrong.ko.empty() ? "" : " ", called.ko, least, most);
  };
  for (const RuleNumber& number : rule_numbers()) {
    const std::int64_t value = rules.*number.value;
    if (value < number.least || value > number.most) add(number.called, number.least, number.most);
  }
  if (const auto& above = rules.second_invigilator_above; above && (*above < 0 || *above > most_second_above))
    add(above_called, 0, most_second_above);
  if (!wrong.en.empty()) throw InvalidInput("bad_staffing_rules", std::move(wrong));
}

// The live plan, or the newest where none is live: what placing would take.
std::shared_ptr<const PlanCopy> copy_to_staff(ExamRepository& exams, PlanCopies& copies, const ExamCode& code) {
  require_not_destroyed(exams, code);
  const auto live = exams.find_live_plan(code);
  const auto plans = exams.list_plans(code);
  for (const StoredPlan& plan : plans) {
    if (!live || plan.digest == live->plan_digest) return copies.find(exams, code, plan);
  }
  throw NotFound("plan_not_found", {"This exam has no plan yet.", "이 시험에는 아직 배정안이 없습니다."});
}

void count_unfilled(const PlannedExam& stored, const Staff& staff, RulesNeed& need) {
  staffing::Limits limits;
  limits.work = preview_work;
  const DutyRows rows = staffing::staff_exam(stored.exam, stored.plan, staff, nullptr, limits);
  for (const UnfilledDutyRow& row : rows.unfilled) ++need.unfilled[static_cast<std::size_t>(row.role)];
  need.missing = rows.report.unfilled_bound;
}

void count_people(const Staff& staff, RulesNeed& need) {
  need.consented = std::count_if(staff.people.begin(), staff.people.end(), [](const auto& one) { return one.consent; });
  for (const DutyConflict& conflict : staff.conflicts) {
    if (conflict.kind == DutyConflictKind::venue) ++need.own_schools;
    if (conflict.kind == DutyConflictKind::applicant || conflict.kind == DutyConflictKind::invigilator) ++need.relatives;
  }
}

std::string rules_reason(const std::string& typed) {
  std::string reason = clean_line(typed);
  if (reason.empty()) throw InvalidInput("reason_missing", {"Say why.", "사유를 적어 주십시오."});
  if (reason.size() > longest_rules_reason)
    throw InvalidInput("reason_too_long", {"The reason has at most 600 bytes.", "사유는 600바이트까지 쓸 수 있습니다."});
  return reason;
}

}  // namespace

StaffingRulesChanged::StaffingRulesChanged()
    : Conflict("staffing_rules_changed", {"Somebody else changed these rules meanwhile. Look again.",
                                          "그사이 다른 사람이 배치 기준을 바꾸었습니다. 다시 확인하십시오."}) {}

const std::array<RuleNumber, 5>& rule_numbers() {
  static const std::array<RuleNumber, 5> numbers{
      {{"chiefs_per_room", &StaffingRules::chiefs_per_room, 0, 20, {"Chief invigilators a room", "시험실마다 정감독"}},
       {"invigilators_per_room",
        &StaffingRules::invigilators_per_room,
        0,
        20,
        {"Second invigilators a room", "시험실마다 부감독"}},
       {"reserves_at_least",
        &StaffingRules::reserves_at_least,
        0,
        1'000,
        {"Reserves a venue, at least", "시험장마다 예비감독 최소 인원"}},
       {"reserve_per_rooms",
        &StaffingRules::reserve_per_rooms,
        1,
        100'000,
        {"Rooms for which there is one reserve", "예비감독 1명이 맡는 시험실 수"}},
       {"corridor_per_floor",
        &StaffingRules::corridor_per_floor,
        0,
        100,
        {"Corridor staff a floor", "층마다 복도감독"}}}};
  return numbers;
}

KnownRules find_staffing_rules(InvigilatorRepository& invigilators, const ExamCode& code) {
  return read_known_rules(stored_rules(invigilators, code));
}

std::vector<Text> describe_rule_changes(const StaffingRules& from, const StaffingRules& to) {
  std::vector<Text> changes;
  const auto compare = [&](const Text& called, const auto& before, const auto& after, auto words) {
    if (before != after) changes.push_back(change_line(called, words(before), words(after)));
  };
  for (const RuleNumber& number : rule_numbers())
    compare(number.called, from.*number.value, to.*number.value, number_words);
  compare(above_called, from.second_invigilator_above, to.second_invigilator_above, above_words);
  compare(together_called, from.same_organisation_in_room, to.same_organisation_in_room, together_words);
  compare(own_school_called, from.own_school_excluded, to.own_school_excluded, own_school_words);
  compare(applicant_called, from.applicant_reach, to.applicant_reach, reach_words);
  compare(invigilator_called, from.invigilator_reach, to.invigilator_reach, reach_words);
  return changes;
}

RulesNeed preview_staffing_rules(InvigilatorRepository& invigilators, ExamRepository& exams, PlanCopies& copies,
                                 const ExamCode& code, const StaffingRules& rules) {
  check_rules(rules);
  const auto copy = copy_to_staff(exams, copies, code);
  const PlannedExam& stored = copy->planned;
  RulesNeed need;
  need.places_now = staffing::count_places(stored.exam, stored.plan, find_staffing_rules(invigilators, code).rules);
  need.places = staffing::count_places(stored.exam, stored.plan, rules);
  const std::vector<ListedPerson> people = invigilators.list_people(code);
  if (people.empty()) {
    need.unfilled = need.places;
    for (const std::int64_t places : need.places) need.missing += places;
    return need;
  }
  package::PackedFiles folder = people_folder(invigilators, code, people);
  folder[rules_file] = package::render_staffing_rules(rules);
  const Staff staff = package::load_staff(stored.exam, folder, package::Encoding::utf8).staff;
  count_people(staff, need);
  count_unfilled(stored, staff, need);
  return need;
}

KnownRules set_staffing_rules(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                              const StaffingRules& rules, const std::string& version, const Change& change) {
  require_not_destroyed(exams, code);
  check_rules(rules);
  Change signed_change = change;
  signed_change.reason = rules_reason(change.reason);
  for (int tried = 1;; ++tried) {
    PeopleStep step;
    step.seen_mark = invigilators.mark_of_people(code);
    const std::string stored = stored_rules(invigilators, code);
    const KnownRules known = read_known_rules(stored);
    if (known.version != version) throw StaffingRulesChanged();
    const std::string next = package::render_staffing_rules(rules);
    step.beside = package::PackedFiles{{rules_file, next}};
    step.note = {"duties.rules", code.text(),
                 fmt::format("{} rules changed", describe_rule_changes(known.rules, rules).size())};
    step.note.exam = code.text();
    if (known.are_set) step.note.before = stored;
    step.note.after = next;
    try {
      invigilators.save_people(code, step, signed_change);
      return read_known_rules(next);
    } catch (const Conflict&) {
      if (tried == most_tries) throw;
    }
  }
}

}  // namespace hanjari::services

// hanjari edit-duties: an officer's changes of duties, judged by the verifier, accepted with author and reason or
// refused with the rule.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/figures.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "cli/staff_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/staffing/desk.h"
#include "hanjari/verification/verify_duties.h"
#include "invigilators/commands/commands.h"

namespace hanjari::cli {
namespace {

using verification::Verdict;
using verification::Violation;

std::string required_line(const Arguments& arguments, const std::string& option) {
  const std::string typed = arguments.text(option);
  const std::string text = clean_line(typed);
  if (text.empty() || text.size() > 600 || typed.find('\n') != std::string::npos) {
    throw WrongUsage{
        {fmt::format("--{} needs a line of text", option), fmt::format("--{}에 한 줄로 적어 주십시오", option)}};
  }
  return text;
}

void say_refusal(const std::vector<Violation>& broken, const Terminal& terminal) {
  for (const Violation& violation : broken) {
    terminal.say({fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.en),
                  fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.ko)});
  }
  terminal.say({"refused: the edits break the rules above; nothing is written",
                "거절: 위의 규칙에 어긋나므로 아무것도 저장하지 않았습니다"});
}

void say_acceptance(std::size_t edits, const DutyReport& before, const DutyReport& after, const Terminal& terminal) {
  const auto number = [](std::int64_t value) { return group_digits(value); };
  terminal.say({fmt::format("accepted: {} recorded with author and reason in history.json",
                            edits == 1 ? "1 edit" : number(static_cast<std::int64_t>(edits)) + " edits"),
                fmt::format("승인: {}건을 작성자와 사유와 함께 history.json에 기록했습니다",
                            number(static_cast<std::int64_t>(edits)))});
  terminal.say(
      {fmt::format("unfilled {} -> {}, pairs of last time {} -> {}, travel {} -> {}", number(before.unfilled),
                   number(after.unfilled), number(before.past_pairs.value), number(after.past_pairs.value),
                   tell_kilometres(before.travel_m.value), tell_kilometres(after.travel_m.value)),
       fmt::format("빈자리 {} -> {}, 지난번과 같은 짝 {} -> {}쌍, 거리 합계 {} -> {}", number(before.unfilled),
                   number(after.unfilled), number(before.past_pairs.value), number(after.past_pairs.value),
                   tell_kilometres(before.travel_m.value), tell_kilometres(after.travel_m.value))});
}

// Ids and codes of edits that stand for others: told, and taken as what they mean, so that other faults are told beside.
class MeantEdits {
 public:
  MeantEdits(const Exam& exam, const Staff& staff, const DutyRows& given) {
    for (const auto& person : staff.people) people_.add(person.id.text());
    for (const DutyRow& row : given.duties) people_.add(row.invigilator_id.text());
    for (const auto& venue : exam.venues) {
      venues_.add(venue.code.text());
      venues_.add_name(venue.name, venue.code.text());
    }
  }

  DutyEdit read(DutyEdit edit) {
    edit.person = InvigilatorId(meant(people_, edit.person.text(), edit.line, "invigilator_id"));
    edit.with = InvigilatorId(meant(people_, edit.with.text(), edit.line, "with_invigilator_id"));
    edit.place.venue_code = VenueCode(meant(venues_, edit.place.venue_code.text(), edit.line, "venue_code"));
    return edit;
  }
  RepeatedFaults& told() { return told_; }

 private:
  std::string meant(const package::NearCodes& known, const std::string& code, std::uint64_t line, const char* column) {
    auto near = code.empty() ? std::nullopt : known.find(code);
    if (!near) return code;
    told_.add({"edits.csv", line, column, std::move(near->what), std::move(near->fix)});
    return near->meant.empty() ? code : near->meant;
  }

  package::NearCodes people_{"invigilators.csv"};
  package::NearCodes venues_{"venues.csv"};
  RepeatedFaults told_;
};

// Throws InvalidInput with everything that is wrong with the edits where one of them means another id or code.
void require_meant_codes(const std::vector<DutyEdit>& edits, MeantEdits meant, staffing::DutyDesk& desk,
                         const staffing::Signature& signature) {
  std::vector<DutyEdit> as_meant;
  for (const DutyEdit& edit : edits) as_meant.push_back(meant.read(edit));
  if (meant.told().empty()) return;
  Faults faults;
  meant.told().hand_over(faults);
  try {
    desk.apply(as_meant, signature);
  } catch (const InvalidInput& refused) {
    faults.add_all(refused.faults());
  }
  throw InvalidInput(std::move(faults));
}

// Changes the duties, or throws InvalidInput with what is wrong with the edits under the name of the file that they stand in.
void apply_edits(const std::vector<DutyEdit>& edits, MeantEdits meant, staffing::DutyDesk& desk,
                 const staffing::Signature& signature, const package::TableFile& file) {
  try {
    require_meant_codes(edits, std::move(meant), desk, signature);
    desk.apply(edits, signature);
  } catch (const InvalidInput& refused) {
    Faults faults;
    for (Fault fault : refused.faults().kept()) {
      faults.add(fault.file == "edits.csv" ? file.placed(std::move(fault)) : std::move(fault));
    }
    // Those that were counted and not kept: as many are kept already as there may be.
    while (faults.count() < refused.faults().count()) faults.add({});
    throw InvalidInput(std::move(faults));
  }
}

// As the office does it: a report of before is proven anew before its first change, where the duties break no rule of now.
void prove_report_of_before(const Exam& exam, const PlanRows& plan_rows, const Plan& plan, const Staff& staff, const DutyRows& given,
                            DutyHistory& history) {
  if (!history.steps.empty() || !history.base || !staffing::speaks_of_nobody(*history.base)) return;
  staffing::ProvenAnew proven = staffing::prove_anew(exam, plan, staff, given);
  DutyRows rows = given;
  rows.report = proven.report;
  if (verification::verify_duties(exam, plan_rows, proven.people, rows).clean()) history.base = std::move(proven.report);
}

Exit run_edit_duties(const Arguments& arguments, const Terminal& terminal) {
  const staffing::Signature signature{required_line(arguments, "author"), required_line(arguments, "reason"),
                                      format_instant(system_clock().now())};
  const std::string out = output_folder(arguments, "out");
  const std::string folder = arguments.text("duties");
  const package::Encoding encoding = read_encoding(arguments);
  std::vector<Fault> warnings;
  package::TableFile edits_file(arguments.text("edits"));
  const std::vector<DutyEdit> edits = package::load_duty_edits(edits_file, encoding, warnings);
  say_warnings(warnings, terminal);
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows plan_rows = load_plan_argument(arguments.positionals[1], encoding, exam, Unknown::refused_later, terminal);
  const Plan plan = package::resolve_plan(exam, plan_rows);
  const Staff staff = load_staff_argument(arguments, exam, arguments.text("people"), terminal);
  const DutyRows given = load_duties_argument(folder, encoding, package::Repetition::fault, terminal);
  DutyHistory history = package::load_duty_history(folder);
  const Verdict before = verification::verify_duties(exam, plan_rows, staff, given);
  // Bounds of a report whose figures are wrong prove nothing.
  if (history.steps.empty() && before.counts.contains("wrong_duty_report")) history.base.reset();
  prove_report_of_before(exam, plan_rows, plan, staff, given, history);
  staffing::DutyDesk desk(exam, plan, staff, given.duties, std::move(history));
  const auto began = system_clock().elapsed();
  apply_edits(edits, MeantEdits(exam, staff, given), desk, signature, edits_file);
  const DutyRows edited = desk.rows();
  const auto changed = system_clock().elapsed();
  const std::vector<Violation> broken =
      verification::new_duty_violations(before, verification::verify_duties(exam, plan_rows, staff, edited));
  const auto judged = system_clock().elapsed();
  if (!broken.empty()) {
    say_refusal(broken, terminal);
    return Exit::findings;
  }
  package::save_duties(edited, out, existing_of(arguments), &desk.history());
  say_acceptance(edits.size(), given.report, edited.report, terminal);
  terminal.say({fmt::format("seconds: edit {:.3f}, check {:.3f}", seconds_between(began, changed),
                            seconds_between(changed, judged)),
                fmt::format("소요 시간(초): 변경 {:.3f}, 검증 {:.3f}", seconds_between(began, changed),
                            seconds_between(changed, judged))});
  return Exit::done;
}

}  // namespace

Command edit_duties_command() {
  return {"edit-duties",
          {"changes duties by hand or undoes it; the verifier accepts or refuses",
           "위촉 내용을 직접 고치거나 되돌리고 규칙에 맞는지 검증합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"people",
            "FOLDER",
            {"folder with invigilators.csv and staffing.json", "invigilators.csv와 staffing.json이 있는 폴더"}},
           {"duties", "DIR", {"folder of the duties to change", "고칠 위촉 폴더"}},
           {"edits",
            "FILE",
            {"CSV or workbook of edits: action (move, swap, take_off, lock, unlock, undo), invigilator_id, ...",
             "고칠 내용의 CSV 파일이나 통합 문서: action(move, swap, take_off, lock, unlock, undo), invigilator_id, ..."}},
           {"author", "NAME", {"who asks for it", "작성자"}},
           {"reason", "TEXT", {"why", "사유"}},
           {"out", "NEW", {"folder to write the new duties to", "새 위촉 결과를 저장할 폴더"}},
           replace_option(),
           encoding_option()},
          run_edit_duties};
}

}  // namespace hanjari::cli

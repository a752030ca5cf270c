// hanjari edit: an officer's moves, judged by the verifier, accepted with author and reason or refused with the rule.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/package/history_package.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/plans/hand_edit.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/replanning/edit.h"
#include "hanjari/replanning/replan.h"
#include "plans/commands/change_files.h"
#include "plans/commands/commands.h"
#include "plans/commands/plan_history.h"

namespace hanjari::cli {
namespace {

std::string required_text(const Arguments& arguments, const std::string& option) {
  const std::string typed = arguments.text(option);
  const std::string text = clean_line(typed);
  if (text.empty() || text.size() > 600 || typed.find('\n') != std::string::npos) {
    throw WrongUsage{
        {fmt::format("--{} needs a line of text", option), fmt::format("--{}에 한 줄로 적어 주십시오", option)}};
  }
  return text;
}

HistoryStep& add_step(std::vector<HistoryStep>& history, const Exam& exam, const Plan& edited) {
  HistoryStep& step = history.emplace_back();
  step.kind = StepKind::edit;
  step.input_sha256 = exam.input_sha256;
  step.digest = package::digest_plan(exam, edited);
  step.version = HANJARI_VERSION;
  step.at = format_instant(system_clock().now());
  return step;
}

// The edits of the plan that the other one does not have, done again on the other one.
Exit edit_onto(const Arguments& arguments, const Terminal& terminal, const std::string& onto) {
  const std::string out = output_folder(arguments, "out");
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const std::string& folder = arguments.positionals[1];
  const PlanRows rows = load_plan_argument(folder, read_encoding(arguments), exam, Unknown::refused_later, terminal);
  const PlanRows base = load_plan_argument(onto, read_encoding(arguments), exam, Unknown::refused_later, terminal);
  const Told told = find_told(arguments, exam, onto, base, terminal);
  std::vector<HistoryStep> history = history_of(onto, base);
  const std::vector<HistoryStep> steps = services::steps_beyond(history_of(folder, rows), history);
  if (steps.empty()) {
    terminal.say({"the other plan has every step of this one; nothing is written",
                  "다른 배정안에 이 배정안의 변경이 모두 들어 있어 아무것도 저장하지 않았습니다"});
    return Exit::done;
  }
  terminal.progress.stage({"redoing the edits", "변경 다시 적용"}, 0);
  services::CarryOver carried = services::carry_over(exam, package::resolve_plan(exam, base), steps);
  std::size_t done = 0;
  for (const services::CarriedStep& own : carried.steps) {
    const Text step = services::describe_step(own.step, exam.header.time_zone);
    if (own.refusal.empty()) {
      ++done;
      HistoryStep& added = add_step(history, exam, carried.plan);
      added.digest = own.step.digest;
      added.author = own.step.author;
      added.reason = own.step.reason;
      added.moves = own.step.moves;
      terminal.say({"carried over: " + step.en, "옮겨 적용함: " + step.ko});
      continue;
    }
    terminal.say({"NOT carried over: " + step.en, "옮기지 못함: " + step.ko});
    for (const Text& move : services::describe_moves(own.step, 50)) terminal.say({"  " + move.en, "  " + move.ko});
    for (const Text& why : own.refusal) terminal.say({"  because " + why.en, "  이유: " + why.ko});
  }
  if (done == 0) {
    terminal.say({"none of the edits could be carried over; nothing is written",
                  "옮길 수 있는 변경이 없어 아무것도 저장하지 않았습니다"});
    return Exit::findings;
  }
  carried.plan.report.version = HANJARI_VERSION;
  carried.plan.report.replanned_from = base.digest;
  ChangeFiles made = step_files(exam, told, base, carried.plan, terminal.language);
  made.files["history.json"] = package::render_history(history);
  package::save_plan(exam, carried.plan, out, system_clock(), made.files, existing_of(arguments));
  say_if_incomplete(exam, carried.plan, terminal);
  say_notices(exam, told, made.notices, terminal);
  terminal.say({fmt::format("{} of {} carried over", done,
                            count_of(static_cast<long long>(steps.size()), "edit", "edits")),
                fmt::format("변경 {}건 가운데 {}건을 옮겨 적용했습니다", steps.size(), done)});
  return done == steps.size() ? Exit::done : Exit::findings;
}

// Says of an id that nobody has which one is meant, where one is near: its zeros were lost, or its case differs.
class MeantPeople {
 public:
  MeantPeople(const Exam& exam, const std::vector<HandMove>& moves) : exam_(exam) {
    for (const HandMove& move : moves) id_of_line_.emplace(move.line, move.applicant);
  }

  void name(Fault& fault) {
    const auto id = id_of_line_.find(fault.line);
    if (fault.column != "applicant_id" || id == id_of_line_.end() || exam_.find(id->second).exists()) return;
    if (!near_) {
      near_.emplace("applicants.csv");
      for (const auto& person : exam_.applicants) near_->add(person.id.text());
    }
    auto near = near_->find(id->second.text());
    if (!near) return;
    fault.what = std::move(near->what);
    fault.fix = std::move(near->fix);
  }

 private:
  const Exam& exam_;
  std::map<std::uint64_t, ApplicantId> id_of_line_;
  std::optional<package::NearCodes> near_;  // once somebody is not known
};

// The moves of the officer's file. Throws InvalidInput with every fault at once: what cannot be read, and what this plan
// has not.
std::vector<HandMove> load_sound_moves(const std::string& file, package::Encoding encoding, const Exam& exam,
                                       const PlanRows& rows, const Plan& plan, const Terminal& terminal) {
  Faults faults;
  std::vector<Fault> warnings;
  package::TableFile table(file);
  std::vector<HandMove> moves = package::load_moves(table, encoding, rows, faults, warnings);
  say_warnings(warnings, terminal);
  const Faults of_plan = replanning::find_move_faults(exam, plan, moves);
  std::vector<Fault> told = faults.kept();
  MeantPeople people(exam, moves);
  for (Fault fault : of_plan.kept()) {
    people.name(fault);
    told.push_back(fault.line > 0 ? std::move(fault) : table.placed(std::move(fault)));
  }
  if (told.empty()) return moves;
  if (faults.count() > Faults::limit) throw InvalidInput(std::move(faults));
  std::stable_sort(told.begin(), told.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
  Faults all;
  // Faults of a workbook's own have their cells already, and no line.
  for (Fault& fault : told) all.add(fault.line > 0 ? table.placed(std::move(fault)) : std::move(fault));
  throw InvalidInput(std::move(all));
}

// What an edit did: "3 people moved, 1 person seated".
Text say_done(const std::vector<hanjari::Change>& changes) {
  const auto seated = static_cast<long long>(
      std::count_if(changes.begin(), changes.end(),
                    [](const hanjari::Change& change) { return change.kind == ChangeKind::added; }));
  const long long moved = static_cast<long long>(changes.size()) - seated;
  if (seated == 0) {
    return {fmt::format("accepted: {} moved; recorded with author and reason in history.json", count_people(moved)),
            fmt::format("승인: {}명을 옮기고 작성자와 사유를 history.json에 기록했습니다", group_digits(moved))};
  }
  if (moved == 0) {
    return {fmt::format("accepted: {} seated who had no seat; recorded with author and reason in history.json",
                        count_people(seated)),
            fmt::format("승인: 좌석이 없던 {}명에게 좌석을 배정하고 작성자와 사유를 history.json에 기록했습니다",
                        group_digits(seated))};
  }
  return {fmt::format("accepted: {} moved and {} seated who had no seat; recorded with author and reason in history.json",
                      count_people(moved), count_people(seated)),
          fmt::format("승인: {}명을 옮기고 좌석이 없던 {}명에게 좌석을 배정했으며 작성자와 사유를 history.json에 기록했습니다",
                      group_digits(moved), group_digits(seated))};
}

// A pin that names no place keeps the seat of the plan that is replanned next, which is the new one from now on.
void say_moved_pins(const Exam& exam, const std::vector<hanjari::Change>& changes, const Terminal& terminal) {
  std::set<ApplicantId> people;
  for (const hanjari::Change& change : changes) people.insert(change.applicant);
  const long long moved = services::count_moved_pins(exam, people);
  if (moved == 0) return;
  const Text pins = name_of_pins(exam);
  terminal.say({fmt::format("warning: {}: {} whom it pins {} moved by hand; from now on the pin keeps the new place", pins.en,
                            count_people(moved), word_for(moved, "was", "were")),
                fmt::format("주의: {}: 고정한 응시자 {}명을 수동으로 옮겼습니다. 앞으로는 새 자리가 고정됩니다", pins.ko,
                            group_digits(moved))});
}

Exit run_edit(const Arguments& arguments, const Terminal& terminal) {
  if (const auto onto = arguments.find("onto")) {
    if (arguments.has("moves")) {
      throw WrongUsage{{"--onto does the edits of PLAN again and takes no --moves",
                        "--onto는 PLAN의 변경을 다시 적용하는 옵션이므로 --moves와 함께 쓸 수 없습니다"}};
    }
    return edit_onto(arguments, terminal, *onto);
  }
  const std::string author = required_text(arguments, "author");
  const std::string reason = required_text(arguments, "reason");
  const std::string out = output_folder(arguments, "out");
  const std::string file = arguments.text("moves");
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const std::string& folder = arguments.positionals[1];
  const PlanRows rows = load_plan_argument(folder, read_encoding(arguments), exam, Unknown::refused_later, terminal);
  const Told told = find_told(arguments, exam, folder, rows, terminal);
  const Plan plan = package::resolve_plan(exam, rows);
  const std::vector<HandMove> moves = load_sound_moves(file, read_encoding(arguments), exam, rows, plan, terminal);
  terminal.progress.stage({"verifying", "배정안 검증"}, 0);
  services::JudgedEdit edit = services::try_edit(exam, plan, moves);
  edit.plan.report.version = HANJARI_VERSION;
  if (!edit.broken.empty()) {
    for (const verification::Violation& violation : edit.broken) {
      terminal.say({fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.en),
                    fmt::format("{} {}: {}", violation.code, violation.subject, violation.message.ko)});
    }
    terminal.say({"refused: the moves break the rules above; nothing is written",
                  "거절: 위의 규칙에 어긋나므로 아무것도 저장하지 않았습니다"});
    return Exit::findings;
  }
  const std::vector<hanjari::Change> changes = replanning::list_changes(exam, rows, edit.plan);
  if (changes.empty()) {
    terminal.say({"nobody's place changes: everybody whom the moves name sits there already; nothing is written",
                  "자리가 바뀌는 응시자가 없습니다. 모두 이미 그 자리에 있어 아무것도 저장하지 않았습니다"});
    return Exit::done;
  }
  std::vector<HistoryStep> history = history_of(folder, rows);
  HistoryStep& step = add_step(history, exam, edit.plan);
  step.author = author;
  step.reason = reason;
  step.moves = moves;
  ChangeFiles made = step_files(exam, told, rows, edit.plan, terminal.language);
  made.files["history.json"] = package::render_history(history);
  package::save_plan(exam, edit.plan, out, system_clock(), made.files, existing_of(arguments));
  say_if_incomplete(exam, edit.plan, terminal);
  say_moved_pins(exam, changes, terminal);
  say_notices(exam, told, made.notices, terminal);
  terminal.say(say_done(changes));
  return Exit::done;
}

}  // namespace

Command edit_command() {
  Command command =
         {"edit",
          {"moves people by hand, or seats those whom the plan seats nowhere; the verifier accepts or refuses",
           "응시자를 직접 옮기거나 미배정 응시자에게 좌석을 정해 주고 규칙에 맞는지 검증합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"moves",
            "FILE",
            {"CSV or workbook of moves: action, applicant_id or applicant_number, venue_code, room_no, ...; whoever has no seat is "
             "named by applicant_id",
             "옮길 내용의 CSV 파일이나 통합 문서(applicant_id나 applicant_number로 지정, 좌석이 없는 응시자는 applicant_id로 지정)"}},
           {"onto",
            "OTHER",
            {"in place of --moves: does the edits of PLAN again on this plan (of EXAM), and names those it cannot do",
             "--moves 대신 PLAN의 변경을 이 배정안(EXAM의 것)에 다시 적용하고, 적용할 수 없는 변경을 알립니다"}},
           {"author", "NAME", {"who asks for it", "작성자"}},
           {"reason", "TEXT", {"why", "사유"}},
           {"out", "NEW", {"folder to write the new plan to", "새 배정안을 저장할 폴더"}},
           replace_option(),
           encoding_option()},
          run_edit};
  for (Option& option : told_options()) command.options.push_back(std::move(option));
  return command;
}

}  // namespace hanjari::cli

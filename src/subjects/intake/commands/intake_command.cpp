// hanjari intake ...: what officers do with applications until there is a frozen list.
#include <charconv>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/concerned.h"
#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/exam_package.h"
#include "intake/commands/commands.h"
#include "program/opening/officer_call.h"

namespace hanjari::cli {
namespace {

constexpr int applications_at_once = 500;

// Where the exam is held; UTC when its notice is gone.
std::string zone_of(OfficerCall& call, const ExamCode& exam) {
  const auto stored = call.intake().notices.find_notice(exam);
  return stored ? stored->notice.header.time_zone : "UTC";
}

// Nothing is left out of a list without a word.
Exit tell_unreadable(const std::vector<std::string>& rows, const Terminal& terminal) {
  if (rows.empty()) return Exit::done;
  std::string names;
  for (const std::string& row : rows) names += (names.empty() ? "" : ", ") + row;
  terminal.say({fmt::format("these do not open, and stand in the list without what is sealed in them: {}; restore their rows from a backup", names),
                fmt::format("다음 자료를 열 수 없어 암호화된 내용 없이 표시했습니다: {}. 백업에서 해당 행을 복원하십시오", names)});
  return Exit::findings;
}

Exit run_applications(const Arguments& arguments, const Terminal& terminal) {
  std::optional<ApplicationState> state;
  if (const auto word = arguments.find("state")) {
    state = parse_meant(*word, parse_application_state);
    if (!state)
      throw WrongUsage{{"--state: one of submitted, paid, withdrawn, lapsed",
                        "--state: submitted, paid, withdrawn, lapsed 가운데 하나"}};
  }
  OfficerCall call(arguments, terminal);
  const ExamCode exam = call.exam(arguments.positionals[0]);
  call.require_not_destroyed(exam);
  package::CsvWriter csv(
      [&](std::string_view bytes) { terminal.print(std::string(bytes)); },
      {"application_id", "unit_code", "state", "fee_won", "submitted_at", "accommodation", "decision", "reason",
       "submitted_at_local", "unreadable"});
  const std::string zone = zone_of(call, exam);
  std::vector<std::string> unreadable;
  ApplicationId after;
  while (true) {
    const auto listed = call.intake().officers.list_for_officer(call.actor(), exam, state, after, applications_at_once);
    for (const Application& application : listed) {
      const auto row = [&](const std::string& item, const std::string& decision, const std::string& reason) {
        csv.cell(application.id.text()).cell(application.form.unit.text()).cell(spell(application.state));
        csv.cell(application.fee).cell(format_instant(application.submitted_at)).cell(item).cell(decision);
        csv.cell(reason).cell(format_local(application.submitted_at, zone));
        csv.cell(application.legible == Legible::yes ? std::string() : std::string(spell(application.legible))).end_row();
      };
      if (application.legible != Legible::yes) unreadable.push_back(application.id.text());
      if (application.form.accommodations.empty()) row("", "", "");
      for (const AccommodationRequest& request : application.form.accommodations) {
        std::string decided = "asked";
        for (const AccommodationDecision& decision : application.decisions)
          if (decision.item == request.item) decided = spell(decision.decision);
        row(request.item, decided, request.reason);
      }
    }
    if (static_cast<int>(listed.size()) < applications_at_once) break;
    after = listed.back().id;
  }
  csv.finish();
  return tell_unreadable(unreadable, terminal);
}

Exit run_decide_item(const Arguments& arguments, const Terminal& terminal) {
  const auto decision = parse_meant(arguments.text("decision"), parse_item_decision);
  if (!decision || *decision == ItemDecision::asked)
    throw WrongUsage{{"--decision: granted or refused", "--decision: granted 또는 refused"}};
  OfficerCall call(arguments, terminal);
  call.intake().officers.decide_accommodation(call.actor(), ApplicationId(arguments.positionals[0]),
                                              arguments.text("item"), *decision, arguments.find("told").value_or(""),
                                              call.change());
  terminal.say({"decided; the applicant is told", "결정했습니다. 응시자에게 알립니다"});
  return Exit::done;
}

Exit run_reports(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  package::CsvWriter csv([&](std::string_view bytes) { terminal.print(std::string(bytes)); },
                         {"report_id", "application_id", "status", "since", "reported_at", "note", "reported_at_local",
                          "unreadable"});
  const ExamCode exam = call.exam(arguments.positionals[0]);
  const std::string zone = zone_of(call, exam);
  std::vector<std::string> unreadable;
  for (const auto& report : call.intake().health.list_waiting_reports(call.actor(), exam)) {
    const bool opens = report.legible == Legible::yes;
    if (!opens) unreadable.push_back(std::to_string(report.id));
    csv.cell(report.id).cell(report.application.text());
    csv.cell(opens ? std::string(services::spell(report.status)) : std::string());
    csv.cell(opens ? format_date(report.since) : std::string()).cell(format_instant(report.reported_at));
    csv.cell(opens ? report.note : std::string()).cell(format_local(report.reported_at, zone));
    csv.cell(opens ? std::string() : std::string(spell(report.legible))).end_row();
  }
  csv.finish();
  return tell_unreadable(unreadable, terminal);
}

std::int64_t report_number(const std::string& text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size())
    throw WrongUsage{{"REPORT: a number from intake reports", "REPORT: intake reports가 보여 준 번호"}};
  return id;
}

Text describe_decision(const services::SelfReport& report) {
  const bool moved = !report.new_place.empty();
  return {fmt::format("decided: {}{}", services::spell(report.decision),
                      moved ? fmt::format("; {} -> {}", report.old_place, report.new_place) : ""),
          fmt::format("결정: {}{}", services::spell(report.decision),
                      moved ? fmt::format(". {} -> {}", report.old_place, report.new_place) : "")};
}

// One that cannot be decided does not stop the others; then the command ends with findings.
Exit decide_many(OfficerCall& call, const std::vector<services::ReportWish>& wishes, const Terminal& terminal) {
  std::size_t decided = 0;
  for (const services::ReportOutcome& outcome :
       call.intake().health.decide_reports(call.actor(), wishes, call.change(), terminal.progress)) {
    decided += outcome.decided ? 1 : 0;
    const Text said = outcome.decided ? describe_decision(*outcome.decided) : outcome.why;
    terminal.say({fmt::format("{}: {}", outcome.report, said.en), fmt::format("{}: {}", outcome.report, said.ko)});
  }
  terminal.say({fmt::format("{} of {} decided", decided, count_of(std::ssize(wishes), "report", "reports")),
                fmt::format("신고 {}건 가운데 {}건을 결정했습니다", wishes.size(), decided)});
  return decided == wishes.size() ? Exit::done : Exit::findings;
}

Exit run_decide_report(const Arguments& arguments, const Terminal& terminal) {
  const auto decision = parse_meant(arguments.text("decision"), services::parse_report_decision);
  const std::string told = arguments.find("told").value_or("");
  if (!decision || *decision == services::ReportDecision::asked)
    throw WrongUsage{{"--decision: isolation, reserve or declined", "--decision: isolation, reserve, declined"}};
  std::vector<services::ReportWish> wishes;
  for (const std::string& text : arguments.positionals) wishes.push_back({report_number(text), *decision, told});
  OfficerCall call(arguments, terminal);
  if (wishes.size() > 1) return decide_many(call, wishes, terminal);
  terminal.say(describe_decision(call.intake().health.decide_report(call.actor(), wishes.front().report, *decision,
                                                         told, call.change(), terminal.progress)));
  return Exit::done;
}

Exit run_claimants(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  package::CsvWriter csv([&](std::string_view bytes) { terminal.print(std::string(bytes)); },
                         {"application_id", "exam_code", "state", "proven", "fee_won", "submitted_at",
                          "submitted_at_local"});
  std::map<ExamCode, std::string> zones;
  for (const auto& claimant :
       call.intake().claims.list_claimants(call.actor(), ApplicationId(arguments.positionals[0]))) {
    csv.cell(claimant.id.text()).cell(claimant.exam.text()).cell(spell(claimant.state));
    const auto [zone, is_new] = zones.try_emplace(claimant.exam);
    if (is_new) zone->second = zone_of(call, claimant.exam);
    csv.cell(claimant.proven ? "yes" : "no").cell(claimant.fee).cell(format_instant(claimant.submitted_at));
    csv.cell(format_local(claimant.submitted_at, zone->second)).end_row();
  }
  csv.finish();
  return Exit::done;
}

Exit run_release(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  call.intake().claims.release_claim(call.actor(), ApplicationId(arguments.positionals[0]), arguments.text("told"),
                                     call.change());
  terminal.say({"the application has ended and its number is free; the applicant is told, and a fee goes back",
                "접수를 종료하고 번호를 풀었습니다. 응시자에게 알리고 결제된 수수료는 환불합니다"});
  return Exit::done;
}

// Throws Conflict (concern_unsaid) unless the number of people whose unpaid applications lapse was said, as the office's
// page and the interface ask for it.
void require_concerned(const Arguments& arguments, const Terminal& terminal, std::int64_t unpaid) {
  const std::int64_t said =
      ask_concerned(arguments, terminal, unpaid, {"closing applications; what is unpaid lapses", "접수를 마감하고 미결제 원서를 무효로 합니다"},
                    {"have not paid", "결제하지 않은 사람이"});
  if (said == unpaid) return;
  const std::string again = suggest_again(arguments, "intake close", {"--concerned", std::to_string(unpaid)});
  throw Conflict("concern_unsaid",
                 {fmt::format("{} {} not paid, and the application lapses; nothing was changed. Say their number: {}",
                              count_people(unpaid), word_for(unpaid, "has", "have"), again),
                  fmt::format("결제하지 않은 사람은 {}명이며 접수가 무효가 됩니다. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                              group_digits(unpaid), again)});
}

Exit run_close(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  const ExamCode exam = call.exam(arguments.positionals[0]);
  require_concerned(arguments, terminal, call.intake().closing.ask_closing(call.actor(), exam).unpaid);
  const auto closing =
      call.intake().closing.close_applications(call.actor(), exam, call.change(), terminal.progress);
  terminal.say({fmt::format("{} lapsed unpaid; {} paid, {} withdrawn, {} waiting for payment; {} still open",
                            group_digits(closing.lapsed), group_digits(closing.paid), group_digits(closing.withdrawn),
                            group_digits(closing.submitted), count_of(closing.still_open, "calendar", "calendars")),
                fmt::format("미결제 무효 {}명. 결제 완료 {}명, 취소 {}명, 결제 대기 {}명. 접수 중인 일정 {}개",
                            group_digits(closing.lapsed), group_digits(closing.paid), group_digits(closing.withdrawn),
                            group_digits(closing.submitted), closing.still_open)});
  if (closing.undecided == 0) return Exit::done;
  terminal.say(
      {fmt::format("{} have not lapsed: the payment provider has not said how their payment ended; close again "
                   "in a few minutes",
                   group_digits(closing.undecided)),
       fmt::format("결제 결과가 확인되지 않아 무효 처리하지 않은 원서가 {}건 있습니다. 몇 분 뒤에 다시 마감하십시오",
                   group_digits(closing.undecided))});
  return Exit::findings;
}

// Whoever's money the provider took back is written as somebody who has paid, until an officer has decided.
Exit tell_taken_back(OfficerCall& call, const ExamCode& code, const Terminal& terminal) {
  const auto listed = call.intake().table.list_refunds(call.actor(), code, services::PaymentState::paid, "", services::most_table_rows);
  if (listed.payments.empty()) return Exit::done;
  std::string people;
  for (const services::Payment& payment : listed.payments) people += (people.empty() ? "" : ", ") + payment.application.text();
  terminal.say({fmt::format("the payment provider took the money of these applications back, and nobody has decided whether they count: {}; decide "
                            "in the office and export again",
                            people),
                fmt::format("결제 대행사가 결제를 취소하였으나 접수를 유지할지 결정되지 않은 원서가 있습니다: {}. 업무 화면에서 결정한 뒤 다시 내보내십시오",
                            people)});
  return Exit::findings;
}

// One exam day: the folder itself. Several: a folder in it for each, named by the exam's code.
Exit run_export(const Arguments& arguments, const Terminal& terminal) {
  const std::string out = output_folder(arguments, "out");
  const Exam venues = load_exam_argument(arguments, arguments.text("venues"), terminal);
  OfficerCall call(arguments, terminal);
  const ExamCode code = call.exam(arguments.positionals[0]);
  call.require_not_destroyed(code);
  const auto exams =
      call.intake().exports.export_applicants(call.actor(), code, venues, call.change(), terminal.progress);
  for (const services::OpenDay& open : call.intake().exports.list_open_days(call.actor(), code, system_clock().now())) {
    const std::string day = format_date(open.exam_on);
    terminal.say({fmt::format("the exam on {} is not written: {}", day, open.why.en),
                  fmt::format("{} 시험은 저장하지 않습니다. {}", day, open.why.ko)});
  }
  if (exams.empty()) {
    throw Conflict("nobody_paid", {fmt::format("nobody has paid for exam {}; nothing is written", code.text()),
                                   fmt::format("시험 {}에 결제를 마친 응시자가 없어 저장하지 않았습니다", code.text())});
  }
  const std::filesystem::path whole(out);
  if (exams.size() > 1) std::filesystem::create_directories(whole);
  for (const Exam& exam : exams) {
    const auto folder = exams.size() == 1 ? whole : whole / exam.header.code.text();
    package::save_exam(exam, folder, terminal.progress, existing_of(arguments));
    const std::string people = group_digits(static_cast<long long>(exam.applicants.size()));
    const std::string day = format_date(exam.header.exam_on);
    // The reader's own --data belongs to the database, and plan works on folders alone.
    const std::string name = (folder / "").lexically_normal().parent_path().string();  // without a slash at its end
    const std::string plan = suggest({}, {"plan", name, "--out", name + "-plan"});
    terminal.say(
        {fmt::format("{} of the exam on {} written to {}; next: {}",
                     count_of(std::ssize(exam.applicants), "applicant", "applicants"), day, folder.string(), plan),
         fmt::format("{} 시험의 응시자 {}명을 {}에 저장했습니다. 다음: {}", day, people, folder.string(), plan)});
  }
  return tell_taken_back(call, code, terminal);
}

const Positional exam_code{"CODE", {"code of the exam", "시험 코드"}};

}  // namespace

Command intake_applications_command() {
  return {"intake applications",
          {"lists applications and accommodation requests as CSV", "원서와 편의지원 신청을 CSV로 보여 줍니다"},
          {exam_code},
          officer_options(
              {{"state", "STATE", {"submitted, paid, withdrawn or lapsed", "submitted, paid, withdrawn, lapsed"}}}),
          run_applications};
}

Command intake_decide_item_command() {
  return {"intake decide-item",
          {"decides one accommodation item of an application", "원서의 편의지원 한 항목을 결정합니다"},
          {{"APPLICATION", {"id of the application", "접수번호"}}},
          officer_options({{"item", "ITEM", {"wheelchair, separate_room, ...", "wheelchair, separate_room, ..."}},
                           {"decision", "WORD", {"granted or refused", "granted 또는 refused"}},
                           {"told", "TEXT", {"the reason as the applicant reads it", "응시자에게 알릴 사유"}}}),
          run_decide_item};
}

Command intake_reports_command() {
  return {"intake reports",
          {"lists health reports that wait for a decision", "결정을 기다리는 자진신고를 보여 줍니다"},
          {exam_code},
          officer_options({}),
          run_reports};
}

Command intake_decide_report_command() {
  return {"intake decide-report",
          {"decides health reports one after the other; gives another seat in the same step",
           "자진신고를 차례로 결정하고 새 좌석을 배정합니다"},
          {{"REPORT", {"numbers from intake reports", "intake reports의 번호, 여러 개 가능"}, true, true}},
          officer_options({{"decision", "WORD", {"isolation, reserve or declined", "isolation, reserve, declined"}},
                           {"told", "TEXT", {"the reason as the applicant reads it", "응시자에게 알릴 사유"}}}),
          run_decide_report};
}

Command intake_claimants_command() {
  return {"intake claimants",
          {"lists everybody who names the resident number of an application for its day",
           "같은 날 같은 주민등록번호로 접수한 원서를 모두 보여 줍니다"},
          {{"APPLICATION", {"id of the application", "접수번호"}}},
          officer_options({}),
          run_claimants};
}

Command intake_release_command() {
  return {"intake release",
          {"ends an application whose number is somebody else's; a fee goes back",
           "번호의 본인이 아닌 원서를 종료하고 수수료를 환불합니다"},
          {{"APPLICATION", {"id of the application", "접수번호"}}},
          officer_options({{"told", "TEXT", {"the reason as the applicant reads it", "응시자에게 알릴 사유"}}}),
          run_release};
}

Command intake_close_command() {
  return {"intake close",
          {"lapses what is unpaid where applications have closed", "마감된 일정의 미결제 원서를 무효 처리합니다"},
          {exam_code},
          officer_options({concerned_option(
              {"how many people have not paid and lapse", "결제하지 않아 무효가 되는 인원"})}),
          run_close};
}

Command intake_export_command() {
  return {"intake export",
          {"writes everybody who paid as an exam package", "결제를 마친 응시자를 시험 묶음으로 저장합니다"},
          {exam_code},
          officer_options({{"venues",
                            "EXAM",
                            {"package whose venues, rooms and policy are taken", "시험장, 시험실, 정책을 가져올 묶음"}},
                           {"out", "EXAM", {"folder to write", "저장할 폴더"}},
                           replace_option(),
                           encoding_option()}),
          run_export};
}

}  // namespace hanjari::cli

// hanjari export: an exam and its plan from the database back into packages.
#include <filesystem>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/output.h"
#include "hanjari/base/people.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/history_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/exam_workbook.h"
#include "hanjari/plans/exams.h"
#include "plans/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/named_exam.h"

namespace hanjari::cli {
namespace {

// A package that is written takes the whole folder: the second would find the first there and be refused half-way.
void require_apart(const std::filesystem::path& exam, const std::filesystem::path& plan) {
  const auto whole = [](const std::filesystem::path& path) {
    return (std::filesystem::absolute(path) / "").lexically_normal();
  };
  const std::string of_exam = whole(exam).string();
  const std::string of_plan = whole(plan).string();
  if (!of_exam.starts_with(of_plan)) return;
  throw WrongUsage{{"--out and --plan-out are two folders, and that of the exam does not lie in that of the plan",
                    "--out과 --plan-out에는 서로 다른 폴더를 적으십시오. 시험 폴더는 배정안 폴더 안에 둘 수 없습니다"}};
}

Exit run_export(const Arguments& arguments, const Terminal& terminal) {
  const auto workbook = arguments.find("xlsx");
  if (workbook) require_free_file(*workbook, existing_of(arguments));
  if (arguments.has("table") && !workbook)
    throw WrongUsage{{"--table NAME is given with --xlsx FILE", "--table NAME은 --xlsx FILE과 함께 적습니다"}};
  // A workbook alone is an export too.
  const std::string out = workbook && !arguments.has("out") ? std::string() : output_folder(arguments, "out");
  const auto plan_out = arguments.find("plan-out");
  if (plan_out) {
    output_folder(arguments, "plan-out");
    if (!out.empty()) require_apart(out, *plan_out);
  }
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  const services::Change change = change_of_operator(arguments);
  terminal.progress.stage({"Reading the database", "데이터베이스 읽기"}, 0);
  const PlannedExam stored = services::export_stored_exam(
      database->exams(), database->accesses(), code, arguments.find("plan").value_or(""), change);
  if (plan_out && stored.plan.digest.empty()) {
    throw NotFound("plan_not_found", {fmt::format("exam {} has no plan in the database", code.text()),
                                      fmt::format("데이터베이스에 시험 {}의 배정안이 없습니다", code.text())});
  }
  // A plan that is not live carries along the one that is, so that change lists start from what people were told.
  const std::optional<PlanRows> told =
      plan_out ? services::export_told_plan(database->exams(), database->accesses(), stored, change) : std::nullopt;
  terminal.progress.stage({"Writing the packages", "묶음 쓰기"}, 0);
  const auto written = [&](const std::string& where) {
    const std::string people = group_digits(static_cast<long long>(stored.exam.applicants.size()));
    const std::string all = count_of(static_cast<long long>(stored.exam.applicants.size()), "applicant", "applicants");
    terminal.say({fmt::format("{}: {}; input_sha256 {}", where, all, stored.exam.input_sha256),
                  fmt::format("{}: 응시자 {}명. input_sha256 {}", where, people, stored.exam.input_sha256)});
  };
  if (!out.empty()) {
    package::save_exam(stored.exam, out, terminal.progress, existing_of(arguments));
    written(out);
  }
  if (workbook) {
    const std::string bytes = services::write_exam_workbook(stored.exam, terminal.progress, arguments.find("table").value_or(""));
    require_free_file(*workbook, existing_of(arguments));  // the work took a while
    write_file(*workbook, bytes);
    written(*workbook);
  }
  if (plan_out) {
    say_if_incomplete(stored.exam, stored.plan, terminal);
    package::PlanFiles further;
    if (!stored.plan.history.empty()) further["history.json"] = package::render_history(stored.plan.history);
    if (told) further.merge(package::published_files(*told));
    package::save_plan(stored.exam, stored.plan, *plan_out, system_clock(), further, existing_of(arguments));
    terminal.say({fmt::format("{}: plan {}", *plan_out, stored.plan.digest),
                  fmt::format("{}: 배정안 {}", *plan_out, stored.plan.digest)});
    if (told) {
      terminal.say({fmt::format("it is not live; the live plan {} is in {}/published, and change lists start there",
                                told->digest, *plan_out),
                    in_korean("확정 배정안이 아닙니다. 확정 배정안 {}[은/는] {}/published에 있으며, 변경 목록은 그것을 "
                                "기준으로 만들어집니다",
                                told->digest, *plan_out)});
    }
  }
  return Exit::done;
}

}  // namespace

Command export_command() {
  return {"export",
          {"writes an exam of the database as packages", "데이터베이스의 시험을 묶음으로 내보냅니다"},
          {{"CODE", {"exam code", "시험 코드"}}},
          {{"out", "EXAM", {"folder of the exam package", "시험 묶음 폴더"}},
           {"xlsx", "FILE", {"the exam package as one workbook, with --out or without", "시험 묶음을 통합 문서 하나로. --out 없이도 됩니다"}},
           {"table", "NAME", {"with --xlsx: this table alone, such as applicants", "--xlsx와 함께: 이 표만. 예: applicants"}},
           {"plan-out",
            "PLAN",
            {"folder of the live plan, or else of the newest one", "확정 배정안, 없으면 가장 새 배정안을 쓸 폴더"}},
           {"plan", "DIGEST", {"another plan: its digest, at least 12 digits", "다른 배정안: 다이제스트 12자리 이상"}},
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}},
           replace_option(),
           data_option(),
           config_option(),
           author_option()},
          run_export};
}

}  // namespace hanjari::cli

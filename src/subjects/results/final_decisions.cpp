#include "hanjari/results/final_decisions.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/results/interview_entries.h"

namespace hanjari::services {

FinalFiles write_final_files(const Decided& decided, const selection::FinalDecision& final, const std::optional<ExamHeader>& exam) {
  const selection::Results& results = decided.loaded.results;
  FinalFiles files;
  const auto into = [&files](const char* name) {
    return [&file = files[name]](std::string_view bytes) { file += bytes; };
  };
  package::write_final_decisions(results, final, into("decisions_final.csv"));
  package::write_final_cuts(results, final, into("cuts_final.csv"));
  ReportedBeside beside;
  beside.exam = exam ? &*exam : nullptr;
  beside.final = &final;
  write_reports(decided, beside, [&files](const std::string& name, std::string_view bytes) { files[name] = bytes; });
  return files;
}

std::optional<ExamHeader> find_header(ExamRepository& exams, const ExamCode& exam) {
  const auto head = exams.find_head(exam);
  if (!head) return std::nullopt;
  ExamHeader header;
  header.code = exam;
  header.name_ko = head->name_ko;
  header.name_en = head->name_en;
  header.exam_on = head->exam_on;
  header.time_zone = head->time_zone;
  return header;
}

std::string write_final(const StoredFinal& final) {
  nlohmann::json written{{"exam", final.exam.text()},
                        {"version", final.version},
                        {"decision", final.decision},
                        {"written_sha256", final.written_sha256},
                        {"interviews_sha256", final.interviews_sha256},
                        {"final_sha256", final.final_sha256},
                        {"author", final.author},
                        {"at", format_instant(final.at)}};
  if (!final.declines_sha256.empty()) written["declines_sha256"] = final.declines_sha256;
  return written.dump();
}

StoredFinal read_final(const std::string& words) {
  const nlohmann::json read = nlohmann::json::parse(words);
  StoredFinal final;
  final.exam = ExamCode(read.at("exam").get<std::string>());
  final.version = read.at("version").get<std::int64_t>();
  final.decision = read.at("decision").get<std::int64_t>();
  final.written_sha256 = read.at("written_sha256").get<std::string>();
  final.interviews_sha256 = read.at("interviews_sha256").get<std::string>();
  final.final_sha256 = read.at("final_sha256").get<std::string>();
  final.declines_sha256 = read.value("declines_sha256", std::string());
  final.author = read.at("author").get<std::string>();
  final.at = parse_instant(read.at("at").get<std::string>()).value();
  return final;
}

std::optional<StoredFinal> find_same_final(const std::vector<StoredFinal>& there, const StoredFinal& made) {
  const auto same = std::find_if(there.begin(), there.end(), [&](const StoredFinal& one) {
    return one.written_sha256 == made.written_sha256 && one.decision == made.decision && one.interviews_sha256 == made.interviews_sha256 &&
           one.declines_sha256 == made.declines_sha256;
  });
  if (same == there.end()) return std::nullopt;
  if (same->final_sha256 == made.final_sha256) return *same;
  throw Conflict("decision_differs",
                 {"The same grades were decided on before, with another outcome. Do not use either; tell whoever maintains the program.",
                  "같은 등급으로 낸 이전 결정과 다릅니다. 어느 쪽도 쓰지 말고 프로그램 관리자에게 알리십시오."});
}

StoredFinal find_final(InterviewRepository& interviews, const ExamCode& exam, std::int64_t version) {
  for (StoredFinal& final : interviews.list_finals(exam)) {
    if (final.version == version) return std::move(final);
  }
  throw NotFound("unknown_final", {"There is no such final decision of this exam.", "이 시험에 그런 최종 결정이 없습니다."});
}

std::string take_final_file(InterviewRepository& interviews, AccessRecord& accesses, const StoredFinal& final, const std::string& name,
                            const Change& change) {
  std::string bytes = interviews.load_final_file(final, name);
  AuditNote note{"final.file", fmt::format("{}/final-{}", final.exam.text(), final.version), name};
  note.exam = final.exam.text();
  accesses.record_access(change, note);
  return bytes;
}

}  // namespace hanjari::services

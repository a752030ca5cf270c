#include "results/pages/result_calls.h"

#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/results/result_jobs.h"

namespace hanjari::web {
namespace {

constexpr std::size_t bytes_of_result_mb = 1'000'000;

package::Encoding encoding_of_sent_results(const std::string& word) {
  if (word.empty()) return package::Encoding::utf8;
  if (const auto encoding = package::parse_encoding(word)) return *encoding;
  throw InvalidInput("bad_request", {"The encoding is utf8 or cp949.", "문자 인코딩은 utf8 또는 cp949입니다."});
}

void require_version(std::int64_t package) {
  if (package > 0) return;
  throw InvalidInput("bad_request", {"Name the version of the results: a whole number from 1.",
                                     "결과 자료의 판을 1 이상의 정수로 적으십시오."});
}

}  // namespace

ResultsCall results_of(const Call& call) {
  Site& site = call.site;
  if (site.exams() == nullptr || site.jobs() == nullptr || site.results() == nullptr)
    throw NotFound("no_results", {"This program keeps no results.", "이 프로그램은 시험 결과를 다루지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::choose_population(*site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*site.exams(), *site.jobs(), *site.results(), code};
}

services::StoredDecision decision_of(const Call& call, const ResultsCall& of) {
  const std::string& word = call.path.at("decision");
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), version);
  if (error != std::errc{} || end != word.data() + word.size()) version = 0;
  return services::find_decision(of.results, of.code, version);
}

services::Change change_of_call(const Call& call, const std::string& reason) {
  return services::change_of(call.actor(), reason, call.site.now());
}

services::Job order_sent_results(const Call& call, std::string_view zip, const std::string& encoding,
                                 const std::string& reason) {
  const ResultsCall of = results_of(call);
  if (zip.empty())
    throw InvalidInput("file_missing",
                       {"Choose the ZIP file of a result package.", "결과 자료의 ZIP 파일을 고르십시오."});
  if (zip.size() > services::longest_packed_results) {
    throw InvalidInput(
        "file_too_large",
        {fmt::format("The file may have {} MB.", services::longest_packed_results / bytes_of_result_mb),
         fmt::format("파일은 {}MB까지 보낼 수 있습니다.", services::longest_packed_results / bytes_of_result_mb)});
  }
  return services::order_result_import(of.exams, of.jobs, of.code, zip, encoding_of_sent_results(encoding),
                                       change_of_call(call, reason), call.language);
}

services::RulesApproval take_rules_step(const Call& call, const std::string& step, std::int64_t package,
                                        const std::string& rules_sha256, const std::string& reason) {
  const ResultsCall of = results_of(call);
  const services::Change change = change_of_call(call, reason);
  if (step == "propose") {
    require_version(package);
    return services::propose_rules(of.results, of.code, package, rules_sha256, change);
  }
  if (step == "freeze") return services::freeze_rules(of.results, of.code, rules_sha256, change);
  if (step == "take_back") return services::take_back_rules(of.results, of.code, change);
  throw InvalidInput("bad_request", {"The step is propose, freeze or take_back.",
                                     "단계는 propose, freeze, take_back 가운데 하나입니다."});
}

services::Job order_sent_decision(const Call& call, std::int64_t package, services::RawMarks marks, const std::string& reason) {
  const ResultsCall of = results_of(call);
  require_version(package);
  return services::order_decision(of.results, of.jobs, of.code, package, change_of_call(call, reason), marks);
}

services::RuleTrial try_sent_rules(const Call& call, const services::RuleSettings& settings, const std::string& reason) {
  const ResultsCall of = results_of(call);
  return services::try_rules(of.results, call.site.access(), decision_of(call, of), settings, change_of_call(call, reason));
}

services::PersonPath open_sent_path(const Call& call, const std::string& sent, const std::string& reason) {
  // As people paste it: with blanks and signs around it that nobody sees, or in full-width digits.
  const std::string number = clean_signs(sent);
  const ResultsCall of = results_of(call);
  const services::StoredDecision decision = decision_of(call, of);
  if (number.empty()) throw InvalidInput("number_missing", {"Enter an applicant number.", "응시번호를 입력하십시오."});
  return services::open_path(of.results, call.site.access(), decision, number, change_of_call(call, reason));
}

std::int64_t case_count_in(const std::string& typed) {
  constexpr std::int64_t most = 1'000'000'000'000;  // as count_in takes
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), count);
  return error == std::errc{} && end == typed.data() + typed.size() && count > 0 && count <= most ? count : 0;
}

services::CaseQuery case_query_of(const Call& call) {
  services::CaseQuery query;
  query.before_no = case_count_in(field_of(call.query, "before"));
  return query;
}

services::CaseQuery case_query_of_number(const std::string& sent) {
  const std::string number = clean_signs(sent);
  if (number.empty()) throw InvalidInput("number_missing", {"Enter an applicant number.", "응시번호를 입력하십시오."});
  services::CaseQuery query;
  query.number = ApplicantNumber(number);
  return query;
}

std::vector<services::RecordedCase> open_sent_cases(const Call& call, const services::CaseQuery& query) {
  const ResultsCall of = results_of(call);
  return services::open_cases(of.results, call.site.access(), of.code, query, change_of_call(call, ""));
}

std::int64_t next_page_of_cases(const services::CaseQuery& query, const std::vector<services::RecordedCase>& cases) {
  // Nobody has so many that they need a second page; the numbers of all go from 1 without a gap.
  if (query.number || cases.size() < query.limit || cases.back().case_no == 1) return 0;
  return cases.back().case_no;
}

services::RecordedCase enter_sent_case(const Call& call, const std::string& number, const std::string& kind, const std::string& reason) {
  const ResultsCall of = results_of(call);
  return services::enter_case(of.results, of.code, number, kind, reason, change_of_call(call, ""));
}

services::RecordedCase step_sent_case(const Call& call, const std::string& step, std::int64_t case_no, std::int64_t version,
                                      const std::string& reason) {
  const ResultsCall of = results_of(call);
  const services::Change change = change_of_call(call, "");
  if (step == "confirm") return services::confirm_case(of.results, of.code, case_no, version, change);
  if (step == "take_back") return services::take_back_case(of.results, of.code, case_no, version, reason, change);
  throw InvalidInput("bad_request", {"The step is confirm or take_back.", "단계는 confirm, take_back 가운데 하나입니다."});
}

}  // namespace hanjari::web

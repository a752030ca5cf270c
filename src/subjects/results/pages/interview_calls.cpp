#include "results/pages/interview_calls.h"

#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::web {
namespace {

package::Encoding encoding_of_interviews(const std::string& word) {
  return package::parse_encoding(word).value_or(package::Encoding::utf8);
}

// As the officer saw it. Throws InvalidInput for another word.
std::optional<selection::GradeMark> grade_as_seen(const std::string& word) {
  constexpr std::string_view words[] = {"none"};
  if (find_meant_word(word, words) == 0) return std::nullopt;
  if (const auto grade = parse_meant(word, services::parse_grade_mark)) return grade;
  throw InvalidInput("bad_request", {"Say what both entries have there: high, middle, low or none.",
                                     "두 입력의 값을 high, middle, low, none 가운데 하나로 적으십시오."});
}

}  // namespace

services::InterviewRepository& interviews_of(const Call& call) {
  results_of(call);  // an exam that is not there is said before anything else
  if (call.site.interviews() != nullptr) return *call.site.interviews();
  throw NotFound("no_results", {"This program keeps no results.", "이 프로그램은 시험 결과를 다루지 않습니다."});
}

std::string word_of_grade(const std::optional<selection::GradeMark>& grade) {
  return grade ? std::string(selection::spell(*grade)) : std::string("none");
}

bool may_see_interviews(const Call& call, const services::InterviewBook& book, bool first) {
  return !services::is_hidden_from(book, call.actor().account, first);
}

const services::InterviewEntry* own_interviews(const Call& call, const services::InterviewBook& book) {
  for (const auto* entry : {&book.first, &book.second}) {
    if (*entry && (*entry)->officer == call.actor().account) return &**entry;
  }
  return nullptr;
}

services::InterviewEntry enter_sent_interviews(const Call& call, std::string_view table, const std::string& encoding, std::int64_t version) {
  services::InterviewRepository& interviews = interviews_of(call);
  return services::enter_interviews(interviews, ExamCode(call.path.at("code")),
                                    services::read_interview_table(table, encoding_of_interviews(encoding)), version, change_of_call(call, ""));
}

void settle_sent_interview(const Call& call, const SentSettlement& sent) {
  services::InterviewRepository& interviews = interviews_of(call);
  const services::InterviewDifference seen{
      {clean_signs(sent.place.number), sent.place.examiner, sent.place.item}, grade_as_seen(sent.first), grade_as_seen(sent.second)};
  services::settle_interview(interviews, ExamCode(call.path.at("code")), seen, sent.grade, sent.reason, change_of_call(call, ""));
}

}  // namespace hanjari::web

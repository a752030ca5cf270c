// The check page behind the QR code of an admission slip: whether the slip is still right. It says nothing that the slip
// does not say, and shows the number masked, because the page may be left open for others to see.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "hanjari/site/site.h"
#include "seats/pages/slip_check.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t longest_code = 64;

std::string value_of(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() || found->second.size() > longest_code ? std::string{} : found->second;
}

// 22003141 -> 22****41; of short ones the last character only.
std::string masked_number(const std::string& number) {
  const std::size_t shown = number.size() >= 6 ? 2 : 0;
  const std::size_t tail = number.size() >= 6 ? 2 : 1;
  if (number.size() <= tail) return number;
  return number.substr(0, shown) + std::string(number.size() - shown - tail, '*') + number.substr(number.size() - tail);
}

const services::LiveExam* find_exam(const std::vector<services::LiveExam>& exams, const std::string& code) {
  const auto found =
      std::find_if(exams.begin(), exams.end(), [&](const services::LiveExam& one) { return one.code.text() == code; });
  return found == exams.end() ? nullptr : &*found;
}

}  // namespace

Response choose_check_language(const Call& call) {
  Response response = redirect(fmt::format("/{}/check?{}", code_of(call.language), call.request.query));
  response.set_header("Vary", "Accept-Language, Cookie");
  return response;
}

Response check_slip(const Call& call) {
  const Pages& pages = call.site.pages();
  const std::string number = value_of(call, "number");
  const auto exams = call.site.plans().list_live_exams();
  const services::LiveExam* exam = find_exam(exams, value_of(call, "exam"));
  const services::SlipState state =
      exam == nullptr ? services::SlipState::unknown
                      : services::check_slip(call.site.plans(), call.site.attempts(), exam->code,
                                             ApplicantNumber(number), value_of(call, "mark"), call.request.source,
                                             call.site.now());
  // Every slip of an exam whose seats are withdrawn is void, whoever holds it: nothing about the person is looked up.
  std::vector<services::LiveExam> withdrawn;
  if (exam == nullptr) withdrawn = call.site.plans().list_withdrawn_exams();
  const services::LiveExam* void_exam = find_exam(withdrawn, value_of(call, "exam"));
  Page page{.name = "check", .title = pages.text(call.language, "check.title")};
  page.data["valid"] = state == services::SlipState::valid;
  page.data["outdated"] = state == services::SlipState::outdated;
  page.data["unknown"] = state == services::SlipState::unknown && void_exam == nullptr;
  page.data["withdrawn"] = void_exam != nullptr;
  if (void_exam != nullptr) {
    page.data["exam"] = call.language == Language::korean ? void_exam->name_ko : void_exam->name_en;
    page.data["seat"] = fmt::format("/{}", code_of(call.language));
  } else if (exam != nullptr) {
    page.data["exam"] = call.language == Language::korean ? exam->name_ko : exam->name_en;
    page.data["number"] = masked_number(number);
    page.data["seat"] = fmt::format("/{}/exams/{}/seat", code_of(call.language), encode_percent(exam->code.text()));
  } else {
    page.data["seat"] = fmt::format("/{}", code_of(call.language));
  }
  return show(call, page);
}

}  // namespace hanjari::web

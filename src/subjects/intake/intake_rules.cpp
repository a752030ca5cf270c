#include "intake/intake_rules.h"

#include <algorithm>
#include <cctype>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/legible.h"

namespace hanjari::services {
namespace {

[[noreturn]] void throw_unknown_application() {
  throw NotFound("unknown_application", {"There is no such application.", "해당 원서가 없습니다."});
}

}  // namespace

Change change_of(const Applicant& who, const std::string& reason, Instant at) {
  return {who.account, reason, at, "applicant", who.source, who.request};
}

Application load_application(ApplicationRepository& applications, const ApplicationId& id) {
  std::optional<Application> application;
  if (is_plain_number(id.text())) application = applications.find_application(id);
  if (!application) throw_unknown_application();
  return std::move(*application);
}

Application load_as_listed(ApplicationRepository& applications, const ApplicationId& id) {
  std::optional<Application> application;
  if (is_plain_number(id.text())) application = applications.find_as_listed(id);
  if (!application) throw_unknown_application();
  return std::move(*application);
}

std::optional<Application> find_counting(ApplicationRepository& applications, const Applicant& who, const ExamCode& exam) {
  auto newest = applications.find_application(who.account, exam);
  if (!newest || newest->is_over()) return std::nullopt;
  require_legible(newest->legible);
  return newest;
}

Application load_own(ApplicationRepository& applications, const Applicant& who, const ApplicationId& id) {
  Application application = load_application(applications, id);
  if (application.account != who.account) throw_unknown_application();
  return application;
}

void require_officer(const Actor& actor) {
  if (actor.role == Role::exam_officer) return;
  throw NotAllowed("role_not_allowed", {"Only exam officers may do this.", "시험 담당자만 할 수 있습니다."});
}

void require_alive(const Application& application) {
  if (!application.is_over()) return;
  throw Conflict("application_over",
                 {"This application is over: it was withdrawn or has lapsed.", "취소되었거나 무효가 된 원서입니다."});
}

bool is_plain_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

const Calendar& calendar_of(const Recruitment& notice, const Application& application) {
  const NoticeUnit* unit = notice.find_unit(application.form.unit);
  return unit == nullptr ? notice.calendars.front() : notice.calendar_of(*unit);
}

std::optional<ResidentNumber> parse_resident_number(std::string_view typed) {
  const std::string text = clean_signs(typed);
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
      digits += text[at];
    } else if (!(digits.size() == 6 && (text[at] == '-' || text[at] == ' ' || text[at] == '.'))) {
      return std::nullopt;
    }
  }
  if (digits.size() != 13) return std::nullopt;
  // The seventh digit: 1, 2 born 19YY, 3, 4 born 20YY, 5 to 8 the same for foreigners, 9, 0 born 18YY; odd: male.
  constexpr std::string_view centuries[] = {"18", "19", "19", "20", "20", "19", "19", "20", "20", "18"};
  const int mark = digits[6] - '0';
  const auto birth_on = parse_date(std::string(centuries[mark]) + digits.substr(0, 2) + "-" + digits.substr(2, 2) +
                                   "-" + digits.substr(4, 2));
  if (!birth_on) return std::nullopt;
  return ResidentNumber{*birth_on, mark % 2 == 1 ? Sex::male : Sex::female, digits};
}

}  // namespace hanjari::services

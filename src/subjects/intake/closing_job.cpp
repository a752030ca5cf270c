#include "hanjari/intake/closing_job.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

std::string write_closing_made(const Closing& closing) {
  return json{{"accepted", closing.paid},       {"lapsed", closing.lapsed_in_all},  {"undecided", closing.undecided},
              {"withdrawn", closing.withdrawn}, {"still_open", closing.still_open}, {"closed", closing.closed}}
      .dump();
}

}  // namespace

ClosingQuestion ApplicationCloser::ask_closing(const Actor& actor, const ExamCode& code) {
  require_officer(actor);
  const auto stored = load_published_notice(needs_.recruitments, code);
  const ClosedUnits closed = list_closed_units(stored->notice, needs_.clock.now());
  ClosingQuestion question;
  question.still_open = closed.still_open;
  question.over = static_cast<int>(stored->notice.calendars.size()) - closed.still_open;
  const UnitCounts counts = needs_.recruitments.count_applications(code);
  for (const UnitCode& unit : closed.units) {
    if (const auto found = counts.find(unit); found != counts.end()) question.unpaid += found->second.submitted;
  }
  return question;
}

Job order_closing(ApplicationCloser& closer, JobRepository& jobs, const Actor& actor, const ExamCode& code,
                  std::int64_t concerned, const Change& change) {
  const ClosingQuestion question = closer.ask_closing(actor, code);
  if (question.over == 0) {
    throw Conflict("still_open",
                   {"Applications are still open, or closed less than a minute ago. Nothing can be closed yet.",
                    "접수 중이거나 마감된 지 1분이 지나지 않아 아직 마감 처리를 할 수 없습니다."});
  }
  if (question.unpaid != concerned) {
    throw Conflict("concern_unsaid",
                   {fmt::format("This lets the unpaid applications of {} lapse; say so with their number to go on.",
                                count_people(question.unpaid)),
                    fmt::format("결제하지 않은 {}명의 접수가 무효가 됩니다. 계속하려면 이 인원을 함께 지정하십시오.",
                                group_digits(question.unpaid))});
  }
  return jobs.add_job({closing_job_kind, code.text(), "{}"}, draw_token(), change);
}

std::optional<ClosingMade> parse_closing_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("accepted")) return std::nullopt;
  const auto number = [&](const char* key) { return read.value(key, std::int64_t{0}); };
  ClosingMade made;
  made.accepted = number("accepted");
  made.lapsed = number("lapsed");
  made.undecided = number("undecided");
  made.withdrawn = number("withdrawn");
  made.still_open = static_cast<int>(number("still_open"));
  made.closed = read.value("closed", false);
  return made;
}

JobWork closing_work(ApplicationCloser& closer, const Clock& clock) {
  return [&closer, &clock](const JobCall& call) {
    // Whoever ordered it was an officer then; the work is the program's.
    const Actor officer{call.job.author, Role::exam_officer, {}};
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    return write_closing_made(
        closer.close_applications(officer, ExamCode(call.job.order.exam), change, call.progress, call.job.asked_at));
  };
}

}  // namespace hanjari::services

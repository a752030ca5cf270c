// The list of an exam day is frozen: what is ready, whose schools it gets, and the order.
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "desk/pages/desk_pages.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/desk/freezing.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "site/pages/counts.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

services::FreezingNeeds freezing_needs(const Call& call) {
  if (call.site.intake() == nullptr || call.site.exams() == nullptr || call.site.jobs() == nullptr)
    throw NotFound("no_applications", {"This program takes no applications.", "이 프로그램은 원서를 받지 않습니다."});
  return {*call.site.intake(), *call.site.exams(), call.site.venue_offers()};
}

services::FreezingQuestion ask_of_call(const Call& call) {
  return services::ask_freezing(freezing_needs(call), call.actor(), ExamCode(call.path.at("code")), call.site.now());
}

// The accepted schools first, then the stored exams, the newest first.
json describe_sources(const Call& call, const services::FreezingQuestion& question, const services::FreezableDay& day) {
  const Pages& pages = call.site.pages();
  json sources = json::array();
  if (day.schools > 0) {
    sources.push_back({{"value", ""},
                       {"label", pages.text(call.language, day.schools == 1 ? "freezing.accepted_one" : "freezing.accepted",
                                            {{"count", group_digits(day.schools)}})}});
  }
  for (const ExamCode& code : question.exams) {
    const auto head = call.site.exams()->find_head(code);
    if (!head) continue;
    sources.push_back({{"value", code.text()},
                       {"label", fmt::format("{} ({})", call.language == Language::korean ? head->name_ko : head->name_en, code.text())}});
  }
  return sources;
}

json describe_day(const Call& call, const services::FreezingQuestion& question, const services::FreezableDay& day,
                  std::size_t number) {
  json row{{"id", fmt::format("day-{}", number)},
           {"on", write_day(day.exam_on, call.language)},
           {"code", day.exam.text()},
           {"people", write_count(day.people, Counted::people, call.language)},
           {"schools", write_count(day.schools, Counted::places, call.language)},
           {"stored", day.stored}};
  if (day.stored)
    row["plans"] = {{"address", fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(day.exam.text()))}};
  if (!day.ready()) {
    row["open"] = {{"why", day.why.in(call.language)}};
    return row;
  }
  json sources = describe_sources(call, question, day);
  if (sources.empty()) {
    row["without"] = {{"address", fmt::format("/{}/exams/{}/venue-offers", code_of(call.language), encode_percent(day.exam.text()))}};
  } else if (day.people > 0) {
    row["form"] = {{"concerned", std::to_string(day.people)}, {"sources", std::move(sources)}};
  }
  return row;
}

services::Job order_by(const Call& call, const services::FreezingWish& wish, const std::string& reason) {
  return services::order_freezing(freezing_needs(call), *call.site.jobs(), call.actor(), wish,
                                  services::change_of(call.actor(), reason, call.site.now()));
}

}  // namespace

Response show_freezing(const Call& call) {
  const services::FreezingQuestion question = ask_of_call(call);
  const std::string language(code_of(call.language));
  const std::string code = encode_percent(call.path.at("code"));
  Page page{.name = "frozen_list", .title = call.site.pages().text(call.language, "freezing.title")};
  page.data = {{"code", call.path.at("code")},
               {"thread", fmt::format("/{}/exams/{}/thread", language, code)},
               {"recruitment", fmt::format("/{}/recruitments/{}", language, code)},
               {"action", fmt::format("/{}/exams/{}/frozen-list", language, code)},
               {"form_token", call.form_token},
               {"days", json::array()}};
  if (question.taken_back > 0) {
    page.data["taken_back"] = {{"count", group_digits(question.taken_back)},
                               {"address", fmt::format("/{}/recruitments/{}/refunds?state=taken_back", language, code)}};
  }
  for (std::size_t at = 0; at < question.days.size(); ++at)
    page.data["days"].push_back(describe_day(call, question, question.days[at], at + 1));
  return show(call, page);
}

Response order_shown_freezing(const Call& call) {
  const std::string typed = field_of(call.form, "concerned");
  services::FreezingWish wish;
  wish.notice = ExamCode(call.path.at("code"));
  wish.exam = ExamCode(clean_signs(field_of(call.form, "exam")));
  wish.venues = ExamCode(clean_signs(field_of(call.form, "venues")));
  std::from_chars(typed.data(), typed.data() + typed.size(), wish.people);
  const services::Job job = order_by(call, wish, field_of(call.form, "reason"));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

Response describe_freezing(const Call& call) {
  const services::FreezingQuestion question = ask_of_call(call);
  ordered_json answer{{"days", ordered_json::array()}, {"taken_back", question.taken_back}, {"exams", ordered_json::array()}};
  for (const services::FreezableDay& day : question.days) {
    ordered_json row{{"exam_on", format_date(day.exam_on)}, {"exam", day.exam.text()},      {"people", day.people},
                     {"accepted_schools", day.schools},     {"already_stored", day.stored}, {"ready", day.ready()}};
    if (!day.ready()) row["why"] = day.why.in(call.language);
    answer["days"].push_back(std::move(row));
  }
  for (const ExamCode& code : question.exams) answer["exams"].push_back(code.text());
  return answer_json(answer);
}

Response order_freezing_by_api(const Call& call) {
  const json body = read_json(call);
  services::FreezingWish wish;
  wish.notice = ExamCode(call.path.at("code"));
  wish.exam = ExamCode(text_in(body, "exam"));
  wish.venues = ExamCode(text_in(body, "venues"));
  wish.people = count_in(body, "concerned").value_or(-1);
  const services::Job job = order_by(call, wish, text_in(body, "reason"));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace hanjari::web

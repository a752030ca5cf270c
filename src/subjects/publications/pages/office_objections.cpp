#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/publications/objections.h"
#include "publications/pages/objection_pages.h"
#include "publications/pages/publication_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::Objection;
using services::ObjectionOutcome;

std::string address_of_objections(const Call& call) {
  return fmt::format("/{}/exams/{}/objections", code_of(call.language), encode_percent(call.path.at("code")));
}

json describe_objection(const Call& call, const Objection& one, const std::string& zone, bool refused) {
  const auto say = [&](const char* key) { return call.site.pages().text(call.language, key); };
  json row{{"no", std::to_string(one.no)},
           {"number", one.number},
           {"stage", say(one.stage == proof::Stage::final ? "objections.stage_final" : "objections.stage_written")},
           {"release", std::to_string(one.release)},
           {"words", one.words},
           {"at", write_moment(one.sent_at, zone)}};
  if (one.answered_at) {
    row["answered"] = {{"answer", one.answer},
                       {"outcome", say(one.outcome == ObjectionOutcome::upheld ? "objections.upheld" : "objections.dismissed")},
                       {"by", one.answered_by},
                       {"at", write_moment(*one.answered_at, zone)}};
  } else {
    const bool own = refused && field_of(call.form, "objection") == std::to_string(one.no);
    row["waits"] = {{"typed", own ? field_of(call.form, "answer") : std::string()}};
  }
  return row;
}

Response show_objections_page(const Call& call, const Error* refused, int status) {
  const Pages& pages = call.site.pages();
  const PublicationsCall of = publications_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  Page page{.name = "objections", .title = pages.text(call.language, "objections.title")};
  page.data = {{"exam", exam_of_page(head, call.language)},
               {"publications", fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address_of_objections(call) + "/answers"},
               {"form_token", call.form_token},
               {"objections", json::array()}};
  for (const Objection& one : services::open_objections(of.publications, call.site.access(), of.code, change_of_publication(call, "")))
    page.data["objections"].push_back(describe_objection(call, one, head.time_zone, refused != nullptr));
  page.data["any"] = !page.data["objections"].empty();
  FormView form;
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
    frame.path = address_of_objections(call);  // of the page in the other language, which answers nothing
  }
  form.describe(page.data);
  return pages.show(frame, page);
}

Objection answer_sent(const Call& call, std::int64_t no, const std::string& outcome, const std::string& answer) {
  const PublicationsCall of = publications_of(call);
  Objection answered = services::answer_objection(of.publications, of.code, no,
                                                  services::parse_objection_outcome(outcome).value_or(ObjectionOutcome::waits), answer,
                                                  change_of_publication(call, ""));
  // Where no messages are sent, the answer stands on the sender's page all the same.
  if (call.site.outbox() != nullptr && !answered.sender.account.empty()) {
    const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
    services::tell_of_answer(*call.site.outbox(), answered, {head.name_en.empty() ? head.name_ko : head.name_en, head.name_ko}, call.site.now());
  }
  return answered;
}

ordered objection_json(const Objection& one) {
  ordered value{{"objection", one.no},
                {"applicant_number", one.number},
                {"stage", proof::to_string(one.stage)},
                {"release", one.release},
                {"words", one.words},
                {"sent_at", format_instant(one.sent_at)}};
  value["outcome"] = one.answered_at ? ordered(services::spell(one.outcome)) : ordered(nullptr);
  value["answer"] = one.answered_at ? ordered(one.answer) : ordered(nullptr);
  value["answered_by"] = one.answered_by;
  value["answered_at"] = one.answered_at ? ordered(format_instant(*one.answered_at)) : ordered(nullptr);
  return value;
}

}  // namespace

Response show_objections(const Call& call) {
  return show_objections_page(call, nullptr, 200);
}

Response answer_shown_objection(const Call& call) {
  const std::string typed = field_of(call.form, "objection");
  std::int64_t no = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), no);
  try {
    answer_sent(call, no, field_of(call.form, "outcome"), field_of(call.form, "answer"));
    return redirect(address_of_objections(call));
  } catch (const Conflict& refused) {
    return show_objections_page(call, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_objections_page(call, &refused, 422);
  }
}

Response list_objections_by_api(const Call& call) {
  const PublicationsCall of = publications_of(call);
  ordered answer{{"objections", ordered::array()}};
  for (const Objection& one : services::open_objections(of.publications, call.site.access(), of.code, change_of_publication(call, "")))
    answer["objections"].push_back(objection_json(one));
  return answer_json(answer);
}

Response answer_objection_by_api(const Call& call) {
  publications_of(call);
  const json body = read_json(call);
  return answer_json(objection_json(answer_sent(call, count_in(body, "objection").value_or(0), text_in(body, "outcome"), text_in(body, "answer"))));
}

}  // namespace hanjari::web

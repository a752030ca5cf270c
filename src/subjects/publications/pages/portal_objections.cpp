#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/publications/objections.h"
#include "hanjari/publications/opened.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "publications/pages/objection_pages.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using proof::Stage;
using services::Objection;
using services::OwnResult;

// The own released result of the stage. The same refusal for everybody until the minute, and for who was not decided.
struct OwnObjections {
  Own own;
  std::string number;
  services::PublicationRepository& publications;
  services::Publication released;
};

OwnObjections load_own_objections(const Call& call, Stage stage) {
  Own own = load_own(call);
  if (call.site.publications() != nullptr && own.seat) {
    std::string number = own.seat->plan.placements.front().number.text();
    OwnResult found = services::find_own_result(*call.site.publications(), own.exam(), number, stage);
    if (found.is == OwnResult::Is::open)
      return {std::move(own), std::move(number), *call.site.publications(), std::move(*found.released)};
  }
  throw NotFound("not_released", {"There is no result to object to.", "이의를 제기할 결과가 없습니다."});
}

std::string name_of_objection(const Call& call, const Objection& one) {
  if (one.outcome == services::ObjectionOutcome::waits) return call.site.pages().text(call.language, "objections.waits");
  return call.site.pages().text(call.language,
                                one.outcome == services::ObjectionOutcome::upheld ? "objections.upheld" : "objections.dismissed");
}

// `refused`: why nothing was taken; what was typed stays.
Response show_objection_form(const Call& call, Stage stage, const Error* refused, int status) {
  const Pages& pages = call.site.pages();
  const OwnObjections of = load_own_objections(call, stage);
  const std::string& zone = of.own.notice().header.time_zone;
  const std::string here = fmt::format("/{}/my/{}/{}", code_of(call.language), encode_percent(of.own.application.id.text()),
                                       stage == Stage::final ? "final-result" : "result");
  Page page{.name = "own_objections", .title = pages.text(call.language, "objections.own_title")};
  page.data = {{"result_address", here},
               {"action", here + "/objections"},
               {"form_token", call.form_token},
               {"how", of.released.order.objection.in(call.language)},
               {"objections", json::array()}};
  if (const auto close = services::objections_close(of.released, zone))
    page.data["until"] = {{"at", write_moment(*close, zone, call.language)}};
  bool waits = false;
  for (const Objection& one : services::list_own_objections(of.publications, of.own.exam(), stage, of.number)) {
    waits = waits || one.outcome == services::ObjectionOutcome::waits;
    json row{{"words", one.words},
             {"at", write_moment(one.sent_at, zone, call.language)},
             {"release", std::to_string(one.release)},
             {"outcome", name_of_objection(call, one)}};
    if (one.answered_at) row["answered"] = {{"answer", one.answer}, {"at", write_moment(*one.answered_at, zone, call.language)}};
    page.data["objections"].push_back(std::move(row));
  }
  if (!waits && services::takes_objections(of.released, zone, call.site.now())) page.data["open"] = true;
  else page.data["closed"] = {{"why", pages.text(call.language, waits ? "objections.wait_for_answer" : "objections.over")}};
  FormView form;
  form.add({.kind = FieldKind::lines,
            .id = "words",
            .label = pages.text(call.language, "objections.words"),
            .hint = pages.text(call.language, "objections.words_hint"),
            .value = refused != nullptr ? field_of(call.form, "words") : std::string(),
            .longest = 2'000,
            .rows = 8});
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

Response take_objection(const Call& call, Stage stage) {
  const OwnObjections of = load_own_objections(call, stage);
  try {
    services::send_objection(of.publications, of.own.exam(), stage, of.number, {of.own.applicant.account, call.language},
                             field_of(call.form, "words"),
                             of.own.notice().header.time_zone, {of.own.applicant.account, "", call.site.now(), "applicant", of.own.applicant.source,
                              of.own.applicant.request});
  } catch (const Conflict& refused) {
    return show_objection_form(call, stage, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_objection_form(call, stage, &refused, 422);
  }
  return redirect(call.request.path);
}

}  // namespace

Response show_own_objections(const Call& call) {
  return show_objection_form(call, Stage::written, nullptr, 200);
}

Response send_own_objection(const Call& call) {
  return take_objection(call, Stage::written);
}

Response show_own_final_objections(const Call& call) {
  return show_objection_form(call, Stage::final, nullptr, 200);
}

Response send_own_final_objection(const Call& call) {
  return take_objection(call, Stage::final);
}

}  // namespace hanjari::web

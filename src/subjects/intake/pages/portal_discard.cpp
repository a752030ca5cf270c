// Giving up a form, or a change of one, that was begun.
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

// Of the form that the person saw; 0, which no form has, when the address does not say.
std::int64_t version_seen(const Call& call) {
  const auto found = call.query.find("version");
  std::int64_t version = 0;
  if (found != call.query.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), version);
  return version;
}

Response show_discard_form(const Call& call, bool changed, bool unsure) {
  services::UseCases& intake = load_intake(call);
  const ExamCode code(call.path.at("notice"));
  const auto draft = intake.forms.find_discardable(applicant_of(call), code);
  // Whoever began a form gives it up while the notice is retracted too; to everybody else that one is unknown.
  const auto stored = draft ? intake.notices.load_kept_notice(code) : intake.notices.load_notice(code);
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  const bool change = draft && !draft->edits.empty();
  Page page{.name = "simple_form", .title = say(change ? "discard.change_title" : "discard.title")};
  page.data = {{"heading", page.title},
               {"lead", say(changed ? "discard.changed" : change ? "discard.change_lead" : "discard.lead")},
               {"back_address", my_address(call)},
               {"back_name", say("my.title")},
               {"action", fmt::format("{}?version={}", call.request.path, draft ? draft->version : 0)},
               {"open", draft.has_value()},
               {"closed", say("discard.none")},
               {"danger", true},
               {"button", page.title},
               {"aside", false},
               {"facts_title", name_of_exam(stored->notice.header, call.language)},
               {"facts", nlohmann::json::array()}};
  FormView form;
  form.add({.kind = FieldKind::checks,
            .id = "sure",
            .label = say("withdraw.sure"),
            .choices = {{"sure", say("discard.sure_yes"), {}, false}}});
  if (unsure) form.add_fault("sure", say("discard.sure_missing"));
  form.describe(page.data);
  if (unsure || changed) page.status = changed ? 409 : 422;
  return show(call, page);
}

}  // namespace

Response show_discard(const Call& call) {
  return show_discard_form(call, false, false);
}

Response discard_form(const Call& call) {
  if (!is_ticked(call, "sure")) return show_discard_form(call, false, true);
  try {
    load_intake(call).forms.discard_draft(applicant_of(call), ExamCode(call.path.at("notice")), version_seen(call));
  } catch (const services::DraftChanged&) {
    return show_discard_form(call, true, false);
  }
  return redirect(my_address(call) + "?done=discarded");
}

}  // namespace hanjari::web

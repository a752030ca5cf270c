#include "plans/pages/workbench/edits_page.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/edit_fields.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::EditAnswer;
using services::EditedPlan;
using services::EditState;

constexpr std::size_t most_broken_shown = 50;

std::string address_of_edits(const Call& call, const std::string& session) {
  return fmt::format("{}/edits/{}", address_of_exam(call), encode_percent(session));
}

json describe_edit(const Call& call, const EditedPlan& edited, std::size_t at) {
  const services::StoredEdit& edit = edited.edits[at];
  const services::EditContent& content = edited.contents[at];
  json row{{"no", std::to_string(edit.number)},
           {"kind", services::name_of(content.kind).in(call.language)},
           {"subject", content.subject},
           {"people", group_digits(std::ssize(content.moves))},
           {"author", edit.author},
           {"reason", edit.reason},
           {"at", write_moment(edit.at, edited.base->planned.exam.header.time_zone)}};
  if (!content.to.empty()) row["towards"] = {{"to", content.to}};
  if (edit.state == EditState::undone) row["undone"] = true;
  if (edit.state == EditState::dropped) row["dropped"] = true;
  return row;
}

json describe_answer(const Call& call, const EditAnswer& answer) {
  json shown{{"people", group_digits(answer.people)},
             {"before", write_km(answer.travel_before)},
             {"after", write_km(answer.travel_after)},
             {"over_before", group_digits(answer.over_cap_before)},
             {"over_after", group_digits(answer.over_cap_after)},
             {"broken", json::array()}};
  for (std::size_t at = 0; at < std::min(answer.broken.size(), most_broken_shown); ++at) {
    const verification::Violation& broken = answer.broken[at];
    shown["broken"].push_back({{"subject", broken.subject}, {"what", broken.message.in(call.language)}});
  }
  if (answer.broken.size() > most_broken_shown)
    shown["more"] = {{"count", group_digits(std::ssize(answer.broken) - static_cast<long long>(most_broken_shown))}};
  return shown;
}

bool has_state(const EditedPlan& edited, EditState state) {
  return std::any_of(edited.edits.begin(), edited.edits.end(),
                     [&](const services::StoredEdit& edit) { return edit.state == state; });
}

// The codes of the plan's venues with names, for lists in the forms.
json offer_venues(const Exam& exam) {
  json venues = json::array();
  for (const Venue& venue : exam.venues) venues.push_back({{"code", venue.code.text()}, {"name", venue.name}});
  return venues;
}

// `refused`: what was wrong with the edit that was sent; `answer`: what the verifier said of it; at most one of them.
Response show_session(const Call& call, const OpenEdits& open, const InvalidInput* refused, const EditAnswer* answer) {
  const EditedPlan edited = services::load_edited_plan(open.bench.exams, open.bench.workbench, open.session);
  record_edits_shown(call, edited, answer);
  Page page{.name = "plan_edits", .title = call.site.pages().text(call.language, "workbench.edits")};
  page.data = {{"exam", head_of_exam(call, open.bench)},
               {"base", open.session.plan_digest.substr(0, 12)},
               {"plan", address_of_plan(call, open.session.plan_digest)},
               {"address", address_of_edits(call, open.session.id)},
               {"version", std::to_string(open.session.version)},
               {"form_token", call.form_token},
               {"moved", group_digits(std::ssize(edited.moves))},
               {"may_undo", has_state(edited, EditState::done)},
               {"may_redo", has_state(edited, EditState::undone)},
               {"may_store", !edited.moves.empty()},
               {"venues", offer_venues(edited.base->planned.exam)},
               {"edits", json::array()}};
  for (std::size_t at = 0; at < edited.edits.size(); ++at)
    page.data["edits"].push_back(describe_edit(call, edited, at));
  page.data["any"] = !edited.edits.empty();
  const std::string number = field_of(call.query, "number");
  if (!number.empty()) page.data["number"] = number;
  FormView form;
  if (refused != nullptr) {
    for (const Fault& fault : refused->faults().kept()) form.add_fault("", fault.what.in(call.language));
    if (refused->faults().empty()) form.add_fault("", refused->message().in(call.language));
  }
  if (answer != nullptr) page.data["answer"] = describe_answer(call, *answer);
  if (refused != nullptr || answer != nullptr) {
    page.status = 422;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

}  // namespace

Response open_shown_edits(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const services::EditSession session =
      services::open_edits(bench.exams, bench.workbench, bench.code, plan.digest,
                           services::change_of(call.actor(), "", call.site.now()));
  return redirect(address_of_edits(call, session.id));
}

Response show_edits(const Call& call) {
  return show_session(call, edits_of_path(call), nullptr, nullptr);
}

Response make_shown_edit(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  try {
    const EditAnswer answer = services::make_edit(
        open.bench.exams, open.bench.workbench, open.session, version_of_form(call.form), wish_of_form(call.form),
        services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()));
    if (!answer.broken.empty()) return show_session(call, open, nullptr, &answer);
  } catch (const InvalidInput& refused) {
    return show_session(call, open, &refused, nullptr);
  }
  return redirect(address_of_edits(call, open.session.id));
}

Response turn_shown_edit(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const bool redo = field_of(call.form, "turn") == "redo";
  services::turn_edit(open.bench.workbench, open.session, version_of_form(call.form),
                      redo ? services::EditTurn::redo : services::EditTurn::undo,
                      services::change_of(call.actor(), "", call.site.now()));
  return redirect(address_of_edits(call, open.session.id));
}

Response order_shown_edited_plan(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const services::Job job = services::order_edited_plan(
      open.bench.exams, open.bench.workbench, jobs_of_edits(call), open.session, version_of_form(call.form),
      services::change_of(call.actor(), "", call.site.now()));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web

#include "publications/pages/office_publication.h"

#include <iterator>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "publications/pages/publication_calls.h"
#include "publications/pages/rates_view.h"
#include "site/pages/form_view.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Publication;
using services::ReleaseState;
using services::ReleaseStep;

constexpr const char* nobody = "–";

std::string address_of_publication(const Call& call, const Publication& publication) {
  return fmt::format("/{}/exams/{}/publications/{}", code_of(call.language), encode_percent(publication.exam.text()),
                     publication.number);
}

json describe_summary_units(const json& summary, Language language) {
  json rows = json::array();
  for (const json& unit : summary.value("units", json::array())) {
    rows.push_back({{"code", unit.value("code", std::string())},
                    {"name", unit.at("name").value(language == Language::korean ? "ko" : "en", std::string())},
                    {"people", group_digits(unit.value("people", 0LL))},
                    {"passed", group_digits(unit.value("passed", 0LL))}});
  }
  return rows;
}

std::string outcome_words(const Call& call, const std::string& outcome) {
  const auto words = [&](const char* name) { return call.site.pages().text(call.language, name); };
  if (outcome == "passed") return words("publications.outcome_passed");
  if (outcome == "passed_equality") return words("publications.outcome_passed_equality");
  if (outcome == "not_passed") return words("publications.outcome_not_passed");
  if (outcome == "below_line") return words("publications.outcome_below_line");
  if (outcome == "absent") return words("publications.outcome_absent");
  if (outcome == "void") return words("publications.outcome_void");
  if (outcome == "poor") return words("publications.outcome_poor");
  if (outcome == "call_up") return words("publications.outcome_call_up");
  if (outcome == "declined") return words("publications.outcome_declined");
  return outcome;
}

std::string side_of_difference(const Call& call, const json& side) {
  if (!side.is_object()) return nobody;
  const std::string total = side.value("total", std::string());
  return outcome_words(call, side.value("outcome", std::string())) + (total.empty() ? "" : " " + total);
}

void describe_summary(const Call& call, const json& summary, json& data) {
  if (summary.empty()) return;
  const Language language = call.language;
  json sample = json::array();
  for (const json& one : summary.value("sample", json::array())) {
    sample.push_back({{"number", one.value("number", std::string())},
                      {"outcome", outcome_words(call, one.value("outcome", std::string()))},
                      {"article", one.value(language == Language::korean ? "ko" : "en", std::string())}});
  }
  data["summary"] = {{"people", group_digits(summary.value("people", 0LL))},
                     {"passed", group_digits(summary.value("passed", 0LL))},
                     {"units", describe_summary_units(summary, language)},
                     {"sample", std::move(sample)}};
  // Sealed with the version and part of its digest: what officers sign.
  if (json tables = describe_rates(call, summary.value("rates", std::string())); !tables.empty())
    data["rates"] = {{"tables", std::move(tables)}};
  if (!summary.contains("differences")) return;
  json people = json::array();
  for (const json& one : summary["differences"].value("people", json::array())) {
    people.push_back({{"number", one.value("number", std::string())},
                      {"before", side_of_difference(call, one.at("before"))},
                      {"after", side_of_difference(call, one.at("after"))}});
  }
  const bool any = !people.empty();
  const auto count = summary["differences"].value("count", 0LL);
  const bool cut_short = std::ssize(people) < count;
  data["differences"] = {{"count", group_digits(count)}, {"people", std::move(people)}, {"any", any}};
  // Versions that were sealed before these were counted do not say them, and name the first thousand of everybody.
  if (summary["differences"].contains("verdicts"))
    data["differences"]["verdicts"] = group_digits(summary["differences"].value("verdicts", 0LL));
  if (cut_short && summary["differences"].contains("verdicts")) data["differences"]["cut_short"] = true;
}

// What came after both shares were given: each kind of it by a line of its own.
void describe_hold(const Call& call, const PublicationsCall& of, const Publication& publication, json& data) {
  const ReleaseState& state = publication.state;
  if (state.step != ReleaseStep::approved && state.step != ReleaseStep::armed) return;
  if (publication.order.withdrawal) return;
  const services::ReleaseBasis now = services::basis_of_stage(of.publications.find_basis(of.code), publication.order.stage);
  if (!services::must_be_confirmed(state, services::write_basis(now))) return;
  // Of both shares, also where one officer has given a share again: the second one is told the same.
  const services::ReleaseBasis then = services::read_basis(state.on_hold() ? state.armed_on : state.basis);
  json changes = json::array();
  const auto tell = [&](const char* words, std::int64_t number) {
    changes.push_back({{"words", call.site.pages().text(call.language, words, {{"number", std::to_string(number)}})}});
  };
  if (now.decision != then.decision) tell("publications.hold_decision", now.decision);
  if (now.results != then.results) tell("publications.hold_results", now.results);
  if (now.cases != then.cases) tell("publications.hold_cases", 0);
  if (now.finals != then.finals) tell("publications.hold_final", now.finals);
  if (now.released != then.released) tell("publications.hold_released", now.released);
  data["on_hold"] = {{"changes", std::move(changes)}};
}

std::string author_of_decision(const PublicationsCall& of, const Publication& publication) {
  if (publication.order.stage == proof::Stage::final) return publication.order.decided_by;
  return services::find_decision(of.results, of.code, publication.order.decision).author;
}

// The forms that this officer may send now.
void describe_next_step(const Call& call, const PublicationsCall& of, const Publication& publication, json& data) {
  const ReleaseState& state = publication.state;
  const std::string& account = call.actor().account;
  const json form{{"action", address_of_publication(call, publication) + "/steps"},
                  {"token", call.form_token},
                  {"digest", state.digest}};
  const bool own = account == state.edited_by || account == state.proposed_by ||
                   (state.step == ReleaseStep::proposed && author_of_decision(of, publication) == account);
  if (state.step == ReleaseStep::sealed) data["may_propose"] = form;
  const auto with_factor = [&](const std::string& step) {
    json asked = form;
    asked["factor"] = ask_second_factor(call, step + "-code", what_is_released(of.code, publication, step));
    return asked;
  };
  if (state.step == ReleaseStep::proposed && !own) data["may_approve"] = with_factor("approve");
  if (state.step == ReleaseStep::proposed && own) data["own_work"] = true;
  const bool dead = state.step == ReleaseStep::armed && !of.desk.holds_key_of(publication);
  if (dead) data["key_died"] = true;
  describe_hold(call, of, publication, data);
  const bool open = call.site.now() + services::arming_opens >= state.release_at;
  if ((state.step == ReleaseStep::approved || dead) && open) {
    data["may_arm"] = with_factor("arm");
    if (data.contains("on_hold")) data["may_arm"]["confirm"] = {{"basis", services::basis_of(of.publications, publication)}};
  }
  if (state.step == ReleaseStep::approved && !open)
    data["arming_later"] = call.site.pages().text(call.language, "publications.arming_later",
                                                  {{"minutes", std::to_string(services::arming_opens.count())}});
  if (state.step == ReleaseStep::armed && !dead) data["is_armed"] = true;
  if (state.step == ReleaseStep::sealed || state.step == ReleaseStep::proposed || state.step == ReleaseStep::approved ||
      state.step == ReleaseStep::armed)
    data["may_withdraw"] = form;
}

// A case that is confirmed after the approval does not stop a version that everybody waits for: officers are told while they can
// withdraw it. A newer decision stops the next step, and whoever signs an earlier decision knows that there was a newer one.
void tell_of_other_decisions(const Call& call, const PublicationsCall& of, const Publication& publication, json& data) {
  if (publication.order.withdrawal || !data.contains("may_withdraw")) return;
  json notes = json::array();
  const auto note = [&](const char* words, std::int64_t decision) {
    notes.push_back({{"words", call.site.pages().text(call.language, words, {{"number", std::to_string(decision)}})}});
  };
  // Of a version on hold it is said above that it may be confirmed; two officers who have done so knew of it.
  const bool is_known = data.contains("on_hold") ||
                        services::gave_shares_on(publication.state, services::basis_of(of.publications, publication));
  const auto newer = is_known ? std::nullopt : services::find_newer_decision(of.results, publication);
  if (newer) note("publications.newer_decision", *newer);
  const auto final = is_known ? std::nullopt : services::find_newer_final(of.publications, publication);
  if (final) note("publications.newer_final", *final);
  if (publication.order.knows != 0) note("publications.earlier_decision", publication.order.knows);
  for (const services::StoredDecision& decision : of.results.list_decisions(of.code)) {
    if (decision.version == services::written_decision_of(publication.order) && services::is_overtaken(of.results, decision))
      note("special_cases.overtaken", decision.version);
  }
  if (!notes.empty()) data["overtaken"] = std::move(notes);
}

json describe_officers(const Call& call, const ReleaseState& state) {
  json rows = json::array();
  const auto add = [&](const char* what, const std::string& who) {
    if (!who.empty()) rows.push_back({{"what", call.site.pages().text(call.language, what)}, {"who", who}});
  };
  add("publications.edited_by", state.edited_by);
  add("publications.proposed_by", state.proposed_by);
  add("publications.approved_by", state.approved_by);
  add("publications.armed_first", state.armed_first);
  add("publications.armed_second", state.armed_second);
  return rows;
}

}  // namespace

namespace {

// `refused`: why a step was not taken; the page stays, so that the officer can go on in the last minutes.
Response show_publication_page(const Call& call, const Error* refused, int status) {
  const PublicationsCall of = publications_of(call);
  const Publication publication = publication_of(call, of);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const ReleaseState& state = publication.state;
  Page page{.name = "publication",
            .title = call.site.pages().text(call.language, "publications.one",
                                            {{"number", std::to_string(publication.number)}})};
  page.data = {{"heading", page.title},
               {"list", fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(of.code.text()))},
               {"exam", exam_of_page(head, call.language)},
               {"step", services::name_of(state.step).in(call.language)},
               {"version", std::to_string(publication.version)},
               {"release_at", write_moment(state.release_at, head.time_zone)},
               {"decision", call.site.pages().text(call.language,
                                                   publication.order.stage == proof::Stage::final ? "publications.final_decision"
                                                                                                  : "publications.written_decision",
                                                   {{"number", std::to_string(publication.order.decision)}})},
               {"officers", describe_officers(call, state)}};
  if (publication.order.withdrawal) page.data["withdrawal"] = true;
  if (state.step == ReleaseStep::failed) page.data["failed"] = true;
  if (!state.digest.empty()) page.data["digest"] = state.digest;
  describe_summary(call, open_summary(call, of, publication), page.data);
  describe_next_step(call, of, publication, page.data);
  tell_of_other_decisions(call, of, publication, page.data);
  FormView form;
  if (refused != nullptr) {
    form.add_fault("", refused->message().in(call.language));
    page.status = status;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  Frame frame = frame_of(call);
  frame.path = address_of_publication(call, publication);  // of the page in the other language, which takes no step
  return call.site.pages().show(frame, page);
}

}  // namespace

Response show_publication(const Call& call) {
  return show_publication_page(call, nullptr, 200);
}

Response step_shown_publication(const Call& call) {
  try {
    const services::Publication publication = take_publication_step(
        call, {field_of(call.form, "step"), field_of(call.form, "digest"), typed_factor(call),
               field_of(call.form, "passphrase"), field_of(call.form, "reason"), field_of(call.form, "basis")});
    return redirect(address_of_publication(call, publication));
  } catch (const NotAllowed& refused) {
    return show_publication_page(call, &refused, 403);
  } catch (const Conflict& refused) {
    return show_publication_page(call, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_publication_page(call, &refused, 422);
  }
}

}  // namespace hanjari::web

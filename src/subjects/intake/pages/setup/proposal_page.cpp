// A change of an announced notice that waits for another officer: what it changes, for whom, and the steps with it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/setup/proposal_pages.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/counts.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::NoticeChange;

constexpr std::size_t most_differences_of_proposal = 1'000;

services::SeenChange seen_in(const SentChangeStep& sent) {
  return {sent.version, sent.digest, sent.concerned};
}

std::string proposer_of(const Call& call, const services::NoticeProposal& proposal) {
  if (proposal.proposed_at_shell.empty()) return proposal.proposed_by;
  return call.site.pages().text(call.language, "notice_change.by_shell",
                                {{"author", proposal.proposed_by}, {"shell", proposal.proposed_at_shell}});
}

json describe_proposed_change(const Call& call, const NoticeChange& change, const std::string& zone) {
  const services::NoticeProposal& proposal = change.proposal;
  const auto steps = list_change_steps(call, change);
  const auto may = [&](const char* step) { return std::find(steps.begin(), steps.end(), step) != steps.end(); };
  const std::string people = write_count(change.concerned, Counted::people, call.language);
  json shown{{"by", proposer_of(call, proposal)},
             {"at", write_moment(proposal.at, zone)},
             {"reason", proposal.reason.empty() ? "–" : proposal.reason},
             {"base", std::to_string(proposal.base_version)},
             {"digest", proposal.digest},
             {"people", people},
             {"concerned", std::to_string(change.concerned)},
             {"tick", call.site.pages().text(call.language, "notice_change.tick", {{"people", people}})},
             {"preview", setup_address(call, "/preview?of=proposal")},
             {"waits", change.waits()},
             {"void", !change.is_current()},
             {"own", proposal.proposed_by == call.actor().account && change.waits()},
             {"may_confirm", may("confirm")},
             {"may_refuse", may("refuse")},
             {"may_renew", may("renew")},
             {"may_take_back", may("take_back")},
             {"differences",
              describe_differences(call, change.differences, zone, most_differences_of_proposal)}};
  if (json effects = describe_effects(call, change.effects); !effects.empty()) shown["effects"] = std::move(effects);
  if (may("confirm"))
    shown["factor"] = ask_second_factor(call, "confirm-code", what_is_confirmed(notice_code(call), proposal));
  if (!proposal.refused_by.empty()) {
    shown["refused"] = {{"sentence", call.site.pages().text(call.language, "notice_change.refused",
                                                            {{"author", proposal.refused_by},
                                                             {"reason", proposal.refusal.empty() ? "–" : proposal.refusal},
                                                             {"at", write_moment(proposal.refused_at, zone)}})}};
  }
  if (change.differences.size() > most_differences_of_proposal)
    shown["more"] = {{"count", group_digits(static_cast<long long>(change.differences.size()))}};
  return shown;
}

// `refused`: why a step was not taken; null: none was.
Response show_proposal_page(const Call& call, const Error* refused, int status) {
  const auto stored = setup_of(call).load_notice(call.actor(), notice_code(call));
  const Pages& pages = call.site.pages();
  Page page{.name = "notice_proposal", .title = pages.text(call.language, "notice_change.title")};
  page.data = {{"name", name_of_exam(stored->notice.header, call.language)},
               {"code", notice_code(call).text()},
               {"back", setup_address(call, "/setup")},
               {"action", setup_address(call, "/proposal")},
               {"form_token", call.form_token},
               {"refusal_typed", field_of(call.form, "reason")}};
  if (const auto change = setup_of(call).find_change(call.actor(), notice_code(call)))
    page.data["change"] =
        describe_proposed_change(call, *change, stored->notice.header.time_zone);
  FormView form;
  if (refused != nullptr) {
    form.add_refusal(*refused, call.language);
    page.status = status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

// A second click on the same button asks for what the first one did: whether this officer has just taken the step.
bool has_taken_change_step(const Call& call, const SentChangeStep& sent) {
  services::NoticeSetup& setup = setup_of(call);
  const auto change = setup.find_change(call.actor(), notice_code(call));
  if (sent.step == "take_back") return !change;
  if (sent.step == "refuse") {
    return change && change->proposal.refused_by == call.actor().account && !sent.digest.empty() &&
           change->proposal.digest.starts_with(sent.digest);
  }
  const auto newest = setup.load_version(call.actor(), notice_code(call), services::SetupPart::notice, 0);
  return sent.step == "confirm" && newest.version == sent.version + 1 && newest.confirmed_by == call.actor().account;
}

std::string address_after(const Call& call, const SentChangeStep& sent) {
  if (sent.step == "confirm") return setup_address(call, fmt::format("/versions/notice?version={}", sent.version + 1));
  return setup_address(call, sent.step == "take_back" ? "/setup" : "/proposal");
}

}  // namespace

std::string what_is_confirmed(const ExamCode& code, const services::NoticeProposal& proposal) {
  return fmt::format("confirm the change of {} from version {}, {}", code.text(), proposal.base_version, proposal.digest);
}

std::vector<std::string> list_change_steps(const Call& call, const NoticeChange& change) {
  if (change.proposal.proposed_by == call.actor().account) {
    if (change.is_current()) return {"take_back"};
    return {"renew", "take_back"};
  }
  if (change.waits()) return {"confirm", "refuse"};
  return {};
}

void take_change_step(const Call& call, const SentChangeStep& sent) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  const services::Change change = services::change_of(call.actor(), sent.reason, call.site.now());
  if (sent.step == "confirm") {
    // A second factor is taken once: what is refused anyway takes none.
    setup.check_confirmation(call.actor(), code, seen_in(sent));
    const auto seen = setup.find_change(call.actor(), code);
    confirm_second_factor(call, sent.factor, seen ? what_is_confirmed(code, seen->proposal) : std::string());
    return setup.confirm_change(call.actor(), code, seen_in(sent), change);
  }
  if (sent.step == "refuse") return setup.refuse_change(call.actor(), code, seen_in(sent), change);
  if (sent.step == "take_back") return setup.take_back_change(call.actor(), code, seen_in(sent), change);
  if (sent.step == "renew") return setup.renew_change(call.actor(), code, seen_in(sent), change);
  throw InvalidInput("bad_step", {"'step' is confirm, refuse, take_back or renew.",
                                  "'step'은 confirm, refuse, take_back, renew 가운데 하나입니다."});
}

Response show_notice_proposal(const Call& call) {
  return show_proposal_page(call, nullptr, 200);
}

Response step_shown_proposal(const Call& call) {
  const SentChangeStep sent{field_of(call.form, "step"),
                            field_of(call.form, "digest"),
                            number_typed(field_of(call.form, "version")),
                            number_typed(field_of(call.form, "concerned")),
                            typed_factor(call),
                            field_of(call.form, "reason")};
  try {
    take_change_step(call, sent);
  } catch (const NotAllowed& refused) {
    return show_proposal_page(call, &refused, 403);
  } catch (const Conflict& refused) {
    if (!has_taken_change_step(call, sent)) return show_proposal_page(call, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_proposal_page(call, &refused, 422);
  }
  return redirect(address_after(call, sent));
}

}  // namespace hanjari::web

// The same edits by the API.
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/edit_fields.h"
#include "plans/pages/workbench/edits_page.h"
#include "site/pages/json_call.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json session_as_json(const services::EditSession& session) {
  return {{"session", session.id},
          {"plan", session.plan_digest},
          {"author", session.author},
          {"opened_at", format_instant(session.opened_at)},
          {"version", session.version}};
}

ordered_json answer_as_json(const services::EditAnswer& answer) {
  ordered_json broken = ordered_json::array();
  for (const verification::Violation& violation : answer.broken) {
    broken.push_back({{"code", violation.code},
                      {"subject", violation.subject},
                      {"detail", violation.message.en},
                      {"detail_ko", violation.message.ko}});
  }
  return {{"stored", answer.broken.empty()},
          {"people", answer.people},
          {"seated", answer.seated.size()},
          {"travel_m", {{"before", answer.travel_before}, {"after", answer.travel_after}}},
          {"over_detour_cap", {{"before", answer.over_cap_before}, {"after", answer.over_cap_after}}},
          {"broken", std::move(broken)}};
}

std::int64_t version_in(const json& body) {
  const auto version = count_in(body, "version");
  if (version) return *version;
  throw InvalidInput("bad_request", {"'version' is that of the edits which were seen.",
                                     "'version'에 확인한 편집의 버전을 적으십시오."});
}

}  // namespace

Response open_edits_by_api(const Call& call) {
  const Bench bench = bench_of(call);
  const json body = read_json(call);
  const services::EditSession session =
      services::open_edits(bench.exams, bench.workbench, bench.code, text_in(body, "plan"),
                           services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  return answer_json(session_as_json(session));
}

Response list_edits_by_api(const Call& call) {
  const Bench bench = bench_of(call);
  ordered_json answer{{"sessions", ordered_json::array()}};
  for (const services::EditSession& session : bench.workbench.repository.list_sessions(bench.code)) {
    ordered_json row = session_as_json(session);
    row["edits"] = session.edits;
    answer["sessions"].push_back(std::move(row));
  }
  return answer_json(answer);
}

Response describe_edits_by_api(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const services::EditedPlan edited =
      services::load_edited_plan(open.bench.exams, open.bench.workbench, open.session);
  record_edits_shown(call, edited, nullptr);
  ordered_json answer = session_as_json(open.session);
  answer["moved"] = edited.moves.size();
  answer["edits"] = ordered_json::array();
  for (std::size_t at = 0; at < edited.edits.size(); ++at) {
    answer["edits"].push_back({{"number", edited.edits[at].number},
                               {"kind", services::spell(edited.contents[at].kind)},
                               {"subject", edited.contents[at].subject},
                               {"to", edited.contents[at].to},
                               {"people", edited.contents[at].moves.size()},
                               {"author", edited.edits[at].author},
                               {"reason", edited.edits[at].reason},
                               {"at", format_instant(edited.edits[at].at)},
                               {"state", services::spell(edited.edits[at].state)}});
  }
  return answer_json(answer);
}

Response make_edit_by_api(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const json body = read_json(call);
  const services::EditAnswer answer = services::make_edit(
      open.bench.exams, open.bench.workbench, open.session, version_in(body), wish_of_json(body),
      services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  record_answer_shown(call, open, answer);
  return answer_json(answer_as_json(answer), answer.broken.empty() ? 200 : 422);
}

Response turn_edit_by_api(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const json body = read_json(call);
  const services::EditTurn turn = turn_of_word(text_in(body, "turn"));
  services::turn_edit(open.bench.workbench, open.session, version_in(body), turn,
                      services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  return answer_json(session_as_json(services::find_edits(open.bench.workbench, open.bench.code, open.session.id)));
}

Response order_edited_plan_by_api(const Call& call) {
  const OpenEdits open = edits_of_path(call);
  const json body = read_json(call);
  const services::Job job = services::order_edited_plan(
      open.bench.exams, open.bench.workbench, jobs_of_edits(call), open.session, version_in(body),
      services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace hanjari::web

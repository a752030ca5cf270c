#include "publications/pages/publications_api.h"

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "publications/pages/publication_calls.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

using ordered = nlohmann::ordered_json;

ordered publication_json(const services::Publication& publication) {
  const services::ReleaseState& state = publication.state;
  ordered value{{"number", publication.number},
                {"stage", proof::to_string(publication.order.stage)},
                {"version", publication.version},
                {"step", services::spell(state.step)},
                {"digest", state.digest},
                {"decision", publication.order.decision},
                {"decision_sha256", publication.decision_sha256},
                {"withdrawal", publication.order.withdrawal},
                {"release_at", format_instant(state.release_at)},
                {"people", publication.people},
                {"edited_by", state.edited_by},
                {"proposed_by", state.proposed_by},
                {"approved_by", state.approved_by},
                {"armed_first", state.armed_first},
                {"armed_second", state.armed_second},
                {"on_hold", state.on_hold()}};
  value["released_at"] = nullptr;
  if (publication.released_at) value["released_at"] = format_instant(*publication.released_at);
  return value;
}

services::PublicationOrder sent_order(const nlohmann::json& body, const std::string& zone) {
  const auto both = [&](const std::string& name) {
    return Text{text_in(body, (name + "_en").c_str()), text_in(body, (name + "_ko").c_str())};
  };
  services::PublicationOrder order;
  if (const std::string stage = text_in(body, "stage"); !stage.empty()) {
    const auto read = proof::parse_stage(stage);
    if (!read) throw InvalidInput("bad_request", {"The stage is written or final.", "단계는 written, final 가운데 하나입니다."});
    order.stage = *read;
  }
  order.decision = count_in(body, "decision").value_or(0);
  order.release_at = release_minute_in(text_in(body, "release_at"), zone);
  order.next_passed = both("next_passed");
  order.next_others = both("next_others");
  order.objection = both("objection");
  order.reason = both("reason");
  order.next_called = both("next_called");
  order.passed_until = text_in(body, "passed_until");
  order.others_until = text_in(body, "others_until");
  order.objection_until = text_in(body, "objection_until");
  order.withdrawal = flag_in(body, "withdrawal");
  const auto holders = body.find("share_holders");
  if (holders != body.end() && holders->is_array()) {
    for (const auto& one : *holders) {
      if (one.is_string()) order.share_holders.push_back(one.get<std::string>());
    }
  }
  return order;
}

}  // namespace

Response list_publications_by_api(const Call& call) {
  const PublicationsCall of = publications_of(call);
  ordered answer{{"publications", ordered::array()}, {"release_keys", ordered::array()}};
  for (const auto& one : of.publications.list_publications(of.code)) answer["publications"].push_back(publication_json(one));
  for (const auto& key : of.publications.list_officer_keys()) answer["release_keys"].push_back(key.officer);
  return answer_json(answer);
}

Response order_publication_by_api(const Call& call) {
  const PublicationsCall of = publications_of(call);
  const nlohmann::json body = read_json(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const auto ordered_one =
      services::order_publication(of.publications, of.results, of.jobs, of.code, sent_order(body, head.time_zone),
                                  change_of_publication(call, text_in(body, "why")), call.site.interviews());
  ordered answer = publication_json(ordered_one.publication);
  if (!ordered_one.job) return answer_json(answer);
  answer["job"] = ordered_one.job->id;
  Response response = answer_json(answer, 202);
  response.set_header("Location", "/api/v1/jobs/" + ordered_one.job->id);
  return response;
}

Response describe_publication_by_api(const Call& call) {
  const PublicationsCall of = publications_of(call);
  const services::Publication publication = publication_of(call, of);
  ordered answer = publication_json(publication);
  // What refuses the next step, and what its officers knew when they ordered an earlier decision.
  if (const auto newer = services::find_newer_decision(of.results, publication)) answer["newer_decision"] = *newer;
  if (const auto newer = services::find_newer_final(of.publications, publication)) answer["newer_final"] = *newer;
  if (publication.order.knows != 0) answer["knows_decision"] = publication.order.knows;
  // What an officer names who gives a share of a version on hold all the same.
  answer["basis"] = services::basis_of(of.publications, publication);
  answer["on_hold"] = services::must_be_confirmed(publication.state, services::basis_of(of.publications, publication));
  answer["summary"] = ordered::parse(open_summary(call, of, publication).dump());
  for (const char* step : {"approve", "arm"})
    answer["keys"][step] = key_question(call, what_is_released(of.code, publication, step));
  return answer_json(answer);
}

Response step_publication_by_api(const Call& call) {
  publications_of(call);
  const nlohmann::json body = read_json(call);
  return answer_json(publication_json(
      take_publication_step(call, {text_in(body, "step"), text_in(body, "digest"), sent_factor(call, body),
                                   text_in(body, "passphrase"), text_in(body, "reason"), text_in(body, "basis")})));
}

Response make_release_key_by_api(const Call& call) {
  publications_of(call);
  const nlohmann::json body = read_json(call);
  make_sent_release_key(call, text_in(body, "passphrase"), flag_in(body, "replace"));
  return answer_json(ordered{{"officer", call.actor().account}}, 201);
}

}  // namespace hanjari::web

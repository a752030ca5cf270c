#include "hanjari/publications/publications.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/announcement/announcement.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

json text_json(const Text& text) {
  return json{{"en", text.en}, {"ko", text.ko}};
}
Text text_from(const json& value) {
  return {value.at("en").get<std::string>(), value.at("ko").get<std::string>()};
}

Publication save_publication_step(PublicationRepository& publications, Publication publication,
                                  const ReleaseState& next, const char* action, const Change& change) {
  publications.save_step(publication, next, action, change);
  publication.state = next;
  return publication;
}

}  // namespace

std::string write_order(const PublicationOrder& order) {
  json written{{"decision", order.decision},
               {"release_at", format_instant(order.release_at)},
               {"next_passed", text_json(order.next_passed)},
               {"next_others", text_json(order.next_others)},
               {"objection", text_json(order.objection)},
               {"reason", text_json(order.reason)},
               {"withdrawal", order.withdrawal},
               {"share_holders", order.share_holders}};
  // Versions that were signed before there were any keep their digest.
  if (!order.passed_until.empty()) written["passed_until"] = order.passed_until;
  if (!order.others_until.empty()) written["others_until"] = order.others_until;
  if (!order.objection_until.empty()) written["objection_until"] = order.objection_until;
  if (order.knows != 0) written["knows"] = order.knows;
  if (order.stage == proof::Stage::final) {
    written["stage"] = proof::to_string(order.stage);
    written["next_called"] = text_json(order.next_called);
    written["written"] = order.written;
    written["decided_by"] = order.decided_by;
  }
  return written.dump();
}

PublicationOrder read_order(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) throw std::logic_error("an order of a publication that cannot be read");
  PublicationOrder order;
  order.decision = read.at("decision").get<std::int64_t>();
  const auto at = parse_instant(read.at("release_at").get<std::string>());
  if (!at) throw std::logic_error("an order of a publication without its minute");
  order.release_at = *at;
  order.next_passed = text_from(read.at("next_passed"));
  order.next_others = text_from(read.at("next_others"));
  order.objection = text_from(read.at("objection"));
  order.reason = text_from(read.at("reason"));
  order.withdrawal = read.at("withdrawal").get<bool>();
  order.share_holders = read.at("share_holders").get<std::vector<std::string>>();
  order.passed_until = read.value("passed_until", std::string());
  order.others_until = read.value("others_until", std::string());
  order.objection_until = read.value("objection_until", std::string());
  order.knows = read.value("knows", std::int64_t{0});
  if (!read.contains("stage")) return order;
  const auto stage = proof::parse_stage(read.at("stage").get<std::string>());
  if (!stage) throw std::logic_error("an order of a publication of a stage that nobody knows");
  order.stage = *stage;
  order.next_called = text_from(read.at("next_called"));
  order.written = read.at("written").get<std::int64_t>();
  order.decided_by = read.at("decided_by").get<std::string>();
  return order;
}

Publication find_publication(PublicationRepository& publications, const ExamCode& exam, std::int64_t number) {
  for (Publication& publication : publications.list_publications(exam)) {
    if (publication.number == number) return std::move(publication);
  }
  throw NotFound("unknown_publication", {"There is no such publication of this exam.", "이 시험에 그런 공고가 없습니다."});
}

std::optional<Publication> find_released(PublicationRepository& publications, const ExamCode& exam, proof::Stage stage) {
  std::optional<Publication> newest;
  for (Publication& publication : publications.list_publications(exam)) {
    if (publication.state.step != ReleaseStep::released || publication.order.stage != stage) continue;
    if (!newest || newest->version < publication.version) newest = std::move(publication);
  }
  return newest;
}

Publication find_release(PublicationRepository& publications, const ExamCode& exam,
                         std::optional<std::int64_t> version, proof::Stage stage) {
  if (!version) {
    if (auto newest = find_released(publications, exam, stage)) return std::move(*newest);
  } else {
    for (Publication& one : publications.list_publications(exam)) {
      if (one.state.step == ReleaseStep::released && one.order.stage == stage && one.version == *version) return std::move(one);
    }
  }
  throw NotFound("no_release", {"No such version of the results of this exam is released.",
                                "이 시험에는 발표된 그런 판이 없습니다."});
}

std::optional<Publication> find_awaited(PublicationRepository& publications, const ExamCode& exam, proof::Stage stage) {
  return find_awaited(publications.list_publications(exam), stage);
}

std::optional<Publication> find_awaited(std::vector<Publication> there, proof::Stage stage) {
  std::erase_if(there, [stage](const Publication& one) { return one.order.stage != stage; });
  std::int64_t released = 0;
  for (const Publication& one : there) {
    if (one.state.step == ReleaseStep::released) released = std::max(released, one.version);
  }
  std::optional<Publication> awaited;
  for (Publication& one : there) {
    // One that was approved and overtaken by another release can never be released: nobody waits for it.
    if (one.version != released + 1 || one.state.step == ReleaseStep::released) continue;
    // An armed one comes at its minute, whatever was approved after it; of those that nobody armed the newest counts.
    if (one.state.step == ReleaseStep::armed) return std::move(one);
    if (!awaited && is_announced(one.state.step)) awaited = std::move(one);
  }
  return awaited;
}

void make_own_release_key(PublicationRepository& publications, const std::string& passphrase, const Change& change) {
  publications.save_officer_key({change.author, embargo::make_officer_key(passphrase), change.at}, change);
}

std::string digest_publication(const Publication& publication, const std::string& kept_digest,
                               const std::string& templates_digest) {
  return sha256(json{{"decision_sha256", publication.decision_sha256},
                     {"exam", publication.exam.text()},
                     {"kept", kept_digest},
                     {"order", write_order(publication.order)},
                     {"commitment", publication.commitment},
                     {"replaces", publication.replaces},
                     {"root", publication.root},
                     {"templates", templates_digest},
                     {"version", publication.version}}
                    .dump())
      .hex();
}

std::string digest_own_templates(proof::Stage stage) {
  return announcement::digest_templates(
      announcement::own_templates(stage == proof::Stage::final ? announcement::Stage::final : announcement::Stage::written));
}

void require_unchanged(PublicationRepository& publications, const Publication& publication) {
  const std::string digest =
      digest_publication(publication, publications.digest_results(publication), digest_own_templates(publication.order.stage));
  if (digest == publication.state.digest) return;
  throw Conflict("publication_changed",
                 {"What is kept of this version is not what was checked and approved. Do not release it; make a new version "
                  "and tell whoever maintains the program.",
                  "보관된 내용이 대조하고 승인한 내용과 다릅니다. 발표하지 말고 새 판을 만든 뒤 프로그램 관리자에게 "
                  "알리십시오."});
}

void require_next_release(PublicationRepository& publications, const Publication& publication) {
  const auto released = find_released(publications, publication.exam, publication.order.stage);
  if ((released ? released->root : std::string()) == publication.replaces &&
      (released ? released->version : 0) + 1 == publication.version)
    return;
  throw_other_release();
}

void throw_other_release() {
  throw Conflict("other_release", {"Another version was released since this one was made. Make a new version.",
                                   "이 판을 만든 뒤 다른 판이 발표되었습니다. 새 판을 만드십시오."});
}

void require_only_announcement(const std::vector<Publication>& there, const Publication& publication, Instant now) {
  for (const Publication& other : there) {
    if (other.number == publication.number || other.version != publication.version || other.order.stage != publication.order.stage)
      continue;
    const ReleaseStep step = other.state.step;
    if (step != ReleaseStep::armed && (step != ReleaseStep::approved || other.state.release_at <= now)) continue;
    const std::string number = std::to_string(other.number);
    throw Conflict("other_announced",
                   {"Applicants have been told the minute of publication " + number + ". Withdraw it before you approve another.",
                    "응시자에게 공고 " + number + "번의 발표 시각을 이미 알렸습니다. 그 공고를 철회한 뒤 승인하십시오."});
  }
}

void require_awaited(const std::vector<Publication>& there, const Publication& publication) {
  const auto awaited = find_awaited(there, publication.order.stage);
  if (!awaited || awaited->number == publication.number) return;
  const std::string number = std::to_string(awaited->number);
  throw Conflict("other_announced",
                 {"Applicants wait for publication " + number + " and its minute. Withdraw it before you release this one.",
                  "응시자는 공고 " + number + "번의 발표 시각을 기다리고 있습니다. 그 공고를 철회한 뒤 이 판을 발표하십시오."});
}

std::optional<std::int64_t> find_newer_decision(ResultRepository& results, const Publication& publication) {
  if (publication.order.withdrawal || publication.order.stage == proof::Stage::final) return std::nullopt;
  const std::vector<StoredDecision> decisions = results.list_decisions(publication.exam);
  const auto own = std::find_if(decisions.begin(), decisions.end(),
                                [&](const StoredDecision& one) { return one.version == publication.order.decision; });
  if (own == decisions.end()) return std::nullopt;
  const auto counting = digest_counting_cases(results, publication.exam);
  for (const StoredDecision& one : decisions) {
    if (one.version <= std::max(publication.order.decision, publication.order.knows)) break;
    // After a case is lifted the decision before it counts again, although one with the case is newer.
    if (one.package != own->package || counting != own->cases_sha256) return one.version;
  }
  return std::nullopt;
}

void require_newest_decision(ResultRepository& results, const Publication& publication) {
  const auto newer = find_newer_decision(results, publication);
  if (!newer) return;
  const std::string number = std::to_string(*newer);
  throw Conflict("decision_overtaken",
                 {"Decision " + number + " was made since this version was ordered. Withdraw the version and order another one.",
                  "이 판을 작성한 뒤 결정 " + number + "번이 나왔습니다. 이 판을 철회하고 새 판을 작성하십시오."});
}

std::int64_t written_decision_of(const PublicationOrder& order) {
  return order.stage == proof::Stage::final ? order.written : order.decision;
}

std::optional<std::int64_t> find_newer_final(PublicationRepository& publications, const Publication& publication) {
  if (publication.order.withdrawal || publication.order.stage != proof::Stage::final) return std::nullopt;
  const std::int64_t newest = publications.find_basis(publication.exam).finals;
  if (newest <= std::max(publication.order.decision, publication.order.knows)) return std::nullopt;
  return newest;
}

void require_decision_stands(PublicationRepository& publications, ResultRepository& results, const Publication& publication) {
  if (publication.order.stage == proof::Stage::written) return require_newest_decision(results, publication);
  if (const auto newer = find_newer_final(publications, publication)) {
    const std::string number = std::to_string(*newer);
    throw Conflict("decision_overtaken",
                   {"Final decision " + number + " was made since this version was ordered. Withdraw the version and order another one.",
                    "이 판을 작성한 뒤 최종 결정 " + number + "번이 나왔습니다. 이 판을 철회하고 새 판을 작성하십시오."});
  }
  require_written_results_stand(publications, results, publication);
}

void require_written_results_stand(PublicationRepository& publications, ResultRepository& results, const Publication& publication) {
  if (publication.order.stage != proof::Stage::final || publication.order.withdrawal) return;
  const auto told = find_released(publications, publication.exam);
  const bool stands = told && !told->order.withdrawal &&
                      told->decision_sha256 == find_decision(results, publication.exam, publication.order.written).decision_sha256;
  if (stands) return;
  throw Conflict("decision_overtaken",
                 {"The final decision of this version was made on other written results than those that people were told last. "
                  "Decide the final stage again.",
                  "이 판의 최종 결정은 지금 발표되어 있는 필기 결과로 낸 것이 아닙니다. 최종 결정을 다시 내십시오."});
}

std::string write_basis(const ReleaseBasis& basis) {
  const std::string written = fmt::format("{}/{}/{}", basis.decision, basis.results, basis.cases);
  if (basis.finals == 0 && basis.released == 0) return written;
  return fmt::format("{}/{}/{}", written, basis.finals, basis.released);
}

ReleaseBasis basis_of_stage(ReleaseBasis there, proof::Stage stage) {
  if (stage == proof::Stage::final) return there;
  there.finals = 0;
  there.released = 0;
  return there;
}

ReleaseBasis read_basis(const std::string& text) {
  ReleaseBasis basis;
  std::string_view rest = text;
  // The next number, with the stroke behind it unless it is the last one.
  const auto take = [&rest](std::int64_t& number, bool last) {
    const char* const end = rest.data() + rest.size();
    const auto read = std::from_chars(rest.data(), end, number);
    if (read.ec != std::errc{} || (last ? read.ptr != end : read.ptr == end || *read.ptr != '/'))
      throw std::logic_error("a basis of a release that cannot be read");
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()) + (last ? 0 : 1));
  };
  take(basis.decision, false);
  take(basis.results, false);
  const auto stroke = rest.find('/');
  basis.cases = rest.substr(0, stroke);
  if (stroke == std::string_view::npos) return basis;
  rest.remove_prefix(stroke + 1);
  take(basis.finals, false);
  take(basis.released, true);
  return basis;
}

std::string basis_of(PublicationRepository& publications, const Publication& publication) {
  if (publication.order.withdrawal) return {};
  return write_basis(basis_of_stage(publications.find_basis(publication.exam), publication.order.stage));
}

void require_basis(const Publication& publication, const ReleaseBasis& there) {
  // Empty: a version that takes a release back.
  if (publication.state.basis.empty() || publication.state.basis == write_basis(basis_of_stage(there, publication.order.stage))) return;
  throw Conflict("release_on_hold", {"Something was decided or changed after the shares of this version were given.",
                                     "이 판의 키 조각을 낸 뒤 결정되거나 바뀐 것이 있습니다."});
}

Publication propose_publication(PublicationRepository& publications, const ExamCode& exam, std::int64_t number,
                                const std::string& seen_digest, const Change& change) {
  const Publication publication = find_publication(publications, exam, number);
  const ReleaseState next = propose_release(publication.state, {change.author, seen_digest, change.at, false});
  require_next_release(publications, publication);
  require_unchanged(publications, publication);
  return save_publication_step(publications, publication, next, "publication.propose", change);
}

Publication approve_publication(PublicationRepository& publications, ResultRepository& results, const ExamCode& exam,
                                std::int64_t number, const std::string& seen_digest, bool second_factor,
                                const Change& change) {
  const Publication publication = find_publication(publications, exam, number);
  const ReleaseState next = approve_release(publication.state, {change.author, seen_digest, change.at, second_factor});
  const StoredDecision decision = find_decision(results, exam, written_decision_of(publication.order));
  const bool decided_finally = publication.order.stage == proof::Stage::final;
  if ((decided_finally ? publication.order.decided_by : decision.author) == change.author) {
    throw Conflict("same_officer", {"You made the decision that this version shows. Another officer has to approve it.",
                                    "본인이 내린 결정을 담은 판입니다. 다른 담당자가 승인해야 합니다."});
  }
  if (!publication.order.withdrawal) require_not_overtaken(results, decision);
  require_decision_stands(publications, results, publication);
  require_next_release(publications, publication);
  require_only_announcement(publications.list_publications(exam), publication, change.at);
  require_unchanged(publications, publication);
  return save_publication_step(publications, publication, next, "publication.approve", change);
}

}  // namespace hanjari::services

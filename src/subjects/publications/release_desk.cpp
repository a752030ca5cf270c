#include "hanjari/publications/release_desk.h"

#include <exception>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"

namespace hanjari::services {

// Of one version: the first share until the second comes, then the key.
struct ReleaseDesk::Held {
  ExamCode exam;
  std::int64_t number = 0;
  std::string hold;  // the word by which the state names this hold: another run, or a refused step, has another one
  std::string first_share;
  std::optional<embargo::ReleaseKey> key;
  Held() = default;
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { embargo::wipe(first_share); }
};

namespace {

std::string sealed_share_of(PublicationRepository& publications, const Publication& publication,
                            const std::string& officer) {
  for (KeptShare& share : publications.list_shares(publication)) {
    if (share.officer == officer) return std::move(share.sealed);
  }
  throw NotAllowed("no_share", {"You were given no share of the key of this version.",
                                "이 판의 키 조각을 받은 담당자가 아닙니다."});
}

embargo::OfficerKey own_key_of(PublicationRepository& publications, const std::string& officer) {
  const auto key = publications.find_officer_key(officer);
  if (key) return key->key;
  throw NotAllowed("no_share", {"You have no release key.", "발표 키가 없습니다."});
}

}  // namespace

ReleaseDesk::ReleaseDesk(PublicationRepository& publications, ResultRepository& results, const Clock& clock)
    : publications_(publications), results_(results), clock_(clock) {}
ReleaseDesk::~ReleaseDesk() = default;

void ReleaseDesk::require_clocks() const {
  const auto apart = publications_.database_now() - clock_.now();
  if (apart <= clocks_agree_within && -apart <= clocks_agree_within) return;
  throw Unavailable(
      "clocks_disagree",
      {fmt::format("The clocks of database and program differ by more than {} second. Nothing is released; set the clocks.",
                   clocks_agree_within.count()),
       fmt::format("데이터베이스와 프로그램의 시계가 {}초 넘게 다릅니다. 발표하지 않았으니 시계를 맞추십시오.",
                   clocks_agree_within.count())});
}

Publication ReleaseDesk::arm(const ExamCode& exam, std::int64_t number, const std::string& passphrase,
                             const std::string& seen_digest, bool second_factor, const Change& change,
                             const std::string& seen_basis) {
  // One officer after the other: of two at the same moment the later one finds the share of the earlier and makes the key whole,
  // instead of taking its place.
  const std::lock_guard arming(arming_mutex_);
  Publication publication = find_publication(publications_, exam, number);
  const std::string hold = hold_of(publication.id);
  const std::string basis = basis_of(publications_, publication);
  const bool confirms = must_be_confirmed(publication.state, basis);
  const ReleaseState next =
      arm_release(publication.state, {change.author, seen_digest, change.at, second_factor, seen_basis}, hold, basis);
  require_clocks();
  require_next_release(publications_, publication);
  require_awaited(publications_.list_publications(exam), publication);
  // Whoever confirms a version on hold knows what was decided since; so did both officers whose key died with its program.
  if (!confirms && !gave_shares_on(publication.state, basis)) require_decision_stands(publications_, results_, publication);
  // Two officers may know of a newer decision. They cannot make final results of written ones that people were told otherwise.
  require_written_results_stand(publications_, results_, publication);
  require_unchanged(publications_, publication);
  std::string share = embargo::open_sealed_for(own_key_of(publications_, change.author), passphrase,
                                               sealed_share_of(publications_, publication, change.author));
  // In memory before the database says so: what the database then refuses is forgotten, and a new hold begins.
  keep_share(publication, hold, std::move(share), next.step == ReleaseStep::armed);
  try {
    publications_.save_step(publication, next, "publication.arm", change);
  } catch (...) {
    forget(publication.id);
    throw;
  }
  publication.state = next;
  return publication;
}

std::string ReleaseDesk::hold_of(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(id);
  return found == held_.end() ? draw_token() : found->second->hold;
}

void ReleaseDesk::keep_share(const Publication& publication, const std::string& hold, std::string share, bool second) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(publication.id);
  if (!second) {
    auto held = std::make_unique<Held>();
    held->exam = publication.exam;
    held->number = publication.number;
    held->hold = hold;
    held->first_share = std::move(share);
    held_[publication.id] = std::move(held);
    return;
  }
  if (found == held_.end() || found->second->hold != hold || found->second->first_share.empty()) {
    embargo::wipe(share);
    throw Conflict("wrong_release_step", {"The first share is not held any more. Give both again.",
                                          "첫 번째 조각이 남아 있지 않습니다. 두 조각을 다시 내십시오."});
  }
  Held& held = *found->second;
  try {
    held.key.emplace(embargo::join_shares(held.first_share, share, publication.commitment));
  } catch (...) {
    embargo::wipe(share);
    throw;
  }
  embargo::wipe(share);
  embargo::wipe(held.first_share);
}

Publication ReleaseDesk::withdraw(const ExamCode& exam, std::int64_t number, const std::string& seen_digest,
                                  const Change& change) {
  Publication publication = find_publication(publications_, exam, number);
  const ReleaseState next = withdraw_release(publication.state, {change.author, seen_digest, change.at, false});
  publications_.save_step(publication, next, "publication.withdraw", change);
  forget(publication.id);
  publication.state = next;
  return publication;
}

void ReleaseDesk::forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  held_.erase(id);
}

bool ReleaseDesk::holds_key_of(const Publication& publication) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(publication.id);
  return found != held_.end() && found->second->key && found->second->hold == publication.state.held_by;
}

void ReleaseDesk::look() {
  std::vector<std::string> ids;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, held] : held_) ids.push_back(id);
  }
  std::exception_ptr first;
  for (const std::string& id : ids) {
    // Whatever is wrong with one version, a row of its exam that cannot be read too: the others have minutes of their own.
    try {
      release_due(id);
    } catch (...) {
      if (!first) first = std::current_exception();
    }
  }
  if (first) std::rethrow_exception(first);
}

void ReleaseDesk::put_on_hold(const Publication& publication) {
  const Instant at = clock_.now();
  publications_.save_step(publication, hold_release(publication.state, at), "publication.hold",
                          {publication.state.armed_second, "", at, "program"});
  forget(publication.id);
}

void ReleaseDesk::release_due(const std::string& id) {
  ExamCode exam;
  std::int64_t number = 0;
  std::string hold;
  bool whole = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(id);
    if (found == held_.end()) return;
    whole = found->second->key.has_value();
    exam = found->second->exam;
    number = found->second->number;
    hold = found->second->hold;
  }
  const Publication publication = find_publication(publications_, exam, number);
  const ReleaseState& state = publication.state;
  const bool over = state.step != ReleaseStep::approved && state.step != ReleaseStep::armed;
  // A whole key whose hold the state does not name is held for nothing; of a hold that is being given its first share the
  // state may not know yet.
  if (over || (whole && state.held_by != hold)) return forget(id);
  if (state.step != ReleaseStep::armed) return;
  // Looked at again and again and not at the minute only, so that officers have the time that is left.
  if (basis_of(publications_, publication) != state.basis) return put_on_hold(publication);
  if (clock_.now() < state.release_at) return;
  require_clocks();
  const Instant at = clock_.now();
  const ReleaseState next = publish_release(state, at, hold);
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(id);
    if (found == held_.end() || !found->second->key) return;
    // Whoever withdraws at this moment changes the state before or after; the compare-and-set tells which.
    publications_.release(publication, next, found->second->key->bytes(), {state.armed_second, "", at, "program"});
  }
  forget(id);
}

}  // namespace hanjari::services

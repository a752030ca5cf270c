// Where shares become the key: in the memory of the office's program, for the last minutes, and nowhere else.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/embargo/release_key.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

class ReleaseDesk {
 public:
  ReleaseDesk(PublicationRepository& publications, ResultRepository& results, const Clock& clock);
  ~ReleaseDesk();
  ReleaseDesk(const ReleaseDesk&) = delete;
  ReleaseDesk& operator=(const ReleaseDesk&) = delete;

  // Opens the officer's own share with the passphrase and keeps it; with the second one the key. Throws NotFound
  // (unknown_publication), NotAllowed (no_share: the officer was given none; wrong_passphrase), Conflict (wrong_share,
  // publication_changed, other_release, other_announced, decision_overtaken), Unavailable (clocks_disagree, memory_not_locked), and as
  // arm_release. `change.author` is the officer. `seen_basis`: with which the officer confirms a version on hold.
  Publication arm(const ExamCode& exam, std::int64_t number, const std::string& passphrase, const std::string& seen_digest,
                  bool second_factor, const Change& change, const std::string& seen_basis = "");
  // Until the last second; whatever is held of its key is wiped. Throws as withdraw_release.
  Publication withdraw(const ExamCode& exam, std::int64_t number, const std::string& seen_digest, const Change& change);
  // Releases what is due and wipes what is held for nothing, and the keys of versions after whose shares something was decided or
  // changed: those are put on hold. To be called again and again. A refusal of one version holds up no other: the first one is thrown
  // when all were tried.
  void look();
  // Whether this run of the program holds the whole key.
  bool holds_key_of(const Publication& publication) const;

 private:
  struct Held;
  // The word of what is held of this version; a fresh one when nothing is.
  std::string hold_of(const std::string& id) const;
  void keep_share(const Publication& publication, const std::string& hold, std::string share, bool second);
  void release_due(const std::string& id);
  void put_on_hold(const Publication& publication);
  void forget(const std::string& id);
  void require_clocks() const;

  PublicationRepository& publications_;
  ResultRepository& results_;
  const Clock& clock_;
  std::mutex arming_mutex_;  // taken before the other one
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Held>> held_;  // by id of the publication
};

}  // namespace hanjari::services

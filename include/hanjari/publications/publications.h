// Versions of what is published of a decision. Each is made once, sealed, and then taken through its steps or withdrawn; a
// change of anything that will be shown is a new version.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/domain/exam.h"
#include "hanjari/embargo/officer_key.h"
#include "hanjari/proof/record.h"
#include "hanjari/publications/release_steps.h"
#include "hanjari/results/results.h"

namespace hanjari::services {

// What officers order.
struct PublicationOrder {
  std::int64_t decision = 0;  // its version in the exam; of the final stage that of the final decision
  Instant release_at{};       // a whole minute
  Text next_passed;
  Text next_others;
  Text objection;
  Text reason;              // of a correction or withdrawal; both empty for the first version
  bool withdrawal = false;  // takes back what was released: nobody is shown a result any more
  std::vector<std::string> share_holders;  // three accounts whose release keys receive the shares
  // Days that people can take into their calendar, ISO 8601; empty where there is none.
  std::string passed_until{};     // by when those who passed do what comes next
  std::string others_until{};     // the same for everybody else
  std::string objection_until{};  // the last day to object
  // The newest decision when it was ordered, where that was a later one than its own: who orders an earlier one does it knowingly.
  // Set by order_publication.
  std::int64_t knows = 0;
  // Each stage has versions of its own, from 1, and every one of them the same steps.
  proof::Stage stage = proof::Stage::written;
  Text next_called{};  // final stage: what those do next who are called up for an interview; empty where nobody is
  // Of the final stage, set by order_publication: the written decision that the final one was made on, and who made the final one.
  std::int64_t written = 0;
  std::string decided_by{};

  bool operator==(const PublicationOrder&) const = default;
};
// One form with one digest: JSON with sorted keys.
std::string write_order(const PublicationOrder& order);
// Throws std::logic_error for anything that write_order does not write.
PublicationOrder read_order(const std::string& text);

struct Publication {
  std::string id;  // nobody guesses it
  ExamCode exam;
  std::int64_t number = 0;   // in the exam, from 1: also of those that never were released
  std::int64_t version = 0;  // of the release that it would be, from 1
  PublicationOrder order;
  std::string decision_sha256;
  std::string replaces;  // root of the release before; empty for the first
  std::string root;      // 64 hexadecimal digits; empty until sealed
  std::int64_t people = 0;
  std::int64_t record_bytes = 0;  // of every sealed record
  std::string public_secret;      // 32 raw bytes: opens what is public, together with the released key
  std::string commitment;         // of the release key
  ReleaseState state;
  std::string released_key;  // 32 raw bytes once released; empty before
  std::optional<Instant> released_at{};
};

// One person's sealed record with the secret that only the person is given.
struct SealedResult {
  std::string number;
  std::string secret;  // 32 raw bytes
  std::string record;  // nonce, ciphertext, tag
};

// What there is of an exam's decisions, marks and special cases; for the final stage also of what it alone hangs on. Each is told by
// numbers alone, so that it can be compared without opening anything of a person.
struct ReleaseBasis {
  std::int64_t decision = 0;  // version of the newest
  std::int64_t results = 0;   // version of the newest result package
  std::string cases;          // SHA-256 of the numbers of the special cases that count; empty: none
  std::int64_t finals = 0;    // version of the newest final decision
  std::int64_t released = 0;  // version of the newest release of written results, withdrawals included

  bool operator==(const ReleaseBasis&) const = default;
};
// decision/results/cases, and behind it /finals/released where there is either
std::string write_basis(const ReleaseBasis& basis);
// Throws std::logic_error for anything that write_basis does not write.
ReleaseBasis read_basis(const std::string& text);

struct KeptShare {
  std::string officer;
  std::string sealed;
};

struct OfficerReleaseKey {
  std::string officer;
  embargo::OfficerKey key;
  Instant made_at{};
};

// How far people travel by group, as it was published with the seats of a plan; see hanjari/fairness/figures.h.
struct FairnessReport {
  ExamCode exam;
  std::int64_t version = 0;  // from 1, in the exam
  std::string plan_digest;
  std::string input_sha256;  // of the plan's population
  std::string csv;
  std::string author;
  Instant at{};
};

// Parts of a version beside the records. All are sealed with the exam's key; `public` is under the release key besides, `summary`
// under the office's.
namespace publication_parts {
inline constexpr const char* public_bundle = "public";  // what everybody sees: list, notice, message, package
inline constexpr const char* summary = "summary";       // JSON for officers: numbers per unit, differences, sample of pages
}  // namespace publication_parts

struct Objection;

class PublicationRepository {
 public:
  virtual ~PublicationRepository() = default;
  // Keeps a version in the step rendering under the next number of its exam, with its audit entry. Throws NotFound
  // (exam_not_found), Conflict (exam_destroyed).
  virtual Publication add_publication(const Publication& publication, const Change& change) = 0;
  // Newest first.
  virtual std::vector<Publication> list_publications(const ExamCode& exam) = 0;
  // One program begins to seal the version, under the commitment of its key: whatever an earlier one writes after this is
  // refused, so that a program which was taken for dead spoils nothing. Throws Conflict (release_step_changed) once the version
  // is sealed. add_results, add_part, clear_results and finish_sealing throw it too, when another program has begun since.
  virtual void begin_sealing(const Publication& publication) = 0;
  // Everything that a job which died has left of this version goes.
  virtual void clear_results(const Publication& publication) = 0;
  virtual void add_results(const Publication& publication, const std::vector<SealedResult>& results) = 0;
  virtual void add_part(const Publication& publication, const std::string& name, std::string_view content) = 0;
  // Nothing for a number that is not in it.
  virtual std::optional<SealedResult> find_result(const Publication& publication, const std::string& number) = 0;
  // The results of these numbers that are there, in any order: for reading many with few questions.
  virtual std::vector<SealedResult> find_results(const Publication& publication,
                                                 const std::vector<std::string>& numbers) = 0;
  // Puts numbers into the order in which their results lie: who adds and reads many in this order goes through the table once.
  virtual void sort_as_kept(const Publication& publication, std::vector<std::string>& numbers) = 0;
  // SHA-256 over the records as they are kept, in the order of their places, and over the public part.
  virtual std::string digest_results(const Publication& publication) = 0;
  // Ends the rendering: the version is sealed, with its shares, in one transaction, and only with a record of everybody.
  // Compare-and-set as save_step.
  virtual void finish_sealing(const Publication& sealed, const std::vector<KeptShare>& shares,
                              const Change& change) = 0;
  // The version failed its check: whatever was kept of it goes, and its step says so. Nothing when it is another program's by
  // now, or sealed.
  virtual void fail_publication(const Publication& publication, const Change& change) = 0;
  // Throws NotFound (results_destroyed).
  virtual std::string load_part(const Publication& publication, const std::string& name) = 0;
  virtual std::vector<KeptShare> list_shares(const Publication& publication) = 0;

  // Compare-and-set: throws Conflict (release_step_changed) unless `next.changes - 1` and the digest still stand. Of two versions
  // that are approved at the same moment the later one is refused (other_announced), and so is the share of one that nobody waits
  // for any more.
  virtual void save_step(const Publication& publication, const ReleaseState& next, const std::string& action,
                         const Change& change) = 0;
  // The same for the release: the key becomes public in this one statement. Throws Conflict (release_step_changed; other_release when
  // another version was released since this one was made; release_on_hold when there is another basis than its shares were given on).
  virtual void release(const Publication& publication, const ReleaseState& next, std::string_view key,
                       const Change& change) = 0;
  // What there is now.
  virtual ReleaseBasis find_basis(const ExamCode& exam) = 0;
  // The clock of the database.
  virtual Instant database_now() = 0;

  virtual std::optional<OfficerReleaseKey> find_officer_key(const std::string& officer) = 0;
  virtual std::vector<OfficerReleaseKey> list_officer_keys() = 0;
  // In place of an earlier one; shares that were sealed for that open no more.
  virtual void save_officer_key(const OfficerReleaseKey& key, const Change& change) = 0;

  // Keeps a report under the version that it names, the next one; gives the one of this very plan that is there already. Throws
  // Conflict (fairness_changed) when another was published meanwhile, NotFound (exam_not_found), Conflict (exam_destroyed).
  virtual FairnessReport add_fairness_report(const FairnessReport& made, const Change& change) = 0;
  // Newest first.
  virtual std::vector<FairnessReport> list_fairness_reports(const ExamCode& exam) = 0;

  // Keeps an objection under the next number of its exam, with its audit entry. Throws Conflict (objection_waits) while one of this
  // number and stage has no answer, NotFound (exam_not_found), Conflict (exam_destroyed).
  virtual Objection add_objection(const Objection& sent, const Change& change) = 0;
  // Newest first; those of one applicant number alone where it is named.
  virtual std::vector<Objection> list_objections(const ExamCode& exam, const std::optional<std::string>& number) = 0;
  // Compare-and-set: throws Conflict (objection_answered) unless it still waits.
  virtual void answer_objection(const Objection& answered, const Change& change) = 0;
};

// Of these the written stage knows nothing: no final decision stops it.
ReleaseBasis basis_of_stage(ReleaseBasis there, proof::Stage stage);

// Throws NotFound (unknown_publication).
Publication find_publication(PublicationRepository&, const ExamCode& exam, std::int64_t number);
// The newest release of the stage, withdrawals included; nothing before there is one.
std::optional<Publication> find_released(PublicationRepository&, const ExamCode& exam, proof::Stage stage = proof::Stage::written);
// A release by its version, also one that gave way to a correction; the newest without a version. Throws NotFound (no_release).
Publication find_release(PublicationRepository&, const ExamCode& exam, std::optional<std::int64_t> version,
                         proof::Stage stage = proof::Stage::written);
// What applicants wait for: of the versions that can follow the newest release of the stage the armed one, else the newest that a
// second officer approved.
std::optional<Publication> find_awaited(PublicationRepository&, const ExamCode& exam, proof::Stage stage = proof::Stage::written);
// The same among `there`, the publications of an exam, newest first.
std::optional<Publication> find_awaited(std::vector<Publication> there, proof::Stage stage = proof::Stage::written);

// A fresh pair of keys for the officer, its private half under the passphrase.
void make_own_release_key(PublicationRepository&, const std::string& passphrase, const Change& change);

// The steps that need no key. `second_factor`: the code was asked for with this very step, and was right. They read the kept
// set again and throw Conflict (publication_changed) when a byte of it is another one; see release_steps.h for the others.
Publication propose_publication(PublicationRepository&, const ExamCode& exam, std::int64_t number,
                                const std::string& seen_digest, const Change& change);
// Besides, nobody approves what shows the own decision, written or final (same_officer), beside another that applicants wait for
// (other_announced), or what a newer decision or a special case has overtaken (decision_overtaken).
Publication approve_publication(PublicationRepository&, ResultRepository&, const ExamCode& exam, std::int64_t number,
                                const std::string& seen_digest, bool second_factor, const Change& change);

// The digest that the steps are bound to: the order, the decision, the release it follows, the root, and the set as kept.
std::string digest_publication(const Publication& publication, const std::string& kept_digest,
                               const std::string& templates_digest);
// The digest of the templates of its stage.
std::string digest_own_templates(proof::Stage stage);
// Throws Conflict (other_release) when another version was released since this one was ordered.
void require_next_release(PublicationRepository&, const Publication& publication);
[[noreturn]] void throw_other_release();
// Applicants are told one minute. Throws Conflict (other_announced) while another of `there`, the publications of the exam, would
// be the same release and is armed, or approved for a minute after `now`.
void require_only_announcement(const std::vector<Publication>& there, const Publication& publication, Instant now);
// Only what applicants wait for is armed: one whose minute passed unarmed gives way to a newer one that was announced since.
// Throws Conflict (other_announced) when people wait for another of `there`, the publications of the exam, newest first.
void require_awaited(const std::vector<Publication>& there, const Publication& publication);
// Throws Conflict (decision_overtaken) when these results were decided anew since the version was ordered: by a decision on other
// results, or with other special cases while those of its own decision are not the ones that count. A case alone does not stop what
// people wait for.
void require_newest_decision(ResultRepository&, const Publication& publication);
// The version of that newer decision; nothing while there is none, of a version that takes a release back, and in the final stage.
std::optional<std::int64_t> find_newer_decision(ResultRepository&, const Publication& publication);
// The same of final decisions; nothing in the written stage.
std::optional<std::int64_t> find_newer_final(PublicationRepository&, const Publication& publication);
// A version of the final stage hangs on what people were told of the written one: throws Conflict (decision_overtaken) once that is
// another decision, or was taken back. Nothing to say of a written version, and of one that takes a release back.
void require_written_results_stand(PublicationRepository&, ResultRepository&, const Publication& publication);
// Whichever its stage asks for: that nothing was decided anew, and that the written results stand.
void require_decision_stands(PublicationRepository&, ResultRepository&, const Publication& publication);
// The written decision behind it.
std::int64_t written_decision_of(const PublicationOrder& order);
// On what shares of this version are given now; empty for one that takes a release back, which nothing new stops.
std::string basis_of(PublicationRepository&, const Publication& publication);
// Throws Conflict (release_on_hold) unless `there`, what there is of its exam, is what the shares were given on.
void require_basis(const Publication& publication, const ReleaseBasis& there);
// Throws Conflict (publication_changed) unless what is kept still has the digest of its steps.
void require_unchanged(PublicationRepository&, const Publication& publication);

}  // namespace hanjari::services

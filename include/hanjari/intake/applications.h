// Applications and their drafts in the database.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/application.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// A form being filled in. One per account and exam; `version` counts its saves, so that two devices cannot overwrite
// each other unseen.
struct Draft {
  std::string id;  // random; the idempotency key of a form's submission is drawn apart and lives with the form
  std::string account;
  ExamCode exam;
  std::int64_t version = 1;
  ApplicationForm form;
  ApplicationId edits;             // the application that is being edited; empty for a new one
  std::int64_t edits_version = 0;  // its version when the editing began
  std::string submission_key;      // drawn when the draft was made: the page's hidden idempotency key
  Instant saved_at{};
};

// A submission that is ready to be stored: judged, signed, only the commit is missing.
struct Submission {
  std::string key;  // Idempotency-Key: 16 to 64 letters, digits, - or _
  Draft draft;      // as it was judged; refused when it was saved again meanwhile
  ApplicationId application;
  Date exam_on;  // of the unit's calendar: one application per person and day
  Won fee = 0;
  std::string receipt;
  // The applicant has proven that the number is theirs, in a way that the account remembers.
  bool proven = false;
  Instant received_at{};
  Instant accept_until{};  // not stored after this (closing plus what may be in flight)
  std::vector<Message> messages;
  DistrictCode district{};  // of the form's area; empty: outside of the city
  // In place of `messages` where nothing is due and the application waits all the same (StoredSubmission::waits): whether
  // another one counts for the number is known only in the transaction.
  std::vector<Message> messages_of_waiting{};
};

// How a submission ended. Everything but `stored` and `stored_before` changed nothing.
enum class SubmissionOutcome {
  stored,
  stored_before,        // this key was stored already: the receipt is the first one's
  draft_changed,        // saved again after the person read it
  one_per_day,          // the account has applied with this number for an exam of this day
  claim_held,           // the edit would give what counts another number, or a day on which another one counts for it
  application_changed,  // the edited application is not as it was any more
  too_late              // the commit came after accept_until
};

struct StoredSubmission {
  SubmissionOutcome outcome = SubmissionOutcome::stored;
  ApplicationId application;
  std::string account;
  std::string receipt;
  // Stored, but it does not count although nothing is due: another application counts for the number. An officer or a
  // proof of identity decides.
  bool waits = false;
};

// An application that names the same number for the same day as another one.
struct Claimant {
  ApplicationId id;
  ExamCode exam;
  ApplicationState state = ApplicationState::submitted;
  bool proven = false;
  Won fee = 0;
  Instant submitted_at{};
};

// What somebody is told whose application ended because another applicant has proven that the number is theirs, or has
// paid where nothing had been paid.
Message yielded_message(const Application& ended);
// What somebody is told whose application lapsed at closing: unpaid, or without the proof of identity it waited for.
Message lapsed_message(const Application& lapsed);

// An application as lists and exports need it, by pages.
struct ApplicationPage {
  std::vector<Application> applications;  // by id
  ApplicationId last;                     // ask on from here; empty: that was all
};

// Forms that were begun, by pages.
struct DraftPage {
  std::vector<Draft> drafts;  // by id; those that do not open are left out
  std::string last;           // ask on from here; empty: that was all
};

class ApplicationRepository {
 public:
  virtual ~ApplicationRepository() = default;

  virtual std::optional<Draft> find_draft(const std::string& account, const ExamCode& exam) = 0;
  // Also one whose form does not open, without it: its owner can give it up and begin anew.
  virtual std::optional<Draft> find_draft_as_listed(const std::string& account, const ExamCode& exam) = 0;
  // draft.version 0: a new one, unless there is one already, which is then given. Else compare-and-set on
  // draft.version: throws Conflict (draft_changed). Gives the draft as stored.
  virtual Draft save_draft(const Draft& draft, Instant now) = 0;
  // With the photos and documents of its account and exam that no application names. Compare-and-set on draft.version:
  // throws Conflict (draft_changed). One that is gone already is none.
  virtual void remove_draft(const Draft& draft) = 0;
  virtual DraftPage list_drafts(const ExamCode& exam, const std::string& after, int most) = 0;

  // All in one transaction and one durable commit; an outcome each, in their order. Throws Unavailable when nothing is
  // known to be stored; an unheard commit is looked up by its keys first.
  virtual std::vector<StoredSubmission> save_submissions(std::span<const Submission> submissions,
                                                         const std::function<Instant()>& now) = 0;
  virtual std::optional<StoredSubmission> find_submission(const ExamCode& exam, const std::string& key) = 0;

  // One that is looked for must be legible: throws NotFound (personal_data_destroyed) or Unavailable
  // (personal_data_damaged). Lists hold those that are not, so that one row concerns its owner only.
  virtual std::optional<Application> find_application(const ApplicationId& id) = 0;
  // As lists have it: for work that must end for everybody, such as settling money and closing, whatever one row says.
  virtual std::optional<Application> find_as_listed(const ApplicationId& id) = 0;
  // The newest of this account in the exam, as lists have it: one that does not open and is over keeps nobody from applying anew.
  virtual std::optional<Application> find_application(const std::string& account, const ExamCode& exam) = 0;
  // Newest first.
  virtual std::vector<Application> list_applications(const std::string& account) = 0;
  virtual ApplicationPage list_applications(const ExamCode& exam, std::optional<ApplicationState> state,
                                            const ApplicationId& after, int most) = 0;
  virtual std::vector<ApplicationEvent> list_events(const ApplicationId& id) = 0;
  // Of the newest submission.
  virtual std::string load_receipt(const ApplicationId& id) = 0;

  // Compare-and-set from `application.version` and state to withdrawn; a paid fee goes to refunding if `refunds`, an
  // order that was begun is given up. `require_in_time` is asked last before every commit, because a database that is away for
  // a while may store it much later than it was asked to; nothing is changed when it throws. Throws Conflict (application_changed).
  enum class Refunds { no, yes };
  virtual void withdraw(const Application& application, Refunds refunds, const std::vector<Message>& messages,
                        const Change& change, const std::function<void()>& require_in_time = {}) = 0;
  // Throws Conflict (application_changed).
  virtual void decide_accommodation(const Application& application, const AccommodationDecision& decision,
                                    const std::vector<Message>& messages, const Change& change) = 0;
  // The applicant has shown that the number is theirs: the claim is proven, what others typed yields, and an
  // application without a fee counts. Throws Conflict (application_changed; claim_proven: somebody else has proven the
  // same number).
  virtual void prove_claim(const Application& application, const Change& change) = 0;
  // As withdraw, by an officer: the number is free again.
  virtual void release_claim(const Application& application, const std::vector<Message>& messages,
                             const Change& change) = 0;
  // Everybody who names the number of the application for its day, itself too, by id. Empty when it is over.
  virtual std::vector<Claimant> list_claimants(const ApplicationId& id) = 0;
  // Unpaid applications of units whose calendar closed: submitted -> lapsed, with their events, in portions. One whose
  // payment is undecided stays. `units`: of the closed calendars. `notice_version`: of the notice that they were read
  // from; every portion throws Conflict (recruitment_changed) unless that is the stored one. `progress` is told of
  // portions that are stored, and may break the work off between them.
  struct Lapsed {
    std::int64_t lapsed = 0;
    std::int64_t undecided = 0;  // stayed
  };
  virtual Lapsed lapse_unpaid(const ExamCode& exam, const std::vector<UnitCode>& units, const Change& change,
                              std::optional<std::int64_t> notice_version = std::nullopt,
                              Progress& progress = no_progress()) = 0;
};

}  // namespace hanjari::services

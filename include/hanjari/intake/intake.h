// The use cases of applying: what applicants and officers do from the notice to the frozen list of applicants.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/attachments.h"
#include "hanjari/intake/payments.h"
#include "hanjari/intake/receipts.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/self_reports.h"
#include "hanjari/intake/test_provider.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// Makes the hash by which a person is recognised; the number itself is forgotten. 32 hex digits.
class IdentityHash {
 public:
  virtual ~IdentityHash() = default;
  virtual std::string hash_identity(std::string_view number) const = 0;
};

// What a resident registration number says: NNNNNN-NNNNNNN. Nothing when it has another form or names no day.
struct ResidentNumber {
  Date birth_on;
  Sex sex = Sex::female;
  std::string digits;  // 13
};
std::optional<ResidentNumber> parse_resident_number(std::string_view text);

class SubmissionQueue;

// Requests that were complete before closing are stored until this much later; until then nothing lapses and nothing is
// counted for good.
constexpr std::chrono::seconds in_flight_grace{60};

struct Intake {
  RecruitmentRepository& recruitments;
  ApplicationRepository& applications;
  AttachmentRepository& attachments;
  PaymentRepository& payments;
  SelfReportRepository& self_reports;
  MessageOutbox& outbox;
  ExamRepository& exams;
  PlanRepository& plans;
  AccessRecord& accesses;
  PaymentProvider& provider;
  const ReceiptSigner& signer;
  const IdentityHash& identity;
  SubmissionQueue& queue;
  const Clock& clock;
};

// The applicant who asks, as signed in.
struct Applicant {
  std::string account;
  Language language = Language::korean;
  std::string source{};   // network address, for the record
  std::string request{};  // id of the HTTP request
};

// --- Filling in -------------------------------------------------------------------------------------------------

// The draft of the person, made when there is none. While the person has a submitted application in the exam that is
// not over, the draft edits it. Throws Conflict (not_open) outside the window of every calendar.
Draft open_draft(Intake&, const Applicant&, const ExamCode&);
// Nothing when none was begun.
std::optional<Draft> find_draft(Intake&, const Applicant&, const ExamCode&);
// Saves a step; nothing is judged, so that a half-filled form can be kept. Gives the draft with its new version. Throws
// Conflict (draft_changed: saved from another device meanwhile; not_open), InvalidInput (value_too_long).
Draft save_draft(Intake&, const Applicant&, const ExamCode&, std::int64_t version, const ApplicationForm& form);
// Gives up what was begun: the form of `version` is forgotten; an application that it changes counts as it was
// submitted. One that is gone already is no fault. Throws Conflict (draft_changed).
void discard_draft(Intake&, const Applicant&, const ExamCode&, std::int64_t version);
// The faults that stand against submitting, all at once, in the order of the form.
std::vector<FieldFault> review_draft(Intake&, const Draft& draft);
// Sets birth date, sex and identity hash of the form from a resident number. Throws InvalidInput (bad_resident_number).
void identify(Intake&, ApplicationForm& form, std::string_view resident_number);

// --- Submitting -------------------------------------------------------------------------------------------------

struct Submitted {
  Application application;
  std::string receipt;
  bool again = false;  // this key was answered before; the same receipt
};

struct SubmitRequest {
  std::string key;           // Idempotency-Key; the draft's submission_key from a form
  std::int64_t version = 0;  // of the draft that the person reviewed; 0: whatever stands there
  Instant received_at{};     // when the server had the whole request
  std::string ticket{};      // of an earlier try that had to wait in the queue
};

// Stores the draft as application, or the edit of one, and returns only after the commit. The same key gives the same
// application and receipt however often it comes. Throws InvalidInput (form_incomplete; details by review_draft),
// Conflict (not_open, draft_changed, one_per_day, claim_held, application_changed, key_of_another, no_draft), InQueue
// when too many submit at this moment, Unavailable (outcome_unknown, ...) when it may be sent again with the same key.
Submitted submit(Intake&, const Applicant&, const ExamCode&, const SubmitRequest&);

// A ticket, as below, for who is asked to send again for another reason.
std::string keep_moment(Intake&, const ExamCode&, const SubmitRequest&);

// Not taken yet because too many submit: the place in the queue is kept under the key, and so is the moment of the first
// attempt, which is what counts at closing.
class InQueue : public Unavailable {
 public:
  InQueue(std::int64_t place, std::chrono::seconds retry_after, Instant first_received);
  std::int64_t place() const { return place_; }  // from 1
  std::chrono::seconds retry_after() const { return retry_after_; }
  Instant first_received() const { return first_received_; }
  // Signed: who brings it with the next try has the moment of the first one, also from another program or after this
  // one was started again. Of this key only.
  const std::string& ticket() const { return ticket_; }
  void give_ticket(std::string ticket) { ticket_ = std::move(ticket); }

 private:
  std::int64_t place_;
  std::chrono::seconds retry_after_;
  Instant first_received_;
  std::string ticket_;
};

// --- Afterwards -------------------------------------------------------------------------------------------------

// The newest application in the exam; nothing when there is none.
std::optional<Application> find_own_application(Intake&, const Applicant&, const ExamCode&);
std::vector<Application> list_own_applications(Intake&, const Applicant&);
std::vector<ApplicationEvent> list_own_history(Intake&, const Applicant&, const ApplicationId&);
std::string load_own_receipt(Intake&, const Applicant&, const ApplicationId&);

// Until the cancellation deadline; a fee that was paid is given back. Throws Conflict (cancellation_over,
// application_changed, application_over).
Application withdraw(Intake&, const Applicant&, const ApplicationId&, const std::string& reason);

struct Checkout {
  Payment payment;
  std::string address;  // where to pay
};
// An order that was begun and can still be paid is given again. Throws Conflict (nothing_due, application_over,
// payment_over: the window is closed, too_many_orders), Unavailable
// (payments_off: no provider is set).
Checkout begin_payment(Intake&, const Applicant&, const ApplicationId&);
// What the provider sends; throws NotAllowed (bad_signature), NotFound (unknown_order), InvalidInput (amount_differs).
// Doing it twice is doing it once.
void accept_notification(Intake&, std::string_view body, std::string_view signature);
// The delayed notifications of the test provider whose time has come; returns how many were taken.
int deliver_late_notifications(Intake&, TestProvider&);
// Asks the provider about undecided payments whose turn it is, at most `most`, and closes those that have expired.
struct Reconciled {
  int asked = 0;
  int settled = 0;
};
Reconciled reconcile_payments(Intake&, int most);

// What happens next, and when; at least one step, in order.
struct NextStep {
  std::string code;  // stable: pay_fee, wait_closing, cancel_possible, wait_accommodation, wait_number, wait_venue,
                     // seat_known, self_report, exam_day, wait_results, over
  Text what;
  std::optional<Instant> until;  // the moment it happens or ends
};
std::vector<NextStep> list_next_steps(const StoredRecruitment&, const Application&,
                                      const std::optional<PlannedExam>& seat, Instant now);

// The person's place in the live plan; nothing before there is one.
std::optional<PlannedExam> find_own_seat(Intake&, const Applicant&, const ApplicationId&);

// Throws Conflict (self_report_over, report_waiting, application_over), InvalidInput (note_too_long).
SelfReport report_health(Intake&, const Applicant&, const ApplicationId&, HealthStatus, Date since,
                         const std::string& note);
std::vector<SelfReport> list_own_reports(Intake&, const Applicant&, const ApplicationId&);

// --- Officers ---------------------------------------------------------------------------------------------------

// All throw NotAllowed (role_not_allowed) unless the actor is an exam officer. `change`: author, reason and time for
// the record.
std::vector<Application> list_for_officer(Intake&, const Actor&, const ExamCode&, std::optional<ApplicationState>,
                                          const ApplicationId& after, int most);
// Creates or changes a notice, and its state; all as in recruitments.h.
RecruitmentState save_notice(Intake&, const Actor&, const Recruitment& notice, std::optional<RecruitmentState> first,
                             std::int64_t expected_version, const Change&);
void change_state(Intake&, const Actor&, const ExamCode&, RecruitmentState to, std::int64_t concerned, const Change&);
// `told`: the reason as the applicant reads it. Throws InvalidInput (unknown_item, reason_missing), Conflict
// (application_changed, application_over).
void decide_accommodation(Intake&, const Actor&, const ApplicationId&, const std::string& item, ItemDecision,
                          const std::string& told, const Change&);
std::vector<SelfReport> list_waiting_reports(Intake&, const Actor&, const ExamCode&);
// Messages that were given up, newest first; `before`: only older ones, 0 for the newest.
std::vector<FailedMessage> list_failed_messages(Intake&, const Actor&, std::int64_t before, int most);
// Decides; for isolation and reserve the person is given another seat by the re-planning engine, the new plan is
// stored, judged and made live, and the person told, in one step. Throws Conflict (report_decided, no_free_seat,
// no_live_plan, live_plan_changed).
SelfReport decide_report(Intake&, const Actor&, std::int64_t report, ReportDecision, const std::string& told,
                         const Change&, Progress&);

// Whose the resident number of an application is. Anybody can type one: an application that is only submitted keeps
// nobody from applying; one that was paid yields to one whose applicant has proven the number, and so does one that
// counts without a fee to one that was paid. The seam for proofs of identity: called when the applicant has shown that
// the number is theirs. Throws Conflict (claim_proven: somebody else has, too; application_over, application_changed).
void prove_claim(Intake&, const ApplicationId&, const Change&);
// Everybody who names the number of the application for its day; the reading is recorded.
std::vector<Claimant> list_claimants(Intake&, const Actor&, const ApplicationId&);
// Ends the application, so that its number is free; a fee goes back. `told`: the reason as the applicant reads it.
// Throws InvalidInput (reason_missing), Conflict (application_over, application_changed).
void release_claim(Intake&, const Actor&, const ApplicationId&, const std::string& told, const Change&);

struct Closing {
  std::int64_t lapsed = 0;         // by this call
  std::int64_t lapsed_in_all = 0;  // with those of earlier calls
  std::int64_t undecided = 0;  // not lapsed: the provider has not said how their payment ended; close again later
  std::int64_t submitted = 0;  // still waiting for payment: their calendar is open, or they are undecided
  std::int64_t paid = 0;
  std::int64_t withdrawn = 0;
  int still_open = 0;  // calendars whose window is not over yet
  bool closed = false;  // the recruitment itself
};
// Lapses what is unpaid in the calendars that closed at least in_flight_grace ago, after asking the provider about
// every payment of theirs that is undecided. When every calendar is closed and nothing is undecided the recruitment is
// closed. Every step is a transaction that compares with the notice as it was read, so that the whole may be broken off
// anywhere and repeated: nothing is done twice. Throws Conflict (recruitment_changed) when somebody changes the notice
// meanwhile, its calendars perhaps.
Closing close_applications(Intake&, const Actor&, const ExamCode&, const Change&, Progress&);

// The frozen list: everybody paid, as the people of exam packages with venues, rooms and policy of `venues`; one
// package for each exam day of the notice, by day, those without people left out. Throws Conflict (cancellation_open:
// before the last cancellation deadline; not_closed).
std::vector<Exam> export_applicants(Intake&, const Actor&, const ExamCode&, const Exam& venues, const Change&,
                                    Progress&);

}  // namespace hanjari::services

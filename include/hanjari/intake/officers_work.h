// What exam officers do with notices and applications. All throw NotAllowed (role_not_allowed) unless the actor is an
// exam officer. `change`: author, reason and time for the record.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/progress.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/paying.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/self_reports.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/intake/submitting.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/live_copies.h"

namespace hanjari::services {

class OfficersWork {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    MessageOutbox& outbox;
    AccessRecord& accesses;
    const Clock& clock;
  };
  explicit OfficersWork(const Needs& needs) : needs_(needs) {}

  // Notices in every state, by exam day; for auditors too.
  std::vector<std::shared_ptr<const StoredRecruitment>> list_all_notices(const Actor&);
  // Throws NotFound (unknown_recruitment).
  void require_notice(const Actor&, const ExamCode&);
  // Null when there is none.
  std::shared_ptr<const StoredRecruitment> find_notice(const Actor&, const ExamCode&);
  UnitCounts count_applications(const Actor&, const ExamCode&);
  // Applications that stand: whom it concerns when the notice is published or taken off the portal.
  std::int64_t count_concerned(const Actor&, const ExamCode&);
  // Throws Conflict (exam_destroyed): its notice can only be taken off the portal.
  void refuse_destroyed(const Actor&, const ExamCode&);
  // As in recruitments.h; what a notice says is saved by NoticeSetup.
  void change_state(const Actor&, const ExamCode&, RecruitmentState to, std::int64_t concerned, const Change&);

  std::vector<Application> list_for_officer(const Actor&, const ExamCode&, std::optional<ApplicationState>,
                                            const ApplicationId& after, int most);
  // `told`: the reason as the applicant reads it. Throws InvalidInput (unknown_item, reason_missing), Conflict
  // (application_changed, application_over).
  void decide_accommodation(const Actor&, const ApplicationId&, const std::string& item, ItemDecision,
                            const std::string& told, const Change&);
  // Messages that were given up, newest first; `before`: only older ones, 0 for the newest.
  std::vector<FailedMessage> list_failed_messages(const Actor&, std::int64_t before, int most);

 private:
  Needs needs_;
};

struct ReportWish {
  std::int64_t report = 0;
  ReportDecision decision = ReportDecision::asked;
  std::string told{};
};
// Either what was decided or why not.
struct ReportOutcome {
  std::int64_t report = 0;
  std::optional<SelfReport> decided{};
  std::string code{};  // of what decide_report threw; not_reached when the time for one request was over
  Text why{};
};
constexpr std::size_t most_report_wishes = 200;

// What a decision would do now: where the person sits, and where the decision would send them.
struct ReportPreview {
  std::int64_t report = 0;
  ApplicationId application{};  // empty where there is no such report
  std::string old_place{};      // VENUE/ROOM/SEAT_NO; empty where the decision moves nobody
  std::string new_place{};      // the same as old_place where the person keeps the seat
  std::string code{};           // of what decide_report would throw; empty: it can be done
  Text why{};
};

// Decisions on health reports.
class HealthDecisions {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    SelfReportRepository& self_reports;
    ExamRepository& exams;
    AccessRecord& accesses;
    const Clock& clock;
    // Of this program: decisions queue for their turn here.
    std::shared_ptr<LiveCopies> live_copies = std::make_shared<LiveCopies>();
  };
  explicit HealthDecisions(const Needs& needs) : needs_(needs) {}

  std::vector<SelfReport> list_waiting_reports(const Actor&, const ExamCode&);
  // What a list of decisions would do, one after the other on the live plan as it is now; nothing is stored but that the
  // reports were opened. Another decision meanwhile may take a seat that is named here. Throws InvalidInput
  // (bad_report_list) as decide_reports, Unavailable (live_plan_busy), NotFound (unknown_recruitment).
  std::vector<ReportPreview> preview_reports(const Actor&, const ExamCode&, const std::vector<ReportWish>& wishes);
  // Throws what a list is refused for before its first decision: NotAllowed, NotFound (unknown_recruitment),
  // InvalidInput (bad_report_list).
  void check_list(const Actor&, const ExamCode&, const std::vector<ReportWish>& wishes);
  // Whether the report was decided so by this account since then: work that is begun again after a crash finds what it
  // has done.
  bool was_decided(const Actor&, std::int64_t report, ReportDecision, Instant since);
  // Decides; for isolation and reserve the person is given another seat by the re-planning engine, the new plan is
  // judged and made live, and the person told, in one transaction that writes the moved people only. Decisions of
  // several officers and programs follow one another: each is made on what the one before has left. Throws Conflict
  // (report_decided: says by whom and how; no_free_seat, no_live_plan, not_in_plan), LivePlanChanged where other
  // programs were faster all the time, InvalidInput (no_decision), Unavailable (live_plan_busy).
  SelfReport decide_report(const Actor&, std::int64_t report, ReportDecision, const std::string& told, const Change&,
                           Progress&);
  // A list of decisions in its order, each in a transaction of its own as by decide_report: one that cannot be made
  // does not stop the others. Takes at most `within`, for a caller who waits; what is not reached is to be sent again.
  // Throws InvalidInput (bad_report_list) with every fault of the list (empty, too long, a report twice) before the
  // first.
  std::vector<ReportOutcome> decide_reports(const Actor&, const std::vector<ReportWish>& wishes, const Change&,
                                            Progress&, std::optional<std::chrono::seconds> within = std::nullopt);

 private:
  Needs needs_;
};

// Whose the resident number of an application is. Anybody can type one: an application that is only submitted keeps
// nobody from applying; one that was paid yields to one whose applicant has proven the number, and so does one that
// counts without a fee to one that was paid.
class Claims {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    AccessRecord& accesses;
    const Clock& clock;
  };
  explicit Claims(const Needs& needs) : needs_(needs) {}

  // The seam for proofs of identity: called when the applicant has shown that the number is theirs. Throws Conflict
  // (claim_proven: somebody else has, too; application_over, application_changed).
  void prove_claim(const ApplicationId&, const Change&);
  // Everybody who names the number of the application for its day; the reading is recorded.
  std::vector<Claimant> list_claimants(const Actor&, const ApplicationId&);
  // Ends the application, so that its number is free; a fee goes back. `told`: the reason as the applicant reads it.
  // Throws InvalidInput (reason_missing), Conflict (application_over, application_changed).
  void release_claim(const Actor&, const ApplicationId&, const std::string& told, const Change&);

 private:
  Needs needs_;
};

// What an officer is asked before closing.
struct ClosingQuestion {
  std::int64_t unpaid = 0;  // people whose applications lapse, unless the provider says that they have paid
  int over = 0;             // calendars that can be closed now
  int still_open = 0;       // those whose time is not over, with what may be in flight
};

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

class ApplicationCloser {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    Paying paying;
    const Clock& clock;
  };
  explicit ApplicationCloser(const Needs& needs) : needs_(needs) {}

  ClosingQuestion ask_closing(const Actor&, const ExamCode&);
  // Lapses what is unpaid in the calendars that closed at least in_flight_grace ago, after asking the provider about
  // every payment of theirs that is undecided. When every calendar is closed and nothing is undecided the recruitment
  // is closed. Every step is a transaction that compares with the notice as it was read, so that the whole may be
  // broken off anywhere and repeated: nothing is done twice. Throws Conflict (recruitment_changed) when somebody
  // changes the notice meanwhile, its calendars perhaps. `asked_at`: when it was asked for, if that is not now: what
  // closed only afterwards concerns people whom nobody was told of, and is left for another time.
  Closing close_applications(const Actor&, const ExamCode&, const Change&, Progress&,
                             std::optional<Instant> asked_at = std::nullopt);

 private:
  Needs needs_;
};

// A day of the exam whose people are not final yet, and why: not_closed or cancellation_open.
struct OpenDay {
  Date exam_on;
  std::string code;
  Text why;
};

class ApplicantExport {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    AccessRecord& accesses;
    SetupRepository& setups;
  };
  explicit ApplicantExport(const Needs& needs) : needs_(needs) {}

  // The frozen list: everybody paid, as the people of exam packages with venues and rooms of `venues`, and
  // with the policy that the set-up of the notice has saved, else that of `venues`; one
  // package for each exam day of the notice whose own calendars are over, by day, those without people left out. Throws
  // Conflict (cancellation_open: before the last cancellation deadline; not_closed) when no day is ready.
  std::vector<Exam> export_applicants(const Actor&, const ExamCode&, const Exam& venues, const Change&, Progress&);
  // The days that it leaves out at this moment, by day.
  std::vector<OpenDay> list_open_days(const Actor&, const ExamCode&, Instant now);

 private:
  Needs needs_;
};

}  // namespace hanjari::services

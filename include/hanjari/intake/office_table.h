// What exam officers do with the applications of a recruitment: look through them, open one person's, decide what waits,
// correct, count. Auditors may look through the table without personal columns, and at the figures. All throw NotAllowed
// (role_not_allowed) for everybody else, and NotFound for what is of another recruitment.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/progress.h"
#include "hanjari/intake/application_table.h"
#include "hanjari/intake/attachments.h"
#include "hanjari/intake/officers_work.h"
#include "hanjari/intake/receipts.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

// At most so many rows of the table are given at once.
constexpr int most_table_rows = 200;
// A decision for many concerns at most so many people: each is a transaction of its own, and somebody waits for the answer.
constexpr int most_decided_at_once = 500;

struct TableAnswer {
  std::shared_ptr<const StoredRecruitment> stored;
  TablePage page;
  TableCount count;
  std::int64_t unkeyed = 0;  // of the recruitment: filters miss them; at most 1,000 are counted
};

// Everything of one application.
struct PersonFile {
  std::shared_ptr<const StoredRecruitment> stored;
  Application application;
  std::vector<ApplicationEvent> events;
  std::vector<ToldMessage> messages;
  std::vector<Payment> payments;
  std::vector<Claimant> claimants;  // empty when nobody else names the number
};

// The next application whose accommodations wait, in the order of numbers.
struct WaitingPerson {
  std::optional<PersonFile> person{};
  TableCount waiting;
  // Of those up to this person, or of all where there is none, the ones that do not open: nobody can decide on them.
  std::vector<ApplicationId> unreadable{};
};

// Whom a decision for many concerns.
struct ManyConcerned {
  std::vector<ApplicationId> people;
  bool too_many = false;  // more than most_decided_at_once
  std::string digest;     // of the people: the decision is made for exactly these
  std::vector<ApplicationId> unreadable{};  // who wait for something and do not open; none of the people
};

struct ManyDecided {
  std::int64_t decided = 0;
  std::vector<ApplicationId> changed_meanwhile{};  // left as they are
};

// Cumulative applications an hour; hours are counted from the hour of closing, which is 0.
struct HourCurve {
  std::map<std::int64_t, std::int64_t> until;  // by hour: all that came before the end of it
  std::int64_t total = 0;
  std::int64_t at(std::int64_t hour) const;
};
HourCurve curve_of(const HourCounts& counts, Instant closes);

// What the total will be if the rest comes as it did last year: applications now, times last year's total, over last
// year's at the same hour before closing, rounded half up. `least` and `most`: the same with last year's hours a day
// earlier and a day later.
struct Forecast {
  std::int64_t people = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
};
// Nothing before the first whole hour of last year, and from closing on. `hour`: the last whole one, from closing.
std::optional<Forecast> forecast_total(const HourCurve& now, const HourCurve& before, std::int64_t hour);

struct FiguresOfExam {
  std::shared_ptr<const StoredRecruitment> stored;
  HourCurve curve;
  std::map<UnitCode, std::int64_t> units;
  std::map<DistrictCode, std::int64_t> districts;
  TraitCounts traits;
};

struct OfficeFigures {
  FiguresOfExam own;
  std::int64_t hour = 0;  // the last whole one, from closing; 0 once it is over
  bool over = false;
  // Another recruitment at the same hour before its closing; its curve and traits are whole.
  std::optional<FiguresOfExam> beside{};
  std::optional<Forecast> forecast{};
};

class OfficeTable {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    ApplicationTableRepository& table;
    AttachmentRepository& attachments;
    PaymentRepository& payments;
    OfficersWork officers;
    const ReceiptSigner& signer;
    AccessRecord& accesses;
    const Clock& clock;
  };
  explicit OfficeTable(const Needs& needs) : needs_(needs) {}

  // `personal`: whether the rows show anything of a person; that is for officers only and recorded of everybody shown.
  // Without it the forms are left out. Throws InvalidInput (bad_place).
  TableAnswer look_through(const Actor&, const TableWish& wish, bool personal);
  // What the table is filtered by for a whole name. Throws InvalidInput (name_missing).
  std::string key_of_name(const Actor&, const ExamCode&, const std::string& name);
  // One application of any recruitment by its number, which is looked for from outside of them; recorded. Nothing when
  // there is none, or when it was destroyed with its exam; one that does not open is found as lists have it.
  std::optional<Application> find_person(const Actor&, const ApplicationId&);
  // Recorded.
  PersonFile open_person(const Actor&, const ExamCode&, const ApplicationId&);
  // Throws NotFound (unknown_application) for one of another recruitment, also for one that does not open.
  void require_person_of(const Actor&, const ExamCode&, const ApplicationId&);
  // A photo or document that the application names; recorded.
  Attachment open_file(const Actor&, const ExamCode&, const ApplicationId&, const AttachmentId&);

  // `after`: the one that was shown before; behind the last one it begins again. Recorded.
  WaitingPerson next_waiting(const Actor&, const ExamCode&, const ApplicationId& after);
  // `told`: the question as the applicant reads it. Throws InvalidInput (unknown_item, question_missing), Conflict
  // (application_over, application_changed, item_decided).
  void ask_back(const Actor&, const ExamCode&, const ApplicationId&, std::int64_t version, const std::string& item,
                const std::string& told, const Change&);
  // Throws as OfficersWork::decide_accommodation, and Conflict (application_changed) for another version.
  void decide(const Actor&, const ExamCode&, const ApplicationId&, std::int64_t version, const std::string& item,
              ItemDecision, const std::string& told, const Change&);
  // Everybody who waits for a decision on the item, in one unit or in all. Reading who it is opens their forms: recorded.
  // Throws InvalidInput (unknown_item).
  ManyConcerned list_concerned(const Actor&, const ExamCode&, const std::string& item, const UnitCode& unit);
  // One decision each, for exactly the people of this digest. Throws Conflict (concern_unsaid) when they are others by
  // now, InvalidInput (reason_missing).
  ManyDecided decide_many(const Actor&, const ExamCode&, const std::string& item, const UnitCode& unit, ItemDecision,
                          const std::string& told, const std::string& digest, const Change&);

  // Of `form` count name, phone, e-mail, area, address, licence number and quota proof. The applicant is told in one
  // message with the reason `told` and the new receipt, which says that the office corrected. Throws InvalidInput
  // (reason_missing, nothing_changed), FormIncomplete, Conflict (application_over, application_changed).
  Application correct(const Actor&, const ExamCode&, const ApplicationId&, std::int64_t version,
                      const ApplicationForm& form, const std::string& told, const Change&);

  // Of money that the provider took back (is_taken_back). `told`: the reason as the applicant reads it. Throws InvalidInput
  // (reason_missing), Conflict (not_taken_back, application_changed).
  void decide_taken_back(const Actor&, const ExamCode&, const ApplicationId&, TakenBackDecision, const std::string& told,
                         const Change&);

  // Of the state paid only those that were taken back and wait for a decision.
  RefundPage list_refunds(const Actor&, const ExamCode&, PaymentState, const std::string& after, int most);

  // `beside`: another recruitment; empty: the last one whose applications closed before this one's opened.
  OfficeFigures count_figures(const Actor&, const ExamCode&, const ExamCode& beside);
  // Makes every keyed column anew, looks for persons who stand twice and counts what forms alone say. In portions that
  // may be broken off and repeated.
  struct Refreshed {
    std::int64_t applications = 0;
    std::int64_t suspected = 0;
  };
  Refreshed refresh(const ExamCode&, Progress&);
  // Recruitments with applications that filters miss, as an upgrade leaves them.
  std::vector<ExamCode> list_unkeyed();
  // For officers.
  void require_recruitment_of(const Actor&, const ExamCode&);

 private:
  std::shared_ptr<const StoredRecruitment> load_stored(const ExamCode&);
  Application load_of(const ExamCode&, const ApplicationId&);
  void record_unreadable(const Actor&, const ExamCode&, const std::vector<ApplicationId>& people);
  PersonFile gather(const Actor&, const std::shared_ptr<const StoredRecruitment>&, const ApplicationId&,
                    const char* action);
  FiguresOfExam figures_of(const std::shared_ptr<const StoredRecruitment>&, std::optional<Instant> before);
  Needs needs_;
};

// Orders `refresh` as a job; gives the one that waits or runs already.
Job order_application_keys(OfficeTable&, JobRepository&, const Actor&, const ExamCode&, const Change&);
// The same for whatever an upgrade left, ordered by the program when it starts.
void order_missing_keys(OfficeTable&, JobRepository&, const Change&);
JobWork application_keys_work(OfficeTable&);

}  // namespace hanjari::services

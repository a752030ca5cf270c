// What applicants see and do after submitting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/intake/applicant.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/self_reports.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// What happens next, and when; at least one step, in order.
struct NextStep {
  std::string code;  // stable: pay_fee, wait_closing, cancel_possible, wait_accommodation, wait_number, wait_venue,
                     // seats_withdrawn, seat_known, self_report, exam_day, wait_results, over
  Text what;
  std::optional<Instant> until;  // the moment it happens or ends
};
// `seats_withdrawn`: as are_seats_withdrawn says, of somebody without a seat.
std::vector<NextStep> list_next_steps(const StoredRecruitment&, const Application&,
                                      const std::optional<PlannedExam>& seat, Instant now,
                                      bool seats_withdrawn = false);

// Somebody else's application is not told apart from none: NotFound (unknown_application).
class OwnApplications {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    PlanRepository& plans;
    const Clock& clock;
  };
  explicit OwnApplications(const Needs& needs) : needs_(needs) {}

  // Newest first.
  std::vector<Application> list_own_applications(const Applicant&);
  Application load_own_application(const Applicant&, const ApplicationId&);
  std::vector<ApplicationEvent> list_own_history(const Applicant&, const ApplicationId&);
  std::string load_own_receipt(const Applicant&, const ApplicationId&);
  // Until the cancellation deadline; a fee that was paid is given back. `sent_at`: when the server first had the request,
  // which is what the deadline is compared with as long as it is stored within in_flight_grace; absent: now. Throws
  // Conflict (cancellation_over, application_changed, application_over).
  Application withdraw(const Applicant&, const ApplicationId&, const std::string& reason,
                       std::optional<Instant> sent_at = {});
  // The person's place in the live plan; nothing before there is one.
  std::optional<PlannedExam> find_own_seat(const Applicant&, const ApplicationId&);
  // Whether the seats of the exam that the person sits are withdrawn: nobody is shown one, not that of an earlier decision
  // either.
  bool are_seats_withdrawn(const StoredRecruitment&, const Application&);
  // The name of a venue of the live plan; nothing when it is in none.
  std::optional<std::string> find_venue_name(const ExamCode&, const VenueCode&);

 private:
  Needs needs_;
};

// Health reports before the exam.
class SelfReporting {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    SelfReportRepository& self_reports;
    const Clock& clock;
  };
  explicit SelfReporting(const Needs& needs) : needs_(needs) {}

  // `sent_at`: when it came first, where the database was away then; that moment counts until the exam day is over. Throws
  // Conflict (self_report_over, report_waiting, application_over), InvalidInput (note_too_long).
  SelfReport report_health(const Applicant&, const ApplicationId&, HealthStatus, Date since, const std::string& note,
                           std::optional<Instant> sent_at = std::nullopt);
  std::vector<SelfReport> list_own_reports(const Applicant&, const ApplicationId&);

 private:
  Needs needs_;
};

}  // namespace hanjari::services

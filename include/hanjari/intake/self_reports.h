// Health self-reports before the exam, the officer's decision, and the new seat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/application.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

enum class HealthStatus { confirmed, quarantined, symptoms };
std::string_view spell(HealthStatus);
std::optional<HealthStatus> parse_health_status(std::string_view word);
Text name_of(HealthStatus);

// asked -> isolation | reserve | declined, once; a person may report again after a decision.
enum class ReportDecision { asked, isolation, reserve, declined };
std::string_view spell(ReportDecision);
std::optional<ReportDecision> parse_report_decision(std::string_view word);
Text name_of(ReportDecision);

struct SelfReport {
  std::int64_t id = 0;
  ApplicationId application;
  ExamCode exam;
  HealthStatus status = HealthStatus::symptoms;
  Date since;
  std::string note;  // sealed
  Instant reported_at{};
  ReportDecision decision = ReportDecision::asked;
  std::string reason;  // told to the applicant
  std::optional<Instant> decided_at;
  std::string officer;
  std::string old_place;  // VENUE/ROOM/SEAT_NO: "moved", never "absent"
  std::string new_place;
  Legible legible = Legible::yes;  // otherwise status, since, note and reason say nothing
};

// Throws Conflict (report_decided) with who decided it and how.
[[noreturn]] void throw_report_decided(const SelfReport& report);

// The plan that a decision makes live, with the exam that it is of: stored with the decision.
struct NextPlan {
  MovedPlan moved;
  std::int64_t live_version = 0;  // of the pointer that it was made from
};

class SelfReportRepository {
 public:
  virtual ~SelfReportRepository() = default;
  // Throws Conflict (report_waiting) while an earlier one of the application waits for its decision.
  virtual std::int64_t add_report(const SelfReport& report, const std::vector<Message>& messages,
                                  const Change& change) = 0;
  virtual std::optional<SelfReport> find_report(std::int64_t id) = 0;
  // Newest first.
  virtual std::vector<SelfReport> list_reports(const ApplicationId& application) = 0;
  virtual std::vector<SelfReport> list_waiting(const ExamCode& exam) = 0;
  // asked -> decided, once: throws Conflict (report_decided). With `plan` the same transaction stores it and makes it
  // live: throws Conflict (live_plan_changed) unless the pointer still has its version.
  virtual void decide_report(const SelfReport& report, const std::optional<NextPlan>& plan,
                             const std::vector<Message>& messages, const Change& change) = 0;
};

}  // namespace hanjari::services

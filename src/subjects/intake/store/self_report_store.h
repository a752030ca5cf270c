// Health self-reports in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/self_reports.h"

namespace hanjari::storage {

class SelfReportStore : public services::SelfReportRepository {
 public:
  explicit SelfReportStore(const Store& store) : store_(store) {}
  std::int64_t add_report(const services::SelfReport& report, const std::vector<services::Message>& messages,
                          const services::Change& change) override;
  std::optional<services::SelfReport> find_report(std::int64_t id) override;
  std::vector<services::SelfReport> list_reports(const ApplicationId& application) override;
  std::vector<services::SelfReport> list_waiting(const ExamCode& exam) override;
  void decide_report(const services::SelfReport& report, const std::optional<services::NextPlan>& plan,
                     const std::vector<services::Message>& messages, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

// Result packages, the rules of exams and decisions in the database; whatever is about people is sealed, in portions.
#pragma once

#include "audit/store.h"
#include "hanjari/results/results.h"

namespace hanjari::storage {

class ResultStore : public services::ResultRepository {
 public:
  explicit ResultStore(const Store& store) : store_(store) {}
  services::ResultPackage add_package(const services::ResultPackage& package, std::string_view zip,
                                      const services::Change& change) override;
  std::vector<services::ResultPackage> list_packages(const ExamCode& exam) override;
  std::string load_package(const services::ResultPackage& package) override;
  services::RulesApproval find_rules(const ExamCode& exam) override;
  void save_rules(const ExamCode& exam, const services::RulesApproval& next, const services::Change& change) override;
  services::StoredDecision add_decision(const services::StoredDecision& decision, const services::DecisionFiles& files,
                                        const services::Change& change) override;
  std::vector<services::StoredDecision> list_decisions(const ExamCode& exam) override;
  std::string load_file(const services::StoredDecision& decision, const std::string& name) override;
  std::vector<std::string> list_files(const services::StoredDecision& decision) override;
  services::RecordedCase add_case(const services::RecordedCase& entered, const services::Change& change) override;
  void save_case(const services::RecordedCase& next, const services::Change& change) override;
  std::optional<services::RecordedCase> find_case(const ExamCode& exam, std::int64_t case_no) override;
  std::vector<services::RecordedCase> list_cases(const ExamCode& exam, const services::CaseQuery& query) override;
  std::vector<services::RecordedCase> list_counting_cases(const ExamCode& exam) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

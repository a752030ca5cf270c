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

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

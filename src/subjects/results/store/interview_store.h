// Grades of interviews as officers enter them, in the database: each entry sealed whole, in portions, beside the results.
#pragma once

#include "audit/store.h"
#include "hanjari/results/interview_entries.h"

namespace hanjari::storage {

class InterviewStore : public services::InterviewRepository {
 public:
  explicit InterviewStore(const Store& store) : store_(store) {}
  services::InterviewBook load_interviews(const ExamCode& exam) override;
  void save_interview_entry(const ExamCode& exam, const services::InterviewEntry& next, const services::Change& change) override;
  void save_interview_settlements(const ExamCode& exam, const services::InterviewBook& seen, const services::InterviewSettlements& next,
                                  const services::InterviewSettlement& made, const services::Change& change) override;
  services::StoredFinal add_final(const services::StoredFinal& made, const services::FinalFiles& files, const services::Change& change) override;
  services::CandidateRegister load_register(const ExamCode& exam) override;
  void save_register(const ExamCode& exam, const services::CandidateRegister& next, const std::string& action, const std::string& number,
                     const services::Change& change) override;
  std::vector<services::StoredFinal> list_finals(const ExamCode& exam) override;
  std::string load_final_file(const services::StoredFinal& final, const std::string& name) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

// Invigilators, their duties and exchanges in the database; whatever is about people is sealed with the exam's key.
#pragma once

#include "audit/store.h"
#include "hanjari/invigilators/invigilators.h"
#include "invigilators/store/kept_outlines.h"

namespace hanjari::storage {

class InvigilatorStore : public services::InvigilatorRepository {
 public:
  explicit InvigilatorStore(const Store& store) : store_(store) {}
  services::DutyBoard find_board(const ExamCode& exam) override;
  void save_board(const ExamCode& exam, const services::DutyBoard& next, const services::Change& change) override;
  std::vector<services::ListedPerson> list_people(const ExamCode& exam) override;
  std::vector<services::PersonOutline> list_outlines(const ExamCode& exam) override;
  std::vector<services::ListedPerson> find_people(const ExamCode& exam, const std::vector<InvigilatorId>& ids) override;
  std::string mark_of_people(const ExamCode& exam) override;
  std::optional<services::ListedPerson> find_person(const ExamCode& exam, const InvigilatorId& id) override;
  std::vector<ExamCode> list_exams_of(const InvigilatorId& id) override;
  std::optional<services::CodeOwner> find_code(const std::string& code) override;
  void save_people(const ExamCode& exam, const services::PeopleStep& step, const services::Change& change) override;
  package::PackedFiles load_beside(const ExamCode& exam) override;
  services::Staffing add_staffing(const services::Staffing& staffing, const package::PackedFiles& files,
                                  const services::DutySwap* swap, const services::Change& change) override;
  std::vector<services::Staffing> list_staffings(const ExamCode& exam) override;
  package::PackedFiles load_staffing(const services::Staffing& staffing) override;
  std::vector<services::DutySwap> list_swaps(const ExamCode& exam) override;
  void save_swap(const services::DutySwap& next, const services::Change& change) override;

 private:
  const Store& store_;
  KeptOutlines kept_;
};

}  // namespace hanjari::storage

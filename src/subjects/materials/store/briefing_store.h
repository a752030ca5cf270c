// Check lists and notes of the day in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/materials/briefing.h"

namespace hanjari::storage {

class BriefingStore : public services::BriefingRepository {
 public:
  explicit BriefingStore(const Store& store) : store_(store) {}
  std::vector<services::Check> list_checks(const services::Book& book, const std::optional<VenueCode>& venue) override;
  void add_check(const services::Book& book, const services::Check& check, const services::Change& change) override;
  std::optional<services::BriefingNote> find_note(const ExamCode& exam, const DistrictCode& district) override;
  void save_note(const ExamCode& exam, const services::BriefingNote& next, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

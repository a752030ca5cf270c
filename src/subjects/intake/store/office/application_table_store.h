// Applications as the office looks at them, in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/application_table.h"

namespace hanjari::storage {

class ApplicationTableStore : public services::ApplicationTableRepository {
 public:
  explicit ApplicationTableStore(const Store& store) : store_(store) {}

  std::string key_of_name(const ExamCode& exam, const std::string& name) override;
  services::TablePage list_rows(const services::TableWish& wish) override;
  services::TableCount count_rows(const ExamCode& exam, const services::TableFilter& filter) override;
  std::int64_t count_unkeyed(const ExamCode& exam, std::int64_t most) override;
  std::vector<services::ToldMessage> list_messages(const ApplicationId& id) override;
  services::RefundPage list_refunds(const ExamCode& exam, services::PaymentState state, const std::string& after,
                                    int most) override;
  void ask_back(const Application& application, const std::string& item, const std::vector<services::Message>& messages,
                const services::Change& change) override;
  void correct(const services::Correction& correction, const services::Change& change) override;
  services::KeyedPortion fill_keys(const ExamCode& exam, const std::map<std::string, DistrictCode>& districts,
                                   const ApplicationId& after, int most) override;
  std::int64_t mark_twins(const ExamCode& exam) override;
  void save_traits(const ExamCode& exam, const services::TraitCounts& traits) override;
  services::TraitCounts load_traits(const ExamCode& exam) override;
  services::HourCounts count_by_hour(const ExamCode& exam) override;
  std::map<UnitCode, std::int64_t> count_by_unit(const ExamCode& exam, std::optional<Instant> before) override;
  std::map<DistrictCode, std::int64_t> count_by_district(const ExamCode& exam, const std::vector<DistrictCode>& districts,
                                                         std::optional<Instant> before) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

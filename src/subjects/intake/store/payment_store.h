// Payments in the database, and the books of the test provider.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/test_provider.h"

namespace hanjari::storage {

class PaymentStore : public services::PaymentRepository {
 public:
  explicit PaymentStore(const Store& store) : store_(store) {}
  services::Payment begin_payment(const Application& application, const services::OrderTerms& terms,
                                  const services::Change& change) override;
  std::optional<services::Payment> find_payment(const std::string& id) override;
  std::vector<services::Payment> list_payments(const ApplicationId& application) override;
  services::PaymentState settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                     const services::SettleMessages& messages, const services::Change& change) override;
  void settle_failed(const std::string& id, const std::string& why, const services::Change& change) override;
  void settle_refunded(const std::string& id, const services::Change& change) override;
  void note_taken_back(const std::string& id, const std::vector<services::Message>& messages,
                       const services::Change& change) override;
  void decide_taken_back(const std::string& id, services::TakenBackDecision decision,
                         const std::vector<services::Message>& messages, const services::Change& change) override;
  std::vector<std::string> list_providers() override;
  std::vector<services::Payment> claim_undecided(const std::string& provider, Instant now, int most) override;
  std::vector<services::Payment> list_undecided(const ExamCode& exam, const UnitCode& unit, const std::string& after,
                                                int most) override;

 private:
  const Store& store_;
};

class TestOrderStore : public services::TestProviderBooks {
 public:
  explicit TestOrderStore(const Store& store) : store_(store) {}
  void save_order(const services::ProviderNotice& notice, Instant now) override;
  std::optional<services::ProviderNotice> find_order(const std::string& order) override;
  bool move_order(const services::ProviderNotice& notice, services::ProviderState from) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

// Payments, and the books of the test provider, in memory.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/intake/test_provider.h"
#include "stage/memory_applications.h"

namespace hanjari::tests {

class MemoryPayments : public services::PaymentRepository {
 public:
  explicit MemoryPayments(MemoryApplications& applications) : applications_(applications) {
    applications.on_withdrawal = [this](const ApplicationId& id) { give_up(id, "withdrawn"); };
    applications.on_fee = [this](const ApplicationId& id, Won fee) { give_up(id, "replaced", fee); };
    applications.is_undecided = [this](const ApplicationId& id) {
      return std::any_of(payments.begin(), payments.end(), [&](const auto& one) {
        return one.second.application == id && one.second.undecided &&
               one.second.state != services::PaymentState::refunding;
      });
    };
  }
  services::Payment begin_payment(const Application& application, const services::OrderTerms& terms,
                                  const services::Change& change) override {
    int of_application = 0;
    int of_account = 0;
    for (auto& [id, payment] : payments) {
      if (accounts[id] == application.account && payment.begun_at > change.at - std::chrono::hours(1)) ++of_account;
      if (payment.application != application.id) continue;
      ++of_application;
      if (payment.state == services::PaymentState::begun && change.at < payment.expires_at) return payment;
      if (payment.state == services::PaymentState::begun) give_up(application.id, "expired");
    }
    if (of_application >= terms.limits.of_application || of_account >= terms.limits.of_account_in_an_hour)
      throw Conflict("too_many_orders", {"too many", "너무 많음"});
    services::Payment payment;
    payment.id = "order-" + std::to_string(payments.size() + 1);
    payment.application = application.id;
    payment.exam = application.exam;
    payment.amount = application.fee;
    payment.begun_at = change.at;
    payment.expires_at = terms.expires_at;
    payment.provider = terms.provider;
    accounts[payment.id] = application.account;
    return payments[payment.id] = payment;
  }
  std::optional<services::Payment> find_payment(const std::string& id) override {
    const auto found = payments.find(id);
    return found == payments.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::Payment> list_payments(const ApplicationId& application) override {
    std::vector<services::Payment> own;
    for (const auto& [id, payment] : payments) {
      if (payment.application == application) own.push_back(payment);
    }
    return own;
  }
  services::PaymentState settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                     const services::SettleMessages& words, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    using services::PaymentState;
    if (payment.state != PaymentState::begun && payment.state != PaymentState::failed) return payment.state;
    const bool in_time = payment.state == PaymentState::begun && paid_at < window_closes;
    const bool paid = in_time && applications_.pay(payment.application, paid_at);
    payment.undecided = !paid;
    payment.state = paid ? PaymentState::paid : PaymentState::refunding;
    if (words.returned) messages.push_back(paid ? words.paid : words.returned(services::MoneyReturn::too_late));
    return payment.state;
  }
  void settle_failed(const std::string& id, const std::string& why, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    payment.undecided = payment.undecided && payment.state == services::PaymentState::refunding;
    if (payment.state != services::PaymentState::begun) return;
    payment.state = services::PaymentState::failed;
    payment.why = why;
  }
  void settle_refunded(const std::string& id, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    if (!payment.undecided || payment.state == services::PaymentState::paid) return;
    payment.state = services::PaymentState::refunded;
    payment.undecided = false;
  }
  void note_taken_back(const std::string& id, const std::vector<services::Message>& told, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    if (payment.state != services::PaymentState::paid || payment.why == services::taken_back_word) return;
    payment.why = services::taken_back_word;
    payment.undecided = true;
    messages.insert(messages.end(), told.begin(), told.end());
  }
  void decide_taken_back(const std::string& id, services::TakenBackDecision decision, const std::vector<services::Message>& told,
                         const services::Change&) override {
    services::Payment& payment = payments.at(id);
    if (!services::is_taken_back(payment)) services::throw_not_taken_back();
    payment.undecided = false;
    if (decision == services::TakenBackDecision::end) {
      payment.state = services::PaymentState::refunded;
      applications_.applications.at(payment.application).state = ApplicationState::withdrawn;
    }
    messages.insert(messages.end(), told.begin(), told.end());
  }
  std::vector<std::string> list_providers() override {
    std::vector<std::string> names;
    for (const auto& [id, payment] : payments) names.push_back(payment.provider);
    return names;
  }
  // All that is undecided: when the turn of each comes is the database's matter.
  std::vector<services::Payment> claim_undecided(const std::string&, Instant, int most) override {
    std::vector<services::Payment> open;
    for (auto& [id, payment] : payments) {
      const auto& gone = applications_.refunded;
      if (payment.state == services::PaymentState::paid &&
          std::find(gone.begin(), gone.end(), payment.application) != gone.end()) {
        payment.state = services::PaymentState::refunding;
        payment.undecided = true;
      }
      if (payment.undecided && static_cast<int>(open.size()) < most) open.push_back(payment);
    }
    return open;
  }
  std::vector<services::Payment> list_undecided(const ExamCode& exam, const UnitCode& unit, const std::string& after,
                                                int most) override {
    std::vector<services::Payment> open;
    for (const auto& [id, payment] : payments) {
      const auto application = applications_.find_application(payment.application);
      const bool asked = application && application->exam == exam && application->form.unit == unit &&
                         application->state == ApplicationState::submitted && payment.undecided && id > after;
      if (asked && static_cast<int>(open.size()) < most) open.push_back(payment);
    }
    return open;
  }
  std::map<std::string, services::Payment> payments;
  std::map<std::string, std::string> accounts;  // by payment
  std::vector<services::Message> messages;

 private:
  // Orders of the fee `except` stay.
  void give_up(const ApplicationId& id, const char* why, Won except = -1) {
    for (auto& [order, payment] : payments) {
      if (payment.application != id || payment.state != services::PaymentState::begun || payment.amount == except)
        continue;
      payment.state = services::PaymentState::failed;
      payment.why = why;
    }
  }
  MemoryApplications& applications_;
};

class MemoryTestOrders : public services::TestProviderBooks {
 public:
  void save_order(const services::ProviderNotice& notice, Instant) override { orders.emplace(notice.order, notice); }
  std::optional<services::ProviderNotice> find_order(const std::string& order) override {
    const auto found = orders.find(order);
    return found == orders.end() ? std::nullopt : std::optional(found->second);
  }
  bool move_order(const services::ProviderNotice& notice, services::ProviderState from) override {
    const auto found = orders.find(notice.order);
    if (found == orders.end() || found->second.state != from) return false;
    found->second = notice;
    return true;
  }
  std::map<std::string, services::ProviderNotice> orders;
};

}  // namespace hanjari::tests

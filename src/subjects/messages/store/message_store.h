// The outbox in the database.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "audit/store.h"
#include "hanjari/messages/messages.h"

namespace hanjari::storage {

// Into the outbox, in the transaction of what they tell of.
void write_messages(Connection& connection, const FieldCipher& cipher, const std::vector<services::Message>& messages,
                    Instant now);

class MessageStore : public services::MessageOutbox {
 public:
  explicit MessageStore(const Store& store) : store_(store) {}
  void enqueue(const services::Message& message, Instant now) override;
  std::set<std::string> find_known(const std::vector<std::string>& dedupe_ids) override;
  std::vector<services::WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most,
                                              const services::Lane& lane = {}) override;
  bool put_back(const services::WaitingMessage& claimed, services::Channel channel, Instant due, Instant now) override;
  bool renew(const services::WaitingMessage& claimed, Instant now, std::chrono::seconds lease) override;
  bool mark_sent(const services::WaitingMessage& claimed, Instant now) override;
  bool mark_failed(const services::WaitingMessage& claimed, const std::string& why, std::optional<Instant> next,
                   Instant now) override;
  std::vector<services::FailedMessage> list_failed(std::int64_t before, int most) override;
  Figures count_messages() override;

 private:
  bool is_anything_due(Instant now, const services::Lane& lane);

  const Store& store_;
};

}  // namespace hanjari::storage

// The outbox in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/messages/messages.h"

namespace hanjari::storage {

class MessageStore : public services::MessageOutbox {
 public:
  explicit MessageStore(const Store& store) : store_(store) {}
  void enqueue(const services::Message& message, Instant now) override;
  std::vector<services::WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most) override;
  void mark_sent(std::int64_t id, Instant now) override;
  void mark_failed(std::int64_t id, const std::string& why, std::optional<Instant> next, Instant now) override;
  Figures count_messages() override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

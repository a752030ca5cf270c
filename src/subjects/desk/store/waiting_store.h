// What waits in the office, counted over the tables of all subjects by statements that read along their indexes.
#pragma once

#include "audit/store.h"
#include "hanjari/desk/waiting.h"

namespace hanjari::storage {

class WaitingStore : public services::WaitingRepository {
 public:
  explicit WaitingStore(const Store& store) : store_(store) {}
  std::vector<services::WaitingWork> count_waiting(Instant now) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

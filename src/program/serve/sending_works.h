// The senders of messages, each with a connection of its own.
#pragma once

#include <vector>

#include "hanjari/messages/messages.h"
#include "hanjari/program/opening/database.h"
#include "program/serve/periodic.h"

namespace hanjari::cli {

// Connections in parallel, for mail and for text messages each.
struct SenderCounts {
  int bulk = 2;
  int codes = 4;  // for nothing else, so that no slow message stands before a code
  services::Letterhead letterhead{};
};

// The contact that an applicant has confirmed.
services::FindContact contacts_of(services::AccountRepository& accounts);

// Works named "outbox" and "codes", one for each connection. What they refer to must outlive them.
std::vector<PeriodicWork> sending_works(storage::Database& database, services::MessageCarrier& email,
                                        services::MessageCarrier& sms, const SenderCounts& counts, const Clock& clock);

}  // namespace hanjari::cli

// Rows of applications, and what is written beside each of their changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/store.h"
#include "database/connection.h"
#include "hanjari/domain/application.h"
#include "hanjari/messages/messages.h"

namespace hanjari::storage {

// Read by read_application, in this order.
extern const char* const application_columns;
Application read_application(Rows& rows, const FieldCipher& cipher);

// The history's line of the version that the change made.
void write_event(Connection& connection, const ApplicationId& id, std::int64_t version, const services::Change& change,
                 std::string_view kind, const std::string& detail);
// Into the outbox, in the transaction of what they tell of.
void write_messages(Connection& connection, const FieldCipher& cipher, const std::vector<services::Message>& messages,
                    Instant now);

[[noreturn]] void throw_application_changed();

}  // namespace hanjari::storage

// Rows of applications, and what is written beside each of their changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/store.h"
#include "database/connection.h"
#include "hanjari/domain/application.h"
#include "hanjari/intake/applications.h"
#include "messages/store/message_store.h"

namespace hanjari::storage {

// Read by read_application, in this order. What does not open is told by Application::legible: a list goes on with the
// others, and who needs the form asks require_legible.
extern const char* const application_columns;
Application read_application(Rows& rows, const FieldCipher& cipher);

// The form that an account has begun in the exam, if any.
std::optional<services::Draft> find_draft_of(Connection& connection, const FieldCipher& cipher,
                                             const std::string& account, const ExamCode& exam);

// The history's line of the version that the change made.
void write_event(Connection& connection, const ApplicationId& id, std::int64_t version, const services::Change& change,
                 std::string_view kind, const std::string& detail);
// Which fields differ, by name; values stay out of the history.
std::string changed_fields(const ApplicationForm& before, const ApplicationForm& after);
[[noreturn]] void throw_application_changed();

}  // namespace hanjari::storage

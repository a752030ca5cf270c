// Everything that a running server does by itself, one function each.
#pragma once

#include <vector>

#include "hanjari/database/settings.h"
#include "hanjari/intake/paying.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/plan_copies.h"
#include "hanjari/program/opening/database.h"
#include "hanjari/publications/hold_messages.h"
#include "hanjari/seats/seat_reminders.h"
#include "program/serve/periodic.h"
#include "program/serve/sending_works.h"
#include "program/serve/server_log.h"

namespace hanjari::cli {

struct PeriodicParts {
  storage::Database& database;
  storage::DatabaseSettings settings;  // how to open it once more, for keys
  services::Paying& paying;
  services::TestProvider* test_provider = nullptr;  // null with any other provider
  services::MessageCarrier& email;
  services::MessageCarrier& sms;
  services::ReminderHours reminder_hours;
  SenderCounts senders;
  services::PlanCopies& plan_copies;
  ServerLog& log;
  services::OfficerMail officer_mail{};  // to whom releases on hold are told
};

// The parts must outlive whoever runs the works.
std::vector<PeriodicWork> periodic_works(const PeriodicParts& parts);

// Signs where the audit trail stands and writes it to the log, from where nobody can take it back.
void anchor_audit(storage::Database& database, ServerLog& log);

}  // namespace hanjari::cli

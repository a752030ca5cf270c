// The schema's numbered steps and where a database stands in them.
#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::storage {

struct Migration {
  int number;
  std::string name;
  std::string sql;  // one statement that may run twice
};

// In the order of their numbers: the files of sql/. Numbers may be left out: each part of the product has its own
// range.
const std::vector<Migration>& migrations();

// Which of `known` the database has. Throws Unavailable (schema_unknown) when it has a step that is not among them or
// differs from it.
std::vector<MigrationStatus> load_migration_status(Connection& connection, const std::vector<Migration>& known);

// Applies the missing steps in order and returns their numbers. Throws DriverError, and Unavailable as above.
std::vector<int> apply_migrations(Connection& connection, const std::vector<Migration>& known, const Clock& clock,
                                  Progress& progress);

}  // namespace hanjari::storage

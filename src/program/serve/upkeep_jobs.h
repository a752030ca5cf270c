// Jobs that concern the whole installation: destruction on its day, and new keys.
#pragma once

#include <map>
#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/database/settings.h"
#include "hanjari/jobs/job_runner.h"
#include "program/serve/server_log.h"

namespace hanjari::cli {

// By kind. Both may be broken off at any moment and go on where they were. Results: {"exams": [code...]} of a
// destruction; {"records", "unopened", "places_with_old_key"}, counts, of a change of keys.
// The log is told too, because whoever carries them on must act: make a new backup, or mend what refused.
std::map<std::string, services::JobWork> upkeep_works(const storage::DatabaseSettings& settings, const Clock& clock,
                                                      ServerLog& log);

}  // namespace hanjari::cli

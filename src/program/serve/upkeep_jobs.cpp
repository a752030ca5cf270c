#include "program/serve/upkeep_jobs.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/jobs/job_kinds.h"
#include "hanjari/rekeying/keys.h"

namespace hanjari::cli {
namespace {

services::Change change_of_job(const services::Job& job, Instant at) {
  return {job.author, fmt::format("job {}", job.id), at, "program"};
}

services::JobWork telling(ServerLog& log, services::JobWork work) {
  return [&log, work = std::move(work)](const services::JobCall& call) {
    try {
      return work(call);
    } catch (const Error& error) {
      log.write(events::upkeep_failed,
                {{"work", call.job.order.kind}, {"code", error.code()}, {"detail", detail_of(error)}});
      throw;
    }
  };
}

}  // namespace

std::map<std::string, services::JobWork> upkeep_works(const storage::DatabaseSettings& settings, const Clock& clock,
                                                      ServerLog& log) {
  std::map<std::string, services::JobWork> works;
  works[services::destruction_job_kind] = telling(log, [settings, &clock, &log](const services::JobCall& call) {
    const auto exams = storage::destroy_due(settings, change_of_job(call.job, clock.now()), clock, call.progress);
    for (const std::string& exam : exams) log.write(events::exam_destroyed, {{"exam", exam}});
    return nlohmann::json{{"exams", exams}}.dump();
  });
  works[services::key_rotation_job_kind] = telling(log, [settings, &clock](const services::JobCall& call) {
    const auto report = storage::rotate_keys(settings, change_of_job(call.job, clock.now()), clock, call.progress);
    return nlohmann::json{{"records", report.records},
                          {"unopened", report.unopened},
                          {"places_with_old_key", report.places_with_old_key.size()}}
        .dump();
  });
  return works;
}

}  // namespace hanjari::cli

// Jobs in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::storage {

class JobStore : public services::JobRepository {
 public:
  explicit JobStore(const Store& store) : store_(store) {}
  services::Job add_job(const services::JobOrder& order, const std::string& id,
                        const services::Change& change) override;
  services::Job add_job_with_file(const services::JobOrder& order, const std::string& id, std::string_view file,
                                  const services::Change& change) override;
  std::string load_job_file(const services::Job& job) override;
  std::vector<Text> list_faults(const services::Job& job) override;
  std::optional<services::Job> find_job(const std::string& id) override;
  std::vector<services::JobStage> list_stages(const std::string& id) override;
  std::vector<services::JobPoint> list_points(const std::string& id) override;
  std::vector<services::Job> list_jobs(const services::JobFilter& filter) override;
  std::optional<services::Job> claim_job(const std::vector<std::string>& kinds, const std::string& claim, Instant now,
                                         std::chrono::seconds lease) override;
  Kept keep_job(const services::Job& claimed, const services::JobProgress& progress, Instant now,
                std::chrono::seconds lease) override;
  bool end_job(const services::Job& ended, const services::Change& change) override;
  void cancel_job(const std::string& id, const services::Change& change) override;
  void keep_output(const services::Job& claimed, services::JobOutput what, std::string_view bytes) override;
  bool has_output(const services::Job& job, services::JobOutput what) override;
  std::string find_reason(const services::Job& job) override;
  std::string take_output(const services::Job& job, services::JobOutput what, const services::Change& change) override;
  bool remove_faults(Instant ended_before) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

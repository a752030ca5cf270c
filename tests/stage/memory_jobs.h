// Jobs in memory, as one program sees them.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::tests {

class MemoryJobs : public services::JobRepository {
 public:
  services::Job add_job(const services::JobOrder& order, const std::string& id,
                        const services::Change& change) override {
    for (const services::Job& job : jobs) {
      if (job.order.kind == order.kind && job.order.exam == order.exam && !services::is_over(job.state)) return job;
    }
    services::Job job;
    job.id = id;
    job.order = order;
    job.author = change.author;
    job.version = 1;
    job.asked_at = change.at;
    jobs.push_back(job);
    return job;
  }
  services::Job add_job_with_file(const services::JobOrder& order, const std::string& id, std::string_view file,
                                  const services::Change& change) override {
    services::Job job = add_job(order, id, change);
    if (job.id != id) throw Conflict("job_running", {"running", "진행 중"});
    files[id] = file;
    reasons[id] = change.reason;
    return job;
  }
  std::string load_job_file(const services::Job& job) override {
    const auto found = files.find(job.id);
    if (found == files.end()) throw NotFound("job_file_gone", {"gone", "없음"});
    return found->second;
  }
  std::vector<Text> list_faults(const services::Job& job) override {
    const auto found = faults.find(job.id);
    return found == faults.end() ? std::vector<Text>{} : found->second;
  }
  std::optional<services::Job> find_job(const std::string& id) override {
    services::Job* job = find(id);
    return job == nullptr ? std::nullopt : std::optional(*job);
  }
  std::vector<services::JobStage> list_stages(const std::string& id) override {
    const auto found = stages.find(id);
    return found == stages.end() ? std::vector<services::JobStage>{} : found->second;
  }
  std::vector<services::JobPoint> list_points(const std::string& id) override {
    const auto found = points.find(id);
    return found == points.end() ? std::vector<services::JobPoint>{} : found->second;
  }
  std::vector<services::Job> list_jobs(const services::JobFilter& filter) override {
    std::vector<services::Job> listed;
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
      const bool wanted = (filter.exam.empty() || job->order.exam == filter.exam) &&
                          (filter.kind.empty() || job->order.kind == filter.kind);
      if (wanted && listed.size() < filter.limit) listed.push_back(*job);
    }
    return listed;
  }
  std::optional<services::Job> claim_job(const std::vector<std::string>&, const std::string&, Instant,
                                         std::chrono::seconds) override {
    return std::nullopt;
  }
  Kept keep_job(const services::Job&, const services::JobProgress&, Instant, std::chrono::seconds) override {
    return Kept::lost;
  }
  bool end_job(const services::Job&, const services::Change&) override { return false; }
  void cancel_job(const std::string& id, const services::Change& change) override {
    services::Job* job = find(id);
    if (job == nullptr) throw NotFound("unknown_job", {"There is no such job.", "해당 작업이 없습니다."});
    if (services::is_over(job->state)) throw services::JobOver({"This job is over already.", "이미 끝난 작업입니다."});
    if (job->state == services::JobState::waiting) job->state = services::JobState::cancelled;
    job->cancel_asked = true;
    reasons[id] = change.reason;
    ++job->version;
  }

  void keep_output(const services::Job& claimed, services::JobOutput what, std::string_view bytes) override {
    outputs[{claimed.id, what}] = bytes;
  }
  bool has_output(const services::Job& job, services::JobOutput what) override { return outputs.contains({job.id, what}); }
  std::string find_reason(const services::Job& job) override {
    const auto found = reasons.find(job.id);
    return found == reasons.end() ? std::string() : found->second;
  }
  std::string take_output(const services::Job& job, services::JobOutput what, const services::Change& change) override {
    const auto found = outputs.find({job.id, what});
    if (found == outputs.end()) return JobRepository::take_output(job, what, change);
    return found->second;
  }

  services::Job* find(const std::string& id) {
    const auto job = std::find_if(jobs.begin(), jobs.end(), [&](const services::Job& one) { return one.id == id; });
    return job == jobs.end() ? nullptr : &*job;
  }
  std::vector<services::Job> jobs;
  std::map<std::string, std::vector<services::JobStage>> stages;
  std::map<std::string, std::vector<services::JobPoint>> points;
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> reasons;  // why a file was sent, by job
  std::map<std::pair<std::string, services::JobOutput>, std::string> outputs;
  std::map<std::string, std::vector<Text>> faults;
};

}  // namespace hanjari::tests

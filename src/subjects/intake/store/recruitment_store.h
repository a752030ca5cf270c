// Notices in the database, kept in memory as long as their version stands.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "audit/store.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::storage {

class RecruitmentStore : public services::RecruitmentRepository {
 public:
  explicit RecruitmentStore(const Store& store) : store_(store) {}
  std::vector<std::shared_ptr<const services::StoredRecruitment>> list_recruitments() override;
  std::shared_ptr<const services::StoredRecruitment> find_recruitment(const ExamCode& code) override;
  void save_recruitment(const Recruitment& notice, services::RecruitmentState state, std::int64_t expected_version,
                        const services::Change& change) override;
  services::UnitCounts count_applications(const ExamCode& code) override;
  void refuse_contradictions(const Recruitment& notice) override;
  void refuse_destroyed(const ExamCode& code) override { store_.cipher.data_keys().refuse_destroyed(code.text()); }
  // Notices that could not be read when they were last asked for; at once.
  std::vector<std::string> list_damaged();
  // Another store has changed this notice: it is read anew.
  void forget(const ExamCode& code);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Kept {
    std::shared_ptr<const services::StoredRecruitment> recruitment;
    Moment looked_at;
  };
  std::shared_ptr<const services::StoredRecruitment> load(Connection& connection, const ExamCode& code);

  const Store& store_;
  std::mutex mutex_;
  std::map<ExamCode, Kept> kept_;
  std::set<ExamCode> damaged_;
};

}  // namespace hanjari::storage

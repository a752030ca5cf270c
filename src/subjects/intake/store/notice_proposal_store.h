// Changes of announced notices that wait for another officer, in the database.
#pragma once

#include <optional>
#include <vector>

#include "audit/store.h"
#include "hanjari/intake/setup_versions.h"
#include "intake/store/recruitment_store.h"

namespace hanjari::storage {

class NoticeProposalStore : public services::NoticeProposalRepository {
 public:
  // `notices`: keeps notices in memory, and is told when one of them changes here.
  NoticeProposalStore(const Store& store, RecruitmentStore& notices) : store_(store), notices_(notices) {}
  std::optional<services::NoticeProposal> find_proposal(const ExamCode&) override;
  void save_proposal(const ExamCode&, const services::NoticeProposal& next,
                     const std::optional<services::NoticeProposal>& instead_of, const services::Change&) override;
  void take_back_proposal(const ExamCode&, const services::NoticeProposal&, const services::Change&) override;
  void refuse_proposal(const ExamCode&, const services::NoticeProposal&, const services::Change&) override;
  void confirm_proposal(const ExamCode&, const services::NoticeProposal&, const services::Change&) override;
  void save_in_emergency(const Recruitment& notice, services::RecruitmentState state, std::int64_t expected_version,
                         const services::Change&) override;
  std::vector<services::UrgentSaving> list_urgent_savings() override;

 private:
  std::string open_reason(const ExamCode&, std::string_view column, const std::optional<std::string>& sealed) const;
  std::optional<std::string> seal_reason(const ExamCode&, std::string_view column, const std::string& reason) const;
  const Store& store_;
  RecruitmentStore& notices_;
};

}  // namespace hanjari::storage

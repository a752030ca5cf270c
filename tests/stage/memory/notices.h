// Notices in memory with their versions, rules and proposals, for tests of use cases and pages.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/package/recruitment_file.h"

namespace hanjari::tests {

class MemoryRecruitments : public services::RecruitmentRepository {
 public:
  std::vector<std::shared_ptr<const services::StoredRecruitment>> list_recruitments() override {
    ++reads;
    std::vector<std::shared_ptr<const services::StoredRecruitment>> all;
    for (const auto& [code, stored] : recruitments) {
      if (!damaged.contains(code)) all.push_back(stored);
    }
    return all;
  }
  std::shared_ptr<const services::StoredRecruitment> find_recruitment(const ExamCode& code) override {
    ++reads;
    if (damaged.contains(code)) throw NoticeDamaged({"cannot be read", "읽을 수 없음"});
    const auto found = recruitments.find(code);
    return found == recruitments.end() ? nullptr : found->second;
  }
  void save_recruitment(const Recruitment& notice, services::RecruitmentState state, std::int64_t expected_version,
                        const services::Change& change) override {
    auto& stored = recruitments[notice.header.code];
    if ((stored ? stored->version : 0) != expected_version)
      throw services::SetupChanged("recruitment_changed", {"changed", "변경됨"});
    const bool goes_up = state == services::RecruitmentState::published && stored && stored->state != state;
    if (goes_up && waiver_of && !change.author.empty() && waiver_of(notice.header.code) == change.author)
      throw Conflict("waived_by_yourself", {"waived by yourself", "본인이 설정"});
    if (goes_up && may_go_up && !may_go_up(notice.header.code, expected_version))
      throw Conflict("notice_not_confirmed", {"not confirmed", "승인되지 않음"});
    const bool seen = stored && stored->state != services::RecruitmentState::prepared &&
                      state != services::RecruitmentState::prepared;
    if (seen && asks_another && asks_another(notice.header.code, change.author) &&
        package::render_recruitment(stored->notice) != package::render_recruitment(notice))
      throw Conflict("notice_change_not_confirmed", {"not confirmed", "승인되지 않음"});
    stored =
        std::make_shared<services::StoredRecruitment>(services::StoredRecruitment{notice, state, expected_version + 1});
    services::SetupVersion& version = saved[notice.header.code].emplace_back();
    version.version = expected_version + 1;
    version.state = services::spell(state);
    version.author = change.author;
    version.reason = change.reason;
    version.saved_at = change.at;
    version.definition = package::render_recruitment(notice);
  }
  services::UnitCounts count_applications(const ExamCode&) override { return counts; }
  void refuse_destroyed(const ExamCode& code) override {
    if (destroyed.contains(code)) throw Conflict("exam_destroyed", {"destroyed", "파기됨"});
  }

  std::map<ExamCode, std::shared_ptr<const services::StoredRecruitment>> recruitments;
  std::map<ExamCode, std::vector<services::SetupVersion>> saved;  // every version of each notice
  std::function<bool(const ExamCode&, std::int64_t)> may_go_up;   // by the rule of the second officer
  std::function<std::string(const ExamCode&)> waiver_of;          // who did without the second officer
  std::function<bool(const ExamCode&, const std::string&)> asks_another;  // before what applicants see changes
  services::UnitCounts counts;
  std::set<ExamCode> destroyed;  // exams whose personal data is destroyed
  std::set<ExamCode> damaged;    // notices that cannot be read: lists go on without them
  std::atomic<int> reads{0};  // how often a notice, or the list of them, was asked for
};

class MemorySetups : public services::SetupRepository {
 public:
  explicit MemorySetups(MemoryRecruitments& notices) : notices_(notices) {
    notices.waiver_of = [this](const ExamCode& exam) { return find_notice_rule(exam).waived_by; };
    notices.asks_another = [this](const ExamCode& exam, const std::string& author) {
      return services::asks_another(find_notice_rule(exam), author);
    };
    notices.may_go_up = [this](const ExamCode& exam, std::int64_t version) {
      const services::NoticeApproval approval = find_notice_approval(exam);
      return !find_notice_rule(exam).second_officer ||
             (approval.notice_version == version && !approval.confirmed_by.empty());
    };
  }

  std::vector<services::SetupVersion> list_versions(const ExamCode& exam, services::SetupPart part) override {
    std::vector<services::SetupVersion> listed = versions_of(exam, part);
    std::reverse(listed.begin(), listed.end());
    for (services::SetupVersion& one : listed) one.definition.clear();
    return listed;
  }
  std::optional<services::SetupVersion> find_version(const ExamCode& exam, services::SetupPart part,
                                                     std::int64_t version) override {
    std::optional<services::SetupVersion> found;
    for (const services::SetupVersion& one : versions_of(exam, part)) {
      if (version == 0 || one.version == version) found = one;
    }
    return found;
  }
  void save_part(const ExamCode& exam, services::SetupPart part, const std::string& definition,
                 std::int64_t expected_version, const std::vector<std::string>& checkers,
                 const services::Change& change) override {
    if (const auto meanwhile = std::exchange(before_save, nullptr)) meanwhile();
    std::vector<services::SetupVersion>& kept = versions_of(exam, part);
    if ((kept.empty() ? 0 : kept.back().version) != expected_version)
      throw services::SetupChanged("setup_changed", {"changed", "변경됨"});
    for (const std::string& checker : checkers) {
      if (declarations[exam].contains(checker) && declarations[exam][checker].has_relative)
        throw Conflict("checker_has_relative", {"a relative", "친족"});
    }
    services::SetupVersion& version = kept.emplace_back();
    version.version = expected_version + 1;
    version.author = change.author;
    version.reason = change.reason;
    version.saved_at = change.at;
    version.definition = definition;
  }
  void save_copy(const Recruitment& notice, const ExamCode& source,
                 const std::map<services::SetupPart, std::string>& parts, const services::Change& change) override {
    if (notices_.recruitments.contains(notice.header.code))
      throw Conflict("recruitment_exists", {"There is a notice with this code already.", "같은 코드의 공고가 이미 있습니다."});
    notices_.save_recruitment(notice, services::RecruitmentState::prepared, 0, change);
    notices_.saved[notice.header.code].back().copied_from = source.text();
    for (const auto& [part, text] : parts) save_part(notice.header.code, part, text, 0, {}, change);
    rules[notice.header.code] = {rules[source].second_officer, true, 1};
  }
  services::NoticeRule find_notice_rule(const ExamCode& exam) override { return rules[exam]; }
  services::NoticeApproval find_notice_approval(const ExamCode& exam) override { return approvals[exam]; }
  void save_notice_rule(const ExamCode& exam, const services::NoticeRule& next, const services::Change&) override {
    if (rules[exam].version + 1 != next.version) throw services::SetupChanged("setup_changed", {"changed", "변경됨"});
    rules[exam] = next;
  }
  void save_notice_approval(const ExamCode& exam, const services::NoticeApproval& next,
                            const services::Change&) override {
    if (approvals[exam].version + 1 != next.version)
      throw services::SetupChanged("setup_changed", {"changed", "변경됨"});
    approvals[exam] = next;
  }
  std::vector<services::CheckerDeclaration> list_declarations(const ExamCode& exam) override {
    std::vector<services::CheckerDeclaration> listed;
    for (const auto& [checker, declaration] : declarations[exam]) listed.push_back(declaration);
    return listed;
  }
  void save_declaration(const ExamCode& exam, const services::CheckerDeclaration& declaration,
                        const services::Change&) override {
    declarations[exam][declaration.checker] = declaration;
  }

  std::function<void()> before_save;  // once: what somebody else does between the look at a part and its saving
  std::map<ExamCode, services::NoticeRule> rules;
  std::map<ExamCode, services::NoticeApproval> approvals;
  std::map<ExamCode, std::map<std::string, services::CheckerDeclaration>> declarations;

 private:
  std::vector<services::SetupVersion>& versions_of(const ExamCode& exam, services::SetupPart part) {
    if (part == services::SetupPart::notice) return notices_.saved[exam];
    return parts_[{exam, part}];
  }
  MemoryRecruitments& notices_;
  std::map<std::pair<ExamCode, services::SetupPart>, std::vector<services::SetupVersion>> parts_;
};

class MemoryProposals : public services::NoticeProposalRepository {
 public:
  explicit MemoryProposals(MemoryRecruitments& notices) : notices_(notices) {}

  std::optional<services::NoticeProposal> find_proposal(const ExamCode& exam) override {
    const auto found = proposals.find(exam);
    if (found == proposals.end()) return std::nullopt;
    return found->second;
  }
  void save_proposal(const ExamCode& exam, const services::NoticeProposal& next,
                     const std::optional<services::NoticeProposal>& instead_of, const services::Change&) override {
    if (const auto meanwhile = std::exchange(before_save, nullptr)) meanwhile();
    if (version_of(exam) != next.base_version) throw_changed();
    const auto found = proposals.find(exam);
    const bool waits = found != proposals.end() && found->second.base_version == next.base_version &&
                       found->second.refused_by.empty();
    if (waits && !(instead_of && is_same(*instead_of, found->second)))
      throw services::NoticeChangePending({"another waits", "다른 상신 있음"});
    proposals[exam] = next;
  }
  void take_back_proposal(const ExamCode& exam, const services::NoticeProposal& proposal,
                          const services::Change&) override {
    if (!is_there(exam, proposal)) throw_gone();
    proposals.erase(exam);
  }
  void refuse_proposal(const ExamCode& exam, const services::NoticeProposal& proposal,
                       const services::Change& change) override {
    if (!is_there(exam, proposal) || !proposals.at(exam).refused_by.empty()) throw_gone();
    services::NoticeProposal& refused = proposals.at(exam);
    refused.refused_by = change.author;
    refused.refusal = change.reason;
    refused.refused_at = change.at;
  }
  void confirm_proposal(const ExamCode& exam, const services::NoticeProposal& proposal,
                        const services::Change& change) override {
    if (!is_there(exam, proposal) || !proposals.at(exam).refused_by.empty()) throw_gone();
    std::vector<Fault> warnings;
    services::Change proposed = change;
    proposed.author = proposal.proposed_by;
    proposed.reason = proposal.reason;
    save_unasked(package::parse_recruitment(proposal.definition, "recruitment.json", warnings),
                 notices_.find_recruitment(exam)->state, proposal.base_version, proposed);
    notices_.saved[exam].back().confirmed_by = change.author;
    proposals.erase(exam);
  }
  void save_in_emergency(const Recruitment& notice, services::RecruitmentState state, std::int64_t expected_version,
                         const services::Change& change) override {
    save_unasked(notice, state, expected_version, change);
    notices_.saved[notice.header.code].back().emergency = true;
  }
  std::vector<services::UrgentSaving> list_urgent_savings() override {
    std::vector<services::UrgentSaving> urgent;
    for (const auto& [exam, versions] : notices_.saved) {
      std::vector<services::UrgentSaving> own;
      for (const services::SetupVersion& version : versions) {
        if (!version.confirmed_by.empty() || version.state == "prepared") own.clear();
        if (version.emergency) own.push_back({exam, version.version, version.author, version.saved_at});
      }
      urgent.insert(urgent.end(), own.begin(), own.end());
    }
    return urgent;
  }

  std::function<void()> before_save;  // once: what somebody else does between the look at the notice and its saving
  std::map<ExamCode, services::NoticeProposal> proposals;

 private:
  static bool is_same(const services::NoticeProposal& a, const services::NoticeProposal& b) {
    return a.base_version == b.base_version && a.digest == b.digest && a.proposed_by == b.proposed_by && a.at == b.at;
  }
  bool is_there(const ExamCode& exam, const services::NoticeProposal& proposal) const {
    const auto found = proposals.find(exam);
    return found != proposals.end() && is_same(found->second, proposal);
  }
  std::int64_t version_of(const ExamCode& exam) {
    const auto stored = notices_.find_recruitment(exam);
    return stored ? stored->version : 0;
  }
  // Past the rule that the other repository holds savings to.
  void save_unasked(const Recruitment& notice, services::RecruitmentState state, std::int64_t version,
                    const services::Change& change) {
    const auto asked = std::exchange(notices_.asks_another, nullptr);
    try {
      notices_.save_recruitment(notice, state, version, change);
    } catch (...) {
      notices_.asks_another = asked;
      throw;
    }
    notices_.asks_another = asked;
  }
  [[noreturn]] static void throw_changed() {
    throw services::SetupChanged("recruitment_changed", {"changed", "변경됨"});
  }
  [[noreturn]] static void throw_gone() { throw Conflict("notice_change_gone", {"gone", "없음"}); }

  MemoryRecruitments& notices_;
};

}  // namespace hanjari::tests

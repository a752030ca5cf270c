// The repositories of applying in memory, and the use cases over them, for tests of use cases and pages.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/use_cases.h"
#include "stage/memory/application_table.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/memory/memory_payments.h"

namespace hanjari::tests {

class MemoryRecruitments : public services::RecruitmentRepository {
 public:
  std::vector<std::shared_ptr<const services::StoredRecruitment>> list_recruitments() override {
    ++reads;
    std::vector<std::shared_ptr<const services::StoredRecruitment>> all;
    for (const auto& [code, stored] : recruitments) all.push_back(stored);
    return all;
  }
  std::shared_ptr<const services::StoredRecruitment> find_recruitment(const ExamCode& code) override {
    ++reads;
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

  std::map<ExamCode, std::shared_ptr<const services::StoredRecruitment>> recruitments;
  std::map<ExamCode, std::vector<services::SetupVersion>> saved;  // every version of each notice
  std::function<bool(const ExamCode&, std::int64_t)> may_go_up;   // by the rule of the second officer
  std::function<std::string(const ExamCode&)> waiver_of;          // who did without the second officer
  services::UnitCounts counts;
  std::atomic<int> reads{0};  // how often a notice, or the list of them, was asked for
};

class MemorySetups : public services::SetupRepository {
 public:
  explicit MemorySetups(MemoryRecruitments& notices) : notices_(notices) {
    notices.waiver_of = [this](const ExamCode& exam) { return find_notice_rule(exam).waived_by; };
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

class MemoryOutbox : public services::MessageOutbox {
 public:
  void enqueue(const services::Message& message, Instant) override {
    const auto same = [&](const services::WaitingMessage& w) { return w.message.dedupe_id == message.dedupe_id; };
    if (std::any_of(waiting.begin(), waiting.end(), same)) return;
    Instant turn = message.not_before.value_or(Instant{});
    for (const services::WaitingMessage& earlier : waiting) {
      if (message.digest.empty() || earlier.message.digest != message.digest || settled.contains(earlier.id)) continue;
      settled[earlier.id] = "replaced";
      turn = std::min(turn, due[static_cast<std::size_t>(earlier.id) - 1]);
    }
    services::WaitingMessage& one = waiting.emplace_back();
    one.id = static_cast<std::int64_t>(waiting.size());
    one.message = message;
    due.push_back(turn);
  }
  std::set<std::string> find_known(const std::vector<std::string>& dedupe_ids) override {
    std::set<std::string> known;
    for (const services::WaitingMessage& one : waiting) {
      if (std::find(dedupe_ids.begin(), dedupe_ids.end(), one.message.dedupe_id) != dedupe_ids.end())
        known.insert(one.message.dedupe_id);
    }
    return known;
  }
  std::vector<services::WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most,
                                              const services::Lane& lane = {}) override {
    std::vector<services::WaitingMessage> claimed;
    for (const services::Urgency urgency : lane.urgencies) {
      for (std::size_t at = 0; at < waiting.size() && static_cast<int>(claimed.size()) < most; ++at) {
        const services::Message& message = waiting[at].message;
        if (settled.contains(waiting[at].id) || due[at] > now || message.urgency != urgency) continue;
        if (lane.channel && message.channel != *lane.channel) continue;
        due[at] = now + lease;
        waiting[at].claim = "claim " + std::to_string(++claims);
        claimed.push_back(waiting[at]);
      }
    }
    return claimed;
  }
  bool put_back(const services::WaitingMessage& claimed, services::Channel channel, Instant until, Instant) override {
    if (!holds(claimed)) return false;
    auto& one = waiting[static_cast<std::size_t>(claimed.id) - 1];
    one.message.channel = channel;
    one.begun = 0;
    one.claim.clear();
    due[static_cast<std::size_t>(claimed.id) - 1] = until;
    return true;
  }
  bool renew(const services::WaitingMessage& claimed, Instant now, std::chrono::seconds lease) override {
    if (!holds(claimed)) return false;
    due[static_cast<std::size_t>(claimed.id) - 1] = now + lease;
    if (lease.count() > 0) ++waiting[static_cast<std::size_t>(claimed.id) - 1].begun;
    return true;
  }
  bool mark_sent(const services::WaitingMessage& claimed, Instant) override {
    if (!holds(claimed)) return false;
    settled[claimed.id] = "sent";
    return true;
  }
  bool mark_failed(const services::WaitingMessage& claimed, const std::string& why, std::optional<Instant> next,
                   Instant) override {
    if (!holds(claimed)) return false;
    auto& one = waiting[static_cast<std::size_t>(claimed.id) - 1];
    ++one.attempts;
    one.begun = 0;
    one.claim.clear();
    if (next) {
      due[static_cast<std::size_t>(claimed.id) - 1] = *next;
    } else {
      settled[claimed.id] = why;
    }
    return true;
  }
  std::vector<services::FailedMessage> list_failed(std::int64_t, int) override { return {}; }
  bool holds(const services::WaitingMessage& claimed) const {
    return !settled.contains(claimed.id) && waiting[static_cast<std::size_t>(claimed.id) - 1].claim == claimed.claim;
  }
  Figures count_messages() override {
    Figures figures;
    for (const auto& [id, how] : settled) ++(how == "sent" ? figures.sent : figures.failed);
    figures.waiting = static_cast<std::int64_t>(waiting.size()) - figures.sent - figures.failed;
    return figures;
  }

  int claims = 0;
  std::vector<services::WaitingMessage> waiting;
  std::vector<Instant> due;
  std::map<std::int64_t, std::string> settled;
};

class MemoryAttachments : public services::AttachmentRepository {
 public:
  AttachmentId save_attachment(const services::Attachment& attachment) override {
    const AttachmentId id("attachment-" + std::to_string(attachments.size() + 1));
    attachments[id] = attachment;
    attachments[id].id = id;
    return id;
  }
  std::optional<services::Attachment> find_attachment(const std::string& account, const AttachmentId& id) override {
    const auto found = find_attachment(id);
    return found && found->account == account ? found : std::nullopt;
  }
  std::optional<services::Attachment> find_attachment(const AttachmentId& id) override {
    const auto found = attachments.find(id);
    return found == attachments.end() ? std::nullopt : std::optional(found->second);
  }
  std::set<std::string> list_attachments(const std::string& account, const ExamCode& exam,
                                         services::AttachmentKind kind) override {
    // The sample form's photo is everybody's.
    std::set<std::string> ids;
    if (kind == services::AttachmentKind::photo) ids.insert("photo-1");
    for (const auto& [id, attachment] : attachments) {
      if (attachment.account == account && attachment.exam == exam && attachment.kind == kind) ids.insert(id.text());
    }
    return ids;
  }
  std::map<AttachmentId, services::Attachment> attachments;
};

class MemorySelfReports : public services::SelfReportRepository {
 public:
  std::int64_t add_report(const services::SelfReport& report, const std::vector<services::Message>&,
                          const services::Change&) override {
    for (const auto& [id, old] : reports) {
      if (old.application == report.application && old.decision == services::ReportDecision::asked)
        throw Conflict("report_waiting", {"waiting", "심사 중"});
    }
    const auto id = static_cast<std::int64_t>(reports.size()) + 1;
    reports[id] = report;
    reports[id].id = id;
    return id;
  }
  std::optional<services::SelfReport> find_report(std::int64_t id) override {
    const auto found = reports.find(id);
    return found == reports.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::SelfReport> list_reports(const ApplicationId& application) override {
    std::vector<services::SelfReport> own;
    for (const auto& [id, report] : reports) {
      if (report.application == application) own.insert(own.begin(), report);
    }
    return own;
  }
  std::vector<services::SelfReport> list_waiting(const ExamCode& exam) override {
    std::vector<services::SelfReport> waiting;
    for (const auto& [id, report] : reports) {
      if (report.exam == exam && report.decision == services::ReportDecision::asked) waiting.push_back(report);
    }
    return waiting;
  }
  void decide_report(const services::SelfReport& report, const std::optional<services::NextPlan>& plan,
                     const std::vector<services::Message>&, const services::Change&) override {
    services::SelfReport& stored = reports.at(report.id);
    if (stored.decision != services::ReportDecision::asked) throw Conflict("report_decided", {"decided", "처리됨"});
    if (broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
    stored = report;
    if (plan) next_plan_digest = plan->moved.plan.digest;
  }
  bool broken = false;
  std::string next_plan_digest;  // of the last decision
  std::map<std::int64_t, services::SelfReport> reports;
};

class MemoryPortalTexts : public services::PortalTextRepository {
 public:
  std::optional<services::PortalText> find_newest_text(services::PortalPage page) override {
    std::optional<services::PortalText> newest;
    for (const services::PortalText& text : texts) {
      if (text.page == page) newest = text;
    }
    return newest;
  }
  std::optional<services::PortalText> find_text(services::PortalPage page, int version) override {
    for (const services::PortalText& text : texts) {
      if (text.page == page && text.version == version) return text;
    }
    return std::nullopt;
  }
  void add_text(const services::PortalText& text, int before, const services::Change&) override {
    const auto newest = find_newest_text(text.page);
    if ((newest ? newest->version : 0) != before) throw Conflict("portal_text_changed", {"changed", "변경됨"});
    texts.push_back(text);
  }
  std::vector<services::PortalText> texts;
};

class PlainIdentity : public services::IdentityHash {
 public:
  std::string hash_identity(std::string_view number) const override {
    return std::string(32 - number.size(), 'a') + std::string(number);
  }
};

// A clock that stands where the test puts it.
class SetClock : public Clock {
 public:
  explicit SetClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return std::chrono::nanoseconds(0); }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

// All parts together. Exams, plans and the access record are the test's own.
struct MemoryIntake {
  MemoryIntake(services::ExamRepository& exams, services::PlanRepository& plans, services::AccessRecord& accesses,
               const Clock& clock, services::QueueSettings settings = {})
      : payments(applications),
        table(applications, payments),
        provider(orders, clock, "test secret"),
        signer(services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef")),
        queue(applications, clock, settings),
        intake(put_together(exams, plans, accesses, clock)) {}

  MemoryRecruitments recruitments;
  MemorySetups setups{recruitments};
  MemoryApplications applications;
  MemoryAttachments attachments;
  MemoryPayments payments;
  MemoryApplicationTable table;
  MemoryTestOrders orders;
  MemorySelfReports self_reports;
  MemoryPortalTexts texts;
  MemoryOutbox outbox;
  PlainIdentity identity;
  services::TestProvider provider;
  services::ReceiptSigner signer;
  services::SubmissionQueue queue;
  services::UseCases intake;

 private:
  services::UseCases put_together(services::ExamRepository& exams, services::PlanRepository& plans,
                                  services::AccessRecord& accesses, const Clock& clock) {
    const services::Paying paying({recruitments, applications, payments, provider, clock});
    return {
        .notices = services::NoticeBoard(recruitments),
        .forms = services::FormFilling({recruitments, applications, attachments, identity, clock}),
        .attachments = services::OwnAttachments(attachments),
        .submitting = services::Submitting({recruitments, applications, signer, queue}),
        .own = services::OwnApplications({recruitments, applications, plans, clock}),
        .paying = paying,
        .self_reports = services::SelfReporting({recruitments, applications, self_reports, clock}),
        .texts = services::PortalTexts(texts),
        .officers = services::OfficersWork({recruitments, applications, outbox, accesses, clock}),
        .health = services::HealthDecisions({recruitments, applications, self_reports, exams, accesses, clock}),
        .claims = services::Claims({recruitments, applications, accesses, clock}),
        .closing = services::ApplicationCloser({recruitments, applications, paying, clock}),
        .exports = services::ApplicantExport({recruitments, applications, accesses, setups}),
        .table = services::OfficeTable({recruitments, applications, table, attachments, payments,
                                        services::OfficersWork({recruitments, applications, outbox, accesses, clock}),
                                        signer, accesses, clock}),
        .setup = services::NoticeSetup({recruitments, setups, clock}),
    };
  }
};

}  // namespace hanjari::tests

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
#include "stage/memory/notices.h"

namespace hanjari::tests {

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
    ++files_read;
    const auto found = attachments.find(id);
    return found == attachments.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<std::string, std::string> list_document_names(const std::string& account, const ExamCode& exam) override {
    std::map<std::string, std::string> names;
    for (const auto& [id, attachment] : attachments) {
      if (attachment.account == account && attachment.exam == exam && attachment.kind == services::AttachmentKind::document)
        names[id.text()] = attachment.name;
    }
    return names;
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
  int files_read = 0;
};

class MemorySelfReports : public services::SelfReportRepository {
 public:
  std::int64_t add_report(const services::SelfReport& report, const std::vector<services::Message>&,
                          const services::Change&) override {
    for (const auto& [id, old] : reports) {
      if (old.application == report.application && old.decision == services::ReportDecision::asked)
        throw Conflict("report_waiting", {"waiting", "심사 중"});
    }
    if (broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
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
  MemoryProposals proposals{recruitments};
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
        .setup = services::NoticeSetup({recruitments, setups, proposals, clock}),
        .portraits = services::Portraits(attachments),
    };
  }
};

}  // namespace hanjari::tests

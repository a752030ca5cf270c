// The repositories of applying in memory, and all parts of services::Intake over them, for tests of use cases and
// pages.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/services/intake.h"
#include "hanjari/services/submission_queue.h"

namespace hanjari::tests {

class MemoryRecruitments : public services::RecruitmentRepository {
 public:
  std::vector<std::shared_ptr<const services::StoredRecruitment>> list_recruitments() override {
    std::vector<std::shared_ptr<const services::StoredRecruitment>> all;
    for (const auto& [code, stored] : recruitments) all.push_back(stored);
    return all;
  }
  std::shared_ptr<const services::StoredRecruitment> find_recruitment(const ExamCode& code) override {
    const auto found = recruitments.find(code);
    return found == recruitments.end() ? nullptr : found->second;
  }
  void save_recruitment(const Recruitment& notice, services::RecruitmentState state, std::int64_t expected_version,
                        const services::Change&) override {
    auto& stored = recruitments[notice.header.code];
    if ((stored ? stored->version : 0) != expected_version)
      throw Conflict("recruitment_changed", {"changed", "변경됨"});
    stored =
        std::make_shared<services::StoredRecruitment>(services::StoredRecruitment{notice, state, expected_version + 1});
  }
  services::UnitCounts count_applications(const ExamCode&) override { return counts; }

  std::map<ExamCode, std::shared_ptr<const services::StoredRecruitment>> recruitments;
  services::UnitCounts counts;
};

class MemoryOutbox : public services::MessageOutbox {
 public:
  void enqueue(const services::Message& message, Instant) override {
    const auto same = [&](const services::WaitingMessage& w) { return w.message.dedupe_id == message.dedupe_id; };
    if (std::any_of(waiting.begin(), waiting.end(), same)) return;
    waiting.push_back({static_cast<std::int64_t>(waiting.size()) + 1, 0, message});
    due.push_back(Instant{});
  }
  std::vector<services::WaitingMessage> claim(Instant now, std::chrono::seconds lease, int most) override {
    std::vector<services::WaitingMessage> claimed;
    for (std::size_t at = 0; at < waiting.size() && static_cast<int>(claimed.size()) < most; ++at) {
      if (settled.contains(waiting[at].id) || due[at] > now) continue;
      due[at] = now + lease;
      claimed.push_back(waiting[at]);
    }
    return claimed;
  }
  void mark_sent(std::int64_t id, Instant) override { settled[id] = "sent"; }
  void mark_failed(std::int64_t id, const std::string& why, std::optional<Instant> next, Instant) override {
    auto& one = waiting[static_cast<std::size_t>(id) - 1];
    ++one.attempts;
    if (next) {
      due[static_cast<std::size_t>(id) - 1] = *next;
    } else {
      settled[id] = why;
    }
  }
  Figures count_messages() override {
    Figures figures;
    for (const auto& [id, how] : settled) ++(how == "sent" ? figures.sent : figures.failed);
    figures.waiting = static_cast<std::int64_t>(waiting.size()) - figures.sent - figures.failed;
    return figures;
  }

  std::vector<services::WaitingMessage> waiting;
  std::vector<Instant> due;
  std::map<std::int64_t, std::string> settled;
};

class MemoryApplications : public services::ApplicationRepository {
 public:
  using Guard = std::lock_guard<std::mutex>;

  std::optional<services::Draft> find_draft(const std::string& account, const ExamCode& exam) override {
    const Guard guard(mutex);
    const auto found = drafts.find({account, exam});
    return found == drafts.end() ? std::nullopt : std::optional(found->second);
  }
  services::Draft save_draft(const services::Draft& draft, Instant now) override {
    const Guard guard(mutex);
    const auto key = std::pair(draft.account, draft.exam);
    const auto found = drafts.find(key);
    if (draft.version == 0 && found != drafts.end()) return found->second;
    if (draft.version != 0 && (found == drafts.end() || found->second.version != draft.version))
      throw Conflict("draft_changed", {"changed", "변경됨"});
    services::Draft stored = draft;
    ++stored.version;
    stored.saved_at = now;
    drafts[key] = stored;
    return stored;
  }
  void remove_draft(const std::string& account, const ExamCode& exam) override { drafts.erase({account, exam}); }

  std::vector<services::StoredSubmission> save_submissions(std::span<const services::Submission> batch,
                                                           const std::function<Instant()>& now) override {
    const Guard guard(mutex);
    if (broken) throw Unavailable("database_lost", {"lost", "끊김"});
    std::vector<services::StoredSubmission> answers;
    for (const services::Submission& one : batch) answers.push_back(store(one, now()));
    ++commits;
    return answers;
  }
  std::optional<services::StoredSubmission> find_submission(const ExamCode& exam, const std::string& key) override {
    const Guard guard(mutex);
    const auto found = submissions.find({exam, key});
    if (found == submissions.end()) return std::nullopt;
    auto stored = found->second;
    stored.outcome = services::SubmissionOutcome::stored_before;
    return stored;
  }
  std::optional<Application> find_application(const ApplicationId& id) override {
    const Guard guard(mutex);
    const auto found = applications.find(id);
    return found == applications.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Application> find_application(const std::string& account, const ExamCode& exam) override {
    const auto own = list_applications(account);
    const auto found = std::find_if(own.begin(), own.end(), [&](const Application& a) { return a.exam == exam; });
    return found == own.end() ? std::nullopt : std::optional(*found);
  }
  std::vector<Application> list_applications(const std::string& account) override {
    const Guard guard(mutex);
    std::vector<Application> own;
    for (const auto& [id, application] : applications) {
      if (application.account == account) own.push_back(application);
    }
    std::sort(own.begin(), own.end(),
              [](const Application& a, const Application& b) { return a.submitted_at > b.submitted_at; });
    return own;
  }
  services::ApplicationPage list_applications(const ExamCode& exam, std::optional<ApplicationState> state,
                                              const ApplicationId& after, int most) override {
    const Guard guard(mutex);
    services::ApplicationPage page;
    for (const auto& [id, application] : applications) {
      if (application.exam != exam || id <= after || (state && application.state != *state)) continue;
      if (static_cast<int>(page.applications.size()) == most) {
        page.last = page.applications.back().id;
        break;
      }
      page.applications.push_back(application);
    }
    return page;
  }
  std::vector<ApplicationEvent> list_events(const ApplicationId& id) override {
    const Guard guard(mutex);
    return events[id];
  }
  std::string load_receipt(const ApplicationId& id) override {
    const Guard guard(mutex);
    const auto found = receipts.find(id);
    if (found == receipts.end()) throw NotFound("no_receipt", {"none", "없음"});
    return found->second;
  }
  void withdraw(const Application& application, Refunds refunds, const std::vector<services::Message>&,
                const services::Change& change) override {
    const Guard guard(mutex);
    Application& stored = same_version(application);
    stored.state = ApplicationState::withdrawn;
    add_event(stored, change, "withdrawn");
    if (on_withdrawal) on_withdrawal(application.id);
    if (refunds == Refunds::yes) refunded.push_back(application.id);
    drafts.erase({application.account, application.exam});
  }
  void decide_accommodation(const Application& application, const AccommodationDecision& decision,
                            const std::vector<services::Message>&, const services::Change& change) override {
    const Guard guard(mutex);
    Application& stored = same_version(application);
    stored.decisions.push_back(decision);
    add_event(stored, change, "accommodation_decided");
  }
  Lapsed lapse_unpaid(const ExamCode& exam, const std::vector<UnitCode>& units,
                      const services::Change& change) override {
    const Guard guard(mutex);
    Lapsed count;
    for (auto& [id, application] : applications) {
      const bool closed = std::find(units.begin(), units.end(), application.form.unit) != units.end();
      if (application.exam != exam || !closed || application.state != ApplicationState::submitted) continue;
      if (is_undecided && is_undecided(id)) {
        ++count.undecided;
        continue;
      }
      application.state = ApplicationState::lapsed;
      add_event(application, change, "lapsed");
      ++count.lapsed;
    }
    return count;
  }
  // What a payment does to its application.
  bool pay(const ApplicationId& id, Instant paid_at) {
    const Guard guard(mutex);
    const auto found = applications.find(id);
    if (found == applications.end() || found->second.state != ApplicationState::submitted) return false;
    found->second.state = ApplicationState::paid;
    found->second.paid_at = paid_at;
    add_event(found->second, {"test", "", paid_at}, "paid");
    return true;
  }

  std::mutex mutex;
  bool broken = false;
  int commits = 0;
  std::map<std::pair<std::string, ExamCode>, services::Draft> drafts;
  std::map<ApplicationId, Application> applications;
  std::map<std::pair<ExamCode, std::string>, services::StoredSubmission> submissions;
  std::map<ApplicationId, std::vector<ApplicationEvent>> events;
  std::map<ApplicationId, std::string> receipts;
  std::map<ApplicationId, Date> days;
  std::vector<ApplicationId> refunded;
  // Set by the payments, which know the orders.
  std::function<void(const ApplicationId&)> on_withdrawal;
  std::function<bool(const ApplicationId&)> is_undecided;
  std::function<void(const ApplicationId&, Won)> on_fee;

 private:
  void add_event(Application& application, const services::Change& change, const char* kind) {
    events[application.id].push_back({++application.version, change.at, change.author, kind, ""});
  }
  Application& same_version(const Application& application) {
    Application& stored = applications.at(application.id);
    if (stored.version != application.version) throw Conflict("application_changed", {"changed", "변경됨"});
    return stored;
  }
  services::StoredSubmission store(const services::Submission& one, Instant now) {
    using services::SubmissionOutcome;
    const services::Draft& draft = one.draft;
    const auto refuse = [&](SubmissionOutcome outcome) {
      return services::StoredSubmission{outcome, one.application, draft.account, {}};
    };
    if (const auto before = submissions.find({draft.exam, one.key}); before != submissions.end()) {
      auto answer = before->second;
      answer.outcome = answer.receipt == one.receipt ? SubmissionOutcome::stored : SubmissionOutcome::stored_before;
      return answer;
    }
    if (now > one.accept_until) return refuse(SubmissionOutcome::too_late);
    const auto there = drafts.find({draft.account, draft.exam});
    if (there == drafts.end() || there->second.version != draft.version)
      return refuse(SubmissionOutcome::draft_changed);
    for (const auto& [id, other] : applications) {
      if (id != one.application && !other.is_over() && days[id] == one.exam_on &&
          other.form.identity_hash == draft.form.identity_hash)
        return refuse(SubmissionOutcome::one_per_day);
    }
    Application& application = applications[one.application];
    application.id = one.application;
    application.exam = draft.exam;
    application.account = draft.account;
    application.form = draft.form;
    application.fee = one.fee;
    if (on_fee) on_fee(one.application, one.fee);
    if (draft.edits.empty()) application.submitted_at = one.received_at;
    if (draft.edits.empty()) application.version = 0;
    if (one.fee == 0) application.state = ApplicationState::paid;
    days[one.application] = one.exam_on;
    add_event(application, {draft.account, "", one.received_at}, draft.edits.empty() ? "submitted" : "edited");
    receipts[one.application] = one.receipt;
    drafts.erase(there);
    const services::StoredSubmission answer{SubmissionOutcome::stored, one.application, draft.account, one.receipt};
    submissions[{draft.exam, one.key}] = answer;
    return answer;
  }
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
  std::map<AttachmentId, services::Attachment> attachments;
};

class MemoryPayments : public services::PaymentRepository {
 public:
  explicit MemoryPayments(MemoryApplications& applications) : applications_(applications) {
    applications.on_withdrawal = [this](const ApplicationId& id) { give_up(id, "withdrawn"); };
    applications.on_fee = [this](const ApplicationId& id, Won fee) { give_up(id, "replaced", fee); };
    applications.is_undecided = [this](const ApplicationId& id) {
      return std::any_of(payments.begin(), payments.end(), [&](const auto& one) {
        return one.second.application == id && one.second.undecided &&
               one.second.state != services::PaymentState::refunding;
      });
    };
  }
  services::Payment begin_payment(const Application& application, const services::OrderTerms& terms,
                                  const services::Change& change) override {
    int of_application = 0;
    int of_account = 0;
    for (auto& [id, payment] : payments) {
      if (accounts[id] == application.account && payment.begun_at > change.at - std::chrono::hours(1)) ++of_account;
      if (payment.application != application.id) continue;
      ++of_application;
      if (payment.state == services::PaymentState::begun && change.at < payment.expires_at) return payment;
      if (payment.state == services::PaymentState::begun) give_up(application.id, "expired");
    }
    if (of_application >= terms.limits.of_application || of_account >= terms.limits.of_account_in_an_hour)
      throw Conflict("too_many_orders", {"too many", "너무 많음"});
    services::Payment payment;
    payment.id = "order-" + std::to_string(payments.size() + 1);
    payment.application = application.id;
    payment.exam = application.exam;
    payment.amount = application.fee;
    payment.begun_at = change.at;
    payment.expires_at = terms.expires_at;
    payment.provider = terms.provider;
    accounts[payment.id] = application.account;
    return payments[payment.id] = payment;
  }
  std::optional<services::Payment> find_payment(const std::string& id) override {
    const auto found = payments.find(id);
    return found == payments.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::Payment> list_payments(const ApplicationId& application) override {
    std::vector<services::Payment> own;
    for (const auto& [id, payment] : payments) {
      if (payment.application == application) own.push_back(payment);
    }
    return own;
  }
  services::PaymentState settle_paid(const std::string& id, Instant paid_at, Instant window_closes,
                                     const services::SettleMessages& words, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    using services::PaymentState;
    if (payment.state != PaymentState::begun && payment.state != PaymentState::failed) return payment.state;
    const bool in_time = payment.state == PaymentState::begun && paid_at < window_closes;
    const bool paid = in_time && applications_.pay(payment.application, paid_at);
    payment.undecided = !paid;
    payment.state = paid ? PaymentState::paid : PaymentState::refunding;
    messages.push_back(paid ? words.paid : words.returned(services::MoneyReturn::too_late));
    return payment.state;
  }
  void settle_failed(const std::string& id, const std::string& why, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    payment.undecided = payment.undecided && payment.state == services::PaymentState::refunding;
    if (payment.state != services::PaymentState::begun) return;
    payment.state = services::PaymentState::failed;
    payment.why = why;
  }
  void settle_refunded(const std::string& id, const services::Change&) override {
    services::Payment& payment = payments.at(id);
    if (!payment.undecided) return;
    payment.state = services::PaymentState::refunded;
    payment.undecided = false;
  }
  std::vector<std::string> list_providers() override {
    std::vector<std::string> names;
    for (const auto& [id, payment] : payments) names.push_back(payment.provider);
    return names;
  }
  // All that is undecided: when the turn of each comes is the database's matter.
  std::vector<services::Payment> claim_undecided(const std::string&, Instant, int most) override {
    std::vector<services::Payment> open;
    for (auto& [id, payment] : payments) {
      const auto& gone = applications_.refunded;
      if (payment.state == services::PaymentState::paid &&
          std::find(gone.begin(), gone.end(), payment.application) != gone.end()) {
        payment.state = services::PaymentState::refunding;
        payment.undecided = true;
      }
      if (payment.undecided && static_cast<int>(open.size()) < most) open.push_back(payment);
    }
    return open;
  }
  std::vector<services::Payment> list_undecided(const ExamCode& exam, const UnitCode& unit, const std::string& after,
                                                int most) override {
    std::vector<services::Payment> open;
    for (const auto& [id, payment] : payments) {
      const auto application = applications_.find_application(payment.application);
      const bool asked = application && application->exam == exam && application->form.unit == unit &&
                         application->state == ApplicationState::submitted && payment.undecided && id > after;
      if (asked && static_cast<int>(open.size()) < most) open.push_back(payment);
    }
    return open;
  }
  std::map<std::string, services::Payment> payments;
  std::map<std::string, std::string> accounts;  // by payment
  std::vector<services::Message> messages;

 private:
  // Orders of the fee `except` stay.
  void give_up(const ApplicationId& id, const char* why, Won except = -1) {
    for (auto& [order, payment] : payments) {
      if (payment.application != id || payment.state != services::PaymentState::begun || payment.amount == except)
        continue;
      payment.state = services::PaymentState::failed;
      payment.why = why;
    }
  }
  MemoryApplications& applications_;
};

class MemoryTestOrders : public services::TestProviderBooks {
 public:
  void save_order(const services::ProviderNotice& notice, Instant) override { orders.emplace(notice.order, notice); }
  std::optional<services::ProviderNotice> find_order(const std::string& order) override {
    const auto found = orders.find(order);
    return found == orders.end() ? std::nullopt : std::optional(found->second);
  }
  bool move_order(const services::ProviderNotice& notice, services::ProviderState from) override {
    const auto found = orders.find(notice.order);
    if (found == orders.end() || found->second.state != from) return false;
    found->second = notice;
    return true;
  }
  std::map<std::string, services::ProviderNotice> orders;
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
    if (broken) throw Unavailable("database_lost", {"lost", "끊김"});
    stored = report;
    next_plan = plan;
  }
  bool broken = false;
  std::optional<services::NextPlan> next_plan;  // of the last decision
  std::map<std::int64_t, services::SelfReport> reports;
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
        provider(orders, clock, "test secret"),
        signer(services::ReceiptSigner::from_seed("0123456789abcdef0123456789abcdef")),
        queue(applications, clock, settings),
        intake{recruitments, applications, attachments, payments, self_reports, outbox, exams,
               plans,        accesses,     provider,    signer,   identity,     queue,  clock} {}

  MemoryRecruitments recruitments;
  MemoryApplications applications;
  MemoryAttachments attachments;
  MemoryPayments payments;
  MemoryTestOrders orders;
  MemorySelfReports self_reports;
  MemoryOutbox outbox;
  PlainIdentity identity;
  services::TestProvider provider;
  services::ReceiptSigner signer;
  services::SubmissionQueue queue;
  services::Intake intake;
};

}  // namespace hanjari::tests

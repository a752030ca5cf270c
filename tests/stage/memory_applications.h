// Drafts, applications and submissions in memory.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/refusals.h"

namespace hanjari::tests {

class MemoryApplications : public services::ApplicationRepository {
 public:
  using Guard = std::lock_guard<std::mutex>;

  std::optional<services::Draft> find_draft(const std::string& account, const ExamCode& exam) override {
    if (damaged_drafts) throw PersonalDataDamaged({"damaged", "손상"});
    return find_draft_as_listed(account, exam);
  }
  std::optional<services::Draft> find_draft_as_listed(const std::string& account, const ExamCode& exam) override {
    const Guard guard(mutex);
    const auto found = drafts.find({account, exam});
    return found == drafts.end() ? std::nullopt : std::optional(found->second);
  }
  services::Draft save_draft(const services::Draft& draft, Instant now) override {
    const Guard guard(mutex);
    if (drafts_broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
    const auto key = std::pair(draft.account, draft.exam);
    const auto found = drafts.find(key);
    if (draft.version == 0 && found != drafts.end()) return found->second;
    if (draft.version != 0 && (found == drafts.end() || found->second.version != draft.version))
      throw services::DraftChanged({"changed", "변경됨"});
    services::Draft stored = draft;
    ++stored.version;
    stored.saved_at = now;
    drafts[key] = stored;
    return stored;
  }
  void remove_draft(const services::Draft& draft) override {
    const Guard guard(mutex);
    const auto found = drafts.find({draft.account, draft.exam});
    if (found == drafts.end() || found->second.id != draft.id) return;
    if (found->second.version != draft.version) throw services::DraftChanged({"changed", "변경됨"});
    drafts.erase(found);
  }
  services::DraftPage list_drafts(const ExamCode& exam, const std::string& after, int most) override {
    const Guard guard(mutex);
    std::map<std::string, services::Draft> by_id;
    for (const auto& [key, draft] : drafts) {
      if (draft.exam == exam && draft.id > after) by_id.emplace(draft.id, draft);
    }
    services::DraftPage page;
    for (const auto& [id, draft] : by_id) {
      if (static_cast<int>(page.drafts.size()) == most) {
        page.last = page.drafts.back().id;
        break;
      }
      page.drafts.push_back(draft);
    }
    return page;
  }

  std::vector<services::StoredSubmission> save_submissions(std::span<const services::Submission> batch,
                                                           const std::function<Instant()>& now) override {
    const Guard guard(mutex);
    if (broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
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
    if (found == applications.end()) return std::nullopt;
    services::require_legible(found->second.legible);
    return found->second;
  }
  std::optional<Application> find_as_listed(const ApplicationId& id) override {
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
                const services::Change& change, const std::function<void()>& require_in_time) override {
    const Guard guard(mutex);
    if (broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
    if (before_withdrawal) before_withdrawal();
    Application& stored = same_version(application);
    if (require_in_time) require_in_time();
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
                      const services::Change& change, std::optional<std::int64_t>, Progress&) override {
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
  // Only what the use cases need: who yields to whom is the database's matter.
  void prove_claim(const Application& application, const services::Change& change) override {
    const Guard guard(mutex);
    Application& stored = same_version(application);
    if (stored.fee == 0) stored.state = ApplicationState::paid;
    add_event(stored, change, "claim_proven");
  }
  void release_claim(const Application& application, const std::vector<services::Message>& words,
                     const services::Change& change) override {
    const Guard guard(mutex);
    Application& stored = same_version(application);
    if (stored.counts() && stored.fee > 0) refunded.push_back(application.id);
    stored.state = ApplicationState::withdrawn;
    add_event(stored, change, "claim_released");
    if (on_withdrawal) on_withdrawal(application.id);
    released.insert(released.end(), words.begin(), words.end());
  }
  std::vector<services::Claimant> list_claimants(const ApplicationId& id) override {
    const Guard guard(mutex);
    std::vector<services::Claimant> claimants;
    const std::string& number = applications.at(id).form.identity_hash;
    for (const auto& [other, application] : applications) {
      if (!application.is_over() && days[other] == days[id] && application.form.identity_hash == number)
        claimants.push_back(
            {other, application.exam, application.state, false, application.fee, application.submitted_at});
    }
    return claimants;
  }
  std::vector<services::Message> released;
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
  bool damaged_drafts = false;  // their forms do not open
  bool drafts_broken = false;
  int commits = 0;
  std::map<std::pair<std::string, ExamCode>, services::Draft> drafts;
  std::map<ApplicationId, Application> applications;
  std::map<std::pair<ExamCode, std::string>, services::StoredSubmission> submissions;
  std::map<ApplicationId, std::vector<ApplicationEvent>> events;
  std::map<ApplicationId, std::string> receipts;
  std::map<ApplicationId, Date> days;
  std::vector<ApplicationId> refunded;
  std::vector<services::Message> told;  // of submissions
  // Set by the payments, which know the orders.
  std::function<void(const ApplicationId&)> on_withdrawal;
  std::function<void()> before_withdrawal;  // as time that the database takes
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
      return services::StoredSubmission{outcome, one.application, draft.account, {}, false};
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
    if (!draft.edits.empty()) {
      const auto before = applications.find(one.application);
      if (before == applications.end() || before->second.version != draft.edits_version || before->second.is_over())
        return refuse(SubmissionOutcome::application_changed);
    }
    if (const auto edited = applications.find(one.application);
        edited != applications.end() && edited->second.counts() &&
        edited->second.form.identity_hash != draft.form.identity_hash && !one.proven)
      return refuse(SubmissionOutcome::claim_held);
    bool held = false;
    for (const auto& [id, other] : applications) {
      if (id == one.application || other.is_over() || days[id] != one.exam_on ||
          other.form.identity_hash != draft.form.identity_hash)
        continue;
      if (other.account == draft.account) return refuse(SubmissionOutcome::one_per_day);
      held = held || other.counts();
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
    if (one.fee == 0 && !held) application.state = ApplicationState::paid;
    days[one.application] = one.exam_on;
    add_event(application, {draft.account, "", one.received_at}, draft.edits.empty() ? "submitted" : "edited");
    receipts[one.application] = one.receipt;
    const bool waits = one.fee == 0 && held && !one.messages_of_waiting.empty();
    const auto& messages = waits ? one.messages_of_waiting : one.messages;
    told.insert(told.end(), messages.begin(), messages.end());
    drafts.erase(there);
    const services::StoredSubmission answer{SubmissionOutcome::stored, one.application, draft.account, one.receipt,
                                            one.fee == 0 && held};
    submissions[{draft.exam, one.key}] = answer;
    return answer;
  }
};

}  // namespace hanjari::tests

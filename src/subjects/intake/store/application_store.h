// Drafts, applications and submissions in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/applications.h"

namespace hanjari::storage {

class ApplicationStore : public services::ApplicationRepository {
 public:
  explicit ApplicationStore(const Store& store) : store_(store) {}

  std::optional<services::Draft> find_draft(const std::string& account, const ExamCode& exam) override;
  std::optional<services::Draft> find_draft_as_listed(const std::string& account, const ExamCode& exam) override;
  services::Draft save_draft(const services::Draft& draft, Instant now) override;
  void remove_draft(const services::Draft& draft) override;
  services::DraftPage list_drafts(const ExamCode& exam, const std::string& after, int most) override;

  std::vector<services::StoredSubmission> save_submissions(std::span<const services::Submission> submissions,
                                                           const std::function<Instant()>& now) override;
  std::optional<services::StoredSubmission> find_submission(const ExamCode& exam, const std::string& key) override;

  std::optional<Application> find_application(const ApplicationId& id) override;
  std::optional<Application> find_as_listed(const ApplicationId& id) override;
  std::optional<Application> find_application(const std::string& account, const ExamCode& exam) override;
  std::vector<Application> list_applications(const std::string& account) override;
  services::ApplicationPage list_applications(const ExamCode& exam, std::optional<ApplicationState> state,
                                              const ApplicationId& after, int most) override;
  std::vector<ApplicationEvent> list_events(const ApplicationId& id) override;
  std::string load_receipt(const ApplicationId& id) override;

  void withdraw(const Application& application, Refunds refunds, const std::vector<services::Message>& messages,
                const services::Change& change, const std::function<void()>& require_in_time) override;
  void decide_accommodation(const Application& application, const AccommodationDecision& decision,
                            const std::vector<services::Message>& messages, const services::Change& change) override;
  void prove_claim(const Application& application, const services::Change& change) override;
  void release_claim(const Application& application, const std::vector<services::Message>& messages,
                     const services::Change& change) override;
  std::vector<services::Claimant> list_claimants(const ApplicationId& id) override;
  Lapsed lapse_unpaid(const ExamCode& exam, const std::vector<UnitCode>& units, const services::Change& change,
                      std::optional<std::int64_t> notice_version, Progress& progress) override;

 private:
  void end(const Application& application, std::string_view kind, const std::string& detail,
           const std::vector<services::Message>& messages, const services::Change& change,
           const std::function<void()>& require_in_time = {});
  const Store& store_;
};

}  // namespace hanjari::storage

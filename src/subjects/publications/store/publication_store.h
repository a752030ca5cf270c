// Publications in the database: steps by compare-and-set, records and parts sealed.
#pragma once

#include "audit/store.h"
#include "hanjari/publications/objections.h"
#include "hanjari/publications/publications.h"

namespace hanjari::storage {

class PublicationStore : public services::PublicationRepository {
 public:
  explicit PublicationStore(const Store& store) : store_(store) {}
  services::Publication add_publication(const services::Publication& publication,
                                        const services::Change& change) override;
  std::vector<services::Publication> list_publications(const ExamCode& exam) override;
  void begin_sealing(const services::Publication& publication) override;
  void clear_results(const services::Publication& publication) override;
  void add_results(const services::Publication& publication,
                   const std::vector<services::SealedResult>& results) override;
  void add_part(const services::Publication& publication, const std::string& name, std::string_view content) override;
  std::optional<services::SealedResult> find_result(const services::Publication& publication,
                                                    const std::string& number) override;
  std::vector<services::SealedResult> find_results(const services::Publication& publication,
                                                   const std::vector<std::string>& numbers) override;
  void sort_as_kept(const services::Publication& publication, std::vector<std::string>& numbers) override;
  std::string digest_results(const services::Publication& publication) override;
  void finish_sealing(const services::Publication& sealed, const std::vector<services::KeptShare>& shares,
                      const services::Change& change) override;
  void fail_publication(const services::Publication& publication, const services::Change& change) override;
  std::string load_part(const services::Publication& publication, const std::string& name) override;
  std::vector<services::KeptShare> list_shares(const services::Publication& publication) override;
  void save_step(const services::Publication& publication, const services::ReleaseState& next,
                 const std::string& action, const services::Change& change) override;
  void release(const services::Publication& publication, const services::ReleaseState& next, std::string_view key,
               const services::Change& change) override;
  services::ReleaseBasis find_basis(const ExamCode& exam) override;
  Instant database_now() override;
  std::optional<services::OfficerReleaseKey> find_officer_key(const std::string& officer) override;
  std::vector<services::OfficerReleaseKey> list_officer_keys() override;
  void save_officer_key(const services::OfficerReleaseKey& key, const services::Change& change) override;
  services::FairnessReport add_fairness_report(const services::FairnessReport& made, const services::Change& change) override;
  std::vector<services::FairnessReport> list_fairness_reports(const ExamCode& exam) override;
  services::Objection add_objection(const services::Objection& sent, const services::Change& change) override;
  std::vector<services::Objection> list_objections(const ExamCode& exam, const std::optional<std::string>& number) override;
  void answer_objection(const services::Objection& answered, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

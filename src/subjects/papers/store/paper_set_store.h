// Files of papers in the database: sealed, in portions.
#pragma once

#include "audit/store.h"
#include "hanjari/papers/paper_sets.h"

namespace hanjari::storage {

class PaperSetStore : public services::PaperSetRepository {
 public:
  explicit PaperSetStore(const Store& store) : store_(store) {}
  void add_file(const services::PaperBytes& made) override;
  void offer_files(const std::string& job, std::int64_t run, const ExamCode& exam, Instant ends_at,
                   const services::Change& change) override;
  void discard_files(const std::string& job, std::int64_t run) override;
  std::vector<services::PaperFile> list_files(const ExamCode& exam, const std::string& plan, Instant now) override;
  std::vector<services::PaperFile> list_files_of_job(const std::string& job) override;
  std::optional<services::PaperBytes> find_file(const ExamCode& exam, const std::string& id, Instant now) override;
  bool remove_expired(Instant now) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

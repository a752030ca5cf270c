// Templates of papers in the database, in versions.
#pragma once

#include "audit/store.h"
#include "hanjari/papers/paper_templates.h"

namespace hanjari::storage {

class PaperTemplateStore : public services::PaperTemplateRepository {
 public:
  explicit PaperTemplateStore(const Store& store) : store_(store) {}
  std::int64_t newest_version() override;
  std::optional<services::TemplateVersion> find_version(std::int64_t version) override;
  void save_version(const services::TemplateVersion& next, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

// Versions of templates in memory.
#pragma once

#include <vector>

#include "hanjari/papers/paper_templates.h"

namespace hanjari::tests {

class MemoryPaperTemplates : public services::PaperTemplateRepository {
 public:
  std::int64_t newest_version() override { return versions.empty() ? 0 : versions.back().version; }
  std::optional<services::TemplateVersion> find_version(std::int64_t version) override {
    std::optional<services::TemplateVersion> found;
    for (const services::TemplateVersion& one : versions) {
      if (version == 0 || one.version == version) found = one;
    }
    return found;
  }
  void save_version(const services::TemplateVersion& next, const services::Change&) override {
    if (static_cast<std::int64_t>(versions.size()) + 1 != next.version) throw services::TemplatesChanged();
    versions.push_back(next);
  }

  std::vector<services::TemplateVersion> versions;  // oldest first
};

}  // namespace hanjari::tests

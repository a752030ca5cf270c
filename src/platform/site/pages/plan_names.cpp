#include "site/pages/plan_names.h"

#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

std::string name_of_plan(const Call& call, const std::vector<services::StoredPlan>& plans, const std::string& digest,
                         const std::string& input_sha256) {
  // The newest stands first.
  for (std::size_t at = 0; at < plans.size(); ++at) {
    if (plans[at].digest != digest || plans[at].input_sha256 != input_sha256) continue;
    return call.site.pages().text(call.language, "plans.numbered", {{"number", std::to_string(plans.size() - at)}});
  }
  return digest.substr(0, 12);
}

}  // namespace hanjari::web

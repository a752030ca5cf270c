#include "jobs/pages/lacking_papers.h"

#include <string>

namespace hanjari::web {

void describe_lacks(const nlohmann::json& result, nlohmann::json& made) {
  for (const char* name : {"fonts", "unreadable_numbers", "without_start", "without_seating"}) {
    const auto found = result.find(name);
    if (found == result.end() || !found->is_array() || found->empty()) continue;
    std::string list;
    for (const auto& one : *found) {
      if (one.is_string()) list += (list.empty() ? "" : ", ") + one.get<std::string>();
    }
    made[name] = {{"list", list}};
  }
}

}  // namespace hanjari::web

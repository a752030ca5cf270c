// What papers that a job has made lack: fonts, and times that nobody has said.
#pragma once

#include <nlohmann/json.hpp>

namespace hanjari::web {

// `result`: of the job; `made`: what the page says of its papers.
void describe_lacks(const nlohmann::json& result, nlohmann::json& made);

}  // namespace hanjari::web

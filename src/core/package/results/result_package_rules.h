// rules.json of a result package.
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/base/text.h"
#include "hanjari/selection/rules.h"

namespace hanjari::package {

// Told for every unknown or ill-typed key, named by its dotted path.
using RulesFault = std::function<void(const std::string& key, Text what, Text fix)>;

// Absent keys have the defaults. `final` is read for the final stage only; `version` and `note` may be anything.
selection::Rules read_rules(const nlohmann::json& root, selection::Stage stage, const RulesFault& fault);

}  // namespace hanjari::package

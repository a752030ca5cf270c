// A result package with everything decided on it: what the command writes and what the service keeps come from here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/package/result_package.h"
#include "hanjari/selection/compare.h"
#include "hanjari/selection/decision.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/statistics.h"

namespace hanjari::services {

struct Decided {
  package::LoadedResults loaded;
  selection::ElectiveStatistics statistics;
  selection::Decision decision;
};

Decided decide_package(package::LoadedResults loaded);

// The path of one person of the decision through the rules.
std::vector<selection::Step> explain_path(const Decided& decided, selection::PersonIndex person);

// The mistake of July 2021, for showing what it would have done; nothing when nobody absent has chosen electives.
std::optional<selection::Comparison> compare_with_absent_as_zero(const Decided& decided);

// SHA-256 of decisions.csv followed by cuts.csv, as a publication names it.
std::string digest_decision(const std::string& decisions_csv, const std::string& cuts_csv);
// The same of what was decided again: that of the kept decision, if it is the same one.
std::string digest_decided(const Decided& decided);

}  // namespace hanjari::services

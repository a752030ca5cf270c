// A result package with everything decided on it: what the command writes and what the service keeps come from here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"
#include "hanjari/package/result_package.h"
#include "hanjari/selection/compare.h"
#include "hanjari/selection/decision.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/final_decision.h"
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

// What the reports of a decision say besides it.
struct ReportedBeside {
  const ExamHeader* exam = nullptr;                    // nothing where nobody has said which exam it is
  const selection::FinalDecision* final = nullptr;     // nothing for the written stage
  const selection::Comparison* differences = nullptr;  // of a what-if, or to another package
  std::string other_package{};                         // that `differences` compares with
  std::string supposed{};                              // what a what-if changes; empty: the decision as it is
  bool pass_list = true;                               // a what-if has no list that somebody could put up
  double seconds_load = 0;
  double seconds_decide = 0;
  double peak_rss_mb = 0;
};

// Hands over by name, in both languages, the report for officers (report.en.html) and the pass list to print (passed.en.html, in the
// final stage passed_final.en.html), and report.json.
void write_reports(const Decided& decided, const ReportedBeside& beside,
                   const std::function<void(const std::string& name, std::string_view bytes)>& take);

// SHA-256 of decisions.csv followed by cuts.csv, as a publication names it.
std::string digest_decision(const std::string& decisions_csv, const std::string& cuts_csv);
// The same of what was decided again: that of the kept decision, if it is the same one.
std::string digest_decided(const Decided& decided);

}  // namespace hanjari::services

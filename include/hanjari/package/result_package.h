// Result packages: what a decision is made from, and the files that come out of it (docs/decision.md, docs/formats.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/base/output.h"
#include "hanjari/base/progress.h"
#include "hanjari/package/csv.h"
#include "hanjari/selection/compare.h"
#include "hanjari/selection/explain.h"
#include "hanjari/selection/final_decision.h"
#include "hanjari/selection/result_rows.h"

namespace hanjari::package {

class BadCells;

// What a what-if changes in a result package before the gate; nothing of it touches the files.
struct ResultChanges {
  // KEY=VALUE: a setting of rules.json by its dotted name, or posts.UNIT, to_pass.UNIT.
  std::vector<std::pair<std::string, std::string>> settings;
  // CSV applicant_number, subject, and raw (the new mark, `-`: no mark) or delta (points to add); optional kind for a
  // mark that was not there.
  std::optional<std::filesystem::path> rescore;
  // CSV applicant_number and any of sex, attendance, bonus (`-`: none); an empty value changes nothing.
  std::optional<std::filesystem::path> correct;

  bool empty() const { return settings.empty() && !rescore && !correct; }
};

// The package as its files say it, with the changes; every fault of single values is in ResultRows::faults.
struct ReadResults {
  selection::ResultRows rows;
  selection::Rules rules;
  std::vector<Fault> warnings;  // unknown columns
};
// interview.csv is read for the final stage only. Throws NotFound when the folder is missing.
ReadResults read_results(const std::filesystem::path& folder, selection::Stage stage, Encoding encoding,
                         const ResultChanges& changes, Progress& progress);

// The package after the gate.
struct LoadedResults {
  selection::Results results;
  selection::Rules rules;
  std::vector<Fault> warnings;
  // SHA-256 over units.csv, people.csv and scores.csv as the gate understood them, in one order and form.
  std::string input_sha256;
  // Electives whose raw marks have the mean and the deviation of adjusted ones, so that they may have been adjusted before; each is a
  // warning too.
  std::vector<std::string> like_adjusted{};
};
// Throws InvalidInput with every fault of every file. Every wrong cell of a sheet is added to `bad`.
LoadedResults load_results(const std::filesystem::path& folder, selection::Stage stage, Encoding encoding,
                           const ResultChanges& changes, Progress& progress, BadCells* bad = nullptr);

// A number that nobody has and that stands for one of people.csv, such as one without its zeros: what happened to it and what
// to write.
std::optional<Fault> find_near_number(const selection::Results& results, std::string_view number);

// A package written from rows, for samples and tests; rules.json is `rules_json`. Whether the folder may hold something
// already: see AtomicFolder.
void save_results(const selection::ResultRows& rows, const std::string& rules_json, const std::filesystem::path& folder,
                  Existing existing = Existing::keep);

// scores.csv of marks that passed the gate, with two decimals: by unit, applicant number and subject.
void write_scores(const selection::Results& results, const CsvWriter::Sink& sink);

// The bytes of the result files (rules 15 and 16).
void write_decisions(const selection::Results& results, const selection::Rules& rules,
                     const selection::Decision& decision, const CsvWriter::Sink& sink);
void write_cuts(const selection::Results& results, const selection::Decision& decision, const CsvWriter::Sink& sink);
void write_final_decisions(const selection::Results& results, const selection::FinalDecision& decision,
                           const CsvWriter::Sink& sink);
void write_final_cuts(const selection::Results& results, const selection::FinalDecision& decision,
                      const CsvWriter::Sink& sink);
void write_differences(const selection::Comparison& comparison, const CsvWriter::Sink& sink);
void write_cut_differences(const selection::Comparison& comparison, const CsvWriter::Sink& sink);

// report.json of a decision: the rules and their digest, every unit with what one post more or fewer changes, and what
// absent people counted as zero would have changed.
struct DecisionReport {
  const LoadedResults& loaded;
  const selection::Decision& decision;
  const std::vector<selection::UnitExplanation>& units;
  const selection::FinalDecision* final = nullptr;
  const selection::Comparison* absent_as_zero = nullptr;  // nothing when no chosen electives are known
  const selection::Comparison* differences = nullptr;     // of a what-if
  double seconds_load = 0;                                // until every file is read and passed the gate
  double seconds_decide = 0;
  double peak_rss_mb = 0;
};
std::string render_decision_json(const DecisionReport& report);

}  // namespace hanjari::package

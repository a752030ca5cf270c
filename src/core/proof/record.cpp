#include "hanjari/proof/record.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "hanjari/base/nesting.h"
#include "proof/whole_number.h"

namespace hanjari::proof {
namespace {

using nlohmann::json;

template <class Value>
json or_null(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

constexpr std::array<std::string_view, 6> written_outcomes = {"absent",          "below_line", "passed",
                                                              "passed_equality", "not_passed", "void"};
constexpr std::array<std::string_view, 7> final_outcomes = {
    "absent", "poor", "passed", "passed_equality", "not_passed", "call_up", "declined"};

template <std::size_t Count>
bool holds(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Record record_of(const json& object) {
  Record record;
  object.at("applicant_number").get_to(record.applicant_number);
  object.at("exam").get_to(record.exam);
  object.at("outcome").get_to(record.outcome);
  if (!object.at("rank").is_null()) read_whole(object.at("rank"), record.rank.emplace());
  object.at("salt").get_to(record.salt);
  object.at("scores").get_to(record.scores);
  const auto stage = parse_stage(object.at("stage").get<std::string>());
  if (!stage) throw json::other_error::create(500, "unknown stage", nullptr);
  record.stage = *stage;
  if (!object.at("total").is_null()) record.total = object.at("total").get<std::string>();
  object.at("unit_code").get_to(record.unit_code);
  read_whole(object.at("version"), record.version);
  return record;
}

}  // namespace

std::string_view to_string(Stage stage) {
  return stage == Stage::written ? "written" : "final";
}

std::optional<Stage> parse_stage(std::string_view word) {
  if (word == "written") return Stage::written;
  if (word == "final") return Stage::final;
  return std::nullopt;
}

std::string render_record(const Record& record) {
  const json object = {{"applicant_number", record.applicant_number},
                       {"exam", record.exam},
                       {"outcome", record.outcome},
                       {"rank", or_null(record.rank)},
                       {"salt", record.salt},
                       {"scores", record.scores},
                       {"stage", to_string(record.stage)},
                       {"total", or_null(record.total)},
                       {"unit_code", record.unit_code},
                       {"version", record.version}};
  return object.dump();
}

std::optional<Record> parse_record(std::string_view bytes) {
  if (nesting_of(bytes) > deepest_nesting) return std::nullopt;
  try {
    const Record record = record_of(json::parse(bytes));
    if (render_record(record) != bytes) return std::nullopt;
    return record;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

bool is_listed(std::string_view outcome) {
  return outcome == "passed" || outcome == "passed_equality";
}

bool is_outcome(Stage stage, std::string_view outcome) {
  return stage == Stage::written ? holds(written_outcomes, outcome) : holds(final_outcomes, outcome);
}

}  // namespace hanjari::proof

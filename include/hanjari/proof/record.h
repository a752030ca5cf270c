// What a publication says of one person, as the bytes that are hashed into the tree (contract: Publication package).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::proof {

enum class Stage { written, final };
std::string_view to_string(Stage stage);
std::optional<Stage> parse_stage(std::string_view word);

struct Record {
  std::string applicant_number;
  std::string exam;
  std::string outcome;                        // a word of decisions.csv, or of decisions_final.csv
  std::optional<std::int64_t> rank;           // from 1
  std::string salt;                           // 64 hexadecimal digits; keeps others from guessing the record by its hash
  std::map<std::string, std::string> scores;  // raw marks with two decimals, by subject; empty if absent
  Stage stage = Stage::written;
  std::optional<std::string> total;  // with two decimals
  std::string unit_code;
  std::int64_t version = 1;

  bool operator==(const Record&) const = default;
};

// UTF-8 JSON with sorted keys, without blanks, letters beyond ASCII unescaped.
std::string render_record(const Record& record);
// Nothing unless these are exactly the bytes that render_record writes of some record.
std::optional<Record> parse_record(std::string_view bytes);

// Whether the outcome stands on the public list: passed and passed_equality, which in the final stage are
// those appointed or to be appointed. Call-ups and reserves do not.
bool is_listed(std::string_view outcome);
// Whether this is an outcome of the stage at all.
bool is_outcome(Stage stage, std::string_view outcome);

}  // namespace hanjari::proof

// Reads the record inside the proof that a person downloads, by a reader of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace hanjari::proofreading {

// What the record has to say. Empty rank and total: none.
struct ProvenRecord {
  std::string number;
  std::string exam;
  std::string outcome;
  std::string rank;
  std::string total;
  std::string unit;
  std::map<std::string, std::string> scores;
  std::int64_t version = 1;
  std::string stage = "written";
};

// Whether the bytes of a proof hold the record of this very person with these very words, byte for byte but for its salt.
bool proves(std::string_view proof, const ProvenRecord& expected);

}  // namespace hanjari::proofreading

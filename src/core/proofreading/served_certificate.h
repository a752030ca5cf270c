// A certificate as the person downloads it, against what was decided.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari::proofreading {

// What it has to say; `total` and `rank` as decisions.csv has them, empty where there is none.
struct CertifiedFacts {
  std::string exam;
  Text exam_name;
  std::int64_t version = 1;
  std::string released_at;
  std::string number;
  std::string unit;
  Text unit_name;
  std::string outcome;
  std::string total;
  std::string rank;
  std::string root;
  std::string stage = "written";
};

// Whether the text is exactly this one, with one line of signature below.
bool certifies(std::string_view certificate, const CertifiedFacts& expected);

}  // namespace hanjari::proofreading

// A result package of four people, by file, to be changed and packed.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "stage/zip_of.h"

namespace hanjari::tests {

using ResultFiles = std::map<std::string, std::string>;

// Two of four pass: P1 with 80.00, P2 with 78.50 thanks to the preference; P3 was absent, P4 has 60.25.
inline ResultFiles small_results() {
  return {{"units.csv",
           "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass\n"
           "U,행정,Administration,general,9,4,100,A,2\n"},
          {"people.csv",
           "applicant_number,unit_code,sex,attendance,bonus\n"
           "P1,U,F,present,\nP2,U,M,moved,veteran_5;licence_3\nP3,U,F,absent,\nP4,U,F,present,\n"},
          {"scores.csv",
           "applicant_number,unit_code,subject,kind,raw\n"
           "P1,U,korean,common,80\nP2,U,korean,common,70.5\nP4,U,korean,common,60.25\n"},
          {"rules.json", "{}"}};
}

// The same after a mark was corrected: P4 has 90.00, passes, and P2 does not any more.
inline ResultFiles corrected_results() {
  ResultFiles files = small_results();
  std::string& scores = files["scores.csv"];
  scores.replace(scores.find("60.25"), 5, "90.00");
  return files;
}

inline std::string zip_of_results(const ResultFiles& files, const std::string& inside = {}) {
  std::vector<std::pair<std::string, std::string>> packed;
  for (const auto& [name, content] : files) packed.emplace_back(inside + name, content);
  return zip_of(packed);
}

}  // namespace hanjari::tests

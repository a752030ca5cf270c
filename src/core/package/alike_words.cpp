// Words that rows share and that two of them write otherwise: whoever is to sit apart would sit side by side, and a home
// would have no row in the table of travel.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

class AlikeWords {
 public:
  explicit AlikeWords(const Words& words) : words_(words), is_used_(words.size(), false) {}
  void add(WordIndex word) {
    if (word != empty_word && word.value < is_used_.size()) is_used_[word.value] = true;
  }
  void warn(const char* column, std::vector<Fault>& warnings) const {
    std::map<std::string, std::vector<std::string>> by_key;
    for (std::size_t at = 0; at < is_used_.size(); ++at) {
      if (!is_used_[at]) continue;
      const std::string& word = words_[WordIndex(at)];
      by_key[key_of_alike(word)].push_back(word);
    }
    RepeatedFaults told;
    for (auto& [key, alike] : by_key) {
      if (alike.size() < 2) continue;
      std::sort(alike.begin(), alike.end());
      told.add({"applicants.csv",
                0,
                column,
                {fmt::format("{} and {} are taken as two; they differ in blanks, width, case or zeros in front only", show(alike[0]),
                             show(alike[1])),
                 in_korean("{}[과/와] {}[을/를] 서로 다른 것으로 보았습니다. 빈칸, 전각·반각, 대소문자나 앞자리 0만 다릅니다", show(alike[0]),
                           show(alike[1]))},
                {"write the same thing in one way", "같은 것이면 한 가지로 적으십시오"}});
    }
    for (Fault& fault : told.take()) warnings.push_back(std::move(fault));
  }

 private:
  const Words& words_;
  std::vector<bool> is_used_;
};

}  // namespace

void warn_of_alike_words(ExamReading& reading) {
  AlikeWords apart(reading.exam.words);
  AlikeWords origins(reading.exam.words);
  for (const Applicant& person : reading.exam.applicants) {
    apart.add(person.keep_apart);
    origins.add(person.origin);
  }
  for (const TravelRow& row : reading.exam.travel) origins.add(row.origin);
  apart.warn("keep_apart", reading.warnings);
  // Without the table an origin is no more than what somebody wrote down.
  if (!reading.exam.travel.empty()) origins.warn("origin", reading.warnings);
}

}  // namespace hanjari::package

// Check lists and notes of the day in memory.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/materials/briefing.h"

namespace hanjari::tests {

class MemoryBriefings : public services::BriefingRepository {
 public:
  std::vector<services::Check> list_checks(const services::Book& book, const std::optional<VenueCode>& venue) override {
    std::map<std::pair<VenueCode, std::string>, services::Check> newest;
    for (const auto& [run, check] : checks) {
      if (run == book.run && (!venue || check.venue == *venue)) newest[{check.venue, check.item}] = check;
    }
    std::vector<services::Check> list;
    for (const auto& [key, check] : newest) list.push_back(check);
    return list;
  }
  void add_check(const services::Book& book, const services::Check& check, const services::Change&) override {
    checks.emplace_back(book.run, check);
  }
  std::optional<services::BriefingNote> find_note(const ExamCode&, const DistrictCode& district) override {
    const auto found = notes.find(district);
    if (found == notes.end()) return std::nullopt;
    return found->second;
  }
  void save_note(const ExamCode&, const services::BriefingNote& next, const services::Change&) override {
    if (notes[next.district].version + 1 != next.version) throw Conflict("note_changed", {"changed", "바뀜"});
    notes[next.district] = next;
  }

  std::vector<std::pair<std::string, services::Check>> checks;  // by run
  std::map<DistrictCode, services::BriefingNote> notes;
};

}  // namespace hanjari::tests

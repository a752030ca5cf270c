// Entries of interviews in memory, under the rules that the database holds.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/results/interview_entries.h"

namespace hanjari::tests {

class MemoryInterviews : public services::InterviewRepository {
 public:
  services::InterviewBook load_interviews(const ExamCode& exam) override { return books[exam.text()]; }
  void save_interview_entry(const ExamCode& exam, const services::InterviewEntry& next, const services::Change&) override {
    services::InterviewBook& book = books[exam.text()];
    for (auto* entry : {&book.first, &book.second}) {
      if (*entry && (*entry)->officer != next.officer) continue;
      if ((*entry ? (*entry)->version : 0) != next.version - 1) throw Conflict("interview_changed", {"changed", "바뀜"});
      *entry = next;
      return;
    }
    throw Conflict("both_entered", {"both", "둘 다"});
  }
  void save_interview_settlements(const ExamCode& exam, const services::InterviewBook& seen, const services::InterviewSettlements& next,
                                  const services::InterviewSettlement&, const services::Change&) override {
    if (before_save) before_save();
    services::InterviewBook& book = books[exam.text()];
    if (book.settlements.version != next.version - 1 || book.first->version != seen.first->version ||
        book.second->version != seen.second->version)
      throw Conflict("interview_changed", {"changed", "바뀜"});
    book.settlements = next;
  }

  services::CandidateRegister load_register(const ExamCode& exam) override { return registers[exam.text()]; }
  void save_register(const ExamCode& exam, const services::CandidateRegister& next, const std::string&, const std::string&,
                     const services::Change&) override {
    if (before_save) before_save();
    if (registers[exam.text()].version != next.version - 1) throw Conflict("register_changed", {"changed", "바뀜"});
    registers[exam.text()] = next;
  }
  services::StoredFinal add_final(const services::StoredFinal& made, const services::FinalFiles& given, const services::Change&) override {
    const auto there = list_finals(made.exam);
    if (const auto same = services::find_same_final(there, made)) return *same;
    services::StoredFinal kept = made;
    kept.version = there.empty() ? 1 : there.front().version + 1;
    finals.push_back(kept);
    files[{kept.exam.text(), kept.version}] = given;
    return kept;
  }
  std::vector<services::StoredFinal> list_finals(const ExamCode& exam) override {
    std::vector<services::StoredFinal> found;
    for (auto one = finals.rbegin(); one != finals.rend(); ++one) {
      if (one->exam == exam) found.push_back(*one);
    }
    return found;
  }
  std::string load_final_file(const services::StoredFinal& final, const std::string& name) override {
    const auto& of = files[{final.exam.text(), final.version}];
    const auto found = of.find(name);
    if (found == of.end()) throw NotFound("results_destroyed", {"gone", "없음"});
    return found->second;
  }

  std::vector<services::StoredFinal> finals;  // oldest first
  std::map<std::pair<std::string, std::int64_t>, services::FinalFiles> files;
  std::map<std::string, services::InterviewBook> books;  // by code of the exam
  std::map<std::string, services::CandidateRegister> registers;  // by code of the exam
  std::function<void()> before_save;                     // what somebody else does meanwhile
};

}  // namespace hanjari::tests

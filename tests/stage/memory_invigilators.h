// Invigilators in memory, under the rules that the database holds.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/invigilators.h"

namespace hanjari::tests {

class MemoryInvigilators : public services::InvigilatorRepository {
 public:
  services::DutyBoard find_board(const ExamCode&) override { return board; }
  void save_board(const ExamCode&, const services::DutyBoard& next, const services::Change&) override {
    if (board.version != next.version - 1) throw Conflict("duty_board_changed", {"changed", "바뀜"});
    board = next;
  }
  std::vector<services::ListedPerson> list_people(const ExamCode&) override {
    ++people_read;
    std::vector<services::ListedPerson> listed;
    for (const auto& [id, person] : people) listed.push_back(person);
    return listed;
  }
  std::vector<services::PersonOutline> list_outlines(const ExamCode&) override {
    std::vector<services::PersonOutline> outlines;
    for (const auto& [id, person] : people) outlines.push_back(services::outline_of(person));
    return outlines;
  }
  std::vector<services::ListedPerson> find_people(const ExamCode&, const std::vector<InvigilatorId>& ids) override {
    std::vector<services::ListedPerson> found;
    for (const InvigilatorId& id : ids) {
      if (const auto one = people.find(id); one != people.end()) found.push_back(one->second);
    }
    people_opened += found.size();
    return found;
  }
  std::string mark_of_people(const ExamCode&) override {
    std::string mark;
    for (const auto& [id, person] : people)
      mark += id.text() + std::string(services::spell(person.state)) + services::write_person(person);
    for (const auto& [name, content] : beside) mark += name + content;
    return mark;
  }
  std::optional<services::ListedPerson> find_person(const ExamCode&, const InvigilatorId& id) override {
    const auto found = people.find(id);
    if (found == people.end()) return std::nullopt;
    return found->second;
  }
  std::vector<ExamCode> list_exams_of(const InvigilatorId& id) override {
    std::vector<ExamCode> exams = earlier;
    if (people.contains(id)) exams.push_back(exam);
    return exams;
  }
  std::optional<services::CodeOwner> find_code(const std::string& code) override {
    const auto found = codes.find(code);
    if (found == codes.end()) return std::nullopt;
    return services::CodeOwner{exam, found->second};
  }
  void save_people(const ExamCode& code, const services::PeopleStep& step, const services::Change&) override {
    exam = code;
    if (step.seen_mark && *step.seen_mark != mark_of_people(code))
      throw Conflict("invigilators_changed", {"changed", "바뀜"});
    for (const services::ListedPerson& next : step.people) {
      const auto now = people.find(next.facts.id);
      if ((now == people.end() ? 0 : now->second.version) != next.version - 1)
        throw Conflict("invigilators_changed", {"changed", "바뀜"});
    }
    for (const services::ListedPerson& next : step.people) {
      services::ListedPerson& kept = people[next.facts.id];
      kept = next;
      if (!next.new_code.empty()) {
        std::erase_if(codes, [&](const auto& one) { return one.second == next.facts.id; });
        codes[next.new_code] = next.facts.id;
      }
      kept.new_code.clear();
    }
    if (step.beside) {
      for (const auto& [name, content] : *step.beside) beside[name] = content;
    }
    messages.insert(messages.end(), step.messages.begin(), step.messages.end());
    notes.push_back(step.note);
  }
  package::PackedFiles load_beside(const ExamCode&) override { return beside; }
  services::Staffing add_staffing(const services::Staffing& staffing, const package::PackedFiles& made,
                                  const services::DutySwap* swap, const services::Change&) override {
    for (const services::Staffing& one : staffings) {
      if (!staffing.job.empty() && one.job == staffing.job) return one;
    }
    const std::int64_t newest = staffings.empty() ? 0 : staffings.front().version;
    if (newest != staffing.before) throw Conflict("staffings_changed", {"changed", "바뀜"});
    services::Staffing kept = staffing;
    kept.version = newest + 1;
    staffings.insert(staffings.begin(), kept);
    files[kept.id] = made;
    if (swap != nullptr) put_swap(*swap);
    return kept;
  }
  std::vector<services::Staffing> list_staffings(const ExamCode&) override { return staffings; }
  package::PackedFiles load_staffing(const services::Staffing& staffing) override { return files.at(staffing.id); }
  std::vector<services::DutySwap> list_swaps(const ExamCode&) override { return swaps; }
  void save_swap(const services::DutySwap& next, const services::Change&) override { put_swap(next); }

  ExamCode exam{"seoul-2021-1"};
  services::DutyBoard board;
  std::map<InvigilatorId, services::ListedPerson> people;
  std::map<std::string, InvigilatorId> codes;
  std::vector<ExamCode> earlier;  // exams in whose lists everybody stands as here, with the same duties
  package::PackedFiles beside;
  std::vector<services::Staffing> staffings;  // newest first
  std::map<std::string, package::PackedFiles> files;
  std::vector<services::DutySwap> swaps;
  std::vector<services::Message> messages;
  std::vector<services::AuditNote> notes;
  int people_read = 0;            // how often the whole list was asked for
  std::size_t people_opened = 0;  // one by one

 private:
  void put_swap(const services::DutySwap& next) {
    const auto now = std::find_if(swaps.begin(), swaps.end(), [&](const auto& one) { return one.id == next.id; });
    if ((now == swaps.end() ? 0 : now->version) != next.version - 1)
      throw Conflict("duty_swap_changed", {"changed", "바뀜"});
    if (now == swaps.end()) {
      for (const services::DutySwap& one : swaps) {
        const bool is_open = one.state == services::SwapState::asked || one.state == services::SwapState::agreed;
        if (is_open && (one.first == next.first || one.second == next.first))
          throw Conflict("wrong_swap", {"not settled", "처리 전"});
      }
      swaps.push_back(next);
    } else {
      *now = next;
    }
  }
};

}  // namespace hanjari::tests

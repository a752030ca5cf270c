// Entries and settlements of interviews as the text that is sealed.
#include <nlohmann/json.hpp>

#include "hanjari/results/interview_entries.h"

namespace hanjari::services {
namespace {

using nlohmann::json;
using selection::GradeMark;

json write_grade(const std::optional<GradeMark>& grade) {
  return grade ? json(selection::spell(*grade)) : json(nullptr);
}

std::optional<GradeMark> read_grade(const json& word) {
  if (word.is_null()) return std::nullopt;
  return parse_grade_mark(word.get<std::string>()).value();
}

std::int64_t write_instant_of_interview(Instant at) {
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

Instant read_instant_of_interview(const json& count) {
  return Instant(std::chrono::duration_cast<Instant::duration>(std::chrono::microseconds(count.get<std::int64_t>())));
}

}  // namespace

std::string write_interview_entry(const InterviewEntry& entry) {
  json grades = json::array();
  for (const auto& [place, grade] : entry.grades)
    grades.push_back({place.number, place.examiner, place.item, selection::spell(grade)});
  return json{{"officer", entry.officer}, {"at", write_instant_of_interview(entry.at)}, {"version", entry.version}, {"grades", std::move(grades)}}
      .dump();
}

InterviewEntry read_interview_entry(const std::string& words) {
  const json read = json::parse(words);
  InterviewEntry entry;
  entry.officer = read.at("officer").get<std::string>();
  entry.at = read_instant_of_interview(read.at("at"));
  entry.version = read.at("version").get<std::int64_t>();
  for (const json& row : read.at("grades")) {
    const InterviewPlace place{row.at(0).get<std::string>(), row.at(1).get<std::string>(), row.at(2).get<std::string>()};
    entry.grades[place] = read_grade(row.at(3)).value();
  }
  return entry;
}

std::string write_interview_settlements(const InterviewSettlements& settlements) {
  json rows = json::array();
  for (const auto& [place, one] : settlements.by_place) {
    rows.push_back({{"number", place.number},
                    {"examiner", place.examiner},
                    {"item", place.item},
                    {"first", write_grade(one.first)},
                    {"second", write_grade(one.second)},
                    {"grade", write_grade(one.grade)},
                    {"reason", one.reason},
                    {"officer", one.officer},
                    {"at", write_instant_of_interview(one.at)}});
  }
  return json{{"version", settlements.version}, {"rows", std::move(rows)}}.dump();
}

InterviewSettlements read_interview_settlements(const std::string& words) {
  const json read = json::parse(words);
  InterviewSettlements settlements;
  settlements.version = read.at("version").get<std::int64_t>();
  for (const json& row : read.at("rows")) {
    InterviewSettlement one;
    one.place = {row.at("number").get<std::string>(), row.at("examiner").get<std::string>(), row.at("item").get<std::string>()};
    one.first = read_grade(row.at("first"));
    one.second = read_grade(row.at("second"));
    one.grade = read_grade(row.at("grade"));
    one.reason = row.at("reason").get<std::string>();
    one.officer = row.at("officer").get<std::string>();
    one.at = read_instant_of_interview(row.at("at"));
    settlements.by_place[one.place] = one;
  }
  return settlements;
}

}  // namespace hanjari::services

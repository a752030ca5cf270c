// What a what-if changes: settings, marks, people. The files of the package stay as they are.
#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/table_file.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/results/result_package_parts.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using namespace selection;

constexpr std::string_view set_option = "--set";

// The unit's code of posts.UNIT or to_pass.UNIT; nothing for a setting of rules.json.
std::optional<std::string> unit_of(const std::string& key) {
  for (const std::string_view prefix : {"posts.", "to_pass."}) {
    if (key.starts_with(prefix)) return key.substr(prefix.size());
  }
  return std::nullopt;
}

void refuse(Faults& faults, const std::string& key, Text what, Text fix) {
  faults.add({std::string(set_option), 0, key, std::move(what), std::move(fix)});
}

void change_unit(const std::string& key, const std::string& unit, const std::string& value, ReadResults& read) {
  const auto number = parse_decimal(digits_as_typed(clean_signs(value), "posts"));
  const bool usable = number && number->hundredths >= 100 && number->hundredths % 100 == 0;
  bool found = false;
  for (UnitRow& row : read.rows.units) {
    if (row.unit.code.text() != unit) continue;
    found = true;
    if (!usable) continue;
    if (key.starts_with("posts.")) {
      row.unit.posts = static_cast<int>(std::min<std::int64_t>(number->hundredths / 100, 10'000'000));
    } else {
      row.to_pass = number->hundredths / 100;
    }
  }
  if (!found) {
    refuse_unit(read.rows, {std::string(set_option), 0, key, {}, {}}, unit,
                {fmt::format("there is no unit {}", show(unit)), in_korean("모집단위 {}[이/가] 없습니다", show(unit))},
                {"name a unit of units.csv", "units.csv에 있는 모집단위를 적으십시오"});
  } else if (!usable) {
    refuse(
        read.rows.faults, key,
        {fmt::format("{} is no number of people", show(value)), in_korean("{}[은/는] 인원수가 아닙니다", show(value))},
        {"write a whole number from 1", "1 이상의 정수를 적으십시오"});
  }
}

struct MarkChange {
  std::uint64_t line = 0;
  std::optional<Mark> raw;
  std::optional<Mark> delta;
  bool remove = false;
  std::optional<SubjectKind> kind;
  bool applied = false;
};
using MarkChanges = std::map<std::pair<std::string, std::string>, MarkChange>;  // by number and subject

MarkChanges read_mark_changes(const ResultReading& reading, TableFile& table, ReadResults& read) {
  enum { number, subject, raw, delta, kind };
  CsvReader reader = table.open("rescore|재채점|점수변경|점수정정",
                                {{"applicant_number"},
                                 {"subject"},
                                 {"raw", Presence::optional},
                                 {"delta", Presence::optional},
                                 {"kind", Presence::optional}},
                                reading.encoding, read.rows.faults, read.warnings);
  MarkChanges changes;
  while (reader.next()) {
    const auto of = reader.identifier(number);
    const auto in = reader.identifier(subject);
    if (!of || !in) continue;
    MarkChange change;
    change.line = reader.line();
    if (is_blank_text(reader.text(raw)) == is_blank_text(reader.text(delta))) {
      reader.add_fault({"a row has either raw or delta", "raw와 delta 가운데 하나만 있어야 합니다"},
                       {"fill in one of them", "하나만 채우십시오"});
      continue;
    }
    if (clean_signs(reader.text(raw)) == "-") {
      change.remove = true;
    } else if (!is_blank_text(reader.text(raw))) {
      change.raw = read_mark(reader, raw);
    } else {
      change.delta = read_points_to_add(reader, delta);
    }
    if (!reader.text(kind).empty()) {
      if (const auto word = reader.word(kind, word_lists::subject_kind)) change.kind = static_cast<SubjectKind>(*word);
    }
    if (!changes.try_emplace({std::string(*of), std::string(*in)}, change).second) {
      reader.add_fault(subject, {"this mark is changed twice", "같은 점수를 두 번 고쳤습니다"},
                       {"keep one row", "한 행만 두십시오"});
    }
  }
  return changes;
}

// The changed mark; nothing when it leaves 0 to 100.
std::optional<std::int32_t> changed_mark(std::int32_t raw, const MarkChange& change) {
  const Mark mark = change.raw ? *change.raw : Mark{raw} + change.delta.value_or(Mark{});
  if (mark < Mark{0} || mark > full_marks) return std::nullopt;
  return static_cast<std::int32_t>(mark.hundredths);
}

// The subjects of the marks, by what is the same where two differ to the eye only.
class SubjectsOfMarks {
 public:
  explicit SubjectsOfMarks(const ResultRows& rows) {
    std::vector<bool> is_subject(rows.words.size(), false);
    for (const ScoreRow& row : rows.scores) {
      if (row.subject.exists()) is_subject[row.subject.value] = true;
    }
    for (std::size_t at = 0; at < is_subject.size(); ++at) {
      if (is_subject[at]) by_key_.emplace(key_of_alike(rows.words[WordIndex(at)]), rows.words[WordIndex(at)]);
    }
  }
  // Whether another spelling is meant, which is told then: the mark would be one of a subject of its own.
  bool refuse(std::uint64_t line, const std::string& subject, RepeatedFaults& told) const {
    const auto found = by_key_.find(key_of_alike(subject));
    if (found == by_key_.end() || found->second == subject) return false;
    const std::string typed = show(subject);
    const std::string meant = show(found->second);
    told.add({{}, line, "subject",
              {fmt::format("{} is no subject of scores.csv, but {} is: blanks, width, case or zeros in front differ", typed, meant),
               in_korean("{}[은/는] scores.csv에 없는 과목이고 {}[이/가] 있습니다. 빈칸, 전각·반각, 대소문자나 앞자리 0이 다릅니다", typed, meant)},
              {fmt::format("write {}", meant), in_korean("{}[으로/로] 적으십시오", meant)}});
    return true;
  }

 private:
  std::map<std::string, std::string> by_key_;
};

void change_marks_there_are(MarkChanges& changes, ResultRows& rows, Faults& faults) {
  const auto change_row = [&](ScoreRow& row) {
    if (!row.number.exists() || !row.subject.exists()) return false;
    const auto found = changes.find({rows.numbers[row.number], rows.words[row.subject]});
    if (found == changes.end()) return false;
    found->second.applied = true;
    if (const auto mark = changed_mark(row.raw, found->second)) {
      row.raw = *mark;
    } else {
      faults.add({{},
                  found->second.line,
                  "delta",
                  {fmt::format("the mark would leave 0 to 100: {} now", format_mark({row.raw})),
                   fmt::format("점수가 0에서 100을 벗어납니다. 현재 {}", format_mark({row.raw}))},
                  {"give the new mark as raw", "새 점수를 raw에 적으십시오"}});
    }
    return found->second.remove;
  };
  std::erase_if(rows.scores, change_row);
}

void change_marks(const ResultReading& reading, const std::filesystem::path& path, ReadResults& read) {
  TableFile table(path);
  MarkChanges changes = read_mark_changes(reading, table, read);
  ResultRows& rows = read.rows;
  Faults faults;  // by lines of the table
  const SubjectsOfMarks subjects(rows);
  change_marks_there_are(changes, rows, faults);

  std::map<std::string, WordIndex> unit_of_number;
  for (const PersonRow& person : rows.people) {
    if (person.number.exists()) unit_of_number.emplace(rows.numbers[person.number], person.unit);
  }
  UnknownNumbers unknown(rows);
  RepeatedFaults other_spellings;
  std::uint32_t line = rows.scores.empty() ? 1 : rows.scores.back().line;
  for (const auto& [key, change] : changes) {
    if (change.applied) continue;
    const auto unit = unit_of_number.find(key.first);
    if (unit == unit_of_number.end()) {
      unknown.refuse({{}, change.line, "applicant_number", {}, {}}, key.first,
                     {fmt::format("nobody has the applicant number {}", show(key.first)),
                      fmt::format("응시번호가 {}인 사람이 없습니다", show(key.first))},
                     {"correct the number", "번호를 바로잡으십시오"});
      continue;
    }
    if (subjects.refuse(change.line, key.second, other_spellings)) continue;
    if (!change.raw || !change.kind) {
      faults.add({{},
                  change.line,
                  "applicant_number",
                  {fmt::format("{} has no mark in {}", show(key.first), show(key.second)),
                   fmt::format("{}의 {} 점수가 없습니다", show(key.first), show(key.second))},
                  {"correct number and subject, or give raw and kind to add a mark",
                   "번호와 과목을 고치거나, 점수를 더하려면 raw와 kind를 적으십시오"}});
      continue;
    }
    ScoreRow row;
    row.line = ++line;
    row.number = rows.numbers.intern(key.first);
    row.unit = unit->second;
    row.subject = rows.words.intern(key.second);
    row.raw = static_cast<std::int32_t>(change.raw->hundredths);
    row.kind = change.kind;
    rows.scores.push_back(row);
  }
  unknown.hand_over(faults);
  other_spellings.hand_over(faults);
  rows.faults.add_all(table.placed(faults));
}

void change_people(const ResultReading& reading, const std::filesystem::path& path, ReadResults& read) {
  enum { number, sex, attendance, bonus };
  TableFile table(path);
  CsvReader reader = table.open("correct|정정|응시자정정",
                                {{"applicant_number"},
                                 {"sex", Presence::optional},
                                 {"attendance", Presence::optional},
                                 {"bonus", Presence::optional}},
                                reading.encoding, read.rows.faults, read.warnings);
  std::map<std::string, PersonRow*, std::less<>> person_of;
  for (PersonRow& person : read.rows.people) {
    if (person.number.exists()) person_of.emplace(read.rows.numbers[person.number], &person);
  }
  UnknownNumbers unknown(read.rows);
  while (reader.next()) {
    const auto found = person_of.find(reader.text(number));
    if (found == person_of.end()) {
      unknown.refuse({{}, reader.line(), "applicant_number", {}, {}}, reader.text(number),
                     {fmt::format("nobody has the applicant number {}", show(reader.text(number))),
                      fmt::format("응시번호가 {}인 사람이 없습니다", show(reader.text(number)))},
                     {"correct the number", "번호를 바로잡으십시오"});
      continue;
    }
    PersonRow& person = *found->second;
    if (!reader.text(sex).empty()) {
      if (const auto word = reader.word(sex, word_lists::sex)) person.sex = *word == 0 ? Sex::male : Sex::female;
    }
    if (!reader.text(attendance).empty()) {
      if (const auto word = reader.word(attendance, word_lists::attendance)) {
        person.attendance = static_cast<Attendance>(*word);
      }
    }
    const std::string_view words = reader.text(bonus);
    if (words.empty()) continue;
    if (const auto bonuses = read_bonuses(words)) {
      person.bonuses = *bonuses;
    } else {
      reader.add_fault(bonus, unknown_bonus(words), known_bonuses());
    }
  }
  Faults faults;
  unknown.hand_over(faults);
  read.rows.faults.add_all(table.placed(faults));
}

// A value of the command line as JSON: numbers as people type them, also 40% where a percentage is asked for; anything else
// that is no JSON is a text.
nlohmann::json read_setting(const std::string& key, const std::string& value) {
  nlohmann::json parsed = nlohmann::json::parse(value, nullptr, false);
  if (!parsed.is_discarded()) return parsed;
  std::string plain = clean_signs(value);
  if (key.ends_with("percent")) {
    for (const std::string_view sign : {"%", "퍼센트", "프로"}) {
      if (plain.ends_with(sign)) plain = clean_signs(plain.substr(0, plain.size() - sign.size()));
    }
  }
  const nlohmann::json number = nlohmann::json::parse(plain, nullptr, false);
  return number.is_number() ? number : nlohmann::json(value);
}

}  // namespace

std::string_view file_of_setting(const ResultChanges& changes, std::string_view key) {
  const bool is_set = std::any_of(changes.settings.begin(), changes.settings.end(), [&](const auto& setting) {
    const std::string& name = setting.first;
    return key == name || (key.starts_with(name) && key.substr(name.size()).starts_with('.'));
  });
  return is_set ? set_option : selection::rules_file;
}

void change_settings(nlohmann::json& root, const ResultChanges& changes, Faults& faults) {
  constexpr std::ptrdiff_t deepest_setting = 8;  // full stops; values inside values are written by calls inside calls
  const auto refuse_setting = [&](const std::string& key) {
    refuse(faults, key, {"no such setting", "없는 설정입니다"},
           {"use a setting of rules.json, posts.UNIT or to_pass.UNIT",
            "rules.json의 설정이나 posts.단위, to_pass.단위를 쓰십시오"});
  };
  for (const auto& [key, value] : changes.settings) {
    if (unit_of(key)) continue;
    if (std::count(key.begin(), key.end(), '.') > deepest_setting || nesting_of(value) > deepest_nesting) {
      refuse_setting(key.substr(0, key.find('.')));
      continue;
    }
    nlohmann::json parsed = read_setting(key, value);
    nlohmann::json* object = &root;
    std::size_t begin = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos && object->is_object(); dot = key.find('.', begin)) {
      object = &(*object)[key.substr(begin, dot - begin)];
      if (object->is_null()) *object = nlohmann::json::object();
      begin = dot + 1;
    }
    if (object->is_object()) {
      (*object)[key.substr(begin)] = std::move(parsed);
    } else {
      refuse_setting(key);
    }
  }
}

void change_rows(ResultReading& reading, const ResultChanges& changes, ReadResults& read) {
  for (const auto& [key, value] : changes.settings) {
    if (const auto unit = unit_of(key)) change_unit(key, *unit, value, read);
  }
  if (changes.rescore) change_marks(reading, *changes.rescore, read);
  if (changes.correct) change_people(reading, *changes.correct, read);
}

}  // namespace hanjari::package

// Codes of a result package that stand for others: zeros that a spreadsheet took away, other case, width and blanks.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"
#include "package/csv/lost_zeros.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/results/result_package_parts.h"

namespace hanjari::package {
namespace {

using namespace selection;

// The codes of one table, each of the others looked up once. A row is taken as what it means once that was told, so that
// nothing else is called wrong for it.
class MeantCodes {
 public:
  MeantCodes(const char* file, Words& words) : words_(words), near_(file), is_known_(words.size(), false) {}

  void add(WordIndex code) {
    if (code.value < is_known_.size() && !is_known_[code.value]) {
      is_known_[code.value] = true;
      codes_.push_back(code);
    }
  }
  void add_name(std::string_view name, std::string_view code) { near_.add_name(name, code); }
  void read(WordIndex& code, const Fault& place, RepeatedFaults& told) {
    if (!code.exists() || code == empty_word || (code.value < is_known_.size() && is_known_[code.value])) return;
    if (!filled_) {
      for (const WordIndex known : codes_) near_.add(words_[known]);
      filled_ = true;
    }
    const auto [found, is_new] = meant_.try_emplace(code.value);
    if (is_new) found->second = near_.find(words_[code]);
    const std::optional<NearCode>& near = found->second;
    if (!near) return;
    told.add({place.file, place.line, place.column, near->what, near->fix});
    code = near->meant.empty() ? WordIndex::none() : words_.intern(near->meant);  // one of several, and nobody knows which
  }

 private:
  Words& words_;
  NearCodes near_;
  std::vector<bool> is_known_;
  std::vector<WordIndex> codes_;
  bool filled_ = false;  // most packages have no unknown code, and millions of known ones
  std::unordered_map<std::uint32_t, std::optional<NearCode>> meant_;
};

// Reads the column of each row, and hands over what was found before the next column, so that causes stay apart.
template <class Rows, class Field>
void read_column(MeantCodes& codes, Rows& rows, Field field, std::string_view file, const char* column, Faults& faults) {
  RepeatedFaults told;
  for (auto& row : rows) codes.read(row.*field, {std::string(file), row.line, column, {}, {}}, told);
  told.hand_over(faults);
}

void read_units_meant(ResultRows& rows) {
  if (rows.units_broken) return;
  for (const UnitRow& unit : rows.units) rows.words.intern(unit.unit.code.text());
  MeantCodes units("units.csv", rows.words);
  for (const UnitRow& unit : rows.units) {
    units.add(rows.words.find(unit.unit.code.text()));
    units.add_name(unit.unit.series_ko, unit.unit.code.text());
  }
  read_column(units, rows.people, &PersonRow::unit, people_file, "unit_code", rows.faults);
  read_column(units, rows.scores, &ScoreRow::unit, scores_file, "unit_code", rows.faults);
}

void read_people_meant(ResultRows& rows) {
  if (rows.people_broken) return;
  constexpr const char* column = "applicant_number";
  MeantCodes people("people.csv", rows.numbers);
  for (const PersonRow& person : rows.people) {
    if (person.number.exists()) people.add(person.number);
  }
  read_column(people, rows.scores, &ScoreRow::number, scores_file, column, rows.faults);
  for (const std::string_view file : {special_file, recorded_file}) {
    RepeatedFaults told;
    for (SpecialRow& row : rows.special) {
      if (row.file == file) people.read(row.number, {std::string(file), row.line, column, {}, {}}, told);
    }
    told.hand_over(rows.faults);
  }
  read_column(people, rows.interviews, &InterviewRow::number, interview_file, column, rows.faults);
  if (!rows.counts || !rows.people_have_rooms) return;
  MeantCodes venues("people.csv", rows.words);
  for (const PersonRow& person : rows.people) {
    if (person.venue.exists() && person.venue != empty_word) venues.add(person.venue);
  }
  read_column(venues, *rows.counts, &CountRow::venue, counts_file, "venue_code", rows.faults);
}

// A subject that units.csv names, told where the marks call it otherwise: everybody lacked the one and had the other.
void read_subjects_meant(ResultRows& rows) {
  if (rows.units_broken) return;
  for (const UnitRow& unit : rows.units) {
    for (const std::string& subject : unit.common_subjects) rows.words.intern(subject);
  }
  MeantCodes subjects("units.csv", rows.words);
  for (const UnitRow& unit : rows.units) {
    for (const std::string& subject : unit.common_subjects) subjects.add(rows.words.find(subject));
  }
  read_column(subjects, rows.scores, &ScoreRow::subject, scores_file, "subject", rows.faults);
}

// Calls a function with each subject of a list of electives.
template <class Use>
void each_chosen(const std::string& list, Use use) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    use(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

// Subjects that people chose and in which nobody has a mark, where another code is meant: nobody missed the mark.
class ChosenSubjects {
 public:
  explicit ChosenSubjects(ResultRows& rows) : rows_(rows), near_("scores.csv") {
    std::vector<bool> is_subject(rows.words.size(), false);
    for (const ScoreRow& row : rows.scores) {
      if (row.subject.exists()) is_subject[row.subject.value] = true;
    }
    for (const UnitRow& unit : rows.units) {
      for (const std::string& subject : unit.common_subjects) known_.insert(subject);
    }
    for (std::size_t at = 0; at < is_subject.size(); ++at) {
      if (is_subject[at]) known_.insert(rows.words[WordIndex(at)]);
    }
    for (const std::string& subject : known_) near_.add(subject);
  }

  void read(PersonRow& person, RepeatedFaults& told) {
    if (!person.chosen.exists() || person.chosen == empty_word) return;
    const auto [found, is_new] = lists_.try_emplace(person.chosen.value);
    if (is_new) found->second = judge(rows_.words[person.chosen]);
    if (!found->second.fault) return;
    told.add({std::string(people_file), person.line, "electives", found->second.fault->what, found->second.fault->fix});
    person.chosen = rows_.words.intern(found->second.meant);
  }

 private:
  struct List {
    std::optional<NearCode> fault;  // of the first subject that is called otherwise
    std::string meant;
  };

  List judge(const std::string& list) const {
    List judged;
    each_chosen(list, [&](std::string subject) {
      auto near = known_.contains(subject) ? std::nullopt : near_.find(subject);
      if (near && !near->meant.empty()) {
        subject = near->meant;
        if (!judged.fault) judged.fault = std::move(near);
      }
      judged.meant += (judged.meant.empty() ? "" : ";") + subject;
    });
    return judged;
  }

  ResultRows& rows_;
  std::set<std::string> known_;
  NearCodes near_;
  std::unordered_map<std::uint32_t, List> lists_;
};

void read_chosen_meant(ResultRows& rows) {
  if (rows.scores_broken) return;
  RepeatedFaults told;
  ChosenSubjects chosen(rows);
  for (PersonRow& person : rows.people) chosen.read(person, told);
  told.hand_over(rows.faults);
}

// Spellings of one subject that differ to the eye only, where the files use more than one: people who have the one would be ranked, and
// their marks adjusted, apart from those who have the other. Each is told once with its rows and taken as the one that stays.
class AlikeSubjects {
 public:
  explicit AlikeSubjects(ResultRows& rows) : rows_(rows) {
    std::vector<Uses> scores(rows.words.size());
    for (const ScoreRow& row : rows.scores) count(scores, row.subject, row.line);
    for (std::size_t at = 0; at < scores.size(); ++at) note(rows.words[WordIndex(at)], scores_file, "subject", scores[at]);
    std::vector<Uses> lists(rows.words.size());
    for (const PersonRow& row : rows.people) count(lists, row.chosen, row.line);
    for (std::size_t at = 0; at < lists.size(); ++at) {
      if (lists[at].rows == 0) continue;
      each_chosen(rows.words[WordIndex(at)], [&](const std::string& subject) { note(subject, people_file, "electives", lists[at]); });
    }
    for (const UnitRow& row : rows.units) {
      for (const std::string& subject : row.common_subjects) {
        note(subject, units_file, "common_subjects", {1, row.line});
        if (!subject.empty()) spellings_[subject].is_declared = true;
      }
    }
  }

  void tell() {
    std::map<std::string, std::vector<const Spelling*>> by_key;
    for (const auto& [subject, spelling] : spellings_) by_key[key_of_alike(subject)].push_back(&spelling);
    for (const auto& [key, alike] : by_key) {
      const Spelling& stays = **std::max_element(alike.begin(), alike.end(), [](const Spelling* a, const Spelling* b) {
        return std::tuple(a->is_declared, a->marks()) < std::tuple(b->is_declared, b->marks());
      });
      for (const Spelling* spelling : alike) {
        if (spelling == &stays) continue;
        refuse(*spelling, stays);
        meant_.emplace(spelling->subject, stays.subject);
      }
    }
  }

  void take_as_meant() {
    if (meant_.empty()) return;
    for (ScoreRow& row : rows_.scores) {
      if (row.subject.exists()) row.subject = rows_.words.intern(meant(rows_.words[row.subject]));
    }
    for (PersonRow& row : rows_.people) {
      if (!row.chosen.exists() || row.chosen == empty_word) continue;
      std::string list;
      each_chosen(rows_.words[row.chosen],
                  [&](const std::string& subject) { list += (list.empty() ? "" : ";") + meant(subject); });
      row.chosen = rows_.words.intern(list);
    }
    for (UnitRow& row : rows_.units) {
      for (std::string& subject : row.common_subjects) subject = meant(subject);
    }
  }

 private:
  struct Uses {
    std::uint64_t rows = 0;
    std::uint32_t line = 0;  // the first
  };
  // Of the first file that has the spelling: the marks, then what people chose, then the units.
  struct Spelling {
    std::string subject;
    std::string_view file;
    const char* column = "";
    Uses uses;
    bool is_declared = false;

    std::uint64_t marks() const { return file == scores_file ? uses.rows : 0; }
  };

  static void count(std::vector<Uses>& uses, WordIndex word, std::uint32_t line) {
    if (!word.exists() || word == empty_word) return;
    Uses& of_word = uses[word.value];
    if (of_word.rows++ == 0) of_word.line = line;
  }

  void note(const std::string& subject, std::string_view file, const char* column, const Uses& uses) {
    if (subject.empty() || uses.rows == 0) return;
    const auto [found, is_new] = spellings_.try_emplace(subject);
    Spelling& spelling = found->second;
    if (is_new) {
      spelling = {subject, file, column, uses, false};
    } else if (spelling.file == file) {
      spelling.uses = {spelling.uses.rows + uses.rows, std::min(spelling.uses.line, uses.line)};
    }
  }

  void refuse(const Spelling& spelling, const Spelling& stays) {
    const std::string other = show(spelling.subject);
    const std::string kept = show(stays.subject);
    Text what{fmt::format("{} and {} are taken as two subjects; they differ in blanks, width, case or zeros in front only", other, kept),
              in_korean("{}[과/와] {}[을/를] 서로 다른 과목으로 보게 됩니다. 빈칸, 전각·반각, 대소문자나 앞자리 0만 다릅니다", other, kept)};
    if (spelling.uses.rows > 1) {
      const std::string rows = group_digits(static_cast<long long>(spelling.uses.rows));
      what = {fmt::format("{} rows: {}", rows, what.en), fmt::format("{}개 행: {}", rows, what.ko)};
    }
    Text fix = stays.is_declared ? Text{fmt::format("write {} as in units.csv", kept),
                                        in_korean("units.csv에 있는 대로 {}[으로/로] 적으십시오", kept)}
                                 : Text{fmt::format("write one subject in one way in every row: {} or {}", kept, other),
                                        fmt::format("모든 행에 같은 과목을 한 가지로 적으십시오: {} 또는 {}", kept, other)};
    rows_.faults.add({std::string(spelling.file), spelling.uses.line, spelling.column, std::move(what), std::move(fix)});
  }

  const std::string& meant(const std::string& subject) const {
    const auto found = meant_.find(subject);
    return found == meant_.end() ? subject : found->second;
  }

  ResultRows& rows_;
  std::map<std::string, Spelling> spellings_;
  std::map<std::string, std::string> meant_;
};

void read_alike_subjects(ResultRows& rows) {
  AlikeSubjects subjects(rows);
  subjects.tell();
  subjects.take_as_meant();
}

std::optional<NearCode> near_unit(std::string_view code, const std::vector<UnitRow>& units) {
  NearCodes known("units.csv");
  for (const UnitRow& unit : units) {
    known.add(unit.unit.code.text());
    known.add_name(unit.unit.series_ko, unit.unit.code.text());
  }
  return known.find(code);
}

bool has_unit(const std::vector<UnitRow>& units, std::string_view code) {
  return std::any_of(units.begin(), units.end(), [&](const UnitRow& unit) { return unit.unit.code.text() == code; });
}

// Where the unit that is meant stands in the list too, the other one is of another exam.
void refuse_near_units_of(const std::vector<UnitCode>& list, const char* setting, const ResultChanges& changes, ResultRows& rows) {
  for (const UnitCode& code : list) {
    if (has_unit(rows.units, code.text())) continue;
    const auto near = near_unit(code.text(), rows.units);
    if (!near || std::find(list.begin(), list.end(), UnitCode(near->meant)) != list.end()) continue;
    rows.faults.add({std::string(file_of_setting(changes, setting)), 0, setting, near->what, near->fix});
  }
}

// Numbers that begin with their unit's code, but without its zeros, for everybody whose unit has such a code: both tables lost them, so that
// neither contradicts the other.
std::optional<Fault> find_numbers_without_zeros_of_units(const ResultRows& rows) {
  const PersonRow* example = nullptr;
  std::uint64_t people = 0;
  for (const PersonRow& person : rows.people) {
    if (!person.number.exists() || !person.unit.exists()) continue;
    const std::string_view unit = rows.words[person.unit];
    const std::string_view number = rows.numbers[person.number];
    if (unit.empty() || unit.front() != '0') continue;
    const std::size_t first = unit.find_first_not_of('0');
    if (first == std::string_view::npos || unit.find_first_not_of("0123456789") != std::string_view::npos) continue;
    if (number.starts_with('0') || !number.starts_with(unit.substr(first)) ||
        number.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    if (people++ == 0) example = &person;
  }
  if (example == nullptr) return std::nullopt;
  const std::string number = show(rows.numbers[example->number]);
  const std::string unit = show(rows.words[example->unit]);
  return Fault{
      std::string(people_file),
      0,
      "applicant_number",
      {fmt::format("{} begin with the code of the unit but for its zeros, as {} of unit {}, as when a spreadsheet takes leading zeros away",
                   count_of(static_cast<long long>(people), "number", "numbers"), number, unit),
       fmt::format("응시번호 {}개가 모집단위 {}의 {}처럼 앞자리 0 없이 모집단위 코드로 시작합니다. 엑셀에서 앞자리 0이 사라졌을 수 있습니다",
                   group_digits(static_cast<long long>(people)), unit, number)},
      {"compare them with the numbers on the slips; if zeros are missing, write them in every file",
       "응시표의 번호와 대조하고, 0이 빠졌으면 모든 파일에 적으십시오"}};
}

}  // namespace

void read_meant_codes(ResultRows& rows) {
  read_units_meant(rows);
  read_people_meant(rows);
  read_subjects_meant(rows);
  read_chosen_meant(rows);
  read_alike_subjects(rows);
}

void tell_of_lost_zeros(ReadResults& read) {
  LostZeros units;
  for (const UnitRow& unit : read.rows.units) units.add(unit.unit.code.text());
  LostZeros numbers;
  for (const PersonRow& person : read.rows.people) {
    if (person.number.exists()) numbers.add(read.rows.numbers[person.number]);
  }
  if (auto warning = units.warning("units.csv", "unit_code")) read.warnings.push_back(std::move(*warning));
  if (auto warning = numbers.warning("people.csv", "applicant_number")) {
    read.warnings.push_back(std::move(*warning));
  } else if (auto beside = find_numbers_without_zeros_of_units(read.rows)) {
    read.warnings.push_back(std::move(*beside));
  }
}

void refuse_near_units(const Rules& rules, const ResultChanges& changes, ResultRows& rows) {
  if (rows.units_broken) return;
  refuse_near_units_of(rules.cap_exempt_units, "cap_exempt_units", changes, rows);
  refuse_near_units_of(rules.equality.exempt_units, "equality.exempt_units", changes, rows);
}

void UnknownNumbers::refuse(Fault place, std::string_view number, Text what, Text fix) {
  if (!near_) {
    near_.emplace("people.csv");
    for (const PersonRow& person : rows_.people) {
      if (person.number.exists()) near_->add(rows_.numbers[person.number]);
    }
  }
  const auto near = near_->find(number);
  place.what = near ? near->what : std::move(what);
  place.fix = near ? near->fix : std::move(fix);
  told_.add(std::move(place));
}

void refuse_unit(ResultRows& rows, Fault place, std::string_view code, Text what, Text fix) {
  const auto near = near_unit(code, rows.units);
  place.what = near ? near->what : std::move(what);
  place.fix = near ? near->fix : std::move(fix);
  rows.faults.add(std::move(place));
}

std::optional<Fault> find_near_number(const selection::Results& results, std::string_view number) {
  const auto near = find_near_code(number, "people.csv", [&](const auto& take) {
    for (const ResultPerson& person : results.people) take(person.number.text());
  });
  if (!near) return std::nullopt;
  return Fault{"people.csv", 0, "applicant_number", near->what, near->fix};
}

}  // namespace hanjari::package

// Codes of a result package that stand for others: zeros that a spreadsheet took away, other case, width and blanks.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"
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
  void read(WordIndex& code, const Fault& place, RepeatedFaults& told) {
    if (!code.exists() || code == empty_word || (code.value < is_known_.size() && is_known_[code.value])) return;
    if (!filled_) {
      for (const WordIndex known : codes_) near_.add(words_[known]);
      filled_ = true;
    }
    const auto [found, is_new] = meant_.try_emplace(code.value);
    if (is_new) found->second = near_.find(words_[code]);
    const std::optional<NearCode>& near = found->second;
    if (!near || near->meant.empty()) return;
    told.add({place.file, place.line, place.column, near->what, near->fix});
    code = words_.intern(near->meant);
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
  for (const UnitRow& unit : rows.units) units.add(rows.words.find(unit.unit.code.text()));
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
    for (std::size_t begin = 0; begin <= list.size();) {
      const std::size_t end = std::min(list.find(';', begin), list.size());
      std::string subject = list.substr(begin, end - begin);
      begin = end + 1;
      auto near = known_.contains(subject) ? std::nullopt : near_.find(subject);
      if (near && !near->meant.empty()) {
        subject = near->meant;
        if (!judged.fault) judged.fault = std::move(near);
      }
      judged.meant += (judged.meant.empty() ? "" : ";") + subject;
    }
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

std::optional<NearCode> near_unit(std::string_view code, const std::vector<UnitRow>& units) {
  return find_near_code(code, "units.csv", [&](const auto& take) {
    for (const UnitRow& unit : units) take(unit.unit.code.text());
  });
}

}  // namespace

void read_meant_codes(ResultRows& rows) {
  read_units_meant(rows);
  read_people_meant(rows);
  read_subjects_meant(rows);
  read_chosen_meant(rows);
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

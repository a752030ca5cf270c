// The gate: every mark belongs to somebody who sat, once, and nobody who sat lacks one.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "selection/gate/gate.h"

namespace hanjari::selection {
namespace {

// Calls `take` with each item of a `;` list.
template <class Take>
void each_item(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    take(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

void Gate::list_subjects() {
  std::vector<bool> is_subject(rows_.words.size(), false);
  for (const ScoreRow& row : rows_.scores) {
    if (row.subject.exists()) is_subject[row.subject.value] = true;
  }
  for (const auto& declared : declared_) {
    for (const WordIndex subject : declared) is_subject[subject.value] = true;
  }
  std::vector<WordIndex> words;
  for (std::size_t i = 0; i < is_subject.size(); ++i) {
    if (is_subject[i]) words.emplace_back(i);
  }
  std::sort(words.begin(), words.end(), [&](WordIndex a, WordIndex b) { return word(a) < word(b); });
  subject_of_word_.assign(rows_.words.size(), nowhere);
  for (const WordIndex subject : words) {
    subject_of_word_[subject.value] = static_cast<std::uint32_t>(results_.subjects.size());
    results_.subjects.push_back(word(subject));
  }
}

void Gate::place_scores() {
  list_subjects();
  for (std::size_t i = 0; i < results_.people.size(); ++i) {
    each_item(word(rows_.people[person_rows_[i]].chosen), [&](std::string_view name) {
      const WordIndex chosen = rows_.words.find(name);
      if (chosen.exists() && subject_of_word_[chosen.value] != nowhere) {
        results_.people[i].chosen.push_back(subject_of(chosen));
      }
    });
  }

  // Count, add up, put into place: the marks of one person become neighbours.
  for (const ScoreRow& row : rows_.scores) {
    if (const std::uint32_t person = person_at(row.number); person != nowhere && row.subject.exists()) {
      ++results_.people[person].score_count;
    }
  }
  std::size_t total = 0;
  for (ResultPerson& person : results_.people) {
    person.first_score = total;
    total += person.score_count;
  }
  std::vector<std::uint32_t> row_of_score(total);
  std::vector<std::uint32_t> filled(results_.people.size(), 0);
  for (std::uint32_t position = 0; position < rows_.scores.size(); ++position) {
    const ScoreRow& row = rows_.scores[position];
    if (const std::uint32_t person = person_at(row.number); person != nowhere && row.subject.exists()) {
      row_of_score[results_.people[person].first_score + filled[person]++] = position;
    }
  }
  for (const ResultPerson& person : results_.people) {
    const auto begin = row_of_score.begin() + static_cast<std::ptrdiff_t>(person.first_score);
    std::sort(begin, begin + person.score_count, [&](std::uint32_t a, std::uint32_t b) {
      const SubjectIndex left = subject_of(rows_.scores[a].subject);
      const SubjectIndex right = subject_of(rows_.scores[b].subject);
      return left != right ? left < right : rows_.scores[a].line < rows_.scores[b].line;
    });
  }
  results_.scores.reserve(total);
  score_lines_.reserve(total);
  for (const std::uint32_t position : row_of_score) {
    const ScoreRow& row = rows_.scores[position];
    results_.scores.push_back({subject_of(row.subject), row.kind.value_or(SubjectKind::common), row.raw});
    score_lines_.push_back(row.line);
  }
}

void Gate::check_scores() {
  tallies_.resize(results_.people.size());
  for (std::uint32_t unit = 0; unit < declared_.size(); ++unit) {
    for (const WordIndex subject : declared_[unit]) use(unit, subject_of(subject)).common = true;
  }
  for (const ScoreRow& row : rows_.scores) check_score(row);
  check_repeated_scores();
}

void Gate::check_score(const ScoreRow& row) {
  const std::uint32_t position = person_at(row.number);
  if (position == nowhere) {
    if (row.number.exists() && !rows_.people_broken) {
      fault(scores_file, row.line, "applicant_number",
            {fmt::format("nobody has the applicant number '{}'", number(row.number)),
             fmt::format("응시번호 '{}'인 사람이 없습니다", number(row.number))},
            {"correct the number or add the person to people.csv",
             "번호를 바로잡거나 people.csv에 그 사람을 더하십시오"});
    }
    return;
  }
  const ResultPerson& person = results_.people[position];
  const PersonRow& person_row = rows_.people[person_rows_[position]];
  if (row.unit.exists() && person_row.unit.exists() && row.unit != person_row.unit) {
    fault(scores_file, row.line, "unit_code",
          {fmt::format("'{}' is of unit '{}', not '{}'", person.number.text(), word(person_row.unit), word(row.unit)),
           in_korean("'{}'의 모집단위는 '{}'이며 '{}'[이/가] 아닙니다", person.number.text(), word(person_row.unit),
                       word(row.unit))},
          {"correct the unit or the number", "모집단위나 응시번호를 바로잡으십시오"});
  }
  if (person_row.attendance == Attendance::absent) {
    fault(scores_file, row.line, "applicant_number",
          {fmt::format("'{}' was absent (people.csv line {}) and cannot have a mark", person.number.text(),
                       person_row.line),
           in_korean("'{}'[은/는] 결시자(people.csv {}행)이므로 점수가 있을 수 없습니다", person.number.text(),
                       person_row.line)},
          {"take the mark away, also when it is zero, or correct the attendance",
           "0점이라도 점수를 지우거나 출결을 바로잡으십시오"});
  }
  if (!row.subject.exists() || !row.kind) {
    tallies_[position].unclear = true;
  } else if (person.unit.exists()) {
    check_use(row, person.unit.value);
  }
}

void Gate::check_use(const ScoreRow& row, std::uint32_t unit) {
  const std::string& code = results_.units[unit].unit.code.text();
  SubjectUse& seen = use(unit, subject_of(row.subject));
  const bool common = *row.kind == SubjectKind::common;
  if (common && !declared_[unit].empty() && !seen.common) {
    fault(scores_file, row.line, "subject",
          {fmt::format("'{}' is not among the common subjects of unit '{}' (units.csv line {})", word(row.subject),
                       code, unit_lines_[unit]),
           in_korean("'{}'[은/는] 모집단위 '{}'의 공통과목이 아닙니다(units.csv {}행)", word(row.subject), code,
                       unit_lines_[unit])},
          {"correct the subject or its kind, or the list of the unit",
           "과목이나 구분, 또는 모집단위의 목록을 바로잡으십시오"});
  }
  (common ? seen.common : seen.elective) = true;
  if (seen.first_line == 0) seen.first_line = row.line;
  if (seen.common && seen.elective && !seen.both_reported) {
    seen.both_reported = true;
    fault(scores_file, row.line, "kind",
          {fmt::format("'{}' is both a common and an elective subject in unit '{}'", word(row.subject), code),
           in_korean("모집단위 '{}'에서 '{}'[이/가] 공통과목이면서 선택과목입니다", code, word(row.subject))},
          {"give it one kind in the whole unit", "모집단위 안에서 한 가지로 통일하십시오"});
  }
}

void Gate::check_repeated_scores() {
  for (const ResultPerson& person : results_.people) {
    for (std::size_t i = person.first_score + 1; i < person.first_score + person.score_count; ++i) {
      const Score& score = results_.scores[i];
      if (score.subject != results_.scores[i - 1].subject) continue;
      fault(scores_file, score_lines_[i], "subject",
            {fmt::format("'{}' has a mark in '{}' on line {} already", person.number.text(),
                         results_.name_of(score.subject), score_lines_[i - 1]),
             fmt::format("'{}'의 '{}' 점수가 {}행에 이미 있습니다", person.number.text(),
                         results_.name_of(score.subject), score_lines_[i - 1])},
            {"keep one mark for each subject", "과목마다 한 점수만 두십시오"});
    }
  }
}

void Gate::count_electives() {
  for (std::size_t i = 0; i < results_.people.size(); ++i) {
    const ResultPerson& person = results_.people[i];
    if (!person.unit.exists()) continue;
    Tally& tally = tallies_[i];
    for (const Score& score : results_.scores_of(person)) {
      if (use(person.unit.value, score.subject).both_reported) tally.unclear = true;
      if (score.kind == SubjectKind::elective) ++tally.electives;
    }
    ResultUnit& unit = results_.units[person.unit.value];
    if (!electives_given_[person.unit.value]) unit.electives = std::max(unit.electives, tally.electives);
  }
}

void Gate::check_completeness() {
  std::vector<std::vector<SubjectIndex>> common(results_.units.size());
  for (const auto& [key, seen] : uses_) {
    if (seen.common) common[key >> 32].emplace_back(static_cast<std::size_t>(key & 0xffffffffU));
  }
  for (std::size_t i = 0; i < results_.units.size(); ++i) {
    std::sort(common[i].begin(), common[i].end());
    results_.units[i].common_subjects = std::move(common[i]);
  }
  count_electives();
  if (rows_.scores_broken) return;
  for (const ResultUnit& unit : results_.units) {
    for (std::size_t i = 0; i < unit.person_count; ++i) check_marks_of(unit, unit.first_person + i);
  }
}

void Gate::check_marks_of(const ResultUnit& unit, std::size_t position) {
  const ResultPerson& person = results_.people[position];
  const std::uint32_t line = rows_.people[person_rows_[position]].line;
  if (!person.sat() || tallies_[position].unclear) return;
  if (unit.subject_count() == 0) {
    fault(
        people_file, line, "applicant_number",
        {fmt::format("'{}' sat, but there is no mark at all in unit '{}'", person.number.text(), unit.unit.code.text()),
         in_korean("'{}'[은/는] 응시하였으나 모집단위 '{}'에 점수가 하나도 없습니다", person.number.text(),
                     unit.unit.code.text())},
        {"add the marks of the unit to scores.csv", "scores.csv에 그 모집단위의 점수를 더하십시오"});
    return;
  }
  const auto scores = results_.scores_of(person);
  for (const SubjectIndex subject : unit.common_subjects) {
    const bool marked =
        std::any_of(scores.begin(), scores.end(), [&](const Score& score) { return score.subject == subject; });
    if (marked) continue;
    fault(
        people_file, line, "applicant_number",
        {fmt::format("'{}' sat, but has no mark in '{}'", person.number.text(), results_.name_of(subject)),
         in_korean("'{}'[은/는] 응시하였으나 '{}' 점수가 없습니다", person.number.text(), results_.name_of(subject))},
        {"find the answer sheet and add the mark, or correct the attendance",
         "답안지를 찾아 점수를 더하거나 출결을 바로잡으십시오"});
  }
  if (const std::int64_t taken = tallies_[position].electives; taken != unit.electives) {
    fault(people_file, line, "applicant_number",
          {fmt::format("'{}' has {} elective subjects; unit '{}' has {}", person.number.text(), taken,
                       unit.unit.code.text(), unit.electives),
           in_korean("'{}'의 선택과목은 {}개이나 모집단위 '{}'[은/는] {}개입니다", person.number.text(), taken,
                       unit.unit.code.text(), unit.electives)},
          {"add or take away marks in scores.csv, or correct `electives` of the unit",
           "scores.csv의 점수를 더하거나 지우거나, 모집단위의 electives를 바로잡으십시오"});
  }
}

}  // namespace hanjari::selection

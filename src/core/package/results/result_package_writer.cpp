// The result files (rules 15 and 16), packages written from rows, and the digest of results.
#include <algorithm>

#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "hanjari/domain/spelling.h"
#include "package/results/result_package_parts.h"

namespace hanjari::package {
namespace {

using namespace selection;

std::string spell_mark(const std::optional<Mark>& mark) {
  return mark ? format_mark(*mark) : std::string();
}
std::string spell_number(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : std::string();
}
std::string spell_rank(std::uint32_t rank) {
  return rank == 0 ? std::string() : std::to_string(rank);
}

// A cap and how many passed thanks to the preference; both empty where there is no cap.
void write_cap(CsvWriter& csv, const std::optional<std::int64_t>& cap, std::int64_t used) {
  csv.cell(spell_number(cap)).cell(cap ? std::to_string(used) : std::string());
}

template <class Items>
std::string join(const Items& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ";") + item;
  return list;
}

template <class Write>
void write_table(const std::filesystem::path& path, Write write) {
  AtomicFile file(path);
  write([&](std::string_view bytes) { file.write(bytes); });
  file.commit();
}

void write_units(const ResultRows& rows, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"unit_code", "series_ko", "series_en", "quota_group", "grade", "posts", "duration_min",
                       "subject_set", "to_pass", "common_subjects", "electives"});
  for (const UnitRow& row : rows.units) {
    csv.cell(row.unit.code.text()).cell(row.unit.series_ko).cell(row.unit.series_en);
    csv.cell(spell(row.unit.quota_group)).cell(row.unit.grade).cell(row.unit.posts).cell(row.unit.duration_min);
    csv.cell(row.unit.subject_set).cell(spell_number(row.to_pass)).cell(join(row.common_subjects));
    csv.cell(spell_number(row.electives)).end_row();
  }
  csv.finish();
}

void write_people(const ResultRows& rows, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink,
                {"applicant_number", "unit_code", "sex", "attendance", "bonus", "venue_code", "room_no", "electives"});
  for (const PersonRow& row : rows.people) {
    csv.cell(rows.numbers[row.number]).cell(rows.words[row.unit]).cell(hanjari::spell(*row.sex));
    csv.cell(spell(*row.attendance)).cell(spell(row.bonuses)).cell(rows.words[row.venue]);
    csv.cell(row.room_no == 0 ? std::string() : std::to_string(row.room_no)).cell(rows.words[row.chosen]).end_row();
  }
  csv.finish();
}

void write_scores(const ResultRows& rows, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_number", "unit_code", "subject", "kind", "raw"});
  for (const ScoreRow& row : rows.scores) {
    csv.cell(rows.numbers[row.number]).cell(rows.words[row.unit]).cell(rows.words[row.subject]);
    csv.cell(spell(*row.kind)).cell(format_mark({row.raw})).end_row();
  }
  csv.finish();
}

}  // namespace

void write_scores(const Results& results, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_number", "unit_code", "subject", "kind", "raw"});
  for (const ResultPerson& person : results.people) {
    for (const Score& score : results.scores_of(person)) {
      csv.cell(person.number.text()).cell(results.unit_of(person).unit.code.text()).cell(results.name_of(score.subject));
      csv.cell(spell(score.kind)).cell(format_mark(score.mark())).end_row();
    }
  }
  csv.finish();
}

void write_decisions(const Results& results, const Rules& rules, const Decision& decision,
                     const CsvWriter::Sink& sink) {
  const ElectiveStatistics statistics = measure_electives(results, rules);
  CsvWriter csv(sink, {"applicant_number", "unit_code", "outcome", "total", "rank", "reasons", "own_total"});
  for (std::size_t i = 0; i < results.people.size(); ++i) {
    const ResultPerson& person = results.people[i];
    const PersonDecision& of_person = decision.people[i];
    const bool marked = of_person.outcome != Outcome::absent && of_person.outcome != Outcome::voided;
    const auto failed = of_person.reason == Reason::fail_line ? failed_subjects(results, statistics, person, rules)
                                                              : std::vector<SubjectIndex>();
    csv.cell(person.number.text()).cell(results.unit_of(person).unit.code.text()).cell(spell(of_person.outcome));
    csv.cell(marked ? format_mark(of_person.total) : std::string()).cell(spell_rank(of_person.rank));
    csv.cell(spell_reasons(results, person, of_person, failed));
    csv.cell(marked ? format_mark(of_person.own) : std::string()).end_row();
  }
  csv.finish();
}

void write_cuts(const Results& results, const Decision& decision, const CsvWriter::Sink& sink) {
  CsvWriter csv(
      sink, {"unit_code", "posts", "applied", "sat", "to_pass", "passed", "cut", "equality_cut", "subjects", "cut_mean",
             "passed_equality", "equality_target", "veteran_cap", "by_veteran", "hero_cap", "by_hero"});
  for (std::size_t i = 0; i < results.units.size(); ++i) {
    const UnitDecision& unit = decision.units[i];
    const std::int64_t subjects = results.units[i].subject_count();
    csv.cell(results.units[i].unit.code.text()).cell(unit.posts).cell(unit.applied).cell(unit.sat).cell(unit.to_pass);
    csv.cell(unit.passed).cell(spell_mark(unit.cut)).cell(spell_mark(unit.equality_cut)).cell(subjects);
    csv.cell(unit.cut ? format_mark(mean_of(*unit.cut, subjects)) : std::string()).cell(unit.passed_equality);
    csv.cell(spell_number(unit.equality_target));
    write_cap(csv, unit.veteran_cap, unit.by_veteran);
    write_cap(csv, unit.hero_cap, unit.by_hero);
    csv.end_row();
  }
  csv.finish();
}

void write_final_decisions(const Results& results, const FinalDecision& decision, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink,
                {"applicant_number", "unit_code", "outcome", "grade", "total", "rank", "reserve_rank", "reasons"});
  for (const FinalPersonDecision& of_person : decision.people) {
    const ResultPerson& person = results.people[of_person.person.value];
    csv.cell(person.number.text()).cell(results.unit_of(person).unit.code.text()).cell(spell(of_person.outcome));
    csv.cell(spell(of_person.grade)).cell(format_mark(of_person.total)).cell(spell_rank(of_person.rank));
    csv.cell(spell_rank(of_person.reserve_rank)).cell(spell(of_person.reason)).end_row();
  }
  csv.finish();
}

void write_final_cuts(const Results& results, const FinalDecision& decision, const CsvWriter::Sink& sink) {
  CsvWriter csv(
      sink, {"unit_code", "posts", "interviewed", "excellent", "ordinary", "poor", "passed", "passed_equality", "cut"});
  for (std::size_t i = 0; i < results.units.size(); ++i) {
    const FinalUnitDecision& unit = decision.units[i];
    csv.cell(results.units[i].unit.code.text()).cell(unit.posts).cell(unit.interviewed).cell(unit.excellent);
    csv.cell(unit.ordinary).cell(unit.poor).cell(unit.passed).cell(unit.passed_equality);
    csv.cell(spell_mark(unit.cut)).end_row();
  }
  csv.finish();
}

void write_differences(const Comparison& comparison, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_number", "unit_code", "outcome_before", "outcome_after", "total_before",
                       "total_after", "rank_before", "rank_after"});
  const auto outcome = [](const auto& side) { return side ? std::string(spell(side->outcome)) : std::string(); };
  const auto total = [](const auto& side) { return side ? spell_mark(side->total) : std::string(); };
  const auto rank = [](const auto& side) { return side ? spell_rank(side->rank) : std::string(); };
  for (const VerdictDifference& row : comparison.verdicts) {
    csv.cell(row.number.text()).cell(row.unit.text()).cell(outcome(row.before)).cell(outcome(row.after));
    csv.cell(total(row.before)).cell(total(row.after)).cell(rank(row.before)).cell(rank(row.after)).end_row();
  }
  csv.finish();
}

void write_cut_differences(const Comparison& comparison, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"unit_code", "cut_before", "cut_after", "equality_cut_before", "equality_cut_after",
                       "passed_before", "passed_after"});
  for (const CutDifference& row : comparison.cuts) {
    csv.cell(row.unit.text()).cell(spell_mark(row.cut_before)).cell(spell_mark(row.cut_after));
    csv.cell(spell_mark(row.equality_cut_before)).cell(spell_mark(row.equality_cut_after));
    csv.cell(row.passed_before).cell(row.passed_after).end_row();
  }
  csv.finish();
}

void save_results(const ResultRows& rows, const std::string& rules_json, const std::filesystem::path& folder,
                  Existing existing) {
  AtomicFolder whole(folder, existing,
                     {std::string(units_file), std::string(people_file), std::string(scores_file),
                      std::string(rules_file), std::string(counts_file), std::string(interview_file)});
  write_table(whole.folder() / units_file, [&](const CsvWriter::Sink& sink) { write_units(rows, sink); });
  write_table(whole.folder() / people_file, [&](const CsvWriter::Sink& sink) { write_people(rows, sink); });
  write_table(whole.folder() / scores_file, [&](const CsvWriter::Sink& sink) { write_scores(rows, sink); });
  write_table(whole.folder() / rules_file, [&](const CsvWriter::Sink& sink) { sink(rules_json); });
  if (rows.counts) {
    write_table(whole.folder() / counts_file, [&](const CsvWriter::Sink& sink) {
      CsvWriter csv(sink, {"venue_code", "room_no", "present", "sheets", "scored"});
      for (const CountRow& row : *rows.counts) {
        csv.cell(rows.words[row.venue]).cell(row.room_no).cell(row.present).cell(row.sheets).cell(row.scored).end_row();
      }
      csv.finish();
    });
  }
  if (!rows.interviews.empty()) {
    write_table(whole.folder() / interview_file, [&](const CsvWriter::Sink& sink) {
      CsvWriter csv(sink, {"applicant_number", "examiner", "item", "grade"});
      for (const InterviewRow& row : rows.interviews) {
        csv.cell(rows.numbers[row.number]).cell(rows.words[row.examiner]).cell(rows.words[row.item]);
        csv.cell(spell(*row.grade)).end_row();
      }
      csv.finish();
    });
  }
  whole.commit();
}

std::string digest_results(const Results& results) {
  Sha256 digest;
  const CsvWriter::Sink sink = [&](std::string_view bytes) { digest.update(bytes); };
  CsvWriter units(sink, {"unit_code", "posts", "to_pass", "common_subjects", "electives"});
  for (const ResultUnit& unit : results.units) {
    std::vector<std::string> common;
    for (const SubjectIndex subject : unit.common_subjects) common.push_back(results.name_of(subject));
    units.cell(unit.unit.code.text()).cell(unit.unit.posts).cell(spell_number(unit.to_pass)).cell(join(common));
    units.cell(unit.electives).end_row();
  }
  units.finish();
  CsvWriter people(sink, {"applicant_number", "unit_code", "sex", "attendance", "bonus"});
  for (const ResultPerson& person : results.people) {
    people.cell(person.number.text()).cell(results.unit_of(person).unit.code.text());
    people.cell(hanjari::spell(person.sex)).cell(spell(person.attendance)).cell(spell(person.bonuses)).end_row();
  }
  people.finish();
  CsvWriter scores(sink, {"applicant_number", "subject", "kind", "raw"});
  for (const ResultPerson& person : results.people) {
    for (const Score& score : results.scores_of(person)) {
      scores.cell(person.number.text()).cell(results.name_of(score.subject)).cell(spell(score.kind));
      scores.cell(score.raw).end_row();
    }
  }
  scores.finish();
  // Packages without any keep the digest that they had before there were special cases.
  if (results.special.empty()) return digest.finish().hex();
  CsvWriter special(sink, {"applicant_number", "kind", "reason", "decided_by"});
  for (const SpecialDecision& one : results.special) {
    special.cell(results.people[one.person.value].number.text()).cell(spell(one.kind)).cell(one.reason);
    special.cell(one.decided_by).end_row();
  }
  special.finish();
  return digest.finish().hex();
}

}  // namespace hanjari::package

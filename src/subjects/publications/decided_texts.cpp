#include "publications/decided_texts.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/packed_results.h"

namespace hanjari::services {
namespace {

using selection::Outcome;

Text minute_words(Instant at, const std::string& zone) {
  const LocalTime local = local_time(at, zone);
  const Text zone_name = name_time_zone(at, zone);
  const std::string moment = fmt::format("{} {}", format_date(local.day), format_time_of_day(local.minute));
  return {moment + " (" + zone_name.en + ")", moment + " (" + zone_name.ko + ")"};
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < list.size()) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    words.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

announcement::Person person_of(const Decided& decided, std::size_t index) {
  const selection::Results& results = decided.loaded.results;
  const selection::ResultPerson& found = results.people[index];
  const selection::PersonDecision& decision = decided.decision.people[index];
  const auto failed = decision.reason == selection::Reason::fail_line
                          ? selection::failed_subjects(results, decided.statistics, found, decided.loaded.rules)
                          : std::vector<selection::SubjectIndex>();
  announcement::Person person;
  person.number = found.number.text();
  person.unit_code = results.unit_of(found).unit.code.text();
  person.unit_name = name_of_unit(results.unit_of(found).unit);
  person.outcome = std::string(selection::spell(decision.outcome));
  person.reasons = words_of(selection::spell_reasons(results, found, decision, failed));
  if (decision.outcome != Outcome::absent && decision.outcome != Outcome::voided) person.total = selection::format_mark(decision.total);
  if (decision.rank > 0) person.rank = decision.rank;
  const auto& cut = decided.decision.units[found.unit.value].cut;
  if (cut) person.cut = selection::format_mark(*cut);
  for (const selection::Score& score : results.scores_of(found))
    person.scores.emplace_back(results.name_of(score.subject), selection::format_mark(score.mark()));
  return person;
}

announcement::Edition edition_of(const ExamHead& head, const Publication& publication) {
  announcement::Edition edition;
  edition.exam_name = {head.name_en.empty() ? head.name_ko : head.name_en, head.name_ko};
  edition.version = publication.version;
  edition.released_at = minute_words(publication.order.release_at, head.time_zone);
  edition.reason = publication.order.reason;
  edition.withdrawn = publication.order.withdrawal;
  edition.words = {publication.order.next_passed, publication.order.next_others, publication.order.objection,
                   publication.order.next_called};
  if (publication.order.stage == proof::Stage::final) edition.stage = announcement::Stage::final;
  return edition;
}

void add_people(const Decided& decided, DecidedTexts& texts) {
  const selection::Results& results = decided.loaded.results;
  std::map<std::string, std::vector<std::string>> listed;
  for (std::size_t i = 0; i < results.people.size(); ++i) {
    announcement::Person person = person_of(decided, i);
    const Outcome outcome = decided.decision.people[i].outcome;
    if (outcome == Outcome::passed || outcome == Outcome::passed_equality)
      listed[person.unit_code].push_back(person.number);
    for (const selection::Score& score : results.scores_of(results.people[i]))
      texts.decided.marks[person.number][results.name_of(score.subject)] = selection::format_mark(score.mark());
    texts.people.push_back(std::move(person));
  }
  for (const selection::ResultUnit& unit : results.units) {
    const std::string& code = unit.unit.code.text();
    auto& numbers = listed[code];
    std::sort(numbers.begin(), numbers.end());
    texts.units.push_back({code, name_of_unit(unit.unit), numbers});
  }
}

void add_written_stage(ResultRepository& results, const Publication& publication, const package::PackedFiles& files,
                       package::Encoding encoding, DecidedTexts& texts, Progress& progress) {
  const Decided decided = decide_package(package::load_results(files, selection::Stage::written, encoding, progress));
  texts.decided.decisions_csv = results.load_file(texts.decision, "decisions.csv");
  texts.decided.cuts_csv = results.load_file(texts.decision, "cuts.csv");
  texts.decision_sha256 = texts.decision.decision_sha256;
  if (digest_decision(texts.decided.decisions_csv, texts.decided.cuts_csv) != texts.decision_sha256) throw_other_decision();
  texts.rules_sha256 = selection::digest_rules(decided.loaded.rules, selection::Stage::written);
  texts.marks_sha256 = package::digest_marks(files, decided.loaded.results);
  // A withdrawal lists nobody; the names of the units are compared with the decision all the same.
  for (const selection::ResultUnit& unit : decided.loaded.results.units)
    texts.decided.units[unit.unit.code.text()] = name_of_unit(unit.unit);
  if (!publication.order.withdrawal) add_people(decided, texts);
}

}  // namespace

Text name_of_unit(const Unit& unit) {
  Text name{unit.series_en.empty() ? unit.series_ko : unit.series_en, unit.series_ko};
  if (unit.quota_group == QuotaGroup::general) return name;
  const Text group = name_of(unit.quota_group);
  return {name.en + " (" + group.en + ")", name.ko + "(" + group.ko + ")"};
}

void throw_other_decision() {
  throw Conflict("decision_differs", {"The kept tables are not those of this decision. Do not publish it.",
                                      "보관된 자료가 이 결정과 다릅니다. 발표하지 마십시오."});
}

DecidedTexts load_decided(const DecisionStores& stores, const Publication& publication, Progress& progress) {
  ResultRepository& results = stores.results;
  const auto head = stores.exams.find_head(publication.exam);
  if (!head) throw NotFound("exam_not_found", {"This exam is not there.", "이 시험이 없습니다."});
  DecidedTexts texts;
  texts.decision = find_decision(results, publication.exam, written_decision_of(publication.order));
  const ResultPackage package = find_package(results, publication.exam, texts.decision.package_version);
  const package::PackedFiles files = load_decided_files(results, texts.decision);
  texts.edition = edition_of(*head, publication);
  const announcement::Edition& edition = texts.edition;
  texts.ordered = {edition.exam_name,         edition.version,           edition.released_at,     edition.reason,
                   edition.words.next_passed, edition.words.next_others, edition.words.objection, publication.order.withdrawal};
  texts.ordered.exam_code = publication.exam.text();
  texts.ordered.release_instant = format_instant(publication.order.release_at);
  texts.ordered.next_called = edition.words.next_called;
  if (publication.order.stage == proof::Stage::written) {
    add_written_stage(results, publication, files, package.encoding, texts, progress);
  } else {
    texts.ordered.stage = proofreading::Stage::final;
    if (stores.interviews == nullptr)
      throw NotFound("unknown_final", {"This program keeps no final decisions.", "이 프로그램은 최종 결정을 다루지 않습니다."});
    add_final_stage(*stores.interviews, publication, files, package.encoding, texts, progress);
  }
  if (texts.decision_sha256 != publication.decision_sha256) throw_other_decision();
  return texts;
}

}  // namespace hanjari::services

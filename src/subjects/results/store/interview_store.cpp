#include "results/store/interview_store.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "results/store/result_parts.h"
#include "results/store/special_case_rows.h"

namespace hanjari::storage {
namespace {

using services::InterviewBook;
using services::InterviewEntry;
using services::owner_of_interviews;
using services::StoredFinal;

constexpr const char* first_entry = "interview.first";
constexpr const char* second_entry = "interview.second";
constexpr const char* settled_interviews = "interview.settled";
constexpr const char* candidates_of_exam = "interview.candidates";

std::optional<std::string> find_interview_words(Connection& connection, const Store& store, const ExamCode& exam, const char* name) {
  const std::string owner = owner_of_interviews(exam);
  if (!connection.select("SELECT 1 FROM result_parts WHERE owner_id = ? AND name = ? LIMIT 1", owner, name).next()) return std::nullopt;
  return read_result_file(connection, store, owner, name);
}

void replace_interview_words(Connection& connection, const Store& store, const ExamCode& exam, const char* name,
                             const std::string& words) {
  const std::string owner = owner_of_interviews(exam);
  connection.change("DELETE FROM result_parts WHERE owner_id = ? AND name = ?", owner, name);
  insert_result_file(connection, store, owner, exam.text(), name, words);
}

InterviewBook read_book(Connection& connection, const Store& store, const ExamCode& exam) {
  InterviewBook book;
  if (const auto words = find_interview_words(connection, store, exam, first_entry)) book.first = services::read_interview_entry(*words);
  if (const auto words = find_interview_words(connection, store, exam, second_entry)) book.second = services::read_interview_entry(*words);
  if (const auto words = find_interview_words(connection, store, exam, settled_interviews))
    book.settlements = services::read_interview_settlements(*words);
  return book;
}

services::CandidateRegister read_candidates(Connection& connection, const Store& store, const ExamCode& exam) {
  const auto words = find_interview_words(connection, store, exam, candidates_of_exam);
  return words ? services::read_register(*words) : services::CandidateRegister{};
}

std::int64_t version_of_entry(const std::optional<InterviewEntry>& entry) {
  return entry ? entry->version : 0;
}

void require_interviews_as_seen(bool as_seen) {
  if (as_seen) return;
  throw Conflict("interview_changed", {"Grades of these interviews were entered or settled meanwhile. Look at them again.",
                                       "그사이 면접 등급이 입력되거나 확정되었습니다. 다시 확인하십시오."});
}

// Where the officer's entry belongs: the own one, else the first that is free.
const char* hand_of(const InterviewBook& book, const std::string& officer) {
  if (!book.first || book.first->officer == officer) return first_entry;
  if (!book.second || book.second->officer == officer) return second_entry;
  throw Conflict("both_entered", {"Two officers have entered the grades already. You can settle what differs between them.",
                                  "이미 두 담당자가 등급을 입력했습니다. 서로 다른 곳을 확정할 수 있습니다."});
}

std::string name_of_final(std::int64_t version) {
  return fmt::format("final-{}", version);
}

// Newest first. What a final decision says of itself stands beside its files, under its name alone.
std::vector<StoredFinal> read_finals(Connection& connection, const Store& store, const ExamCode& exam) {
  const std::string owner = owner_of_interviews(exam);
  std::vector<std::string> names;
  {
    Rows rows = connection.select(
        "SELECT DISTINCT name FROM result_parts WHERE owner_id = ? AND name LIKE 'final-%' AND name NOT LIKE '%/%'", owner);
    while (rows.next()) names.push_back(rows.text());
  }
  std::vector<StoredFinal> finals;
  for (const std::string& name : names) finals.push_back(services::read_final(read_result_file(connection, store, owner, name)));
  std::sort(finals.begin(), finals.end(), [](const StoredFinal& one, const StoredFinal& other) { return one.version > other.version; });
  return finals;
}

}  // namespace

InterviewBook InterviewStore::load_interviews(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_book(connection, store_, exam); });
}

void InterviewStore::save_interview_entry(const ExamCode& exam, const InterviewEntry& next, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, exam);
    const InterviewBook book = read_book(connection, store_, exam);
    const char* hand = hand_of(book, next.officer);
    const auto& now = hand == first_entry ? book.first : book.second;
    if (attempt.number > 1 && now && now->version == next.version && now->at == next.at) return;
    require_interviews_as_seen(version_of_entry(now) == next.version - 1);
    replace_interview_words(connection, store_, exam, hand, services::write_interview_entry(next));
    services::AuditNote note{"interview.enter", exam.text(),
                             fmt::format("{}, version {}, {} grades", hand == first_entry ? "first" : "second", next.version, next.grades.size())};
    note.exam = exam.text();
    write_audit(connection, store_, change, note);
  });
}

void InterviewStore::save_interview_settlements(const ExamCode& exam, const InterviewBook& seen, const services::InterviewSettlements& next,
                                                const services::InterviewSettlement& made, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, exam);
    const InterviewBook book = read_book(connection, store_, exam);
    const auto stored = book.settlements.by_place.find(made.place);
    const bool done_before = attempt.number > 1 && book.settlements.version == next.version && stored != book.settlements.by_place.end() &&
                             stored->second.officer == made.officer && stored->second.at == made.at;
    if (done_before) return;
    require_interviews_as_seen(book.settlements.version == next.version - 1 &&
                               version_of_entry(book.first) == version_of_entry(seen.first) &&
                               version_of_entry(book.second) == version_of_entry(seen.second));
    replace_interview_words(connection, store_, exam, settled_interviews, services::write_interview_settlements(next));
    services::AuditNote note{"interview.settle", exam.text(),
                             // Not the grade: every program reads the trail, and grades are the office's.
                             fmt::format("{}, {}, version {}", made.place.examiner, made.place.item, next.version)};
    note.exam = exam.text();
    note.whose = {made.place.number};
    write_audit(connection, store_, change, note);
  });
}

services::CandidateRegister InterviewStore::load_register(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_candidates(connection, store_, exam); });
}

void InterviewStore::save_register(const ExamCode& exam, const services::CandidateRegister& next, const std::string& action,
                                   const std::string& number, const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_exam_of_results(connection, store_, exam);
    const services::CandidateRegister now = read_candidates(connection, store_, exam);
    // A commit whose answer was lost is seen here.
    if (attempt.number > 1 && services::write_register(now) == services::write_register(next)) return;
    if (now.version != next.version - 1) {
      throw Conflict("register_changed", {"The register of candidates was changed meanwhile. Look at it again.",
                                          "그사이 채용후보자 명부가 바뀌었습니다. 다시 확인하십시오."});
    }
    replace_interview_words(connection, store_, exam, candidates_of_exam, services::write_register(next));
    services::AuditNote note{action, exam.text(), fmt::format("version {}", next.version)};
    note.exam = exam.text();
    note.whose = {number};
    write_audit(connection, store_, change, note);
  });
}

StoredFinal InterviewStore::add_final(const StoredFinal& made, const services::FinalFiles& files, const services::Change& change) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    hold_exam_of_results(connection, store_, made.exam);
    const std::vector<StoredFinal> there = read_finals(connection, store_, made.exam);
    if (const auto same = services::find_same_final(there, made)) return *same;
    StoredFinal kept = made;
    kept.version = there.empty() ? 1 : there.front().version + 1;
    const std::string owner = owner_of_interviews(kept.exam);
    const std::string& exam = kept.exam.text();
    const std::string name = name_of_final(kept.version);
    insert_result_file(connection, store_, owner, exam, name, services::write_final(kept));
    for (const auto& [file, content] : files) insert_result_file(connection, store_, owner, exam, name + "/" + file, content);
    services::AuditNote note{"final.make", fmt::format("{}/{}", exam, name),
                             fmt::format("final decision {}, decision {}, grades {}", kept.final_sha256, kept.written_sha256,
                                         kept.interviews_sha256)};
    note.exam = exam;
    write_audit(connection, store_, change, note);
    return kept;
  });
}

std::vector<StoredFinal> InterviewStore::list_finals(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) { return read_finals(connection, store_, exam); });
}

std::string InterviewStore::load_final_file(const StoredFinal& final, const std::string& name) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    return read_result_file(connection, store_, owner_of_interviews(final.exam), name_of_final(final.version) + "/" + name);
  });
}

}  // namespace hanjari::storage

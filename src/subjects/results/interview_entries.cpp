#include "hanjari/results/interview_entries.h"

#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/selection/result_rows.h"

namespace hanjari::services {
namespace {

using selection::GradeMark;

constexpr std::size_t longest_settlement_reason = 300;
constexpr const char* interview_workbook_name = "interview.xlsx";
constexpr std::string_view grade_words_of_entries[] = {"high", "middle", "low"};

std::vector<package::CsvColumn> interview_columns() {
  return {{"applicant_number"}, {"examiner"}, {"item"}, {"grade"}};
}

// A number or code read as the fields of the office read it: digits in full width and what nobody sees around it are the paste's, not the
// code's. A special case and a grade of one person name the same number then.
std::optional<std::string> read_pasted_code(package::CsvReader& reader, std::size_t column) {
  std::string code = clean_signs(reader.text(column));
  if (code.empty() || code == reader.text(column)) {
    const auto plain = reader.identifier(column);
    return plain ? std::optional<std::string>(*plain) : std::nullopt;
  }
  auto fault = package::find_identifier_fault(code);
  if (!fault) return code;
  reader.add_fault(column, std::move(fault->what), std::move(fault->fix));
  return std::nullopt;
}

InterviewGrades read_interview_rows(package::CsvReader& reader) {
  enum { number, examiner, item, grade };
  InterviewGrades grades;
  while (reader.next()) {
    const auto of = read_pasted_code(reader, number);
    const auto by = read_pasted_code(reader, examiner);
    const auto what = read_pasted_code(reader, item);
    const auto word = reader.word(grade, grade_words_of_entries);
    if (!of || !by || !what || !word) continue;
    const InterviewPlace place{*of, *by, *what};
    if (grades.emplace(place, static_cast<GradeMark>(*word)).second) continue;
    reader.add_fault({fmt::format("{}, {}, {} stands there twice", place.number, place.examiner, place.item),
                      fmt::format("{}, {}, {}: 같은 행이 두 번 있습니다", place.number, place.examiner, place.item)},
                     {"keep the row that is right", "맞는 행만 남기십시오"});
  }
  return grades;
}

std::optional<GradeMark> grade_at(const std::optional<InterviewEntry>& entry, const InterviewPlace& place) {
  const auto found = entry->grades.find(place);
  return found == entry->grades.end() ? std::nullopt : std::optional(found->second);
}

// The settlement that holds for what both entries say now.
const InterviewSettlement* settlement_of(const InterviewBook& book, const InterviewDifference& difference) {
  const auto found = book.settlements.by_place.find(difference.place);
  if (found == book.settlements.by_place.end()) return nullptr;
  return found->second.first == difference.first && found->second.second == difference.second ? &found->second : nullptr;
}

// Every place of either entry; nothing before both are there.
std::vector<InterviewDifference> all_places(const InterviewBook& book) {
  std::vector<InterviewDifference> places;
  if (!book.first || !book.second) return places;
  std::set<InterviewPlace> known;
  for (const InterviewEntry* entry : {&*book.first, &*book.second}) {
    for (const auto& [place, grade] : entry->grades) known.insert(place);
  }
  for (const InterviewPlace& place : known) places.push_back({place, grade_at(book.first, place), grade_at(book.second, place)});
  return places;
}

std::optional<GradeMark> judge_grade(const std::string& word, Faults& faults) {
  const auto grade = parse_meant(word, parse_grade_mark);
  constexpr std::string_view words[] = {"none"};
  if (!grade && find_meant_word(word, words) != 0) {
    faults.add({"", 0, "grade", {"the grade is missing", "등급이 없습니다"},
                {"choose high, middle, low, or none where there is no such grade", "high(상), middle(중), low(하) 또는 해당 없음(none)을 고르십시오"}});
  }
  return grade;
}

std::string judge_settlement_reason(const std::string& typed, Faults& faults) {
  std::string reason = clean_line(typed);
  if (reason.empty()) {
    faults.add({"", 0, "reason", {"the reason is missing", "사유가 없습니다"}, {"say what it was settled by", "무엇을 보고 정했는지 적으십시오"}});
  } else if (auto fault = find_text_fault(reason, longest_settlement_reason)) {
    faults.add({"", 0, "reason", std::move(fault->what), std::move(fault->fix)});
  }
  return reason;
}

AuditNote note_of_interviews(std::string action, const ExamCode& exam, std::string detail) {
  AuditNote note{std::move(action), exam.text(), std::move(detail)};
  note.exam = exam.text();
  return note;
}

}  // namespace

std::string owner_of_interviews(const ExamCode& exam) {
  constexpr std::size_t digits = 20;
  return "interviews-" + sha256(exam.text()).hex().substr(0, digits);
}

std::optional<GradeMark> parse_grade_mark(std::string_view word) {
  for (std::size_t at = 0; at < std::size(grade_words_of_entries); ++at) {
    if (grade_words_of_entries[at] == word) return static_cast<GradeMark>(at);
  }
  return std::nullopt;
}

InterviewGrades read_interview_table(std::string_view bytes, package::Encoding encoding) {
  if (bytes.size() > longest_interview_table)
    throw InvalidInput("file_too_large", {"The table may have 4 MB.", "표는 4MB까지 보낼 수 있습니다."});
  if (is_blank_text(bytes)) {
    throw InvalidInput("rows_missing", {"Choose an .xlsx or CSV file, or paste rows with their headings.",
                                        "XLSX나 CSV 파일을 고르거나 제목 줄이 있는 행을 붙여 넣으십시오."});
  }
  Faults faults;
  std::vector<Fault> warnings;
  InterviewGrades grades;
  const std::string file(selection::interview_file);
  if (package::is_one_workbook(bytes)) {
    const package::TableSheet sheet = package::open_table_sheet(file, interview_workbook_name, std::string(bytes), nullptr);
    package::CsvReader reader(file, sheet, interview_columns(), faults, warnings);
    grades = read_interview_rows(reader);
  } else {
    package::CsvReader reader(file, bytes, interview_columns(), encoding, faults, warnings);
    grades = read_interview_rows(reader);
  }
  if (!faults.empty()) throw InvalidInput(faults);
  if (!grades.empty()) return grades;
  throw InvalidInput("rows_missing", {"The table has no rows below its headings.", "표의 제목 아래에 행이 없습니다."});
}

std::string write_interview_table(const InterviewGrades& grades) {
  std::string table;
  package::CsvWriter writer([&table](std::string_view bytes) { table += bytes; }, {"applicant_number", "examiner", "item", "grade"});
  for (const auto& [place, grade] : grades)
    writer.cell(place.number).cell(place.examiner).cell(place.item).cell(selection::spell(grade)).end_row();
  writer.finish();
  return table;
}

InterviewEntry enter_interviews(InterviewRepository& interviews, const ExamCode& exam, InterviewGrades grades, std::int64_t version,
                                const Change& change) {
  InterviewEntry next;
  next.officer = change.author;
  next.at = change.at;
  next.version = version + 1;
  next.grades = std::move(grades);
  interviews.save_interview_entry(exam, next, change);
  return next;
}

std::vector<InterviewDifference> list_interview_differences(const InterviewBook& book) {
  std::vector<InterviewDifference> differences = all_places(book);
  std::erase_if(differences, [&](const InterviewDifference& one) { return one.first == one.second || settlement_of(book, one) != nullptr; });
  return differences;
}

std::int64_t count_settled_interviews(const InterviewBook& book) {
  return std::ssize(all_places(book)) - std::ssize(list_interview_differences(book));
}

void settle_interview(InterviewRepository& interviews, const ExamCode& exam, const InterviewDifference& seen, const std::string& grade,
                      const std::string& reason, const Change& change) {
  Faults faults;
  InterviewSettlement made{seen.place, seen.first, seen.second, judge_grade(grade, faults), judge_settlement_reason(reason, faults),
                           change.author, change.at};
  if (!faults.empty()) {
    throw InvalidInput("bad_settlement", {"The settlement is not complete.", "확정할 내용이 완전하지 않습니다."}, std::move(faults));
  }
  const InterviewBook book = interviews.load_interviews(exam);
  if (!book.first || !book.second) {
    throw NotFound("no_such_difference", {"Nothing can be settled before two officers have entered.",
                                          "두 담당자가 모두 입력하기 전에는 확정할 수 없습니다."});
  }
  if (book.first->officer == change.author || book.second->officer == change.author) {
    throw Conflict("same_officer", {"You entered these grades yourself. Enter yours again, or let a third officer settle what differs.",
                                    "본인이 입력한 등급입니다. 본인의 입력을 고치거나 다른 담당자가 확정해야 합니다."});
  }
  if (grade_at(book.first, seen.place) != seen.first || grade_at(book.second, seen.place) != seen.second) {
    throw Conflict("interview_changed", {"One of the two was entered again meanwhile. Look at the differences again.",
                                         "그사이 두 입력 가운데 하나가 바뀌었습니다. 차이를 다시 확인하십시오."});
  }
  if (seen.first == seen.second) {
    throw NotFound("no_such_difference", {"The two entries do not differ there.", "두 입력이 다르지 않습니다."});
  }
  InterviewSettlements next = book.settlements;
  ++next.version;
  next.by_place[seen.place] = made;
  interviews.save_interview_settlements(exam, book, next, made, change);
}

bool is_hidden_from(const InterviewBook& book, const std::string& officer, bool first) {
  const auto& other = first ? book.second : book.first;
  const auto& own = first ? book.first : book.second;
  if (own && own->officer == officer) return false;
  return !other || other->officer == officer;
}

InterviewBook open_interviews(InterviewRepository& interviews, AccessRecord& accesses, const ExamCode& exam, const Change& change) {
  InterviewBook book = interviews.load_interviews(exam);
  AuditNote note = note_of_interviews("interview.read", exam, "");
  std::set<std::string> named;
  for (const InterviewDifference& one : list_interview_differences(book)) named.insert(one.place.number);
  note.whose.assign(named.begin(), named.end());
  accesses.record_access(change, note);
  return book;
}

std::string take_settled_interviews(InterviewRepository& interviews, AccessRecord& accesses, const ExamCode& exam, const Change& change) {
  const InterviewBook book = interviews.load_interviews(exam);
  const auto open = std::ssize(list_interview_differences(book));
  if (!book.first || !book.second || open > 0) {
    throw Conflict("interviews_open", {fmt::format("Two officers have to enter the grades and settle what differs first ({} differ).", open),
                                       fmt::format("두 담당자가 모두 입력하고 서로 다른 곳을 확정해야 합니다(남은 차이 {}건).", open)});
  }
  InterviewGrades settled;
  for (const InterviewDifference& one : all_places(book)) {
    const InterviewSettlement* by = one.first == one.second ? nullptr : settlement_of(book, one);
    const auto grade = by == nullptr ? one.first : by->grade;
    if (grade) settled[one.place] = *grade;
  }
  accesses.record_access(change, note_of_interviews("interview.take", exam, fmt::format("{} grades", settled.size())));
  return write_interview_table(settled);
}

}  // namespace hanjari::services

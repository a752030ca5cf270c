#include "package/sheets/sheet_finder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/text.h"
#include "package/csv/characters.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/exam_sheets.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

constexpr std::array<SheetName, 10> sheets_of_exams{{{"exam.json", "시험|시험정보|시험개요"},
                                                     {"policy.json", "배정기준|배정규칙|정책|규칙"},
                                                     {"units.csv", "모집단위|직렬"},
                                                     {"venues.csv", "시험장|고사장|학교|시험장목록"},
                                                     {"shapes.csv", "교실형태|시험실형태"},
                                                     {"rooms.csv", "시험실|고사실|교실|시험실목록"},
                                                     {"applicants.csv", "응시자|지원자|응시자명단|지원자명단|수험생"},
                                                     {"travel.csv", "이동거리|거리표"},
                                                     {"pins.csv", "고정|고정배정"},
                                                     {"places.csv", "장소|지명"}}};
constexpr std::array<SheetName, 7> sheets_of_results{{{"rules.json", "규칙|결정규칙"},
                                                      {"units.csv", "모집단위|직렬"},
                                                      {"people.csv", "응시자|수험생"},
                                                      {"scores.csv", "점수|성적"},
                                                      {"counts.csv", "인원수|집계"},
                                                      {"special_cases.csv", "특별결정|특별사유"},
                                                      {"interview.csv", "면접|면접시험"}}};
constexpr std::array<SheetName, 7> sheets_of_staff{{{"staffing.json", "배치기준|감독관배치기준"},
                                                    {"invigilators.csv", "감독관|감독관명단"},
                                                    {"conflicts.csv", "이해충돌|회피"},
                                                    {"past_pairs.csv", "지난짝|지난번짝"},
                                                    {"contacts.csv", "연락처|감독관연락처"},
                                                    {"past_duties.csv", "지난감독|감독이력"},
                                                    {"places.csv", "장소|지명"}}};

std::string_view stem_of(std::string_view file) {
  return file.substr(0, file.rfind('.'));
}

// Settings: the name of their file is also what a whole package is called (exam.xlsx).
bool is_of_settings(const SheetName& name) {
  return name.file.ends_with(".json");
}

// Blanks, underscores and capitals make no other name.
std::string folded_name(std::string_view name) {
  std::string folded = in_lower_case(name);
  std::erase_if(folded, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return folded;
}

// `called`: folded.
bool is_called(const SheetName& table, std::string_view called) {
  if (folded_name(stem_of(table.file)) == called) return true;
  for (std::string_view words = table.words; !words.empty();) {
    const std::size_t bar = words.find('|');
    if (words.substr(0, bar) == called) return true;
    words.remove_prefix(bar == std::string_view::npos ? words.size() : bar + 1);
  }
  return false;
}

// Of a workbook that is one table: the last sheet that is called like it, else the first that one sees, of several with a warning.
template <class IsCalled>
std::size_t choose_sheet(const workbook::Workbook& book, std::string_view table, IsCalled is_called_so, std::vector<Fault>& warnings) {
  const std::vector<workbook::SheetInfo>& sheets = book.sheets();
  std::size_t chosen = sheets.size();
  std::size_t seen = 0;
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    if (is_called_so(sheets[at].name)) chosen = at;
    if (!sheets[at].hidden) ++seen;
  }
  if (chosen < sheets.size()) return chosen;
  const auto first = std::find_if(sheets.begin(), sheets.end(), [](const workbook::SheetInfo& sheet) { return !sheet.hidden; });
  chosen = first == sheets.end() ? 0 : static_cast<std::size_t>(first - sheets.begin());
  if (seen > 1) {
    warnings.push_back({book.name(),
                        0,
                        "",
                        {fmt::format("of {} sheets {} was read", seen, show(sheets[chosen].name)),
                         fmt::format("시트 {}개 가운데 {}만 읽었습니다", seen, show(sheets[chosen].name))},
                        {fmt::format("call the sheet of the table {} if it is another", table),
                         in_korean("다른 시트이면 그 이름을 {}[으로/로] 하십시오", std::string(table))}});
  }
  return chosen;
}

}  // namespace

std::string table_called(std::string_view typed) {
  const std::string name = folded_name(clean_line(typed));
  for (const SheetName& table : sheets_of_exams) {
    if (is_called(table, name)) return std::string(stem_of(table.file));
  }
  return std::string(typed);
}

TableSheet open_only_sheet(std::shared_ptr<const workbook::Workbook> book, std::string_view called, std::vector<Fault>& warnings) {
  const auto is_own = [&](std::string_view sheet) { return is_called({"", called}, folded_name(sheet)); };
  const std::size_t chosen = choose_sheet(*book, called.substr(0, called.find('|')), is_own, warnings);
  return {std::move(book), chosen, true, nullptr};
}

std::span<const SheetName> exam_sheet_names() {
  return sheets_of_exams;
}

std::span<const SheetName> result_sheet_names() {
  return sheets_of_results;
}

std::span<const SheetName> staff_sheet_names() {
  return sheets_of_staff;
}

TableSheet open_table_sheet(std::string_view file, const std::string& name, std::string bytes, BadCells* bad) {
  workbook::ReadLimits limits;
  limits.bytes = 20'000'000;
  limits.entries = 500;
  limits.shared_texts = 200'000;
  limits.cells = 1'000'000;
  auto book = std::make_shared<const workbook::Workbook>(name, std::move(bytes), limits);
  const std::vector<workbook::SheetInfo>& sheets = book->sheets();
  const auto table = std::find_if(sheets_of_exams.begin(), sheets_of_exams.end(), [&](const SheetName& one) { return one.file == file; });
  auto chosen = std::find_if(sheets.begin(), sheets.end(), [&](const workbook::SheetInfo& sheet) {
    return table != sheets_of_exams.end() && is_called(*table, folded_name(sheet.name));
  });
  if (chosen == sheets.end())
    chosen = std::find_if(sheets.begin(), sheets.end(), [](const workbook::SheetInfo& sheet) { return !sheet.hidden; });
  const std::size_t at = chosen == sheets.end() ? 0 : static_cast<std::size_t>(chosen - sheets.begin());
  return {std::move(book), at, true, bad};
}

SheetFinder::SheetFinder(const std::filesystem::path& folder, const PackedFiles* packed, std::span<const SheetName> names,
                         BadCells* bad, Faults& faults, std::vector<Fault>& warnings)
    : folder_(folder), packed_(packed), names_(names), bad_(bad), faults_(faults), warnings_(warnings) {
  std::vector<std::string> workbooks;
  if (packed_ != nullptr) {
    for (const auto& [name, bytes] : *packed_)
      if (is_workbook_name(name)) workbooks.push_back(name);
  } else {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
      std::string name = entry.path().filename().string();
      if (entry.is_regular_file(ignored) && is_valid_utf8(name) && is_workbook_name(name)) workbooks.push_back(std::move(name));
    }
  }
  std::sort(workbooks.begin(), workbooks.end());
  for (const std::string& name : workbooks) {
    try {
      look_at(name, packed_ != nullptr ? packed_->at(name) : read_file(folder_ / name));
    } catch (const InvalidInput& refused) {
      faults_.add_all(refused.faults());
      if (const auto table = table_of(stem_of(name)); table && !is_of_settings(names_[*table])) {
        refused_.emplace(names_[*table].file);
      } else {
        all_refused_ = true;
      }
    }
  }
}

std::optional<std::size_t> SheetFinder::table_of(std::string_view called) const {
  const std::string name = folded_name(called);
  for (std::size_t at = 0; at < names_.size(); ++at) {
    if (is_called(names_[at], name)) return at;
  }
  return std::nullopt;
}

// A workbook called like a table is that table, in the sheet of its name or else the first that is seen; any other, and one called like
// the settings with sheets of other tables, holds a table in each sheet that is called like one.
void SheetFinder::look_at(const std::string& name, std::string bytes) {
  const auto own = table_of(stem_of(name));
  std::shared_ptr<const workbook::Workbook> book = std::make_shared<workbook::Workbook>(name, std::move(bytes));
  const std::vector<workbook::SheetInfo>& sheets = book->sheets();
  const bool has_others = std::any_of(sheets.begin(), sheets.end(), [&](const workbook::SheetInfo& sheet) {
    const auto table = table_of(sheet.name);
    return table && table != own;
  });
  if (!own || (is_of_settings(names_[*own]) && has_others)) {
    for (std::size_t at = 0; at < sheets.size(); ++at) {
      if (const auto table = table_of(sheets[at].name)) put(names_[*table].file, {book, at, false, bad_});
    }
    return;
  }
  const auto is_own = [&](std::string_view sheet) { return table_of(sheet) == own; };
  const std::size_t chosen = choose_sheet(*book, stem_of(names_[*own].file), is_own, warnings_);
  put(names_[*own].file, {std::move(book), chosen, true, bad_});
}

bool SheetFinder::has_beside(std::string_view file) const {
  if (packed_ != nullptr) return packed_->contains(std::string(file));
  std::error_code ignored;
  return std::filesystem::exists(folder_ / file, ignored);
}

void SheetFinder::put(std::string_view file, TableSheet sheet) {
  const std::string place = sheet.place({});
  const bool beside = has_beside(file);
  const auto [there, is_new] = tables_.try_emplace(std::string(file), std::move(sheet));
  if (is_new && !beside) return;
  const std::string other = beside ? std::string(file) : there->second.place({});
  faults_.add({place,
               0,
               "",
               {fmt::format("the table stands here and in {}", show(other)), fmt::format("같은 표가 {}에도 있습니다", show(other))},
               {"keep the one that is right", "맞는 것 하나만 두십시오"}});
}

void SheetFinder::mark_cell(const Fault& fault) const {
  if (const auto cell = find_cell(fault)) cell->sheet->add_bad(cell->at, fault.what, fault.fix);
}

std::optional<SheetFinder::Cell> SheetFinder::find_cell(const Fault& fault) const {
  const TableSheet* sheet = find(fault.file);
  if (sheet == nullptr || fault.line == 0) return std::nullopt;
  const auto column = sheet->columns->find(fault.column);
  return Cell{sheet, {static_cast<std::uint32_t>(fault.line), column == sheet->columns->end() ? 0 : column->second}};
}

Fault SheetFinder::with_cell(const Fault& fault) const {
  const auto cell = find_cell(fault);
  return cell ? Fault{cell->sheet->place(cell->at), 0, fault.column, fault.what, fault.fix} : fault;
}

Faults SheetFinder::name_cells(const Faults& faults) const {
  Faults named;
  for (const Fault& fault : faults.kept()) {
    named.add(with_cell(fault));
  }
  // Those that were counted and not kept.
  for (std::uint64_t more = faults.kept().size(); more < faults.count(); ++more) named.add({});
  return named;
}

std::map<std::string, SheetOfTable> SheetFinder::places() const {
  std::map<std::string, SheetOfTable> places;
  for (const auto& [file, table] : tables_) {
    TableSheet named = table;
    named.only_table = true;  // the reader of a fault has several files before them
    SheetOfTable& sheet = places[file];
    sheet.place = named.place({0, 0});
    for (const auto& [name, column] : *table.columns) {
      std::string cell = named.place({1, column});
      cell.pop_back();  // the row's number
      sheet.columns.emplace(name, std::move(cell));
    }
  }
  return places;
}

const TableSheet* SheetFinder::find(const std::string& file) const {
  const auto found = tables_.find(file);
  return found == tables_.end() ? nullptr : &found->second;
}

}  // namespace hanjari::package

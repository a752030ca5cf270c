// The public list as files that people keep, against what was decided.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/proofreading/proofreading.h"
#include "hanjari/workbook/workbook.h"
#include "proofreading/expected_words.h"
#include "proofreading/grouped_count.h"
#include "proofreading/served_paper.h"

namespace hanjari::proofreading {
namespace {

using SheetLines = std::vector<std::vector<std::string>>;

// Blanks of every kind, joiners, and marks that choose among forms of a letter: no paper shows them, and names copied from other
// programs have them.
bool is_unseen(std::string_view letter) {
  static constexpr std::array<std::string_view, 6> single{"\xC2\xA0", "\xC2\xAD", "\xCD\x8F", "\xE1\x9A\x80", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  // The first and the last of a stretch of letters.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> stretches{{{"\xE2\x80\x80", "\xE2\x80\x8F"},
                                                                                          {"\xE2\x80\xAF", "\xE2\x80\xAF"},
                                                                                          {"\xE2\x81\x9F", "\xE2\x81\xAF"},
                                                                                          {"\xEF\xB8\x80", "\xEF\xB8\x8F"},
                                                                                          {"\xF3\xA0\x80\x80", "\xF3\xA0\xBF\xBF"}}};
  return std::find(single.begin(), single.end(), letter) != single.end() ||
         std::any_of(stretches.begin(), stretches.end(), [&](const auto& stretch) {
           return letter.size() == stretch.first.size() && letter >= stretch.first && letter <= stretch.second;
         });
}

std::string without_blanks(const std::string& text) {
  std::string seen;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const std::string_view letter = std::string_view(text).substr(at, bytes);
    if (first > 0x20 && !is_unseen(letter)) seen += letter;
    at += bytes;
  }
  return seen;
}

// Letters of a second font are drawn after those of the first: then all letters are there, in another order.
bool are_same_letters(std::string shown, std::string wanted) {
  shown = without_blanks(shown);
  wanted = without_blanks(wanted);
  if (shown == wanted) return true;
  std::sort(shown.begin(), shown.end());
  std::sort(wanted.begin(), wanted.end());
  return shown == wanted;
}

// What one sees in a sheet; nothing where something is hidden or stands in a cell that is not its own.
std::optional<SheetLines> lines_of_sheet(const workbook::Workbook& book, std::size_t sheet) {
  workbook::SheetReader reader(book, sheet);
  SheetLines lines;
  workbook::Row row;
  while (reader.next(row)) {
    if (row.number != lines.size() + 1) return std::nullopt;
    std::vector<std::string>& line = lines.emplace_back();
    for (const workbook::Cell& cell : row.cells) {
      if (cell.column != line.size()) return std::nullopt;
      line.push_back(cell.text);
    }
  }
  const workbook::SheetReader::Met& met = reader.met();
  if (book.sheets()[sheet].hidden || met.hidden_rows > 0 || met.hidden_columns > 0 || met.merged_cells > 0)
    return std::nullopt;
  return lines;
}

// All lines of a paper one after the other; nothing where a page does not end with its own foot.
std::optional<std::vector<std::string>> lines_of_paper(std::string_view bytes) {
  auto pages = read_paper(bytes);
  if (!pages) return std::nullopt;
  std::vector<std::string> lines;
  for (std::size_t page = 0; page < pages->size(); ++page) {
    std::vector<std::string>& elements = (*pages)[page];
    const std::string foot = std::to_string(page + 1) + "/" + std::to_string(pages->size());
    if (elements.empty() || without_blanks(elements.back()) != foot) return std::nullopt;
    lines.insert(lines.end(), elements.begin(), elements.end() - 1);
  }
  return lines;
}

// Takes off as many lines as hold exactly these numbers.
bool take_numbers(const std::set<std::string>& numbers, const std::vector<std::string>& lines, std::size_t& at) {
  for (auto wanted = numbers.begin(); wanted != numbers.end(); ++at) {
    if (at == lines.size()) return false;
    std::size_t begin = 0;
    while (begin < lines[at].size()) {
      const std::size_t end = std::min(lines[at].find(' ', begin), lines[at].size());
      if (wanted == numbers.end() || without_blanks(*wanted) != lines[at].substr(begin, end - begin)) return false;
      ++wanted;
      begin = end + 1;
    }
  }
  return true;
}

}  // namespace

void Proofreader::read_list_workbook(Language language, const std::string& bytes) {
  const ListFileWords& words = list_file_words(language, ordered_.stage);
  SheetLines units{{words.unit, words.unit_name, words.passed}};
  SheetLines numbers{{words.unit, words.number}};
  for (const auto& [unit, listed] : wanted_list()) {
    units.push_back({unit, unit_words(unit, language), std::to_string(listed.size())});
    for (const std::string& number : listed) numbers.push_back({unit, number});
  }
  bool right = false;
  try {
    const workbook::Workbook book("list.xlsx", bytes);
    right = book.sheets().size() == 2 && book.sheets()[0].name == words.numbers_sheet &&
            book.sheets()[1].name == words.units_sheet && lines_of_sheet(book, 0) == numbers &&
            lines_of_sheet(book, 1) == units;
  } catch (const InvalidInput&) {
    right = false;
  }
  if (!right) add("wrong_list", "", {"the list as a workbook is not the one that was decided", "엑셀 명단이 결정과 다릅니다"});
}

void Proofreader::read_list_paper(Language language, std::string_view bytes) {
  const ListFileWords& words = list_file_words(language, ordered_.stage);
  const auto lines = lines_of_paper(bytes);
  std::vector<std::string> head{words.title, ordered_.exam_name.in(language),
                                words.released + ": " + ordered_.released_at.in(language),
                                words.version + ": " + std::to_string(ordered_.version)};
  if (!ordered_.reason.in(language).empty()) head.push_back(words.correction + ": " + ordered_.reason.in(language));
  std::size_t at = 0;
  const auto take = [&](const std::string& wanted) {
    return at < lines->size() && are_same_letters((*lines)[at++], wanted);
  };
  bool right = lines.has_value();
  for (const std::string& one : head) right = right && take(one);
  for (const auto& [unit, listed] : wanted_list()) {
    right = right && take(unit + " " + unit_words(unit, language)) &&
            take(words.passed + ": " + grouped_count(listed.size())) && take_numbers(listed, *lines, at);
  }
  if (!right || at != lines->size())
    add("wrong_list", "", {"the list as PDF is not the one that was decided", "PDF 명단이 결정과 다릅니다"});
}

}  // namespace hanjari::proofreading

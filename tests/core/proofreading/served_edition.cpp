#include "proofreading/served_edition.h"

#include <stdexcept>

namespace hanjari::proofreading::testing {
namespace {

constexpr Language both[] = {Language::english, Language::korean};

announcement::Person made_person(const std::string& number, const std::string& outcome,
                                 const std::vector<std::string>& reasons, const std::string& total, std::int64_t rank) {
  announcement::Person person;
  person.number = number;
  person.unit_code = number.front() == '1' ? "A" : "B";
  person.unit_name = number.front() == '1' ? Text{"Administration", "행정"} : Text{"Tax & customs", "세무·관세"};
  person.outcome = outcome;
  person.reasons = reasons;
  if (!total.empty()) person.total = total;
  if (rank > 0) person.rank = rank;
  person.cut = number.front() == '1' ? "85.50" : "88.00";
  if (outcome != "absent") person.scores = {{"국어", total}, {"영어", number.back() == '1' ? "70.00" : "71.25"}};
  return person;
}

std::string joined(const std::vector<std::string>& reasons) {
  std::string list;
  for (const std::string& reason : reasons) list += (list.empty() ? "" : ";") + reason;
  return list;
}

}  // namespace

void replace_once(std::string& bytes, const std::string& from, const std::string& to) {
  const auto at = bytes.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to replace: " + from);
  bytes.replace(at, from.size(), to);
}

Served::Served() {
  edition.exam_name = {"Exam 2026", "2026년 시험"};
  edition.released_at = {"2026-09-29 10:00 (Asia/Seoul)", "2026년 9월 29일 10:00"};
  edition.words = {{"Register until 5 October.", "10월 5일까지 등록하십시오."},
                   {"The next exam is announced in spring.", "다음 시험은 봄에 공고합니다."},
                   {"Write until 6 October.", "10월 6일까지 서면으로 제출하십시오."}};
  people = {made_person("10001", "passed", {"above_cut"}, "92.00", 1),
            made_person("10002", "passed", {"at_cut", "veteran_5", "thanks_to_preference"}, "85.50", 2),
            made_person("10003", "not_passed", {"below_cut"}, "80.00", 3),
            made_person("10004", "absent", {"absent"}, "", 0),
            made_person("10005", "below_line", {"fail_line:국어"}, "61.00", 0),
            made_person("20001", "passed", {"at_cut", "licence_3"}, "88.00", 1),
            made_person("20002", "passed_equality", {"equality"}, "86.25", 2),
            made_person("20003", "not_passed", {"below_cut", "veteran_cap"}, "84.00", 3)};
  units = {{"A", {"Administration", "행정"}, {"10001", "10002"}}, {"B", {"Tax & customs", "세무·관세"}, {"20001", "20002"}}};
  decided.decisions_csv = "applicant_number,unit_code,outcome,total,rank,reasons,own_total\n";
  for (const announcement::Person& person : people) {
    decided.decisions_csv += person.number + "," + person.unit_code + "," + person.outcome + "," + person.total.value_or("") +
                             "," + (person.rank ? std::to_string(*person.rank) : "") + "," + joined(person.reasons) + ",\n";
    for (const auto& [subject, mark] : person.scores) decided.marks[person.number][subject] = mark;
    decided.units[person.unit_code] = person.unit_name;
  }
  decided.cuts_csv = "unit_code,posts,cut\nA,4,85.50\nB,4,88.00\n";
  ordered = {edition.exam_name,         1, edition.released_at, edition.reason, edition.words.next_passed,
             edition.words.next_others, edition.words.objection};
  list_file = "unit_code,applicant_number\nA,10001\nA,10002\nB,20001\nB,20002\n";
  render_all();
}

announcement::Person& Served::person(const std::string& number) {
  for (announcement::Person& one : people) {
    if (one.number == number) return one;
  }
  throw std::logic_error("nobody has the number " + number);
}

void Served::render(const announcement::Person& person) {
  for (const Language language : both)
    pages[{person.number, language}] = announcement::render_page(templates, edition, person, language);
}

void Served::render_all() {
  for (const announcement::Person& one : people) render(one);
  for (const Language language : both) {
    lists[language] = announcement::render_list(templates, edition, units, language);
    notices[language] = announcement::render_notice(templates, edition, language);
    messages[language] = announcement::render_message(templates, edition, language);
  }
}

std::vector<Finding> Served::judge() const {
  Proofreader reader(decided, ordered);
  for (const auto& [key, bytes] : pages) reader.read_page(key.first, key.second, bytes);
  for (const auto& [language, bytes] : lists) reader.read_list(language, bytes);
  for (const auto& [language, bytes] : notices) reader.read_notice(language, bytes);
  for (const auto& [language, bytes] : messages) reader.read_message(language, bytes);
  if (!list_file.empty()) reader.read_list_file(list_file);
  return reader.finish();
}

}  // namespace hanjari::proofreading::testing

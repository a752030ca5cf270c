// The policy by itself, and the table of an exam's subjects.
#include "hanjari/package/setup_parts.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/notice_tables.h"
#include "package/csv/characters.h"
#include "package/exam_json.h"
#include "package/notice_json.h"
#include "package/notices/table_cells.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

constexpr std::string_view setters_of_subjects[] = {"ministry", "city"};
constexpr std::string_view states_of_subjects[] = {"not_started", "drafted", "cross_checked", "settled"};

std::vector<CsvColumn> columns_of_subjects() {
  return {{"code"},
          {"name_ko"},
          {"name_en", Presence::optional},
          {"set_by"},
          {"setter", Presence::optional},
          {"checkers", Presence::optional},
          {"state", Presence::optional},
          {"due_on", Presence::optional}};
}

void sort_subjects(std::vector<ExamSubject>& subjects) {
  std::sort(subjects.begin(), subjects.end(),
            [](const ExamSubject& a, const ExamSubject& b) { return a.code < b.code; });
}

ExamSubject read_subject(JsonObject& object) {
  ExamSubject subject;
  subject.code = read_code(object, "code");
  subject.name = read_text(object, "name", Presence::required);
  if (const auto at = object.word("set_by", setters_of_subjects)) subject.set_by = static_cast<SetBy>(*at);
  subject.setter = object.text("setter").value_or("");
  subject.checkers = object.texts("checkers");
  if (const auto at = object.word("state", states_of_subjects)) subject.state = static_cast<SubjectState>(*at);
  subject.due_on = read_day(object, "due_on");
  object.warn_of_unknown_keys();
  return subject;
}

void judge_checkers(CsvReader& reader, std::size_t column, const ExamSubject& subject,
                    const std::vector<std::string>& barred) {
  std::set<std::string> seen;
  for (const std::string& checker : subject.checkers) {
    if (std::find(barred.begin(), barred.end(), checker) != barred.end()) {
      reader.add_fault(column,
                       {fmt::format("{} has declared a relative among the applicants", show(checker)),
                        fmt::format("{}: 응시자 가운데 친족이 있다고 신고한 사람입니다", show(checker))},
                       {"name another checker", "다른 검토자를 적으십시오"});
    }
    if (checker == subject.setter) {
      reader.add_fault(column,
                       {fmt::format("{} sets this subject and cannot check it", show(checker)),
                        fmt::format("{}: 이 과목의 출제 담당자라 검토할 수 없습니다", show(checker))},
                       {"name another checker", "다른 검토자를 적으십시오"});
    }
    if (!seen.insert(checker).second) {
      reader.add_fault(
          column, {fmt::format("{} is named twice", show(checker)), fmt::format("{}: 두 번 적었습니다", show(checker))},
          {"name each checker once", "한 번만 적으십시오"});
    }
  }
  const bool checked = subject.state == SubjectState::cross_checked || subject.state == SubjectState::settled;
  if (checked && subject.checkers.empty() && subject.set_by == SetBy::city) {
    reader.add_fault(column,
                     {"the subject is checked and nobody is named who did", "검토했다는 과목에 검토자가 없습니다"},
                     {"name the checkers", "검토자를 적으십시오"});
  }
}

}  // namespace

std::string_view spell(SetBy set_by) {
  return setters_of_subjects[static_cast<std::size_t>(set_by)];
}

std::string_view spell(SubjectState state) {
  return states_of_subjects[static_cast<std::size_t>(state)];
}

Policy parse_policy(std::string_view text, const std::string& name, std::vector<Fault>& warnings) {
  Faults faults;
  JsonFile file(name, std::string(text), faults, warnings);
  Policy policy = read_policy(file);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return policy;
}

std::string render_policy(const Policy& policy) {
  return write_policy(policy);
}

std::vector<ExamSubject> parse_subjects(std::string_view text, const std::string& name, std::vector<Fault>& warnings) {
  Faults faults;
  JsonFile file(name, std::string(text), faults, warnings);
  JsonObject root(file, file.root());
  std::vector<ExamSubject> subjects;
  std::set<std::string> taken;
  for (JsonObject& object : root.objects("exam_subjects")) {
    ExamSubject subject = read_subject(object);
    if (!subject.code.empty() && !taken.insert(subject.code).second) {
      object.add_fault("code",
                       {fmt::format("{} is given twice", show(subject.code)),
                        in_korean("{}[이/가] 두 번 있습니다", show(subject.code))},
                       {"give each its own code", "서로 다른 코드를 주십시오"});
    }
    subjects.push_back(std::move(subject));
  }
  root.warn_of_unknown_keys();
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  sort_subjects(subjects);
  return subjects;
}

std::string render_subjects(const std::vector<ExamSubject>& subjects) {
  json list = json::array();
  for (const ExamSubject& subject : subjects) {
    json row{{"code", subject.code},         {"name_ko", subject.name.ko},
             {"name_en", subject.name.en},   {"set_by", spell(subject.set_by)},
             {"setter", subject.setter},     {"checkers", subject.checkers},
             {"state", spell(subject.state)}};
    if (subject.due_on) row["due_on"] = format_date(*subject.due_on);
    list.push_back(std::move(row));
  }
  json root = json::object();
  root["exam_subjects"] = std::move(list);
  return root.dump(1) + "\n";
}

std::string write_subject_table(const std::vector<ExamSubject>& subjects) {
  TabLines lines(columns_of_subjects());
  for (const ExamSubject& subject : subjects) {
    std::vector<std::vector<std::string>> checkers;
    for (const std::string& checker : subject.checkers) checkers.push_back({checker});
    lines.cell(subject.code).cell(subject.name.ko).cell(subject.name.en).cell(spell(subject.set_by));
    lines.cell(subject.setter).cell(write_cell_list(checkers)).cell(spell(subject.state));
    lines.cell(subject.due_on ? format_date(*subject.due_on) : std::string());
    lines.end_row();
  }
  return lines.take();
}

std::vector<ExamSubject> read_subject_table(std::string_view text, const std::vector<std::string>& barred,
                                            std::vector<Fault>& warnings) {
  enum Column : std::size_t { code, name_ko, name_en, set_by, setter, checkers, state, due_on };
  const std::string commas = commas_for_tabs(text);
  Faults faults;
  std::vector<ExamSubject> subjects;
  {
    CsvReader reader("exam_subjects", commas, columns_of_subjects(), Encoding::utf8, faults, warnings);
    std::set<std::string> taken;
    while (reader.next()) {
      ExamSubject subject;
      for (const std::size_t column : {code, name_ko, set_by}) require_cell(reader, column);
      subject.code = clean_line(reader.text(code));
      if (auto fault = find_file_name_fault(subject.code); fault && !subject.code.empty())
        reader.add_fault(code, std::move(fault->what), std::move(fault->fix));
      if (!subject.code.empty() && !taken.insert(subject.code).second) {
        reader.add_fault(code,
                         {fmt::format("{} is given twice", show(subject.code)),
                          in_korean("{}[이/가] 두 번 있습니다", show(subject.code))},
                         {"give each its own code", "서로 다른 코드를 주십시오"});
      }
      subject.name = text_of_cells(clean_line(reader.text(name_ko)), clean_line(reader.text(name_en)));
      if (!is_blank_text(reader.text(set_by))) {
        if (const auto at = reader.word(set_by, setters_of_subjects)) subject.set_by = static_cast<SetBy>(*at);
      }
      subject.setter = clean_line(reader.text(setter));
      for (const auto& parts : read_cell_list(reader.text(checkers))) subject.checkers.push_back(parts.front());
      if (!is_blank_text(reader.text(state))) {
        if (const auto at = reader.word(state, states_of_subjects)) subject.state = static_cast<SubjectState>(*at);
      }
      subject.due_on = read_day_cell(reader, due_on);
      judge_checkers(reader, checkers, subject, barred);
      subjects.push_back(std::move(subject));
    }
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  sort_subjects(subjects);
  return subjects;
}

}  // namespace hanjari::package

// Duties, rooms and pay as files. Each download is recorded before it is given.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/csv.h"
#include "hanjari/documents/table_list.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/invigilators/duty_pay.h"
#include "invigilators/pages/duties_api.h"
#include "invigilators/pages/duty_calls.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using documents::SheetCell;

constexpr std::size_t digits_of_duty_mark = 12;  // as a copy of all papers has (own_papers.h)

Response duty_file(const std::string& name, std::string type, std::string bytes) {
  Response response;
  response.type = std::move(type);
  response.body = std::move(bytes);
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", encode_percent(name)));
  return response;
}

std::map<InvigilatorId, services::ListedPerson> listed_by_id(const DutyCall& of) {
  std::map<InvigilatorId, services::ListedPerson> people;
  for (services::ListedPerson& person : of.invigilators.list_people(of.code)) {
    const InvigilatorId id = person.facts.id;
    people.emplace(id, std::move(person));
  }
  return people;
}

// With the guard against formulas, because names and organisations come from lists of others.
std::string csv_of(const documents::Sheet& sheet) {
  documents::PeopleCsv csv;
  std::vector<std::string> line;
  for (const documents::SheetHeading& heading : sheet.headings) line.push_back(heading.title);
  csv.add_line(line);
  for (const auto& row : sheet.rows) {
    line.clear();
    for (const SheetCell& cell : row) {
      if (const auto* word = std::get_if<std::string>(&cell)) {
        line.push_back(*word);
      } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        line.push_back(std::to_string(*number));
      } else {
        line.emplace_back();
      }
    }
    csv.add_line(line);
  }
  return csv.take();
}

// Whose copy of what and when; the record of the taking has the same digits. Made of these and not drawn, so that two files differ by
// what they say alone.
std::string mark_of_duties(const Call& call, const DutyCall& of, const std::string& name) {
  return sha256(fmt::format("{} {} {} {}", call.actor().account, of.code.text(), name, format_instant(call.site.now())))
      .hex()
      .substr(0, digits_of_duty_mark);
}

std::string foot_of_copy(const Call& call, const std::string& mark) {
  return fmt::format("{}  ·  {}", call.actor().account, mark);
}

std::string duties_pdf(const Call& call, const DutyCall& of, documents::Sheet sheet, const std::string& title,
                       const std::string& mark) {
  sheet.name = title;
  PlannedExam head;
  head.exam.header.code = of.code;
  head.exam.header.name_ko = of.head.name_ko;
  head.exam.header.name_en = of.head.name_en;
  head.exam.header.exam_on = of.head.exam_on;
  head.exam.header.time_zone = of.head.time_zone;
  const auto templates = call.site.printed_templates();
  documents::PaperContext context;
  context.language = call.language;
  context.printed_at = call.site.now();
  context.taken_by = call.actor().account;
  context.mark = mark;
  context.templates = templates.get();
  return documents::render_list_pdf(sheet, head, context).bytes;
}

// A list as one that is taken along is called in files, on paper and by the digits of the copy.
struct ListFile {
  std::string name;
  std::string title;
  std::string mark;
};

// In the format of {format}; throws Refused (format_not_offered). Other programs read CSV files: they carry neither name nor digits.
Response sheet_file(const Call& call, const DutyCall& of, const ListFile& file, const documents::Sheet& sheet) {
  const std::string& format = call.path.at("format");
  if (format == "csv") return duty_file(file.name + ".csv", "text/csv; charset=utf-8", csv_of(sheet));
  if (format == "xlsx")
    return duty_file(file.name + ".xlsx", type_of_workbook, documents::render_workbook({sheet}, foot_of_copy(call, file.mark)));
  if (format == "pdf") return duty_file(file.name + ".pdf", "application/pdf", duties_pdf(call, of, sheet, file.title, file.mark));
  throw Refused(406, "format_not_offered",
                {"This list is to be had as PDF, CSV or XLSX.", "이 목록은 PDF, CSV, XLSX로 받을 수 있습니다."});
}

// Places of the own part, who comes and what is free; with the column of rooms only where `rooms`.
documents::Sheet sheet_of_duties(const Call& call, const DutyCall& of, const std::vector<services::ShownDuty>& duties,
                                 bool rooms) {
  const Pages& pages = call.site.pages();
  const auto heading = [&](const char* name, int width) {
    return documents::SheetHeading{pages.text(call.language, name), width};
  };
  documents::Sheet sheet{rooms ? "rooms" : "duties", {heading("duties.venue_code", 12), heading("duties.venue", 24)}, {}};
  if (rooms) sheet.headings.push_back(heading("duties.room", 8));
  sheet.headings.push_back(heading("duties.role", 14));
  sheet.headings.push_back(heading("invigilators.number", 12));
  sheet.headings.push_back(heading("invigilators.name", 16));
  const auto venues = name_own_venues(call, of);
  const auto people = listed_by_id(of);
  for (const services::ShownDuty& duty : duties) {
    const auto venue = venues.find(duty.venue);
    const auto person = people.find(duty.person);
    std::vector<SheetCell> row{duty.venue.text(), venue == venues.end() ? std::string() : venue->second};
    if (rooms) row.push_back(duty.room_no ? SheetCell(*duty.room_no) : SheetCell());
    row.emplace_back(hanjari::name_of(duty.role).in(call.language));
    row.emplace_back(duty.person.text());
    row.emplace_back(duty.person.empty() ? pages.text(call.language, "duties.free_place")
                     : person == people.end() ? std::string()
                                              : person->second.facts.name);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

std::string attendance_in_words(const Call& call, const std::optional<services::Attendance>& attendance) {
  const char* const word = !attendance                                    ? "invigilators.not_noted"
                           : *attendance == services::Attendance::came ? "invigilators.came"
                                                                       : "invigilators.absent";
  return call.site.pages().text(call.language, word);
}

using PayElsewhere = std::map<InvigilatorId, std::vector<services::OtherPay>>;

// Whoever stands on the list of another exam of the day is paid there too.
SheetCell other_pay_in_words(const Call& call, const PayElsewhere& elsewhere, const InvigilatorId& person) {
  const auto found = elsewhere.find(person);
  if (found == elsewhere.end()) return {};
  std::string words;
  for (const services::OtherPay& other : found->second) {
    const std::string name = other.name.in(call.language);
    words += (words.empty() ? "" : " / ") +
             (other.won ? call.site.pages().text(call.language, "invigilators.paid_elsewhere", {{"exam", name}, {"won", group_digits(*other.won)}})
                        : name);
  }
  return words;
}

PeopleOfExams people_paid_elsewhere(const PayElsewhere& elsewhere) {
  PeopleOfExams people;
  for (const auto& [person, others] : elsewhere) {
    for (const services::OtherPay& other : others) people[other.exam].push_back(person);
  }
  return people;
}

// Each person once, with all duties of the day.
documents::Sheet sheet_of_pay(const Call& call, const DutyCall& of, const std::vector<services::PayLine>& lines,
                              const PayElsewhere& elsewhere) {
  const Pages& pages = call.site.pages();
  documents::Sheet sheet{"pay", {}, {}};
  for (const auto& [word, width] : {std::pair("invigilators.number", 12), std::pair("invigilators.name", 16),
                                    std::pair("invigilators.organisation", 24), std::pair("invigilators.paid_duties", 36),
                                    std::pair("invigilators.on_the_day", 14), std::pair("invigilators.substitute", 10),
                                    std::pair("invigilators.won", 14), std::pair("invigilators.other_pay", 30)})
    sheet.headings.push_back({pages.text(call.language, word), width});
  const auto venues = name_own_venues(call, of);
  for (const services::PayLine& line : lines) {
    std::string duties;
    for (const services::PaidDuty& duty : line.duties) {
      const auto venue = venues.find(duty.venue);
      duties += (duties.empty() ? "" : " / ") + (venue == venues.end() ? duty.venue.text() : venue->second) + " " +
                hanjari::name_of(duty.role).in(call.language);
    }
    const Invigilator& facts = line.person.facts;
    sheet.rows.push_back({facts.id.text(), facts.name, facts.organisation, std::move(duties), attendance_in_words(call, line.attendance),
                          line.is_substitute ? SheetCell(pages.text(call.language, "invigilators.substitute")) : SheetCell(),
                          line.won ? SheetCell(*line.won) : SheetCell(), other_pay_in_words(call, elsewhere, facts.id)});
  }
  return sheet;
}

// What is owed for certain stands apart from what hangs on an attendance that nobody has noted yet.
documents::Sheet sheet_of_pay_sums(const Call& call, const std::vector<services::PayLine>& lines) {
  using services::Attendance;
  const Pages& pages = call.site.pages();
  documents::Sheet sheet{"sums",
                         {{pages.text(call.language, "invigilators.on_the_day"), 20},
                          {pages.text(call.language, "invigilators.people_paid"), 10},
                          {pages.text(call.language, "invigilators.won"), 18}},
                         {}};
  for (const std::optional<Attendance>& attendance :
       {std::optional(Attendance::came), std::optional<Attendance>(), std::optional(Attendance::absent)}) {
    std::int64_t people = 0;
    std::int64_t won = 0;
    for (const services::PayLine& line : lines) {
      if (line.attendance != attendance) continue;
      ++people;
      won += line.won.value_or(0);
    }
    sheet.rows.push_back({attendance_in_words(call, attendance), people, won});
  }
  return sheet;
}

Response download_own_duties(const Call& call, const DutyCall& of, const char* name, bool rooms) {
  services::DutyPart part = of.part;
  part.rooms = rooms;
  const auto newest = services::load_newest_duties(of.invigilators, of.code);
  const std::vector<services::ShownDuty> duties =
      services::show_places(newest.rows, services::outlines_who_come(of.invigilators.list_outlines(of.code)), part);
  const ListFile file{name, call.site.pages().text(call.language, rooms ? "duties.room_list" : "duties.list"),
                      mark_of_duties(call, of, name)};
  Response response = sheet_file(call, of, file, sheet_of_duties(call, of, duties, rooms));
  std::vector<InvigilatorId> shown;
  for (const services::ShownDuty& duty : duties) {
    if (!duty.person.empty()) shown.push_back(duty.person);
  }
  const std::string& format = call.path.at("format");
  record_people_shown(call, of, rooms ? "duties.rooms" : "duties.file", shown,
                      format == "csv" ? format : fmt::format("{}, mark {}", format, file.mark));
  return response;
}

}  // namespace

Response download_duties(const Call& call) {
  return download_own_duties(call, duties_of_call(call), "duties", false);
}

Response download_room_assignments(const Call& call) {
  const DutyCall of = duties_of_call(call);
  if (!of.part.rooms) {
    throw Conflict("rooms_not_open", {"Rooms are shown from a minute of the day of the exam. It has not come yet.",
                                      "시험실은 시험 당일 정해진 시각부터 볼 수 있습니다. 아직 그 시각이 되지 않았습니다."});
  }
  return download_own_duties(call, of, "room-assignments", true);
}

Response download_pay_list(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const auto newest = services::load_newest_duties(of.invigilators, of.code);
  const std::vector<services::PayLine> lines = services::list_pay(of.invigilators.list_people(of.code), newest.rows, of.board);
  const PayElsewhere elsewhere = services::find_other_pay(of.invigilators, of.exams, of.code, of.head, lines);
  const std::string mark = mark_of_duties(call, of, "pay");
  std::string bytes =
      documents::render_workbook({sheet_of_pay(call, of, lines, elsewhere), sheet_of_pay_sums(call, lines)}, foot_of_copy(call, mark));
  std::vector<InvigilatorId> shown;
  for (const services::PayLine& line : lines) shown.push_back(line.person.facts.id);
  record_people_shown(call, of, "duties.pay", shown, "mark " + mark);
  record_people_of_others(call, of, "duties.pay", people_paid_elsewhere(elsewhere));
  return duty_file("invigilator-pay.xlsx", type_of_workbook, std::move(bytes));
}

Response download_staffing_file(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const std::string& name = call.path.at("duty_file");
  // Opened once, so that the record names exactly those whom the file holds.
  const std::vector<services::ListedPerson> people = of.invigilators.list_people(of.code);
  package::PackedFiles files = services::people_folder(of.invigilators, of.code, people);
  const auto newest = services::load_newest_duties(of.invigilators, of.code);
  if (newest.staffing) files.merge(of.invigilators.load_staffing(*newest.staffing));
  const auto found = files.find(name);
  if (found == files.end()) throw NotFound("no_such_file", {"There is no such file.", "그런 파일이 없습니다."});
  std::vector<InvigilatorId> shown;
  for (const services::ListedPerson& person : people) shown.push_back(person.facts.id);
  record_people_shown(call, of, "duties.file", shown);
  return duty_file(name, name.ends_with(".json") ? "application/json" : "text/csv; charset=utf-8",
                   std::move(found->second));
}

}  // namespace hanjari::web

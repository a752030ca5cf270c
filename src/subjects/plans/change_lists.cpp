// What a change of a plan means for people and places, as lists.
#include "hanjari/plans/change_lists.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/documents/table_list.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/plan_package.h"

namespace hanjari::services {
namespace {

using documents::SheetCell;
using replanning::Notice;
using replanning::ToldPlace;

// A column of the notices: its name in the CSV, its heading and width in the workbook, and what it says.
struct NoticeColumn {
  const char* name;
  Text heading;
  int width;
  SheetCell (*value)(const Notice&);
};

SheetCell told_text(const std::optional<ToldPlace>& place, std::string ToldPlace::*field) {
  return place ? SheetCell((*place).*field) : SheetCell();
}
SheetCell told_number(const std::optional<ToldPlace>& place, std::int64_t ToldPlace::*field) {
  return place ? SheetCell((*place).*field) : SheetCell();
}

const std::vector<NoticeColumn>& notice_columns() {
  static const std::vector<NoticeColumn> columns = {
      {"applicant_id", {"Applicant id", "응시자 ID"}, 12,
       [](const Notice& one) { return SheetCell(one.applicant.text()); }},
      {"applicant_number", {"Number", "응시번호"}, 12, [](const Notice& one) { return SheetCell(one.number.text()); }},
      {"change", {"Change", "변경"}, 10, [](const Notice& one) { return SheetCell(std::string(spell(one.kind))); }},
      {"message_ko", {"Message (Korean)", "안내문(국문)"}, 60,
       [](const Notice& one) { return SheetCell(one.message.ko); }},
      {"message_en", {"Message (English)", "안내문(영문)"}, 60,
       [](const Notice& one) { return SheetCell(one.message.en); }},
      {"name", {"Name", "성명"}, 12, [](const Notice& one) { return SheetCell(one.name); }},
      {"unit_code", {"Unit", "모집단위"}, 9, [](const Notice& one) { return SheetCell(one.unit.text()); }},
      {"old_venue_code", {"Old venue code", "변경 전 시험장 코드"}, 10,
       [](const Notice& one) { return told_text(one.before, &ToldPlace::venue_code); }},
      {"old_venue", {"Old venue", "변경 전 시험장"}, 24,
       [](const Notice& one) { return told_text(one.before, &ToldPlace::venue); }},
      {"old_room", {"Old room", "변경 전 시험실"}, 9,
       [](const Notice& one) { return told_number(one.before, &ToldPlace::room_no); }},
      {"old_seat", {"Old seat", "변경 전 좌석"}, 9,
       [](const Notice& one) { return told_number(one.before, &ToldPlace::seat_no); }},
      {"new_venue_code", {"New venue code", "새 시험장 코드"}, 10,
       [](const Notice& one) { return told_text(one.after, &ToldPlace::venue_code); }},
      {"new_venue", {"New venue", "새 시험장"}, 24,
       [](const Notice& one) { return told_text(one.after, &ToldPlace::venue); }},
      {"new_address", {"Address", "주소"}, 36,
       [](const Notice& one) { return told_text(one.after, &ToldPlace::address); }},
      {"new_room", {"New room", "새 시험실"}, 9,
       [](const Notice& one) { return told_number(one.after, &ToldPlace::room_no); }},
      {"new_seat", {"New seat", "새 좌석"}, 9,
       [](const Notice& one) { return told_number(one.after, &ToldPlace::seat_no); }},
      {"old_m", {"Way before (m)", "변경 전 거리(m)"}, 11,
       [](const Notice& one) { return told_number(one.before, &ToldPlace::travel_m); }},
      {"new_m", {"Way now (m)", "새 거리(m)"}, 11,
       [](const Notice& one) { return told_number(one.after, &ToldPlace::travel_m); }},
      {"farther_m", {"Farther (m)", "멀어진 거리(m)"}, 11,
       [](const Notice& one) { return one.farther_m ? SheetCell(*one.farther_m) : SheetCell(); }},
      {"reason_ko", {"Reason (Korean)", "사유(국문)"}, 30, [](const Notice& one) { return SheetCell(one.reason.ko); }},
      {"reason_en", {"Reason (English)", "사유(영문)"}, 30, [](const Notice& one) { return SheetCell(one.reason.en); }},
  };
  return columns;
}

// Every notice as cells, by column; phone and e-mail last where contacts were asked for.
std::vector<std::vector<SheetCell>> sheet_rows(const std::vector<Notice>& notices, const NoticeContacts& contacts) {
  std::vector<std::vector<SheetCell>> rows;
  for (const Notice& notice : notices) {
    std::vector<SheetCell>& row = rows.emplace_back();
    for (const NoticeColumn& column : notice_columns()) row.push_back(column.value(notice));
    if (contacts.empty()) continue;
    const auto known = contacts.find(notice.applicant);
    row.emplace_back(known == contacts.end() ? std::string() : known->second.phone);
    row.emplace_back(known == contacts.end() ? std::string() : known->second.email);
  }
  return rows;
}

Text name_of_notice(replanning::NoticeKind kind) {
  switch (kind) {
    case replanning::NoticeKind::venue:
      return {"other venue", "시험장 변경"};
    case replanning::NoticeKind::room:
      return {"other room", "시험실 변경"};
    case replanning::NoticeKind::seat:
      return {"other seat", "좌석 변경"};
    case replanning::NoticeKind::added:
      return {"added", "추가"};
    case replanning::NoticeKind::unseated:
      return {"no seat", "미배정"};
    case replanning::NoticeKind::removed:
      break;
  }
  return {"removed", "제외"};
}

Text name_of_scope(const std::string& scope) {
  if (scope == "exam") return {"whole exam", "전체"};
  if (scope == "district") return {"district", "시군구"};
  return {"venue", "시험장"};
}

std::string cell_words(const SheetCell& cell) {
  if (const auto* date = std::get_if<Date>(&cell)) return format_date(*date);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  return {};
}

// For programs: as every CSV that is no paper.
std::string render_change_csv(const std::vector<std::string_view>& header,
                              const std::vector<std::vector<SheetCell>>& rows) {
  std::string text;
  package::CsvWriter csv([&](std::string_view bytes) { text += bytes; }, std::span(header));
  for (const std::vector<SheetCell>& row : rows) {
    for (const SheetCell& cell : row) csv.cell(cell_words(cell));
    csv.end_row();
  }
  csv.finish();
  return text;
}

std::vector<Notice> by_applicant(std::vector<Notice> notices) {
  std::sort(notices.begin(), notices.end(),
            [](const Notice& one, const Notice& other) { return one.applicant < other.applicant; });
  return notices;
}

struct CountColumn {
  const char* name;
  Text heading;
  int width = 13;
};
const CountColumn count_columns[] = {{"scope", {"Scope", "구분"}, 11},
                                     {"code", {"Code", "코드"}, 11},
                                     {"name", {"Name", "이름"}, 28},
                                     {"before", {"People before", "변경 전 인원"}},
                                     {"after", {"People now", "변경 후 인원"}},
                                     {"left", {"Left", "나간 인원"}},
                                     {"came", {"Came", "들어온 인원"}},
                                     {"room", {"Other room", "시험실 변경"}},
                                     {"seat", {"Other seat", "좌석 변경"}},
                                     {"added", {"Added", "추가"}},
                                     {"removed", {"Removed", "제외"}},
                                     {"rooms_changed", {"Rooms changed", "변경된 시험실"}, 15}};

std::vector<std::vector<SheetCell>> sheet_rows(const std::vector<replanning::PlaceCount>& counts) {
  std::vector<std::vector<SheetCell>> rows;
  for (const replanning::PlaceCount& place : counts) {
    rows.push_back({place.scope, place.code, place.name, place.before, place.after, place.left, place.came, place.room,
                    place.seat, place.added, place.removed, place.rooms_changed});
  }
  return rows;
}

// For people: the words of the CSV that are meant for programs are theirs here, and the day of the exam, which letters
// made from the list name, stands as a date behind the change.
documents::Sheet sheet_of_people(const std::vector<Notice>& notices, std::vector<std::vector<SheetCell>> rows,
                                 bool with_contacts, Date exam_on, Language language) {
  documents::Sheet people{.name = Text{"Notices", "변경 안내"}.in(language)};
  for (const NoticeColumn& column : notice_columns())
    people.headings.push_back({column.heading.in(language), column.width});
  if (with_contacts) {
    people.headings.push_back({Text{"Phone", "휴대전화"}.in(language), 16});
    people.headings.push_back({Text{"E-mail", "전자우편"}.in(language), 26});
  }
  const auto& columns = notice_columns();
  const auto change = std::find_if(columns.begin(), columns.end(), [](const NoticeColumn& column) {
                        return std::string_view(column.name) == "change";
                      }) -
                      columns.begin();
  people.headings.insert(people.headings.begin() + change + 1,
                         documents::SheetHeading{Text{"Exam day", "시험일"}.in(language), 12});
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at][static_cast<std::size_t>(change)] = name_of_notice(notices[at].kind).in(language);
    rows[at].insert(rows[at].begin() + change + 1, SheetCell(exam_on));
  }
  people.rows = std::move(rows);
  return people;
}

documents::Sheet sheet_of_places(const std::vector<replanning::PlaceCount>& counts,
                                 std::vector<std::vector<SheetCell>> rows, Language language) {
  documents::Sheet places{.name = Text{"Places", "시험장별"}.in(language)};
  for (const CountColumn& column : count_columns) places.headings.push_back({column.heading.in(language), column.width});
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at][0] = name_of_scope(counts[at].scope).in(language);
  places.rows = std::move(rows);
  return places;
}

// The columns that fit on a page: who, from where to where, how much farther, and the words of the notice.
documents::Sheet printed_notices(const std::vector<Notice>& notices, Language language) {
  const auto heading = [&](const char* en, const char* ko, int width) {
    return documents::SheetHeading{Text{en, ko}.in(language), width};
  };
  documents::Sheet sheet{.name = Text{"Notices of changes", "변경 안내 명단"}.in(language)};
  sheet.headings = {heading("Number", "응시번호", 11), heading("Name", "성명", 12), heading("Place before", "변경 전", 26),
                    heading("Place now", "변경 후", 26), heading("Farther (m)", "멀어진 거리(m)", 10),
                    heading("Notice", "안내문", 60)};
  const auto place = [&](const std::optional<ToldPlace>& told) -> std::string {
    if (!told) return {};
    return Text{fmt::format("{}, room {}, seat {}", told->venue, told->room_no, told->seat_no),
                fmt::format("{} {}실 {}번", told->venue, told->room_no, told->seat_no)}
        .in(language);
  };
  for (const Notice& notice : notices) {
    sheet.rows.push_back({notice.number.text(), notice.name, place(notice.before), place(notice.after),
                          notice.farther_m ? SheetCell(*notice.farther_m) : SheetCell(), notice.message.in(language)});
  }
  return sheet;
}

}  // namespace

ChangeLists render_change_lists(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before,
                                const NoticeContacts& contacts, Language language) {
  ChangeLists made;
  made.notices = replanning::list_notices(exam, from, to, before);
  const bool with_contacts = !contacts.empty();
  const auto notices = sheet_rows(made.notices, contacts);
  const std::vector<replanning::PlaceCount> places = replanning::count_places(exam, from, to, before);
  const auto counts = sheet_rows(places);
  std::vector<std::string_view> header;
  for (const NoticeColumn& column : notice_columns()) header.emplace_back(column.name);
  if (with_contacts) {
    header.emplace_back("phone");
    header.emplace_back("email");
  }
  std::vector<std::string_view> count_header;
  for (const CountColumn& column : count_columns) count_header.emplace_back(column.name);
  made.files["notices.csv"] = render_change_csv(header, sheet_rows(by_applicant(made.notices), contacts));
  made.files["change_counts.csv"] = render_change_csv(count_header, counts);
  made.files["notices.xlsx"] = documents::render_workbook(
      {sheet_of_people(made.notices, notices, with_contacts, exam.header.exam_on, language),
       sheet_of_places(places, counts, language)});
  made.files["changes.csv"] = package::render_changes(replanning::list_changes(exam, from, to));
  return made;
}

documents::Paper render_notices_pdf(const PlannedExam& planned, const std::vector<replanning::Notice>& notices,
                                    const documents::PaperContext& context) {
  return documents::render_list_pdf(printed_notices(notices, context.language), planned, context);
}

}  // namespace hanjari::services

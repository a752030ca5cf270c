#include "plans/commands/change_files.h"

#include <algorithm>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/package/csv.h"

namespace hanjari::cli {
namespace {

using documents::SheetCell;
using replanning::Notice;
using replanning::NoticeKind;
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
std::vector<std::vector<SheetCell>> sheet_rows(const std::vector<Notice>& notices, const Contacts& contacts) {
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

std::string cell_words(const SheetCell& cell) {
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
};
const CountColumn count_columns[] = {{"scope", {"Scope", "구분"}},
                                     {"code", {"Code", "코드"}},
                                     {"name", {"Name", "이름"}},
                                     {"before", {"People before", "변경 전 인원"}},
                                     {"after", {"People now", "변경 후 인원"}},
                                     {"left", {"Left", "나간 인원"}},
                                     {"came", {"Came", "들어온 인원"}},
                                     {"room", {"Other room", "시험실 변경"}},
                                     {"seat", {"Other seat", "좌석 변경"}},
                                     {"added", {"Added", "추가"}},
                                     {"removed", {"Removed", "제외"}},
                                     {"rooms_changed", {"Rooms changed", "변경된 시험실"}}};

std::vector<std::vector<SheetCell>> sheet_rows(const std::vector<replanning::PlaceCount>& counts) {
  std::vector<std::vector<SheetCell>> rows;
  for (const replanning::PlaceCount& place : counts) {
    rows.push_back({place.scope, place.code, place.name, place.before, place.after, place.left, place.came, place.room,
                    place.seat, place.added, place.removed, place.rooms_changed});
  }
  return rows;
}

std::string render_change_workbook(const std::vector<std::vector<SheetCell>>& notices, bool with_contacts,
                            const std::vector<std::vector<SheetCell>>& counts, Language language) {
  documents::Sheet people{.name = Text{"Notices", "변경 안내"}.in(language)};
  for (const NoticeColumn& column : notice_columns())
    people.headings.push_back({column.heading.in(language), column.width});
  if (with_contacts) {
    people.headings.push_back({Text{"Phone", "휴대전화"}.in(language), 16});
    people.headings.push_back({Text{"E-mail", "전자우편"}.in(language), 26});
  }
  people.rows = notices;
  documents::Sheet places{.name = Text{"Places", "시험장별"}.in(language)};
  for (const CountColumn& column : count_columns) places.headings.push_back({column.heading.in(language), 12});
  places.rows = counts;
  return documents::render_workbook({people, places});
}

Contacts load_contacts(const std::string& path, package::Encoding encoding) {
  Faults faults;
  std::vector<Fault> warnings;
  Contacts contacts;
  package::CsvReader reader(path,
                            {{"applicant_id"}, {"phone", package::Presence::optional}, {"email", package::Presence::optional}},
                            encoding, faults, warnings);
  while (reader.next()) {
    if (const auto id = reader.identifier(0))
      contacts[ApplicantId(*id)] = {std::string(reader.text(1)), std::string(reader.text(2))};
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return contacts;
}

Text judged(std::int64_t reached, std::int64_t floor) {
  if (reached == floor) return {"proven", "최소임이 증명됨"};
  return {fmt::format("at least {}", group_digits(floor)), fmt::format("이론적 최솟값 {}", group_digits(floor))};
}

}  // namespace

std::vector<Option> told_options() {
  return {{"published", "PLAN",
           {"folder of the plan that people were told, if it is not the one that PLAN carries along",
            "응시자에게 공고한 배정안의 폴더(배정안이 지니고 있는 공고분과 다를 때)"}},
          {"published-exam", "EXAM",
           {"exam package of that plan, for names of schools and people that are gone",
            "공고한 배정안의 시험 묶음. 없어진 시험장과 응시자의 이름을 적는 데 씁니다"}},
          {"contacts", "FILE",
           {"CSV of applicant_id, phone, email: adds them to the notices",
            "applicant_id, phone, email의 CSV. 변경 안내에 연락처를 더합니다"}}};
}

Told find_told(const Arguments& arguments, const std::string& folder, const PlanRows& rows, const Terminal& terminal) {
  Told told;
  if (const auto named = arguments.find("published")) {
    told.plan = package::load_plan_rows(*named, read_encoding(arguments));
  } else if (auto carried = package::load_published(folder)) {
    told.plan = std::move(*carried);
    told.is_base = false;
  } else {
    told.plan = rows;
  }
  if (const auto exam = arguments.find("published-exam")) told.exam = load_exam_argument(arguments, *exam, terminal);
  if (const auto file = arguments.find("contacts")) told.contacts = load_contacts(*file, read_encoding(arguments));
  return told;
}

ChangeFiles change_files(const Exam& exam, const Told& told, const Plan& to, Language language) {
  ChangeFiles made;
  made.notices = replanning::list_notices(exam, told.plan, to, told.exam ? &*told.exam : nullptr);
  const bool with_contacts = !told.contacts.empty();
  const auto notices = sheet_rows(made.notices, told.contacts);
  const auto counts = sheet_rows(replanning::count_places(exam, told.plan, to));
  std::vector<std::string_view> header;
  for (const NoticeColumn& column : notice_columns()) header.emplace_back(column.name);
  if (with_contacts) {
    header.emplace_back("phone");
    header.emplace_back("email");
  }
  std::vector<std::string_view> count_header;
  for (const CountColumn& column : count_columns) count_header.emplace_back(column.name);
  made.files["notices.csv"] = render_change_csv(header, sheet_rows(by_applicant(made.notices), told.contacts));
  made.files["change_counts.csv"] = render_change_csv(count_header, counts);
  made.files["notices.xlsx"] = render_change_workbook(notices, with_contacts, counts, language);
  return made;
}

ChangeFiles step_files(const Exam& exam, const Told& told, const PlanRows& from, const Plan& to, Language language) {
  ChangeFiles made = change_files(exam, told, to, language);
  made.files["changes.csv"] = package::render_changes(replanning::list_changes(exam, from, to));
  made.files.merge(package::published_files(told.plan));
  return made;
}

void say_notices(const Exam& exam, const Told& told, const std::vector<Notice>& notices, const Terminal& terminal) {
  const auto number = [](std::int64_t value) { return group_digits(value); };
  const std::string count = number(std::ssize(notices));
  const std::string digest = told.plan.digest.substr(0, 12);
  terminal.say({fmt::format("notices for {} people, from the published plan {} on", count, digest),
                fmt::format("공고된 배정안 {}을(를) 기준으로 {}명에게 보낼 안내를 만들었습니다", digest, count)});
  if (!told.is_base) {
    terminal.say({"that is the plan which the folder carries along; if a later one was published meanwhile, name it "
                  "with --published",
                  "배정안 폴더가 지니고 있던 공고분입니다. 그 뒤에 다시 공고하였다면 --published로 알려 주십시오"});
  }
  const replanning::FarMoves far = replanning::count_far_moves(exam, notices);
  if (far.worst != nullptr) {
    const std::string limit = replanning::spell_distance(far.limit_m);
    const std::string then = replanning::spell_distance(far.worst->before->travel_m);
    const std::string now = replanning::spell_distance(far.worst->after->travel_m);
    terminal.say({fmt::format("other venue: {} people, {} of them farther than before, {} by more than {}; the farthest "
                              "from {} to {} (number {})",
                              number(far.people), number(far.farther), number(far.beyond), limit, then, now,
                              far.worst->number.text()),
                  fmt::format("시험장이 바뀌는 {}명 가운데 {}명은 전보다 멀어지고 {}명은 {} 넘게 멀어집니다. 가장 먼 변경: "
                              "{}에서 {}(응시번호 {})",
                              number(far.people), number(far.farther), number(far.beyond), limit, then, now,
                              far.worst->number.text())});
  }
  const auto unseated = std::count_if(notices.begin(), notices.end(),
                                      [](const Notice& notice) { return notice.kind == NoticeKind::unseated; });
  if (unseated > 0) {
    terminal.say({fmt::format("{} of them have no seat: their notices say why and what happens next", number(unseated)),
                  fmt::format("그 가운데 {}명은 좌석이 없습니다. 안내문에 사유와 이후 절차가 적혀 있습니다", number(unseated))});
  }
}

void say_figures(const ChangeFigures& figures, const Terminal& terminal) {
  const auto line = [&](const Text& name, std::int64_t reached, std::optional<std::int64_t> floor) {
    const Text verdict = floor ? judged(reached, *floor) : Text{};
    const std::string count = group_digits(reached);
    terminal.say({fmt::format("{:<24}{:>9}{}", name.en, count, floor ? "  (" + verdict.en + ")" : ""),
                  name.ko + std::string(static_cast<std::size_t>(std::max(1, 24 - display_width(name.ko))), ' ') +
                      fmt::format("{:>9}{}", count, floor ? "  (" + verdict.ko + ")" : "")});
  };
  line({"other venue", "시험장 변경"}, figures.venue, figures.floor_venue);
  line({"other room", "시험실 변경"}, figures.room, figures.floor_room);
  line({"out of their rooms", "시험실을 떠나는 인원"}, figures.venue + figures.room, figures.floor_left_room);
  line({"other seat", "좌석 변경"}, figures.seat, std::nullopt);
  line({"added", "추가"}, figures.added, std::nullopt);
  line({"removed", "제외"}, figures.removed, std::nullopt);
  line({"weighted sum", "가중합"}, figures.weighted, figures.floor_weighted);
  if (!figures.farther_cap_m) return;
  const std::string cap = replanning::spell_distance(*figures.farther_cap_m);
  line({"over " + cap + " farther", cap + " 넘게 멀어짐"}, figures.farther, figures.floor_farther);
}


}  // namespace hanjari::cli

#include "materials/pages/packing_files.h"

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/csv.h"
#include "hanjari/documents/qr_svg.h"
#include "hanjari/documents/table_list.h"
#include "hanjari/documents/workbook.h"
#include "materials/pages/material_calls.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::Packing;
using services::Parcel;

Language language_of_packing(const Call& call) {
  const std::string wanted = field_of(call.query, "language");
  if (wanted.empty()) return call.language;
  return wanted == "en" ? Language::english : Language::korean;
}

// As many digits as a copy of all papers has (own_papers.h).
constexpr std::size_t bytes_of_packing_mark = 6;

// The digits that the copy carries; whoever takes it is recorded with them. A dry run leaves no trace.
std::string mark_packing(const Call& call, const services::MaterialDesk& desk, const Packing& packing, const std::string& format) {
  if (desk.book.is_dry_run()) return {};
  std::string mark = format == "csv" ? std::string() : services::draw_token(bytes_of_packing_mark);
  services::AuditNote note{"material_packing.take", fmt::format("{}/{}", desk.book.exam.text(), packing.venue.text()),
                           fmt::format("plan {}, {}", packing.plan_digest, format)};
  if (!mark.empty()) note.detail += ", mark " + mark;
  note.exam = desk.book.exam.text();
  call.site.access().record_access(services::change_of(call.actor(), "", desk.now), note);
  return mark;
}

std::string packing_pdf(const Call& call, const services::MaterialDesk& desk, const documents::Sheet& sheet, Language language,
                        const std::string& mark) {
  const services::LiveExam& exam = call.live_exam();
  PlannedExam head;
  head.exam.header.code = exam.code;
  head.exam.header.name_ko = exam.name_ko;
  head.exam.header.name_en = exam.name_en;
  head.exam.header.exam_on = exam.exam_on;
  head.exam.header.time_zone = exam.time_zone;
  head.plan.digest = desk.book.is_dry_run() ? std::string() : exam.plan_digest;
  const auto templates = call.site.printed_templates();
  documents::PaperContext context;
  context.language = language;
  context.printed_at = desk.now;
  context.plan_digest = head.plan.digest;
  context.taken_by = desk.actor.account;
  context.mark = mark;
  context.templates = templates.get();
  return documents::render_list_pdf(sheet, head, context).bytes;
}

std::string cell_of_packing(const documents::SheetCell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  return {};
}

std::string packing_csv(const documents::Sheet& sheet) {
  documents::PeopleCsv csv;
  std::vector<std::string> line;
  for (const documents::SheetHeading& heading : sheet.headings) line.push_back(heading.title);
  csv.add_line(line);
  for (const std::vector<documents::SheetCell>& row : sheet.rows) {
    line.clear();
    for (const documents::SheetCell& cell : row) line.push_back(cell_of_packing(cell));
    csv.add_line(line);
  }
  return csv.take();
}

ordered_json items_json(const Parcel& parcel) {
  ordered_json items = ordered_json::array();
  for (const services::PackedItem& item : parcel.items) {
    items.push_back({{"item", services::spell(item.item)},
                     {"needed", item.needed},
                     {"spare", item.spare},
                     {"seats", item.seats}});
  }
  return items;
}

json describe_label(const Call& call, const Packing& packing, const Parcel& parcel, const std::string& place) {
  const Pages& pages = call.site.pages();
  json label{{"code", parcel.code},
             {"picture", documents::render_qr_svg(parcel.code, pages.text(call.language, "material_labels.code_of", {{"code", parcel.code}}))},
             {"venue", packing.venue_name},
             {"place", place},
             {"items", json::array()}};
  for (const services::PackedItem& item : parcel.items)
    label["items"].push_back({{"name", services::name_of(item.item, packing.sets).in(call.language)}, {"count", group_digits(item.count())}});
  return label;
}

}  // namespace

Response download_packing(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const VenueCode venue(call.path.at("venue_code"));
  const Packing packing = services::open_packing(desk, venue);
  const Language language = language_of_packing(call);
  const documents::Sheet sheet = services::packing_sheet(packing, language);
  const std::string& format = call.path.at("format");
  const bool is_offered = format == "pdf" || format == "xlsx" || format == "csv";
  const std::string mark = is_offered ? mark_packing(call, desk, packing, format) : std::string();
  Response response;
  if (format == "pdf") {
    response.type = "application/pdf";
    response.body = packing_pdf(call, desk, sheet, language, mark);
  } else if (format == "xlsx") {
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.body = documents::render_workbook({sheet}, mark.empty() ? mark : fmt::format("{}  ·  {}", desk.actor.account, mark));
  } else if (format == "csv") {
    response.type = "text/csv; charset=utf-8";
    response.body = packing_csv(sheet);
  } else {
    throw Refused(406, "format_not_offered",
                  {"Packing lists are to be had as PDF, XLSX or CSV.", "포장 목록은 PDF, XLSX, CSV로 받을 수 있습니다."});
  }
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"packing.{0}\"; filename*=UTF-8''packing-{1}.{0}",
                                                         format, encode_percent(venue.text())));
  return response;
}

Response describe_packing_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const Packing packing = services::open_packing(desk, VenueCode(call.path.at("venue_code")));
  ordered_json answer{{"venue", packing.venue.text()},
                      {"plan", packing.plan_digest},
                      {"rooms", ordered_json::array()},
                      {"boxes", ordered_json::array()},
                      {"totals", ordered_json::object()}};
  for (const services::PackedRoom& room : packing.rooms) {
    ordered_json row{{"room_no", room.room_no}, {"people", room.people}};
    row["questions"] = {{"code", room.questions.code}, {"items", items_json(room.questions)}};
    row["sheets"] = {{"code", room.sheets.code}, {"items", items_json(room.sheets)}};
    answer["rooms"].push_back(std::move(row));
  }
  for (const Parcel& box : packing.boxes) {
    ordered_json row{{"code", box.code}, {"holds", box.holds}};
    row["items"] = items_json(box);
    answer["boxes"].push_back(std::move(row));
  }
  for (const auto& [item, count] : packing.totals()) answer["totals"][services::spell(item)] = count;
  return answer_json(answer);
}

Response show_material_labels(const Call& call) {
  const Pages& pages = call.site.pages();
  const services::MaterialDesk desk = material_desk(call);
  const Packing packing = services::open_packing(desk, VenueCode(call.path.at("venue_code")));
  Page page{.name = "material_labels", .title = pages.text(call.language, "material_labels.title")};
  page.data = {{"venue", packing.venue_name},
               {"code", packing.venue.text()},
               {"back", address_of_venue(call, desk, packing.venue, "materials")},
               {"labels", json::array()}};
  for (const Parcel& box : packing.boxes) {
    page.data["labels"].push_back(describe_label(
        call, packing, box, pages.text(call.language, "material_labels.box", {{"number", std::to_string(box.number)}})));
  }
  for (const services::PackedRoom& room : packing.rooms) {
    const std::string number = std::to_string(room.room_no);
    page.data["labels"].push_back(describe_label(call, packing, room.questions,
                                                 pages.text(call.language, "material_labels.questions", {{"number", number}})));
    page.data["labels"].push_back(describe_label(call, packing, room.sheets,
                                                 pages.text(call.language, "material_labels.sheets", {{"number", number}})));
  }
  page.data["any"] = !page.data["labels"].empty();
  return show(call, page);
}

}  // namespace hanjari::web

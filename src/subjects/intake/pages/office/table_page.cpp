// The table of all applications.
#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/domain/legible.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/table_file.h"
#include "intake/pages/office/table_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::TableOrder;

constexpr int table_rows_shown = 50;

// The same order the other way round, another one from its usual end: the newest first, words from their beginning.
json describe_heading(const Call& call, const TableView& view, const std::string& title,
                      const std::optional<TableOrder>& order) {
  json heading{{"title", title}};
  if (!order) return heading;
  const bool sorted = view.wish.order == *order;
  const bool by_time = *order == TableOrder::submitted || *order == TableOrder::paid;
  const bool falling = sorted ? !view.wish.falling : by_time;
  json link{{"order_address", fmt::format("{}?{}", call.request.path, write_view(view, *order, falling))}};
  if (sorted) heading["sorted"] = {{"direction", view.wish.falling ? "descending" : "ascending"}};
  heading["link"] = std::move(link);
  return heading;
}

json describe_table_row(const Call& call, const Recruitment& notice, const TableView& view,
                        const services::TableRow& row) {
  const Pages& pages = call.site.pages();
  json shown{{"number", write_application_number(row.application.id)}, {"cells", json::array()}};
  if (call.actor().role == services::Role::exam_officer && !row.destroyed)
    shown["person"] = {{"own_page", person_address(call, notice.header.code, row.application.id)}};
  if (row.destroyed) {
    shown["unread"] = {{"why", pages.text(call.language, "table.destroyed")}};
  } else if (row.application.legible != Legible::yes) {
    shown["unread"] = {{"why", pages.text(call.language, "table.damaged")}};
  }
  for (const TableColumn* column : view.columns) {
    const std::string word = column->word;
    json cell{{"label", pages.text(call.language, column->name)}, {"text", write_cell(call, notice, row, word)}};
    if (word == "fee") cell["in_digits"] = true;
    shown["cells"].push_back(std::move(cell));
  }
  return shown;
}

json describe_filters(const Call& call, const Recruitment& notice, const TableView& view) {
  const Pages& pages = call.site.pages();
  const services::TableFilter& filter = view.wish.filter;
  const std::string any = pages.text(call.language, "table.any");
  json filters{{"states", json::array({choice_of("", any, !filter.state)})},
               {"units", json::array({choice_of("", any, filter.unit.empty())})}};
  for (const ApplicationState state :
       {ApplicationState::submitted, ApplicationState::paid, ApplicationState::withdrawn, ApplicationState::lapsed})
    filters["states"].push_back(
        choice_of(std::string(spell(state)), name_of(state).in(call.language), filter.state == state));
  for (const NoticeUnit& unit : notice.units)
    filters["units"].push_back(choice_of(unit.unit.code.text(), write_unit_of(call, notice, unit.unit.code),
                                         filter.unit == unit.unit.code));
  if (call.actor().role != services::Role::exam_officer) return filters;
  json personal{{"only_suspected", filter.suspected}};
  if (!filter.name_key.empty()) personal["by_name"] = {{"name_key", filter.name_key}};
  personal["districts"] = json::array({choice_of("", any, !filter.district)});
  for (const DistrictCode& district : list_districts(notice))
    personal["districts"].push_back(choice_of(district.empty() ? "outside" : district.text(),
                                              write_district(call, district), filter.district == district));
  personal["stages"] = json::array({choice_of("", any, !filter.accommodation)});
  for (const auto stage : {services::AccommodationStage::none, services::AccommodationStage::waiting,
                           services::AccommodationStage::asked_back, services::AccommodationStage::decided})
    personal["stages"].push_back(
        choice_of(std::string(services::spell(stage)), write_stage(call, stage), filter.accommodation == stage));
  personal["photos"] = json::array({choice_of("", any, !filter.photo),
                                    choice_of("yes", pages.text(call.language, "table.yes"), filter.photo == true),
                                    choice_of("no", pages.text(call.language, "table.no"), filter.photo == false)});
  filters["personal"] = std::move(personal);
  return filters;
}

json describe_columns(const Call& call, const TableView& view) {
  json columns = json::array();
  for (const TableColumn& column : table_columns()) {
    if (column.personal && call.actor().role != services::Role::exam_officer) continue;
    columns.push_back({{"box", std::string("c_") + column.word},
                       {"label", call.site.pages().text(call.language, column.name)},
                       {"chosen", view.shows(column.word)}});
  }
  return columns;
}

json describe_headings(const Call& call, const TableView& view) {
  const Pages& pages = call.site.pages();
  json headings = json::array();
  headings.push_back(describe_heading(call, view, pages.text(call.language, "table.number"), TableOrder::number));
  for (const TableColumn* column : view.columns)
    headings.push_back(describe_heading(call, view, pages.text(call.language, column->name), column->order));
  return headings;
}

void describe_table_pages(const Call& call, const TableView& view, const services::TablePage& shown, json& data) {
  const std::string query = write_view(view, view.wish.order, view.wish.falling);
  if (view.wish.after) data["first_page"] = {{"first_address", fmt::format("{}?{}", call.request.path, query)}};
  if (shown.next)
    data["next_page"] = {{"next_address", fmt::format("{}?{}&{}", call.request.path, query, write_place(*shown.next))}};
}

}  // namespace

Response show_application_table(const Call& call) {
  const Pages& pages = call.site.pages();
  TableView view = read_view(call, notice_of(call));
  view.wish.most = table_rows_shown;
  const services::TableAnswer answer = load_intake(call).table.look_through(call.actor(), view.wish, view.personal());
  const Recruitment& notice = answer.stored->notice;
  Page page{.name = "applications", .title = pages.text(call.language, "table.title")};
  const std::string back = recruitment_address(call, view.wish.exam);
  const bool officer = call.actor().role == services::Role::exam_officer;
  page.data = {{"exam_name", name_of_exam(notice.header, call.language)},
               {"code", view.wish.exam.text()},
               {"action", call.request.path},
               {"form_token", call.form_token},
               {"count", write_count(call, answer.count)},
               {"single", answer.count.people == 1 && !answer.count.more},
               {"shown", group_digits(static_cast<long long>(answer.page.rows.size()))},
               {"order_word", services::spell(view.wish.order)},
               {"direction_word", view.wish.falling ? "falling" : "rising"},
               {"filters", describe_filters(call, notice, view)},
               {"columns", describe_columns(call, view)},
               {"headings", describe_headings(call, view)},
               {"rows", json::array()},
               {"any", !answer.page.rows.empty()},
               {"file_query", write_view(view, view.wish.order, view.wish.falling)},
               {"file_address", back + "/application-table"},
               {"figures_address", back + "/figures"}};
  if (officer) {
    page.data["work"] = {{"recruitment_page", back},
                         {"waiting_address", back + "/accommodations"},
                         {"many_address", back + "/accommodation-decisions"},
                         {"refunds_address", back + "/refunds"}};
    page.data["keys"] = {{"keys_action", back + "/application-keys"}};
    page.data["names"] = {{"name_action", back + "/name-searches"}};
  }
  if (officer && answer.unkeyed > 0)
    page.data["unkeyed"] = {{"sentence", pages.text(call.language, "table.unkeyed",
                                                    {{"count", group_digits(answer.unkeyed)}})}};
  for (const services::TableRow& row : answer.page.rows)
    page.data["rows"].push_back(describe_table_row(call, notice, view, row));
  describe_table_pages(call, view, answer.page, page.data);
  return show(call, page);
}

Response search_by_name(const Call& call) {
  const std::string key =
      load_intake(call).table.key_of_name(call.actor(), notice_of(call), field_of(call.form, "name"));
  return redirect(fmt::format("{}/applications?name_key={}", recruitment_address(call, notice_of(call)), key));
}

Response order_shown_keys(const Call& call) {
  services::OfficeTable& table = load_intake(call).table;
  if (call.site.jobs() == nullptr)
    throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
  const services::Job job =
      services::order_application_keys(table, *call.site.jobs(), call.actor(), notice_of(call),
                                       services::change_of(call.actor(), "", call.site.now()));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web

// How many have applied, beside an earlier recruitment at the same hour before closing; as a page, a workbook and a
// picture.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/figure_tables.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

services::OfficeFigures load_figures(const Call& call) {
  return load_intake(call).table.count_figures(call.actor(), notice_of(call), ExamCode(field_of(call.query, "beside")));
}

std::string name_of_figures(const Call& call, const services::FiguresOfExam& figures) {
  const ExamHeader& header = figures.stored->notice.header;
  return fmt::format("{} ({})", name_of_exam(header, call.language), header.code.text());
}

std::string draw_figures(const Call& call, const services::OfficeFigures& figures) {
  const Pages& pages = call.site.pages();
  return draw_curves(figures, pages.text(call.language, "figures.hours"), name_of_figures(call, figures.own),
                     figures.beside ? name_of_figures(call, *figures.beside) : std::string(),
                     pages.text(call.language, "figures.axis"));
}

json describe_figure_table(const FigureTable& table, bool beside) {
  json shown{{"title", table.title}, {"heading", table.heading}, {"rows", json::array()}, {"any", !table.rows.empty()}};
  for (const FigureRow& row : table.rows) {
    json line{{"what", row.what}, {"now", group_digits(row.now)}};
    if (beside) line["other"] = {{"then", group_digits(row.then.value_or(0))}};
    shown["rows"].push_back(std::move(line));
  }
  if (beside) shown["with_other"] = true;
  return shown;
}

void describe_forecast(const Call& call, const services::OfficeFigures& figures, json& data) {
  if (!figures.forecast) return;
  const char* const sentence = figures.forecast->people == 1 ? "figures.forecast_one" : "figures.forecast";
  data["forecast"] = {{"sentence", call.site.pages().text(call.language, sentence,
                                                           {{"people", group_digits(figures.forecast->people)},
                                                            {"least", group_digits(figures.forecast->least)},
                                                            {"most", group_digits(figures.forecast->most)}})}};
}

}  // namespace

Response show_figures(const Call& call) {
  const auto figures = load_figures(call);
  const Pages& pages = call.site.pages();
  const std::string back = recruitment_address(call, notice_of(call));
  Page page{.name = "application_figures", .title = pages.text(call.language, "figures.title")};
  const std::string beside = figures.beside ? figures.beside->stored->notice.header.code.text() : std::string();
  const std::string query = beside.empty() ? std::string() : "?beside=" + encode_percent(beside);
  page.data = {{"own_name", name_of_figures(call, figures.own)},
               {"total", group_digits(figures.own.curve.total)},
               {"table_address", back + "/applications"},
               {"action", call.request.path},
               {"beside_code", beside},
               {"picture", draw_figures(call, figures)},
               {"workbook_address", back + "/figures.xlsx" + query},
               {"picture_address", back + "/figures.svg" + query},
               {"tables", json::array()}};
  if (figures.beside) page.data["compared"] = {{"other_name", name_of_figures(call, *figures.beside)}};
  if (figures.own.traits.counted_at)
    page.data["counted"] = {
        {"moment", write_moment(*figures.own.traits.counted_at, figures.own.stored->notice.header.time_zone)}};
  for (const FigureTable& table : list_figure_tables(call, figures))
    page.data["tables"].push_back(describe_figure_table(table, figures.beside.has_value()));
  describe_forecast(call, figures, page.data);
  return show(call, page);
}

Response download_figures(const Call& call) {
  const std::string& format = call.path.at("format");
  if (format != "xlsx" && format != "svg")
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  const auto figures = load_figures(call);
  Response response;
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"applications.{}\"", format));
  if (format == "svg") {
    response.type = "image/svg+xml";
    response.body = draw_figures(call, figures);
    return response;
  }
  const Pages& pages = call.site.pages();
  std::vector<documents::Sheet> sheets;
  for (const FigureTable& table : list_figure_tables(call, figures)) {
    documents::Sheet sheet{table.word, {{table.heading, 40}, {pages.text(call.language, "figures.now"), 16}}, {}};
    if (figures.beside) sheet.headings.push_back({name_of_figures(call, *figures.beside), 40});
    for (const FigureRow& row : table.rows) {
      std::vector<documents::SheetCell> cells{row.what, row.now};
      if (figures.beside) cells.emplace_back(row.then.value_or(0));
      sheet.rows.push_back(std::move(cells));
    }
    sheets.push_back(std::move(sheet));
  }
  response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.body = documents::render_workbook(sheets);
  return response;
}

}  // namespace hanjari::web

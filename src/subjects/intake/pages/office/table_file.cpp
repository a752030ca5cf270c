#include "intake/pages/office/table_file.h"

#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/documents/csv.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/package/csv.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/table_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

// A file of more is no table that anybody reads; it would hold hundreds of megabytes while it is made.
constexpr std::size_t most_rows_of_file = 100'000;

struct TableFile {
  std::vector<documents::SheetHeading> headings;
  std::vector<std::vector<documents::SheetCell>> rows;
};

// Sums and days as a spreadsheet counts them, everything else in the words of the page.
documents::SheetCell sheet_cell(const Call& call, const Recruitment& notice, const services::TableRow& row, std::string_view word) {
  if (word == "fee") return std::int64_t{row.application.fee};
  if (word == "birth" && row.application.form.birth_on) return *row.application.form.birth_on;
  return write_cell(call, notice, row, word);
}

// Page by page, so that each is recorded before it is handed out.
TableFile read_table(const Call& call, TableView view) {
  const Pages& pages = call.site.pages();
  TableFile file;
  file.headings.push_back({pages.text(call.language, "table.number"), 24});
  for (const TableColumn* column : view.columns) file.headings.push_back({pages.text(call.language, column->name), 20});
  view.wish.most = services::most_table_rows;
  view.wish.after.reset();
  while (true) {
    const services::TableAnswer answer = load_intake(call).table.look_through(call.actor(), view.wish, view.personal());
    for (const services::TableRow& row : answer.page.rows) {
      std::vector<documents::SheetCell>& cells = file.rows.emplace_back();
      cells.emplace_back(write_application_number(row.application.id));
      for (const TableColumn* column : view.columns)
        cells.push_back(sheet_cell(call, answer.stored->notice, row, column->word));
    }
    if (file.rows.size() > most_rows_of_file) {
      throw Conflict("table_too_long", {fmt::format("A file holds at most {} applications; filter the table first.", group_digits(most_rows_of_file)),
                                        fmt::format("파일 하나에 원서 {}건까지 담을 수 있습니다. 먼저 조건을 정하십시오.", group_digits(most_rows_of_file))});
    }
    if (!answer.page.next) return file;
    view.wish.after = answer.page.next;
  }
}

std::string text_of(const documents::SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* day = std::get_if<Date>(&cell)) return format_date(*day);
  return {};
}

std::string write_table_csv(const TableFile& file) {
  documents::PeopleCsv csv;
  std::vector<std::string> line;
  for (const documents::SheetHeading& heading : file.headings) line.push_back(heading.title);
  csv.add_line(line);
  for (const auto& row : file.rows) {
    line.clear();
    for (const documents::SheetCell& cell : row) line.push_back(text_of(cell));
    csv.add_line(line);
  }
  return csv.take();
}

package::Encoding encoding_of_call(const Call& call) {
  const std::string typed = field_of(call.query, "encoding");
  if (typed.empty()) return package::Encoding::utf8;
  if (const auto encoding = package::parse_encoding(typed)) return *encoding;
  throw InvalidInput("bad_request", {"The encoding is utf8 or cp949.", "문자 인코딩은 utf8 또는 cp949입니다."});
}

}  // namespace

std::string write_cell(const Call& call, const Recruitment& notice, const services::TableRow& row,
                       std::string_view word) {
  const Pages& pages = call.site.pages();
  const Application& application = row.application;
  const ApplicationForm& form = application.form;
  const std::string& zone = notice.header.time_zone;
  const auto yes = [&](bool is) { return pages.text(call.language, is ? "table.yes" : "table.no"); };
  if (word == "name") return form.name;
  if (word == "unit") return write_unit_of(call, notice, form.unit);
  if (word == "state") return name_of(application.state).in(call.language);
  if (word == "submitted") return write_moment(application.submitted_at, zone);
  if (word == "paid") return application.paid_at ? write_moment(*application.paid_at, zone) : std::string();
  if (word == "fee") return write_won(pages, application.fee, call.language);
  if (word == "birth") return form.birth_on ? format_date(*form.birth_on) : std::string();
  if (word == "sex")
    return form.sex ? pages.text(call.language, *form.sex == Sex::female ? "table.female" : "table.male") : std::string();
  if (word == "phone") return form.phone;
  if (word == "email") return form.email;
  if (word == "district") {
    const Area* area = notice.find_area(form.area);
    return form.area.empty() ? std::string() : write_district(call, area == nullptr ? DistrictCode() : area->district);
  }
  if (word == "accommodation") return row.accommodation ? write_stage(call, *row.accommodation) : std::string();
  if (word == "photo") return row.photo ? yes(*row.photo) : std::string();
  return yes(row.suspected);
}

Response download_application_table(const Call& call) {
  const std::string& format = call.path.at("format");
  if (format != "xlsx" && format != "csv")
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  const package::Encoding encoding = encoding_of_call(call);
  TableFile file = read_table(call, read_view(call, notice_of(call)));
  Response response;
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"applications.{}\"", format));
  if (format == "csv") {
    const std::string csv = write_table_csv(file);
    const bool is_utf8 = encoding == package::Encoding::utf8;
    constexpr std::size_t byte_order_mark = 3;
    response.type = is_utf8 ? "text/csv; charset=utf-8" : "text/csv; charset=euc-kr";
    response.body = is_utf8 ? csv : package::encode_text(std::string_view(csv).substr(byte_order_mark), encoding);
    return response;
  }
  response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  std::vector<documents::Sheet> sheets(1);
  sheets.front().name = "applications";
  sheets.front().headings = std::move(file.headings);
  sheets.front().rows = std::move(file.rows);
  response.body = documents::render_workbook(sheets);
  return response;
}

}  // namespace hanjari::web

// An exam package sent as a ZIP file or a workbook: looked at, kept sealed, and imported by a job, after a preview or at once.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/plans/exam_workbook.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/plans/import_preview.h"
#include "hanjari/sample/sample.h"
#include "hanjari/site/site.h"
#include "plans/pages/office_import.h"
#include "site/pages/form_view.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t imports_shown = 20;
constexpr std::size_t bytes_of_mb = 1'000'000;

services::JobRepository& jobs_of_imports(const Call& call) {
  if (call.site.jobs() != nullptr && call.site.exams() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

package::Encoding encoding_named(const std::string& word) {
  if (word.empty()) return package::Encoding::utf8;
  if (const auto encoding = package::parse_encoding(word)) return *encoding;
  throw InvalidInput("bad_request", {"The encoding is utf8 or cp949.", "문자 인코딩은 utf8 또는 cp949입니다."});
}

// What was sent, and what is to become of it.
struct SentPackage {
  std::string_view bytes;
  std::string encoding;
  std::string reason;
  services::ImportStep step = services::ImportStep::store;
  Language language = Language::korean;
  std::string table;  // this one alone, into the exam of this code; empty for a whole package
  std::string exam;
};

services::Job order_sent(const Call& call, const SentPackage& sent) {
  if (sent.bytes.empty()) {
    throw InvalidInput("file_missing", {"Choose the ZIP file or the workbook of an exam package.",
                                        "시험 묶음의 ZIP 파일이나 통합 문서를 고르십시오."});
  }
  if (sent.bytes.size() > services::longest_packed_exam) {
    throw InvalidInput("file_too_large",
                       {fmt::format("The file may have {} MB.", services::longest_packed_exam / bytes_of_mb),
                        fmt::format("파일은 {}MB까지 보낼 수 있습니다.", services::longest_packed_exam / bytes_of_mb)});
  }
  const services::Change change = services::change_of(call.actor(), sent.reason, call.site.now());
  if (sent.table.empty())
    return services::order_import(jobs_of_imports(call), sent.bytes, encoding_named(sent.encoding), change, sent.step,
                                  sent.language);
  if (sent.exam.empty()) {
    throw InvalidInput("exam_missing", {"Say which exam the table is of: its code.", "어느 시험의 표인지 시험 코드를 입력하십시오."});
  }
  services::JobRepository& jobs = jobs_of_imports(call);
  return services::order_table_import(jobs, *call.site.exams(), ExamCode(sent.exam), sent.table, sent.bytes, change, sent.step,
                                      sent.language);
}

// The import of the file that a job has looked at.
services::Job confirm_sent(const Call& call, const std::string& reason) {
  return services::confirm_import(jobs_of_imports(call), *call.site.exams(), call.path.at("job"),
                                  services::change_of(call.actor(), reason, call.site.now()));
}

Response accepted_import(const services::Job& job) {
  Response response = answer_json({{"job", job.id}, {"exam", job.order.exam}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

constexpr const char* workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

bool is_workbook_type(std::string_view type) {
  return type.starts_with(workbook_type);
}

// Of the exam once it is stored.
std::string zone_of_import(const Call& call, const services::Job& job) {
  const auto head = call.site.exams()->find_head(ExamCode(job.order.exam));
  return head && !head->time_zone.empty() ? head->time_zone : machine_time_zone();
}

std::string address_of_job(const Call& call, const services::Job& job) {
  return fmt::format("/{}/jobs/{}", code_of(call.language), job.id);
}

// The tables that may be sent alone.
nlohmann::json list_tables(const Call& call) {
  const Pages& pages = call.site.pages();
  nlohmann::json tables = nlohmann::json::array();
  for (const auto& [value, label] : {std::pair{"exam", pages.text(call.language, "imports.table_exam_json")},
                                     std::pair{"policy", pages.text(call.language, "imports.table_policy")},
                                     std::pair{"units", pages.text(call.language, "imports.table_units")},
                                     std::pair{"venues", pages.text(call.language, "imports.table_venues")},
                                     std::pair{"rooms", pages.text(call.language, "imports.table_rooms")},
                                     std::pair{"applicants", pages.text(call.language, "imports.table_applicants")},
                                     std::pair{"travel", pages.text(call.language, "imports.table_travel")},
                                     std::pair{"pins", pages.text(call.language, "imports.table_pins")}})
    tables.push_back({{"value", value}, {"label", label}});
  return tables;
}

Response show_import_page(const Call& call, const InvalidInput* refused) {
  const Pages& pages = call.site.pages();
  Page page{.name = "imports", .title = pages.text(call.language, "imports.title")};
  page.data = {{"form_token", call.form_token},
               {"action", fmt::format("/{}/imports", code_of(call.language))},
               {"limit", pages.text(call.language, "imports.limit",
                                    {{"most", std::to_string(services::longest_packed_exam / bytes_of_mb)}})},
               {"tables", list_tables(call)},
               {"example", fmt::format("/{}/imports/example.xlsx", code_of(call.language))},
               {"jobs", nlohmann::json::array()}};
  FormView form;
  if (refused != nullptr) {
    for (const Fault& fault : refused->faults().kept()) form.add_fault("", fault.format(call.language));
    if (refused->faults().empty()) form.add_fault("", refused->message().in(call.language));
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  const services::JobFilter filter{.exam = {}, .kind = services::import_job_kind, .limit = imports_shown};
  for (const services::Job& job : jobs_of_imports(call).list_jobs(filter)) {
    page.data["jobs"].push_back({{"address", address_of_job(call, job)},
                                 {"exam", job.order.exam},
                                 {"at", write_moment(job.asked_at, zone_of_import(call, job))},
                                 {"author", job.author},
                                 {"state", services::name_of(job.state).in(call.language)}});
  }
  page.data["any"] = !page.data["jobs"].empty();
  return show(call, page);
}

}  // namespace

Response show_imports(const Call& call) {
  return show_import_page(call, nullptr);
}

Response order_shown_import(const Call& call) {
  const auto file = std::find_if(call.files.begin(), call.files.end(),
                                 [](const FormPart& part) { return part.name == "package"; });
  try {
    SentPackage sent{file == call.files.end() ? std::string_view{} : std::string_view(file->content),
                     field_of(call.form, "encoding"), field_of(call.form, "reason")};
    if (field_of(call.form, "step") == "preview") sent.step = services::ImportStep::preview;
    sent.language = call.language;
    sent.table = field_of(call.form, "table");
    sent.exam = clean_line(field_of(call.form, "exam"));
    return redirect(address_of_job(call, order_sent(call, sent)));
  } catch (const InvalidInput& refused) {
    return show_import_page(call, &refused);
  } catch (const NotFound& unknown) {
    // The code of an exam was typed.
    const InvalidInput refused(unknown.code(), unknown.message());
    return show_import_page(call, &refused);
  }
}

Response order_import_by_api(const Call& call) {
  const std::string type(call.request.header("content-type"));
  const std::string table = field_of(call.query, "table");
  const bool is_csv = !table.empty() && type.starts_with("text/csv");
  if (!type.starts_with("application/zip") && !is_workbook_type(type) && !is_csv) {
    throw InvalidInput("not_a_zip", {"Send the ZIP file of an exam package with Content-Type: application/zip, or its workbook "
                                     "with the type of .xlsx files; one table (table=applicants) also as text/csv.",
                                     "시험 묶음의 ZIP 파일은 Content-Type: application/zip으로, 통합 문서는 .xlsx 형식으로 보내십시오. 표 "
                                     "하나(table=applicants)는 text/csv로도 보낼 수 있습니다."});
  }
  SentPackage sent{call.request.body, field_of(call.query, "encoding"), field_of(call.query, "reason")};
  if (field_of(call.query, "preview") == "yes") sent.step = services::ImportStep::preview;
  if (field_of(call.query, "language") == "en") sent.language = Language::english;
  sent.table = table;
  sent.exam = field_of(call.query, "exam");
  return accepted_import(order_sent(call, sent));
}

Response confirm_shown_import(const Call& call) {
  return redirect(address_of_job(call, confirm_sent(call, field_of(call.form, "reason"))));
}

Response confirm_import_by_api(const Call& call) {
  // In the body as with other calls, or in the address as with the call that sent the file.
  const nlohmann::json body = read_json(call);
  const std::string told = clean_lines(text_in(body, "reason"));
  return accepted_import(confirm_sent(call, told.empty() ? field_of(call.query, "reason") : told));
}

Response take_marked_workbook(const Call& call) {
  services::JobRepository& jobs = jobs_of_imports(call);
  const auto job = jobs.find_job(call.path.at("job"));
  const bool reads_files =
      job && (job->order.kind == services::import_job_kind || job->order.kind == services::result_import_job_kind);
  if (!reads_files) throw NotFound("unknown_job", {"There is no such job.", "해당 작업이 없습니다."});
  Response response;
  response.body = jobs.take_output(*job, services::JobOutput::marked, services::change_of(call.actor(), "", call.site.now()));
  // Several workbooks of one package are in a ZIP file.
  const bool is_one = package::is_one_workbook(response.body);
  response.type = is_one ? workbook_type : "application/zip";
  response.set_header("Content-Disposition",
                      fmt::format("attachment; filename=\"marked.{0}\"; filename*=UTF-8''{1}-marked.{0}", is_one ? "xlsx" : "zip",
                                  encode_percent(job->order.exam)));
  return response;
}

Response take_example_workbook(const Call&) {
  sample::SampleRequest request;
  request.applicants = 40;
  request.venues = 2;
  request.units = 2;
  Response response;
  response.body = services::write_exam_workbook(sample::make_sample(request), no_progress());
  response.type = workbook_type;
  response.set_header("Content-Disposition", "attachment; filename=\"example.xlsx\"");
  return response;
}

// One table of the exam as a workbook or as CSV, or all of them as a workbook.
Response take_exam_tables(const Call& call) {
  const std::string file = call.path.at("file");
  const auto dot = file.rfind('.');
  const std::string name = file.substr(0, dot);
  const std::string ending = dot == std::string::npos ? std::string() : file.substr(dot + 1);
  if (ending != "xlsx" && ending != "csv")
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  jobs_of_imports(call);
  const std::string code = call.path.at("code");
  const services::Change change = services::change_of(call.actor(), "", call.site.now());
  Response response;
  if (ending == "csv") {
    const package::Encoding encoding = encoding_named(field_of(call.query, "encoding"));
    response.body = services::export_exam_csv(*call.site.exams(), call.site.access(), ExamCode(code), name, encoding, change);
    // The name under which browsers know CP949.
    response.type = encoding == package::Encoding::utf8 ? "text/csv; charset=utf-8" : "text/csv; charset=euc-kr";
  } else {
    response.body = services::export_exam_workbook(*call.site.exams(), call.site.access(), ExamCode(code),
                                                   name == "package" ? std::string() : name, change);
    response.type = workbook_type;
  }
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{0}.{2}\"; filename*=UTF-8''{1}-{0}.{2}",
                                                         name, encode_percent(code), ending));
  return response;
}

}  // namespace hanjari::web

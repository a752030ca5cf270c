// The papers of a plan as an officer orders and takes them.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/papers/papers_job.h"
#include "hanjari/site/site.h"
#include "papers/pages/office_papers.h"
#include "papers/pages/unsaid_units.h"
#include "site/pages/counts.h"
#include "site/pages/form_view.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"
#include "site/pages/plan_refusals.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::PaperFile;

constexpr std::size_t takings_shown = 100;

struct Papers {
  services::ExamRepository& exams;
  services::JobRepository& jobs;
  services::PaperSetRepository& sets;
  ExamCode code;
};

Papers papers_of(const Call& call) {
  Site& site = call.site;
  if (site.exams() == nullptr || site.jobs() == nullptr || site.papers() == nullptr)
    throw NotFound("no_papers", {"This program makes no papers.", "이 프로그램은 문서를 만들지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::choose_population(*site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*site.exams(), *site.jobs(), *site.papers(), code};
}

services::StoredPlan plan_of(const Call& call, const Papers& papers) {
  return services::find_stored_plan(papers.exams, papers.code, call.path.at("plan"));
}

std::string plan_page(const Call& call, const Papers& papers, const std::string& digest) {
  return fmt::format("/{}/exams/{}/plans/{}", code_of(call.language), encode_percent(papers.code.text()), digest);
}

std::string address_of_file(const PaperFile& file) {
  return fmt::format("/api/v1/exams/{}/papers/{}", encode_percent(file.exam.text()), file.id);
}

std::string spell_megabytes(std::int64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1'000'000);
}

std::string name_of_place(const Call& call, const services::PaperWish& wish,
                          const std::vector<services::VenueSummary>& venues) {
  for (const services::VenueSummary& venue : venues) {
    if (!wish.venue.empty() && venue.code.text() == wish.venue) return venue.name;
  }
  if (!wish.venue.empty()) return wish.venue;
  if (wish.district.empty()) return call.site.pages().text(call.language, "papers.whole_city");
  return name_of_district(wish.district).in(call.language);
}

// What the order of a file asked for; nothing where the order cannot be read any more.
std::optional<services::PaperWish> find_wish(const Papers& papers, const PaperFile& file) {
  const auto job = papers.jobs.find_job(file.job);
  if (!job) return std::nullopt;
  try {
    return services::parse_paper_wish(job->order.request);
  } catch (const InvalidInput&) {
    return std::nullopt;  // by another version of the program, which knew other papers
  }
}

// "Roster, Seat charts · PDF · Hanbit Middle School".
std::string describe_contents(const Call& call, const Papers& papers, const PaperFile& file,
                              const std::vector<services::VenueSummary>& venues) {
  const Pages& pages = call.site.pages();
  if (file.content == services::PaperContent::notices) return pages.text(call.language, "papers.notices");
  const auto wish = find_wish(papers, file);
  if (!wish) return pages.text(call.language, "papers.title");
  std::string kinds;
  for (const std::string& paper : wish->papers) {
    const documents::PaperKind* kind = documents::find_paper_kind(paper);
    if (kind != nullptr) kinds += (kinds.empty() ? "" : ", ") + kind->title.in(call.language);
  }
  if (kinds.empty()) kinds = pages.text(call.language, "papers.all_papers");
  std::string formats;
  for (const std::string& format : wish->formats) formats += (formats.empty() ? "" : ", ") + format;
  std::transform(formats.begin(), formats.end(), formats.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  services::PaperWish place = *wish;
  if (!file.venue.empty()) {
    place.venue = file.venue.text();
    place.district.clear();
  }
  std::string contents = fmt::format("{} · {} · {}", kinds, formats, name_of_place(call, place, venues));
  if (!wish->since.empty()) contents += " · " + pages.text(call.language, "papers.changed_only");
  return contents;
}

std::vector<services::PaperTaking> takings_of(const Call& call, const Papers& papers) {
  services::AuditTrail* trail = call.site.audit();
  if (trail == nullptr) return {};
  return services::list_takings(*trail, papers.code, takings_shown);
}

// Who took what, the newest first.
json shown_takings(const Call& call, const std::vector<services::PaperTaking>& takings, const std::string& zone) {
  json shown = json::array();
  for (const services::PaperTaking& taking : takings) {
    shown.push_back({{"at", write_moment(taking.at, zone)},
                     {"account", taking.account},
                     {"name", taking.name},
                     {"what", call.site.pages().text(call.language, taking.content == services::PaperContent::notices
                                                                        ? "papers.notices"
                                                                        : "papers.title")}});
  }
  return shown;
}

json shown_files(const Call& call, const Papers& papers, const std::string& digest, const std::string& zone,
                 const std::vector<services::VenueSummary>& venues) {
  json shown = json::array();
  for (const PaperFile& file : papers.sets.list_files(papers.code, digest, call.site.now())) {
    shown.push_back({{"name", file.name},
                     {"address", address_of_file(file)},
                     {"contents", describe_contents(call, papers, file, venues)},
                     {"size", spell_megabytes(file.bytes)},
                     {"people", write_count(file.people, Counted::people, call.language)},
                     {"made", write_moment(file.made_at, zone)},
                     {"ends", write_moment(file.ends_at, zone)}});
  }
  return shown;
}

// Work of this exam that is under way, with its page.
json shown_work(const Call& call, const Papers& papers) {
  json running = json::array();
  for (const char* kind : {services::papers_job_kind, services::notices_job_kind}) {
    services::JobFilter filter;
    filter.exam = papers.code.text();
    filter.kind = kind;
    filter.limit = 1;
    for (const services::Job& job : papers.jobs.list_jobs(filter)) {
      if (services::is_over(job.state)) continue;
      running.push_back({{"kind", services::name_of_kind(kind).in(call.language)},
                         {"state", services::name_of(job.state).in(call.language)},
                         {"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)}});
    }
  }
  return running;
}

json offered_places(const Call& call, const std::vector<services::VenueSummary>& venues) {
  const std::string chosen = field_of(call.form, "place");
  std::set<std::string> districts;  // codes
  json schools = json::array();
  for (const services::VenueSummary& venue : venues) {
    districts.insert(venue.district.text());
    const std::string value = "venue:" + venue.code.text();
    schools.push_back({{"value", value}, {"chosen", value == chosen}, {"label", fmt::format("{} ({})", venue.name, venue.code.text())}});
  }
  json areas = json::array();
  for (const std::string& code : districts)
    areas.push_back({{"value", "district:" + code}, {"chosen", "district:" + code == chosen}, {"label", name_of_district(code).in(call.language)}});
  return {{"districts", std::move(areas)}, {"venues", std::move(schools)}};
}

bool is_ticked(const Call& call, const std::string& box) {
  return !field_of(call.form, box.c_str()).empty();
}

json offered_papers(const Call& call, bool again) {
  json offered = json::array();
  for (const documents::PaperKind& kind : documents::paper_kinds()) {
    std::string formats;
    for (const documents::PaperFormat format : kind.formats)
      formats += (formats.empty() ? "" : ", ") + std::string(documents::spell(format));
    offered.push_back({{"name", "paper_" + kind.name},
                       {"label", kind.title.in(call.language)},
                       {"formats", formats},
                       {"chosen", again ? is_ticked(call, "paper_" + kind.name) : kind.name == "roster"}});
  }
  return offered;
}

services::PaperWish wish_of_form(const Call& call) {
  services::PaperWish wish;
  wish.plan = call.path.at("plan");
  wish.language = field_of(call.form, "language") == "en" ? Language::english : Language::korean;
  wish.incomplete = !field_of(call.form, "incomplete").empty();
  wish.since = field_of(call.form, "since");
  const std::string place = field_of(call.form, "place");
  if (place.starts_with("venue:")) wish.venue = place.substr(6);
  if (place.starts_with("district:")) wish.district = place.substr(9);
  for (const documents::PaperKind& kind : documents::paper_kinds()) {
    if (!field_of(call.form, ("paper_" + kind.name).c_str()).empty()) wish.papers.push_back(kind.name);
  }
  for (const char* format : {"pdf", "xlsx", "csv"}) {
    if (!field_of(call.form, (std::string("format_") + format).c_str()).empty()) wish.formats.emplace_back(format);
  }
  if (wish.papers.empty() || wish.formats.empty()) {
    throw InvalidInput("nothing_chosen", {"Tick at least one paper and one format.",
                                          "문서와 형식을 하나 이상 고르십시오."});
  }
  return wish;
}

services::Job order_papers(const Call& call, const services::PaperWish& wish, const std::string& reason) {
  const Papers papers = papers_of(call);
  return services::order_papers(papers.exams, papers.jobs, papers.code, wish,
                                services::change_of(call.actor(), reason, call.site.now()));
}

services::Job order_notices(const Call& call, Language language, const std::string& reason,
                            services::ContactsInNotices contacts) {
  const Papers papers = papers_of(call);
  if (call.site.approvals() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  return services::order_notices(papers.exams, *call.site.approvals(), papers.jobs, papers.code, call.path.at("plan"),
                                 language, services::change_of(call.actor(), reason, call.site.now()), contacts);
}

services::ContactsInNotices contacts_if(bool wanted) {
  return wanted ? services::ContactsInNotices::yes : services::ContactsInNotices::no;
}

Response shown_job(const Call& call, const services::Job& job) {
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

Response accepted_job(const services::Job& job) {
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace

namespace {

// Of the plan that people were told; its record says the digest alone.
std::string name_of_told(const Call& call, const std::vector<services::StoredPlan>& stored, const std::string& digest) {
  const auto told = std::find_if(stored.begin(), stored.end(),
                                 [&](const services::StoredPlan& plan) { return plan.digest == digest; });
  return name_of_plan(call, stored, digest, told == stored.end() ? std::string() : told->input_sha256);
}

// Plans whose papers schools may hold, the one whose papers were taken last first; one that is not stored any more
// cannot be compared with.
json offered_editions(const Call& call, const std::vector<services::PaperTaking>& takings,
                      const std::vector<services::StoredPlan>& stored, const std::string& own) {
  json offered = json::array();
  for (const std::string& digest : services::list_taken_plans(takings)) {
    const auto found = std::find_if(stored.begin(), stored.end(),
                                    [&](const services::StoredPlan& plan) { return plan.digest == digest; });
    if (digest == own || found == stored.end()) continue;
    offered.push_back({{"value", digest},
                       {"chosen", field_of(call.form, "since") == digest},
                       {"label", name_of_plan(call, stored, digest, found->input_sha256)}});
  }
  return offered;
}

std::vector<Unit> units_of_plan(const Papers& papers, const services::StoredPlan& plan) {
  return papers.exams.list_units(papers.code, plan.input_sha256);
}

// `refused`: why what the form asks for is not made; then the form shows again what was chosen.
Response show_papers_page(const Call& call, const Error* refused) {
  const Pages& pages = call.site.pages();
  const Papers papers = papers_of(call);
  const services::StoredPlan plan = in_words_of_pages([&] { return plan_of(call, papers); });
  const auto head = papers.exams.find_head(papers.code).value_or(services::ExamHead{});
  const auto venues = papers.exams.list_venues(papers.code, plan);
  const auto stored = papers.exams.list_plans(papers.code);
  const std::string address = plan_page(call, papers, plan.digest);
  Page page{.name = "papers", .title = pages.text(call.language, "papers.title")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                         {"on", write_day(head.exam_on, call.language)}}},
               {"plan_name", name_of_plan(call, stored, plan.digest, plan.input_sha256)},
               {"plan", address},
               {"form_token", call.form_token},
               {"order", address + "/papers"},
               {"templates", fmt::format("/{}/paper-templates", code_of(call.language))},
               {"papers", offered_papers(call, refused != nullptr)},
               {"pdf", refused == nullptr || is_ticked(call, "format_pdf")},
               {"xlsx", refused != nullptr && is_ticked(call, "format_xlsx")},
               {"csv", refused != nullptr && is_ticked(call, "format_csv")},
               {"although", refused != nullptr && is_ticked(call, "incomplete")},
               {"places", offered_places(call, venues)},
               {"running", shown_work(call, papers)},
               {"files", shown_files(call, papers, plan.digest, head.time_zone, venues)},
               {"korean", refused != nullptr ? field_of(call.form, "language") != "en" : call.language == Language::korean},
               {"incomplete", plan.unseated > 0},
               {"unseated", write_count(plan.unseated, Counted::people, call.language)}};
  page.data["any"] = !page.data["files"].empty();
  page.data["unsaid"] = show_unsaid_times(call, find_unsaid_units(call, units_of_plan(papers, plan)));
  const auto takings = takings_of(call, papers);
  page.data["takings"] = shown_takings(call, takings, head.time_zone);
  page.data["any_taking"] = !takings.empty();
  page.data["editions"] = offered_editions(call, takings, stored, plan.digest);
  page.data["any_edition"] = !page.data["editions"].empty();
  FormView form;
  if (const auto* input = dynamic_cast<const InvalidInput*>(refused)) {
    page.status = 422;
    for (const Fault& fault : input->faults().kept()) form.add_fault("", fault.format(call.language));
  } else if (refused != nullptr) {
    page.status = 409;
  }
  if (refused != nullptr) {
    if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  // A decision on one person makes another plan live, and papers of this one would send that person to the old seat.
  if (const auto live = papers.exams.find_live_plan(papers.code);
      live && (live->plan_digest != plan.digest || live->input_sha256 != plan.input_sha256)) {
    page.data["other_live"] = {{"number", name_of_plan(call, stored, live->plan_digest, live->input_sha256)},
                               {"there", plan_page(call, papers, live->plan_digest) + "/papers"}};
  }
  const auto withdrawn = papers.exams.find_withdrawn_plan(papers.code);
  page.data["withdrawn"] = withdrawn && withdrawn->plan_digest == plan.digest && withdrawn->input_sha256 == plan.input_sha256;
  if (call.site.approvals() != nullptr) {
    const std::string before = services::find_told_before(papers.exams, *call.site.approvals(), papers.code, plan);
    if (!before.empty()) page.data["changes"] = {{"action", address + "/notices"}, {"before", name_of_told(call, stored, before)}};
  }
  return show(call, page);
}

}  // namespace

Response show_papers(const Call& call) {
  return show_papers_page(call, nullptr);
}

Response order_shown_papers(const Call& call) {
  in_words_of_pages([&] { return plan_of(call, papers_of(call)); });  // of no other plan could the form be shown again
  try {
    return in_words_of_pages(
        [&] { return shown_job(call, order_papers(call, wish_of_form(call), field_of(call.form, "reason"))); });
  } catch (const InvalidInput& refused) {
    return show_papers_page(call, &refused);
  } catch (const Conflict& refused) {
    return show_papers_page(call, &refused);
  }
}

Response order_shown_notices(const Call& call) {
  const Language language = field_of(call.form, "language") == "en" ? Language::english : Language::korean;
  const auto contacts = contacts_if(!field_of(call.form, "contacts").empty());
  return in_words_of_pages(
      [&] { return shown_job(call, order_notices(call, language, field_of(call.form, "reason"), contacts)); });
}

Response list_paper_files(const Call& call) {
  const Papers papers = papers_of(call);
  const services::StoredPlan plan = plan_of(call, papers);
  nlohmann::ordered_json answer{{"files", nlohmann::ordered_json::array()}};
  for (const PaperFile& file : papers.sets.list_files(papers.code, plan.digest, call.site.now())) {
    answer["files"].push_back({{"id", file.id},
                               {"name", file.name},
                               {"content", services::spell(file.content)},
                               {"venue", file.venue.text()},
                               {"job", file.job},
                               {"number", file.number},
                               {"bytes", file.bytes},
                               {"people", file.people},
                               {"made_at", format_instant(file.made_at)},
                               {"ends_at", format_instant(file.ends_at)},
                               {"address", address_of_file(file)}});
  }
  const UnsaidUnits unsaid = find_unsaid_units(call, units_of_plan(papers, plan));
  answer["without_start"] = unsaid.without_start;
  answer["without_seating"] = unsaid.without_seating;
  return answer_json(answer);
}

Response order_papers_by_api(const Call& call) {
  json body = read_json(call);
  const std::string reason = text_in(body, "reason");
  body["plan"] = call.path.at("plan");
  return accepted_job(order_papers(call, services::parse_paper_wish(body.dump()), reason));
}

Response order_notices_by_api(const Call& call) {
  const json body = read_json(call);
  const Language language = text_in(body, "language") == "en" ? Language::english : Language::korean;
  return accepted_job(order_notices(call, language, text_in(body, "reason"), contacts_if(flag_in(body, "contacts"))));
}

Response list_paper_takings(const Call& call) {
  const Papers papers = papers_of(call);
  nlohmann::ordered_json answer{{"takings", nlohmann::ordered_json::array()}};
  for (const services::PaperTaking& taking : takings_of(call, papers)) {
    answer["takings"].push_back({{"at", format_instant(taking.at)},
                                 {"account", taking.account},
                                 {"content", services::spell(taking.content)},
                                 {"name", taking.name},
                                 {"plan", taking.plan}});
  }
  return answer_json(answer);
}

Response download_papers(const Call& call) {
  const Papers papers = papers_of(call);
  services::PaperBytes taken =
      services::take_paper_file(papers.sets, call.site.access(), papers.code, call.path.at("file"),
                                services::change_of(call.actor(), "", call.site.now()));
  Response response;
  response.type = "application/zip";
  response.body = std::move(taken.bytes);
  response.set_header("Content-Disposition",
                      fmt::format("attachment; filename=\"papers.zip\"; filename*=UTF-8''{}", encode_percent(taken.file.name)));
  return response;
}

}  // namespace hanjari::web

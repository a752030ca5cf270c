// The audit trail for auditors, as a page and for programs. Reading it is recorded in it.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/site/site.h"
#include "privacy/pages/audit_pages.h"
#include "privacy/pages/audit_words.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t entries_per_page = 50;
constexpr std::size_t first_exported = 50;
constexpr std::size_t exported_at_a_time = 500;
constexpr std::size_t most_exported = 20'000;
// One entry may name everybody of an exam: what is read at a time and what a file holds end with their bytes too.
constexpr std::size_t bytes_at_a_time = 8'000'000;
constexpr std::size_t most_exported_bytes = 64'000'000;

// Applications stand in the trail by their stored name; papers, pages and people at the telephone say 9A39-8521-0DC4-9478-E.
std::string number_as_recorded(std::string typed) {
  const auto application = read_application_number(typed);
  return application ? application->text() : std::move(typed);
}

// In the reader's language; "program" and roles of earlier versions as they are.
std::string words_of_role(const std::string& role, Language language) {
  const auto known = services::parse_role(role);
  return known ? services::name_of(*known).in(language) : role;
}

enum class Edge { from, until };

// A day stands for its beginning, as an end for its last moment, by the clock that the page shows. Programs give moments.
std::optional<Instant> read_edge(const std::string& typed, Edge edge) {
  const std::string text = clean_line(typed);
  if (text.empty()) return std::nullopt;
  if (const auto exact = parse_instant(text)) return exact;
  const std::string zone = machine_time_zone();
  if (const auto moment = parse_typed_moment(text))
    return instant_of(moment->day, moment->minute, zone) + std::chrono::seconds(moment->second);
  const auto day = parse_typed_date(text);
  if (!day) {
    throw InvalidInput("bad_moment", {"Give days as 2027-06-12, or a day and a time as 2027-06-12 09:20.",
                                      "날짜는 2027-06-12, 시각까지는 2027-06-12 09:20처럼 입력하십시오."});
  }
  return instant_of(edge == Edge::from ? *day : Date{day->days + 1}, 0, zone);
}

// `value_of` gives what was typed under a name. Throws InvalidInput (bad_moment).
template <class ValueOf>
services::AuditFilter filter_from(ValueOf value_of) {
  services::AuditFilter filter;
  filter.author = clean_signs(value_of("author"));
  filter.action = code_of_action(clean_signs(value_of("action")));
  filter.subject = number_as_recorded(clean_signs(value_of("subject")));
  filter.whose = number_as_recorded(clean_signs(value_of("whose")));
  filter.from = read_edge(value_of("from"), Edge::from);
  filter.until = read_edge(value_of("until"), Edge::until);
  return filter;
}

services::AuditFilter filter_of(const Call& call) {
  services::AuditFilter filter = filter_from([&](const char* name) { return field_of(call.query, name); });
  const std::string before = field_of(call.query, "before");
  std::from_chars(before.data(), before.data() + before.size(), filter.before_number);
  filter.limit = entries_per_page;
  return filter;
}

services::AuditTrail& trail_of(const Call& call) {
  if (call.site.audit() == nullptr)
    throw Unavailable("no_audit_trail", {"There is no audit trail here.", "감사 기록이 없습니다."});
  return *call.site.audit();
}

std::vector<services::AuditEntry> read_entries(const Call& call) {
  services::AuditTrail& trail = trail_of(call);
  const services::AuditFilter filter = filter_of(call);
  auto entries = trail.list_entries(filter);
  // As much as the trail holds of a subject, in whole characters.
  std::size_t end = std::min<std::size_t>(filter.subject.size(), 300);
  while (end > 0 && end < filter.subject.size() && (static_cast<unsigned char>(filter.subject[end]) & 0xC0U) == 0x80U)
    --end;
  services::AuditNote note{"audit.read", filter.subject.substr(0, end)};
  if (!filter.whose.empty()) note.whose.push_back(filter.whose);
  trail.record(services::change_of(call.actor(), "", call.site.now()), note);
  return entries;
}

std::string older_address(const Call& call, std::int64_t before) {
  std::string address = call.request.path + "?";
  for (const char* name : {"author", "action", "subject", "whose", "from", "until"})
    address += fmt::format("{}={}&", name, encode_percent(field_of(call.query, name)));
  return address + fmt::format("before={}", before);
}

ordered_json entry_as_json(const services::AuditEntry& entry) {
  ordered_json one{{"number", entry.number},        {"at", format_instant(entry.change.at)},
                   {"author", entry.change.author}, {"role", entry.change.role},
                   {"source", entry.change.source}, {"request", entry.change.request},
                   {"action", entry.note.action},   {"subject", entry.note.subject},
                   {"detail", entry.note.detail},   {"reason", entry.change.reason},
                   {"whose", entry.note.whose},     {"destroyed", entry.destroyed},
                   {"damaged", entry.damaged}};
  one["before"] = entry.note.before ? ordered_json(*entry.note.before) : ordered_json();
  one["after"] = entry.note.after ? ordered_json(*entry.note.after) : ordered_json();
  return one;
}

std::string write_line(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

// The lines of what the filter finds, the newest first. `whole`: there are no more.
struct ExportedLines {
  std::string text;
  std::size_t count = 0;
  bool whole = false;
};

ExportedLines read_lines(services::AuditTrail& trail, services::AuditFilter filter) {
  ExportedLines lines;
  filter.limit = first_exported;
  while (!lines.whole && lines.count < most_exported) {
    const auto entries = trail.list_entries(filter);
    for (const services::AuditEntry& entry : entries) {
      const std::string line = write_line(entry_as_json(entry));
      if (lines.count > 0 && lines.text.size() + line.size() > most_exported_bytes) return lines;
      lines.text += line;
      ++lines.count;
    }
    lines.whole = entries.size() < filter.limit;
    if (lines.whole) break;
    filter.before_number = entries.back().number;
    const std::size_t fit = bytes_at_a_time / (lines.text.size() / lines.count + 1);
    filter.limit = std::min(std::clamp<std::size_t>(fit, 1, exported_at_a_time), most_exported - lines.count);
  }
  return lines;
}

// One line for each entry, the newest first, and a last one with the SHA-256 of all lines before it. That digest enters
// the trail itself before the trail is signed, so that the signed line beside it vouches for the file.
Response export_entries(const Call& call, const services::AuditFilter& filter) {
  services::AuditTrail& trail = trail_of(call);
  ExportedLines lines = read_lines(trail, filter);
  const std::string digest = sha256(lines.text).hex();
  services::AuditNote note{"audit.export", digest, count_of(static_cast<long long>(lines.count), "entry", "entries")};
  if (!filter.whose.empty()) note.whose.push_back(filter.whose);
  trail.record(services::change_of(call.actor(), "", call.site.now()), note);
  const ordered_json last{{"sha256", digest}, {"entries", lines.count}, {"whole", lines.whole}, {"signed", trail.anchor(call.site.now())}};
  Response response;
  response.type = "application/x-ndjson";
  response.set_header("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
  response.body = std::move(lines.text) + write_line(last);
  return response;
}

}  // namespace

Response show_audit(const Call& call) {
  const Pages& pages = call.site.pages();
  std::vector<services::AuditEntry> entries;
  std::string fault;
  try {
    entries = read_entries(call);
  } catch (const InvalidInput& refused) {
    fault = refused.message().in(call.language);
  }
  Page page{.name = "audit", .title = pages.text(call.language, "office.audit_title")};
  page.data = {{"action", call.request.path},
               {"author", field_of(call.query, "author")},
               {"act", field_of(call.query, "action")},
               {"subject", field_of(call.query, "subject")},
               {"whose", field_of(call.query, "whose")},
               {"from", field_of(call.query, "from")},
               {"until", field_of(call.query, "until")},
               {"none", entries.empty() && fault.empty()},
               {"export", fmt::format("/{}/audit-exports", code_of(call.language))},
               {"form_token", call.form_token},
               {"any", !entries.empty()}};
  if (!fault.empty()) {
    page.status = 422;
    page.data["fault"] = {{"sentence", fault}};
  }
  page.data["entries"] = nlohmann::json::array();
  for (const services::AuditEntry& entry : entries) {
    nlohmann::json row{
        {"number", std::to_string(entry.number)},
        {"at", write_moment(entry.change.at, machine_time_zone())},
        {"author", entry.change.author},
        {"act", name_of_action(entry.note.action).in(call.language)},
        {"code", entry.note.action},
        {"subject", entry.note.subject},
        {"detail", entry.note.detail},
        {"reason", entry.destroyed ? pages.text(call.language, "office.audit_destroyed")
                   : entry.damaged ? pages.text(call.language, "office.audit_damaged")
                                   : entry.change.reason}};
    if (!entry.change.role.empty()) row["role"] = words_of_role(entry.change.role, call.language);
    if (!entry.note.whose.empty()) {
      row["people"] = pages.text(call.language, "office.audit_people",
                                 {{"count", group_digits(static_cast<long long>(entry.note.whose.size()))}});
    }
    page.data["entries"].push_back(std::move(row));
  }
  if (entries.size() == entries_per_page)
    page.data["older"] = {{"address", older_address(call, entries.back().number)}};
  return show(call, page);
}

Response list_audit_entries(const Call& call) {
  ordered_json list{{"entries", ordered_json::array()}};
  const auto entries = read_entries(call);
  for (const services::AuditEntry& entry : entries) list["entries"].push_back(entry_as_json(entry));
  if (entries.size() == entries_per_page) list["older_than"] = entries.back().number;
  Response response;
  response.type = "application/json";
  response.body = write_line(list);
  return response;
}

Response export_audit_shown(const Call& call) {
  return export_entries(call, filter_from([&](const char* name) { return field_of(call.form, name); }));
}

Response export_audit_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  return export_entries(call, filter_from([&](const char* name) { return text_in(body, name); }));
}

}  // namespace hanjari::web

// The audit trail for auditors, as a page and for programs. Reading it is recorded in it.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/site/site.h"
#include "privacy/pages/audit_pages.h"
#include "privacy/pages/audit_words.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t entries_per_page = 50;

services::AuditFilter filter_of(const Call& call) {
  services::AuditFilter filter;
  filter.author = clean_signs(field_of(call.query, "author"));
  filter.action = clean_signs(field_of(call.query, "action"));
  filter.subject = clean_signs(field_of(call.query, "subject"));
  filter.whose = clean_signs(field_of(call.query, "whose"));
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
  return fmt::format("{}?author={}&action={}&subject={}&before={}", call.request.path,
                     encode_percent(field_of(call.query, "author")), encode_percent(field_of(call.query, "action")),
                     encode_percent(field_of(call.query, "subject")), before);
}

}  // namespace

Response show_audit(const Call& call) {
  const Pages& pages = call.site.pages();
  const auto entries = read_entries(call);
  Page page{.name = "audit", .title = pages.text(call.language, "office.audit_title")};
  page.data = {{"action", call.request.path},
               {"author", field_of(call.query, "author")},
               {"act", field_of(call.query, "action")},
               {"subject", field_of(call.query, "subject")},
               {"any", !entries.empty()}};
  page.data["entries"] = nlohmann::json::array();
  for (const services::AuditEntry& entry : entries) {
    nlohmann::json row{
        {"number", std::to_string(entry.number)},
        {"at", write_moment(entry.change.at, machine_time_zone())},
        {"author", entry.change.author},
        {"role", entry.change.role},
        {"act", name_of_action(entry.note.action).in(call.language)},
        {"code", entry.note.action},
        {"subject", entry.note.subject},
        {"detail", entry.note.detail},
        {"reason", entry.destroyed ? pages.text(call.language, "office.audit_destroyed")
                   : entry.damaged ? pages.text(call.language, "office.audit_damaged")
                                   : entry.change.reason}};
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
  nlohmann::ordered_json list{{"entries", nlohmann::ordered_json::array()}};
  const auto entries = read_entries(call);
  for (const services::AuditEntry& entry : entries) {
    nlohmann::ordered_json one{{"number", entry.number},        {"at", format_instant(entry.change.at)},
                               {"author", entry.change.author}, {"role", entry.change.role},
                               {"source", entry.change.source}, {"request", entry.change.request},
                               {"action", entry.note.action},   {"subject", entry.note.subject},
                               {"detail", entry.note.detail},   {"reason", entry.change.reason},
                               {"whose", entry.note.whose},     {"destroyed", entry.destroyed},
                               {"damaged", entry.damaged}};
    one["before"] = entry.note.before ? nlohmann::ordered_json(*entry.note.before) : nlohmann::ordered_json();
    one["after"] = entry.note.after ? nlohmann::ordered_json(*entry.note.after) : nlohmann::ordered_json();
    list["entries"].push_back(std::move(one));
  }
  if (entries.size() == entries_per_page) list["older_than"] = entries.back().number;
  Response response;
  response.type = "application/json";
  response.body = list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return response;
}

}  // namespace hanjari::web

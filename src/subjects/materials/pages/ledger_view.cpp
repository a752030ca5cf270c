#include "materials/pages/ledger_view.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::Entry;
using services::EntryKind;
using services::Finding;
using services::Stock;

std::string name_of_entry(const LedgerWords& words, EntryKind kind) {
  const Pages& pages = words.call.site.pages();
  switch (kind) {
    case EntryKind::given:
      return pages.text(words.call.language, "materials.given");
    case EntryKind::received:
      return pages.text(words.call.language, "materials.received");
    case EntryKind::counted:
      return pages.text(words.call.language, "materials.counted");
    case EntryKind::corrected:
      break;
  }
  return pages.text(words.call.language, "materials.corrected");
}

// "account NAME" and "code ID" as entries have them, in the reader's language.
std::string signer_words(const LedgerWords& words, const std::string& signer) {
  const Pages& pages = words.call.site.pages();
  const std::size_t blank = std::min(signer.find(' '), signer.size());
  const std::string name = signer.substr(std::min(blank + 1, signer.size()));
  if (signer.starts_with("account ")) return pages.text(words.call.language, "materials.by_account", {{"name", name}});
  if (signer.starts_with("code ")) return pages.text(words.call.language, "materials.by_code", {{"name", name}});
  return signer;
}

std::string item_name(const LedgerWords& words, const services::Item& item) {
  return services::name_of(item, words.sets).in(words.call.language);
}

}  // namespace

json describe_findings(const LedgerWords& words, const services::Balance& balance) {
  json rows = json::array();
  for (const Finding& finding : balance.findings) {
    rows.push_back({{"where", name_of_station(words.call, finding.station, words.names)},
                    {"from", finding.other == finding.station ? std::string("–") : name_of_station(words.call, finding.other, words.names)},
                    {"item", item_name(words, finding.item)},
                    {"what", name_of_finding(words.call, finding.kind)},
                    {"count", group_digits(finding.count)},
                    {"entry", finding.entry == 0 ? std::string("–") : group_digits(finding.entry)}});
  }
  return rows;
}

json describe_stocks(const LedgerWords& words, const services::Balance& balance) {
  json rows = json::array();
  for (const Stock& stock : balance.stocks) {
    rows.push_back({{"where", name_of_station(words.call, stock.station, words.names)},
                    {"item", item_name(words, stock.item)},
                    {"received", group_digits(stock.received)},
                    {"given", group_digits(stock.given)},
                    {"held", group_digits(stock.held())}});
  }
  return rows;
}

json describe_open_acts(const LedgerWords& words, const std::vector<Entry>& entries) {
  std::set<std::int64_t> received;
  for (const Entry& entry : entries) {
    if (entry.kind == EntryKind::received) received.insert(entry.of);
  }
  std::map<std::string, json> acts;
  std::vector<std::string> order;
  for (const Entry& entry : entries) {
    if (entry.kind != EntryKind::given || received.contains(entry.number)) continue;
    json& act = acts[entry.act];
    if (act.is_null()) {
      order.push_back(entry.act);
      act = {{"act", entry.act},
             {"from", name_of_station(words.call, entry.from, words.names)},
             {"to", name_of_station(words.call, entry.to, words.names)},
             {"at", write_moment(entry.at, words.zone)},
             {"signer", signer_words(words, entry.signer)},
             {"items", json::array()}};
      if (!entry.parcel.empty()) act["of_parcel"] = {{"code", entry.parcel}};
    }
    const std::size_t at = act["items"].size();
    const std::string field = fmt::format("count_{}", at);
    // A receipt that was refused stays as it was filled in.
    const bool again = field_of(words.call.form, "act") == entry.act;
    act["items"].push_back({{"name", item_name(words, entry.item)},
                            {"given", group_digits(services::corrected_count(entries, entry.number))},
                            {"field", field},
                            {"typed", again ? field_of(words.call.form, field.c_str()) : std::string()},
                            {"id", fmt::format("count-{}-{}", entry.number, at)}});
  }
  json rows = json::array();
  for (const std::string& act : order) rows.push_back(std::move(acts[act]));
  return rows;
}

json describe_entries(const LedgerWords& words, const std::vector<Entry>& entries, std::size_t most) {
  json rows = json::array();
  for (auto entry = entries.rbegin(); entry != entries.rend() && rows.size() < most; ++entry) {
    json row{{"number", group_digits(entry->number)},
             {"kind", name_of_entry(words, entry->kind)},
             {"item", item_name(words, entry->item)},
             {"from", name_of_station(words.call, entry->from, words.names)},
             {"to", name_of_station(words.call, entry->to, words.names)},
             {"count", fmt::format("{}", group_digits(entry->count))},
             {"signer", signer_words(words, entry->signer)},
             {"at", write_moment(entry->at, words.zone)}};
    if (!entry->reason.empty()) row["reason"] = {{"words", entry->reason}, {"of", group_digits(entry->of)}};
    rows.push_back(std::move(row));
  }
  return rows;
}

ordered_json ledger_json(const std::vector<Entry>& entries, const services::Balance& balance) {
  ordered_json answer{{"agrees", balance.agrees()}, {"findings", ordered_json::array()}, {"stocks", ordered_json::array()},
                      {"entries", ordered_json::array()}};
  for (const Finding& finding : balance.findings) {
    answer["findings"].push_back({{"kind", services::spell(finding.kind)},
                                  {"station", services::spell(finding.station)},
                                  {"from", services::spell(finding.other)},
                                  {"item", services::spell(finding.item)},
                                  {"count", finding.count},
                                  {"entry", finding.entry}});
  }
  for (const Stock& stock : balance.stocks) {
    answer["stocks"].push_back({{"station", services::spell(stock.station)},
                                {"item", services::spell(stock.item)},
                                {"received", stock.received},
                                {"given", stock.given},
                                {"held", stock.held()}});
  }
  for (const Entry& entry : entries) {
    answer["entries"].push_back({{"number", entry.number},
                                 {"kind", services::spell(entry.kind)},
                                 {"act", entry.act},
                                 {"item", services::spell(entry.item)},
                                 {"from", services::spell(entry.from)},
                                 {"to", services::spell(entry.to)},
                                 {"count", entry.count},
                                 {"of", entry.of},
                                 {"parcel", entry.parcel},
                                 {"reason", entry.reason},
                                 {"signer", entry.signer},
                                 {"at", format_instant(entry.at)}});
  }
  return answer;
}

}  // namespace hanjari::web

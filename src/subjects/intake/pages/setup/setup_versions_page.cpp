// The versions of a part: who saved what, why, and what each changed against the one before.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::size_t most_shown_of_version = 1'000;

services::SetupPart part_in_path(const Call& call) {
  if (const auto part = services::parse_setup_part(call.path.at("setup_part"))) return *part;
  throw NotFound("no_such_page", {"There is no such page.", "없는 화면입니다."});
}

// The version before it, with nothing in it where it was the first.
std::string definition_before(const Call& call, services::SetupPart part,
                              const std::vector<services::SetupVersion>& all, std::int64_t version) {
  for (const services::SetupVersion& one : all) {
    if (one.version < version)
      return setup_of(call).load_version(call.actor(), notice_code(call), part, one.version).definition;
  }
  return {};
}

}  // namespace

nlohmann::json describe_differences(const Call& call, const std::vector<services::FieldDifference>& differences,
                                    const std::string& time_zone, std::size_t most) {
  json rows = json::array();
  for (const auto& difference : differences) {
    if (rows.size() == most) break;
    rows.push_back({{"place", services::name_place(difference.path).in(call.language)},
                    {"before", services::name_value(difference.path, difference.before, time_zone).in(call.language)},
                    {"after", services::name_value(difference.path, difference.after, time_zone).in(call.language)}});
  }
  return rows;
}

Response show_setup_versions(const Call& call) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  const services::SetupPart part = part_in_path(call);
  const auto versions = setup.list_versions(call.actor(), code, part);
  const std::string zone = setup.load_notice(call.actor(), code)->notice.header.time_zone;
  const std::int64_t chosen = number_typed(field_of(call.query, "version"));
  const std::string address = setup_address(call, "/versions/" + std::string(services::spell(part)));
  Page page{.name = "setup_versions", .title = services::name_of(part).in(call.language)};
  page.data = {{"heading", page.title}, {"back", setup_address(call, "/setup")}, {"versions", json::array()}};
  for (const services::SetupVersion& one : versions) {
    json row{{"version", std::to_string(one.version)},
             {"address", fmt::format("{}?version={}", address, one.version)},
             {"author", one.author.empty() ? "–" : one.author},
             {"at", write_moment(one.saved_at, zone)},
             {"reason", one.reason.empty() ? "–" : one.reason}};
    if (!one.confirmed_by.empty()) row["confirmed"] = {{"by", one.confirmed_by}};
    if (one.emergency) row["urgent"] = true;
    if (!one.copied_from.empty()) row["copied"] = {{"from", one.copied_from}};
    page.data["versions"].push_back(std::move(row));
  }
  page.data["any"] = !versions.empty();
  if (chosen > 0) {
    const services::SetupVersion version = setup.load_version(call.actor(), code, part, chosen);
    const auto differences =
        services::compare_setup_definitions(part, definition_before(call, part, versions, chosen), version.definition);
    page.data["chosen"] = {{"version", std::to_string(chosen)},
                           {"any", !differences.empty()},
                           {"differences", describe_differences(call, differences, zone, most_shown_of_version)}};
    if (differences.size() > most_shown_of_version)
      page.data["chosen"]["more"] = {{"count", group_digits(static_cast<long long>(differences.size()))}};
  }
  return show(call, page);
}

}  // namespace hanjari::web

#include "intake/pages/office/office_words.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "hanjari/domain/application_number.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {

ExamCode notice_of(const Call& call) {
  return ExamCode(call.path.at("notice"));
}

ApplicationId application_of(const Call& call) {
  return ApplicationId(call.path.at("application"));
}

std::string recruitment_address(const Call& call, const ExamCode& exam) {
  return fmt::format("/{}/recruitments/{}", code_of(call.language), encode_percent(exam.text()));
}

std::string person_address(const Call& call, const ExamCode& exam, const ApplicationId& id) {
  return fmt::format("{}/applications/{}", recruitment_address(call, exam), encode_percent(id.text()));
}

std::vector<DistrictCode> list_districts(const Recruitment& notice) {
  std::set<DistrictCode> inside;
  for (const Area& area : notice.areas) {
    if (!area.district.empty()) inside.insert(area.district);
  }
  std::vector<DistrictCode> all(inside.begin(), inside.end());
  all.emplace_back();
  return all;
}

std::string write_district(const Call& call, const DistrictCode& district) {
  return district.empty() ? call.site.pages().text(call.language, "table.outside") : name_of_district(district.text()).in(call.language);
}

std::string write_stage(const Call& call, services::AccommodationStage stage) {
  const Pages& pages = call.site.pages();
  switch (stage) {
    case services::AccommodationStage::none:
      return pages.text(call.language, "table.stage_none");
    case services::AccommodationStage::waiting:
      return pages.text(call.language, "table.stage_waiting");
    case services::AccommodationStage::asked_back:
      return pages.text(call.language, "table.stage_asked_back");
    case services::AccommodationStage::decided:
      break;
  }
  return pages.text(call.language, "table.stage_decided");
}

std::string write_unit_of(const Call& call, const Recruitment& notice, const UnitCode& unit) {
  const NoticeUnit* found = notice.find_unit(unit);
  if (found == nullptr) return unit.text();
  return fmt::format("{} {}", unit.text(), write_unit(call.site.pages(), found->unit, call.language));
}

std::string write_payment_state(const Call& call, services::PaymentState state) {
  const Pages& pages = call.site.pages();
  switch (state) {
    case services::PaymentState::begun:
      return pages.text(call.language, "pay.state_begun");
    case services::PaymentState::paid:
      return pages.text(call.language, "pay.state_paid");
    case services::PaymentState::failed:
      return pages.text(call.language, "pay.state_failed");
    case services::PaymentState::refunding:
      return pages.text(call.language, "pay.state_refunding");
    case services::PaymentState::refunded:
      break;
  }
  return pages.text(call.language, "pay.state_refunded");
}

std::string write_count(const Call& call, const services::TableCount& count) {
  const std::string digits = group_digits(count.people);
  return count.more ? call.site.pages().text(call.language, "table.more_than", {{"count", digits}}) : digits;
}

nlohmann::json choice_of(const std::string& value, const std::string& label, bool chosen) {
  return {{"value", value}, {"label", label}, {"chosen", chosen}};
}

void describe_unreadable(const Call& call, const ExamCode& exam, const std::vector<ApplicationId>& people, nlohmann::json& data) {
  constexpr std::size_t most = 50;
  if (people.empty()) return;
  nlohmann::json shown{{"people", nlohmann::json::array()}};
  for (std::size_t at = 0; at < std::min(people.size(), most); ++at)
    shown["people"].push_back({{"number", write_application_number(people[at])}, {"own_page", person_address(call, exam, people[at])}});
  if (people.size() > most) shown["further"] = {{"count", group_digits(static_cast<long long>(people.size() - most))}};
  data["unreadable"] = std::move(shown);
}

std::int64_t whole_number(const std::string& text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number >= 0 ? number : -1;
}

}  // namespace hanjari::web

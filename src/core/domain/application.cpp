#include "hanjari/domain/application.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hanjari/domain/spelling.h"

namespace hanjari {
namespace {

template <class T, std::size_t N>
using Spellings = std::array<std::pair<T, std::string_view>, N>;

template <class T, std::size_t N>
std::string_view spelled(const Spellings<T, N>& list, T value) {
  for (const auto& [known, word] : list) {
    if (known == value) return word;
  }
  return {};
}

template <class T, std::size_t N>
std::optional<T> parsed(const Spellings<T, N>& list, std::string_view word) {
  for (const auto& [value, known] : list) {
    if (known == word) return value;
  }
  return std::nullopt;
}

constexpr Spellings<BonusKind, 6> bonus_kinds{{{BonusKind::veterans_10, "veterans_10"},
                                               {BonusKind::veterans_5, "veterans_5"},
                                               {BonusKind::heroes_5, "heroes_5"},
                                               {BonusKind::heroes_3, "heroes_3"},
                                               {BonusKind::licence_5, "licence_5"},
                                               {BonusKind::licence_3, "licence_3"}}};
constexpr Spellings<ResidenceClaim, 3> residence_claims{
    {{ResidenceClaim::none, "none"}, {ResidenceClaim::on_day, "on_day"}, {ResidenceClaim::three_years, "three_years"}}};
constexpr Spellings<ApplicationState, 4> states{{{ApplicationState::submitted, "submitted"},
                                                 {ApplicationState::paid, "paid"},
                                                 {ApplicationState::withdrawn, "withdrawn"},
                                                 {ApplicationState::lapsed, "lapsed"}}};
constexpr Spellings<ItemDecision, 3> item_decisions{
    {{ItemDecision::asked, "asked"}, {ItemDecision::granted, "granted"}, {ItemDecision::refused, "refused"}}};

}  // namespace

Accommodation Application::granted() const {
  std::string list;
  // In the order of the contract, whatever the order of the requests.
  for (const std::string& item : accommodation_items()) {
    const bool asked = std::any_of(form.accommodations.begin(), form.accommodations.end(),
                                   [&](const AccommodationRequest& request) { return request.item == item; });
    const bool is_granted =
        asked && std::any_of(decisions.begin(), decisions.end(), [&](const AccommodationDecision& decision) {
          return decision.item == item && decision.decision == ItemDecision::granted;
        });
    if (is_granted) list += (list.empty() ? "" : ";") + item;
  }
  return parse_accommodation(list).value_or(Accommodation{});
}

const std::vector<std::string>& accommodation_items() {
  static const std::vector<std::string> items = {"wheelchair",     "separate_room",  "large_print",   "scribe",
                                                 "extra_time_1.2", "extra_time_1.5", "extra_time_1.7"};
  return items;
}

Text name_of_accommodation(std::string_view item) {
  const auto parsed_item = parse_accommodation(item);
  return parsed_item ? name_of(*parsed_item) : Text{std::string(item), std::string(item)};
}

std::string_view spell(BonusKind kind) {
  return spelled(bonus_kinds, kind);
}
std::string_view spell(ResidenceClaim claim) {
  return spelled(residence_claims, claim);
}
std::string_view spell(ApplicationState state) {
  return spelled(states, state);
}
std::string_view spell(Legible legible) {
  switch (legible) {
    case Legible::yes:
      return "yes";
    case Legible::damaged:
      return "damaged";
    case Legible::destroyed:
      return "destroyed";
  }
  return "";
}

std::string_view spell(ItemDecision decision) {
  return spelled(item_decisions, decision);
}
std::optional<BonusKind> parse_bonus_kind(std::string_view word) {
  return parsed(bonus_kinds, word);
}
std::optional<ResidenceClaim> parse_residence_claim(std::string_view word) {
  return parsed(residence_claims, word);
}
std::optional<ApplicationState> parse_application_state(std::string_view word) {
  return parsed(states, word);
}
std::optional<ItemDecision> parse_item_decision(std::string_view word) {
  return parsed(item_decisions, word);
}

Text name_of(BonusKind kind) {
  switch (kind) {
    case BonusKind::veterans_10:
      return {"veterans' preference, 10 %", "취업지원대상자 10%"};
    case BonusKind::veterans_5:
      return {"veterans' preference, 5 %", "취업지원대상자 5%"};
    case BonusKind::heroes_5:
      return {"persons honoured for righteous acts, 5 %", "의사상자 등 5%"};
    case BonusKind::heroes_3:
      return {"persons honoured for righteous acts, 3 %", "의사상자 등 3%"};
    case BonusKind::licence_5:
      return {"licence, 5 %", "자격증 5%"};
    case BonusKind::licence_3:
      break;
  }
  return {"licence, 3 %", "자격증 3%"};
}

Text name_of(ApplicationState state) {
  switch (state) {
    case ApplicationState::submitted:
      return {"submitted, not yet paid", "제출 완료(응시수수료 미결제)"};
    case ApplicationState::paid:
      return {"complete", "접수 완료"};
    case ApplicationState::withdrawn:
      return {"withdrawn", "접수 취소"};
    case ApplicationState::lapsed:
      break;
  }
  return {"lapsed: not paid before closing", "무효(마감까지 미결제)"};
}

Text name_of_state(const Application& application) {
  if (application.fee == 0 && application.state == ApplicationState::submitted)
    return {"submitted, identity to be confirmed", "제출 완료(본인 확인 필요)"};
  if (application.fee == 0 && application.state == ApplicationState::lapsed)
    return {"lapsed: identity not confirmed before closing", "무효(마감까지 본인 미확인)"};
  return name_of(application.state);
}

Text name_of(ItemDecision decision) {
  switch (decision) {
    case ItemDecision::asked:
      return {"being examined", "심사 중"};
    case ItemDecision::granted:
      return {"granted", "승인"};
    case ItemDecision::refused:
      break;
  }
  return {"refused", "불승인"};
}

int age_on(Date birth_on, Date day) {
  const CalendarDay born = calendar_day(birth_on);
  const CalendarDay now = calendar_day(day);
  const bool had_birthday = std::pair(now.month, now.day) >= std::pair(born.month, born.day);
  return now.year - born.year - (had_birthday ? 0 : 1);
}

Won fee_of(const NoticeUnit& unit, const ApplicationForm& form) {
  return unit.unit.quota_group == QuotaGroup::low_income || !form.waiver_proof.empty() ? 0 : unit.fee;
}

}  // namespace hanjari

#include "hanjari/intake/application_table.h"

#include <algorithm>
#include <array>

namespace hanjari::services {
namespace {

constexpr std::array<std::pair<TableOrder, std::string_view>, 5> order_words{{{TableOrder::number, "number"},
                                                                             {TableOrder::submitted, "submitted"},
                                                                             {TableOrder::paid, "paid"},
                                                                             {TableOrder::unit, "unit"},
                                                                             {TableOrder::state, "state"}}};
constexpr std::array<std::pair<AccommodationStage, std::string_view>, 4> words_of_accommodation_stages{
    {{AccommodationStage::none, "none"},
     {AccommodationStage::waiting, "waiting"},
     {AccommodationStage::asked_back, "asked_back"},
     {AccommodationStage::decided, "decided"}}};

template <class Words, class Value>
std::string_view word_in(const Words& words, Value value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

}  // namespace

std::string_view spell(TableOrder order) {
  return word_in(order_words, order);
}

std::optional<TableOrder> parse_table_order(std::string_view word) {
  for (const auto& [order, known] : order_words) {
    if (known == word) return order;
  }
  return std::nullopt;
}

std::string_view spell(AccommodationStage stage) {
  return word_in(words_of_accommodation_stages, stage);
}

std::optional<AccommodationStage> parse_accommodation_stage(std::string_view word) {
  for (const auto& [stage, known] : words_of_accommodation_stages) {
    if (known == word) return stage;
  }
  return std::nullopt;
}

AccommodationStage stage_of(const ApplicationForm& form, const std::vector<AccommodationDecision>& decisions) {
  if (form.accommodations.empty()) return AccommodationStage::none;
  const bool all = std::all_of(form.accommodations.begin(), form.accommodations.end(), [&](const AccommodationRequest& asked) {
    return std::any_of(decisions.begin(), decisions.end(), [&](const AccommodationDecision& decision) {
      return decision.item == asked.item && decision.decision != ItemDecision::asked;
    });
  });
  return all ? AccommodationStage::decided : AccommodationStage::waiting;
}

}  // namespace hanjari::services

#include "hanjari/domain/district_facts.h"

#include <algorithm>

#include <fmt/format.h>

namespace hanjari {
namespace {

constexpr DistrictFact seoul_facts[] = {
    {"11110", "종로구", "Jongno-gu", 375943, 1269777},
    {"11140", "중구", "Jung-gu", 375600, 1269959},
    {"11170", "용산구", "Yongsan-gu", 375325, 1269801},
    {"11200", "성동구", "Seongdong-gu", 375512, 1270413},
    {"11215", "광진구", "Gwangjin-gu", 375465, 1270865},
    {"11230", "동대문구", "Dongdaemun-gu", 375820, 1270553},
    {"11260", "중랑구", "Jungnang-gu", 375980, 1270930},
    {"11290", "성북구", "Seongbuk-gu", 376059, 1270179},
    {"11305", "강북구", "Gangbuk-gu", 376436, 1270111},
    {"11320", "도봉구", "Dobong-gu", 376691, 1270324},
    {"11350", "노원구", "Nowon-gu", 376521, 1270752},
    {"11380", "은평구", "Eunpyeong-gu", 376200, 1269289},
    {"11410", "서대문구", "Seodaemun-gu", 375775, 1269390},
    {"11440", "마포구", "Mapo-gu", 375583, 1269099},
    {"11470", "양천구", "Yangcheon-gu", 375248, 1268562},
    {"11500", "강서구", "Gangseo-gu", 375611, 1268243},
    {"11530", "구로구", "Guro-gu", 374943, 1268566},
    {"11545", "금천구", "Geumcheon-gu", 374604, 1269012},
    {"11560", "영등포구", "Yeongdeungpo-gu", 375202, 1269100},
    {"11590", "동작구", "Dongjak-gu", 374996, 1269522},
    {"11620", "관악구", "Gwanak-gu", 374672, 1269460},
    {"11650", "서초구", "Seocho-gu", 374738, 1270310},
    {"11680", "강남구", "Gangnam-gu", 374972, 1270627},
    {"11710", "송파구", "Songpa-gu", 375051, 1271153},
    {"11740", "강동구", "Gangdong-gu", 375512, 1271468},
};

}  // namespace

std::span<const DistrictFact> seoul_district_facts() {
  return seoul_facts;
}

const DistrictFact* find_district_fact(std::string_view code) {
  const auto* found =
      std::find_if(std::begin(seoul_facts), std::end(seoul_facts), [&](const auto& fact) { return fact.code == code; });
  return found == std::end(seoul_facts) ? nullptr : found;
}

Text name_of_district(std::string_view code) {
  const DistrictFact* fact = find_district_fact(code);
  if (fact == nullptr) return {std::string(code), std::string(code)};
  return {fmt::format("{} ({})", fact->en, code), fmt::format("{}({})", fact->ko, code)};
}

}  // namespace hanjari

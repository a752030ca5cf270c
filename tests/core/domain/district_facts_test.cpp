// The districts of Korea as facts, and the one that an address names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "hanjari/base/text.h"
#include "hanjari/domain/district_facts.h"

namespace hanjari {
namespace {

using ::testing::IsEmpty;

// The code of the one district that an address names; "several", "province" or "none" otherwise.
std::string code_named_by(const std::string& address) {
  const NamedDistrict named = find_named_district(read_address_words(address));
  if (named.candidates.size() == 1) return std::string(named.candidates.front()->code);
  if (named.candidates.size() > 1) return "several";
  return named.provinces.empty() ? "none" : "province";
}

TEST(DistrictFacts, AreAllOfKoreaByCode) {
  const auto facts = district_facts();
  EXPECT_TRUE(std::is_sorted(facts.begin(), facts.end(), [](const auto& a, const auto& b) { return a.code < b.code; }));
  std::set<std::string_view> codes;
  std::map<std::string, int> of_province;
  for (const DistrictFact& fact : facts) {
    EXPECT_TRUE(codes.insert(fact.code).second) << fact.code;
    EXPECT_EQ(fact.code.size(), 5U);
    EXPECT_EQ(fact.code.find_first_not_of("0123456789"), std::string_view::npos) << fact.code;
    ++of_province[std::string(fact.code.substr(0, 2))];
  }
  // As counted by hand from the list of municipalities, with the districts of cities and those set up in 2026.
  const std::map<std::string, int> expected{{"11", 25}, {"26", 16}, {"27", 9},  {"28", 14}, {"29", 5},  {"30", 5},
                                            {"31", 5},  {"36", 1},  {"41", 55}, {"43", 15}, {"44", 17}, {"46", 22},
                                            {"47", 24}, {"48", 23}, {"50", 2},  {"51", 18}, {"52", 16}};
  EXPECT_EQ(of_province, expected);
  EXPECT_EQ(seoul_district_facts().size(), 25U);
  for (const DistrictFact& fact : seoul_district_facts()) EXPECT_TRUE(fact.code.starts_with("11")) << fact.code;
}

TEST(DistrictFacts, LieInTheirProvincesAndAreNamedInNormalForm) {
  std::set<std::string> names;
  for (const DistrictFact& fact : district_facts()) {
    EXPECT_TRUE(province_of(fact).may_hold(fact.centre())) << fact.code;
    EXPECT_GT(fact.lat_e4, 330000) << fact.code;
    EXPECT_LT(fact.lat_e4, 387000) << fact.code;
    EXPECT_GT(fact.lon_e4, 1246000) << fact.code;
    EXPECT_LT(fact.lon_e4, 1319000) << fact.code;
    EXPECT_EQ(normalize_nfc(fact.ko), fact.ko) << fact.code;
    const bool ranked = fact.ko.ends_with("시") || fact.ko.ends_with("군") || fact.ko.ends_with("구");
    EXPECT_TRUE(ranked) << fact.ko;
    EXPECT_TRUE(fact.en.front() >= 'A' && fact.en.front() <= 'Z') << fact.en;
    EXPECT_TRUE(names.insert(name_of(fact).ko).second) << name_of(fact).ko << " names two districts";
  }
}

TEST(DistrictFacts, OfACityLieNearIt) {
  int districts = 0;
  for (const DistrictFact& fact : district_facts()) {
    const std::size_t blank = fact.ko.find(' ');
    if (blank == std::string_view::npos) continue;
    ++districts;
    const DistrictFact* city = find_district_fact(std::string(fact.code.substr(0, 4)) + "0");
    ASSERT_NE(city, nullptr) << fact.code;
    EXPECT_EQ(city->ko, fact.ko.substr(0, blank));
    EXPECT_TRUE(is_one_place(*city, fact));
    EXPECT_LT(haversine_m(city->centre(), fact.centre()), 25'000) << fact.ko;
  }
  EXPECT_EQ(districts, 39);
}

// The same districts by points of another source: offices of the municipalities.
TEST(DistrictFacts, LieWhereTheirOfficesAre) {
  const std::pair<const char*, Point> offices[] = {
      {"26110", {35.1063, 129.0324}}, {"27110", {35.8693, 128.6062}}, {"28177", {37.4636, 126.6503}},
      {"29140", {35.1520, 126.8901}}, {"30200", {36.3623, 127.3562}}, {"31710", {35.5223, 129.2424}},
      {"36110", {36.4800, 127.2890}}, {"41610", {37.4294, 127.2550}}, {"43130", {36.9910, 127.9260}},
      {"44270", {36.8898, 126.6459}}, {"46150", {34.9506, 127.4872}}, {"47130", {35.8562, 129.2247}},
      {"48820", {34.9731, 128.3222}}, {"50110", {33.4996, 126.5312}}, {"51820", {38.3806, 128.4678}},
      {"52130", {35.9677, 126.7366}}};
  for (const auto& [code, at] : offices) {
    ASSERT_NE(find_district_fact(code), nullptr) << code;
    EXPECT_LT(haversine_m(find_district_fact(code)->centre(), at), 15'000) << code;
  }
}

TEST(DistrictFacts, AreKnownByCodesOfBeforeAReform) {
  const std::pair<const char*, const char*> codes[] = {{"42110", "춘천시"}, {"51110", "춘천시"}, {"45111", "전주시 완산구"},
                                                       {"47720", "군위군"}, {"28170", "미추홀구"}, {"12210", "동구"},
                                                       {"12910", ""},       {"42999", ""},         {"1111", ""}};
  for (const auto& [code, ko] : codes) {
    const DistrictFact* fact = find_district_fact(code);
    EXPECT_EQ(fact == nullptr ? "" : fact->ko, ko) << code;
  }
  EXPECT_EQ(name_of_district("11110").en, "Jongno-gu (11110)");
  EXPECT_EQ(name_of_district("26110").ko, "부산 중구(26110)");
  EXPECT_EQ(name_of_district("41111").en, "Jangan-gu, Suwon-si, Gyeonggi-do (41111)");
  EXPECT_EQ(name_of_district("36110").ko, "세종특별자치시(36110)");
  EXPECT_EQ(name_of_district("99999").ko, "99999");
}

TEST(NamedDistricts, NeedTheProvinceWhereSeveralHaveTheName) {
  const std::pair<const char*, const char*> addresses[] = {
      {"부산 중구 중앙대로 2", "26110"},         {"부산광역시 중구", "26110"},
      {"서울 중구 세종대로 110", "11140"},       {"중구 세종대로 110", "several"},
      {"서구 1", "several"},                     {"동구 1", "several"},
      {"남구 1", "several"},                     {"북구 1", "several"},
      {"강서구 1", "several"},                   {"부산 강서구 1", "26440"},
      {"고성군 고성읍", "several"},              {"강원 고성군 간성읍", "51820"},
      {"경상남도 고성군 고성읍", "48820"},       {"종로구 자하문로 1", "11110"},
      {"부산 종로구 1", "province"},             {"자하문로 1 중구청 앞", "none"},
      {"광주시 오포읍", "several"},              {"경기 광주시 오포읍", "41610"},
      {"경기도 광주 오포읍", "41610"},           {"광주 북구 용봉동", "29170"},
      {"광주시 북구 용봉동", "29170"},           {"광주광역시 광산구", "29200"},
      {"전남광주통합특별시 목포시", "46110"},    {"전남광주통합특별시 동구", "29110"},
      {"전남광주 목포시 용당동", "46110"}};
  for (const auto& [address, code] : addresses) EXPECT_EQ(code_named_by(address), code) << address;
}

TEST(NamedDistricts, AreFoundByOldNamesAndInEverySpelling) {
  const std::pair<const char*, const char*> addresses[] = {
      {"인천 남구 주안동", "28177"},             {"인천광역시 미추홀구", "28177"},
      {"경북 군위군 군위읍", "27720"},           {"대구 군위군", "27720"},
      {"충남 연기군 조치원읍", "36110"},
      {"강원도 춘천시", "51110"},                {"강원특별자치도 춘천시", "51110"},
      {"전라북도 전주시 덕진구", "52113"},       {"전북특별자치도 전주시", "52110"},
      {"세종시 조치원읍", "36110"},              {"세종특별자치시조치원읍 1", "36110"},
      {"제주 서귀포시", "50130"},                {"제주시 노형동", "50110"},
      {"경기 수원시 장안구", "41111"},           {"경기 수원 장안구", "41111"},
      {"수원시장안구 1", "41111"},               {"성남 분당구 정자동", "41135"},
      {"분당구 정자동", "41135"},                {"경기 화성시 동탄구", "41597"},
      {"인천 검단구 1", "28290"},                {"(06236) 서울특별시 강남구", "11680"},
      {"06236 강남구 테헤란로 1", "11680"},      {"대한민국 서울 강남구", "11680"},
      {"서울특별시종로구 자하문로 1", "11110"},  {"1, Jong-ro, Jongno-gu, Seoul", "11110"},
      {"Jangan-gu, Suwon-si, Gyeonggi-do", "41111"}, {"Jung-gu, Busan, Republic of Korea", "26110"},
      {"Seoul Jongno-gu Jahamun-ro 1", "11110"}, {"Gyeonggi-do Suwon-si Jangan-gu", "41111"},
      {"Jung-gu 1", "several"},                  {"Jongno-gu 1", "11110"},
      {"전남 순천 조례동", "46150"},             {"경북 포항시 남구 효자동", "47111"},
      // Nothing was found of these: cities that were joined, and what people leave out.
      {"제주도 북제주군 애월읍", "50110"},       {"북제주군 애월읍", "50110"},
      {"남제주군 대정읍", "50130"},              {"경남 마산시 합포구 1", "48125"},
      {"마산시 회원구 1", "48127"},              {"경남 마산 합포구 1", "48125"},
      {"경남 진해시 1", "48129"},                {"경남 진해 1", "48129"},
      {"경남 창원 1", "48120"},                  {"경남 마산 1", "48120"},
      {"전남 여천군 1", "46130"},                {"전남 여천시 1", "46130"},
      {"연기군 조치원읍", "36110"},              {"부산시 진구 부전동", "26230"},
      {"부산진구 부전동", "26230"},              {"서울 강남 테헤란로 1", "11680"},
      {"서울시 영등포 1", "11560"},              {"서울특별시강남구역삼동 1", "11680"},
      {"서울시강남구역삼동 1", "11680"},         {"서울강남구역삼동", "11680"},
      {"경기도수원시장안구정자동 1", "41111"},   {"경기광주시오포읍", "41610"}};
  for (const auto& [address, code] : addresses) EXPECT_EQ(code_named_by(address), code) << address;
  EXPECT_THAT(find_named_district(read_address_words("")).candidates, IsEmpty());
  EXPECT_THAT(find_named_district(read_address_words(" , ()")).candidates, IsEmpty());
}

// Every district is found again by the address that its own names make, and by no other's.
TEST(NamedDistricts, AreFoundBehindEveryNameOfTheirProvince) {
  for (const DistrictFact& fact : district_facts()) {
    const ProvinceFact& province = province_of(fact);
    if (province.code == "36") continue;
    for (const std::string_view name : {province.ko, province.short_ko})
      EXPECT_EQ(code_named_by(std::string(name) + " " + std::string(fact.ko) + " 1"), fact.code) << name << fact.ko;
    EXPECT_EQ(code_named_by(std::string(fact.en) + ", " + std::string(province.en)), fact.code) << fact.en;
  }
}

std::string other_name_in(const std::string& address) {
  return find_named_district(read_address_words(address)).other;
}

// Red when the first or the last of the two was taken without a word.
TEST(NamedDistricts, AreToldBesideAnotherPlaceOfTheSameAddress) {
  const std::pair<const char*, const char*> addresses[] = {{"강남구 서초구", "서초구"},
                                                           {"서울 강남구 서초구", "서초구"},
                                                           {"서울특별시 종로구, 부산 해운대구", "해운대구"},
                                                           {"경기도 고양시 서울 종로구", "종로구"},
                                                           {"평택시 서울특별시 종로구", "평택시"},
                                                           {"경기 성남시 분당구 판교역로 4, 서울 중구", "중구"},
                                                           {"Seoul Jongno-gu Jung-gu", "jung-gu"},
                                                           {"서울 강남구 해운대구", "해운대구"}};
  for (const auto& [address, other] : addresses) EXPECT_EQ(other_name_in(address), other) << address;
  const auto facts = district_facts();
  for (std::size_t at = 0; at < facts.size(); ++at) {
    const DistrictFact& one = facts[at];
    const DistrictFact& two = facts[(at * 37 + 11) % facts.size()];
    if (is_one_place(one, two) || one.code.starts_with("36") || two.code.starts_with("36")) continue;
    const std::string address = std::string(province_of(one).ko) + " " + std::string(one.ko) + " " +
                                std::string(province_of(two).ko) + " " + std::string(two.ko) + " 1";
    EXPECT_FALSE(other_name_in(address).empty()) << address;
  }
}

TEST(NamedDistricts, AreAloneInSoundAddresses) {
  for (const char* address :
       {"서울 중구 세종대로 110", "부산 중구 중앙대로 2", "수원시 영통구", "경기 성남시 분당구 판교역로 4",
        "대구 중구 동성로 1", "서울 강서구 강서로 1", "서울 강남구 강남대로 396", "인천 미추홀구 (남구) 주안동",
        "인천 제물포구 (동구) 송현동", "경남 부산시 동래구 1", "경북 대구시 동구 1", "경북 군위군 (대구 군위군) 1",
        "광주시 북구 용봉동", "Jangan-gu, Suwon-si, Gyeonggi-do", "Nam-gu, Pohang-si, Gyeongsangbuk-do",
        "Jung-gu, Busan, Republic of Korea", "서울 중구 서울로 7 (부산빌딩)", "부산 기장군 (구 경남 양산시) 정관읍",
        "제주시 노형동", "전남 순천 조례동", "강원 동해시 (강원 명주군) 묵호동", "서울특별시종로구 자하문로 1"})
    EXPECT_EQ(other_name_in(address), "") << address;
  const char* streets[] = {" 중앙대로 2",  " 세종대로 110",           " 강서로 1",        " 동성로 1",      " 남구로 1",
                           " 서울로 7",    " 강남대로 3 (강남빌딩)", " 1 (중구청 앞)", " 부산빌딩 301호", " 광주로 5, 서울아파트"};
  for (const DistrictFact& fact : district_facts()) {
    const ProvinceFact& province = province_of(fact);
    if (province.code == "36") continue;
    for (const std::string_view name : {province.ko, province.short_ko}) {
      for (const char* street : streets) {
        const std::string address = std::string(name) + " " + std::string(fact.ko) + street;
        EXPECT_EQ(other_name_in(address), "") << address;
        EXPECT_EQ(code_named_by(address), fact.code) << address;
      }
    }
    EXPECT_EQ(other_name_in(std::string(fact.en) + ", " + std::string(province.en)), "") << fact.en;
  }
}

// Red while only codes were read where people type districts: 종로구 was a district of its own that nobody else meant.
TEST(TypedDistrict, IsTheCodeOfTheOneThatIsNamed) {
  EXPECT_EQ(read_typed_district("11110").code, "11110");
  EXPECT_EQ(read_typed_district(" １１１１０\u200b").code, "11110");
  EXPECT_EQ(read_typed_district("1111000000").code, "11110") << "as registers write it";
  EXPECT_EQ(read_typed_district("1111010100").code, "11110") << "of a part of it";
  EXPECT_EQ(read_typed_district("9999900000").code, "9999900000") << "a code of the office's own";
  EXPECT_EQ(read_typed_district("종로구").code, "11110");
  EXPECT_EQ(read_typed_district("서울 종로구").code, "11110");
  EXPECT_EQ(read_typed_district("부산 중구").code, "26110");
  EXPECT_EQ(read_typed_district("new_town-1").code, "new_town-1") << "a code of the office's own";
  EXPECT_EQ(read_typed_district("없는구").code, "없는구");
  EXPECT_EQ(read_typed_district("").code, "");
  for (const char* one : {"11110", "종로구", "부산 중구", "없는구"}) EXPECT_THAT(read_typed_district(one).candidates, IsEmpty()) << one;
}

// Red while everything in plain letters was a code: officers of Jongno-gu had no schools.
TEST(TypedDistrict, IsReadInEnglishAndWithItsCodeBesideIt) {
  for (const char* typed : {"Jongno-gu", "jongno-gu", "JONGNO-GU", " Jongno-gu ", "Ｊongno-gu", "Jongno gu", "Jongno-gu, Seoul", "Seoul Jongno-gu",
                            "Jongno-gu (11110)", "종로구(11110)", "서울특별시 종로구", "서울종로구", "종로구\u200b"}) {
    const TypedDistrict read = read_typed_district(typed);
    EXPECT_EQ(read.code, "11110") << typed;
    EXPECT_TRUE(read.name_alone) << typed;
  }
  EXPECT_EQ(read_typed_district("Jung-gu, Busan").code, "26110");
  EXPECT_EQ(read_typed_district("중구(26110)").code, "26110") << "the code says which one";
  EXPECT_EQ(read_typed_district("Jangan-gu, Suwon-si").code, "41111");
  EXPECT_GT(read_typed_district("Jung-gu").candidates.size(), 1U);
  for (const char* own : {"gu", "GN-1", "north", "D-gu1", "종로구(26110)"}) {
    EXPECT_EQ(read_typed_district(own).code, own) << "a code of the office's own, or two districts";
    EXPECT_FALSE(read_typed_district(own).name_alone) << own;
  }
  EXPECT_FALSE(read_typed_district("종로구 1").name_alone) << "an office may number parts of a district";
}

TEST(TypedDistrict, LooksLikeANameByItsRank) {
  for (const char* name : {"Jongro-gu", "종노구", "없는시", "Jongro gu", "Jongro-gu, Seoul"}) EXPECT_TRUE(looks_like_district_name(name)) << name;
  for (const char* code : {"11110", "north", "GN-1", "서울특별시", "", "구", "gu"}) EXPECT_FALSE(looks_like_district_name(code)) << code;
}

TEST(TypedDistrict, IsNotGuessedWhereSeveralHaveTheName) {
  const TypedDistrict several = read_typed_district("중구");
  EXPECT_GT(several.candidates.size(), 1U);
  EXPECT_THAT(tell_several_districts(several).en, ::testing::HasSubstr("Jung-gu, Busan (26110)"));
  EXPECT_THAT(tell_several_districts(several).ko, ::testing::StartsWith("중구는 여러 곳의 이름입니다("));
}

}  // namespace
}  // namespace hanjari

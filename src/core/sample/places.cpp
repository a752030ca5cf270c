#include "sample/places.h"

#include <vector>

#include "hanjari/domain/district_facts.h"

namespace hanjari::sample {
namespace {

constexpr std::string_view seoul = "서울특별시";
constexpr std::string_view incheon = "인천광역시";
constexpr std::string_view gyeonggi = "경기도";
constexpr std::string_view gangwon = "강원도";
constexpr std::string_view chungbuk = "충청북도";
constexpr std::string_view chungnam = "충청남도";
constexpr std::string_view jeonbuk = "전라북도";
constexpr std::string_view jeonnam = "전라남도";
constexpr std::string_view gyeongbuk = "경상북도";
constexpr std::string_view gyeongnam = "경상남도";

// How many live in each district of Seoul, in the order of the facts, and how far they lie apart.
struct Living {
  std::int32_t thousands;
  std::int32_t spread_m;
};
constexpr Living seoul_living[] = {
    {155, 1500}, {132, 1100}, {241, 1500}, {296, 1400}, {355, 1400}, {352, 1300}, {395, 1400}, {443, 1700},
    {306, 1500}, {322, 1500}, {520, 2000}, {479, 1800}, {318, 1400}, {380, 1700}, {454, 1400}, {583, 2200},
    {425, 1600}, {245, 1200}, {402, 1600}, {397, 1400}, {503, 1700}, {422, 2100}, {536, 2000}, {664, 1900},
    {469, 1600},
};

constexpr Place around[] = {
    {"28140", incheon, "동구", "Dong-gu", 374740, 1266430, 62, 700},
    {"28177", incheon, "미추홀구", "Michuhol-gu", 374630, 1266500, 405, 1500},
    {"28185", incheon, "연수구", "Yeonsu-gu", 374100, 1266780, 390, 2000},
    {"28200", incheon, "남동구", "Namdong-gu", 374470, 1267310, 520, 2100},
    {"28237", incheon, "부평구", "Bupyeong-gu", 375070, 1267220, 490, 1600},
    {"28245", incheon, "계양구", "Gyeyang-gu", 375370, 1267370, 297, 1700},
    {"28260", incheon, "서구", "Seo-gu", 375450, 1266760, 545, 2500},
    {"41110", gyeonggi, "수원시", "Suwon", 372636, 1270286, 1190, 3500},
    {"41130", gyeonggi, "성남시", "Seongnam", 374200, 1271265, 930, 3300},
    {"41150", gyeonggi, "의정부시", "Uijeongbu", 377381, 1270337, 463, 2200},
    {"41170", gyeonggi, "안양시", "Anyang", 373943, 1269568, 548, 2300},
    {"41190", gyeonggi, "부천시", "Bucheon", 375034, 1267660, 812, 2500},
    {"41210", gyeonggi, "광명시", "Gwangmyeong", 374786, 1268646, 297, 1500},
    {"41220", gyeonggi, "평택시", "Pyeongtaek", 369921, 1271127, 550, 4500},
    {"41250", gyeonggi, "동두천시", "Dongducheon", 379036, 1270606, 94, 1500},
    {"41270", gyeonggi, "안산시", "Ansan", 373219, 1268309, 654, 3000},
    {"41280", gyeonggi, "고양시", "Goyang", 376584, 1268320, 1080, 3800},
    {"41290", gyeonggi, "과천시", "Gwacheon", 374292, 1269877, 67, 900},
    {"41310", gyeonggi, "구리시", "Guri", 375943, 1271296, 195, 1300},
    {"41360", gyeonggi, "남양주시", "Namyangju", 376360, 1272165, 722, 4500},
    {"41370", gyeonggi, "오산시", "Osan", 371499, 1270772, 229, 1600},
    {"41390", gyeonggi, "시흥시", "Siheung", 373800, 1268029, 505, 3000},
    {"41410", gyeonggi, "군포시", "Gunpo", 373616, 1269352, 273, 1500},
    {"41430", gyeonggi, "의왕시", "Uiwang", 373449, 1269683, 163, 1600},
    {"41450", gyeonggi, "하남시", "Hanam", 375393, 1272149, 300, 1900},
    {"41460", gyeonggi, "용인시", "Yongin", 372411, 1271776, 1075, 4800},
    {"41480", gyeonggi, "파주시", "Paju", 377599, 1267799, 477, 4500},
    {"41550", gyeonggi, "안성시", "Anseong", 370080, 1272798, 188, 3500},
    {"41570", gyeonggi, "김포시", "Gimpo", 376153, 1267156, 480, 3500},
    {"41590", gyeonggi, "화성시", "Hwaseong", 371995, 1268312, 880, 6000},
    {"41610", gyeonggi, "광주시", "Gwangju (Gyeonggi)", 374294, 1272551, 385, 3200},
    {"41630", gyeonggi, "양주시", "Yangju", 377853, 1270458, 236, 3500},
    {"41650", gyeonggi, "포천시", "Pocheon", 378949, 1272003, 148, 4500},
    {"41500", gyeonggi, "이천시", "Icheon", 372723, 1274350, 223, 3200},
};

constexpr Place beyond[] = {
    {"26000", "부산광역시", "부산", "Busan", 351796, 1290756, 3360, 7000},
    {"27000", "대구광역시", "대구", "Daegu", 358714, 1286014, 2390, 6000},
    {"29000", "광주광역시", "광주", "Gwangju", 351595, 1268526, 1440, 5000},
    {"30000", "대전광역시", "대전", "Daejeon", 363504, 1273845, 1450, 5000},
    {"31000", "울산광역시", "울산", "Ulsan", 355384, 1293114, 1125, 5500},
    {"36110", "세종특별자치시", "세종", "Sejong", 364800, 1272890, 365, 3500},
    {"42110", gangwon, "춘천시", "Chuncheon", 378813, 1277298, 284, 3000},
    {"42130", gangwon, "원주시", "Wonju", 373422, 1279202, 357, 3200},
    {"42150", gangwon, "강릉시", "Gangneung", 377519, 1288761, 213, 2800},
    {"43110", chungbuk, "청주시", "Cheongju", 366424, 1274890, 848, 5000},
    {"43130", chungbuk, "충주시", "Chungju", 369910, 1279259, 209, 3200},
    {"44130", chungnam, "천안시", "Cheonan", 368151, 1271139, 658, 4500},
    {"44200", chungnam, "아산시", "Asan", 367898, 1270019, 320, 3800},
    {"44210", chungnam, "서산시", "Seosan", 367848, 1264503, 176, 3000},
    {"45110", jeonbuk, "전주시", "Jeonju", 358242, 1271480, 657, 3500},
    {"45130", jeonbuk, "군산시", "Gunsan", 359677, 1267366, 266, 3000},
    {"45140", jeonbuk, "익산시", "Iksan", 359483, 1269576, 279, 3200},
    {"46110", jeonnam, "목포시", "Mokpo", 348118, 1263922, 220, 2000},
    {"46130", jeonnam, "여수시", "Yeosu", 347604, 1276622, 277, 3200},
    {"46150", jeonnam, "순천시", "Suncheon", 349506, 1274872, 281, 3000},
    {"47110", gyeongbuk, "포항시", "Pohang", 360190, 1293435, 503, 4200},
    {"47130", gyeongbuk, "경주시", "Gyeongju", 358562, 1292247, 252, 3600},
    {"47170", gyeongbuk, "안동시", "Andong", 365684, 1287294, 157, 2800},
    {"47190", gyeongbuk, "구미시", "Gumi", 361195, 1283446, 412, 3600},
    {"48120", gyeongnam, "창원시", "Changwon", 352279, 1286811, 1033, 5500},
    {"48170", gyeongnam, "진주시", "Jinju", 351800, 1281076, 347, 3200},
    {"48250", gyeongnam, "김해시", "Gimhae", 352285, 1288894, 538, 3800},
    {"48310", gyeongnam, "거제시", "Geoje", 348806, 1286211, 241, 2800},
    {"50110", "제주특별자치도", "제주시", "Jeju", 334996, 1265312, 493, 4200},
    {"50130", "제주특별자치도", "서귀포시", "Seogwipo", 332541, 1265601, 183, 3200},
};

}  // namespace

std::span<const Place> seoul_districts() {
  static const std::vector<Place> districts = [] {
    std::vector<Place> places;
    for (std::size_t at = 0; at < std::size(seoul_living); ++at) {
      const DistrictFact& fact = seoul_district_facts()[at];
      places.push_back({fact.code, seoul, fact.ko, fact.en, fact.lat_e4, fact.lon_e4, seoul_living[at].thousands,
                        seoul_living[at].spread_m});
    }
    return places;
  }();
  return districts;
}
std::span<const Place> capital_region() {
  return around;
}
std::span<const Place> other_cities() {
  return beyond;
}

}  // namespace hanjari::sample

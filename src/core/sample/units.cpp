#include "sample/units.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "sample/places.h"

namespace hanjari::sample {
namespace {

// Series with the posts of the first Seoul exam of 2021; how many applied to each is our estimate, since only the
// total was published.
struct Founding {
  std::string_view code;
  std::string_view ko;
  std::string_view en;
  QuotaGroup group;
  int grade;
  int posts;
  int minutes;
  std::int64_t applicants;
  int female_percent;
};

constexpr auto general = QuotaGroup::general;

constexpr Founding founding[founding_units] = {
    {"010", "일반행정", "General administration", general, 9, 1156, 100, 16497, 58},
    {"011", "일반행정", "General administration", QuotaGroup::disabled, 9, 70, 100, 210, 38},
    {"012", "일반행정", "General administration", QuotaGroup::low_income, 9, 136, 100, 538, 57},
    {"020", "지방세", "Local tax", general, 9, 100, 100, 2111, 57},
    {"030", "전산", "Computing", general, 9, 21, 100, 599, 41},
    {"040", "사회복지", "Social welfare", general, 9, 476, 100, 2787, 78},
    {"050", "방호", "Security guard", general, 9, 38, 100, 1138, 9},
    {"060", "속기", "Stenography", general, 9, 1, 100, 59, 91},
    {"070", "일반기계", "Mechanics", general, 9, 80, 100, 552, 8},
    {"080", "일반전기", "Electricity", general, 9, 70, 100, 448, 7},
    {"090", "일반화공", "Chemical engineering", general, 9, 24, 100, 311, 42},
    {"100", "일반농업", "Agriculture", general, 9, 6, 100, 104, 45},
    {"110", "산림자원", "Forest resources", general, 9, 17, 100, 177, 31},
    {"120", "조경", "Landscape", general, 9, 17, 100, 238, 60},
    {"130", "보건", "Public health", general, 9, 59, 100, 970, 81},
    {"140", "일반환경", "Environment", general, 9, 23, 100, 298, 50},
    {"150", "일반토목", "Civil engineering", general, 9, 178, 100, 627, 19},
    {"160", "건축", "Architecture", general, 9, 124, 100, 674, 44},
    {"170", "방재안전", "Disaster safety", general, 9, 9, 100, 58, 33},
    {"180", "통신기술", "Communications", general, 9, 60, 100, 401, 18},
    {"190", "시설관리", "Facility management", general, 9, 12, 100, 297, 8},
    {"200", "기계시설", "Mechanical facilities", general, 9, 84, 100, 448, 4},
    {"210", "전기시설", "Electrical facilities", general, 9, 49, 100, 267, 4},
    {"220", "간호", "Nursing", general, 8, 292, 60, 4106, 92},
    {"230", "의료기술", "Medical technology", general, 9, 13, 60, 253, 64},
    {"240", "운전", "Driving", general, 9, 60, 60, 1184, 5},
    {"250", "운전", "Driving", QuotaGroup::veterans_referral, 9, 45, 60, 176, 3},
    {"260", "시설관리", "Facility management", QuotaGroup::high_school_leaver, 9, 68, 60, 581, 12},
};

// Who appoints: the city or the nation itself, then its parts.
struct Body {
  std::string ko;
  std::string en;
  std::int64_t weight;
};

std::vector<Body> bodies_of(Area area) {
  std::vector<Body> bodies{{"", "", 1000}};
  if (area == Area::seoul) {
    for (const Place& district : seoul_districts())
      bodies.push_back({std::string(district.ko), std::string(district.en), district.thousands});
    return bodies;
  }
  std::map<std::string_view, std::int64_t> thousands;
  for (const auto places : {seoul_districts(), capital_region(), other_cities()})
    for (const Place& place : places) thousands[place.province] += place.thousands;
  for (const auto& [province, people] : thousands)
    bodies.push_back({std::string(province), std::string(province), people / 10});
  return bodies;
}

struct Drafted {
  Unit unit;
  std::int64_t weight = 0;
  int female_percent = 50;
  int founding_posts = 0;
};

Drafted draft(const Founding& series, const Body& body, int grade) {
  Drafted drafted;
  drafted.unit.code = UnitCode(series.code);
  drafted.unit.series_ko = body.ko.empty() ? std::string(series.ko) : fmt::format("{}({})", series.ko, body.ko);
  drafted.unit.series_en = body.en.empty() ? std::string(series.en) : fmt::format("{} ({})", series.en, body.en);
  drafted.unit.quota_group = series.group;
  drafted.unit.grade = grade;
  drafted.unit.duration_min = grade == 7 ? 140 : series.minutes;
  drafted.unit.starts_at = 10 * 60;
  drafted.unit.seated_by = 9 * 60 + 20;
  drafted.unit.subject_set = fmt::format("set-{}{}", series.code.substr(0, 2), grade == 7 ? "-7" : "");
  drafted.weight = std::max<std::int64_t>(1, series.applicants * body.weight / (grade == 7 ? 4 : 1));
  drafted.female_percent = series.female_percent;
  drafted.founding_posts = series.posts;
  return drafted;
}

std::vector<Drafted> draft_units(int count, Area area) {
  std::vector<Drafted> drafts;
  const std::vector<Body> bodies = bodies_of(area);
  for (const int grade : {9, 7}) {
    for (const Body& body : bodies) {
      for (const Founding& series : founding) drafts.push_back(draft(series, body, grade == 7 ? 7 : series.grade));
    }
  }
  if (count < founding_units) {
    drafts.resize(founding_units);
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Drafted& a, const Drafted& b) { return a.weight > b.weight; });
  }
  drafts.resize(static_cast<std::size_t>(count));
  std::stable_sort(drafts.begin(), drafts.end(),
                   [](const Drafted& a, const Drafted& b) { return a.unit.code < b.unit.code; });
  if (count > founding_units) {
    int number = 0;
    for (Drafted& drafted : drafts) drafted.unit.code = UnitCode(fmt::format("{:04}", ++number * 10));
  }
  return drafts;
}

}  // namespace

std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<std::int64_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<std::int64_t> shares;
  std::int64_t left = total;
  for (const std::int64_t weight : weights) left -= shares.emplace_back(total * weight / sum);
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return total * weights[a] % sum > total * weights[b] % sum; });
  for (std::size_t at = 0; left > 0; ++at, --left) ++shares[order[at]];
  return shares;
}

UnitPlan plan_units(int count, std::int64_t applicants, Area area) {
  const std::vector<Drafted> drafts = draft_units(count, area);
  std::vector<std::int64_t> weights;
  for (const Drafted& drafted : drafts) weights.push_back(drafted.weight);
  UnitPlan plan;
  plan.applicants = apportion(applicants, weights);
  for (std::int64_t& share : plan.applicants) {
    if (share > 0) continue;
    --*std::max_element(plan.applicants.begin(), plan.applicants.end());
    share = 1;
  }
  const bool is_founding = applicants == 36109 && count == founding_units;
  for (std::size_t at = 0; at < drafts.size(); ++at) {
    plan.units.push_back(drafts[at].unit);
    plan.units.back().posts =
        is_founding ? drafts[at].founding_posts : static_cast<int>(std::max<std::int64_t>(1, plan.applicants[at] / 11));
    plan.female_percent.push_back(drafts[at].female_percent);
  }
  return plan;
}

}  // namespace hanjari::sample

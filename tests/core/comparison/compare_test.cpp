#include "hanjari/comparison/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/random.h"
#include "hanjari/domain/travel.h"

namespace hanjari::comparison {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Two districts with a school each, 400 people at home in one or the other.
Exam two_districts() {
  Exam exam;
  exam.header.name_en = "An <exam> & more";
  exam.header.name_ko = "시험";
  exam.units.push_back({.code = UnitCode("010"), .series_ko = "일반행정", .series_en = "General"});
  for (const int venue : {0, 1}) {
    exam.venues.push_back({.code = VenueCode("V" + std::to_string(venue)),
                           .name = venue == 0 ? "West <school>" : "East school",
                           .district = exam.words.intern("D" + std::to_string(venue)),
                           .at = {37.5, 127.0 + 0.1 * venue},
                           .opening_cost = 7});
    for (int room = 1; room <= 11; ++room) {
      exam.rooms.push_back(
          {.venue = VenueIndex(static_cast<std::size_t>(venue)), .room_no = room, .row_count = 5, .column_count = 8});
    }
  }
  RandomStream random(*parse_seed("1"), "two_districts");
  for (int number = 0; number < 400; ++number) {
    Applicant applicant;
    applicant.id = ApplicantId("A" + std::to_string(1000 + number));
    applicant.unit = UnitIndex(std::size_t{0});
    applicant.district = exam.words.intern("D" + std::to_string(number % 2));
    applicant.sex = number % 4 < 2 ? Sex::male : Sex::female;
    applicant.home = {37.5 + 0.0001 * static_cast<double>(random.below(100)), 127.0 + 0.1 * (number % 2)};
    exam.applicants.push_back(applicant);
  }
  make_canonical(exam);
  return exam;
}

// Everybody at the venue that `venue_of` says, 40 to a room in order.
template <class VenueOf>
Plan plan_with(const Exam& exam, VenueOf venue_of) {
  const TravelTable travel(exam);
  Plan plan;
  std::vector<int> count(exam.venues.size(), 0);
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    const std::size_t venue = venue_of(exam.applicants[person], person);
    const int order = count[venue]++;
    Placement placement;
    placement.applicant = ApplicantIndex(person);
    placement.venue = VenueIndex(venue);
    placement.room = RoomIndex(exam.venues[venue].first_room + static_cast<std::size_t>(order / 40));
    placement.seat_no = order % 40 + 1;
    placement.travel_m = travel.between(placement.applicant, placement.venue);
    plan.placements.push_back(placement);
  }
  plan.report.status = PlanStatus::feasible;
  return plan;
}

std::size_t at_home(const Exam& exam, const Applicant& applicant) {
  return exam.words[applicant.district] == "D0" ? 0 : 1;
}

const Group& group(const PlanFigures& plan, const std::string& dimension, const std::string& name) {
  for (const Dimension& one : plan.fairness) {
    if (one.key != dimension) continue;
    for (const Group& found : one.groups) {
      if (found.name.en == name) return found;
    }
  }
  throw std::out_of_range(dimension + " " + name);
}

TEST(ComparePlans, CountsWhatAPlanUses) {
  const Exam exam = two_districts();
  const NamedPlan plans[] = {
      {"near", plan_with(exam, [&](const Applicant& applicant, std::size_t) { return at_home(exam, applicant); })}};
  const Comparison comparison = compare_plans(exam, plans);
  const PlanFigures& near = comparison.plans.at(0);
  EXPECT_EQ(near.seated, 400);
  EXPECT_EQ(near.unseated, 0);
  EXPECT_EQ(near.objective.rooms_opened, 10);
  EXPECT_EQ(near.objective.venues_opened, 2);
  EXPECT_EQ(near.objective.total, near.objective.travel_m + 2 * 7);
  EXPECT_EQ(near.rooms_spare, 12);
  EXPECT_EQ(near.venues.at(0).people, 200);
  EXPECT_EQ(near.venues.at(0).rooms_opened, 5);
  EXPECT_EQ(near.districts.at(1).rooms_spare, 6);
  EXPECT_EQ(near.detour.max, 0);
  EXPECT_TRUE(comparison.moves.empty());
}

// Red while people in a nearer venue for accommodations made the mean detour of everybody smaller than nothing.
TEST(ComparePlans, CountNoDetourBelowNothing) {
  Exam exam = two_districts();
  exam.venues[1].kind = VenueKind::accommodation;
  const NamedPlan plans[] = {
      {"near", plan_with(exam, [&](const Applicant& applicant, std::size_t) { return at_home(exam, applicant); })}};
  const PlanFigures figures = compare_plans(exam, plans).plans.at(0);
  EXPECT_EQ(figures.detour.total, 0);
  EXPECT_EQ(figures.detours.front(), 0);
  EXPECT_LT(figures.measured_detour.total, 0) << "for programs, as in report.json";
  EXPECT_EQ(group(figures, "district", "D1").mean_detour_m, 0);
  // Red while the groups of one JSON told what people are told, and their plan what is measured.
  double total = 0;
  for (const Group& one : figures.fairness.at(0).groups) total += one.measured_mean_detour_m * static_cast<double>(one.people);
  EXPECT_NEAR(total, static_cast<double>(figures.measured_detour.total), 1) << "the groups come to the plan";
  EXPECT_LE(group(figures, "district", "D1").measured_p95_detour_m, figures.measured_detour.max);
}

TEST(ComparePlans, FindsTheDistrictThatIsSentFarther) {
  const Exam exam = two_districts();
  // Everybody of D1 is sent across the city.
  const NamedPlan plans[] = {{"west", plan_with(exam, [](const Applicant&, std::size_t) { return std::size_t{0}; })}};
  const Comparison comparison = compare_plans(exam, plans);
  EXPECT_TRUE(group(comparison.plans[0], "district", "D1").farther);
  EXPECT_FALSE(group(comparison.plans[0], "district", "D0").farther);
  EXPECT_FALSE(group(comparison.plans[0], "sex", "M").farther);
  EXPECT_FALSE(group(comparison.plans[0], "sex", "F").farther);
  EXPECT_EQ(group(comparison.plans[0], "district", "D0").mean_detour_m, 0);
  EXPECT_NEAR(group(comparison.plans[0], "district", "D1").mean_detour_m, comparison.plans[0].detour.mean * 2, 1);
}

TEST(ComparePlans, CountsEverybodyOnceByTheHighestChange) {
  const Exam exam = two_districts();
  const Plan first = plan_with(exam, [&](const Applicant& applicant, std::size_t) { return at_home(exam, applicant); });
  Plan second = first;
  second.placements[0].venue = VenueIndex(std::size_t{1});
  second.placements[0].room = RoomIndex(std::size_t{21});
  second.placements[0].seat_no = 40;
  second.placements[1].room = RoomIndex(std::size_t{20});
  second.placements[1].seat_no = 40;
  second.placements[2].seat_no = 40;
  second.placements.erase(second.placements.begin() + 3);
  Plan third = second;
  const NamedPlan plans[] = {{"a", first}, {"b", second}, {"c", third}};
  const Comparison comparison = compare_plans(exam, plans);
  ASSERT_EQ(comparison.moves.size(), 3U);
  const Moves& moves = comparison.moves[0];
  EXPECT_EQ(moves.venue, 1);
  EXPECT_EQ(moves.room, 1);
  EXPECT_EQ(moves.seat, 1);
  EXPECT_EQ(moves.removed, 1);
  EXPECT_EQ(moves.added, 0);
  EXPECT_EQ(moves.unmoved, 396);
  EXPECT_EQ(comparison.moves[2].unmoved, 399);
  const NamedPlan reversed[] = {{"b", second}, {"a", first}};
  EXPECT_EQ(compare_plans(exam, reversed).moves[0].added, 1);
  EXPECT_EQ(comparison.plans[1].unseated, 1);
}

TEST(ComparePlans, MeasuresPlansOfDifferentPackagesEachByItsOwn) {
  const Exam before = two_districts();
  // A venue in front of the others, so that positions differ, nobody of the first five, and somebody new.
  Exam after = before;
  after.applicants.erase(after.applicants.begin(), after.applicants.begin() + 5);
  Applicant late = after.applicants.back();
  late.id = ApplicantId("A9999");
  after.applicants.push_back(late);
  after.venues.push_back({.code = VenueCode("U0"),
                          .name = "North school",
                          .district = after.words.intern("D2"),
                          .at = {37.6, 127.05}});
  after.rooms.push_back({.venue = VenueIndex(std::size_t{2}), .room_no = 1, .row_count = 5, .column_count = 8});
  make_canonical(after);
  const auto venue_at_home = [](const Exam& exam) {
    return [&exam](const Applicant& applicant, std::size_t) {
      const std::string home = exam.words[applicant.district] == "D0" ? "V0" : "V1";
      return std::size_t{exam.find(VenueCode(home)).value};
    };
  };
  const NamedPlan plans[] = {{"before", plan_with(before, venue_at_home(before))},
                             {"after", plan_with(after, venue_at_home(after)), &after}};
  const Comparison comparison = compare_plans(before, plans);
  const Moves& moves = comparison.moves.at(0);
  EXPECT_EQ(moves.removed, 5);
  EXPECT_EQ(moves.added, 1);
  EXPECT_EQ(moves.venue, 0) << "the same schools at other positions";
  EXPECT_EQ(moves.room + moves.seat + moves.unmoved, 395);
  EXPECT_EQ(comparison.plans[0].unseated, 0);
  EXPECT_EQ(comparison.plans[1].seated, 396);
  EXPECT_EQ(comparison.plans[1].unseated, 0);
  EXPECT_EQ(comparison.plans[1].rooms_spare, 23 - comparison.plans[1].objective.rooms_opened);
  const std::string page = render_comparison_html(before, comparison, Language::english);
  EXPECT_THAT(page, HasSubstr("U0 North school"));
  EXPECT_THAT(page, HasSubstr("V1 East school"));
}

TEST(ComparePlans, TakesAPlanOfNobody) {
  const Exam exam = two_districts();
  const NamedPlan plans[] = {{"nobody", Plan{}}, {"nothing", Plan{}}};
  const Comparison comparison = compare_plans(exam, plans);
  EXPECT_EQ(comparison.plans[0].unseated, 400);
  EXPECT_EQ(comparison.plans[0].rooms_spare, 22);
  EXPECT_THAT(render_comparison_html(exam, comparison, Language::korean), HasSubstr("</html>"));
}

TEST(ComparisonPage, ShowsTextsAsTextAndLoadsNothing) {
  const Exam exam = two_districts();
  const NamedPlan plans[] = {
      {"<b>plan</b>", plan_with(exam, [](const Applicant&, std::size_t person) { return person % 2; })}};
  const Comparison comparison = compare_plans(exam, plans);
  for (const Language language : {Language::english, Language::korean}) {
    const std::string page = render_comparison_html(exam, comparison, language);
    EXPECT_THAT(page, HasSubstr("West &lt;school&gt;"));
    EXPECT_THAT(page, HasSubstr("&lt;b&gt;plan&lt;/b&gt;"));
    EXPECT_THAT(page, Not(HasSubstr("<b>plan")));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("src=")));
    EXPECT_THAT(page, Not(HasSubstr("href=")));
  }
}

}  // namespace
}  // namespace hanjari::comparison

// Duties changed by hand: what is carried out, what is refused, and that everything can be taken back.
#include "hanjari/staffing/desk.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/staffing/staff.h"
#include "hanjari/verification/verify_duties.h"
#include "staffing/many_venues.h"

namespace hanjari::staffing {
namespace {

const Signature signature{"김담당", "병가", "2026-11-29T00:00:00Z"};

PlanRows rows_of(const Exam& exam, const Plan& plan) {
  PlanRows rows;
  for (const Placement& placed : plan.placements) {
    rows.placements.push_back({exam[placed.applicant].id, {}, {}, exam[placed.venue].code, exam[placed.room].room_no});
  }
  return rows;
}

// Everything that the three files say.
std::string text_of(const DutyRows& rows) {
  std::string text = package::render_duty_report(rows.report);
  for (const DutyRow& row : rows.duties)
    text += fmt::format("{} {} {} {} {}\n", row.venue_code.text(), row.room_no, spell(row.role),
                        row.invigilator_id.text(), row.travel_m);
  for (const UnfilledDutyRow& row : rows.unfilled)
    text += fmt::format("free {} {} {} {}\n", row.venue_code.text(), row.room_no, spell(row.role), spell(row.reason));
  return text;
}

// Wishes as they come: sensible ones, unlawful ones, impossible ones.
class Wishes {
 public:
  Wishes(const SmallCase& of, std::uint64_t seed) : of_(of), places_(places_of(of)), draws_(seed) {}

  DutyEdit draw() {
    DutyEdit edit;
    edit.person = somebody();
    const std::size_t lot = below(12);
    if (lot < 6) {
      const Place& place = places_[below(places_.size())];
      edit.place = {of_.exam[place.venue].code, place.room_no, place.role};
    } else if (lot < 9) {
      edit.kind = DutyEditKind::swap;
      edit.with = somebody();
    } else {
      edit.kind = lot == 9 ? DutyEditKind::take_off : lot == 10 ? DutyEditKind::unlock : DutyEditKind::lock;
    }
    return edit;
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(draws_() % count); }
  InvigilatorId somebody() { return of_.staff.people[below(of_.staff.people.size())].id; }

  const SmallCase& of_;
  std::vector<Place> places_;
  std::mt19937_64 draws_;
};

bool try_to(DutyDesk& desk, const DutyEdit& edit) {
  try {
    desk.apply({edit}, signature);
    return true;
  } catch (const InvalidInput&) {
    return false;
  }
}

TEST(DutyDesk, TakesTwoHundredEditsBackToTheSameState) {
  const SmallCase of = draw_case_of_many_venues(0, false);
  const DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
  DutyDesk desk(of.exam, of.plan, of.staff, made.duties, {"", made.report, {}});
  EXPECT_EQ(text_of(desk.rows()), text_of(made));
  Wishes wishes(of, 7);
  std::vector<std::string> states = {text_of(made)};
  int refused = 0;
  while (states.size() <= 200) {
    if (try_to(desk, wishes.draw())) {
      states.push_back(text_of(desk.rows()));
    } else {
      ++refused;
      ASSERT_EQ(text_of(desk.rows()), states.back());
    }
  }
  EXPECT_GT(refused, 20);
  EXPECT_EQ(desk.history().steps.size(), 200U);
  // A desk that is opened in the middle goes on where the other one was left.
  DutyDesk later(of.exam, of.plan, of.staff, desk.rows().duties, desk.history());
  EXPECT_EQ(text_of(later.rows()), states.back());
  for (std::size_t step = 200; step > 0; --step) {
    later.apply({{.kind = DutyEditKind::undo}}, signature);
    ASSERT_EQ(text_of(later.rows()), states[step - 1]) << "after undoing step " << step;
  }
  EXPECT_FALSE(try_to(later, {.kind = DutyEditKind::undo}));
  EXPECT_EQ(later.history().steps.size(), 400U);
  for (const Invigilator& person : of.staff.people) EXPECT_FALSE(later.is_locked(person.id));
}

TEST(DutyDesk, ReportsWhatTheVerifierCounts) {
  const SmallCase of = draw_case_of_many_venues(2, false);
  const PlanRows plan = rows_of(of.exam, of.plan);
  const DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
  DutyDesk desk(of.exam, of.plan, of.staff, made.duties, {"", made.report, {}});
  Wishes wishes(of, 11);
  int judged = 0;
  for (int edits = 0; edits < 120; ++edits) {
    if (!try_to(desk, wishes.draw())) continue;
    const auto verdict = verification::verify_duties(of.exam, plan, of.staff, desk.rows());
    EXPECT_FALSE(verdict.counts.contains("missing_place"));
    if (verdict.counts.contains("no_such_place")) {
      desk.apply({{.kind = DutyEditKind::undo}}, signature);
      continue;
    }
    EXPECT_FALSE(verdict.counts.contains("wrong_duty_report"));
    ++judged;
  }
  EXPECT_GT(judged, 20);
}

std::string text_of(const std::vector<verification::Violation>& broken) {
  std::string text;
  for (const verification::Violation& violation : broken)
    text += fmt::format("{} {} {}\n", violation.code, violation.subject, violation.message.en);
  return text;
}

// Draws edits and has each judged by the venues that it touches and by everything; counts those that break something. Every
// second one of these stays, so that later ones meet what was broken before.
int count_broken_edits(const SmallCase& of, std::uint64_t seed, int edits) {
  const PlanRows plan = rows_of(of.exam, of.plan);
  const verification::DutyJudge judge(of.exam, plan, of.staff);
  DutyRows before = staff_exam(of.exam, of.plan, of.staff, nullptr);
  DutyDesk desk(read_duty_places(of.exam, of.plan, of.staff), before.duties, {"", before.report, {}});
  Wishes wishes(of, seed);
  int broken = 0;
  for (int edit = 0; edit < edits; ++edit) {
    if (!try_to(desk, wishes.draw())) continue;
    DutyRows after = desk.rows();
    const auto whole = verification::verify_duties(of.exam, plan, of.staff, after);
    const std::string expected =
        text_of(new_duty_violations(verification::verify_duties(of.exam, plan, of.staff, before), whole));
    EXPECT_EQ(text_of(judge.judge_change(before, after)), expected) << "edit " << edit;
    EXPECT_EQ(judge.has_right_figures(after), !whole.counts.contains("wrong_duty_report")) << "edit " << edit;
    if (!expected.empty() && ++broken % 2 == 0) {
      desk.apply({{.kind = DutyEditKind::undo}}, signature);
      continue;
    }
    before = std::move(after);
  }
  return broken;
}

// Red when only the venue that somebody comes to is looked at, or only rooms in which two people stand.
TEST(DutyDesk, IsJudgedByTheVenuesThatAnEditTouchesAsByEverything) {
  int broken = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase of = draw_case(number, false);
    if (!places_of(of).empty()) broken += count_broken_edits(of, number, 15);
  }
  EXPECT_GT(broken, 200);
  EXPECT_GT(count_broken_edits(draw_case_of_many_venues(1, false), 5, 60), 10);
}

// Of lawful duties changed by hand: every bound that the report still has binds all other ways.
void expect_bounds_to_bind(const SmallCase& of, const Worth& best, const DutyRows& rows) {
  const DutyReport& report = rows.report;
  EXPECT_LE(report.unfilled_bound, best.unfilled);
  EXPECT_LE(report.room_unfilled_bound, best.room_unfilled);
  std::vector<std::int64_t> load;
  for (const LoadStep& step : report.load_bound.value_or(Load()))
    load.insert(load.end(), static_cast<std::size_t>(step.people), step.past_duties);
  if (report.load_bound) {
    EXPECT_EQ(load, best.load);
  }
  EXPECT_EQ(report.past_pairs.bound.value_or(best.pairs), best.pairs);
  EXPECT_EQ(report.travel_m.bound.value_or(best.travel), best.travel);
  EXPECT_FALSE(verification::verify_duties(of.exam, rows_of(of.exam, of.plan), of.staff, rows).counts.contains("wrong_duty_report"));
}

// Duties of people of whom `asked` have not consented, changed by hand after these have: how many lawful changes were looked at.
int edit_after_consent(const SmallCase& of, std::uint64_t number, std::size_t asked) {
  SmallCase before = of;
  std::size_t left = asked;
  for (Invigilator& person : before.staff.people) {
    if (left == 0 || !person.consent) continue;
    person.consent = false;
    --left;
  }
  const DutyRows made = staff_exam(before.exam, before.plan, before.staff, nullptr);
  DutyDesk desk(of.exam, of.plan, of.staff, made.duties, {"", made.report, {}});
  Wishes wishes(of, number);
  const Worth best = best_by_trying(of);
  int judged = 0;
  for (int edits = 0; edits < 20; ++edits) {
    if (!try_to(desk, wishes.draw())) continue;
    const DutyRows rows = desk.rows();
    // Taken back to the first duties, these come with their first report, which says whom it speaks of.
    if (!worth_of(of, rows.duties) || rows.report.people != mark_people(of.staff)) continue;
    expect_bounds_to_bind(of, best, rows);
    ++judged;
  }
  return judged;
}

// Red while a bound of a run was held against people who consented after it: duties that are better than that were refused.
TEST(DutyDesk, KeepsNoBoundOfPeopleToWhomMoreHaveComeSince) {
  int judged = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase of = draw_case(number, false);
    if (!places_of(of).empty()) judged += edit_after_consent(of, number, 1 + number % 3);
  }
  EXPECT_GT(judged, 50);
}

// What nobody can go below with more people, nobody can with fewer: whoever withdraws takes no proof along.
TEST(DutyDesk, KeepsBoundsWhenPeopleWithdraw) {
  const SmallCase of = draw_case_of_many_venues(0, false);
  const DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
  ASSERT_TRUE(made.report.load_bound);
  Staff fewer = of.staff;
  const InvigilatorId first = made.duties.front().invigilator_id;
  fewer.people[fewer.find(first).value].consent = false;
  DutyDesk desk(of.exam, of.plan, fewer, made.duties, {"", made.report, {}});
  desk.apply({{.kind = DutyEditKind::swap, .person = made.duties.back().invigilator_id, .with = first}}, signature);
  EXPECT_EQ(desk.rows().report.load_bound, made.report.load_bound);
  EXPECT_EQ(desk.rows().report.unfilled_bound, made.report.unfilled_bound);
}

// Each thing that bounds depend on, changed: nothing is said to be proven of other people, homes, conflicts, pairs or rules.
TEST(DutyDesk, KeepsNoBoundWhereMoreHasChangedThanWhoConsents) {
  const SmallCase of = draw_case_of_many_venues(0, false);
  const DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
  const PeopleMark then = mark_people(of.staff);
  EXPECT_EQ(made.report.people, then);
  EXPECT_EQ(count_added(then, then), 0);
  EXPECT_EQ(count_added(PeopleMark(), then), std::nullopt) << "a report of before does not say whom it speaks of";
  std::vector<Staff> others(6, of.staff);
  others[0].people.front().home.lat += 0.01;
  others[1].people.front().past_duties += 1;
  others[2].people.front().organisation += "x";
  others[3].rules.corridor_per_floor += 1;
  others[4].past_pairs.push_back({InvigilatorIndex(std::size_t{0}), InvigilatorIndex(others[4].people.size() - 1)});
  DutyConflict& conflict = others[5].conflicts.emplace_back();
  conflict.kind = DutyConflictKind::invigilator;
  conflict.invigilator = InvigilatorIndex(std::size_t{0});
  conflict.other = InvigilatorIndex(std::size_t{1});
  for (std::size_t other = 0; other < others.size(); ++other)
    EXPECT_EQ(count_added(then, mark_people(others[other])), std::nullopt) << "change " << other;
  DutyDesk desk(of.exam, of.plan, others[2], made.duties, {"", made.report, {}});
  desk.apply({{.kind = DutyEditKind::take_off, .person = made.duties.back().invigilator_id}}, signature);
  const DutyReport report = desk.rows().report;
  EXPECT_FALSE(report.load_bound || report.past_pairs.bound || report.travel_m.bound);
  EXPECT_EQ(report.unfilled_bound, 0);
}

// Red while the bounds of a report that does not say of whom they speak are lost, or are said of people of whom they were not proven.
TEST(DutyDesk, ProvesAReportOfBeforeAnew) {
  int whole = 0;
  int with_more = 0;
  for (std::uint64_t number = 0; number < 100; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase of = draw_case(number, false);
    if (places_of(of).empty()) continue;
    DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
    EXPECT_FALSE(speaks_of_nobody(made.report));
    const std::string text = package::render_duty_report(made.report);
    const bool is_proven = made.report.travel_m.bound.has_value();
    made.report.people = {};
    EXPECT_TRUE(speaks_of_nobody(made.report));
    Staff fewer = of.staff;
    if (!made.duties.empty()) fewer.people[fewer.find(made.duties.front().invigilator_id).value].consent = false;
    for (const Staff* now : {&of.staff, &std::as_const(fewer)}) {
      const ProvenAnew proven = prove_anew(of.exam, of.plan, *now, made);
      EXPECT_EQ(proven.report.people, mark_people(of.staff)) << "whoever stands there counts, withdrawn or not";
      if (!is_proven) continue;
      EXPECT_EQ(package::render_duty_report(proven.report), text);
      ++whole;
    }
    // Somebody has consented since.
    SmallCase before = of;
    for (Invigilator& person : before.staff.people) {
      if (std::exchange(person.consent, false)) break;
    }
    DutyRows old = staff_exam(before.exam, before.plan, before.staff, nullptr);
    old.report = prove_anew(of.exam, of.plan, of.staff, old).report;
    expect_bounds_to_bind(of, best_by_trying(of), old);
    with_more += old.report.load_bound ? 1 : 0;
  }
  EXPECT_GT(whole, 20);
  EXPECT_GT(with_more, 0);
}

TEST(DutyDesk, KeepsOnlyBoundsThatStillBound) {
  int kept = 0;
  int dropped = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase of = draw_case(number, false);
    if (places_of(of).empty()) continue;
    const DutyRows made = staff_exam(of.exam, of.plan, of.staff, nullptr);
    DutyDesk desk(of.exam, of.plan, of.staff, made.duties, {"", made.report, {}});
    Wishes wishes(of, number);
    const Worth best = best_by_trying(of);
    for (int edits = 0; edits < 10; ++edits) {
      if (!try_to(desk, wishes.draw())) continue;
      const DutyRows rows = desk.rows();
      if (!worth_of(of, rows.duties)) continue;  // unlawful: the verifier would have refused it
      EXPECT_EQ(worth_in(rows.report), *worth_of(of, rows.duties));
      expect_bounds_to_bind(of, best, rows);
      ++(rows.report.travel_m.bound ? kept : dropped);
    }
  }
  EXPECT_GT(kept, 20);
  EXPECT_GT(dropped, 100);
}

// A case with at least two people on duty and one without.
class DeskOfFew : public testing::Test {
 protected:
  DeskOfFew() : of_(draw_case_of_many_venues(0, false)) {
    made_ = staff_exam(of_.exam, of_.plan, of_.staff, nullptr);
    desk_ = std::make_unique<DutyDesk>(of_.exam, of_.plan, of_.staff, made_.duties, DutyHistory{"", made_.report, {}});
    first_ = made_.duties.front().invigilator_id;
    last_ = made_.duties.back().invigilator_id;
    for (const Invigilator& person : of_.staff.people) {
      if (!desk_->place_of(person.id)) idle_ = person.id;
    }
  }
  std::vector<std::string> faults_of(const std::vector<DutyEdit>& edits) {
    std::vector<std::string> columns;
    try {
      desk_->apply(edits, signature);
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) {
        columns.push_back(fault.column);
        EXPECT_EQ(fault.file, "edits.csv");
        EXPECT_FALSE(fault.what.ko.empty() || fault.what.en.empty() || fault.fix.ko.empty() || fault.fix.en.empty());
      }
    }
    return columns;
  }

  SmallCase of_;
  DutyRows made_;
  std::unique_ptr<DutyDesk> desk_;
  InvigilatorId first_, last_, idle_;
};

TEST_F(DeskOfFew, SwapsMovesAndTakesOff) {
  const auto first = desk_->place_of(first_);
  const auto last = desk_->place_of(last_);
  desk_->apply({{.kind = DutyEditKind::swap, .person = first_, .with = last_}}, signature);
  EXPECT_EQ(desk_->place_of(first_), last);
  EXPECT_EQ(desk_->place_of(last_), first);
  desk_->apply({{.kind = DutyEditKind::take_off, .person = first_}, {.person = first_, .place = *first}}, signature);
  EXPECT_EQ(desk_->place_of(first_), first);
  ASSERT_FALSE(idle_.empty());
  desk_->apply({{.kind = DutyEditKind::swap, .person = idle_, .with = last_}}, signature);
  EXPECT_EQ(desk_->place_of(idle_), first);
  EXPECT_EQ(desk_->place_of(last_), std::nullopt);
  ASSERT_EQ(desk_->history().steps.size(), 4U);
  EXPECT_EQ(desk_->history().steps[3].reason, "병가");
}

TEST_F(DeskOfFew, LeavesLockedPeopleWhereTheyAre) {
  desk_->apply({{.kind = DutyEditKind::lock, .person = first_}}, signature);
  const DutyPlace place = *desk_->place_of(last_);
  EXPECT_EQ(faults_of({{.person = first_, .place = place}}), std::vector<std::string>{"invigilator_id"});
  EXPECT_EQ(faults_of({{.kind = DutyEditKind::swap, .person = last_, .with = first_}}),
            std::vector<std::string>{"with_invigilator_id"});
  EXPECT_EQ(faults_of({{.kind = DutyEditKind::take_off, .person = first_}}),
            std::vector<std::string>{"invigilator_id"});
  EXPECT_EQ(faults_of({{.kind = DutyEditKind::lock, .person = first_}}), std::vector<std::string>{"invigilator_id"});
  EXPECT_EQ(faults_of({{.kind = DutyEditKind::unlock, .person = first_}, {.person = first_, .place = place}}),
            std::vector<std::string>{});
  // The move, then the unlocking is taken back: the lock holds again.
  desk_->apply({{.kind = DutyEditKind::undo}, {.kind = DutyEditKind::undo}}, signature);
  EXPECT_TRUE(desk_->is_locked(first_));
}

TEST_F(DeskOfFew, CarriesOutNothingWhenAnyEditIsAtFault) {
  const std::string before = text_of(desk_->rows());
  const auto columns = faults_of({{.kind = DutyEditKind::take_off, .person = last_},
                                  {.kind = DutyEditKind::lock, .person = first_},
                                  {.person = InvigilatorId("nobody"), .place = *desk_->place_of(first_)},
                                  {.person = idle_, .place = {VenueCode("nowhere"), 0, DutyRole::reserve}},
                                  {.person = idle_, .place = {of_.exam.venues[0].code, 99, DutyRole::chief}},
                                  {.kind = DutyEditKind::swap, .person = idle_, .with = idle_},
                                  {.kind = DutyEditKind::take_off, .person = idle_}});
  EXPECT_EQ(columns,
            (std::vector<std::string>{"invigilator_id", "venue_code", "room_no", "invigilator_id", "invigilator_id"}));
  EXPECT_EQ(text_of(desk_->rows()), before);
  EXPECT_TRUE(desk_->history().steps.empty());
  EXPECT_FALSE(desk_->is_locked(first_));
  EXPECT_EQ(faults_of({{.kind = DutyEditKind::undo}}), std::vector<std::string>{"action"});
}

TEST_F(DeskOfFew, RefusesAHistoryThatLeadsToOtherDuties) {
  desk_->apply({{.kind = DutyEditKind::swap, .person = first_, .with = last_}}, signature);
  EXPECT_THROW(DutyDesk(of_.exam, of_.plan, of_.staff, made_.duties, desk_->history()), Conflict);
}

}  // namespace
}  // namespace hanjari::staffing

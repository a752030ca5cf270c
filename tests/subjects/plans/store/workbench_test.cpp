// Figures kept of plans, and hand edits in sessions, on a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/allocation/allocate.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/travel.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/edit_sessions.h"
#include "hanjari/plans/hand_edit.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/settings_trial.h"
#include "hanjari/plans/whatif_job.h"
#include "hanjari/replanning/replan.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/seating/seats.h"
#include "hanjari/seating/tally.h"
#include "hanjari/whatif/whatif.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::TestDatabase;

// A plan as the job makes one, so that the verifier finds nothing in it.
Plan allocated_plan(const Exam& exam) {
  const Seed seed = *parse_seed("1");
  allocation::Limits limits;
  limits.rounds = 2;
  Plan plan = seating::seat(exam, allocation::allocate(exam, seed, limits, system_clock(), no_progress()), seed);
  plan.report.version = "test";
  plan.digest = package::digest_plan(exam, plan);
  return plan;
}

class PlanWorkbench : public testing::Test {
 protected:
  PlanWorkbench() : exam(hanjari::tests::small_exam()), plan(allocated_plan(exam)), code(exam.header.code) {
    const PlanRows rows = package::rows_of_plan(exam, plan);
    import_exam(database->exams(), exam, &rows, change_of(database.clock), no_progress());
    stored = find_stored_plan(database->exams(), code, plan.digest);
  }

  std::string bytes_of(const Plan& edited) const { return package::digest_plan(exam, edited); }
  EditSession begin() { return open_edits(database->exams(), workbench, code, plan.digest, change_of(database.clock)); }
  EditSession now(const EditSession& session) { return find_edits(workbench, code, session.id); }
  EditAnswer make(const EditSession& session, const EditWish& wish) {
    return make_edit(database->exams(), workbench, session, session.version, wish, change_of(database.clock));
  }
  // Who sits in no room that the exam pins, and may be moved by hand.
  const Placement& outside_of_pins() const {
    return *std::find_if(plan.placements.begin(), plan.placements.end(),
                         [&](const Placement& placed) { return placed.room != exam.pins.front().room; });
  }
  // Two people who may by and large change seats, or one and a room.
  EditWish random_wish(std::mt19937& dice) {
    const auto one_of = [&] { return plan.placements[dice() % plan.placements.size()]; };
    const Placement one = one_of();
    const Placement other = one_of();
    EditWish wish;
    wish.number = one.number;
    if (dice() % 2 == 0) {
      wish.kind = EditKind::swap_people;
      wish.other_number = other.number;
    } else {
      const Room& room = exam.rooms[dice() % exam.rooms.size()];
      wish.to_venue = exam[room.venue].code;
      wish.to_room_no = room.room_no;
    }
    return wish;
  }

  TestDatabase database;
  Exam exam;
  Plan plan;
  ExamCode code;
  StoredPlan stored;
  Workbench workbench{database->workbench()};
};

// Counted again here, from the placements alone. Red while over_cap counted everybody who has a detour.
TEST_F(PlanWorkbench, KeepsWhatAPlanComesToWithThePlan) {
  const auto kept = database->workbench().find_summary(code, stored);
  ASSERT_TRUE(kept);
  const auto summary = read_summary(*kept);
  ASSERT_TRUE(summary);
  EXPECT_EQ(write_summary(*summary), *kept);
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, Metres>> counted;
  std::int64_t far = 0;
  const TravelTable travel(exam);
  for (const Placement& placed : plan.placements) {
    auto& [people, metres] = counted[{exam.words[exam[placed.applicant].district], exam[placed.venue].code.text()}];
    ++people;
    metres += placed.travel_m;
    const Metres nearest = travel.nearest(placed.applicant);
    if (nearest != unreachable && placed.travel_m - nearest > *exam.policy.detour_cap_m) ++far;
  }
  std::int64_t over = 0;
  EXPECT_EQ(summary->flows.size(), counted.size());
  for (const SummaryFlow& flow : summary->flows) {
    const auto& [people, metres] =
        counted[{summary->districts.at(flow.district).code, summary->venues.at(flow.venue).code.text()}];
    EXPECT_EQ(flow.people, people);
    EXPECT_EQ(flow.travel_m, metres);
    over += flow.over_cap;
  }
  EXPECT_EQ(over, far);
  EXPECT_EQ(summary->over_cap, far);
  EXPECT_EQ(summary->seated, static_cast<std::int64_t>(plan.placements.size()));
  EXPECT_EQ(summary->fairness.size(), 4U);
}

TEST_F(PlanWorkbench, CountsWhatWasNotKeptOnceAndThenKeepsIt) {
  const std::string kept = *database->workbench().find_summary(code, stored);
  database.connect()->execute("DELETE FROM plan_summaries");
  EXPECT_EQ(write_summary(load_summary(database->exams(), workbench, code, stored)), kept);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_summaries"), 1);
  database.connect()->execute("UPDATE plan_summaries SET summary = '{\"form\":0}'");
  EXPECT_EQ(write_summary(load_summary(database->exams(), workbench, code, stored)), kept)
      << "another version's is counted anew";
}

TEST_F(PlanWorkbench, NamesNobodyInWhatItKeeps) {
  const std::string kept = *database->workbench().find_summary(code, stored);
  for (const hanjari::Applicant& person : exam.applicants) {
    EXPECT_EQ(kept.find(person.name), std::string::npos);
    EXPECT_EQ(kept.find("\"" + person.id.text() + "\""), std::string::npos);
  }
}

TEST_F(PlanWorkbench, CountsWhoMovesBetweenTwoPlans) {
  Plan other = plan;
  const auto mate = std::find_if(other.placements.begin() + 1, other.placements.end(), [&](const Placement& placed) {
    return placed.room == other.placements.front().room;
  });
  ASSERT_NE(mate, other.placements.end());
  std::swap(other.placements.front().seat_no, mate->seat_no);
  std::swap(other.placements.front().desk, mate->desk);
  other.digest = package::digest_plan(exam, other);
  database->exams().save_exam(exam, &other, change_of(database.clock), no_progress());
  const StoredPlan second = find_stored_plan(database->exams(), code, other.digest);
  PlanMoves two_seats;
  two_seats.seat = 2;
  EXPECT_EQ(database->workbench().count_moves(code, stored, second), std::optional(two_seats));
  EXPECT_EQ(load_moves(database->exams(), workbench, code, stored, stored), PlanMoves{});
}

TEST_F(PlanWorkbench, OpensAVenueAsThePlanHasIt) {
  const Placement& first = plan.placements.front();
  const auto desks = database->workbench().find_venue(code, stored, exam[first.venue].code);
  ASSERT_TRUE(desks);
  EXPECT_EQ(desks->rooms.size(), exam[first.venue].room_count);
  std::set<std::pair<std::string, int>> expected;
  std::set<std::pair<std::string, int>> found;
  for (const Placement& placed : plan.placements) {
    if (placed.venue == first.venue) expected.insert({placed.number.text(), placed.seat_no});
  }
  for (const DeskUse& use : desks->people) found.insert({use.number.text(), use.seat_no});
  EXPECT_EQ(found, expected);
  EXPECT_FALSE(database->workbench().find_venue(code, stored, VenueCode("nowhere")));
}

// 200 edits, each looked at by a program that has just begun, 200 undos to the stored bytes, and 200 times done again.
// Red while an edit kept no seat: computed again, newcomers sat elsewhere.
TEST_F(PlanWorkbench, UndoesTwoHundredEditsToTheSameBytesOverReloads) {
  std::mt19937 dice(20261129);
  EditSession session = begin();
  std::vector<std::string> bytes{plan.digest};
  for (int tried = 0; bytes.size() <= 200 && tried < 4'000; ++tried) {
    std::string judged;
    try {
      const EditAnswer answer = make(session, random_wish(dice));
      if (!answer.broken.empty()) continue;
      judged = bytes_of(answer.plan);
    } catch (const InvalidInput&) {
      continue;  // the same person twice, or nobody would move
    }
    session = now(session);
    Workbench begun_anew(database->workbench());
    const EditedPlan edited = load_edited_plan(database->exams(), bytes.size() % 50 == 0 ? begun_anew : workbench, session);
    bytes.push_back(bytes_of(edited.plan));
    EXPECT_EQ(edited.plan.digest, bytes.back());
    ASSERT_EQ(judged, bytes.back()) << "what the verifier judged is what counts";
  }
  ASSERT_EQ(bytes.size(), 201U);
  const auto turn_to = [&](EditTurn turn, std::size_t at) {
    turn_edit(workbench, session, session.version, turn, change_of(database.clock));
    session = now(session);
    EXPECT_EQ(bytes_of(load_edited_plan(database->exams(), workbench, session).plan), bytes[at]) << at;
  };
  for (std::size_t at = 200; at-- > 0;) turn_to(EditTurn::undo, at);
  const EditedPlan back = load_edited_plan(database->exams(), workbench, session);
  EXPECT_TRUE(back.moves.empty());
  EXPECT_EQ(back.plan.digest, plan.digest);
  for (std::size_t at = 1; at <= 200; ++at) turn_to(EditTurn::redo, at);
  EXPECT_THROW(turn_edit(workbench, session, session.version, EditTurn::redo, change_of(database.clock)), Conflict);
}

TEST_F(PlanWorkbench, StoresNothingOfAnEditThatBreaksARule) {
  const auto capacities = seating::room_capacities(exam);
  std::map<std::uint32_t, int> people;
  for (const Placement& placed : plan.placements) ++people[placed.room.value];
  EditSession session = begin();
  // Everybody of one room into another one that is not empty: too many for it, or another unit's.
  const Placement& from = outside_of_pins();
  const auto other = std::find_if(plan.placements.begin(), plan.placements.end(), [&](const Placement& placed) {
    return placed.room != from.room &&
           people[placed.room.value] + people[from.room.value] > capacities[placed.room.value].people;
  });
  ASSERT_NE(other, plan.placements.end());
  EditWish wish;
  wish.kind = EditKind::room;
  wish.venue = exam[from.venue].code;
  wish.room_no = exam[from.room].room_no;
  wish.to_venue = exam[other->venue].code;
  wish.to_room_no = exam[other->room].room_no;
  EXPECT_FALSE(make(session, wish).broken.empty());
  EXPECT_EQ(now(session).version, session.version);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_edits"), 0);
}

TEST_F(PlanWorkbench, LetsOnlyOneOfManyOfficersStepFromWhatAllOfThemSaw) {
  const EditSession session = begin();
  EditWish wish;
  wish.kind = EditKind::lock;
  wish.venue = exam.venues.front().code;
  constexpr int officers = 8;
  std::vector<std::future<bool>> asked;
  for (int officer = 0; officer < officers; ++officer) {
    asked.push_back(std::async(std::launch::async, [&] {
      try {
        make(session, wish);
        return true;
      } catch (const SessionChanged&) {
        return false;
      }
    }));
  }
  int made = 0;
  for (auto& answer : asked) made += answer.get() ? 1 : 0;
  EXPECT_EQ(made, 1);
  EXPECT_EQ(now(session).version, session.version + 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_edits"), 1);
}

TEST_F(PlanWorkbench, HoldsWhatIsLockedUntilItIsUnlocked) {
  EditSession session = begin();
  const Placement& one = plan.placements.front();
  const auto mate = std::find_if(plan.placements.begin() + 1, plan.placements.end(), [&](const Placement& placed) {
    return placed.room == one.room;
  });
  ASSERT_NE(mate, plan.placements.end());
  EditWish lock;
  lock.kind = EditKind::lock;
  lock.number = one.number;
  make(session, lock);
  session = now(session);
  EditWish swap;
  swap.kind = EditKind::swap_people;
  swap.number = one.number;
  swap.other_number = mate->number;
  EXPECT_THROW(make(session, swap), InvalidInput);
  lock.kind = EditKind::unlock;
  make(session, lock);
  session = now(session);
  EXPECT_NO_THROW(make(session, swap));
}

TEST_F(PlanWorkbench, RefusesALockThatIsThereAndOneThatIsNot) {
  EditSession session = begin();
  EditWish lock;
  lock.kind = EditKind::unlock;
  lock.number = plan.placements.front().number;
  EXPECT_THROW(make(session, lock), InvalidInput) << "nothing is locked";
  lock.kind = EditKind::lock;
  make(session, lock);
  session = now(session);
  EXPECT_THROW(make(session, lock), InvalidInput) << "locked already";
  lock.venue = exam.venues.front().code;
  EXPECT_THROW(make(session, lock), InvalidInput) << "a person and a place at once";
  const EditedPlan edited = load_edited_plan(database->exams(), workbench, session);
  // Red while a person and a venue of one code were the same lock.
  EXPECT_THAT(edited.locked,
              testing::ElementsAre("person " + exam[plan.placements.front().applicant].id.text()));
}

// Red while whoever came back was counted as moved: the stored plan could be stored again as an edited one.
TEST_F(PlanWorkbench, CountsNobodyWhoCameBack) {
  EditSession session = begin();
  EditWish swap;
  swap.kind = EditKind::swap_people;
  for (std::size_t at = 0; at < plan.placements.size() && session.version == 1; ++at) {
    for (std::size_t other = at + 1; other < plan.placements.size() && session.version == 1; ++other) {
      if (plan.placements[other].room != plan.placements[at].room) continue;
      swap.number = plan.placements[at].number;
      swap.other_number = plan.placements[other].number;
      make(session, swap);
      session = now(session);
    }
  }
  ASSERT_EQ(session.version, 2) << "no two people may change seats";
  EXPECT_EQ(load_edited_plan(database->exams(), workbench, session).moves.size(), 2U);
  for (const std::size_t moved : {0U, 2U, 0U}) {
    make(session, swap);
    session = now(session);
    EXPECT_EQ(load_edited_plan(database->exams(), workbench, session).moves.size(), moved);
  }
  EXPECT_EQ(load_edited_plan(database->exams(), workbench, session).plan.digest, plan.digest);
  EXPECT_THROW(order_edited_plan(database->exams(), workbench, database->jobs(), session, session.version,
                                 change_of(database.clock)),
               InvalidInput);
}

// As many people move as the re-planning engine moves without the venue, and nobody is left there or, where rooms do not
// suffice, the refusal says how many are short. Red while people were given the nearest free seats one after the other.
TEST_F(PlanWorkbench, ClosesAVenueAsReplanningDoes) {
  const EditSession session = begin();
  const EditedPlan edited = load_edited_plan(database->exams(), workbench, session);
  for (const Venue& venue : exam.venues) {
    const VenueIndex closed = exam.find(venue.code);
    const bool used = std::any_of(plan.placements.begin(), plan.placements.end(),
                                  [&](const Placement& placed) { return placed.venue == closed; });
    if (!used) continue;
    Exam without = whatif::make_scenario(exam, whatif::Key::lose_venue, venue.code.text());
    // The room that the exam pins: its people stay.
    for (const Placement& placed : plan.placements) {
      if (placed.venue == closed || placed.room != exam.pins.front().room) continue;
      Pin pin;
      pin.kind = PinKind::person;
      pin.applicant = without.find(exam[placed.applicant].id);
      without.pins.push_back(pin);
    }
    const replanning::Replanned expected =
        replanning::replan(without, package::rows_of_plan(exam, plan), 1, no_progress());
    EditWish wish;
    wish.kind = EditKind::close_venue;
    wish.venue = venue.code;
    try {
      const EditAnswer answer = try_wish(edited, wish);
      EXPECT_EQ(answer.people, std::ssize(expected.changes)) << venue.code.text();
      for (const Placement& placed : answer.plan.placements) EXPECT_NE(placed.venue, closed);
    } catch (const InvalidInput& refused) {
      EXPECT_LT(expected.plan.placements.size(), plan.placements.size()) << refused.message().en;
    }
  }
}

// Red while re-planning knew nothing of locks: it put people into locked rooms, and closing was refused for that.
TEST_F(PlanWorkbench, ClosesAVenuePastWhatIsLocked) {
  for (const Venue& kept : exam.venues) {
    EditSession session = begin();
    EditWish lock;
    lock.kind = EditKind::lock;
    lock.venue = kept.code;
    make(session, lock);
    session = now(session);
    const EditedPlan edited = load_edited_plan(database->exams(), workbench, session);
    for (const Venue& closed : exam.venues) {
      const bool used = std::any_of(plan.placements.begin(), plan.placements.end(), [&](const Placement& placed) {
        return exam[placed.venue].code == closed.code;
      });
      if (!used || closed.code == kept.code) continue;
      EditWish wish;
      wish.kind = EditKind::close_venue;
      wish.venue = closed.code;
      try {
        try_wish(edited, wish);
      } catch (const InvalidInput& refused) {
        EXPECT_THAT(refused.message().en, testing::HasSubstr("find no free seat")) << closed.code.text();
      }
    }
  }
}

// Red while a closed venue stood open: the next edit put people into it, and closing another venue filled it again.
TEST_F(PlanWorkbench, LetsNobodyIntoAVenueThatWasClosedUntilItIsUnlocked) {
  std::size_t closings = 0;
  for (const Venue& venue : exam.venues) {
    EditSession session = begin();
    EditWish close;
    close.kind = EditKind::close_venue;
    close.venue = venue.code;
    try {
      if (!make(session, close).broken.empty()) continue;
    } catch (const InvalidInput&) {
      continue;  // nobody sits there, or they would find no seat elsewhere
    }
    ++closings;
    session = now(session);
    const VenueIndex closed = exam.find(venue.code);
    const EditedPlan edited = load_edited_plan(database->exams(), workbench, session);
    EditWish back;
    const auto unpinned = std::find_if(edited.plan.placements.begin(), edited.plan.placements.end(), [&](const Placement& placed) {
      return placed.room != exam.pins.front().room;
    });
    ASSERT_NE(unpinned, edited.plan.placements.end());
    back.number = unpinned->number;
    back.to_venue = venue.code;
    back.to_room_no = exam.rooms[venue.first_room].room_no;
    try {
      try_wish(edited, back);
      ADD_FAILURE() << "somebody was let into " << venue.code.text();
    } catch (const InvalidInput& refused) {
      EXPECT_EQ(refused.code(), "locked") << refused.message().en;
    }
    for (const Venue& other : exam.venues) {
      if (other.code == venue.code) continue;
      EditWish next;
      next.kind = EditKind::close_venue;
      next.venue = other.code;
      try {
        const EditAnswer answer = try_wish(edited, next);
        for (const Placement& placed : answer.plan.placements) EXPECT_NE(placed.venue, closed) << other.code.text();
      } catch (const InvalidInput& refused) {
        EXPECT_NE(refused.code(), "locked") << refused.message().en;
      }
    }
    EditWish open;
    open.kind = EditKind::unlock;
    open.venue = venue.code;
    make(session, open);
    EXPECT_NO_THROW(try_wish(load_edited_plan(database->exams(), workbench, now(session)), back));
  }
  EXPECT_GT(closings, 0U);
}

TEST_F(PlanWorkbench, OpensNoSecondSessionForASecondClickAndListsThemWithTheirEdits) {
  EditSession session = begin();
  EXPECT_EQ(begin().id, session.id) << "nothing was done in it yet";
  Change other = change_of(database.clock);
  other.author = "another";
  EXPECT_NE(open_edits(database->exams(), workbench, code, plan.digest, other).id, session.id);
  EditWish lock;
  lock.kind = EditKind::lock;
  lock.number = plan.placements.front().number;
  make(session, lock);
  EXPECT_NE(begin().id, session.id);
  std::map<std::string, std::int64_t> edits;
  for (const EditSession& listed : database->workbench().list_sessions(code)) edits[listed.id] = listed.edits;
  EXPECT_EQ(edits.size(), 3U);
  EXPECT_EQ(edits[session.id], 1);
  session = now(session);
  turn_edit(workbench, session, session.version, EditTurn::undo, change_of(database.clock));
  for (const EditSession& listed : database->workbench().list_sessions(code)) EXPECT_EQ(listed.edits, 0);
}

TEST_F(PlanWorkbench, ListsWhoIsBeyondTheDetourLimitTheFarthestFirst) {
  const FarPeople all = list_far_people(database->exams(), workbench, code, stored, 0, 100'000);
  std::map<std::string, Metres> expected;
  for (const OverDetour& over : plan.over_detour) expected[exam[over.applicant].id.text()] = over.detour_m;
  std::map<std::string, Metres> found;
  for (const FarPerson& person : all.shown) found[person.applicant.text()] = person.detour_m;
  EXPECT_EQ(found, expected);
  EXPECT_EQ(all.people, std::ssize(all.shown));
  for (std::size_t at = 1; at < all.shown.size(); ++at) EXPECT_GE(all.shown[at - 1].detour_m, all.shown[at].detour_m);
  for (std::size_t at = 0; at < all.shown.size(); ++at) {
    const FarPeople one = list_far_people(database->exams(), workbench, code, stored, at, 1);
    ASSERT_EQ(one.shown.size(), 1U);
    EXPECT_EQ(one.shown.front().number, all.shown[at].number);
  }
  EXPECT_TRUE(list_far_people(database->exams(), workbench, code, stored, all.shown.size(), 1).shown.empty());
}

// Values tried before the cancel stay; what was left in the state of a whole result is read as one.
TEST_F(PlanWorkbench, LeavesTheRowsOfACancelledWhatIf) {
  class CancelledAfterTwo : public Progress {
   public:
    void stage(const Text&, std::uint64_t) override {}
    void report(std::uint64_t done, const std::string&) override {
      if (done == 2) throw JobStopped{};
    }
  } progress;
  WhatifWish wish;
  wish.vary = "people_cap=28..30";
  wish.from_plan = true;
  const Job job =
      order_whatif(database->exams(), workbench, database->jobs(), code, stored, wish, change_of(database.clock));
  std::string found;
  const JobCall call{job, progress, {}, nullptr, &found};
  EXPECT_THROW(whatif_work(database->exams(), database.clock)(call), JobStopped);
  const auto made = parse_whatif_made(found);
  ASSERT_TRUE(made);
  ASSERT_EQ(made->rows.size(), 2U);
  EXPECT_EQ(made->rows[0].value, "28");
  EXPECT_EQ(made->rows[1].value, "29");
  EXPECT_EQ(name_of_whatif(*made).en, "people per room at most: 28..30");
}

// Red while the job counted what further venues bring and did not say where they would stand, as the command does.
TEST_F(PlanWorkbench, SaysInAWhatIfWhereAFurtherVenueHelpsMost) {
  WhatifWish wish;
  wish.vary = "add_venue=1..2";
  wish.from_plan = true;
  const Job job =
      order_whatif(database->exams(), workbench, database->jobs(), code, stored, wish, change_of(database.clock));
  const auto made = parse_whatif_made(whatif_work(database->exams(), database.clock)(JobCall{job, no_progress(), {}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows.size(), 2U);
  ASSERT_EQ(made->places.size(), 2U);
  EXPECT_THAT(made->places[0].en, testing::HasSubstr("NEW01: at "));
  EXPECT_THAT(made->places[0].en, testing::HasSubstr(" km from "));
  EXPECT_THAT(made->places[1].ko, testing::HasSubstr("NEW02: 위도 "));
}

// Red while an order of the office was told of an option and of a file, which only the command line has.
TEST_F(PlanWorkbench, TellsWhatIsWrongWithAWhatIfByItsField) {
  WhatifWish wish;
  std::string small = exam.venues.front().code.text();
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  wish.vary = "lose_venue=" + small;
  try {
    order_whatif(database->exams(), workbench, database->jobs(), code, stored, wish, change_of(database.clock));
    ADD_FAILURE() << "there is no venue " << small;
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    const Fault& fault = refused.faults().kept()[0];
    EXPECT_EQ(fault.file, "");
    EXPECT_EQ(fault.column, "vary");
    EXPECT_THAT(fault.what.en, testing::HasSubstr("does not stand in venues, but '"));
  }
}

TEST_F(PlanWorkbench, NamesTheSchoolThatAWhatIfTakesAway) {
  WhatifWish wish;
  wish.vary = "lose_venue=" + exam.venues.front().code.text();
  wish.from_plan = true;
  const Job job =
      order_whatif(database->exams(), workbench, database->jobs(), code, stored, wish, change_of(database.clock));
  const auto made = parse_whatif_made(whatif_work(database->exams(), database.clock)(JobCall{job, no_progress(), {}}));
  ASSERT_TRUE(made);
  ASSERT_EQ(made->rows.size(), 1U);
  EXPECT_EQ(made->rows[0].name, exam.venues.front().name);
  EXPECT_TRUE(made->places.empty());
}

// Red while only the command refused it: the job left the person where the plan has them and said nothing of the pin.
TEST_F(PlanWorkbench, TriesNothingOverAPinThatThePlanDoesNotKeep) {
  const Placement& placed = plan.placements.front();
  const auto order = [&](std::size_t room, const std::string& trade_off = {}, bool from_plan = true) {
    Exam pinned = exam;
    pinned.pins.push_back({PinKind::person, placed.applicant, exam.rooms[room].venue, RoomIndex(room)});
    pinned.input_sha256 = package::digest_exam(pinned);
    database->exams().save_exam(pinned, &plan, change_of(database.clock), no_progress());
    StoredPlan of_pinned = stored;
    of_pinned.input_sha256 = pinned.input_sha256;
    WhatifWish wish;
    if (trade_off.empty()) wish.vary = "people_cap=28..30";
    wish.trade_off = trade_off;
    wish.from_plan = from_plan;
    return hanjari::tests::code_thrown([&] {
      order_whatif(database->exams(), workbench, database->jobs(), code, of_pinned, wish, change_of(database.clock));
    });
  };
  const std::size_t there = placed.room.value;
  const std::size_t elsewhere = there == 0 ? 1 : 0;
  EXPECT_EQ(order(elsewhere), "invalid_input");
  EXPECT_EQ(order(elsewhere, {}, false), "invalid_input") << "also where the plan is not tried";
  EXPECT_EQ(order(elsewhere, "mixing", false), "invalid_input");
  EXPECT_EQ(order(there, "mixing", false), "nothing");
  EXPECT_EQ(order(there), "nothing");
}

// Red while edits of the office moved whoever is pinned, and the next replan refused the pin.
TEST_F(PlanWorkbench, MovesNobodyOutOfAPinnedPlace) {
  const Placement& placed = outside_of_pins();
  Exam pinned = exam;
  pinned.pins.push_back({PinKind::person, placed.applicant, placed.venue, placed.room});
  const Room& elsewhere = exam.rooms[placed.room.value == 0 ? 1 : 0];
  HandMove move;
  move.applicant = exam[placed.applicant].id;
  move.venue = exam[elsewhere.venue].code;
  move.room_no = elsewhere.room_no;
  EXPECT_EQ(hanjari::tests::code_thrown([&] { try_edit(pinned, plan, {move}); }), "person_pinned");
  EXPECT_EQ(hanjari::tests::code_thrown([&] { try_edit(exam, plan, {move}); }), "nothing");
}

// Red while pins of rooms and venues bound re-plans alone: a hand move took people out of the room that is to stay.
TEST_F(PlanWorkbench, MovesNobodyOutOfAPinnedRoomUnlessItsVenueIsGivenUp) {
  const Placement& placed = outside_of_pins();
  Exam pinned = exam;
  pinned.pins = {{PinKind::room, ApplicantIndex::none(), placed.venue, placed.room}};
  const Room& elsewhere = exam.rooms[placed.room.value == 0 ? 1 : 0];
  HandMove move;
  move.applicant = exam[placed.applicant].id;
  move.venue = exam[elsewhere.venue].code;
  move.room_no = elsewhere.room_no;
  // On the page one sentence says who, where and what to do; a file of moves is not spoken of.
  try {
    try_edit(pinned, plan, {move});
    ADD_FAILURE() << "somebody was moved out of a pinned room";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.code(), "person_pinned");
    EXPECT_TRUE(refused.faults().empty());
    EXPECT_THAT(refused.message().en, testing::HasSubstr("'" + placed.number.text() + "' sits in "));
    EXPECT_THAT(refused.message().en, testing::HasSubstr("\"Import an exam package\""));
  }
  EXPECT_EQ(hanjari::tests::code_thrown([&] { try_edit(pinned, plan, {move}, {}, placed.venue); }), "nothing");
  pinned.pins.front().kind = PinKind::venue;
  pinned.pins.front().room = RoomIndex::none();
  EXPECT_EQ(hanjari::tests::code_thrown([&] { try_edit(pinned, plan, {move}); }), "person_pinned");
}

// Red while people whom the exam pins without a place were moved by hand, and nothing said that their pins keep the new place.
TEST_F(PlanWorkbench, CountsWhoIsPinnedWithoutAPlaceAmongThoseWhoAreMoved) {
  const std::set<ApplicantId> moved{exam.applicants[0].id, exam.applicants[1].id};
  EXPECT_EQ(count_moved_pins(exam, moved), 0);
  exam.pins.push_back({.kind = PinKind::person, .applicant = ApplicantIndex(std::size_t{1})});
  EXPECT_EQ(count_moved_pins(exam, moved), 1);
  exam.pins.back().venue = exam.rooms[0].venue;  // with a place: the move would have been refused
  EXPECT_EQ(count_moved_pins(exam, moved), 0);
}

TEST_F(PlanWorkbench, KeepsEditsSealedAndSaysInTheTrailWhoMadeThem) {
  EditSession session = begin();
  EditWish lock;
  lock.kind = EditKind::lock;
  lock.number = plan.placements.front().number;
  make(session, lock);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM plan_edits WHERE reason_sealed LIKE '%because%' OR content_sealed LIKE "
                            "'%lock%'"),
            0);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'plan.edit'"), 1);
  EXPECT_EQ(database->workbench().list_edits(session).front().reason, "because");
  Change silent = change_of(database.clock);
  silent.reason = " ";
  EXPECT_THROW(make_edit(database->exams(), workbench, now(session), session.version + 1, lock, silent), InvalidInput);
}

TEST_F(PlanWorkbench, MakesAPlanOfItsEditsThatTheVerifierTakes) {
  std::mt19937 dice(7);
  EditSession session = begin();
  std::size_t moved = 0;
  for (int tried = 0; moved == 0 && tried < 1'000; ++tried) {
    try {
      make(session, random_wish(dice));
    } catch (const InvalidInput&) {
      continue;
    }
    session = now(session);
    moved = load_edited_plan(database->exams(), workbench, session).moves.size();
  }
  ASSERT_GT(moved, 0U);
  const Job job = order_edited_plan(database->exams(), workbench, database->jobs(), session, session.version,
                                    change_of(database.clock));
  const JobCall call{job, no_progress(), {}};
  const auto made = parse_plan_made(edited_plan_work(database->exams(), workbench, database.clock, "test")(call));
  ASSERT_TRUE(made);
  EXPECT_EQ(database->exams().list_plans(code).size(), 2U);
  const auto history =
      database->exams().find_history(code, find_stored_plan(database->exams(), code, made->digest));
  ASSERT_FALSE(history.empty());
  EXPECT_EQ(history.back().kind, StepKind::edit);
  EXPECT_EQ(history.back().reason, "because");
  EXPECT_EQ(history.back().moves.size(), moved);
  // Begun again after a crash it stores nothing twice.
  edited_plan_work(database->exams(), workbench, database.clock, "test")(call);
  EXPECT_EQ(database->exams().list_plans(code).size(), 2U);
}

// Red while nobody without a seat could be named: two people of one unit are seated where they sat, each with a number that
// nobody has, and the number of the first stays when the second is seated.
TEST_F(PlanWorkbench, SeatsWhomThePlanSeatsNowhere) {
  const auto unit_of = [&](std::size_t at) { return exam[plan.placements[at].applicant].unit; };
  std::size_t other = 1;
  while (other < plan.placements.size() && unit_of(other) != unit_of(0)) ++other;
  ASSERT_LT(other, plan.placements.size());
  Plan shorter = plan;
  for (const std::size_t at : {other, std::size_t{0}}) {
    const ApplicantIndex person = plan.placements[at].applicant;
    shorter.placements.erase(shorter.placements.begin() + static_cast<std::ptrdiff_t>(at));
    shorter.unseated.insert(shorter.unseated.begin(), Unseated{person, "no_capacity", {"none left", "없음"}});
    std::erase_if(shorter.report.keep_apart_broken,
                  [&](const KeepApartBroken& broken) { return broken.first == person || broken.second == person; });
  }
  shorter.report.status = PlanStatus::gave_up;
  shorter.report.bound.reset();
  seating::tally(exam, shorter);
  shorter.digest = package::digest_plan(exam, shorter);
  database->exams().save_exam(exam, &shorter, change_of(database.clock), no_progress());
  EditSession session = open_edits(database->exams(), workbench, code, shorter.digest, change_of(database.clock));
  std::set<std::string> numbers;
  for (const Placement& placed : shorter.placements) numbers.insert(placed.number.text());
  std::string first_number;
  for (const std::size_t at : {other, std::size_t{0}}) {
    const Placement& seat = plan.placements[at];
    EditWish wish;
    wish.number = ApplicantNumber(exam[seat.applicant].id.text());
    wish.to_venue = exam[seat.venue].code;
    wish.to_room_no = exam[seat.room].room_no;
    wish.seat_no = seat.seat_no;
    const EditAnswer answer = make(session, wish);
    ASSERT_TRUE(answer.broken.empty()) << answer.broken.front().code << " " << answer.broken.front().subject;
    EXPECT_EQ(answer.people, 1);
    EXPECT_THAT(answer.seated, testing::ElementsAre(seat.applicant));
    session = now(session);
    if (at == other) {
      for (const Placement& placed : answer.plan.placements) {
        if (placed.applicant == seat.applicant) first_number = placed.number.text();
      }
    }
  }
  const EditedPlan edited = load_edited_plan(database->exams(), workbench, session);
  ASSERT_EQ(edited.plan.placements.size(), plan.placements.size());
  EXPECT_EQ(edited.plan.unseated.size(), plan.unseated.size());
  EXPECT_EQ(edited.plan.report.unseated, plan.report.unseated);
  for (const std::size_t at : {other, std::size_t{0}}) {
    EXPECT_EQ(edited.plan.placements[at].room, plan.placements[at].room);
    EXPECT_EQ(edited.plan.placements[at].seat_no, plan.placements[at].seat_no);
    EXPECT_TRUE(numbers.insert(edited.plan.placements[at].number.text()).second) << "a number that somebody has";
  }
  EXPECT_EQ(edited.plan.placements[other].number.text(), first_number);
  const Job job = order_edited_plan(database->exams(), workbench, database->jobs(), session, session.version,
                                    change_of(database.clock));
  const auto made = parse_plan_made(
      edited_plan_work(database->exams(), workbench, database.clock, "test")(JobCall{job, no_progress(), {}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->digest, edited.plan.digest);
  EXPECT_EQ(made->unseated, static_cast<std::int64_t>(plan.unseated.size()));
  for (int undone = 0; undone < 2; ++undone) {
    turn_edit(workbench, session, session.version, EditTurn::undo, change_of(database.clock));
    session = now(session);
  }
  EXPECT_EQ(load_edited_plan(database->exams(), workbench, session).plan.digest, shorter.digest);
}

// People and seats counted again here, room by room. Red while spare seats of one room took in the people of another.
TEST_F(PlanWorkbench, SaysWhatAnotherSettingMeansForThePeople) {
  const auto copy = workbench.copies.find(database->exams(), code, stored);
  const SettingsTrial same = try_settings(*copy, {});
  EXPECT_EQ(same.capacity_after, same.capacity_before);
  EXPECT_EQ(same.displaced, 0);
  EXPECT_EQ(same.over_cap_after, same.over_cap_before);
  EXPECT_EQ(same.over_cap_before, static_cast<std::int64_t>(plan.over_detour.size()));
  std::map<std::uint32_t, std::int64_t> sitting;
  for (const Placement& placed : plan.placements) ++sitting[placed.room.value];
  std::int64_t capacity = same.capacity_after + 1;
  for (int cap = 40; cap >= 1; --cap) {
    SettingsWish wish;
    wish.people_cap = cap;
    const SettingsTrial trial = try_settings(*copy, wish);
    std::int64_t displaced = 0;
    std::int64_t people = 0;
    for (const auto& [room, count] : sitting) {
      if (exam.rooms[room].use != RoomUse::exam) continue;
      people += count;
      Policy policy = exam.policy;
      policy.people_cap = cap;
      displaced += std::max<std::int64_t>(count - seating::room_capacity(exam.rooms[room], policy).people, 0);
    }
    EXPECT_EQ(trial.displaced, displaced) << cap;
    EXPECT_EQ(trial.people, people);
    if (cap < 40) EXPECT_LE(trial.capacity_after, capacity) << "a smaller cap never makes room";
    EXPECT_EQ(trial.missing, std::max<std::int64_t>(people - trial.capacity_after, 0));
    capacity = trial.capacity_after;
  }
  SettingsWish impossible;
  impossible.people_cap = 0;
  impossible.reserve_rooms = -1;
  try {
    try_settings(*copy, impossible);
    ADD_FAILURE() << "not refused";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 2U) << "all at once";
  }
}

// Red while only those who sit were people: of a plan that leaves some without a seat it was said that all have one.
TEST_F(PlanWorkbench, CountsWhomThePlanSeatsNowhereAmongThePeople) {
  PlanCopy copy;
  copy.planned = {exam, plan};
  SettingsWish tight;
  tight.people_cap = 1;
  const SettingsTrial whole = try_settings(copy, {});
  const SettingsTrial whole_tight = try_settings(copy, tight);
  std::int64_t taken = 0;
  std::erase_if(copy.planned.plan.placements, [&](const Placement& placed) {
    const hanjari::Applicant& person = exam[placed.applicant];
    const bool plain = person.routing == Routing::none && !person.accommodation.any();
    if (!plain || exam[placed.room].use != RoomUse::exam || taken == 40) return false;
    ++taken;
    return true;
  });
  ASSERT_EQ(taken, 40);
  const SettingsTrial trial = try_settings(copy, {});
  EXPECT_EQ(trial.unseated, whole.unseated + 40);
  EXPECT_EQ(trial.people, whole.people);
  EXPECT_GT(whole_tight.missing, 0);
  EXPECT_EQ(try_settings(copy, tight).missing, whole_tight.missing);
}

}  // namespace
}  // namespace hanjari::services

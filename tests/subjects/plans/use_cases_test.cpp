// Who may do what, how often, and what is written down about it.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "accounts/account_repository_contract.h"
#include "hanjari/documents/slip.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/refusals.h"
#include "stage/memory_repositories.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using services::Actor;
using services::Role;

const ExamCode live_exam_code("test-1");
const ApplicantNumber number("01000001");
constexpr Date birth_on{1000};
const Instant look_up_time{std::chrono::seconds(1'600'000'000)};

std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return "done";
}

TEST(LookUpSeat, AsksASourceForTheNameAfterFiveMissesOfAnHour) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto guess = [&](int at, Instant when) {
    return services::look_up_seat(plans, attempts, live_exam_code, ApplicantNumber("0200000" + std::to_string(at)), birth_on, "s",
                                  when);
  };
  for (int at = 0; at < 5; ++at) EXPECT_FALSE(guess(at, look_up_time));
  EXPECT_THROW(guess(0, look_up_time + 59min), services::NameNeeded);
  EXPECT_EQ(plans.searches, 5) << "a stopped source does not reach the data";
  EXPECT_EQ(refusal_of([&] { guess(11, look_up_time + 61min); }), "done");
}

// Red with a limit of a number that counts for everybody and knows no other proof: the owner was kept out.
TEST(LookUpSeat, LetsTheOwnerInByNameHoweverManyGuess) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto ask = [&](Date day, const std::string& source, const std::string& name = {}) {
    return services::look_up_seat(plans, attempts, live_exam_code, number, day, source, look_up_time, name);
  };
  for (int source = 0; source < 10; ++source) EXPECT_FALSE(ask(Date{source}, "s" + std::to_string(source)));
  EXPECT_THROW(ask(birth_on, "own"), services::NameNeeded) << "ten wrong ones at a number, from wherever";
  EXPECT_TRUE(ask(birth_on, "own", "김하늘"));
  EXPECT_TRUE(ask(birth_on, "s1", " 김 하늘 ")) << "from a source that guessed too";
  EXPECT_FALSE(ask(birth_on, "own", "김바다"));
  // Guesses with names count by number and source together: another network is not touched.
  for (int guess = 0; guess < 5; ++guess) EXPECT_FALSE(ask(Date{guess}, "2001:db8:1:2::1", "김하늘"));
  EXPECT_EQ(refusal_of([&] { ask(birth_on, "2001:db8:1:2::2", "김하늘"); }), "too_many_attempts") << "a network is one source";
  EXPECT_TRUE(ask(birth_on, "2001:db8:1:3::1", "김하늘"));
}

TEST(LookUpSeat, AsksEverybodyForTheNameWhileTheWholeExamIsGuessedAt) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto miss = [&](int at) {
    services::look_up_seat(plans, attempts, live_exam_code, ApplicantNumber(std::to_string(10'000 + at)), birth_on,
                           "s" + std::to_string(at), look_up_time);
  };
  for (int at = 0; at < 2'000; ++at) miss(at);
  EXPECT_THROW(miss(2'000), services::NameNeeded);
  EXPECT_TRUE(services::look_up_seat(plans, attempts, live_exam_code, number, birth_on, "own", look_up_time, "김하늘"));
}

// Red while the number's guesses were asked for before the guess was counted: all eighty came through.
TEST(LookUpSeat, CountsGuessesOfOneMomentBeforeItJudgesThem) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  std::atomic<int> judged{0};
  std::vector<std::thread> crowd;
  for (int at = 0; at < 80; ++at) {
    crowd.emplace_back([&, at] {
      try {
        services::look_up_seat(plans, attempts, live_exam_code, number, Date{at}, "s" + std::to_string(at), look_up_time);
        ++judged;
      } catch (const Error&) {
      }
    });
  }
  for (std::thread& one : crowd) one.join();
  EXPECT_LE(judged, 10);
}

TEST(CheckSlip, TellsAGoodSlipFromAnOldOneAndFromNone) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto place = plans.find_place(live_exam_code, number);
  const std::string mark = documents::slip_mark(place->exam, place->plan.placements.front());
  const auto check = [&](const ApplicantNumber& whose, const std::string& said) {
    return services::check_slip(plans, attempts, live_exam_code, whose, said, "s", look_up_time);
  };
  EXPECT_EQ(check(number, mark), services::SlipState::valid);
  EXPECT_EQ(check(number, "000000000000"), services::SlipState::outdated);
  EXPECT_EQ(check(number, ""), services::SlipState::outdated);
  EXPECT_EQ(check(ApplicantNumber("01000002"), mark), services::SlipState::unknown);
}

TEST(CheckSlip, StopsASourceThatGuessesAtMarksAndNobodyElse) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto check = [&](int guess, const std::string& source) {
    return refusal_of([&] { services::check_slip(plans, attempts, live_exam_code, number, std::to_string(guess), source, look_up_time); });
  };
  for (int guess = 0; guess < 20; ++guess) EXPECT_EQ(check(guess, "s"), "done");
  EXPECT_EQ(check(20, "s"), "too_many_attempts");
  EXPECT_EQ(check(20, "gate"), "done") << "whoever checks at the gate is not locked out";
}

// Red when the limit is looked at before the guess counts: all eighty would be told whether they are right.
TEST(CheckSlip, CountsGuessesOfOneMomentBeforeItJudgesThem) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  std::atomic<int> judged{0};
  std::vector<std::thread> crowd;
  for (int at = 0; at < 80; ++at) {
    crowd.emplace_back([&, at] {
      try {
        services::check_slip(plans, attempts, live_exam_code, number, std::to_string(at), "s", look_up_time);
        ++judged;
      } catch (const Error&) {
      }
    });
  }
  for (std::thread& one : crowd) one.join();
  EXPECT_LE(judged, 20);
}

// The guesses that tools/bench guesses reckons seats from: red when a limit lets more of them be judged, whatever they find.
TEST(LookUpSeat, JudgesNoMoreGuessesOfASourceThanTheBenchReckonsWith) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  const auto judged = [&](const std::string& name) {
    int count = 0;
    for (int at = 0; at < 400; ++at) {
      try {
        services::look_up_seat(plans, attempts, live_exam_code, ApplicantNumber(std::to_string(20'000 + at)), birth_on, "s", look_up_time, name);
        ++count;
      } catch (const Error&) {
      }
    }
    return count;
  };
  EXPECT_EQ(judged(""), 5);
  EXPECT_EQ(judged("김하늘"), 100);
}

TEST(LookUpSeat, CountsNoMissWhenThePersonIsFound) {
  MemoryPlans plans;
  MemoryAttempts attempts;
  for (int time = 0; time < 30; ++time) {
    EXPECT_TRUE(services::look_up_seat(plans, attempts, live_exam_code, number, birth_on, "s", look_up_time));
  }
}

TEST(OpenRoster, IsForOfficersAndTheCoordinatorOfTheDistrict) {
  MemoryPlans plans;
  MemoryAccesses accesses;
  const auto open = [&](const Actor& actor, const char* venue) {
    return refusal_of([&] { services::open_roster(plans, accesses, actor, live_exam_code, VenueCode(venue), "pdf", look_up_time); });
  };
  EXPECT_EQ(open({"officer", Role::exam_officer, {}}, "V11140"), "done");
  EXPECT_EQ(open(coordinator_of("11110"), "V11110"), "done");
  EXPECT_EQ(open(coordinator_of("11110"), "V11140"), "not_your_venue");
  EXPECT_EQ(open({"c", Role::district_coordinator, {}}, "V11110"), "not_your_venue");
  for (const Role role : {Role::applicant, Role::venue_chief, Role::auditor, Role::administrator}) {
    EXPECT_EQ(open({"other", role, DistrictCode("11110")}, "V11110"), "not_your_venue");
  }
  EXPECT_EQ(open({"officer", Role::exam_officer, {}}, "V99999"), "venue_not_found");
  // Red when a coordinator is told that a venue is not there: then codes that are refused otherwise are venues.
  EXPECT_EQ(open({"jung", Role::district_coordinator, DistrictCode("11140")}, "V99999"), "not_your_venue");
  EXPECT_EQ(plans.rosters, 2);
  EXPECT_EQ(accesses.lines, (std::vector<std::string>{"officer roster.pdf test-1/V11140",
                                                      "coordinator.11110 roster.pdf test-1/V11110"}));
}

// Red when a chief reaches another venue than the own one, or any without one.
TEST(OpenRoster, IsForTheChiefOfThisVenueAlone) {
  MemoryPlans plans;
  MemoryAccesses accesses;
  const Actor chief{"chief", Role::venue_chief, {}};
  const auto open = [&](const char* venue, const std::optional<VenueCode>& own) {
    return refusal_of([&] { services::open_roster(plans, accesses, chief, live_exam_code, VenueCode(venue), "pdf", look_up_time, own); });
  };
  EXPECT_EQ(open("V11110", VenueCode("V11110")), "done");
  EXPECT_EQ(open("V11140", VenueCode("V11110")), "not_your_venue");
  EXPECT_EQ(open("V99999", VenueCode("V99999")), "not_your_venue") << "not in the plan";
  EXPECT_EQ(open("V11110", std::nullopt), "not_your_venue");
}

TEST(OpenRoster, ReadsNothingWhenTheAccessCannotBeRecorded) {
  MemoryPlans plans;
  MemoryAccesses accesses;
  accesses.broken = true;
  EXPECT_EQ(refusal_of([&] {
              services::open_roster(plans, accesses, {"officer", Role::exam_officer, {}}, live_exam_code, VenueCode("V11110"),
                                    "csv", look_up_time);
            }),
            "database_lost");
}

TEST(ListOwnVenues, GivesACoordinatorTheOwnDistrictOnly) {
  MemoryPlans plans;
  EXPECT_EQ(services::list_own_venues(plans, {"officer", Role::exam_officer, {}}, live_exam_code).size(), 2u);
  const auto own = services::list_own_venues(plans, coordinator_of("11140"), live_exam_code);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].district, DistrictCode("11140"));
  EXPECT_EQ(refusal_of([&] { services::list_own_venues(plans, {"a", Role::auditor, {}}, live_exam_code); }), "not_your_venue");
}

TEST(Accounts, InMemoryDoWhatAccountRepositoriesDo) {
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  check_account_repository(accounts, attempts, look_up_time);
  for (const auto& [name, account] : accounts.accounts) EXPECT_TRUE(account.password_hash.starts_with("$argon2id$"));
}

TEST(AddAccount, RefusesBadNamesRolesDistrictsAndShortPasswords) {
  MemoryAccounts accounts;
  const auto add = [&](const Actor& actor, const std::string& password) {
    return refusal_of([&] { services::add_account(accounts, actor, password, {"administrator", "", look_up_time}); });
  };
  const std::string good = "열두 글자가 넘는 비밀번호";
  EXPECT_EQ(add({"x", Role::auditor, {}}, good), "bad_account_name");
  EXPECT_EQ(add({"Upper Case", Role::auditor, {}}, good), "bad_account_name");
  EXPECT_EQ(add({"person", Role::applicant, {}}, good), "bad_role");
  EXPECT_EQ(add({"person", Role::district_coordinator, {}}, good), "bad_district");
  EXPECT_EQ(add({"person", Role::auditor, DistrictCode("11110")}, good), "bad_district");
  EXPECT_EQ(add({"person", Role::auditor, {}}, "eleven char"), "weak_password");
  EXPECT_EQ(add({"person", Role::auditor, {}}, "열한글자비밀번호입니다"), "weak_password");
  EXPECT_EQ(add({"person", Role::auditor, {}}, good), "done");
}

TEST(Roles, AreSpelledAndReadBack) {
  for (const Role role : {Role::applicant, Role::exam_officer, Role::district_coordinator, Role::venue_chief,
                          Role::auditor, Role::administrator}) {
    EXPECT_EQ(services::parse_role(services::spell(role)), role);
    EXPECT_FALSE(services::name_of(role).ko.empty());
  }
  EXPECT_FALSE(services::parse_role("king"));
}

}  // namespace
}  // namespace hanjari::tests

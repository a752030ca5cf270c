// From the city's request to accepted schools: whose step it is, what takes a consent back, and what is counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <set>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/random.h"
#include "hanjari/base/written_day.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/venues/venue_adoption.h"
#include "hanjari/venues/venue_offers.h"
#include "stage/code_thrown.h"
#include "stage/made_workbook.h"
#include "stage/memory_attempts.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryAttempts;
using hanjari::tests::MemoryVenueOffers;
using ::testing::HasSubstr;

const ExamCode asked_exam("seoul-2021-1");
const ExamWords asked_words{{"An exam", "시험"}, "Asia/Seoul"};
const std::string portal_address = "https://seats.example.kr";

Actor city() {
  return {"officer", Role::exam_officer, {}};
}
Actor coordinator(const std::string& district) {
  return {"of-" + district, Role::district_coordinator, DistrictCode(district)};
}

class VenueOffers : public ::testing::Test {
 protected:
  VenueOffers() { offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}}); }

  VenueOffer stored(const std::string& code) { return *offers.find_offer(asked_exam, VenueCode(code)); }
  // With somebody at the school to ask.
  VenueOffer filled(const std::string& code) {
    VenueOffer offer = stored(code);
    offer.contact = {"Kim", "school@example.kr", "02-123-4567"};
    return save_own_offer(offers, city(), offer, now);
  }
  VenueOffer propose(const std::string& code) {
    return propose_offer(offers, city(), asked_exam, VenueCode(code), stored(code).version, portal_address, asked_words, now);
  }
  std::string ticket() const {
    const std::string& body = offers.messages.back().body;
    const std::string before = "/venue-confirmations/";
    return body.substr(body.find(before) + before.size(), 64);
  }
  std::string code() const {
    const std::string& body = offers.messages.back().body;
    const std::string before = "Code: ";
    return body.substr(body.find(before) + before.size(), 6);
  }
  VenueOffer say_yes() {
    return answer_question(offers, attempts, ticket(), code(), SchoolAnswer::yes, "", "192.0.2.1", now);
  }
  VenueOffer accept(const std::string& which) {
    return answer_offer(offers, city(), asked_exam, VenueCode(which), stored(which).version, CityAnswer::accept, "", {{"An exam", "시험"}, "Asia/Seoul"}, now);
  }

  MemoryVenueOffers offers;
  MemoryAttempts attempts;
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

TEST_F(VenueOffers, GoFromTheDistrictToTheSchoolToTheCity) {
  filled("V1");
  EXPECT_EQ(propose("V1").state, OfferState::proposed);
  EXPECT_EQ(code_thrown([&] { accept("V1"); }), "wrong_state") << "the school comes first";
  EXPECT_EQ(say_yes().state, OfferState::confirmed);
  EXPECT_EQ(accept("V1").state, OfferState::accepted);
  std::vector<OfferState> states;
  for (const OfferStep& step : offers.list_steps(stored("V1").id)) states.push_back(step.state);
  EXPECT_THAT(states, ::testing::ElementsAre(OfferState::draft, OfferState::proposed, OfferState::confirmed,
                                             OfferState::accepted));
}

// Red when a changed offer stays accepted: nobody has said yes to what it offers now.
TEST_F(VenueOffers, ThatChangeAfterConsentAreDraftsAgainAndThoseThatDoNotStayAsTheyAre) {
  filled("V1");
  propose("V1");
  say_yes();
  const VenueOffer accepted = accept("V1");
  EXPECT_EQ(save_own_offer(offers, coordinator("11110"), accepted, now).version, accepted.version) << "an empty save";
  EXPECT_EQ(stored("V1").state, OfferState::accepted);
  VenueOffer changed = accepted;
  changed.rooms.front().blocked.push_back({1, 1});
  EXPECT_EQ(save_own_offer(offers, coordinator("11110"), changed, now).state, OfferState::draft);
  EXPECT_EQ(code_thrown([&] { accept("V1"); }), "wrong_state");
}

TEST_F(VenueOffers, AreOnlyTheOwnDistricts) {
  const Actor other = coordinator("11140");
  const std::string foreign = code_thrown([&] { open_offer(offers, other, asked_exam, VenueCode("V1")); });
  EXPECT_EQ(foreign, "not_your_venue");
  EXPECT_EQ(code_thrown([&] { open_offer(offers, other, asked_exam, VenueCode("V9")); }), foreign)
      << "what is another district's and what is not there look the same";
  EXPECT_EQ(list_own_offers(offers, other, asked_exam).size(), 1U);
  VenueOffer stolen = stored("V1");
  stolen.name = "Mine";
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, other, stolen, now); }), "not_your_venue");
  stolen.district = DistrictCode("11140");
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, other, stolen, now); }), "not_your_venue");
  for (const auto answer : {CityAnswer::accept, CityAnswer::ask_back}) {
    EXPECT_EQ(code_thrown([&] { answer_offer(offers, other, asked_exam, VenueCode("V2"), 1, answer, "why", {{"An exam", "시험"}, "Asia/Seoul"}, now); }),
              "not_your_venue")
        << "the city answers, not the district itself";
  }
  EXPECT_EQ(code_thrown([&] { withdraw_offer(offers, other, asked_exam, VenueCode("V1"), 1, "why", now); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { propose_offer(offers, other, asked_exam, VenueCode("V1"), 1, portal_address, asked_words, now); }),
            "not_your_venue");
  // Red when an offer is read before it is known whose it is: how long a refusal takes would tell whether there is one.
  const int read = offers.offers_read;
  for (const char* code : {"V1", "V77"})
    EXPECT_EQ(code_thrown([&] { open_offer(offers, other, asked_exam, VenueCode(code)); }), "not_your_venue") << code;
  EXPECT_EQ(offers.offers_read, read);
  for (const Role role : {Role::venue_chief, Role::auditor, Role::administrator, Role::applicant})
    EXPECT_EQ(code_thrown([&] { list_own_offers(offers, {"a", role, DistrictCode("11110")}, asked_exam); }), "not_your_venue");
}

// Red when a coordinator may give any code: a code that is taken tells what another district offers.
TEST_F(VenueOffers, OfADistrictHaveItsCodes) {
  VenueOffer made = stored("V2");
  made.id.clear();
  made.version = 0;
  for (const char* code : {"V1", "V9", "11110-01", "11140", "11140-"}) {
    made.code = VenueCode(code);
    EXPECT_EQ(code_thrown([&] { save_own_offer(offers, coordinator("11140"), made, now); }), "bad_offer") << code;
  }
  made.code = VenueCode("11140-01");
  EXPECT_EQ(save_own_offer(offers, coordinator("11140"), made, now).version, 1);
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, coordinator("11140"), made, now); }), "code_taken");
}

TEST_F(VenueOffers, ThatSomebodyElseChangedAreNotOverwritten) {
  VenueOffer mine = stored("V1");
  filled("V1");
  mine.name = "Later";
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, coordinator("11110"), mine, now); }), "offer_changed");
  EXPECT_EQ(code_thrown([&] { withdraw_offer(offers, coordinator("11110"), asked_exam, VenueCode("V1"), mine.version, "why", now); }),
            "offer_changed");
  EXPECT_NE(stored("V1").name, "Later");
}

// Red when opening the link answers it: mail programs open links before anybody reads them.
TEST_F(VenueOffers, AreNotConfirmedByOpeningTheLink) {
  filled("V1");
  propose("V1");
  for (int times = 0; times < 3; ++times) EXPECT_EQ(open_question(offers, ticket(), now).offer.code, VenueCode("V1"));
  EXPECT_EQ(stored("V1").state, OfferState::proposed);
  EXPECT_TRUE(open_question(offers, ticket(), now).offer.contact.email.empty()) << "the link shows no person";
  EXPECT_EQ(say_yes().state, OfferState::confirmed);
  EXPECT_EQ(code_thrown([&] { say_yes(); }), "question_over") << "once";
}

TEST_F(VenueOffers, TakeFiveTriesAtTheCodeAndNotOneMore) {
  filled("V1");
  propose("V1");
  const std::string right = code();
  const std::string wrong = right == "000000" ? "111111" : "000000";
  const auto answer = [&](const std::string& typed) {
    return code_thrown([&] { answer_question(offers, attempts, ticket(), typed, SchoolAnswer::yes, "", "192.0.2.1", now); });
  };
  for (int times = 0; times < most_question_misses; ++times) EXPECT_EQ(answer(wrong), "wrong_code");
  EXPECT_EQ(answer(right), "question_over");
  EXPECT_EQ(stored("V1").state, OfferState::proposed);
}

// Red while thirty wrong codes behind one address kept all schools there from answering.
TEST_F(VenueOffers, AreConfirmedHoweverOftenOthersBehindTheAddressWereWrong) {
  filled("V1");
  propose("V1");
  for (int miss = 0; miss < 40; ++miss) attempts.record_miss("venue_code/source/192.0.2.1", now);
  const auto answer = [&](const std::string& typed) {
    return code_thrown([&] { answer_question(offers, attempts, ticket(), typed, SchoolAnswer::yes, "", "192.0.2.1", now); });
  };
  EXPECT_EQ(answer(code() == "000000" ? "111111" : "000000"), "too_many_attempts");
  EXPECT_EQ(answer(code()), "nothing");
  EXPECT_EQ(stored("V1").state, OfferState::confirmed);
}

// Red while a school is asked to answer after the exam.
TEST(LinksOfSchools, EndBeforeTheExamDayBegins) {
  const Date day{18'710};
  const ExamWords exam{{"An exam", "시험"}, "Asia/Seoul", day};
  const Instant begins = instant_of(day, 0, exam.zone);
  const std::chrono::hours one_day{24};
  EXPECT_EQ(end_of_link(begins - one_day * 30, exam), begins - one_day * 23);
  for (int days = 1; days <= 7; ++days) EXPECT_EQ(end_of_link(begins - one_day * days, exam), begins) << days;
  EXPECT_EQ(end_of_link(begins - std::chrono::minutes(1), exam), begins);
  EXPECT_EQ(end_of_link(begins + std::chrono::hours(3), exam), begins + one_day) << "on the day itself";
  EXPECT_EQ(end_of_link(begins, {{"An exam", "시험"}, "Asia/Seoul"}), begins + question_length) << "of no known day";
}

// The mail, the link, the reminder and what the district is told go by the same end.
TEST_F(VenueOffers, AskNoSchoolToAnswerAfterTheExam) {
  const ExamWords exam{{"An exam", "시험"}, "Asia/Seoul", Date{18'703}};
  const Instant begins = instant_of(*exam.on, 0, exam.zone);
  filled("V1");
  propose_offer(offers, city(), asked_exam, VenueCode("V1"), stored("V1").version, portal_address, exam, now);
  const std::string mail = offers.messages.back().body;
  EXPECT_THAT(mail, HasSubstr(write_plain_deadline(begins, exam.zone).ko));
  EXPECT_EQ(offers.messages.back().useless_after, begins);
  EXPECT_EQ(open_question(offers, ticket(), begins - std::chrono::seconds(1)).expires_at, begins);
  EXPECT_EQ(code_thrown([&] { open_question(offers, ticket(), begins); }), "question_over");
}

// Red while a code that is mistyped is taken without a word.
TEST_F(VenueOffers, NameDistrictsThatNobodyKnows) {
  VenueRequest request = *offers.find_request(asked_exam);
  EXPECT_TRUE(list_unknown_districts(request).empty());
  request.districts.push_back({DistrictCode("99999"), 30, {}});
  EXPECT_EQ(list_unknown_districts(request), std::vector<DistrictCode>{DistrictCode("99999")});
}

TEST_F(VenueOffers, LinksAreGoodForOneVersionAndSevenDays) {
  filled("V1");
  propose("V1");
  const std::string first = ticket();
  now += question_length;
  EXPECT_EQ(code_thrown([&] { open_question(offers, first, now); }), "question_over") << "too old";
  now -= question_length;
  propose("V1");
  EXPECT_EQ(code_thrown([&] { open_question(offers, first, now); }), "question_over") << "a newer one was sent";
  VenueOffer changed = stored("V1");
  changed.rooms.front().column_count = 4;
  save_own_offer(offers, coordinator("11110"), changed, now);
  EXPECT_EQ(code_thrown([&] { open_question(offers, ticket(), now); }), "question_over") << "the rooms are others now";
  EXPECT_EQ(code_thrown([&] { open_question(offers, "short", now); }), "question_over");
}

TEST_F(VenueOffers, OfASchoolThatSaysNoGoBackWithItsWords) {
  filled("V1");
  propose("V1");
  const auto no = [&](const std::string& told) {
    return answer_question(offers, attempts, ticket(), code(), SchoolAnswer::no, told, "192.0.2.1", now);
  };
  EXPECT_EQ(code_thrown([&] { no(" "); }), "told_missing");
  EXPECT_EQ(no("Room 1 is being painted").state, OfferState::asked_back);
  EXPECT_EQ(stored("V1").told, "Room 1 is being painted");
}

TEST_F(VenueOffers, CannotBeProposedWithoutRoomsAnybodyToAskOrAnAddressOfThePortal) {
  EXPECT_EQ(code_thrown([&] { propose("V1"); }), "offer_incomplete");
  VenueOffer offer = filled("V1");
  EXPECT_EQ(code_thrown([&] { propose_offer(offers, city(), asked_exam, VenueCode("V1"), offer.version, "", asked_words, now); }),
            "no_portal_address");
  offer.rooms.clear();
  save_own_offer(offers, city(), offer, now);
  EXPECT_EQ(code_thrown([&] { propose("V1"); }), "offer_incomplete");
}

TEST_F(VenueOffers, SayEveryFaultAtOnce) {
  VenueOffer offer = stored("V1");
  offer.name = " ";
  offer.at = {};
  offer.contact.email = "no address";
  offer.rooms.push_back(MemoryVenueOffers::room(1));
  offer.rooms.push_back(MemoryVenueOffers::room(0));
  offer.rooms.back().blocked = {{9, 9}};
  try {
    save_own_offer(offers, city(), offer, now);
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    EXPECT_GE(refused.faults().count(), 6U);
    EXPECT_THAT(refused.message().en, HasSubstr("name of the school"));
    EXPECT_THAT(refused.message().en, HasSubstr("stands there twice"));
  }
  EXPECT_EQ(stored("V1").version, 1);
}

// Red while only (0, 0) and points beyond the poles were refused: a package with such a school warns, when letters have gone out.
TEST_F(VenueOffers, LieInTheirDistrictsCountry) {
  const auto told = [&](Point at) {
    VenueOffer offer = stored("V1");
    offer.at = at;
    try {
      save_own_offer(offers, city(), offer, now);
    } catch (const InvalidInput& refused) {
      EXPECT_EQ(refused.faults().count(), 1U);
      EXPECT_EQ(refused.faults().kept().front().column, "lat");
      return refused.message().en;
    }
    return std::string();
  };
  EXPECT_THAT(told({127.1, 37.6}), HasSubstr("'127.1' and '37.6' look swapped"));
  EXPECT_THAT(told({-37.5, 127.0}), HasSubstr("km from the middle of the district"));
  EXPECT_THAT(told({-37.5, 127.0}), HasSubstr("it would be near with the other sign. Enter where the school is"));
  EXPECT_THAT(told({3.75, 127.0}), HasSubstr("a digit was lost or the decimal point moved"));
  EXPECT_THAT(told({51.5, -0.12}), HasSubstr("km from the middle of the district"));
  EXPECT_THAT(told({3756.1, 127.0}), testing::StartsWith("Enter where the school is")) << "no distance of what lies nowhere on earth";
  EXPECT_THAT(told({0, 0}), HasSubstr("Enter where the school is")) << "an empty place is no far one";
  EXPECT_EQ(stored("V1").version, 1) << "nothing was stored";
  EXPECT_EQ(told({33.25, 126.56}), "") << "anywhere in the country: the district may have moved its exam";
}

// Red while a district could offer, and the city accept, what the tables of the package refuse afterwards.
TEST_F(VenueOffers, TakeNoTextThatThePackageRefuses) {
  const auto refused = [&](const std::function<void(VenueOffer&)>& change) {
    VenueOffer offer = stored("V1");
    change(offer);
    try {
      save_own_offer(offers, city(), offer, now);
    } catch (const InvalidInput& fault) {
      return fault.message().en;
    }
    return std::string("taken");
  };
  EXPECT_THAT(refused([](VenueOffer& offer) { offer.name = "서울\uFFFD고"; }), HasSubstr("School: A character was lost"));
  EXPECT_THAT(refused([](VenueOffer& offer) { offer.address = "\uE000 1"; }), HasSubstr("Address: A character was lost"));
  std::string long_text;
  while (long_text.size() <= longest_venue_phone) long_text += "가";
  EXPECT_THAT(refused([&](VenueOffer& offer) { offer.phone = long_text; }), HasSubstr("Telephone: The text has 102 bytes"));
  for (const char* phone : {"21234567", "2-123-4567"}) {  // as a spreadsheet leaves it
    EXPECT_THAT(refused([&](VenueOffer& offer) { offer.phone = phone; }), HasSubstr("enter the number as 02-123-4567"));
    EXPECT_THAT(refused([&](VenueOffer& offer) { offer.contact.phone = phone; }), HasSubstr("enter the number as 02-123-4567"));
  }
  EXPECT_THAT(refused([&](VenueOffer& offer) { offer.rooms.front().floor = long_text; }), HasSubstr("floor: The text has 102 bytes"));
  EXPECT_THAT(refused([&](VenueOffer& offer) { offer.rooms.front().building = long_text + long_text; }),
              HasSubstr("building: The text has 204 bytes"));
  EXPECT_EQ(stored("V1").version, 1);
}

// Red without the limit: five hundred rooms of forty thousand blocked desks each would be read by every page.
TEST_F(VenueOffers, HaveNotMoreBlockedDesksThanAPageCanRead) {
  VenueOffer offer = stored("V1");
  offer.rooms.clear();
  Room large = MemoryVenueOffers::room(1);
  large.row_count = 200;
  large.column_count = 200;
  for (int row = 1; row <= 200; ++row) {
    for (int column = 1; column <= 150; ++column) large.blocked.push_back({row, column});
  }
  for (int number = 1; number <= 2; ++number) {
    large.room_no = number;
    offer.rooms.push_back(large);
  }
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, city(), offer, now); }), "bad_offer");
}

// Red without a bound of the work: one room of these took half a minute and five hundred of different shapes hours, at every saving
// and on every page that counts them.
TEST_F(VenueOffers, AreRefusedWhereCountingThemTakesTooLong) {
  offers.requests.at(asked_exam).rule = {150, std::nullopt};
  VenueOffer offer = stored("V1");
  offer.rooms.clear();
  for (int number = 1; number <= 500; ++number) {
    Room hall = MemoryVenueOffers::room(number);
    hall.row_count = 20;
    hall.column_count = 20;
    hall.row_pitch_cm = 100;
    hall.column_pitch_cm = 101 + number % 40;
    hall.people_cap = number;
    offer.rooms.push_back(hall);
  }
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, city(), offer, now); }), "bad_offer");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::minutes(3)) << "some seconds without the sanitizers";
}

// Red when one district can fill the table of all.
TEST_F(VenueOffers, OfOneDistrictAreTwoHundredAtMost) {
  VenueOffer made = stored("V1");
  made.version = 0;
  made.id.clear();
  for (int number = 1; number < 200; ++number) {
    VenueOffer other = made;
    other.code = VenueCode("11110-" + std::to_string(number));
    ASSERT_EQ(save_own_offer(offers, coordinator("11110"), other, now).version, 1);
  }
  made.code = VenueCode("11110-200");
  EXPECT_EQ(code_thrown([&] { save_own_offer(offers, coordinator("11110"), made, now); }), "too_many_offers");
  made.district = DistrictCode("11140");
  made.code = VenueCode("11140-1");
  EXPECT_EQ(save_own_offer(offers, coordinator("11140"), made, now).version, 1) << "another district has its own count";
}

// Against seating itself, room by room.
TEST_F(VenueOffers, CountSeatsAsPlansDo) {
  RandomStream random(Seed{}, "venue offers");
  for (int times = 0; times < 100; ++times) {
    std::vector<Room> rooms;
    SeatRule rule{static_cast<int>(random.below(3)) * 100, std::nullopt};
    if (random.below(2) == 0) rule.people_cap = static_cast<int>(random.below(20)) + 1;
    Policy policy;
    policy.min_gap_cm = rule.min_gap_cm;
    policy.people_cap = rule.people_cap;
    std::int64_t expected = 0;
    for (int number = 1; number <= 3; ++number) {
      Room room = MemoryVenueOffers::room(number);
      room.row_count = static_cast<int>(random.below(4)) + 1;
      room.use = random.below(4) == 0 ? RoomUse::reserve : RoomUse::exam;
      if (random.below(3) == 0) room.people_cap = static_cast<int>(random.below(10)) + 1;
      if (room.use == RoomUse::exam) expected += seating::room_capacity(room, policy).people;
      rooms.push_back(room);
    }
    const OfferSeats seats = count_seats(rooms, rule);
    EXPECT_EQ(seats.seats, expected);
    EXPECT_EQ(seats.rooms, 3);
    EXPECT_LE(seats.bound_by_desks + seats.bound_by_rule + seats.bound_by_room, 3);
  }
}

TEST_F(VenueOffers, AddUpByDistrict) {
  filled("V1");
  propose("V1");
  const auto counts = [&] { return count_districts(*offers.find_request(asked_exam), offers.list_offers(asked_exam, std::nullopt)); };
  ASSERT_EQ(counts().size(), 2U);
  EXPECT_TRUE(counts()[0].answered);
  EXPECT_FALSE(counts()[1].answered);
  EXPECT_EQ(counts()[0].offered_seats, 25);
  EXPECT_EQ(counts()[0].missing(), 100) << "nothing is accepted yet";
  say_yes();
  EXPECT_EQ(counts()[0].waiting, 1);
  accept("V1");
  EXPECT_EQ(counts()[0].accepted_seats, 25);
  EXPECT_EQ(counts()[0].missing(), 75);
  withdraw_offer(offers, coordinator("11110"), asked_exam, VenueCode("V1"), stored("V1").version, "a fire", now);
  EXPECT_EQ(counts()[0].missing(), 100);
  EXPECT_EQ(counts()[0].offers, 0);
}

// Red while a district that was asked for by name was asked for of nobody: coordinators have codes.
TEST_F(VenueOffers, AreAskedOfDistrictsByNameToo) {
  VenueRequest wanted = *offers.find_request(asked_exam);
  const std::size_t before = wanted.districts.size();
  wanted.districts.push_back({DistrictCode("부산 중구"), 30, ""});
  const VenueRequest saved = save_wishes(offers, city(), wanted, asked_words, now);
  ASSERT_EQ(saved.districts.size(), before + 1);
  EXPECT_TRUE(std::any_of(saved.districts.begin(), saved.districts.end(),
                          [](const DistrictWish& wish) { return wish.district == DistrictCode("26110"); }));
  wanted = saved;
  wanted.districts.push_back({DistrictCode("중구"), 30, ""});
  EXPECT_EQ(code_thrown([&] { save_wishes(offers, city(), wanted, asked_words, now); }),
            code_thrown([&] {
              VenueRequest twice = saved;
              twice.districts.push_back(twice.districts.front());
              save_wishes(offers, city(), twice, asked_words, now);
            }));
}

TEST_F(VenueOffers, AreAskedForWithEveryFaultAndTellOnlyWhomItConcerns) {
  VenueRequest wanted = *offers.find_request(asked_exam);
  wanted.districts[0].email = "jongno@example.kr";
  wanted.districts[1].email = "jung@example.kr";
  const VenueRequest saved = save_wishes(offers, city(), wanted, asked_words, now);
  EXPECT_EQ(offers.messages.size(), 2U);
  EXPECT_EQ(code_thrown([&] { save_wishes(offers, city(), wanted, asked_words, now); }), "request_changed");
  VenueRequest more = saved;
  more.districts[1].seats = 300;
  save_wishes(offers, city(), more, asked_words, now);
  ASSERT_EQ(offers.messages.size(), 3U) << "the other district is asked for the same as before";
  EXPECT_EQ(offers.messages.back().to, "jung@example.kr");
  VenueRequest wrong = *offers.find_request(asked_exam);
  wrong.due_at = now;
  wrong.rule.min_gap_cm = -1;
  wrong.districts[0].email = "nowhere";
  wrong.districts[1].district = wrong.districts[0].district;
  try {
    save_wishes(offers, city(), wrong, asked_words, now);
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 4U);
  }
  EXPECT_EQ(code_thrown([&] { save_wishes(offers, coordinator("11110"), saved, asked_words, now); }), "not_your_venue");
}

TEST(RoomLists, ComeBackAsTheyWereWritten) {
  std::vector<Room> rooms{MemoryVenueOffers::room(1), MemoryVenueOffers::room(12)};
  rooms[0].blocked = {{1, 2}, {3, 1}};
  rooms[1].people_cap = 15;
  rooms[1].accessible = true;
  rooms[1].use = RoomUse::separate;
  rooms[1].building = "Main, \"old\"";
  const std::string csv = write_room_list(rooms);
  const auto again = read_room_list(csv, package::Encoding::utf8);
  EXPECT_EQ(write_room_list(again), csv);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].blocked, rooms[0].blocked);
  EXPECT_EQ(again[1].use, RoomUse::separate);
}

TEST(RoomLists, OfRowsPastedFromASpreadsheetAreRead) {
  const auto rooms = read_room_list("room_no\trow_count\tcolumn_count\trow_pitch_cm\tcolumn_pitch_cm\tfloor\n"
                                    "1\t5\t6\t150\t120\t2\n2\t5\t5\t150\t120\t2\n",
                                    package::Encoding::utf8);
  ASSERT_EQ(rooms.size(), 2U);
  EXPECT_EQ(rooms[0].column_count, 6);
  EXPECT_EQ(rooms[1].floor, "2");
}

// Red while a school's list was read by other rules than rooms.csv: commas between desks and the Korean words were faults.
TEST(RoomLists, AreReadAsTheRoomsOfAPackage) {
  const auto rooms = read_room_list("시험실번호,행수,열수,앞뒤간격(cm),좌우간격(cm),제외좌석,편의시설,용도\n"
                                    "1호실,5,6,150,120cm,\"2-5, ３-１;\",휠체어 접근,예비시험실\n2,5,5,150,120,,Accessible,\n",
                                    package::Encoding::utf8);
  ASSERT_EQ(rooms.size(), 2U);
  EXPECT_EQ(rooms[0].blocked, (std::vector<Desk>{{2, 5}, {3, 1}}));
  EXPECT_TRUE(rooms[0].accessible);
  EXPECT_EQ(rooms[0].use, RoomUse::reserve);
  EXPECT_TRUE(rooms[1].accessible);
}

TEST(RoomLists, WithFaultsSayThemAllAndOtherFilesAreRefused) {
  try {
    read_room_list("room_no,row_count,column_count,row_pitch_cm,column_pitch_cm,blocked,features\n"
                   "1,five,5,150,150,,\n2,5,5,150,150,front,\n3,5,5,150,150,,loud\n",
                   package::Encoding::utf8);
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 3U);
  }
  EXPECT_EQ(code_thrown([] { read_room_list(std::string("PK\x03\x04 and more"), package::Encoding::utf8); }), "workbook_not_read");
  EXPECT_EQ(code_thrown([] { read_room_list("", package::Encoding::utf8); }), "rooms_missing");
}

const std::string room_headings = "room_no,row_count,column_count,row_pitch_cm,column_pitch_cm,blocked\n";

// Red when workbooks are refused, or the first sheet is read although another is called like rooms.
TEST(RoomLists, OfAWorkbookAreReadFromTheSheetOfRooms) {
  using hanjari::tests::sheet_of_csv;
  const auto memo = sheet_of_csv("memo", "anything,else\n1,2\n");
  const auto list = sheet_of_csv("시험실", room_headings + "1,5,6,150,120,2-5;3-1\n12,4,4,150,120,\n");
  const auto rooms = read_room_list(hanjari::tests::workbook_of({memo, list}), package::Encoding::utf8);
  ASSERT_EQ(rooms.size(), 2U);
  EXPECT_EQ(rooms[0].blocked.size(), 2U);
  EXPECT_EQ(rooms[1].room_no, 12);
  auto unnamed = list;
  unnamed.name = "Sheet1";
  EXPECT_EQ(read_room_list(hanjari::tests::workbook_of({unnamed, memo}), package::Encoding::utf8).size(), 2U);
}

// Red when a fault of a row names no cell, or the cell is not marked in what comes back: a number that is none, a number given twice,
// a desk outside.
TEST(RoomLists, OfAWorkbookComeBackWithTheirWrongCellsMarked) {
  const std::string bytes = hanjari::tests::workbook_of({hanjari::tests::sheet_of_csv(
      "rooms", room_headings + "1,five,6,150,120,\n2,5,6,150,120,\n2,5,6,150,120,\n3,5,6,150,120,9-1\n")});
  package::BadCells bad;
  try {
    read_room_list(bytes, package::Encoding::utf8, &bad);
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 3U);
  }
  std::set<std::string> cells;
  for (const package::BadCell& cell : bad.kept()) cells.insert(workbook::write_address(cell.at));
  EXPECT_EQ(cells, (std::set<std::string>{"B2", "A4", "F5"}));
  const std::string marked = mark_room_list(bytes, bad, Language::english);
  std::string notes;
  for (const auto& [name, text] : hanjari::tests::unzipped(marked)) {
    if (name.find("Notes") != std::string::npos) notes += text;
  }
  EXPECT_THAT(notes, HasSubstr("ref=\"A4\""));
  EXPECT_THAT(notes, HasSubstr("room 2 stands in row 3 already"));
  EXPECT_TRUE(mark_room_list(bytes, package::BadCells(), Language::english).empty());
}

// Red while a sheet in UTF-16 was refused as one that cannot be marked, and nobody was told which cell is wrong.
TEST(RoomLists, OfAWorkbookThatCannotBeMarkedAreToldByTheirCells) {
  auto parts = hanjari::tests::parts_of({hanjari::tests::sheet_of_csv("rooms", room_headings + "1,five,6,150,120,\n")});
  for (auto& [name, text] : parts) {
    if (!name.starts_with("xl/worksheets/")) continue;
    text.replace(text.find("UTF-8"), 5, "UTF-16");
    std::string wide = "\xff\xfe";
    for (const char c : text) {
      wide += c;
      wide += '\0';
    }
    text = wide;
  }
  const std::string bytes = hanjari::tests::zip_of(parts);
  package::BadCells bad;
  try {
    read_room_list(bytes, package::Encoding::utf8, &bad);
    FAIL() << "nothing was refused";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_THAT(refused.faults().kept()[0].file, HasSubstr("rooms!B2"));
  }
  EXPECT_GT(bad.count(), 0U);
  EXPECT_TRUE(mark_room_list(bytes, bad, Language::english).empty());
}

TEST(RoomLists, LendTheirShapeToOtherRooms) {
  std::vector<Room> rooms{MemoryVenueOffers::room(1), MemoryVenueOffers::room(2)};
  rooms[0].row_count = 4;
  rooms[0].blocked = {{1, 1}};
  rooms[1].floor = "3";
  reuse_shape(rooms, 1, "2-3, 7");
  ASSERT_EQ(rooms.size(), 4U);
  for (const Room& room : rooms) {
    EXPECT_EQ(room.row_count, 4);
    EXPECT_EQ(room.blocked.size(), 1U);
  }
  EXPECT_EQ(rooms[1].floor, "3") << "a room stays where it is";
  for (const char* typed : {"", "two", "3-1", "1-100000", "2,,3"})
    EXPECT_EQ(code_thrown([&] { reuse_shape(rooms, 1, typed); }), "bad_room_numbers") << typed;
  EXPECT_EQ(code_thrown([&] { reuse_shape(rooms, 99, "1"); }), "no_such_room");
}

TEST_F(VenueOffers, BecomeTablesOfThePackageOnceTheyAreAccepted) {
  filled("V1");
  propose("V1");
  say_yes();
  EXPECT_EQ(write_accepted(offers.list_offers(asked_exam, std::nullopt), nullptr).venue_count, 0);
  accept("V1");
  const AcceptedTables tables = write_accepted(offers.list_offers(asked_exam, std::nullopt), nullptr);
  EXPECT_EQ(tables.venue_count, 1);
  EXPECT_THAT(tables.venues, HasSubstr("V1,School V1,11110,"));
  EXPECT_THAT(tables.venues, ::testing::Not(HasSubstr("V2")));
  EXPECT_THAT(tables.venues, ::testing::Not(HasSubstr("school@example.kr"))) << "the contact is no part of the exam";
  EXPECT_THAT(tables.rooms, HasSubstr("V1,1,,1,5,5,150,150,"));
  // Red while the venue that takes people over was forgotten where it stays in the exam without an offer.
  Exam before;
  for (const char* which : {"V1", "V9"}) {
    Venue& venue = before.venues.emplace_back();
    venue.code = VenueCode(which);
  }
  before.venues.front().merged_into = VenueCode("V9");
  const auto of = [&](OtherVenues others) { return write_accepted(offers.list_offers(asked_exam, std::nullopt), &before, others).venues; };
  EXPECT_THAT(of(OtherVenues::go), ::testing::Not(HasSubstr("V9")));
  EXPECT_THAT(of(OtherVenues::stay), HasSubstr(",V9\n"));
}

class OutboxOfReminders : public MessageOutbox {
 public:
  void enqueue(const Message& message, Instant) override { sent.insert(message.dedupe_id); }
  std::set<std::string> find_known(const std::vector<std::string>&) override { return {}; }
  std::vector<WaitingMessage> claim(Instant, std::chrono::seconds, int, const Lane&) override { return {}; }
  bool put_back(const WaitingMessage&, Channel, Instant, Instant) override { return false; }
  bool renew(const WaitingMessage&, Instant, std::chrono::seconds) override { return false; }
  bool mark_sent(const WaitingMessage&, Instant) override { return false; }
  bool mark_failed(const WaitingMessage&, const std::string&, std::optional<Instant>, Instant) override { return false; }
  std::vector<FailedMessage> list_failed(std::int64_t, int) override { return {}; }
  Figures count_messages() override { return {}; }

  std::set<std::string> sent;
};

// Red when a round of the same day tells again, or when days are counted by another clock than the exam's.
TEST_F(VenueOffers, ThatAreMissingAreRemindedOfOnceADay) {
  VenueRequest& request = offers.requests.at(asked_exam);
  request.due_at = now + std::chrono::hours(24 * 10);
  request.districts[0].email = "jongno@example.kr";
  request.districts[0].seats = 20;
  request.districts[1].email = "jung@example.kr";
  OutboxOfReminders outbox;
  std::set<std::int64_t> days;
  for (int hour = 0; hour < 24 * 25; ++hour) {
    const std::size_t before = outbox.sent.size();
    const Instant at = now + std::chrono::hours(hour);
    remind_districts(offers, outbox, [](const ExamCode&) { return asked_words; }, at);
    if (outbox.sent.size() > before) days.insert((at - now).count() / std::chrono::duration_cast<Instant::duration>(std::chrono::hours(24)).count());
  }
  // Seven, three and one days before, the day itself, and a week afterwards: for two districts.
  EXPECT_EQ(outbox.sent.size(), 2U * 11U);
  EXPECT_EQ(days.size(), 11U);
  filled("V1");
  propose("V1");
  OutboxOfReminders later;
  remind_districts(offers, later, [](const ExamCode&) { return asked_words; }, now + std::chrono::hours(24 * 9 + 4));
  EXPECT_EQ(later.sent.size(), 1U) << "25 of 20 seats are proposed in the first district";
}

}  // namespace
}  // namespace hanjari::services

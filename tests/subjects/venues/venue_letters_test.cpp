// Letters between city and districts: whose they are, and what is unread; instructions with their receipts.
#include "hanjari/venues/venue_letters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage/code_thrown.h"
#include "stage/memory_repositories.h"
#include "stage/venues/memory_venue_letters.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryVenueLetters;
using hanjari::tests::MemoryVenueOffers;

const ExamCode letter_exam("seoul-2021-1");
const ExamWords letter_words{{"An exam", "시험"}, "Asia/Seoul"};

class VenueLetters : public ::testing::Test {
 protected:
  VenueLetters() {
    offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}});
    offers.requests.at(letter_exam).districts[0].email = "jongno@example.kr";
  }
  Exchange exchange(const Actor& actor, const std::string& district, const std::string& venue = "") {
    return choose_exchange(offers, actor, letter_exam, DistrictCode(district), VenueCode(venue));
  }
  void write(const Actor& actor, const Exchange& to, const std::string& words) {
    write_letter(offers, letters, actor, to, words, letter_words, now);
  }

  MemoryVenueOffers offers;
  MemoryVenueLetters letters;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  const Actor jung{"jung", Role::district_coordinator, DistrictCode("11140")};
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

// Red when a coordinator may name another district.
TEST_F(VenueLetters, OfADistrictAreItsOwnWhateverIsNamed) {
  EXPECT_EQ(exchange(jung, "11110").district, DistrictCode("11140"));
  EXPECT_EQ(code_thrown([&] { exchange(jung, "", "V1"); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { exchange(jung, "", "V9"); }), "not_your_venue");
  const Exchange foreign{letter_exam, DistrictCode("11110"), {}};
  EXPECT_EQ(code_thrown([&] { read_letters(letters, jung, foreign); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { write(jung, foreign, "hello"); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { exchange(city, "99999"); }), "no_such_district");
  EXPECT_EQ(exchange(city, "", "V2").district, DistrictCode("11140"));
}

TEST_F(VenueLetters, AreUnreadForTheOtherSideUntilItOpensThem) {
  write(city, exchange(city, "11110"), "How many rooms have lifts?");
  ASSERT_EQ(letters.messages.size(), 1U);
  EXPECT_EQ(letters.messages.front().to, "jongno@example.kr");
  EXPECT_EQ(letters.messages.front().body.find("lifts"), std::string::npos) << "mail tells that there is a letter, not what it says";
  EXPECT_TRUE(count_own_unread(letters, city, letter_exam).empty()) << "one's own letter is not news";
  EXPECT_TRUE(count_own_unread(letters, jung, letter_exam).empty());
  EXPECT_EQ(count_own_unread(letters, jongno, letter_exam).size(), 1U);
  EXPECT_EQ(read_letters(letters, jongno, exchange(jongno, "")).size(), 1U);
  EXPECT_TRUE(count_own_unread(letters, jongno, letter_exam).empty());
  write(jongno, exchange(jongno, "", "V1"), "All of them");
  EXPECT_EQ(count_own_unread(letters, city, letter_exam).size(), 1U);
  EXPECT_EQ(letters.messages.size(), 1U) << "the city has no address";
  EXPECT_EQ(code_thrown([&] { write(jongno, exchange(jongno, ""), "  "); }), "told_missing");
}

// Red when a file can be had through another exchange than that of its letter.
TEST_F(VenueLetters, HaveFilesThatOnlyTheirOwnExchangeGives) {
  LetterFile plan;
  plan.media_type = "application/pdf";
  plan.name = "plan.pdf";
  plan.bytes = "%PDF-1.7";
  const Exchange own = exchange(jongno, "");
  const auto send = [&](std::vector<LetterFile> files) {
    write_letter(offers, letters, jongno, own, "See the plan", letter_words, now, std::move(files));
  };
  send({plan});
  ASSERT_EQ(read_letters(letters, city, own).size(), 1U);
  const Letter letter = read_letters(letters, city, own).front();
  ASSERT_EQ(letter.files.size(), 1U);
  EXPECT_EQ(letter.files.front().size, 8);
  EXPECT_TRUE(letter.files.front().bytes.empty()) << "a list reads no contents";
  const std::string id = letter.files.front().id;
  hanjari::tests::MemoryAccesses accesses;
  EXPECT_EQ(take_letter_file(letters, accesses, city, own, id, now).bytes, "%PDF-1.7");
  EXPECT_EQ(accesses.lines, (std::vector<std::string>{"officer venue_letter_file.read seoul-2021-1/11110"}));
  const auto take = [&](const Actor& actor, const Exchange& from) {
    return code_thrown([&] { take_letter_file(letters, accesses, actor, from, id, now); });
  };
  EXPECT_EQ(take(jung, own), "not_your_venue");
  EXPECT_EQ(take(jung, exchange(jung, "")), "no_such_file");
  EXPECT_EQ(take(jongno, exchange(jongno, "", "V1")), "no_such_file");
  EXPECT_EQ(code_thrown([&] { send({plan, plan, plan, plan}); }), "too_many_files");
  LetterFile empty = plan;
  empty.bytes.clear();
  EXPECT_EQ(code_thrown([&] { send({empty}); }), "file_missing");
  LetterFile large = plan;
  large.bytes.assign(longest_letter_file + 1, 'x');
  EXPECT_EQ(code_thrown([&] { send({large}); }), "file_too_large");
}

// Red when every letter and instruction waits as a mail of its own: after an hour's limit they would go on for days.
TEST_F(VenueLetters, OfTheCityWaitAsOneMailForEachDistrict) {
  write(city, exchange(city, "11110"), "One");
  write(city, exchange(city, "11110"), "Two");
  publish_instruction(offers, letters, city, letter_exam, "Keys", "Who has the keys of the school", letter_words, now);
  ASSERT_EQ(letters.messages.size(), 3U);
  for (const Message& message : letters.messages) EXPECT_EQ(message.digest, "venue-letter/seoul-2021-1/11110");
}

// Red when every letter of a district is a mail to the city.
TEST_F(VenueLetters, OfADistrictTellTheCityOnceADay) {
  offers.requests.at(letter_exam).city_email = "exam@example.kr";
  write(jongno, exchange(jongno, ""), "One");
  write(jongno, exchange(jongno, ""), "Two");
  ASSERT_EQ(letters.messages.size(), 2U);
  EXPECT_EQ(letters.messages[0].to, "exam@example.kr");
  EXPECT_EQ(letters.messages[0].dedupe_id, letters.messages[1].dedupe_id) << "the outbox sends one of them";
  EXPECT_EQ(letters.messages[0].body.find("One"), std::string::npos);
  now += std::chrono::hours(24);
  write(jongno, exchange(jongno, ""), "Three");
  EXPECT_NE(letters.messages[2].dedupe_id, letters.messages[0].dedupe_id);
}

// Red when a district that is asked for nothing reads and confirms instructions: its receipt would be counted.
TEST_F(VenueLetters, AreNotForDistrictsThatAreNotAsked) {
  publish_instruction(offers, letters, city, letter_exam, "Keys", "Who has the keys of the school", letter_words, now);
  const Actor mapo{"mapo", Role::district_coordinator, DistrictCode("11440")};
  EXPECT_EQ(code_thrown([&] { read_instructions(offers, letters, mapo, letter_exam); }), "no_such_district");
  EXPECT_EQ(code_thrown([&] { confirm_reading(offers, letters, mapo, letter_exam, 1, now); }), "no_such_district");
  EXPECT_TRUE(letters.receipts.empty());
  EXPECT_EQ(read_instructions(offers, letters, jung, letter_exam).size(), 1U);
}

// Red while the city and the districts of an imported exam can only write to one another once seats are asked for.
TEST_F(VenueLetters, OfAnImportedExamGoToTheDistrictsOfItsLivePlan) {
  const ExamCode imported("imported-1");
  hanjari::tests::MemoryPlans plans;
  const LetterGround ground(offers, &plans);
  const auto chosen = [&](const Actor& actor, const char* district, const char* venue) {
    return choose_exchange(ground, actor, imported, DistrictCode(district), VenueCode(venue));
  };
  const Exchange about_district = chosen(jongno, "11140", "");
  EXPECT_EQ(about_district.district, DistrictCode("11110")) << "the own one, whatever is named";
  write_letter(ground, letters, jongno, about_district, "Where are the keys?", letter_words, now);
  EXPECT_EQ(read_letters(letters, city, chosen(city, "11110", "")).size(), 1U);
  EXPECT_EQ(chosen(city, "", "V11140").district, DistrictCode("11140"));
  EXPECT_EQ(chosen(jongno, "", "V11110").district, DistrictCode("11110"));
  for (const char* venue : {"V11140", "V9"})
    EXPECT_EQ(code_thrown([&] { chosen(jongno, "", venue); }), "not_your_venue") << venue;
  EXPECT_EQ(code_thrown([&] { chosen(city, "", "V9"); }), "no_such_offer");
  EXPECT_EQ(code_thrown([&] { chosen(city, "11440", ""); }), "no_such_district");
  const Actor mapo{"mapo", Role::district_coordinator, DistrictCode("11440")};
  EXPECT_EQ(code_thrown([&] { chosen(mapo, "", ""); }), "no_such_district");
  const auto venues_of = [&](const Actor& actor) { return list_letter_venues(ground, actor, imported).size(); };
  EXPECT_EQ(venues_of(city), 2U);
  EXPECT_EQ(venues_of(jongno), 1U);
  EXPECT_EQ(venues_of(mapo), 0U);
  publish_instruction(ground, letters, city, imported, "Keys", "Bring them", letter_words, now);
  confirm_reading(ground, letters, jung, imported, 1, now);
  EXPECT_EQ(code_thrown([&] { confirm_reading(ground, letters, mapo, imported, 1, now); }), "no_such_district");
  EXPECT_EQ(letters.receipts.size(), 1U);
  ASSERT_EQ(letters.messages.size(), 1U) << "whose office is known from another exam's request";
  EXPECT_EQ(letters.messages.front().to, "jongno@example.kr");
  // Without a plan nobody has a part yet.
  EXPECT_EQ(code_thrown([&] { choose_exchange(offers, city, imported, DistrictCode("11110"), VenueCode()); }), "no_request");
  // Red when a request that is made afterwards hides what was written before it, and leaves it unread for ever.
  offers.plant("imported-1", {{"11140", "V2"}});
  EXPECT_EQ(read_letters(letters, city, chosen(city, "11110", "")).size(), 1U);
  EXPECT_EQ(read_letters(letters, jongno, chosen(jongno, "", "")).size(), 1U);
  EXPECT_EQ(chosen(jung, "", "V11140").district, DistrictCode("11140"));
  EXPECT_EQ(chosen(jung, "", "V2").district, DistrictCode("11140"));
  EXPECT_EQ(code_thrown([&] { chosen(jongno, "", "V2"); }), "not_your_venue");
  EXPECT_EQ(venues_of(city), 3U);
}

// Red while letters of an exam for which nothing was asked go without mail.
TEST_F(VenueLetters, OfAnImportedExamGoByMailWhereTheOfficeIsKnown) {
  const ExamCode imported("imported-1");
  hanjari::tests::MemoryPlans plans;
  const LetterGround ground(offers, &plans);
  VenueRequest newer = offers.requests.at(letter_exam);
  newer.exam = ExamCode("seoul-2021-2");
  newer.changed_at = now;
  newer.city_email = "city@example.kr";
  newer.districts[0].email = "new-jongno@example.kr";
  offers.requests[newer.exam] = newer;
  const auto without_mail = [&] { return list_districts_without_mail(ground, city, imported); };
  EXPECT_EQ(without_mail(), std::vector<DistrictCode>{DistrictCode("11140")});
  const auto between = [&](const Actor& actor, const char* district) {
    return choose_exchange(ground, actor, imported, DistrictCode(district), VenueCode());
  };
  write_letter(ground, letters, city, between(city, "11110"), "Bring the keys", letter_words, now);
  ASSERT_EQ(letters.messages.size(), 1U);
  EXPECT_EQ(letters.messages.back().to, "new-jongno@example.kr") << "of two requests the newest knows";
  EXPECT_EQ(letters.messages.back().exam, "imported-1") << "destroyed with the exam that it is about";
  write_letter(ground, letters, city, between(city, "11140"), "Bring the keys", letter_words, now);
  EXPECT_EQ(letters.messages.size(), 1U) << "nobody knows this office";
  write_letter(ground, letters, jongno, between(jongno, ""), "Which keys?", letter_words, now);
  ASSERT_EQ(letters.messages.size(), 2U);
  EXPECT_EQ(letters.messages.back().to, "city@example.kr");
  EXPECT_EQ(code_thrown([&] { list_districts_without_mail(ground, jongno, imported); }), "not_your_venue");
  // What an own request leaves out is left out on purpose.
  VenueRequest own = newer;
  own.exam = imported;
  own.city_email.clear();
  for (DistrictWish& wish : own.districts) wish.email.clear();
  offers.requests[imported] = own;
  EXPECT_EQ(without_mail().size(), 2U);
}

// A district may be asked for nothing, so that letters reach it before a plan is live: it is not told that 0 seats are asked.
TEST_F(VenueLetters, ReachDistrictsOfWhichNothingIsAsked) {
  const ExamCode prepared("prepared-1");
  VenueRequest wanted;
  wanted.exam = prepared;
  wanted.due_at = now + std::chrono::hours(24);
  wanted.districts = {{DistrictCode("11110"), 0, "jongno@example.kr"}, {DistrictCode("11140"), 100, "jung@example.kr"}};
  const VenueRequest saved = save_wishes(offers, city, wanted, letter_words, now);
  ASSERT_EQ(offers.messages.size(), 1U);
  EXPECT_EQ(offers.messages.front().to, "jung@example.kr");
  write_letter(offers, letters, city, choose_exchange(offers, city, prepared, DistrictCode("11110"), VenueCode()), "Hello", letter_words, now);
  ASSERT_EQ(letters.messages.size(), 1U);
  EXPECT_EQ(letters.messages.front().to, "jongno@example.kr");
  VenueRequest less = saved;
  less.districts[1].seats = 0;
  save_wishes(offers, city, less, letter_words, now);
  EXPECT_EQ(offers.messages.size(), 2U) << "whose seats are not needed any more is told";
}

TEST_F(VenueLetters, HaveInstructionsThatEachConfirmsOnce) {
  EXPECT_EQ(code_thrown([&] { publish_instruction(offers, letters, jongno, letter_exam, "a", "b", letter_words, now); }),
            "not_your_venue");
  EXPECT_EQ(code_thrown([&] { publish_instruction(offers, letters, city, letter_exam, " ", "", letter_words, now); }),
            "instruction_incomplete");
  publish_instruction(offers, letters, city, letter_exam, "Keys", "Who has the keys of the school", letter_words, now);
  EXPECT_EQ(letters.messages.size(), 1U);
  confirm_reading(offers, letters, jongno, letter_exam, 1, now);
  confirm_reading(offers, letters, jongno, letter_exam, 1, now);
  ASSERT_EQ(letters.receipts.size(), 1U);
  EXPECT_EQ(letters.receipts.front().district, DistrictCode("11110"));
  EXPECT_EQ(code_thrown([&] { confirm_reading(offers, letters, city, letter_exam, 1, now); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { confirm_reading(offers, letters, jung, letter_exam, 7, now); }), "no_such_instruction");
}

}  // namespace
}  // namespace hanjari::services

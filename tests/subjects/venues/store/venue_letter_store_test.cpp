// Letters and instructions on a real database: sealed, numbered in order whoever writes at once, read once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "hanjari/venues/venue_letters.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptLetters : public testing::Test {
 protected:
  KeptLetters() {
    VenueRequest request;
    request.exam = exchange.exam;
    request.due_at = database.clock.now() + std::chrono::hours(24 * 30);
    request.districts = {{DistrictCode("11110"), 300, ""}};
    save_wishes(database->venue_offers(), {"officer", Role::exam_officer, {}}, request, {{"An exam", "시험"}, "Asia/Seoul"},
                database.clock.now());
  }
  VenueLetterRepository& letters() { return database->venue_letters(); }
  void write(bool from_city, const std::string& words) {
    Letter letter;
    letter.from_city = from_city;
    letter.author = from_city ? "officer" : "jongno";
    letter.words = words;
    letter.at = database.clock.now();
    letters().add_letter(exchange, letter, {}, change_of(database.clock));
  }

  TestDatabase database;
  const Exchange exchange{ExamCode("asked-1"), DistrictCode("11110"), {}};
};

TEST_F(KeptLetters, StandSealedAndComeBackInOrder) {
  write(true, "The lift question");
  write(false, "The lift answer");
  const auto list = letters().list_letters(exchange);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].words, "The lift question");
  EXPECT_TRUE(list[0].from_city);
  EXPECT_EQ(list[1].number, 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM venue_letters WHERE INSTR(words_sealed, 'lift') > 0"), 0);
  EXPECT_TRUE(letters().list_letters({exchange.exam, exchange.district, VenueCode("V1")}).empty());
}

TEST_F(KeptLetters, OfManyAtOnceHaveOneNumberEach) {
  std::vector<std::thread> people;
  for (int person = 0; person < 8; ++person) people.emplace_back([&, person] { write(person % 2 == 0, "letter " + std::to_string(person)); });
  for (std::thread& person : people) person.join();
  EXPECT_EQ(letters().list_letters(exchange).size(), 8U);
  EXPECT_EQ(database.number("SELECT MAX(letter_no) FROM venue_letters"), 8);
}

// Red as twenty letters and twenty instructions, each of which every district had to confirm.
TEST_F(KeptLetters, AreThereOnceHoweverOftenTheyAreSentInOneMoment) {
  Instruction instruction;
  instruction.title = "Keys";
  instruction.words = "Who has them";
  instruction.author = "officer";
  instruction.at = database.clock.now();
  std::vector<std::thread> clicks;
  for (int click = 0; click < 6; ++click) {
    clicks.emplace_back([&] {
      write(true, "the same");
      letters().add_instruction(exchange.exam, instruction, {}, change_of(database.clock));
    });
  }
  for (std::thread& click : clicks) click.join();
  EXPECT_EQ(letters().list_letters(exchange).size(), 1U);
  EXPECT_EQ(letters().list_instructions(exchange.exam).size(), 1U);
  write(true, "something else");
  write(false, "the same");
  instruction.words = "Who else has them";
  letters().add_instruction(exchange.exam, instruction, {}, change_of(database.clock));
  EXPECT_EQ(letters().list_letters(exchange).size(), 3U) << "other words, and another person's";
  EXPECT_EQ(letters().list_instructions(exchange.exam).size(), 2U);
  write(true, "the same");
  EXPECT_EQ(letters().list_letters(exchange).size(), 4U) << "an answer to what was written in between";
  database.clock.advance(std::chrono::minutes(2));
  write(true, "the same");
  EXPECT_EQ(letters().list_letters(exchange).size(), 5U) << "said again on purpose";
}

// Red while the database wants a request behind every letter: that of an imported exam has none.
TEST_F(KeptLetters, OfAnImportedExamNeedNoRequest) {
  database.connect()->execute("INSERT INTO exams (exam_code, created_at) VALUES ('imported-1', NOW(6))");
  const Exchange imported{ExamCode("imported-1"), DistrictCode("11110"), VenueCode("V1")};
  Letter letter;
  letter.author = "jongno";
  letter.words = "Where are the keys?";
  letter.at = database.clock.now();
  letters().add_letter(imported, letter, {}, change_of(database.clock));
  Instruction instruction;
  instruction.title = "Keys";
  instruction.words = "Bring them";
  instruction.author = "officer";
  instruction.at = database.clock.now();
  letters().add_instruction(imported.exam, instruction, {}, change_of(database.clock));
  ASSERT_EQ(letters().list_letters(imported).size(), 1U);
  EXPECT_EQ(letters().list_letters(imported).front().words, letter.words);
  EXPECT_EQ(letters().list_instructions(imported.exam).size(), 1U);
  const Exchange nowhere{ExamCode("nothing-1"), DistrictCode("11110"), {}};
  EXPECT_EQ(code_thrown([&] { letters().add_letter(nowhere, letter, {}, change_of(database.clock)); }), "unknown_exam")
      << "an exam that is not there";
}

TEST_F(KeptLetters, AreUnreadUntilTheyWereRead) {
  write(true, "one");
  write(true, "two");
  const auto unread = [&] { return letters().count_unread(exchange.exam, "jongno", false); };
  const std::pair<DistrictCode, VenueCode> place{DistrictCode("11110"), VenueCode()};
  ASSERT_EQ(unread().size(), 1U);
  EXPECT_EQ(unread().at(place), 2);
  EXPECT_TRUE(letters().count_unread(exchange.exam, "officer", true).empty());
  letters().mark_read(exchange, "jongno", 2);
  letters().mark_read(exchange, "jongno", 1);
  EXPECT_TRUE(unread().empty()) << "what was read stays read";
}

TEST_F(KeptLetters, HaveInstructionsWithReceipts) {
  Instruction instruction;
  instruction.title = "Keys";
  instruction.words = "Who has them";
  instruction.author = "officer";
  instruction.at = database.clock.now();
  letters().add_instruction(exchange.exam, instruction, {}, change_of(database.clock));
  ASSERT_EQ(letters().list_instructions(exchange.exam).size(), 1U);
  const InstructionReceipt receipt{1, "jongno", DistrictCode("11110"), database.clock.now()};
  letters().add_receipt(exchange.exam, receipt, change_of(database.clock));
  letters().add_receipt(exchange.exam, receipt, change_of(database.clock));
  EXPECT_EQ(letters().list_receipts(exchange.exam).size(), 1U);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'venue_instruction.read'"), 1);
  EXPECT_EQ(code_thrown([&] { letters().add_receipt(exchange.exam, {7, "jongno", DistrictCode("11110"), {}}, change_of(database.clock)); }),
            "no_such_instruction");
}

// Red without the limits: whoever may write fills the disk with attachments. Each side has its own, so that neither silences the other.
TEST_F(KeptLetters, OfOneSideKeepNoMoreThanIsBorne) {
  write(false, "The first");
  database.connect()->execute(
      "INSERT INTO venue_letter_files (file_id, letter_id, exam_code, media_type, bytes, name_sealed, content_sealed) SELECT 'large', "
      "letter_id, exam_code, 'application/pdf', " +
      std::to_string(most_bytes_of_side) + ", '', '' FROM venue_letters LIMIT 1");
  Letter letter;
  letter.author = "jongno";
  letter.words = "One more";
  letter.at = database.clock.now();
  LetterFile file;
  file.id = "one-more";
  file.media_type = "application/pdf";
  file.name = "plan.pdf";
  file.bytes = "%PDF-1.7";
  letter.files = {file};
  EXPECT_EQ(code_thrown([&] { letters().add_letter(exchange, letter, {}, change_of(database.clock)); }), "too_many_bytes");
  letter.files.clear();
  EXPECT_EQ(code_thrown([&] { letters().add_letter(exchange, letter, {}, change_of(database.clock)); }), "nothing") << "words go on";
  letter.files = {file};
  letter.from_city = true;
  EXPECT_EQ(code_thrown([&] { letters().add_letter(exchange, letter, {}, change_of(database.clock)); }), "nothing");
  database.connect()->execute(
      "INSERT INTO venue_letters (letter_id, exam_code, district_code, venue_code, letter_no, from_city, author, words_sealed, "
      "written_at) SELECT CONCAT('many-', seq), 'asked-1', '11110', '', 100 + seq, FALSE, 'jongno', '', NOW(6) FROM seq_1_to_" +
      std::to_string(most_letters_of_side));
  EXPECT_EQ(code_thrown([&] { write(false, "One too many"); }), "too_many_letters");
  EXPECT_EQ(code_thrown([&] { write(true, "The other side"); }), "nothing");
}

TEST_F(KeptLetters, HaveFilesThatStandSealed) {
  Letter letter;
  letter.author = "jongno";
  letter.words = "See the plan";
  letter.at = database.clock.now();
  LetterFile plan;
  plan.id = "file-1";
  plan.media_type = "application/pdf";
  plan.name = "도면.pdf";
  plan.bytes = "%PDF-1.7 plan";
  letter.files = {plan};
  letters().add_letter(exchange, letter, {}, change_of(database.clock));
  const auto list = letters().list_letters(exchange);
  ASSERT_EQ(list.size(), 1U);
  ASSERT_EQ(list[0].files.size(), 1U);
  EXPECT_EQ(list[0].files[0].name, "도면.pdf");
  EXPECT_EQ(list[0].files[0].size, 13);
  EXPECT_EQ(letters().find_letter_file(exchange, "file-1")->bytes, "%PDF-1.7 plan");
  EXPECT_FALSE(letters().find_letter_file({exchange.exam, DistrictCode("11140"), {}}, "file-1"));
  EXPECT_FALSE(letters().find_letter_file({exchange.exam, exchange.district, VenueCode("V1")}, "file-1"));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM venue_letter_files WHERE INSTR(content_sealed, 'PDF') > 0"), 0);
}

}  // namespace
}  // namespace hanjari::services

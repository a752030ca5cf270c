// The ledger on a real database: numbered whoever writes at once, never changed, sealed where it names people; and a dry run after
// which every table is as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "database/driver_error.h"
#include "hanjari/base/error.h"
#include "hanjari/materials/briefing.h"
#include "hanjari/materials/materials.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptMaterials : public testing::Test {
 protected:
  KeptMaterials() {
    // The key of the exam, as an import makes it.
    database->exams().save_exam(hanjari::tests::small_exam(book.exam.text()), nullptr, change_of(database.clock), no_progress());
  }
  MaterialRepository& materials() { return database->materials(); }
  MaterialDesk desk(const Actor& actor, const Book& which) {
    return {materials(), database->plans(), database->attempts(), own, actor, which, database.clock.now()};
  }
  std::string give(std::int64_t count = 30) {
    return hand_over(desk(city, book), "city", "district/11110", {{parse_item("booklet/A/").value(), count}, {parse_item("seal").value(), 2}}, "", "");
  }

  TestDatabase database;
  std::shared_ptr<const OwnVenues> own = std::make_shared<VenuesOfDistrict>();
  const Book book{ExamCode("packed-1"), {}};
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
};

TEST_F(KeptMaterials, ComeBackAsTheyWereSigned) {
  receive(desk(jongno, book), give(), {29, 2}, "");
  correct(desk(jongno, book), 3, 30, "Miscounted");
  const auto entries = materials().list_entries(book, std::nullopt, std::nullopt);
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[0].kind, EntryKind::given);
  EXPECT_EQ(spell(entries[0].item), "booklet/A/");
  EXPECT_EQ(spell(entries[0].to), "district/11110");
  EXPECT_EQ(entries[2].kind, EntryKind::received);
  EXPECT_EQ(entries[2].of, 1);
  EXPECT_EQ(entries[2].count, 29);
  EXPECT_EQ(entries[2].signer, "account jongno");
  EXPECT_EQ(entries[4].kind, EntryKind::corrected);
  EXPECT_EQ(entries[4].of, 3);
  EXPECT_EQ(entries[4].count, 1);
  EXPECT_EQ(entries[4].reason, "Miscounted");
  EXPECT_TRUE(materials().list_entries(book, DistrictCode("11140"), std::nullopt).empty());
  EXPECT_EQ(materials().list_entries(book, DistrictCode("11110"), std::nullopt).size(), 5U);
  EXPECT_EQ(database->audit().list_entries({.action = "material_ledger"}).size(), 3U);
}

// Red without the lock of the book's row, or without the key that a receipt is unique by.
TEST_F(KeptMaterials, AreReceivedOnceAndNumberedInOrderWhoeverWritesAtOnce) {
  const std::string act = give();
  std::atomic<int> received{0};
  std::vector<std::thread> people;
  for (int person = 0; person < 6; ++person) {
    people.emplace_back([&] {
      if (code_thrown([&] { receive(desk(jongno, book), act, {30, 2}, ""); }) == "nothing") ++received;
      give(1);
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(received, 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM material_entries"), 2 + 2 + 6 * 2);
  EXPECT_EQ(database.number("SELECT MAX(entry_no) FROM material_entries"), 2 + 2 + 6 * 2);
}

// Red when the difference is written without comparing what the entry says: both would take two away.
TEST_F(KeptMaterials, AreCorrectedOnceWhoeverCorrectsAtOnce) {
  give();
  std::vector<std::thread> people;
  for (int person = 0; person < 6; ++person)
    people.emplace_back([&] { code_thrown([&] { correct(desk(city, book), 1, 28, "Miscounted"); }); });
  for (std::thread& person : people) person.join();
  const auto entries = materials().list_entries(book, std::nullopt, std::nullopt);
  EXPECT_EQ(corrected_count(entries, 1), 28);
  Entry late = entries.back();
  ASSERT_EQ(late.kind, EntryKind::corrected);
  late.act = "late";
  late.said = 30;
  EXPECT_EQ(code_thrown([&] { materials().add_entries(book, {late}, {"officer", "late", late.at, "exam_officer"}); }), "entry_changed");
}

TEST_F(KeptMaterials, RefuseInTheDatabaseWhatNoLedgerHas) {
  give();
  const auto connection = database.connect();
  const std::string columns =
      "INSERT INTO material_entries (exam_code, run, entry_no, kind, act, item, from_station, to_station, from_district, to_district, "
      "from_venue, to_venue, item_count, receipt_of, correction_of, parcel, reason, signer, signed_at) VALUES ('packed-1', '', 9, ";
  for (const char* rest : {"'given', 'x', 'seal', 'city', 'city', '', '', '', '', 1, NULL, NULL, '', '', 'account a', '2021-01-01')",
                           "'given', 'x', 'seal', 'city', 'ministry', '', '', '', '', -1, NULL, NULL, '', '', 'account a', '2021-01-01')",
                           "'received', 'x', 'seal', 'city', 'ministry', '', '', '', '', 1, NULL, NULL, '', '', 'account a', '2021-01-01')",
                           "'received', 'x', 'seal', 'city', 'ministry', '', '', '', '', 1, 77, NULL, '', '', 'account a', '2021-01-01')",
                           "'corrected', 'x', 'seal', 'city', 'ministry', '', '', '', '', -1, NULL, 1, '', '', 'account a', '2021-01-01')",
                           "'given', 'x', 'seal', 'city', 'ministry', '', '', '', '', 1, NULL, NULL, '', '', '', '2021-01-01')"}) {
    EXPECT_THROW(connection->execute(columns + rest), storage::DriverError) << rest;
  }
}

TEST_F(KeptMaterials, KeepNamesSealedAndFindASignerByTheCodeAlone) {
  const std::string code = issue_signer(desk(city, book), "district/11110", "Kim Signer");
  const auto signers = materials().list_signers(book);
  ASSERT_EQ(signers.size(), 1U);
  EXPECT_EQ(signers[0].name, "Kim Signer");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM material_signers WHERE INSTR(name_sealed, 'Kim') > 0"), 0);
  EXPECT_TRUE(materials().find_signer(book, materials().hash_signer_code(book, code)));
  EXPECT_FALSE(materials().find_signer({ExamCode("packed-2"), {}}, materials().hash_signer_code(book, code)));
  EXPECT_FALSE(materials().find_signer(book, materials().hash_signer_code(book, "0000000000")));
}

TEST_F(KeptMaterials, CompareSettingsAndWordsBeforeTheyChange) {
  save_packing_settings(desk(city, book), {1, 2, 3, 4}, 0);
  EXPECT_EQ(code_thrown([&] { save_packing_settings(desk(city, book), {1, 2, 3, 5}, 0); }), "settings_changed");
  EXPECT_EQ(materials().find_settings(book).packing, (PackingSettings{1, 2, 3, 4}));
  EXPECT_EQ(code_thrown([&] { save_packing_settings(desk(jongno, book), {1, 2, 3, 5}, 1); }), "not_your_venue");
  BriefingRepository& briefings = database->briefings();
  save_own_note(desk(city, book), briefings, "Call 120", 0);
  EXPECT_EQ(code_thrown([&] { save_own_note(desk(city, book), briefings, "Call 119", 0); }), "note_changed");
  save_own_note(desk(city, book), briefings, "Call 119", 1);
  EXPECT_EQ(briefings.find_note(book.exam, {})->words, "Call 119");
  EXPECT_FALSE(briefings.find_note(book.exam, DistrictCode("11110")));
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM briefing_notes WHERE INSTR(words_sealed, 'Call') > 0"), 0);
}

// Every table of the schema by its number of rows and its content.
std::vector<std::string> content_of_all_tables(const TestDatabase& database) {
  const auto connection = database.connect();
  std::vector<std::string> names;
  {
    storage::Rows rows = connection->select(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY "
        "table_name");
    while (rows.next()) names.push_back(rows.text());
  }
  std::vector<std::string> content;
  for (const std::string& name : names) {
    // Signs of life of programs are not of anybody's making.
    // Of living programs, and of the key that the first limit makes for the whole installation.
    if (name == "key_programs" || name == "attempt_keys") continue;
    storage::Rows rows = connection->select("CHECKSUM TABLE " + name + " EXTENDED");
    if (!rows.next()) continue;
    rows.text();
    content.push_back(name + " " + rows.maybe_text().value_or("none"));
  }
  return content;
}

// Red when a step of a dry run writes to the real ledger, to the audit trail, or leaves a row.
TEST_F(KeptMaterials, OfADryRunLeaveEveryTableAsItWas) {
  give();
  const std::vector<std::string> before = content_of_all_tables(database);
  const Book run{book.exam, "jongno"};
  begin_dry_run(desk(jongno, run));
  EXPECT_NE(content_of_all_tables(database), before) << "the comparison sees something";
  const MaterialDesk trying = desk(jongno, run);
  const std::string act = hand_over(trying, "printing_office", "district/00000", {{parse_item("seal").value(), 5}}, "", "1111111111");
  receive(trying, act, {4}, "");
  correct(trying, 2, 5, "A try");
  count_stock(trying, "district/00000", {{parse_item("seal").value(), 5}});
  tick(trying, database->briefings(), dry_run_venue, "signs_posted", true);
  EXPECT_EQ(list_readiness(trying, database->briefings()).front().done, 1);
  const Book other{book.exam, "jung"};
  EXPECT_TRUE(materials().list_entries(other, std::nullopt, std::nullopt).empty()) << "each account has its own";
  end_dry_run(trying);
  EXPECT_EQ(content_of_all_tables(database), before);
  EXPECT_EQ(code_thrown([&] { hand_over(trying, "city", "district/00000", {{parse_item("seal").value(), 5}}, "", ""); }), "no_dry_run");
  end_dry_run(desk(city, book));
  EXPECT_EQ(content_of_all_tables(database), before) << "the real ledger is never deleted";
}

}  // namespace
}  // namespace hanjari::services

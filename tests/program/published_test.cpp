// What people are told and printed anew starts from what they have, however many changes lie between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::StartsWith;

// The first cells of the lines below the heading.
std::set<std::string> first_cells(const std::string& csv) {
  std::set<std::string> cells;
  for (std::size_t at = csv.find('\n') + 1; at > 0 && at < csv.size(); at = csv.find('\n', at) + 1)
    cells.insert(csv.substr(at, csv.find_first_of(",\r\n", at) - at));
  return cells;
}

// The file without its lines that begin so.
void drop_lines(const std::filesystem::path& file, const std::string& beginning) {
  const std::string text = read_file(file);
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    if (text.compare(at, beginning.size(), beginning) != 0) kept += text.substr(at, end - at);
    at = end;
  }
  AtomicFile out(file);
  out.write(kept);
  out.commit();
}

class Published : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run_hanjari({"sample", "--out", folder / "exam", "--applicants", "600", "--venues", "4", "--rooms", "60"})
                  .status,
              0);
    ASSERT_EQ(run_hanjari({"plan", folder / "exam", "--out", folder / "plan", "--rounds", "2"}).status, 0);
    // A room is lost, then another one.
    std::filesystem::copy(folder / "exam", folder / "one");
    drop_lines(folder / "one/rooms.csv", room_of_line(1));
    ASSERT_EQ(run_hanjari({"replan", folder / "one", "--from", folder / "plan", "--out", folder / "first"}).status, 0);
    std::filesystem::copy(folder / "one", folder / "two");
    drop_lines(folder / "two/rooms.csv", room_of_line(500));
    second = run_hanjari({"replan", folder / "two", "--from", folder / "first", "--out", folder / "second"});
    ASSERT_EQ(second.status, 0) << second.err;
  }

  // VENUE,ROOM, of the person in this line of the first plan.
  std::string room_of_line(int line) {
    const std::string text = read_file(folder / "plan/placements.csv");
    std::size_t at = 0;
    for (int i = 0; i < line; ++i) at = text.find('\n', at) + 1;
    for (int i = 0; i < 3; ++i) at = text.find(',', at) + 1;
    std::size_t end = text.find(',', at);
    end = text.find(',', end + 1);
    return text.substr(at, end - at) + ",";
  }

  TemporaryFolder folder;
  Ran second;
};

TEST_F(Published, IsWhereTheListsOfASecondChangeStart) {
  const auto told_first = first_cells(read_file(folder / "first/notices.csv"));
  const auto told = first_cells(read_file(folder / "second/notices.csv"));
  const auto moved = first_cells(read_file(folder / "second/changes.csv"));
  EXPECT_GE(told_first.size(), 5U);
  EXPECT_THAT(told, IsSupersetOf(told_first)) << "the notices of the first change are not lost";
  EXPECT_GT(told.size(), moved.size());
  EXPECT_EQ(read_file(folder / "second/published/placements.csv"), read_file(folder / "plan/placements.csv"));
  EXPECT_THAT(second.err, HasSubstr("carries along"));
  EXPECT_THAT(read_file(folder / "second/notices.csv"), StartsWith("applicant_id,applicant_number,change,message_ko,message_en,"));
  EXPECT_THAT(read_file(folder / "second/notices.xlsx"), StartsWith("PK"));
  const std::string notices = read_file(folder / "second/notices.csv");
  EXPECT_EQ(notices.find('\r'), std::string::npos);
  std::vector<std::string> ids;
  for (std::size_t at = notices.find('\n') + 1; at < notices.size(); at = notices.find('\n', at) + 1)
    ids.push_back(notices.substr(at, notices.find(',', at) - at));
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end())) << "by applicant_id";
  // The same lists of the two plans alone, and none of a plan against itself.
  ASSERT_EQ(run_hanjari({"changes", folder / "two", folder / "second", "--published", folder / "plan", "--out",
                         folder / "lists"})
                .status,
            0);
  EXPECT_EQ(read_file(folder / "lists/notices.csv"), read_file(folder / "second/notices.csv"));
  ASSERT_EQ(run_hanjari({"changes", folder / "two", folder / "second", "--published", folder / "second", "--out",
                         folder / "none"})
                .status,
            0);
  EXPECT_TRUE(first_cells(read_file(folder / "none/notices.csv")).empty());
  // Somebody published the first change after all.
  ASSERT_EQ(run_hanjari({"replan", folder / "two", "--from", folder / "first", "--published", folder / "first", "--out",
                         folder / "later"})
                .status,
            0);
  EXPECT_EQ(first_cells(read_file(folder / "later/notices.csv")), moved);
  // Reprints start there, too.
  const Ran papers = run_hanjari({"papers", folder / "two", folder / "second", "--out", folder / "papers", "--paper",
                                  "roster", "--format", "csv", "--changed-since", folder / "second/published"});
  EXPECT_EQ(papers.status, 0) << papers.err;
}

TEST_F(Published, AddsContactsOnlyWhenTheyAreGiven) {
  const std::string somebody = *first_cells(read_file(folder / "second/notices.csv")).begin();
  write_file(folder / "contacts.csv", "applicant_id,phone,email\n" + somebody + ",01012345678,=cmd@example.kr\n");
  ASSERT_EQ(run_hanjari({"changes", folder / "two", folder / "second", "--contacts", folder / "contacts.csv", "--out",
                         folder / "lists"})
                .status,
            0);
  const std::string text = read_file(folder / "lists/notices.csv");
  EXPECT_THAT(text, HasSubstr(",01012345678,=cmd@example.kr\n"));
  EXPECT_EQ(read_file(folder / "second/notices.csv").find("phone"), std::string::npos);
}

// Red while contacts were passed on as they stood: a number that lost its zero reached nobody, and an id that lost one was
// of nobody without a word.
TEST_F(Published, SaysWhatIsWrongWithContactsAndWritesTheOthersInOneSpelling) {
  const std::string somebody = *first_cells(read_file(folder / "second/notices.csv")).begin();
  write_file(folder / "contacts.csv",
             "applicant_id,phone,email\n" + somebody + ",+82 10-1234-5678,Sky <SKY@Example.kr>\nnobody,1012345678,sky@example\n");
  const Ran ran = run_hanjari({"changes", folder / "two", folder / "second", "--contacts", folder / "contacts.csv", "--out",
                               folder / "lists"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(read_file(folder / "lists/notices.csv"), HasSubstr(",01012345678,sky@example.kr\n"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:3: applicant_id: 'nobody' is nobody of the exam"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:3: phone: The 0 at the beginning is missing"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:3: email: What follows the @"));
}

// Red while what was told to be wrong was written into the notices all the same, for a program to send letters into the void.
TEST_F(Published, LeavesWrongContactsOutAndCountsWhoHasNone) {
  const std::set<std::string> told = first_cells(read_file(folder / "second/notices.csv"));
  ASSERT_GE(told.size(), 3U);
  const std::vector<std::string> people(told.begin(), told.end());
  write_file(folder / "contacts.csv", "applicant_id,phone,email\n" + people[0] + ",010-12,sky@example\n" + people[1] +
                                          ",010-34,sky@example.kr\n");
  const Ran ran = run_hanjari({"changes", folder / "two", folder / "second", "--contacts", folder / "contacts.csv", "--out",
                               folder / "lists"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string notices = read_file(folder / "lists/notices.csv");
  const auto line_of = [&](const std::string& id) {
    const std::size_t at = notices.find("\n" + id + ",") + 1;
    return notices.substr(at, notices.find('\n', at) - at);
  };
  EXPECT_THAT(line_of(people[0]), EndsWith(",,"));
  EXPECT_THAT(line_of(people[1]), EndsWith(",,sky@example.kr"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:2: phone: "));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:3: phone: "));
  const std::string without = std::to_string(told.size() - 1);  // of the others nothing was given
  EXPECT_THAT(ran.err, HasSubstr(without + " of them have neither a telephone number nor an address that can be used"));
  EXPECT_EQ(second.err.find("telephone"), std::string::npos) << "nobody asked for contacts";
}

// Red while a package whose ids had lost their zeros, or capitals, moved everybody without a word of the reason.
TEST_F(Published, SaysThatIdsInOtherSpellingAreTakenForOtherPeople) {
  std::filesystem::copy(folder / "two", folder / "spoilt");
  std::string people = read_file(folder / "spoilt/applicants.csv");
  const std::size_t row = people.find('\n') + 1;
  const std::string id = people.substr(row, people.find(',', row) - row);
  ASSERT_EQ(id.front(), 'A');
  people[row] = 'a';
  write_file(folder / "spoilt/applicants.csv", people);
  const Ran ran = run_hanjari({"replan", folder / "spoilt", "--from", folder / "second", "--out", folder / "moved"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("applicants.csv: applicant_id: 'a" + id.substr(1) + "' is new and '" + id + "' is gone"));
  EXPECT_EQ(second.err.find("taken for two people"), std::string::npos) << second.err;
}

// Red while ten rows of one cause hid all others, and an id in other case was of nobody whose id is near.
TEST_F(Published, TellsEachCauseOfWrongContactsOnce) {
  const std::string somebody = *first_cells(read_file(folder / "second/notices.csv")).begin();
  std::string other_case = somebody;
  for (char& c : other_case) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  ASSERT_NE(other_case, somebody);
  std::string rows = "applicant_id,phone,email\n";
  for (int row = 0; row < 20; ++row) rows += "nobody" + std::to_string(row) + ",01012345678,\n";
  rows += other_case + ",01012345678,\n" + somebody + ",01012345678,\n" + somebody + ",01087654321,\n";
  write_file(folder / "contacts.csv", rows);
  const Ran ran = run_hanjari({"changes", folder / "two", folder / "second", "--contacts", folder / "contacts.csv", "--out",
                               folder / "lists"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:2: applicant_id: 20 rows: 'nobody0' is nobody of the exam"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:22: applicant_id: '" + other_case + "' does not stand in applicants.csv, but '" +
                                 somebody + "' does"));
  EXPECT_THAT(ran.err, HasSubstr("contacts.csv:24: applicant_id: '" + somebody +
                                 "' stands on line 23 already, with another telephone or address; give each of two people their own id"));
  EXPECT_THAT(read_file(folder / "lists/notices.csv"), HasSubstr(",01087654321,"));
}

// Two officers edit the same plan; the second carries the first one's edit over.
TEST_F(Published, EditsAreDoneAgainOnAnotherPlanAndThoseThatCannotBeAreNamed) {
  const auto edit = [&](const std::string& out, const std::string& moves, const std::string& author) {
    write_file(folder / "moves.csv", "action,venue_code,room_no,with_venue_code,with_room_no\n" + moves);
    return run_hanjari({"edit", folder / "two", folder / "second", "--moves", folder / "moves.csv", "--author", author,
                        "--reason", "asked", "--out", folder / out});
  };
  // Rooms whose people may change places are found by trying; no room is swapped twice, so that each swap can be done
  // after the other.
  std::set<std::string> swapped;
  const auto swap_two_rooms = [&](const std::string& author) {
    for (int line = 2; line < 590; line += 7) {
      std::string one = room_of_line(line);
      std::string other = room_of_line(line + 3);
      if (one == other || swapped.contains(one) || swapped.contains(other)) continue;
      const std::set<std::string> rooms{one, other};
      one.pop_back();
      other.pop_back();
      if (edit(author, "swap_rooms," + one + "," + other + "\n", author).status != 0) continue;
      swapped.insert(rooms.begin(), rooms.end());
      return true;
    }
    return false;
  };
  ASSERT_TRUE(swap_two_rooms("kim"));
  ASSERT_TRUE(swap_two_rooms("lee"));
  const Ran carried = run_hanjari({"edit", folder / "two", folder / "lee", "--onto", folder / "kim", "--out", folder / "both"});
  ASSERT_EQ(carried.status, 0) << carried.err;
  EXPECT_THAT(carried.err, HasSubstr("by lee"));
  EXPECT_THAT(carried.err, HasSubstr(" KST")) << "as clocks show it where the exam is held, and not in UTC";
  EXPECT_THAT(read_file(folder / "both/history.json"), HasSubstr("\"kim\""));
  EXPECT_THAT(read_file(folder / "both/history.json"), HasSubstr("\"lee\""));
  EXPECT_EQ(run_hanjari({"verify", folder / "two", folder / "both"}).status, 0);
  // A re-plan is no hand edit: it is named, and nothing is written.
  const Ran not_done = run_hanjari({"edit", folder / "exam", folder / "first", "--onto", folder / "plan", "--out", folder / "no"});
  EXPECT_EQ(not_done.status, 1);
  EXPECT_THAT(not_done.err, HasSubstr("NOT carried over: re-plan"));
  EXPECT_FALSE(std::filesystem::exists(folder / "no"));
}

TEST_F(Published, SaysWhatEachLimitOfFarMovesWouldComeTo) {
  const Ran ran = run_hanjari({"replan", folder / "two", "--from", folder / "plan", "--out", folder / "limits",
                               "--compare-limits", "5000,500"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("> 500 m"));
  EXPECT_THAT(ran.out, HasSubstr("> 5.0 km"));
  EXPECT_EQ(run_hanjari({"replan", folder / "two", "--from", folder / "plan", "--out", folder / "no", "--compare-limits",
                         "near"})
                .status,
            64);
}

}  // namespace
}  // namespace hanjari::tests

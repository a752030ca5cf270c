// The office's table of applications on a real database: what filters find, that pages leave nobody out, and how much is
// read for a page.
#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "intake/store/office/application_keys.h"
#include "subjects/intake/store/stored_intake.h"

namespace hanjari::tests {
namespace {

using services::AccommodationStage;
using services::TableFilter;
using services::TableOrder;
using services::TableWish;

constexpr int many_applications = 50'000;
const ExamCode table_exam("seoul-2021-1");

struct ApplicationTableTest : IntakeStoreTest {
  services::ApplicationTableRepository& table() { return database->application_table(); }
  static TableWish wish_of(const TableFilter& filter, TableOrder order, bool falling, int most) {
    TableWish wish;
    wish.exam = table_exam;
    wish.filter = filter;
    wish.order = order;
    wish.falling = falling;
    wish.most = most;
    return wish;
  }
  std::vector<std::string> find(const TableFilter& filter) {
    std::vector<std::string> found;
    for (const auto& row : table().list_rows(wish_of(filter, TableOrder::number, false, 200)).rows)
      found.push_back(row.application.id.text());
    return found;
  }
  std::string named(const std::string& name) { return table().key_of_name(table_exam, name); }
  // The application of a person who writes this name.
  Application apply_named(int person, const std::string& name, const char* district = "11110") {
    Draft draft = draft_of(person);
    draft.form.name = name;
    Submission submission = submission_of(database->applications().save_draft(draft, database.clock.now()));
    submission.district = DistrictCode(district);
    return *database->applications().find_application(store({submission}).front().application);
  }
  // Rows as they stand after years, beside those that people sent; the forms are nobody's and do not open. Every column
  // has its own period, so that filters are independent of one another.
  void fill(int count) {
    const auto cipher = cipher_of(database.folder.path());
    const auto connection = database.connect();
    connection->execute(
        "CREATE TEMPORARY TABLE filled_districts (place INT PRIMARY KEY, district_hash BINARY(16) NOT NULL)");
    for (int district = 0; district < 25; ++district) {
      connection->change("INSERT INTO filled_districts VALUES (?, ?)", district,
                         storage::district_key(cipher, table_exam, DistrictCode(std::to_string(11'000 + district))));
    }
    // In portions, because a slow machine gives no statement the time for all of them.
    for (int first = 1; first <= count; first += 5'000) connection->execute(
        fmt::format(
            "INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, "
            "fee_won, submitted_at, paid_at, form_sealed, district_hash, name_hash, person_hash, photo, accommodation, twin) "
            "SELECT LPAD(LOWER(HEX(MOD(seq * 2654435761, 4294967296))), 12, '0'), 'seoul-2021-1', IF(seq % 20 = 0, '102', "
            "'101'), CONCAT('filled-', seq), CASE MOD(seq DIV 3, 10) WHEN 8 THEN 'submitted' WHEN 9 THEN 'lapsed' ELSE 'paid' "
            "END, 1, '2021-06-05', IF(MOD(seq DIV 3, 10) = 9, NULL, UNHEX(LPAD(HEX(seq), 32, '0'))), 5000, '2021-03-02' + "
            "INTERVAL (seq DIV 7) SECOND, IF(MOD(seq DIV 3, 10) < 8, '2021-03-03' + INTERVAL (seq DIV 5) SECOND, NULL), "
            "REPEAT('f', 60), (SELECT d.district_hash FROM filled_districts d WHERE d.place = MOD(seq DIV 20, 25)), "
            "UNHEX(LPAD(HEX(MOD(seq, 600) + 1), 32, '0')), UNHEX(LPAD(HEX(seq + 1), 32, '0')), MOD(seq DIV 11, 100) "
            "<> 0, IF(MOD(seq DIV 13, 50) = 0, 1, 0), MOD(seq DIV 17, 4000) = 0 FROM seq_{}_to_{}",
            first, std::min(count, first + 4'999)));
    connection->change("UPDATE applications SET name_hash = ? WHERE account = 'filled-500'",
                       storage::name_key(cipher, table_exam, "한자리"));
    connection->execute("ANALYZE TABLE applications");
  }
  std::int64_t rows_read() const {
    return database.number(
        "SELECT SUM(CAST(VARIABLE_VALUE AS SIGNED)) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN "
        "('HANDLER_READ_FIRST', 'HANDLER_READ_KEY', 'HANDLER_READ_LAST', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', "
        "'HANDLER_READ_RND', 'HANDLER_READ_RND_NEXT')");
  }
  // One filter of each kind and some together.
  std::vector<std::pair<std::string, TableFilter>> filters() {
    std::vector<std::pair<std::string, TableFilter>> all{{"everybody", {}}};
    const auto add = [&](const char* name, const auto& set) {
      TableFilter filter;
      set(filter);
      all.emplace_back(name, filter);
    };
    add("a state", [](TableFilter& filter) { filter.state = ApplicationState::paid; });
    add("a rare unit", [](TableFilter& filter) { filter.unit = UnitCode("102"); });
    add("a common unit", [](TableFilter& filter) { filter.unit = UnitCode("101"); });
    add("a unit without applications", [](TableFilter& filter) { filter.unit = UnitCode("201"); });
    add("a district", [](TableFilter& filter) { filter.district = DistrictCode("11003"); });
    add("outside, where nobody lives", [](TableFilter& filter) { filter.district = DistrictCode(); });
    add("waiting", [](TableFilter& filter) { filter.accommodation = AccommodationStage::waiting; });
    add("without a photo", [](TableFilter& filter) { filter.photo = false; });
    add("suspected", [](TableFilter& filter) { filter.suspected = true; });
    add("a name", [&](TableFilter& filter) { filter.name_key = named("한자리"); });
    add("nobody's name", [&](TableFilter& filter) { filter.name_key = named("없음"); });
    add("lapsed in a district", [](TableFilter& filter) {
      filter.state = ApplicationState::lapsed;
      filter.district = DistrictCode("11024");
    });
    add("waiting in a rare unit without a photo", [](TableFilter& filter) {
      filter.unit = UnitCode("102");
      filter.accommodation = AccommodationStage::waiting;
      filter.photo = false;
    });
    return all;
  }
};

// A wildcard of SQL is a letter of a name, and blanks make no other name.
TEST_F(ApplicationTableTest, FindsAWholeNameAndNothingLikeIt) {
  const auto sky = apply_named(1, "김하늘");
  const auto spaced = apply_named(2, "김 하늘");
  apply_named(3, "김하늘이");
  const auto latin = apply_named(4, "Kim Haneul");
  EXPECT_THAT(find({.name_key = named("김하늘")}), testing::UnorderedElementsAre(sky.id.text(), spaced.id.text()));
  EXPECT_THAT(find({.name_key = named("kim haneul")}), testing::ElementsAre(latin.id.text()));
  for (const char* pattern : {"김%", "김하_", "%", "하늘"}) EXPECT_TRUE(find({.name_key = named(pattern)}).empty()) << pattern;
}

TEST_F(ApplicationTableTest, FindsByWhatStandsInTheForm) {
  const auto near = apply_named(1, "김하늘", "11110");
  const auto far = apply_named(2, "이바다", "");
  EXPECT_THAT(find({.district = DistrictCode("11110")}), testing::ElementsAre(near.id.text()));
  EXPECT_THAT(find({.district = DistrictCode()}), testing::ElementsAre(far.id.text()));
  EXPECT_EQ(find({.photo = true}).size(), 2U);
  EXPECT_TRUE(find({.photo = false}).empty());
  EXPECT_EQ(find({.accommodation = AccommodationStage::none}).size(), 2U);
  EXPECT_EQ(table().count_rows(table_exam, {}).people, 2);
  EXPECT_FALSE(table().count_rows(table_exam, {}).more);
  const auto counts = table().count_by_district(table_exam, {DistrictCode("11110"), DistrictCode("11680"), DistrictCode()},
                                                std::nullopt);
  EXPECT_EQ(counts.at(DistrictCode("11110")), 1);
  EXPECT_EQ(counts.at(DistrictCode("11680")), 0);
  EXPECT_EQ(counts.at(DistrictCode()), 1);
}

// The hash of a name is another one in another exam: nobody follows a person from exam to exam in a stolen table.
TEST_F(ApplicationTableTest, KeysTellNothingFromExamToExam) {
  const auto cipher = cipher_of(database.folder.path());
  const ExamCode other("other-1");
  EXPECT_NE(storage::name_key(cipher, table_exam, "김하늘"), storage::name_key(cipher, other, "김하늘"));
  EXPECT_NE(storage::district_key(cipher, table_exam, DistrictCode("11110")),
            storage::district_key(cipher, other, DistrictCode("11110")));
}

TEST_F(ApplicationTableTest, SuspectsPeopleWhoStandTwiceAndNobodyElse) {
  const auto first = apply_named(1, "김하늘");
  EXPECT_TRUE(find({.suspected = true}).empty());
  const auto second = apply_named(2, "김 하늘");
  const auto other = apply_named(3, "이바다");
  EXPECT_THAT(find({.suspected = true}), testing::UnorderedElementsAre(first.id.text(), second.id.text()));
  // A third one finds the two that are known.
  const auto third = apply_named(4, "김하늘");
  EXPECT_EQ(find({.suspected = true}).size(), 3U);
  for (const Application& one : {second, third})
    database->applications().withdraw(*database->applications().find_application(one.id),
                                      services::ApplicationRepository::Refunds::no, {}, change_of(database.clock));
  // Red when the mark stays until somebody counts anew, on whoever is left alone or on whoever has gone.
  EXPECT_TRUE(find({.suspected = true}).empty()) << "who has withdrawn does not stand";
  EXPECT_EQ(table().mark_twins(table_exam), 0);
  EXPECT_FALSE(database->applications().find_application(other.id)->is_over());
}

// Rows from before the columns, as an upgrade leaves them.
TEST_F(ApplicationTableTest, FillsWhatAnUpgradeLeftEmptyAsItIsWrittenToday) {
  for (int person = 1; person <= 7; ++person) apply_named(person, person < 3 ? "김하늘" : fmt::format("사람{}", person));
  const char* columns =
      "SELECT GROUP_CONCAT(HEX(district_hash), HEX(name_hash), HEX(person_hash), photo, accommodation, twin ORDER BY "
      "application_id) FROM applications";
  const auto connection = database.connect();
  const auto all = [&] {
    auto rows = connection->select(columns);
    rows.next();
    return rows.maybe_text().value_or("");
  };
  connection->execute("SET SESSION group_concat_max_len = 100000");
  const std::string before = all();
  ASSERT_FALSE(before.empty());
  connection->execute(
      "UPDATE applications SET district_hash = NULL, name_hash = NULL, person_hash = NULL, photo = NULL, accommodation = "
      "NULL, twin = 0");
  EXPECT_EQ(table().count_unkeyed(table_exam, 1'000), 7);
  EXPECT_EQ(table().count_unkeyed(table_exam, 5), 5);
  std::size_t read = 0;
  ApplicationId after;
  do {
    const auto portion = table().fill_keys(table_exam, {{"11110-1", DistrictCode("11110")}}, after, 3);
    read += portion.read.size();
    after = portion.last;
  } while (!after.empty());
  EXPECT_EQ(read, 7U);
  EXPECT_EQ(table().mark_twins(table_exam), 2);
  EXPECT_EQ(table().count_unkeyed(table_exam, 1'000), 0);
  EXPECT_EQ(all(), before);
}

// Many rows share a moment, a state and a unit, and many are not paid: in the order of such a column alone rows are shown
// twice or never. Rows that come between two pages move nobody.
TEST_F(ApplicationTableTest, PagesShowEverybodyOnceInEveryOrder) {
  fill(700);
  for (const TableOrder order :
       {TableOrder::number, TableOrder::submitted, TableOrder::paid, TableOrder::unit, TableOrder::state}) {
    for (const bool falling : {false, true}) {
      for (const auto& [name, filter] : filters()) {
        std::vector<std::pair<std::string, std::string>> seen;
        TableWish wish = wish_of(filter, order, falling, 37);
        for (bool more = true; more;) {
          const auto page = table().list_rows(wish);
          for (const auto& row : page.rows) seen.emplace_back(row.place.value.value_or(""), row.place.id.text());
          more = page.next.has_value();
          if (more) wish.after = page.next;
        }
        auto sorted = seen;
        std::sort(sorted.begin(), sorted.end());
        if (falling) std::reverse(sorted.begin(), sorted.end());
        EXPECT_EQ(seen, sorted) << name;
        const std::set<std::pair<std::string, std::string>> once(seen.begin(), seen.end());
        EXPECT_EQ(once.size(), seen.size()) << name;
        EXPECT_EQ(static_cast<std::int64_t>(seen.size()), table().count_rows(table_exam, filter).people) << name;
      }
    }
  }
  TableWish wish = wish_of({}, TableOrder::submitted, true, 10);
  const auto first = table().list_rows(wish);
  const auto rest = [&] {
    wish.after = first.next;
    return table().list_rows(wish).rows.front().application.id;
  };
  const ApplicationId before = rest();
  database.clock.advance(std::chrono::hours(1));
  apply_named(9, "새사람");
  EXPECT_EQ(rest(), before);
}

// Red while the database chose the index by itself and counted to the end.
TEST_F(ApplicationTableTest, ReadsAboutWhatItShowsWhateverIsCombined) {
  fill(many_applications);
  for (const TableOrder order :
       {TableOrder::number, TableOrder::submitted, TableOrder::paid, TableOrder::unit, TableOrder::state}) {
    for (const auto& [name, filter] : filters()) {
      TableWish wish = wish_of(filter, order, true, 50);
      for (int page = 0; page < 2; ++page) {
        const std::int64_t before = rows_read();
        const auto shown = table().list_rows(wish);
        const std::int64_t read = rows_read() - before;
        EXPECT_LT(read, many_applications / 3) << name << " by " << services::spell(order) << ", page " << page;
        if (!shown.next) break;
        wish.after = shown.next;
      }
    }
  }
  for (const auto& [name, filter] : filters()) {
    const std::int64_t before = rows_read();
    const auto count = table().count_rows(table_exam, filter);
    // Each row that is counted is read once and once more from what the database set aside.
    EXPECT_LT(rows_read() - before, 2 * 40'000 + 1'000) << name;
    EXPECT_LE(count.people, 40'000) << name;
  }
  EXPECT_TRUE(table().count_rows(table_exam, {}).more) << "nobody is told a number that was not counted";
}

// What the database itself says of the statements as they were executed.
TEST_F(ApplicationTableTest, IsPlannedWithoutAScanOfEverything) {
  fill(many_applications);
  const auto owner = database.connect();
  owner->execute("SET GLOBAL log_output = 'TABLE'");
  owner->execute("SET GLOBAL general_log = 1");
  for (const TableOrder order :
       {TableOrder::number, TableOrder::submitted, TableOrder::paid, TableOrder::unit, TableOrder::state}) {
    for (const auto& [name, filter] : filters()) {
      TableWish wish = wish_of(filter, order, true, 50);
      const auto page = table().list_rows(wish);
      if (!page.next) continue;
      wish.after = page.next;
      table().list_rows(wish);
    }
  }
  owner->execute("SET GLOBAL general_log = 0");
  std::set<std::string> executed;
  {
    auto rows = owner->select(
        "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type = 'Execute' AND argument LIKE "
        "'SELECT application_id, exam_code, account%FORCE INDEX%'");
    while (rows.next()) executed.insert(rows.text());
  }
  EXPECT_GE(executed.size(), 50U);
  // A hash is no text, and the log has lost some of its bytes.
  const std::regex hash("(district_hash|name_hash) = (_binary|x|X)?'(\\\\.|[^'\\\\])*'");
  for (const std::string& logged : executed) {
    const std::string statement = std::regex_replace(logged, hash, "$1 = REPEAT('x', 16)");
    auto plan = owner->prepare("EXPLAIN " + statement).select();
    while (plan.next()) {
      plan.text();  // id
      plan.text();  // select_type
      plan.maybe_text();
      const std::string type = plan.maybe_text().value_or("");
      plan.maybe_text();  // possible_keys
      const std::string key = plan.maybe_text().value_or("");
      EXPECT_TRUE(type == "ref" || type == "range") << type << " " << key << ": " << statement;
      EXPECT_TRUE(key.starts_with("applications_by_")) << key << ": " << statement;
    }
  }
}

// Elsewhere an order that was begun and never paid counted as a payment.
TEST_F(ApplicationTableTest, OrdersThatWereBegunPayNothing) {
  const auto begun = apply_named(1, "김하늘");
  const auto paid = apply_named(2, "이바다");
  begin(begun);
  ASSERT_EQ(pay(begin(paid)), services::PaymentState::paid);
  EXPECT_THAT(find({.state = ApplicationState::paid}), testing::ElementsAre(paid.id.text()));
  const auto page = table().list_rows(wish_of({}, TableOrder::paid, true, 10));
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows.front().application.id, paid.id);
  EXPECT_TRUE(page.rows.front().place.value.has_value());
  EXPECT_FALSE(page.rows.back().place.value.has_value());
  database->applications().withdraw(*database->applications().find_application(paid.id),
                                    services::ApplicationRepository::Refunds::yes, {}, change_of(database.clock));
  const auto refunds = table().list_refunds(table_exam, services::PaymentState::refunding, "", 10);
  ASSERT_EQ(refunds.payments.size(), 1U);
  EXPECT_EQ(refunds.payments.front().application, paid.id);
  EXPECT_TRUE(table().list_refunds(table_exam, services::PaymentState::refunded, "", 10).payments.empty());
}

// Seen on MariaDB 10.11: the question itself is an error, so that whoever takes a number from an address asks only with one
// that can be a number (is_plain_number).
TEST_F(ApplicationTableTest, NumbersThatAreNoneCannotBeCompared) {
  apply_named(1, "김하늘");
  EXPECT_ANY_THROW(database->applications().find_application(ApplicationId("원서")));
  EXPECT_FALSE(database->applications().find_application(ApplicationId("A-%_'")).has_value());
}

TEST_F(ApplicationTableTest, KnowsWhatAPersonWasTold) {
  Draft draft = draft_of(1);
  draft.form.accommodations = {{"large_print", "글자가 작으면 읽기 어렵습니다", {}}};
  const auto stored = store({submission_of(database->applications().save_draft(draft, database.clock.now()))});
  const auto asked = *database->applications().find_application(stored.front().application);
  services::Message message;
  message.dedupe_id = "question/large_print/2/" + asked.id.text();
  message.to = "sky@example.com";
  message.body = "어떤 크기가 필요합니까?";
  message.application = asked.id.text();
  message.exam = table_exam.text();
  table().ask_back(asked, "large_print", {message}, change_of(database.clock));
  const auto told = table().list_messages(asked.id);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().what, "question");
  EXPECT_EQ(told.front().state, "waiting");
  EXPECT_EQ(database->applications().list_events(asked.id).back().kind, "accommodation_questioned");
}

TEST_F(ApplicationTableTest, KeepsAccommodationStagesAsOfficersAndApplicantsChangeThem) {
  Draft draft = draft_of(1);
  draft.form.accommodations = {{"large_print", "글자가 작으면 읽기 어렵습니다", {}}, {"wheelchair", "휠체어 사용", {}}};
  const auto stored = store({submission_of(database->applications().save_draft(draft, database.clock.now()))});
  const ApplicationId id = stored.front().application;
  const auto now = [&] { return *database->applications().find_application(id); };
  const auto waits = [&] { return find({.accommodation = AccommodationStage::waiting}).size(); };
  EXPECT_EQ(waits(), 1U);
  table().ask_back(now(), "large_print", {}, change_of(database.clock));
  EXPECT_EQ(waits(), 1U) << "the wheelchair waits for us";
  database->applications().decide_accommodation(
      now(), {"wheelchair", ItemDecision::granted, "", database.clock.now(), "officer"}, {}, change_of(database.clock));
  table().ask_back(now(), "large_print", {}, change_of(database.clock));
  EXPECT_EQ(waits(), 0U);
  EXPECT_EQ(find({.accommodation = AccommodationStage::asked_back}).size(), 1U);
  Application old = now();
  --old.version;
  EXPECT_THROW(table().ask_back(old, "large_print", {}, change_of(database.clock)), Conflict);
  database->applications().decide_accommodation(
      now(), {"large_print", ItemDecision::refused, "서류", database.clock.now(), "officer"}, {}, change_of(database.clock));
  EXPECT_EQ(find({.accommodation = AccommodationStage::decided}).size(), 1U);
  EXPECT_EQ(database->applications().list_events(id).back().kind, "accommodation_decided");
}

TEST_F(ApplicationTableTest, StoresACorrectionAsAVersionWithItsReceipt) {
  const Application before = apply_named(1, "김하눌");
  services::Correction correction{before, before.form, DistrictCode("11680"), "the corrected receipt", "correction-0123456789ab"};
  correction.form.name = "김하늘";
  table().correct(correction, change_of(database.clock));
  const auto after = *database->applications().find_application(before.id);
  EXPECT_EQ(after.version, before.version + 1);
  EXPECT_EQ(after.form.name, "김하늘");
  EXPECT_EQ(database->applications().load_receipt(before.id), "the corrected receipt");
  EXPECT_THAT(find({.district = DistrictCode("11680"), .name_key = named("김하늘")}), testing::ElementsAre(before.id.text()));
  EXPECT_TRUE(find({.name_key = named("김하눌")}).empty());
  EXPECT_EQ(database->applications().list_events(before.id).back().kind, "corrected");
  EXPECT_EQ(database->applications().list_events(before.id).back().detail, "name");
  EXPECT_THROW(table().correct(correction, change_of(database.clock)), Conflict) << "of an older version";
}

}  // namespace
}  // namespace hanjari::tests

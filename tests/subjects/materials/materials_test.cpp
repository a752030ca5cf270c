// Who may hand over what, two signatures, and what goes into the envelopes of a room.
#include "hanjari/materials/materials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hanjari/base/error.h"
#include "stage/code_thrown.h"
#include "stage/materials/memory_briefings.h"
#include "stage/materials/memory_materials.h"
#include "stage/memory_attempts.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryBriefings;
using hanjari::tests::MemoryMaterials;

// Two schools in two districts, the people of the invented one at each.
class PlansOfMaterials : public PlanRepository {
 public:
  std::vector<LiveExam> list_live_exams() override { return {}; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date) override { return std::nullopt; }
  std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) override { return std::nullopt; }
  std::vector<VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>& district) override {
    std::vector<VenueSummary> venues{{VenueCode("V1"), "First", DistrictCode("11110"), "Street 1", 3, 45},
                                     {VenueCode("V2"), "Second", DistrictCode("11140"), "Street 2", 3, 45}};
    std::erase_if(venues, [&](const VenueSummary& venue) { return venue.code == left; });
    if (district) std::erase_if(venues, [&](const VenueSummary& venue) { return venue.district != *district; });
    return venues;
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode& exam, const VenueCode& venue) override {
    PlannedExam planned = invent_venue(exam);
    planned.exam.venues.front().code = venue;
    planned.exam.venues.front().district = planned.exam.words.intern(venue == VenueCode("V1") ? "11110" : "11140");
    return planned;
  }
  VenueCode left{};  // is not in the plan any more
};

class Materials : public ::testing::Test {
 protected:
  MaterialDesk desk_of(const Actor& actor, const std::string& run = "") {
    return {materials, plans, attempts, own, actor, {exam, run}, now};
  }
  std::string give(const Actor& actor, const std::string& from, const std::string& to, const std::string& code = "") {
    return hand_over(desk_of(actor), from, to, {{parse_item("booklet/A/").value(), 30}}, "", code);
  }
  std::string refused(const Actor& actor, const std::string& from, const std::string& to, const std::string& code = "") {
    return code_thrown([&] { give(actor, from, to, code); });
  }

  const ExamCode exam{"seoul-2021-1"};
  MemoryMaterials materials;
  MemoryBriefings briefings;
  PlansOfMaterials plans;
  hanjari::tests::MemoryAttempts attempts;
  std::shared_ptr<const OwnVenues> own = std::make_shared<VenuesOfDistrict>();
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor other_officer{"officer2", Role::exam_officer, {}};
  const Actor jongno{"jongno", Role::district_coordinator, DistrictCode("11110")};
  const Actor jung{"jung", Role::district_coordinator, DistrictCode("11140")};
  Instant now = Instant(std::chrono::hours(24 * 18'700));
};

TEST_F(Materials, AreSignedByTwoDifferentPeople) {
  const std::string act = give(city, "city", "district/11110");
  EXPECT_EQ(code_thrown([&] { receive(desk_of(city), act, {30}, ""); }), "same_person");
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jung), act, {30}, ""); }), "no_such_handover") << "another district's";
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jongno), act, {}, ""); }), "bad_count");
  receive(desk_of(jongno), act, {29}, "");
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jongno), act, {30}, ""); }), "already_received");
  const Balance balance = own_balance(desk_of(city), list_own_entries(desk_of(city), std::nullopt));
  EXPECT_FALSE(balance.agrees());
  EXPECT_TRUE(std::any_of(balance.findings.begin(), balance.findings.end(), [](const Finding& finding) {
    return finding.kind == FindingKind::lost_on_way && spell(finding.station) == "district/11110" && finding.count == 1;
  }));
}

TEST_F(Materials, AreSignedByACodeThatItsIssuerCannotSignAgainst) {
  const std::string code = issue_signer(desk_of(city), "venue/11110/V1", "Kim Chief");
  const std::string act = give(jongno, "district/11110", "venue/11110/V1");
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jongno), act, {30}, "0000000000"); }), "wrong_code");
  receive(desk_of(jongno), act, {30}, code);
  const std::string own_code = issue_signer(desk_of(jongno), "venue/11110/V1", "Lee Chief");
  const std::string second = give(jongno, "district/11110", "venue/11110/V1");
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jongno), second, {30}, own_code); }), "same_person");
  // Red when the issuers of two codes are not compared: one account would sign both sides.
  const std::string of_room = issue_signer(desk_of(jongno), "room/11110/V1/1", "Park Room");
  const std::string third = give(jongno, "venue/11110/V1", "room/11110/V1/1", own_code);
  EXPECT_EQ(code_thrown([&] { receive(desk_of(jongno), third, {30}, of_room); }), "same_person");
  receive(desk_of(jongno), third, {30}, issue_signer(desk_of(city), "room/11110/V1/1", "Park Room"));
  // A person of the venue signs for its rooms, and for nothing above it.
  EXPECT_EQ(refused(jongno, "room/11110/V1/1", "venue/11110/V1", own_code), "nothing");
  EXPECT_EQ(refused(jongno, "district/11110", "venue/11110/V1", own_code), "wrong_code");
}

// Red when wrong codes count by the address that they come from: a whole office signs from one.
TEST_F(Materials, AreSignedByOthersWhereOneAccountMistypes) {
  Actor mistaken = jung;
  Actor signing = jongno;
  mistaken.source = signing.source = "192.0.2.7";
  std::vector<Actor> others;
  for (int number = 0; number < 4; ++number) {
    others.push_back(mistaken);
    others.back().account = "jung" + std::to_string(number);
    for (int times = 0; times < 20; ++times)
      EXPECT_EQ(refused(others.back(), "district/11140", "venue/11140/V2", "0000000000"), "wrong_code");
    EXPECT_EQ(refused(others.back(), "district/11140", "venue/11140/V2", "0000000000"), "too_many_attempts");
  }
  EXPECT_EQ(refused(signing, "district/11110", "venue/11110/V1", issue_signer(desk_of(city), "district/11110", "Kim Signer")), "nothing");
}

// Red when the district is taken from the words of the form.
TEST_F(Materials, OfAnotherDistrictAreOutOfReachWhateverIsNamed) {
  for (const char* station : {"venue/11110/V1", "venue/11140/V1", "room/11140/V1/1", "venue/11140/V9", "district/11110"}) {
    EXPECT_EQ(refused(jung, station, "district/11140"), "not_your_venue") << station;
    EXPECT_EQ(refused(jung, "district/11140", station), "not_your_venue") << station;
    EXPECT_EQ(code_thrown([&] { count_stock(desk_of(jung), station, {{parse_item("seal").value(), 1}}); }), "not_your_venue") << station;
    EXPECT_EQ(code_thrown([&] { issue_signer(desk_of(jung), station, "Kim"); }), "not_your_venue") << station;
  }
  EXPECT_EQ(refused(jung, "city", "printing_office"), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { open_packing(desk_of(jung), VenueCode("V1")); }), "not_your_venue");
  EXPECT_EQ(code_thrown([&] { open_packing(desk_of(jung), VenueCode("V9")); }), "not_your_venue");
  EXPECT_EQ(open_packing(desk_of(jung), VenueCode("V2")).rooms.size(), 3U);
  give(city, "city", "district/11110");
  EXPECT_TRUE(list_own_entries(desk_of(jung), std::nullopt).empty());
  EXPECT_TRUE(list_own_entries(desk_of(jung), VenueCode("V1")).empty());
  const Actor chief{"chief", Role::venue_chief, {}};
  EXPECT_EQ(code_thrown([&] { open_packing(desk_of(chief), VenueCode("V1")); }), "not_your_venue");
  const Actor auditor{"auditor", Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { open_packing(desk_of(auditor), VenueCode("V1")); }), "not_your_venue");
}

// Red while what lies at a school that a new plan does without can be counted, given back and signed for by nobody.
TEST_F(Materials, ComeBackFromAVenueThatHasLeftThePlan) {
  give(city, "district/11110", "venue/11110/V1");
  plans.left = VenueCode("V1");
  EXPECT_EQ(refused(jung, "venue/11110/V1", "district/11140"), "not_your_venue");
  EXPECT_EQ(refused(jung, "venue/11140/V1", "district/11140"), "not_your_venue") << "whatever district is named";
  EXPECT_EQ(refused(city, "venue/11110/V9", "city"), "not_your_venue") << "of which the ledger knows nothing";
  const std::string act = give(jongno, "venue/11140/V1", "district/11110");
  EXPECT_EQ(spell(materials.find_act({exam, ""}, act).front().from), "venue/11110/V1");
  count_stock(desk_of(jongno), "venue/11110/V1", {{parse_item("booklet/A/").value(), 0}});
  // A chief whose venue it is hands over to the own district.
  class OwnV1 : public OwnVenues {
   public:
    bool has(const Actor&, const ExamCode&, const VenueCode& venue, const DistrictCode&) const override {
      return venue == VenueCode("V1");
    }
  };
  const Actor chief{"chief", Role::venue_chief, {}};
  MaterialDesk desk = desk_of(chief);
  desk.own = std::make_shared<OwnV1>();
  const std::vector<ItemCount> one{{parse_item("seal").value(), 1}};
  EXPECT_FALSE(hand_over(desk, "venue/11110/V1", "district/11110", one, "", "").empty());
  EXPECT_EQ(code_thrown([&] { hand_over(desk, "venue/11110/V1", "district/11140", one, "", ""); }), "not_your_venue");
}

TEST_F(Materials, AreOrderedForTheOwnVenuesTogether) {
  const Item item = parse_item("booklet/A/").value();
  EXPECT_EQ(sum_own_needs(desk_of(city)).at(item), 2 * 24);
  EXPECT_EQ(sum_own_needs(desk_of(jung)).at(item), 24);
  EXPECT_TRUE(sum_own_needs(desk_of({"chief", Role::venue_chief, {}})).empty());
}

TEST_F(Materials, AreCorrectedByANewRowWithAReason) {
  const std::string act = give(city, "city", "district/11110");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(city), 1, 28, " "); }), "reason_missing");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(jung), 1, 28, "Miscounted"); }), "no_such_entry");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(jongno), 1, 28, "Miscounted"); }), "not_your_venue") << "the giver's count is the giver's";
  correct(desk_of(city), 1, 28, "Miscounted");
  const auto entries = materials.list_entries({exam, {}}, std::nullopt, std::nullopt);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].count, 30);
  EXPECT_EQ(entries[1].count, -2);
  EXPECT_EQ(corrected_count(entries, 1), 28);
  EXPECT_EQ(code_thrown([&] { correct(desk_of(city), 2, 1, "Miscounted"); }), "no_such_entry");
  // Of two who looked at 28 only one corrects it: red when a correction is written without looking again.
  Entry late = entries[1];
  late.act = "late";
  late.count = -3;
  late.said = 28;
  materials.add_entries({exam, {}}, {late}, {});
  late.act = "too late";
  EXPECT_EQ(code_thrown([&] { materials.add_entries({exam, {}}, {late}, {}); }), "entry_changed");
  EXPECT_EQ(corrected_count(materials.list_entries({exam, {}}, std::nullopt, std::nullopt), 1), 25);
}

// Red when a line is numbered as in the whole book: a district would learn how much the others have written.
TEST_F(Materials, AreNumberedForADistrictByWhatItSees) {
  give(city, "city", "district/11110");
  give(city, "city", "district/11110");
  const std::string act = give(city, "city", "district/11140");
  receive(desk_of(jung), act, {29}, "");
  const std::vector<Entry> seen = list_own_entries(desk_of(jung), std::nullopt);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].number, 1);
  EXPECT_EQ(seen[1].number, 2);
  EXPECT_EQ(seen[1].of, 1);
  const Balance balance = own_balance(desk_of(jung), seen);
  ASSERT_EQ(balance.findings.size(), 1U);
  EXPECT_EQ(balance.findings[0].entry, 2);
  correct(desk_of(jung), 2, 30, "Miscounted");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(jung), 4, 30, "Miscounted"); }), "no_such_entry") << "the book's own number";
  const auto entries = materials.list_entries({exam, {}}, std::nullopt, std::nullopt);
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[4].of, 4) << "the book has its own numbers";
  EXPECT_EQ(list_own_entries(desk_of(jung), std::nullopt)[2].of, 2);
  EXPECT_TRUE(own_balance(desk_of(jung), list_own_entries(desk_of(jung), std::nullopt)).agrees());
}

// Red while whoever has not read a correction writes over it, or the numbers that a district sees are compared with the book's.
TEST_F(Materials, AreNotCorrectedOverWhatNobodyHasRead) {
  give(city, "city", "district/11110");
  const std::string act = give(city, "city", "district/11140");
  receive(desk_of(jung), act, {29}, "");
  correct(desk_of(jung), 2, 28, "Miscounted", 2);
  EXPECT_EQ(code_thrown([&] { correct(desk_of(jung), 2, 30, "Found again", 2); }), "entry_changed");
  EXPECT_EQ(corrected_count(materials.list_entries({exam, {}}, std::nullopt, std::nullopt), 3), 28);
  correct(desk_of(jung), 2, 30, "Found again", 3);
  EXPECT_EQ(corrected_count(materials.list_entries({exam, {}}, std::nullopt, std::nullopt), 3), 30);
  correct(desk_of(city), 1, 29, "Miscounted", 1);
}

// Red when the other end's signature is not compared: who gave thirty and lost one would write the receiver's count anew.
TEST_F(Materials, AreNotCorrectedByWhoSignedTheOtherEnd) {
  const std::string code = issue_signer(desk_of(city), "venue/11110/V1", "Kim Chief");
  receive(desk_of(jongno), give(jongno, "district/11110", "venue/11110/V1"), {29}, code);
  EXPECT_EQ(code_thrown([&] { correct(desk_of(jongno), 2, 30, "Found again"); }), "same_person");
  correct(desk_of(jongno), 1, 29, "Miscounted");
  receive(desk_of(other_officer), give(city, "city", "district/11140"), {29}, "");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(city), 5, 30, "Found again"); }), "same_person");
  EXPECT_EQ(code_thrown([&] { correct(desk_of(other_officer), 4, 29, "As received"); }), "same_person");
  correct(desk_of(jung), 2, 30, "Found again");
}

TEST_F(Materials, SaysWhatIsWrongWithAHandover) {
  EXPECT_EQ(refused(city, "city", "city"), "same_station");
  EXPECT_EQ(refused(city, "", "city"), "bad_station");
  const Item item = parse_item("seal").value();
  EXPECT_EQ(code_thrown([&] { hand_over(desk_of(city), "city", "district/11110", {}, "", ""); }), "nothing_given");
  EXPECT_EQ(code_thrown([&] { hand_over(desk_of(city), "city", "district/11110", {{item, -1}}, "", ""); }), "bad_count");
  EXPECT_EQ(code_thrown([&] { hand_over(desk_of(city), "city", "district/11110", {{item, 1}, {item, 2}}, "", ""); }), "item_twice");
  const std::string of_v2 = parcel_code(exam, VenueCode("V2"), ParcelKind::questions, 1);
  EXPECT_EQ(code_thrown([&] { hand_over(desk_of(city), "district/11110", "venue/11110/V1", {{item, 1}}, of_v2, ""); }), "parcel_of_other_venue");
}

TEST_F(Materials, OfADryRunNeverTouchTheRealLedger) {
  const MaterialDesk run = desk_of(jongno, "jongno");
  begin_dry_run(run);
  const std::string act = hand_over(run, "printing_office", "city", {{parse_item("seal").value(), 5}}, "", "1111111111");
  receive(run, act, {5}, "");
  EXPECT_EQ(list_own_entries(run, std::nullopt).size(), 2U);
  EXPECT_TRUE(list_own_entries(desk_of(city), std::nullopt).empty());
  EXPECT_EQ(code_thrown([&] { open_packing(run, VenueCode("V1")); }), "not_your_venue") << "no real school in a dry run";
  EXPECT_EQ(open_packing(run, dry_run_venue).rooms.size(), 3U);
  end_dry_run(run);
  EXPECT_FALSE(materials.has_dry_run(run.book));
}

// By hand: fifteen people a room, odd seats A, the last (A) with large print; two spares go to the larger kind first.
TEST(PackedRooms, HoldWhatTheirPeopleNeedInSeatOrder) {
  const PlannedExam planned = invent_venue(ExamCode("seoul-2021-1"));
  PackingSettings settings;
  settings.reserve_booklets_per_venue = 4;
  settings.envelopes_per_box = 4;
  const Packing packing = pack_venue(planned, VenueIndex(std::size_t{0}), settings);
  ASSERT_EQ(packing.rooms.size(), 3U);
  const Parcel& questions = packing.rooms[0].questions;
  ASSERT_EQ(questions.items.size(), 4U);
  EXPECT_EQ(spell(questions.items[0].item), "booklet/A/");
  EXPECT_EQ(questions.items[0].needed, 7);
  EXPECT_EQ(questions.items[0].spare, 1);
  EXPECT_THAT(questions.items[0].seats, ::testing::ElementsAre(1, 3, 5, 7, 9, 11, 13));
  EXPECT_EQ(questions.items[1].needed, 7);
  EXPECT_EQ(questions.items[1].spare, 1);
  EXPECT_EQ(spell(questions.items[2].item), "large_print/A/");
  EXPECT_THAT(questions.items[2].seats, ::testing::ElementsAre(15));
  EXPECT_EQ(spell(questions.items[3].item), "seal");
  EXPECT_EQ(packing.rooms[0].sheets.items[0].count(), 17);
  ASSERT_EQ(packing.boxes.size(), 2U);
  EXPECT_EQ(packing.boxes[0].holds.size(), 4U);
  EXPECT_EQ(packing.totals().at(parse_item("booklet/A/").value()), 3 * 8 + 4);
  EXPECT_EQ(packing.totals().at(parse_item("seal").value()), 3 * 2 * 2);
  const documents::Sheet sheet = packing_sheet(packing, Language::english);
  for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.headings.size());
}

Unit unit_of_set(const char* series_ko, const char* series_en, int grade, const char* set) {
  Unit unit;
  unit.series_ko = series_ko;
  unit.series_en = series_en;
  unit.grade = grade;
  unit.subject_set = set;
  return unit;
}

// Red when papers are told apart by codes that only the package knows.
TEST(SetNames, TellOfASetWhoseUnitsItIs) {
  Unit disabled = unit_of_set("일반행정", "Administration", 9, "set-11");
  disabled.quota_group = QuotaGroup::disabled;
  const SetNames names = name_sets({unit_of_set("일반행정", "Administration", 9, "set-11"), disabled,
                                    unit_of_set("세무", "Tax", 9, "set-11"), unit_of_set("사서", "", 7, "set-12")});
  const auto named = [&](const char* item) { return name_of(parse_item(item).value(), names); };
  EXPECT_EQ(named("booklet/A/set-11"),
            (Text{"Booklet A (Administration, grade 9, and 1 more; set-11)", "문제지 A형 (일반행정 9급 외 1개 직렬; set-11)"}));
  EXPECT_EQ(named("large_print/B/set-12"), (Text{"Large print B (사서, grade 7; set-12)", "확대문제지 B형 (사서 7급; set-12)"}));
  EXPECT_EQ(named("answer_sheet").en, "Answer sheet");
  EXPECT_EQ(named("booklet/A/gone").en, "Booklet A (gone)") << "a set that no unit has any more";
  // One set for everybody needs no name; a set without a code does where there are others.
  EXPECT_EQ(name_of(parse_item("booklet/A/").value(), name_sets({unit_of_set("세무", "Tax", 9, "")})).en, "Booklet A");
  EXPECT_EQ(name_of(parse_item("booklet/A/").value(),
                    name_sets({unit_of_set("세무", "Tax", 9, ""), unit_of_set("사서", "Library", 9, "set-12")}))
                .en,
            "Booklet A (Tax, grade 9)");
}

TEST(ParcelCodes, AreKnownAgainAndWrongOnesRefused) {
  const ExamCode exam("seoul-2021-1");
  for (const char* venue : {"V1", "11110-01", "V.2"}) {
    for (const ParcelKind kind : {ParcelKind::questions, ParcelKind::sheets, ParcelKind::box}) {
      const std::string code = parcel_code(exam, VenueCode(venue), kind, 12);
      const ReadParcel read = read_parcel_code(exam, " " + code);
      EXPECT_EQ(read.venue, VenueCode(venue));
      EXPECT_EQ(read.kind, kind);
      EXPECT_EQ(read.number, 12);
      // Every single wrong digit is found, whichever it is.
      for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] < '0' || code[at] > '9') continue;
        for (char digit = '0'; digit <= '9'; ++digit) {
          if (digit == code[at]) continue;
          std::string wrong = code;
          wrong[at] = digit;
          EXPECT_NE(code_thrown([&] { read_parcel_code(exam, wrong); }), "nothing") << wrong;
        }
      }
    }
  }
  for (const char* wrong : {"", ".", "V1", "V1.12.Q", "V1.12.X.3", "V1.0.Q.3", ".12.Q.3", "V1..Q.3"})
    EXPECT_EQ(code_thrown([&] { read_parcel_code(exam, wrong); }), "no_parcel_code") << wrong;
}

}  // namespace
}  // namespace hanjari::services

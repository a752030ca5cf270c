// Papers and notices made by jobs: whole or not at all, begun again without a trace of the start before.
#include "hanjari/papers/papers_job.h"

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/papers/school_names.h"
#include "hanjari/sample/sample.h"
#include "photos/jpeg.h"
#include "stage/code_thrown.h"
#include "stage/made_workbook.h"
#include "stage/memory_approvals.h"
#include "stage/memory_jobs.h"
#include "stage/papers/memory_papers.h"

namespace hanjari::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string first_digest(64, 'a');
const std::string told_digest(64, 'b');

class PrintingClock : public Clock {
 public:
  Instant now() const override { return Instant(std::chrono::seconds(1'622'851'200)); }
  std::chrono::nanoseconds elapsed() const override { return std::chrono::nanoseconds(0); }
};

// A small exam filled room by room, and a plan before it in which the first two people sat in each other's seats.
class PrintedExam : public ExamRepository {
 public:
  PrintedExam() {
    sample::SampleRequest request;
    request.applicants = 400;
    request.venues = 4;
    request.rooms = 40;
    request.units = 2;
    exam = sample::make_sample(request);
    exam.input_sha256 = std::string(64, '0');
    for (std::size_t i = 0; i < exam.applicants.size(); ++i) {
      const RoomIndex room(i / 10);
      const int seat = static_cast<int>(i % 10) + 1;
      plan.placements.push_back({ApplicantIndex(i), ApplicantNumber(fmt::format("{:08}", i + 1)), exam[room].venue, room,
                                 seat, Desk{(seat - 1) % 5 + 1, (seat - 1) / 5 + 1}, 'A', 0});
    }
  }
  ImportOutcome save_exam(const Exam&, const Plan*, const Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return exam; }
  std::vector<StoredPlan> list_plans(const ExamCode&) override {
    return {{first_digest, exam.input_sha256, PlanStatus::feasible, 400, unseated, {}},
            {told_digest, exam.input_sha256, PlanStatus::feasible, 400, 0, {}}};
  }
  std::optional<Plan> find_plan(const Exam&, const std::string& digest) override {
    if (digest == told_digest && held) {
      Plan before = *held;
      before.digest = digest;
      return before;
    }
    Plan found = plan;
    found.digest = digest;
    if (digest == told_digest) {
      std::swap(found.placements[0].seat_no, found.placements[1].seat_no);
      std::swap(found.placements[0].desk, found.placements[1].desk);
    }
    return found;
  }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override { return live; }
  std::optional<LivePointer> find_withdrawn_plan(const ExamCode&) override { return withdrawn; }
  std::optional<Destroyed> find_destruction(const ExamCode&) override { return destroyed; }
  std::vector<VenueSummary> list_venues(const ExamCode&, const StoredPlan&) override {
    std::vector<VenueSummary> venues;
    for (const Venue& venue : exam.venues)
      venues.push_back({venue.code, venue.name, DistrictCode(exam.words[venue.district]), venue.address, 1, 1});
    return venues;
  }
  void set_live_plan(const ExamCode&, const StoredPlan&, std::int64_t, const Change&) override {}

  std::size_t people_at(const VenueIndex venue) const {
    return static_cast<std::size_t>(std::count_if(plan.placements.begin(), plan.placements.end(),
                                                  [&](const Placement& placed) { return placed.venue == venue; }));
  }

  Exam exam;
  Plan plan;
  std::optional<Plan> held{};  // in place of the plan before
  std::int64_t unseated = 0;
  std::optional<LivePointer> live;
  std::optional<LivePointer> withdrawn;
  std::optional<Destroyed> destroyed;
};

// Ends the work after so many reports, as a cancelled job does.
class StoppingProgress : public Progress {
 public:
  explicit StoppingProgress(int after) : left_(after) {}
  void stage(const Text&, std::uint64_t) override {}
  void report(std::uint64_t, const std::string&) override {
    if (left_-- == 0) throw JobStopped{};
  }

 private:
  int left_;
};

class PapersJob : public ::testing::Test {
 protected:
  PapersJob() { job.id = "job"; job.author = "kim"; job.starts = 1; job.order.exam = exams.exam.header.code.text(); }

  PaperWish wish(std::vector<std::string> papers, std::vector<std::string> formats) {
    PaperWish wish;
    wish.plan = first_digest;
    wish.papers = std::move(papers);
    wish.formats = std::move(formats);
    return wish;
  }
  PapersMade make(const PaperWish& wish, Progress& progress = no_progress()) {
    job.order.kind = papers_job_kind;
    job.order.request = write_paper_wish(wish);
    return parse_papers_made(papers_work(exams, sets, clock, nullptr)({job, progress, {}})).value();
  }

  PrintedExam exams;
  hanjari::tests::MemoryPaperSets sets;
  hanjari::tests::MemoryJobs jobs;
  PrintingClock clock;
  Job job;
};

// Red while only the command line told what papers do not say, and the office counted characters without saying whose.
TEST_F(PapersJob, TellsWhichUnitsHaveNoTimesAndWhoseNamesNoFontCanDraw) {
  ASSERT_FALSE(exams.plan.placements.empty());
  const Placement& first = exams.plan.placements.front();
  Unit& untold = exams.exam.units[exams.exam[first.applicant].unit.value];
  untold.starts_at.reset();
  untold.seated_by.reset();
  exams.exam.applicants[first.applicant.value].name = "김\U0001BC00이";
  const PapersMade made = make(wish({"roster"}, {"pdf"}));
  EXPECT_EQ(made.without_start, std::vector<std::string>{untold.code.text()});
  EXPECT_EQ(made.without_seating, std::vector<std::string>{untold.code.text()});
  EXPECT_GT(made.missing, 0);
  for (const PaperBytes& file : sets.files) {
    const bool listed = file.bytes.find("글꼴이 없는 성명.csv") != std::string::npos;
    EXPECT_EQ(listed, file.file.venue == exams.exam[first.venue].code) << file.file.name;
  }
}

// Red while one row that did not open stopped the papers of a whole exam.
TEST_F(PapersJob, ConcernsOnlyTheOneWhoseRowDoesNotOpen) {
  const Placement& closed = exams.plan.placements[7];
  const auto make_anew = [&](const PaperWish& wanted) {
    sets.files.clear();  // what the job has offered it does not make again
    return make(wanted);
  };
  PaperWish slips = wish({"slip"}, {"pdf"});
  slips.venue = exams.exam[closed.venue].code.text();
  const std::int64_t slips_of_all = make_anew(slips).pages;
  exams.exam.applicants[closed.applicant.value].name = unreadable_name;
  const PapersMade made = make_anew(wish({"roster"}, {"csv"}));
  EXPECT_EQ(made.unreadable, 1);
  EXPECT_EQ(made.unreadable_numbers, std::vector<std::string>{closed.number.text()});
  for (const PaperBytes& file : sets.files) {
    const bool listed = file.bytes.find("자료를 열 수 없는 응시자.csv") != std::string::npos;
    EXPECT_EQ(listed, file.file.venue == exams.exam[closed.venue].code) << file.file.name;
  }
  EXPECT_LT(make_anew(slips).pages, slips_of_all) << "no slip without a name";
  for (auto& person : exams.exam.applicants) person.name = unreadable_name;
  EXPECT_EQ(hanjari::tests::code_thrown([&] { make_anew(wish({"roster"}, {"csv"})); }), "personal_data_damaged")
      << "there is nobody to print";
}

// To be red while one ZIP held all schools.
TEST_F(PapersJob, MakesOneZipForEverySchoolAndOneOverAll) {
  const PapersMade made = make(wish({"roster", "room_table"}, {"csv"}));
  std::size_t venues = 0;
  for (std::size_t at = 0; at < exams.exam.venues.size(); ++at) {
    if (exams.people_at(VenueIndex(at)) == 0) continue;
    ASSERT_LT(venues, sets.files.size());
    const PaperBytes& own = sets.files[venues++];
    EXPECT_EQ(own.file.venue, exams.exam.venues[at].code);
    EXPECT_THAT(own.bytes, HasSubstr(exams.exam.venues[at].name));
    EXPECT_EQ(own.whose.size(), exams.people_at(VenueIndex(at)));
    // Red while ZIPs were named by codes, which nobody who keeps them knows.
    EXPECT_THAT(own.file.name, HasSubstr("-" + file_names_of_venues(exams.exam, {})[at] + ".zip"));
  }
  ASSERT_EQ(sets.files.size(), venues + 1);
  EXPECT_EQ(made.files, static_cast<std::int64_t>(venues + 1));
  const PaperBytes& file = sets.files.back();
  EXPECT_TRUE(file.file.venue.empty());
  EXPECT_EQ(made.papers, static_cast<std::int64_t>(2 * venues + 1)) << "one table over all venues";
  EXPECT_THAT(file.bytes, HasSubstr("전체/시험실별 배정표.csv"));
  EXPECT_EQ(file.bytes.substr(0, 2), "PK");
  EXPECT_EQ(file.file.people, 400);
  EXPECT_EQ(file.whose.size(), 400U);
  EXPECT_EQ(file.file.ends_at, clock.now() + papers_are_kept);
  EXPECT_THAT(file.file.name, Not(HasSubstr(exams.exam.venues.front().name))) << "of no school";
}

// Who sits where at a venue, told without drawing anything.
std::set<std::tuple<std::string, std::size_t, int, char>> seats_at(const Plan& plan, VenueIndex venue) {
  std::set<std::tuple<std::string, std::size_t, int, char>> seats;
  for (const Placement& placed : plan.placements) {
    if (placed.venue == venue)
      seats.emplace(placed.number.text(), placed.room.value, static_cast<int>(placed.seat_no), placed.booklet);
  }
  return seats;
}

// Sends two people into each other's seats, at one venue or at two.
void exchange_seats(Plan& plan, std::mt19937& random) {
  std::uniform_int_distribution<std::size_t> any(0, plan.placements.size() - 1);
  Placement& one = plan.placements[any(random)];
  Placement& other = plan.placements[any(random)];
  std::swap(one.venue, other.venue);
  std::swap(one.room, other.room);
  std::swap(one.seat_no, other.seat_no);
  std::swap(one.desk, other.desk);
}

// Random changes of few people against an edition. To be red where a venue was called unchanged by the number of its people.
TEST_F(PapersJob, SinceAnEditionGiveEveryPaperThatChangedAndNoOther) {
  PaperWish changed = wish({"roster", "seat_list"}, {"csv"});
  changed.since = told_digest;
  std::mt19937 random(20210605);
  std::size_t left_out = 0;
  for (int trial = 0; trial < 40; ++trial) {
    exams.held = exams.plan;
    for (int exchange = trial % 4; exchange > 0; --exchange) exchange_seats(*exams.held, random);
    sets.files.clear();
    job.id = fmt::format("job-{}", trial);
    const PapersMade made = make(changed);
    std::int64_t venues = 0;
    std::int64_t wanted = 0;
    for (std::size_t at = 0; at < exams.exam.venues.size(); ++at) {
      const VenueIndex venue(at);
      if (exams.people_at(venue) == 0) continue;
      ++venues;
      const auto file = std::find_if(sets.files.begin(), sets.files.end(), [&](const PaperBytes& one) {
        return one.file.venue == exams.exam[venue].code;
      });
      const bool differs = seats_at(exams.plan, venue) != seats_at(*exams.held, venue);
      EXPECT_EQ(file != sets.files.end(), differs) << "trial " << trial << ", venue " << at;
      if (!differs) continue;
      ++wanted;
      if (file == sets.files.end()) continue;
      for (const char* paper : {"roster", "seat_list"}) {
        EXPECT_THAT(file->bytes, HasSubstr(file_name_of(documents::find_paper_kind(paper)->title.ko) + ".csv"));
      }
    }
    // Beside the papers of venues: the list of the whole city, left out when nobody moved.
    EXPECT_EQ(made.unchanged, 2 * (venues - wanted) + (wanted == 0 ? 1 : 0)) << "trial " << trial;
    left_out += static_cast<std::size_t>(made.unchanged);
  }
  EXPECT_GT(left_out, 0U) << "the property was never asked";
}

TEST_F(PapersJob, SinceAnEditionKnowThePlanThatIsHeld) {
  const ExamCode code = exams.exam.header.code;
  PaperWish asked = wish({"roster"}, {"csv"});
  asked.since = told_digest.substr(0, 12);
  const Job ordered = order_papers(exams, jobs, code, asked, {"kim", "", clock.now()});
  EXPECT_EQ(parse_paper_wish(ordered.order.request).since, told_digest);
  asked.since = first_digest;
  EXPECT_EQ(hanjari::tests::code_thrown([&] { order_papers(exams, jobs, code, asked, {"kim", "", clock.now()}); }),
            "same_edition");
  asked.since = std::string(64, 'c');
  EXPECT_EQ(hanjari::tests::code_thrown([&] { order_papers(exams, jobs, code, asked, {"kim", "", clock.now()}); }),
            "plan_not_found");
}

TEST_F(PapersJob, OfOneVenueHoldsItsPeopleOnly) {
  PaperWish one = wish({"roster"}, {"csv"});
  one.venue = exams.exam.venues.front().code.text();
  make(one);
  ASSERT_EQ(sets.files.size(), 1U);
  EXPECT_EQ(sets.files.front().whose.size(), exams.people_at(VenueIndex(std::size_t{0})));
  EXPECT_THAT(sets.files.front().bytes, Not(HasSubstr("전체/")));
}

// Seen red without discard_files: what was made until then stayed.
// Red while what the office prints said the codes of the exam package, although the notice names its subjects.
TEST_F(PapersJob, SaysChosenSubjectsByTheNamesOfTheNotice) {
  exams.exam.applicants[0].electives = exams.exam.words.intern("law");
  const UnitCode unit = exams.exam[exams.exam.applicants[0].unit].code;
  PaperWish one = wish({"roster"}, {"csv"});
  one.venue = exams.exam[exams.plan.placements[0].venue].code.text();
  job.order.kind = papers_job_kind;
  job.order.request = write_paper_wish(one);
  ExamCode asked;
  const JobWork work = papers_work(exams, sets, clock, nullptr, {}, [&](const ExamCode& exam) {
    asked = exam;
    documents::SubjectNames names;
    names[{unit, "law"}] = {"Law", "행정법총론"};
    return names;
  });
  work({job, no_progress(), {}});
  EXPECT_EQ(asked, exams.exam.header.code);
  ASSERT_EQ(sets.files.size(), 1U);
  std::string roster;
  for (const auto& [name, text] : hanjari::tests::unzipped(sets.files[0].bytes)) {
    if (name.ends_with(".csv") && text.find("행정법총론") != std::string::npos) roster = text;
  }
  EXPECT_THAT(roster, HasSubstr("행정법총론"));
  EXPECT_THAT(roster, Not(HasSubstr("law")));
}

// Red while what the office prints had frames in place of the photos that everybody had sent.
TEST_F(PapersJob, ShowsThePhotosOfThePeopleItPrintsAndCountsWhatDoesNotOpen) {
  const std::string jpeg = photos::encode_jpeg({137, 177, std::vector<unsigned char>(137UL * 177 * 4, 120)}, 80);
  const VenueIndex venue = exams.plan.placements[0].venue;
  for (hanjari::Applicant& person : exams.exam.applicants) person.photo = "photo-" + person.id.text();
  const ApplicantId lost = exams.exam[exams.plan.placements[0].applicant].id;
  std::map<std::string, int> asked;
  const JobWork work = papers_work(exams, sets, clock, nullptr, {}, {}, [&](const ExamCode& exam) {
    EXPECT_EQ(exam, exams.exam.header.code);
    return [&](const hanjari::Applicant& person) { return ++asked[person.photo], person.id == lost ? std::string() : jpeg; };
  });
  const auto print = [&](const std::string& format) {
    PaperWish one = wish({"roster", "slip"}, {format});
    if (format == "csv") one.papers = {"roster"};
    one.venue = exams.exam[venue].code.text();
    job.order.kind = papers_job_kind;
    job.order.request = write_paper_wish(one);
    sets.files.clear();
    asked.clear();
    return parse_papers_made(work({job, no_progress(), {}})).value();
  };
  EXPECT_EQ(print("csv").lost_photos, 0);
  EXPECT_TRUE(asked.empty()) << "no place for a photo, and so none is opened";
  EXPECT_EQ(print("pdf").lost_photos, 1);
  EXPECT_EQ(asked.size(), exams.people_at(venue)) << "of nobody else";
  for (const auto& [photo, times] : asked) EXPECT_EQ(times, 1) << photo << ": roster and slip share it";
  ASSERT_EQ(sets.files.size(), 1U);
  int papers_with_photos = 0;
  for (const auto& [name, pdf] : hanjari::tests::unzipped(sets.files[0].bytes)) papers_with_photos += pdf.find("/DCTDecode") != std::string::npos;
  EXPECT_EQ(papers_with_photos, 2);
}

TEST_F(PapersJob, LeavesNothingWhenItIsCancelled) {
  PaperBytes begun;  // an earlier ZIP of this start
  begun.file.job = job.id;
  begun.file.run = 1;
  sets.files.push_back(begun);
  StoppingProgress stop(1);
  EXPECT_THROW(make(wish({"roster"}, {"csv"}), stop), JobStopped);
  EXPECT_TRUE(sets.files.empty());
  sets.on_add = [] { throw Unavailable("database_lost", {"lost", "끊김"}); };
  EXPECT_THROW(make(wish({"roster"}, {"csv"})), Unavailable);
  EXPECT_TRUE(sets.files.empty());
}

TEST_F(PapersJob, BegunAgainOffersItsOwnFilesOnly) {
  PaperBytes left;
  left.file.id = "left";
  left.file.job = job.id;
  left.file.run = 1;
  sets.files.push_back(left);
  job.starts = 2;
  PaperWish one = wish({"roster"}, {"csv"});
  one.venue = exams.exam.venues.front().code.text();
  make(one);
  const auto offered = sets.list_files_of_job(job.id);
  ASSERT_EQ(offered.size(), 1U);
  EXPECT_EQ(offered.front().run, 2);
  // It died after its files were offered and before its job was ended.
  job.starts = 3;
  const PapersMade again = make(one);
  EXPECT_EQ(again.files, 1);
  EXPECT_EQ(again.plan, first_digest);
  EXPECT_EQ(sets.list_files_of_job(job.id).size(), 1U);
}

TEST_F(PapersJob, TellsWhoMovesInListsAndOnPaper) {
  job.order.kind = notices_job_kind;
  job.order.request = R"({"plan":")" + first_digest + R"(","before":")" + told_digest + R"(","language":"en"})";
  const auto made = parse_papers_made(notices_work(exams, sets, clock, nullptr)({job, no_progress(), {}}));
  ASSERT_TRUE(made);
  ASSERT_EQ(sets.files.size(), 1U);
  for (const char* name : {"notices.csv", "notices.xlsx", "notices.pdf", "changes.csv", "change_counts.csv"})
    EXPECT_THAT(sets.files.front().bytes, HasSubstr(name));
  EXPECT_EQ(sets.files.front().whose.size(), 2U) << "who sat elsewhere, and nobody else";
  EXPECT_EQ(sets.files.front().file.content, PaperContent::notices);
}

// Red while only the command could add them, from a file that somebody had to make.
TEST_F(PapersJob, NoticesHaveTelephoneAndMailWhereThatIsAskedFor) {
  job.order.kind = notices_job_kind;
  const auto notices_of = [&](const std::string& more) {
    job.order.request = R"({"plan":")" + first_digest + R"(","before":")" + told_digest + R"(","language":"en")" + more + "}";
    sets.files.clear();
    const ContactSource contacts = [](const std::vector<ApplicantId>& people) {
      NoticeContacts known;
      known[people.front()] = {"010-1234-5678", "sky@example.com"};
      return known;
    };
    notices_work(exams, sets, clock, nullptr, contacts)({job, no_progress(), {}});
    std::string csv;
    for (const auto& [name, text] : hanjari::tests::unzipped(sets.files.at(0).bytes)) {
      if (name == "notices.csv") csv = text;
    }
    return csv;
  };
  const std::string with = notices_of(R"(,"contacts":true)");
  EXPECT_THAT(with, HasSubstr("010-1234-5678"));
  EXPECT_THAT(with, HasSubstr("sky@example.com"));
  const std::string without = notices_of("");
  EXPECT_THAT(without, HasSubstr("message_ko"));
  EXPECT_EQ(without.find("010-1234-5678"), std::string::npos) << "nobody asked for them";
}

TEST_F(PapersJob, OrdersKnowThePlanAndItsPlaces) {
  const ExamCode code = exams.exam.header.code;
  PaperWish asked = wish({}, {});
  asked.plan = first_digest.substr(0, 12);
  const Job ordered = order_papers(exams, jobs, code, asked, {"kim", "", clock.now()});
  EXPECT_EQ(parse_paper_wish(ordered.order.request).plan, first_digest);
  EXPECT_EQ(parse_paper_wish(ordered.order.request).formats, std::vector<std::string>{"pdf"});
  asked.district = "99999";
  EXPECT_THROW(order_papers(exams, jobs, code, asked, {"kim", "", clock.now()}), NotFound);
  asked.district.clear();
  exams.unseated = 3;
  EXPECT_THROW(order_papers(exams, jobs, code, asked, {"kim", "", clock.now()}), Conflict);
}

// Red while a job was made that could only fail.
TEST_F(PapersJob, AreNotOrderedOfADestroyedExam) {
  exams.destroyed = Destroyed{clock.now(), "Asia/Seoul"};
  hanjari::tests::MemoryApprovals approvals;
  const ExamCode code = exams.exam.header.code;
  const Change change{"kim", "", clock.now()};
  EXPECT_EQ(hanjari::tests::code_thrown([&] { order_papers(exams, jobs, code, wish({}, {}), change); }),
            "exam_destroyed");
  EXPECT_EQ(hanjari::tests::code_thrown(
                [&] { order_notices(exams, approvals, jobs, code, first_digest, Language::korean, change); }),
            "exam_destroyed");
}

// Red while notices started from the plan before a decision on one person, which loses those of the published plan.
TEST_F(PapersJob, NoticesOfAPublishedPlanOutliveDecisionsOnSinglePeople) {
  const ExamCode code = exams.exam.header.code;
  exams.live = LivePointer{first_digest, exams.exam.input_sha256, 4};
  const StoredPlan now = exams.list_plans(code).front();
  const auto change = [](std::int64_t version, const std::string& plan, const std::string& before, bool by_decision) {
    LiveChange one;
    one.version = version;
    one.plan_digest = plan;
    one.before = before;
    one.by_decision = by_decision;
    return one;
  };
  const std::string published(64, 'e');
  const std::string decided(64, 'd');
  hanjari::tests::MemoryApprovals approvals;
  approvals.changes = {change(4, first_digest, decided, true), change(3, decided, published, true),
                       change(2, published, told_digest, false), change(1, told_digest, "", false)};
  EXPECT_EQ(find_told_before(exams, approvals, code, now), told_digest);
  approvals.changes = {change(2, first_digest, told_digest, true), change(1, told_digest, "", false)};
  EXPECT_EQ(find_told_before(exams, approvals, code, now), told_digest)
      << "the first plan was only changed by decisions";
  approvals.changes = {change(1, first_digest, "", false)};
  EXPECT_EQ(find_told_before(exams, approvals, code, now), "");
  approvals.changes = {change(2, first_digest, told_digest, false), change(1, told_digest, "", false)};
  EXPECT_EQ(find_told_before(exams, approvals, code, now), told_digest);
}

// Red while people whose seats were withdrawn counted as people who were told nothing.
TEST_F(PapersJob, NoticesStartFromTheSeatsThatWereWithdrawn) {
  const ExamCode code = exams.exam.header.code;
  const auto stored = exams.list_plans(code);
  hanjari::tests::MemoryApprovals approvals;
  EXPECT_EQ(find_told_before(exams, approvals, code, stored.front()), "");
  exams.withdrawn = LivePointer{told_digest, exams.exam.input_sha256, 2};
  EXPECT_EQ(find_told_before(exams, approvals, code, stored.front()), told_digest);
  EXPECT_EQ(find_told_before(exams, approvals, code, stored.back()), "") << "nothing differs from itself";
}

TEST(PaperWishes, AreReadBackAsTheyWereWritten) {
  PaperWish wish;
  wish.plan = first_digest;
  wish.district = "11110";
  wish.papers = {"roster", "seat_list"};
  wish.formats = {"pdf", "csv"};
  wish.language = Language::english;
  wish.incomplete = true;
  wish.since = told_digest;
  EXPECT_EQ(parse_paper_wish(write_paper_wish(wish)), wish);
}

// Seen red: only the first of two faults was told.
TEST(PaperWishes, TellEveryFaultAtOnce) {
  try {
    parse_paper_wish(R"({"papers": ["slip", "menu"], "formats": ["csv", "doc"]})");
    FAIL();
  } catch (const InvalidInput& refusal) {
    for (const char* part : {"'menu'", "'doc'", "Admission slips"}) EXPECT_THAT(refusal.message().en, HasSubstr(part));
    for (const char* part : {"'menu'", "'doc'", "응시표"}) EXPECT_THAT(refusal.message().ko, HasSubstr(part));
  }
}

// The interface takes the words that the option and the form do. Red while a title and 엑셀 were no words of an order.
TEST(PaperWishes, AreReadInTheWordsOfOfficers) {
  const PaperWish wish = parse_paper_wish(R"({"papers": ["응시자 명부", "Roster", "slip"], "formats": ["엑셀", "XLSX", "PDF"], "language": "영문"})");
  EXPECT_EQ(wish.papers, (std::vector<std::string>{"roster", "slip"}));
  EXPECT_EQ(wish.formats, (std::vector<std::string>{"xlsx", "pdf"}));
  EXPECT_EQ(wish.language, Language::english);
}

}  // namespace
}  // namespace hanjari::services

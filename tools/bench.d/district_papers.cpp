// All papers of a coordinator's district in one ZIP, as the office makes them while the coordinator waits: seconds, and the
// peak memory of a process that holds the district's people and nothing else. The district is the one with the fewest rooms of
// those with at least a hundred in use. Plan and record stay in memory; what the database takes beside is not in the figures.
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/documents/papers.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/papers/own_papers.h"

namespace {

using namespace hanjari;

constexpr std::size_t least_rooms = 100;
// What issue and page promise, and what they wish for.
constexpr double most_seconds = 10;
constexpr double wished_seconds = 4;
constexpr double most_mb = 300;
constexpr int takings = 3;

// A line of the process's status, in MB; nothing where the system tells none.
std::optional<double> status_mb(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string word;
  double kilobytes = 0;
  while (status >> word) {
    if (word == name + ":" && status >> kilobytes) return kilobytes / 1024.0;
    std::getline(status, word);
  }
  return std::nullopt;
}

// From here on the peak counts anew: the whole exam was only read to cut the district out of it, and no coordinator's ZIP
// reads it. False: the system does not allow that, and the peak holds the reading too.
bool forget_peak() {
  malloc_trim(0);
  std::ofstream peak("/proc/self/clear_refs");
  peak << "5" << std::flush;
  return peak.good();
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// One district of a plan, each venue as the repository of the database gives it: with its own people alone.
class DistrictPlans : public services::PlanRepository {
 public:
  DistrictPlans(const PlannedExam& whole, const std::string& district) : district_(district) {
    PlannedExam empty;
    empty.exam.header = whole.exam.header;
    empty.exam.policy = whole.exam.policy;
    empty.exam.units = whole.exam.units;
    empty.exam.venues = whole.exam.venues;
    empty.exam.rooms = whole.exam.rooms;
    empty.exam.words = whole.exam.words;
    empty.exam.input_sha256 = whole.exam.input_sha256;
    empty.plan.report = whole.plan.report;
    empty.plan.digest = whole.plan.digest;
    std::map<VenueCode, std::set<RoomIndex>> rooms;
    for (const Placement& placed : whole.plan.placements) {
      const Venue& venue = whole.exam[placed.venue];
      if (whole.exam.words[venue.district] != district) continue;
      PlannedExam& part = parts_.try_emplace(venue.code, empty).first->second;
      rooms[venue.code].insert(placed.room);
      part.exam.applicants.push_back(whole.exam[placed.applicant]);
      part.plan.placements.push_back(placed);
      part.plan.placements.back().applicant = ApplicantIndex(part.exam.applicants.size() - 1);
    }
    for (const auto& [code, part] : parts_) {
      const Venue& venue = whole.exam[whole.exam.find(code)];
      venues_.push_back({code, venue.name, DistrictCode(district), venue.address, std::ssize(rooms[code]),
                         std::ssize(part.exam.applicants)});
    }
  }
  std::vector<services::LiveExam> list_live_exams() override { return {}; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date) override { return std::nullopt; }
  std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) override { return std::nullopt; }
  std::vector<services::VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>&) override {
    return venues_;
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode&, const VenueCode& venue) override {
    const auto found = parts_.find(venue);
    if (found == parts_.end()) return std::nullopt;
    return found->second;
  }
  const std::string& district() const { return district_; }

 private:
  std::string district_;
  std::map<VenueCode, PlannedExam> parts_;
  std::vector<services::VenueSummary> venues_;
};

class NoRecord : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change&, const services::AuditNote&) override {}
};

std::string find_district(const PlannedExam& planned) {
  std::map<std::string, std::set<RoomIndex>> rooms;
  for (const Placement& placed : planned.plan.placements)
    rooms[std::string(planned.exam.words[planned.exam[placed.venue].district])].insert(placed.room);
  std::string chosen;
  for (const auto& [district, used] : rooms) {
    if (used.size() < least_rooms) continue;
    if (chosen.empty() || used.size() < rooms[chosen].size()) chosen = district;
  }
  if (chosen.empty()) throw std::runtime_error("no district of the plan has a hundred rooms in use");
  return chosen;
}

DistrictPlans read_district(const std::string& exam_folder, const std::string& plan_folder, services::LiveExam& live) {
  PlannedExam planned;
  planned.exam = package::load_exam(exam_folder, package::Encoding::utf8, no_progress()).exam;
  planned.plan = package::resolve_plan(planned.exam, package::load_plan_rows(plan_folder));
  const ExamHeader& header = planned.exam.header;
  live = {header.code, header.name_ko, header.name_en, header.exam_on, header.time_zone, planned.plan.digest, system_clock().now()};
  return {planned, find_district(planned)};
}

services::OwnPapersWish every_paper() {
  services::OwnPapersWish wish;
  for (const documents::PaperKind& kind : documents::paper_kinds()) wish.papers.push_back(kind.name);
  wish.formats = {"pdf", "xlsx", "csv"};
  return wish;
}

void print_district(const DistrictPlans& plans, const std::vector<services::VenueSummary>& venues) {
  std::int64_t rooms = 0;
  std::int64_t people = 0;
  for (const services::VenueSummary& venue : venues) {
    rooms += venue.rooms;
    people += venue.people;
  }
  fmt::print(stderr, "district {}: {} venues, {} rooms, {} people; every paper in every format\n", plans.district(), venues.size(),
             rooms, people);
}

// One row for each figure, beside what it must and should be; the worst of all takings is what counts.
int print_papers(const std::string& exam_folder, const std::string& plan_folder) {
  services::LiveExam live;
  DistrictPlans plans = read_district(exam_folder, plan_folder, live);
  NoRecord record;
  services::Actor actor;
  actor.account = "coordinator";
  actor.role = services::Role::district_coordinator;
  actor.district = DistrictCode(plans.district());
  const services::OwnPapersWish wish = every_paper();
  print_district(plans, plans.list_venues(live.code, std::nullopt));
  const bool counts_anew = forget_peak();
  const double before = status_mb("VmRSS").value_or(0);
  double longest = 0;
  double cpu = 0;
  double megabytes = 0;
  for (int taking = 0; taking < takings; ++taking) {
    const double cpu_before = cpu_seconds();
    const auto began = system_clock().elapsed();
    const services::OwnPapers taken =
        services::take_own_papers({plans, record, nullptr, actor}, live, wish, nullptr, system_clock().now());
    longest = std::max(longest, seconds_between(began, system_clock().elapsed()));
    cpu = std::max(cpu, cpu_seconds() - cpu_before);
    megabytes = static_cast<double>(taken.bytes.size()) / 1e6;
  }
  fmt::print("papers of a district,value,must,aim\n");
  fmt::print("seconds (longest of {}),{:.2f},{:.0f},{:.0f}\n", takings, longest, most_seconds, wished_seconds);
  fmt::print("seconds of processor,{:.2f},,\n", cpu);
  fmt::print("peak memory MB{},{:.0f},{:.0f},\n", counts_anew ? "" : " (with reading the exam)", status_mb("VmHWM").value_or(0), most_mb);
  fmt::print("memory MB before the papers,{:.0f},,\n", before);
  fmt::print("ZIP MB,{:.1f},,\n", megabytes);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: district_papers EXAM PLAN\n", stderr);
    return 64;
  }
  try {
    return print_papers(argv[1], argv[2]);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.message().en);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
  return 1;
}

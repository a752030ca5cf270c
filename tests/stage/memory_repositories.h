// The repositories in memory, for tests of the use cases.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/plans/plans.h"
#include "stage/memory_accounts.h"
#include "stage/memory_attempts.h"

namespace hanjari::tests {

class MemoryAccesses : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change& change, const services::AuditNote& note) override {
    if (broken) throw DatabaseUnavailable("database_lost", {"lost", "끊김"});
    lines.push_back(change.author + " " + note.action + " " + note.subject);
    for (const std::string& person : note.whose) lines.back() += " " + person;
  }

  std::vector<std::string> lines;
  bool broken = false;
};

// One exam with a venue in each of two districts; one person can be found.
class MemoryPlans : public services::PlanRepository {
 public:
  std::vector<services::LiveExam> list_live_exams() override { return {}; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber& number, Date birth_on) override {
    ++searches;
    if (number != ApplicantNumber("01000001") || birth_on != Date{1000}) return std::nullopt;
    PlannedExam seat;
    seat.exam.applicants.emplace_back().name = "김하늘";
    seat.plan.placements.push_back(
        {ApplicantIndex(std::size_t{0}), number, VenueIndex(std::size_t{0}), RoomIndex(std::size_t{0}), 3, Desk{1, 1}, 'A', 0});
    return seat;
  }
  // V1, room 2, seat 3 for the one number.
  std::optional<PlannedExam> find_place(const ExamCode& exam, const ApplicantNumber& number) override {
    ++searches;
    if (number != ApplicantNumber("01000001")) return std::nullopt;
    PlannedExam place;
    place.exam.header.code = exam;
    place.exam.venues.emplace_back().code = VenueCode("V1");
    place.exam.rooms.emplace_back().room_no = 2;
    place.exam.rooms.back().venue = VenueIndex(std::size_t{0});
    place.plan.placements.push_back(
        {ApplicantIndex::none(), number, VenueIndex(std::size_t{0}), RoomIndex(std::size_t{0}), 3, Desk{1, 1}, 'A', 0});
    return place;
  }
  std::vector<services::VenueSummary> list_venues(const ExamCode&,
                                                  const std::optional<DistrictCode>& district) override {
    std::vector<services::VenueSummary> venues;
    for (const char* code : {"11110", "11140"}) {
      if (district && *district != DistrictCode(code)) continue;
      venues.push_back({VenueCode("V" + std::string(code)), "school", DistrictCode(code), "street", 1, 1});
    }
    return venues;
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode&, const VenueCode&) override {
    ++rosters;
    return PlannedExam{};
  }

  std::atomic<int> searches{0};
  int rosters = 0;
};

}  // namespace hanjari::tests

// What pages and downloads ask about live plans, from the database.
#pragma once

#include "audit/store.h"
#include "hanjari/plans/plans.h"
#include "plans/store/live_parts.h"

namespace hanjari::storage {

class SeatStore : public services::PlanRepository {
 public:
  explicit SeatStore(const Store& store) : store_(store) {}
  std::vector<services::LiveExam> list_live_exams() override;
  std::vector<services::LiveExam> list_withdrawn_exams() override;
  std::optional<PlannedExam> find_seat(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) override;
  std::optional<PlannedExam> find_own_seat(const ExamCode& exam, const ApplicantId& applicant) override;
  std::optional<PlannedExam> find_place(const ExamCode& exam, const ApplicantNumber& number) override;
  std::optional<Room> find_room(const ExamCode& exam, const VenueCode& venue, std::int64_t room_no) override;
  std::vector<services::VenueSummary> list_venues(const ExamCode& exam,
                                                  const std::optional<DistrictCode>& district) override;
  std::vector<Unit> list_units(const ExamCode& exam) override;
  std::optional<PlannedExam> find_venue_plan(const ExamCode& exam, const VenueCode& venue) override;

 private:
  const Store& store_;
  LiveParts parts_;
};

}  // namespace hanjari::storage

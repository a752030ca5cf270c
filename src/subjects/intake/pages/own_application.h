// One application of the person who asks, loaded for one call.
#pragma once

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "hanjari/intake/use_cases.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

struct Own {
  services::UseCases& intake;
  services::Applicant applicant;
  std::shared_ptr<const services::StoredRecruitment> stored;
  Application application;
  std::optional<PlannedExam> seat;

  const Recruitment& notice() const { return stored->notice; }
  const NoticeUnit& unit() const;
  const Calendar& calendar() const { return notice().calendar_of(unit()); }
  // That the person sits.
  ExamCode exam() const { return services::exam_of(notice(), calendar()); }
  // As OwnApplications::are_seats_withdrawn, of somebody without a seat.
  bool are_seats_withdrawn() const;

  mutable std::optional<bool> seats_withdrawn{};  // once it was asked
};

// Throws NotFound (no_such_application) also for somebody else's.
Own load_own(const Call& call);

// Sets seat_changed, seat_withdrawn and seat_address: whether the seat is another one than the person last looked at, or
// being decided again.
void describe_seat_change(const Call& call, const Own& own, nlohmann::json& data);
// The person's health reports with their decisions.
nlohmann::json describe_reports(const Call& call, const Own& own);

}  // namespace hanjari::web

#include "intake/pages/own_application.h"

#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/domain/legible.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/seat_change.h"

namespace hanjari::web {

const NoticeUnit& Own::unit() const {
  const NoticeUnit* found = notice().find_unit(application.form.unit);
  if (found == nullptr) throw std::logic_error("an application for a unit that its notice does not have");
  return *found;
}

bool Own::are_seats_withdrawn() const {
  if (!seats_withdrawn) seats_withdrawn = !seat && intake.own.are_seats_withdrawn(*stored, application);
  return *seats_withdrawn;
}

Own load_own(const Call& call) {
  services::UseCases& intake = load_intake(call);
  services::Applicant applicant = applicant_of(call);
  const ApplicationId id(call.path.at("application"));
  // Only the own ones are asked for, so nobody learns whether another exists.
  for (Application& application : intake.own.list_own_applications(applicant)) {
    if (application.id != id) continue;
    services::require_legible(application.legible);
    auto stored = intake.notices.find_notice(application.exam);
    if (!stored) break;
    auto seat = intake.own.find_own_seat(applicant, id);
    return {intake, std::move(applicant), std::move(stored), std::move(application), std::move(seat)};
  }
  throw NotFound("no_such_application", {"There is no such application.", "해당 원서가 없습니다."});
}

nlohmann::json describe_reports(const Call& call, const Own& own) {
  nlohmann::json list = nlohmann::json::array();
  const bool withdrawn = own.are_seats_withdrawn();
  // The new place is where the person sits now, unless a later plan moved it again: then it is one of the live plan's.
  const auto name_of_venue = [&](const VenueCode& code) {
    if (own.seat && own.seat->exam.venues.front().code == code) return own.seat->exam.venues.front().name;
    return own.intake.own.find_venue_name(own.exam(), code).value_or(code.text());
  };
  for (const services::SelfReport& report :
       own.intake.self_reports.list_own_reports(own.applicant, own.application.id)) {
    const bool moved = !report.new_place.empty() && !withdrawn;
    list.push_back({{"status", name_of(report.status).in(call.language)},
                    {"decision", name_of(report.decision).in(call.language)},
                    {"at", write_moment(report.reported_at, own.notice().header.time_zone, call.language)},
                    {"reason", report.reason.empty() ? nlohmann::json(false) : nlohmann::json(report.reason)},
                    {"moved", moved ? nlohmann::json(write_place(call, report.new_place, name_of_venue))
                                    : nlohmann::json(false)}});
  }
  return list;
}

}  // namespace hanjari::web


#include "venues/pages/routes.h"

#include "venues/pages/office_exams.h"
#include "venues/pages/office_venues.h"
#include "venues/pages/rosters_api.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr int rosters_at_once = 8;

Permission venue_staff(ExamState state = ExamState::not_named) {
  return Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}},
                           state);
}

ApiDescription roster_in(const char* en, const char* ko) {
  return {{en, ko},
          {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
          {"language"}};
}

}  // namespace

void add_venue_routes(std::vector<Route>& routes) {
  constexpr Listener office = Listener::office;
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({Method::get, pattern, office, who, handler, limits, std::move(api)});
  };
  get("/{language}", venue_staff(), show_office_home);
  get("/{language}/exams", venue_staff(), show_office_home);
  get("/{language}/exams/{code}/venues", venue_staff(ExamState::live), show_venues);
  get("/api/v1/exams/{code}/venues/{venue_code}/rosters", venue_staff(ExamState::live), download_roster,
      {0, rosters_at_once},
      roster_in("Roster of a venue; the format by Accept", "시험장의 응시자 명부. 형식은 Accept로 정함"));
  get("/api/v1/exams/{code}/venues/{venue_code}/rosters.{format}", venue_staff(ExamState::live), download_roster,
      {0, rosters_at_once},
      roster_in("Roster of a venue as pdf, xlsx or csv", "시험장의 응시자 명부 (pdf, xlsx, csv)"));
}

}  // namespace hanjari::web


#include "seats/pages/routes.h"

#include "seats/pages/portal_own_seat.h"
#include "seats/pages/portal_seat.h"
#include "seats/pages/slip_check.h"

namespace hanjari::web {
namespace {

constexpr std::size_t form_bytes = 8 * 1024;
constexpr int slips_at_once = 16;

}  // namespace

void add_seat_routes(std::vector<Route>& routes) {
  const auto everybody = Permission::anybody();
  const auto everybody_live = Permission::anybody(ExamState::live);
  const auto applicant = Permission::staff({{services::Role::applicant, Reach::own}});
  const Limits slips{form_bytes, slips_at_once};
  constexpr Listener portal = Listener::portal;
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, portal, who, handler, limits});
  };
  add(Method::get, "/{language}/exams/{code}/seat", everybody_live, show_seat_form);
  add(Method::post, "/{language}/exams/{code}/seat", everybody_live, look_up, {form_bytes, 0});
  add(Method::post, "/{language}/exams/{code}/slip", everybody_live, download_slip, slips);
  add(Method::get, "/{language}/my/{application}/seat", applicant, show_own_seat);
  add(Method::get, "/{language}/my/{application}/wallet", applicant, show_wallet_slip);
  add(Method::post, "/{language}/my/{application}/slip", applicant, download_own_slip, slips);
  add(Method::get, "/check", everybody, choose_check_language);
  add(Method::get, "/{language}/check", everybody, check_slip);
}

}  // namespace hanjari::web

// Routes of sign-in and own accounts.

#include "accounts/pages/routes.h"

#include <optional>
#include <utility>

#include "accounts/pages/office_entry.h"
#include "accounts/pages/own_account.h"
#include "accounts/pages/portal_entry.h"
#include "accounts/pages/provider_entry.h"
#include "accounts/pages/recovery_codes.h"
#include "accounts/pages/security_keys.h"
#include "accounts/pages/staff_pages.h"
#include "hanjari/accounts/passwords.h"
#include "site/pages/own_name.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t form_bytes = 8 * 1024;
constexpr std::size_t kept_bytes = 48 * 1024;
// More than the queue for password work holds, on every machine, so that people wait in that queue, which is the same for
// all of these routes, and are told that it is busy only when it is full.
int sign_ins_at_once() {
  const services::PasswordLimits limits = services::password_limits();
  return limits.at_once + limits.waiting + 14;
}
// Each may wait for the identity provider.
constexpr int questions_at_once = 4;

void add_staff_routes(std::vector<Route>& routes) {
  const auto administrator = Permission::staff({{Role::administrator, Reach::everything}});
  const auto everybody = Permission::anybody();
  const Limits form{form_bytes, 0};
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const auto staff_json = [](const char* en, const char* ko) { return ApiDescription{{en, ko}, {"application/json"}, {}}; };
  add(Method::get, "/{language}/staff", administrator, show_staff, {});
  add(Method::post, "/{language}/staff", administrator, invite_shown_staff, form);
  add(Method::get, "/{language}/staff/{account}", administrator, show_staff_account, {});
  add(Method::post, "/{language}/staff/{account}/steps", administrator, take_shown_staff_step, form);
  add(Method::get, "/{language}/invitations/{ticket}", everybody, show_invitation, {});
  add(Method::post, "/{language}/invitations/{ticket}", everybody, accept_shown_invitation,
      {form_bytes, sign_ins_at_once()});
  add(Method::get, "/api/v1/staff", administrator, list_staff_by_api, {},
      staff_json("Accounts of the staff with role, district and second factor", "직원 계정과 역할, 자치구, 2단계 인증"));
  add(Method::post, "/api/v1/staff", administrator, invite_staff_by_api, form,
      staff_json("Adds an account and sends its invitation (account, role, district_code, email)",
                 "계정을 만들고 초대를 보냄(account, role, district_code, email)"));
  add(Method::post, "/api/v1/staff/{account}/steps", administrator, take_staff_step_by_api, form,
      staff_json("A step for an account: rights (role, district_code), invite (email), close, open, end_sessions, "
                 "ask_reset; confirm_reset by another administrator",
                 "계정 처리: rights(role, district_code), invite(email), close, open, end_sessions, ask_reset. "
                 "confirm_reset은 다른 관리자만"));
}

void add_members_of_accounts(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/staff", {"account", "role", "district_code", "email", "reason"}},
      {"/api/v1/staff/{account}/steps", {"step", "role", "district_code", "email", "reason"}}});
}

}  // namespace

void add_account_routes(std::vector<Route>& routes) {
  add_staff_routes(routes);
  const auto everybody = Permission::anybody();
  const auto applicant = Permission::staff({{Role::applicant, Reach::own}});
  const auto staff = Permission::staff({{Role::exam_officer, Reach::own},
                                        {Role::district_coordinator, Reach::own},
                                        {Role::venue_chief, Reach::own},
                                        {Role::auditor, Reach::own},
                                        {Role::administrator, Reach::own}});
  const Limits form{form_bytes, 0};
  const Limits entering{form_bytes, sign_ins_at_once()};
  // With what was typed before a session ended.
  const Limits entering_again{form_bytes + kept_bytes, sign_ins_at_once()};
  const Limits form_again{form_bytes + kept_bytes, 0};
  const Limits asking{form_bytes, questions_at_once};
  const Limits asking_again{form_bytes + kept_bytes, questions_at_once};
  const auto add = [&](Method method, Listener listener, const char* pattern, const Permission& who, Handler handler,
                       Limits limits = {}) {
    routes.push_back({method, pattern, listener, who, handler, limits});
  };
  constexpr Listener office = Listener::office;
  constexpr Listener portal = Listener::portal;
  add(Method::get, office, "/{language}/sign-in", everybody, show_sign_in);
  add(Method::post, office, "/{language}/sign-in", everybody, sign_in_staff, entering_again);
  add(Method::get, office, "/{language}/sign-in/provider", everybody, ask_provider, asking);
  add(Method::post, office, "/{language}/sign-in/provider", everybody, ask_provider_with_typed, asking_again);
  // The address that is registered with the provider has no language.
  add(Method::get, office, "/sign-in/provider", everybody, take_provider_answer, asking);
  add(Method::get, office, "/{language}/second-step", everybody, show_second_step);
  add(Method::post, office, "/{language}/second-step", everybody, confirm_second_step, form_again);
  add(Method::post, office, "/{language}/second-step/key", everybody, confirm_second_step_by_key, form_again);
  add(Method::post, office, "/{language}/sign-out", everybody, sign_out_staff, form);
  add(Method::get, office, "/{language}/account", staff, show_own_account);
  add(Method::post, office, "/{language}/account/sessions", staff, end_own_session, form);
  add(Method::post, office, "/{language}/account/sessions/others", staff, end_own_other_sessions, form);
  add(Method::post, office, "/{language}/account/password", staff, change_own_password, entering);
  add(Method::post, office, "/{language}/account/recovery-codes", staff, renew_own_recovery_codes, form);
  add(Method::get, office, "/{language}/account/codes", staff, show_waiting_codes);
  add(Method::post, office, "/{language}/account/codes", staff, take_codes_kept, form_again);
  add(Method::post, office, "/{language}/account/security-keys", staff, add_own_security_key, form);
  add(Method::post, office, "/{language}/account/security-keys/remove", staff, remove_own_security_key, form);

  add(Method::get, portal, "/{language}/sign-in", everybody, show_portal_sign_in);
  add(Method::post, portal, "/{language}/sign-in", everybody, sign_in_to_portal, entering_again);
  add(Method::get, portal, "/{language}/sign-in/{ticket}", everybody, show_portal_sign_in_code);
  add(Method::post, portal, "/{language}/sign-in/{ticket}", everybody, finish_portal_sign_in, form_again);
  add(Method::get, portal, "/{language}/sign-up", everybody, show_sign_up);
  add(Method::post, portal, "/{language}/sign-up", everybody, begin_sign_up, entering_again);
  add(Method::get, portal, "/{language}/sign-up/{ticket}", everybody, show_sign_up_code);
  add(Method::post, portal, "/{language}/sign-up/{ticket}", everybody, finish_sign_up, form_again);
  add(Method::get, portal, "/{language}/forgotten", everybody, show_forgotten);
  add(Method::post, portal, "/{language}/forgotten", everybody, begin_reset, form_again);
  add(Method::get, portal, "/{language}/forgotten/{ticket}", everybody, show_reset_code);
  add(Method::post, portal, "/{language}/forgotten/{ticket}", everybody, finish_reset, entering_again);
  add(Method::post, portal, "/{language}/sign-out", everybody, sign_out_applicant, form);
  add(Method::get, portal, "/{language}/account", applicant, show_own_account);
  routes.push_back({Method::get, "/api/v1/own-name", portal, everybody, send_own_name, {},
                    ApiDescription{{"Whose account is open: {name}, masked; {} for who has not signed in",
                                    "로그인한 계정: {name}(가림 처리), 로그인하지 않았으면 {}"},
                                   {"application/json"},
                                   {}}});
  add(Method::post, portal, "/{language}/account/sessions", applicant, end_own_session, form);
  add(Method::post, portal, "/{language}/account/sessions/others", applicant, end_own_other_sessions, form);
  add_members_of_accounts(routes);
}

}  // namespace hanjari::web

#include "accounts/pages/staff_pages.h"

#include <optional>

#include <fmt/format.h>

#include "accounts/pages/entry_form.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/accounts/staff_care.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Role;

constexpr Role staff_roles[] = {Role::exam_officer, Role::district_coordinator, Role::venue_chief, Role::auditor,
                                Role::administrator};

Role role_typed(const std::string& word) {
  if (const auto role = parse_meant(word, services::parse_role); role && *role != Role::applicant) return *role;
  throw InvalidInput("bad_role", {"The roles are exam_officer, district_coordinator, venue_chief, auditor, administrator.",
                                  "역할은 exam_officer, district_coordinator, venue_chief, auditor, administrator 가운데 "
                                  "하나입니다."});
}

std::optional<DistrictCode> district_typed(const std::string& typed) {
  const TypedDistrict read = read_typed_district(typed);
  if (!read.candidates.empty()) throw InvalidInput("bad_district", tell_several_districts(read));
  std::optional<DistrictCode> district;
  if (!read.code.empty()) district.emplace(read.code);
  return district;
}

services::StaffWish wish_from(const std::string& name, const std::string& role, const std::string& district,
                              const std::string& email) {
  services::StaffWish wish;
  wish.name = clean_signs(name);
  wish.role = role_typed(role);
  wish.district = district_typed(district);
  wish.email = email;
  return wish;
}

// A step for one account, from a form or from JSON.
struct StaffStep {
  std::string step;
  std::string role;
  std::string district;
  std::string email;
  std::string reason;
};

void take_staff_step(const Call& call, const StaffStep& wish) {
  services::AccountRepository& accounts = call.site.accounts();
  const services::Actor& actor = call.actor();
  const std::string& name = call.path.at("account");
  const services::Change change = services::change_of(actor, wish.reason, call.site.now());
  if (wish.step == "rights")
    return services::change_rights(accounts, actor, name, role_typed(wish.role), district_typed(wish.district), change);
  if (wish.step == "invite") {
    return services::invite_again(accounts, call.site.outbox(), call.site.access(), actor, name, wish.email,
                                  call.language, change);
  }
  if (wish.step == "close") return services::close_account(accounts, actor, name, true, change);
  if (wish.step == "open") return services::close_account(accounts, actor, name, false, change);
  if (wish.step == "end_sessions") return services::end_staff_sessions(accounts, actor, name, change);
  if (wish.step == "ask_reset") return services::ask_reset(accounts, actor, name, change);
  if (wish.step == "confirm_reset") return services::confirm_reset(accounts, actor, name, change);
  throw InvalidInput("bad_step",
                     {"'step' is rights, invite, close, open, end_sessions, ask_reset or confirm_reset.",
                      "'step'은 rights, invite, close, open, end_sessions, ask_reset, confirm_reset 가운데 하나입니다."});
}

std::string staff_address(const Call& call, const std::string& below = {}) {
  return fmt::format("/{}/staff{}", code_of(call.language), below);
}

json describe_roles(const Call& call, Role chosen) {
  json roles = json::array();
  for (const Role role : staff_roles) {
    roles.push_back({{"word", services::spell(role)},
                     {"name", services::name_of(role).in(call.language)},
                     {"chosen", role == chosen}});
  }
  return roles;
}

const char* state_of_staff(const services::StaffAccount& staff) {
  if (staff.disabled) return "staff.closed";
  return staff.has_password ? "staff.open" : "staff.invited";
}

json describe_staff(const Call& call, const services::StaffAccount& staff) {
  const Pages& pages = call.site.pages();
  return {{"name", staff.name},
          {"address", staff_address(call, "/" + encode_percent(staff.name))},
          {"role", services::name_of(staff.role).in(call.language)},
          {"district", staff.district ? name_of_district(staff.district->text()).in(call.language) : std::string("–")},
          {"factor", pages.text(call.language, staff.has_second_factor ? "staff.factor_yes" : "staff.factor_no")},
          {"state", pages.text(call.language, state_of_staff(staff))}};
}

Response show_staff_page(const Call& call, const std::string& error) {
  Page page{.name = "staff", .title = call.site.pages().text(call.language, "staff.title")};
  page.data = {{"action", staff_address(call)},
               {"form_token", call.form_token},
               {"roles", describe_roles(call, Role::exam_officer)},
               {"typed_name", field_of(call.form, "name")},
               {"typed_email", field_of(call.form, "email")},
               {"typed_district", field_of(call.form, "district")},
               {"staff", json::array()}};
  for (const services::StaffAccount& staff : services::list_staff(call.site.accounts(), call.actor()))
    page.data["staff"].push_back(describe_staff(call, staff));
  if (!error.empty()) {
    page.status = 422;
    page.data["error"] = {{"sentence", error}};
    page.repost = call.form;
  }
  return show(call, page);
}

// `field`: where what is wrong stands; empty: the form as a whole.
Response show_invitation_form(const Call& call, const std::string& field, const std::string& error) {
  EntryForm form;
  form.title = "staff.invitation_title";
  form.lead = "staff.invitation_lead";
  form.button = "staff.invitation_button";
  form.action = fmt::format("/{}/invitations/{}", code_of(call.language), encode_percent(call.path.at("ticket")));
  form.fields = {{.name = "code",
                  .label = "staff.invitation_code",
                  .autocomplete = "one-time-code",
                  .mode = "numeric",
                  .longest = 20},
                 {.name = "new_password",
                  .label = "staff.invitation_password",
                  .hint = "office.password_hint",
                  .type = "password",
                  .autocomplete = "new-password",
                  .longest = 1024}};
  form.error_title = "seat_form.errors_title";
  if (!error.empty()) form.faults.push_back({field, error});
  return show_entry(call, form);
}

nlohmann::ordered_json as_json(const services::StaffAccount& staff) {
  nlohmann::ordered_json value{{"account", staff.name},
                               {"role", services::spell(staff.role)},
                               {"has_password", staff.has_password},
                               {"has_second_factor", staff.has_second_factor},
                               {"closed", staff.disabled}};
  if (staff.district) value["district_code"] = staff.district->text();
  if (!staff.reset_asked_by.empty()) value["reset_asked_by"] = staff.reset_asked_by;
  return value;
}

}  // namespace

Response show_staff(const Call& call) {
  return show_staff_page(call, "");
}

Response invite_shown_staff(const Call& call) {
  try {
    const services::StaffWish wish = wish_from(field_of(call.form, "name"), field_of(call.form, "role"),
                                               field_of(call.form, "district"), field_of(call.form, "email"));
    services::invite_staff(call.site.accounts(), call.site.outbox(), call.site.access(), call.actor(), wish,
                           call.language, services::change_of(call.actor(), "", call.site.now()));
    return redirect(staff_address(call, "/" + encode_percent(wish.name)));
  } catch (const InvalidInput& refused) {
    return show_staff_page(call, refused.message().in(call.language));
  }
}

Response show_staff_account(const Call& call) {
  const auto staff = services::find_staff(call.site.accounts(), call.actor(), call.path.at("account"));
  Page page{.name = "staff_account", .title = staff.name};
  page.data = describe_staff(call, staff);
  page.data["back"] = staff_address(call);
  page.data["action"] = staff_address(call, "/" + encode_percent(staff.name) + "/steps");
  page.data["form_token"] = call.form_token;
  if (staff.name == call.actor().account) {
    page.data["own"] = true;
    return show(call, page);
  }
  json steps{{"roles", describe_roles(call, staff.role)},
             {"district_code", staff.district ? staff.district->text() : std::string()},
             {"closed", staff.disabled}};
  if (!staff.reset_asked_by.empty()) steps["asked"] = {{"by", staff.reset_asked_by}};
  steps["may_confirm"] = !staff.reset_asked_by.empty() && staff.reset_asked_by != call.actor().account;
  page.data["steps"] = std::move(steps);
  return show(call, page);
}

Response take_shown_staff_step(const Call& call) {
  take_staff_step(call, {field_of(call.form, "step"), field_of(call.form, "role"), field_of(call.form, "district"),
                         field_of(call.form, "email"), field_of(call.form, "reason")});
  return redirect(staff_address(call, "/" + encode_percent(call.path.at("account"))));
}

Response show_invitation(const Call& call) {
  return show_invitation_form(call, "", "");
}

Response accept_shown_invitation(const Call& call) {
  const auto ask_again = [&](const char* field, const Error& refused) {
    return show_invitation_form(call, field, refused.message().in(call.language));
  };
  try {
    services::accept_invitation(call.site.accounts(), call.path.at("ticket"), field_of(call.form, "code"),
                                field_of(call.form, "new_password"), visitor_of(call), call.site.now());
    return redirect(fmt::format("/{}/sign-in", code_of(call.language)));
  } catch (const InvalidInput& refused) {
    return ask_again("new_password", refused);
  } catch (const services::WrongCode& refused) {
    return ask_again("code", refused);
  } catch (const services::CodeExpired& refused) {
    return ask_again("code", refused);
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_invitation_form(call, "", words); });
  }
}

Response list_staff_by_api(const Call& call) {
  nlohmann::ordered_json answer{{"staff", nlohmann::ordered_json::array()}};
  for (const services::StaffAccount& staff : services::list_staff(call.site.accounts(), call.actor()))
    answer["staff"].push_back(as_json(staff));
  return answer_json(answer);
}

Response invite_staff_by_api(const Call& call) {
  const json body = read_json(call);
  const services::StaffWish wish = wish_from(text_in(body, "account"), text_in(body, "role"),
                                             text_in(body, "district_code"), text_in(body, "email"));
  services::invite_staff(call.site.accounts(), call.site.outbox(), call.site.access(), call.actor(), wish, call.language,
                         services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  return answer_json(as_json(services::find_staff(call.site.accounts(), call.actor(), wish.name)), 201);
}

Response take_staff_step_by_api(const Call& call) {
  const json body = read_json(call);
  take_staff_step(call, {text_in(body, "step"), text_in(body, "role"), text_in(body, "district_code"),
                         text_in(body, "email"), text_in(body, "reason")});
  return answer_json(as_json(services::find_staff(call.site.accounts(), call.actor(), call.path.at("account"))));
}

}  // namespace hanjari::web

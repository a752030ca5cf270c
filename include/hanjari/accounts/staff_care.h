// What administrators do for the accounts of the staff in the office. Everything throws NotAllowed (role_not_allowed) for
// everybody else, and where it changes an account Conflict (own_account) for the own one: nobody shuts out, promotes or
// confirms themselves.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"

namespace hanjari::services {

constexpr std::chrono::hours invitation_length{7 * 24};

struct StaffAccount {
  std::string name;
  Role role = Role::exam_officer;
  std::optional<DistrictCode> district{};
  bool has_password = false;
  bool has_second_factor = false;
  bool disabled = false;
  std::string reset_asked_by{};  // empty: nobody asks for the second factor to be forgotten
};
// By name.
std::vector<StaffAccount> list_staff(AccountRepository&, const Actor&);
// Throws NotFound (account_not_found), as all below.
StaffAccount find_staff(AccountRepository&, const Actor&, const std::string& name);

struct StaffWish {
  std::string name;
  Role role = Role::exam_officer;
  std::optional<DistrictCode> district{};
  std::string email;  // where the invitation goes; it is kept nowhere but in the message
};
// Adds the account and sends its first invitation: a code and an address where whoever has both chooses the password. Throws
// as add_account, InvalidInput (bad_contact), Unavailable (no_messages) where none can be sent.
void invite_staff(AccountRepository&, MessageOutbox*, AccessRecord&, const Actor&, const StaffWish&, Language, const Change&);
// Another invitation, also for who has forgotten the password. The second factor stays.
void invite_again(AccountRepository&, MessageOutbox*, AccessRecord&, const Actor&, const std::string& name,
                  const std::string& email, Language, const Change&);
// For whoever was invited: sets the password and ends all sessions of the account. Throws InvalidInput (weak_password,
// known_password), CodeExpired (also when the account was closed meanwhile), WrongCode.
void accept_invitation(AccountRepository&, const std::string& ticket, const std::string& code,
                       const std::string& password, const Visitor& visitor, Instant now);

// Ends all sessions of the account. Throws InvalidInput (bad_district).
void change_rights(AccountRepository&, const Actor&, const std::string& name, Role role,
                   const std::optional<DistrictCode>& district, const Change&);
void close_account(AccountRepository&, const Actor&, const std::string& name, bool closed, const Change&);
void end_staff_sessions(AccountRepository&, const Actor&, const std::string& name, const Change&);
// One administrator asks, another one confirms: then the account sets up a new second factor at its next sign-in.
void ask_reset(AccountRepository&, const Actor&, const std::string& name, const Change&);
// Throws Conflict (reset_not_asked: nobody, or only this administrator, has asked).
void confirm_reset(AccountRepository&, const Actor&, const std::string& name, const Change&);

}  // namespace hanjari::services

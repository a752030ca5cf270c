// What administrators do for accounts of the staff, over the repository in memory and the one in the database.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "accounts/account_repository_contract.h"
#include "hanjari/accounts/staff_care.h"
#include "stage/code_thrown.h"

namespace hanjari::tests {

// Who was told of which invitations.
class InvitationRecord : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change& change, const services::AuditNote& note) override {
    lines.push_back(change.author + " " + note.action + " " + note.subject);
  }
  std::vector<std::string> lines;
};

// The ticket in the newest invitation.
inline std::string ticket_in(const CodeMailbox& outbox) {
  const std::string head = "/en/invitations/";
  const std::string& body = outbox.sent.back().body;
  return body.substr(body.find(head) + head.size(), 64);
}

inline void check_invitations(services::AccountRepository& accounts, Instant now) {
  using services::Role;
  const services::Actor first{"admin-1", Role::administrator, {}};
  const services::Actor second{"admin-2", Role::administrator, {}};
  const services::Visitor visitor{"192.0.2.9", {}, "", "", std::string(64, 'b')};
  const auto by = [&](const services::Actor& actor) { return services::change_of(actor, "reason", now); };
  for (const auto& admin : {first, second}) services::add_account(accounts, admin, "seventeen small cats", by(first));
  CodeMailbox outbox;
  InvitationRecord record;
  const auto invite = [&](const services::Actor& actor, const services::StaffWish& wish) {
    return code_thrown(
        [&] { services::invite_staff(accounts, &outbox, record, actor, wish, Language::english, by(actor)); });
  };
  services::StaffWish wish{"lee", Role::exam_officer, std::nullopt, "Lee@Example.kr"};
  EXPECT_EQ(invite({"kim", Role::exam_officer, {}}, wish), "role_not_allowed");
  EXPECT_EQ(invite(first, {"lee", Role::exam_officer, std::nullopt, "010-1234-5678"}), "bad_contact");
  EXPECT_EQ(invite(first, {"lee", Role::district_coordinator, std::nullopt, "lee@example.kr"}), "bad_district");
  EXPECT_TRUE(outbox.sent.empty());
  ASSERT_EQ(invite(first, wish), "nothing");
  EXPECT_EQ(invite(first, wish), "account_exists");
  EXPECT_EQ(record.lines, std::vector<std::string>{"admin-1 account.invite lee"});
  EXPECT_EQ(outbox.sent.back().to, "lee@example.kr");
  EXPECT_FALSE(services::find_staff(accounts, first, "lee").has_password);

  // Nobody enters with half of an invitation.
  const auto accept = [&](const std::string& ticket, const std::string& code, const std::string& password, Instant at) {
    return code_thrown([&] { services::accept_invitation(accounts, ticket, code, password, visitor, at); });
  };
  const std::string ticket = ticket_in(outbox);
  const std::string right = outbox.newest_code();
  const std::string password = "nine wooden chairs";
  EXPECT_EQ(accept(ticket, right == "000000" ? "000001" : "000000", password, now), "wrong_code");
  EXPECT_EQ(accept(std::string(64, 'c'), right, password, now), "code_expired");
  EXPECT_EQ(accept(ticket, right, "short", now), "weak_password");
  EXPECT_EQ(accept(ticket, right, password, now + services::invitation_length), "code_expired");
  EXPECT_EQ(accept(ticket, right, password, now), "nothing");
  EXPECT_TRUE(services::find_staff(accounts, first, "lee").has_password);
  EXPECT_EQ(accept(ticket, right, password, now), "code_expired") << "an invitation is good once";

  // Red while an invitation that had gone to a wrong address was good beside the right one, and after the owner had chosen a
  // password: whoever read that mailbox took the account over.
  const auto invite_again = [&] {
    services::invite_again(accounts, &outbox, record, first, "lee", "lee@example.kr", Language::english, by(first));
    return std::pair(ticket_in(outbox), outbox.newest_code());
  };
  const auto astray = invite_again();
  const auto arrived = invite_again();
  EXPECT_EQ(accept(astray.first, astray.second, password, now), "code_expired") << "another was sent";
  services::set_password(accounts, "lee", "eleven quiet horses", by(first));
  EXPECT_EQ(accept(arrived.first, arrived.second, password, now), "code_expired") << "the owner has a password of her own";

  // A closed account is entered by no invitation that was on its way.
  services::invite_again(accounts, &outbox, record, first, "lee", "lee@example.kr", Language::english, by(first));
  services::close_account(accounts, first, "lee", true, by(first));
  EXPECT_EQ(accept(ticket_in(outbox), outbox.newest_code(), password, now), "code_expired");
  EXPECT_EQ(code_thrown([&] {
              services::invite_again(accounts, &outbox, record, first, "lee", "lee@example.kr", Language::english,
                                     by(first));
            }),
            "account_closed");
}

inline void check_staff_care(services::AccountRepository& accounts, Instant now) {
  using services::Role;
  const services::Actor first{"admin-1", Role::administrator, {}};
  const services::Actor second{"admin-2", Role::administrator, {}};
  const auto by = [&](const services::Actor& actor) { return services::change_of(actor, "reason", now); };
  for (const auto& actor : {first, second, services::Actor{"lee", Role::exam_officer, {}}})
    services::add_account(accounts, actor, "seventeen small cats", by(first));
  give_second_factor(accounts, "lee", std::string(20, 's'), 0, {}, by(first));
  ASSERT_TRUE(services::find_staff(accounts, first, "lee").has_second_factor);

  // Two people, and neither the owner nor the same one twice.
  EXPECT_EQ(code_thrown([&] { services::confirm_reset(accounts, first, "lee", by(first)); }), "reset_not_asked");
  services::ask_reset(accounts, first, "lee", by(first));
  EXPECT_EQ(services::find_staff(accounts, second, "lee").reset_asked_by, "admin-1");
  EXPECT_EQ(code_thrown([&] { services::confirm_reset(accounts, first, "lee", by(first)); }), "reset_not_asked");
  // Red while the word of an account that was closed, or of long ago, counted as that of a second person.
  services::close_account(accounts, second, "admin-1", true, by(second));
  EXPECT_EQ(code_thrown([&] { services::confirm_reset(accounts, second, "lee", by(second)); }), "reset_not_asked");
  services::close_account(accounts, second, "admin-1", false, by(second));
  EXPECT_EQ(code_thrown([&] {
              services::confirm_reset(accounts, second, "lee", services::change_of(second, "reason", now + std::chrono::hours(24 * 8)));
            }),
            "reset_not_asked");
  EXPECT_TRUE(services::find_staff(accounts, first, "lee").has_second_factor);
  services::confirm_reset(accounts, second, "lee", by(second));
  EXPECT_FALSE(services::find_staff(accounts, first, "lee").has_second_factor);
  EXPECT_EQ(services::find_staff(accounts, first, "lee").reset_asked_by, "");
  EXPECT_EQ(code_thrown([&] { services::confirm_reset(accounts, second, "lee", by(second)); }), "reset_not_asked")
      << "once asked is once done";

  services::change_rights(accounts, first, "lee", Role::district_coordinator, DistrictCode("11110"), by(first));
  EXPECT_EQ(services::find_staff(accounts, first, "lee").role, Role::district_coordinator);
  EXPECT_EQ(services::find_staff(accounts, first, "lee").district, DistrictCode("11110"));
  EXPECT_EQ(code_thrown([&] {
              services::change_rights(accounts, first, "lee", Role::auditor, DistrictCode("11110"), by(first));
            }),
            "bad_district");
  EXPECT_EQ(code_thrown([&] { services::close_account(accounts, first, "admin-1", true, by(first)); }), "own_account");
  EXPECT_EQ(code_thrown([&] { services::ask_reset(accounts, first, "admin-1", by(first)); }), "own_account");
  EXPECT_EQ(code_thrown([&] { services::ask_reset(accounts, first, "nobody", by(first)); }), "account_not_found");
  for (const auto role : {Role::exam_officer, Role::district_coordinator, Role::venue_chief, Role::auditor}) {
    const services::Actor other{"other", role, {}};
    EXPECT_EQ(code_thrown([&] { services::list_staff(accounts, other); }), "role_not_allowed");
    EXPECT_EQ(code_thrown([&] { services::close_account(accounts, other, "lee", true, by(other)); }),
              "role_not_allowed");
  }
}

}  // namespace hanjari::tests

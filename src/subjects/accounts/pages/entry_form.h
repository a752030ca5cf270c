// The forms with which people come in: sign-in, codes, sign-up, new passwords. One template for all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct EntryField {
  std::string name;
  std::string label;          // name of a message
  std::string hint = {};      // name of a message, or empty
  std::string type = "text";  // text, password, email
  std::string value = {};
  std::string autocomplete = "off";
  std::string mode = "text";  // numeric: a phone offers digits
  int longest = 254;
};

// What is wrong, said at its field and above the form, with the way there. Without a field: of the form as a whole.
struct EntryFault {
  std::string field;
  std::string what;  // the sentence itself
};

struct EntryForm {
  std::string title;  // names of messages
  std::string lead;
  std::string button;
  std::string action;
  std::vector<EntryField> fields;
  std::vector<std::pair<std::string, std::string>> hidden = {};
  std::vector<std::pair<std::string, std::string>> links = {};  // address, name of a message
  // Sent along by the links, which are forms then.
  std::vector<std::pair<std::string, std::string>> links_hidden = {};
  std::pair<std::string, std::string> other_way = {};           // a button below: address, name of a message
  // Sent along by that button, which is a form then.
  std::vector<std::pair<std::string, std::string>> other_way_hidden = {};
  std::string note = {};  // below the lead
  std::string aside = {};
  std::vector<EntryFault> faults = {};
  std::string error_title = "sign_in.error_title";  // above them
  std::string way_back = {};
  nlohmann::json key = nullptr;  // a form for a security key below; null: none
};

Response show_entry(const Call& call, const EntryForm& form);

// What a page of ours sent along that was typed before a session ended; empty when nothing was.
std::string kept_in(const Call& call);

// Whether a browser may be sent on to what a form or an address names: a path of this site that can stand in a field of an answer.
bool is_plain_address(std::string_view wanted);
// Where a call comes from, for the services of sign-in.
services::Visitor visitor_of(const Call& call);
// The form once more, because the queue for password work is full: with what was typed, and when to come again.
// `show_again` is given the words.
Response show_busy(const Call& call, const services::SignInBusy& refused,
                   const std::function<Response(const std::string& words)>& show_again);
// Sets the cookies of a sign-in. `name`: of the session's cookie.
void set_sign_in_cookies(const Call& call, Response& response, const char* name, const services::SignIn& signed_in);
void remove_cookie(const Call& call, Response& response, const char* name);

constexpr const char* device_cookie = "hanjari_device";

}  // namespace hanjari::web

// Accounts of applicants on the portal: sign-up, sign-in, forgotten password.
//
// An address never holds anything personal: between the pages goes a ticket that opens nothing without the code.
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounts/pages/entry_form.h"
#include "accounts/pages/portal_entry.h"
#include "hanjari/accounts/contacts.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/accounts/refusals.h"
#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/pages/typed_again.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

using Faults = std::vector<EntryFault>;

Faults at_field(const char* field, std::string what) {
  return {{field, std::move(what)}};
}

Faults of_all(const std::string& what) {
  return {{"", what}};
}

std::string address(const Call& call, const std::string& rest) {
  return fmt::format("/{}/{}", code_of(call.language), rest);
}

services::MessageOutbox& outbox_of(const Call& call) {
  if (call.site.outbox() == nullptr) {
    throw Unavailable("no_messages", {"No messages can be sent at the moment.", "지금은 메시지를 보낼 수 없습니다."});
  }
  return *call.site.outbox();
}

// A page of the portal that a GET answers to applicants, nothing else.
std::string safe_next(const Call& call, const std::string& wanted) {
  const std::string path = wanted.substr(0, wanted.find('?'));
  const Match match = is_plain_address(wanted) ? call.site.routes().find(Listener::portal, Method::get, path) : Match{};
  if (match.route != nullptr && match.route->permission.needs_sign_in()) return wanted;
  return address(call, "my");
}

// The form with what was typed: in a class that signs up together it is sent once more a minute later.
Response show_too_many(Response form) {
  form.status = 429;
  return form;
}

std::string with_next(const std::string& path, const std::string& next) {
  return next.empty() ? path : path + "?next=" + encode_percent(next);
}

// The hidden fields and the ways to the other forms of entry. What was typed before a session ended goes along all of them,
// in a form and never in an address. `ways`: step, name of a message.
void carry_kept(const Call& call, EntryForm& form, const std::string& next, const std::vector<std::pair<std::string, std::string>>& ways) {
  const std::string kept = kept_in(call);
  form.hidden = {{"next", next}};
  for (const auto& [step, words] : ways)
    form.links.emplace_back(kept.empty() ? with_next(address(call, step), next) : address(call, step), words);
  if (kept.empty()) return;
  form.hidden.emplace_back("kept", kept);
  form.links_hidden = form.hidden;
}

// Of a form that was opened by such a way: nobody has typed anything into it yet.
bool only_carries_kept(const Call& call) {
  return !kept_in(call).empty() && !call.form.contains("contact");
}

const char* note_on_kept(const Call& call) {
  return kept_in(call).empty() ? "" : "sign_in.kept_note";
}

// Before somebody signs in for a file that is not there any more.
const char* note_on_files(const Call& call) {
  const auto typed = read_typed(call.site.routes(), Listener::portal, kept_in(call));
  return typed && typed->had_files ? "again.files" : "";
}

EntryField contact_field(const std::string& value) {
  return {.name = "contact",
          .label = "sign_in.contact",
          .hint = "sign_in.contact_hint",
          .value = value,
          .autocomplete = "username"};
}

EntryField code_field() {
  return {.name = "code",
          .label = "sign_in.sent_code",
          .hint = "sign_in.sent_code_hint",
          .autocomplete = "one-time-code",
          .mode = "numeric",
          .longest = 20};
}

EntryField new_password_field() {
  return {.name = "new_password",
          .label = "sign_in.new_password",
          .hint = "sign_in.new_password_hint",
          .type = "password",
          .autocomplete = "new-password",
          .longest = 1024};
}

// With what had been typed before: the page that sends it again.
Response enter(const Call& call, const services::SignIn& entered, const std::string& next) {
  if (!call.session_token.empty()) services::sign_out(call.site.accounts(), call.session_token);
  Response response = redirect(safe_next(call, next));
  if (const auto typed = read_typed(call.site.routes(), Listener::portal, kept_in(call))) {
    if (const auto session = services::find_session(call.site.accounts(), entered.token, call.site.now())) {
      const Frame frame{call.language, call.listener, typed->path, {}, &*session, session->csrf_token};
      response = show_typed_again(call.site, frame, *typed, TypedAgain::signed_in);
    }
  }
  set_sign_in_cookies(call, response, applicant_cookie, entered);
  return response;
}

// What the page says first: why somebody who had signed in is asked again.
std::string lead_of(const Call& call) {
  if (!kept_in(call).empty()) return "sign_in.ended_kept";
  const std::string ended = field_of(call.query, "ended");
  return ended == "form" ? "sign_in.ended_form" : ended == "page" ? "sign_in.ended_page" : "sign_in.applicant_lead";
}

Response show_form(const Call& call, const std::string& contact, const std::string& next, Faults faults) {
  EntryForm form;
  form.title = "sign_in.applicant_title";
  form.lead = lead_of(call);
  form.button = "sign_in.submit";
  form.note = note_on_files(call);
  form.action = address(call, "sign-in");
  form.fields = {contact_field(contact),
                 {.name = "password",
                  .label = "sign_in.password",
                  .type = "password",
                  .autocomplete = "current-password",
                  .longest = 1024}};
  carry_kept(call, form, next, {{"sign-up", "sign_in.to_sign_up"}, {"forgotten", "sign_in.to_forgotten"}});
  form.faults = std::move(faults);
  return show_entry(call, form);
}

Response show_sign_up_form(const Call& call, const std::string& contact, const std::string& next,
                           Faults faults) {
  EntryForm form;
  form.title = "sign_in.sign_up_title";
  form.lead = "sign_in.sign_up_lead";
  form.button = "sign_in.send_code";
  form.note = note_on_kept(call);
  form.action = address(call, "sign-up");
  form.fields = {contact_field(contact), new_password_field()};
  carry_kept(call, form, next, {{"sign-in", "sign_in.to_sign_in"}});
  form.aside = "sign_in.sign_up_privacy";
  form.faults = std::move(faults);
  form.error_title = "seat_form.errors_title";
  return show_entry(call, form);
}

// Everything that is wrong with what was typed, at once.
Faults sign_up_faults(const Call& call) {
  Faults faults;
  ContactFault fault;
  const auto contact = services::read_contact(field_of(call.form, "contact"), fault);
  if (!contact) faults.push_back({"contact", fault.what.in(call.language)});
  std::vector<std::string> own_words;
  if (contact) own_words.push_back(contact->address);
  try {
    services::check_password(field_of(call.form, "new_password"), services::least_applicant_password, own_words);
  } catch (const InvalidInput& refused) {
    faults.push_back({"new_password", refused.message().in(call.language)});
  }
  return faults;
}

Response show_forgotten_form(const Call& call, const std::string& contact, const std::string& next,
                             Faults faults) {
  EntryForm form;
  form.title = "sign_in.forgotten_title";
  form.lead = "sign_in.forgotten_lead";
  form.button = "sign_in.send_code";
  form.note = note_on_kept(call);
  form.action = address(call, "forgotten");
  form.fields = {contact_field(contact)};
  carry_kept(call, form, next, {{"sign-in", "sign_in.to_sign_in"}});
  form.faults = std::move(faults);
  form.error_title = "seat_form.errors_title";
  return show_entry(call, form);
}

// `step`: sign-up, sign-in or forgotten.
Response show_code_form(const Call& call, const std::string& step, const std::string& ticket, const std::string& next,
                        Faults faults) {
  EntryForm form;
  form.title = "sign_in.verify_title";
  form.lead = "sign_in.verify_lead";
  form.button = step == "forgotten" ? "sign_in.set_password" : "sign_in.verify";
  form.note = note_on_kept(call);
  form.action = address(call, step + "/" + ticket);
  form.fields = {code_field()};
  if (step == "forgotten") form.fields.push_back(new_password_field());
  carry_kept(call, form, next, {{step, "sign_in.new_code"}});
  form.faults = std::move(faults);
  form.error_title = "seat_form.errors_title";
  return show_entry(call, form);
}

// The page for the code that was sent. A redirect would lose what had been typed before a session ended.
Response ask_for_code(const Call& call, const std::string& step, const std::string& ticket, const std::string& next) {
  if (!kept_in(call).empty()) return show_code_form(call, step, ticket, next, {});
  return redirect(with_next(address(call, step + "/" + ticket), next));
}

// A code that is wrong or too late is said in the form; everything else is a page of errors.
template <class Work>
Response with_code(const Call& call, const std::string& step, Work work) {
  const std::string next = field_of(call.form, "next");
  // Asked for in the other language: that is no try.
  if (!kept_in(call).empty() && !call.form.contains("code")) return show_code_form(call, step, call.path.at("ticket"), next, {});
  const auto ask_again = [&](const Error& refused, const char* field) {
    return show_code_form(call, step, call.path.at("ticket"), next, at_field(field, refused.message().in(call.language)));
  };
  try {
    return enter(call, work(), next);
  } catch (const InvalidInput& refused) {
    return ask_again(refused, step == "forgotten" ? "new_password" : "code");
  } catch (const services::WrongCode& refused) {
    return ask_again(refused, "code");
  } catch (const services::CodeExpired& refused) {
    return ask_again(refused, "code");
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) {
      return show_code_form(call, step, call.path.at("ticket"), next, of_all(words));
    });
  }
}

}  // namespace

Response show_portal_sign_in(const Call& call) {
  // What was sent with a session that has ended comes as `kept` of a form.
  const std::string next = field_of(kept_in(call).empty() ? call.query : call.form, "next");
  if (call.session) return redirect(safe_next(call, next));
  return show_form(call, "", next, {});
}

Response sign_in_to_portal(const Call& call) {
  const std::string contact = field_of(call.form, "contact");
  const std::string password = field_of(call.form, "password");
  const std::string next = field_of(call.form, "next");
  if (only_carries_kept(call)) return show_form(call, "", next, {});
  Faults missing;
  if (contact.empty()) missing.push_back({"contact", call.site.pages().text(call.language, "sign_in.contact_missing")});
  if (password.empty())
    missing.push_back({"password", call.site.pages().text(call.language, "sign_in.password_missing")});
  if (!missing.empty()) return show_form(call, contact, next, std::move(missing));
  try {
    const auto entry = services::sign_in_applicant(call.site.accounts(), call.site.attempts(), outbox_of(call), contact,
                                                   password, call.language, visitor_of(call), call.site.now());
    if (entry.signed_in) return enter(call, *entry.signed_in, next);
    return ask_for_code(call, "sign-in", entry.ticket, next);
  } catch (const services::WrongCredentials& refused) {
    return show_form(call, contact, next, at_field("contact", refused.message().in(call.language)));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused, [&](const std::string& words) { return show_form(call, contact, next, of_all(words)); });
  }
}

Response show_portal_sign_in_code(const Call& call) {
  return show_code_form(call, "sign-in", call.path.at("ticket"), field_of(call.query, "next"), {});
}

Response finish_portal_sign_in(const Call& call) {
  return with_code(call, "sign-in", [&] {
    return services::finish_sign_in(call.site.accounts(), call.site.attempts(), call.path.at("ticket"),
                                    field_of(call.form, "code"), visitor_of(call), call.site.now());
  });
}

Response show_sign_up(const Call& call) {
  return show_sign_up_form(call, "", field_of(call.query, "next"), {});
}

Response begin_sign_up(const Call& call) {
  const std::string contact = field_of(call.form, "contact");
  const std::string next = field_of(call.form, "next");
  if (only_carries_kept(call)) return show_sign_up_form(call, "", next, {});
  if (Faults faults = sign_up_faults(call); !faults.empty())
    return show_sign_up_form(call, contact, next, std::move(faults));
  try {
    const std::string ticket =
        services::begin_sign_up(call.site.accounts(), call.site.attempts(), outbox_of(call), contact,
                                field_of(call.form, "new_password"), call.language, visitor_of(call), call.site.now());
    return ask_for_code(call, "sign-up", ticket, next);
  } catch (const InvalidInput& refused) {
    return show_sign_up_form(call, contact, next, of_all(refused.message().in(call.language)));
  } catch (const services::TooManyAttempts& refused) {
    return show_too_many(show_sign_up_form(call, contact, next, of_all(refused.message().in(call.language))));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused,
                     [&](const std::string& words) { return show_sign_up_form(call, contact, next, of_all(words)); });
  }
}

Response show_sign_up_code(const Call& call) {
  return show_code_form(call, "sign-up", call.path.at("ticket"), field_of(call.query, "next"), {});
}

Response finish_sign_up(const Call& call) {
  return with_code(call, "sign-up", [&] {
    return services::finish_sign_up(call.site.accounts(), call.site.attempts(), call.path.at("ticket"),
                                    field_of(call.form, "code"), visitor_of(call), call.site.now());
  });
}

Response show_forgotten(const Call& call) {
  return show_forgotten_form(call, "", field_of(call.query, "next"), {});
}

Response begin_reset(const Call& call) {
  const std::string contact = field_of(call.form, "contact");
  const std::string next = field_of(call.form, "next");
  if (only_carries_kept(call)) return show_forgotten_form(call, "", next, {});
  try {
    const std::string ticket = services::begin_reset(call.site.accounts(), call.site.attempts(), outbox_of(call),
                                                     contact, call.language, visitor_of(call), call.site.now());
    return ask_for_code(call, "forgotten", ticket, next);
  } catch (const InvalidInput& refused) {
    return show_forgotten_form(call, contact, next, at_field("contact", refused.message().in(call.language)));
  } catch (const services::TooManyAttempts& refused) {
    return show_too_many(show_forgotten_form(call, contact, next, of_all(refused.message().in(call.language))));
  } catch (const services::SignInBusy& refused) {
    return show_busy(call, refused,
                     [&](const std::string& words) { return show_forgotten_form(call, contact, next, of_all(words)); });
  }
}

Response show_reset_code(const Call& call) {
  return show_code_form(call, "forgotten", call.path.at("ticket"), field_of(call.query, "next"), {});
}

Response finish_reset(const Call& call) {
  return with_code(call, "forgotten", [&] {
    return services::finish_reset(call.site.accounts(), call.site.attempts(), call.path.at("ticket"),
                                  field_of(call.form, "code"), field_of(call.form, "new_password"), visitor_of(call),
                                  call.site.now());
  });
}

Response sign_out_applicant(const Call& call) {
  services::sign_out(call.site.accounts(), call.session_token);
  Response response = redirect(fmt::format("/{}", code_of(call.language)));
  remove_cookie(call, response, applicant_cookie);
  return response;
}

}  // namespace hanjari::web

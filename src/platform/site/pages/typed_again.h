// What was typed into a page of an earlier session, or sent while nothing could be taken: kept in the next page, and sent
// again on purpose.
#pragma once

#include <optional>
#include <string>

#include "hanjari/site/routes.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct TypedForm {
  std::string path;  // where it was sent; a page of this path shows its form
  Values values;     // without passwords, codes and the form's token
  bool had_files = false;
  std::string owner;  // mark of the account whose form it was (accounts/form_owner.h); empty when that is not known
  std::string files_at = {};  // fields whose files are gone, with commas between them
};

// Fields of a form that is sent once more, or asked for in the other language before anybody has signed in: it had files, and
// they are gone; whose it was.
inline constexpr const char* files_lost_field = "files_lost";
inline constexpr const char* owner_field = "typed_owner";
// The names of the fields in which the files were: there it is said that they are chosen again.
inline constexpr const char* files_lost_at_field = "files_lost_at";

// The page that a GET of the same path shows to whoever has signed in, of a POST else the nearest page above it; empty when
// there is none.
std::string page_of(const RouteTable& routes, Listener listener, const Request& request);

// The form of a POST that came without the session it belongs to. Nothing when another site sent it, when it has no
// page of its own, or when it is more than a page can carry.
std::optional<TypedForm> keep_typed(Site& site, Listener listener, const Request& request, int most_files);

// As the value of a hidden field, and back. Nothing when it is not what write_typed gave.
std::string write_typed(const TypedForm& form);
std::optional<TypedForm> read_typed(const RouteTable& routes, Listener listener, const std::string& text);

enum class TypedAgain { signed_in, form_expired, not_taken };

// What was typed in one language goes on in the other after a switch on the way.
TypedForm in_language(Language language, TypedForm form);

// The form as the templates draw it, with the account it goes to now and whether another one typed it.
nlohmann::json describe_typed(Site& site, const Frame& frame, const TypedForm& form);
// The fields by which the page of what was typed is had in the other language: a link would lose it.
Values fields_of_switch(const TypedForm& form, TypedAgain why);

// A page with a button that sends it once more, as a form of the frame's session. It names the account, and whoever finds
// words of another account is asked whether to drop them.
Response show_typed_again(Site& site, const Frame& frame, const TypedForm& form, TypedAgain why);
// The same for a form with fields_of_switch; nothing for every other form.
std::optional<Response> show_typed_switched(Site& site, const Frame& frame, const Values& form);

// What a page of errors sends once more when it is asked to.
struct SentWords {
  std::string action;
  const char* button;  // message
  Values fields;       // with the token that they came with
  Values switched;     // by which the other language has them
  bool had_files = false;
};

// Of a POST that was not taken. Nothing when nothing was typed that another page could hold.
std::optional<SentWords> find_sent_words(Site& site, const Frame& frame, const Request& request, int most_files);

}  // namespace hanjari::web

// What was typed into a page of an earlier session: kept in the next page, and sent again on purpose.
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
};

// A field of a form that is asked for in the other language before anybody has signed in: it had files, and they are gone.
inline constexpr const char* files_lost_field = "files_lost";

// The page that a GET of the same path shows to whoever has signed in; empty when there is none.
std::string page_of(const RouteTable& routes, Listener listener, const Request& request);

// The form of a POST that came without the session it belongs to. Nothing when another site sent it, when it has no
// page of its own, or when it is more than a page can carry.
std::optional<TypedForm> keep_typed(const RouteTable& routes, Listener listener, const Request& request,
                                    int most_files);

// As the value of a hidden field, and back. Nothing when it is not what write_typed gave.
std::string write_typed(const TypedForm& form);
std::optional<TypedForm> read_typed(const RouteTable& routes, Listener listener, const std::string& text);

enum class TypedAgain { signed_in, form_expired };

// A page with a button that sends it once more, as a form of the frame's session.
Response show_typed_again(const Pages& pages, const Frame& frame, const TypedForm& form, TypedAgain why);

}  // namespace hanjari::web

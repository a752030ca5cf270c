// What guards readers' browsers: header fields, cookies, and the check that a form is one of ours.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/http/http.h"

namespace hanjari::web {

struct Call;

// Whether the reader came over TLS, here or at the proxy in front.
bool is_encrypted(const Call& call);
// As the browser names the page's origin. A security key answers to the host that it was made for, whatever this field says.
std::string origin_of(const Call& call);

constexpr const char* session_cookie = "hanjari_session";
// Of applicants: browsers send cookies to every port of a host, and the two sessions have nothing to do with each
// other.
constexpr const char* applicant_cookie = "hanjari_applicant";
constexpr const char* form_cookie = "hanjari_form";

enum class SameSite { strict, lax };

// Value of a Set-Cookie field: HttpOnly, for the whole site; without `lasts` until the browser closes, and 0 removes
// it.
std::string write_cookie(const std::string& name, const std::string& value, SameSite same_site,
                         std::optional<std::chrono::seconds> lasts, bool encrypted);

// Adds the security fields, and no-store to what is about one reader.
void protect(Response& response, bool encrypted);

// Whether the body is of a type that forms of a page send.
bool sends_form(const Request& request);
// Throws Refused (form_expired) when a browser says that another site sends this.
void refuse_other_sites(const Request& request);
// Throws Refused (not_json) for a call that a page of another site could make its reader's browser send without asking us
// first: one without a type of content that browsers ask about (JSON, ZIP) and without a field of programs (Idempotency-Key,
// X-Requested-With, X-Signature). Older browsers say neither Origin nor Sec-Fetch-Site.
void refuse_simple_call(const Request& request);

struct OwnForm {
  Values values;
  std::vector<FormPart> files;  // chosen ones only; into the request's body
};

// What a form holds, whoever sends it; throws Refused when it is no form or cannot be read. Forms with files
// (multipart) are taken where `most_files` is not 0.
OwnForm read_form(const Request& request, int most_files);
// The same for a form of ours; throws Refused (form_expired) when a browser says that another site sends it, and gives
// nothing when its token is another one.
std::optional<OwnForm> read_own_form(const Request& request, const std::string& form_token, int most_files);
// 403 form_expired.
[[noreturn]] void refuse_foreign_form();

// To the sign-in page, and back afterwards to `page` (empty: the start). `ended`: there was a session before, which the
// page says.
Response redirect_to_sign_in(const Request& request, Language language, const std::string& page, bool ended);

}  // namespace hanjari::web

// Which language a reader gets: the address says it, else an earlier choice, else the browser; Korean at last.
#pragma once

#include "hanjari/base/text.h"
#include "hanjari/http/http.h"

namespace hanjari::web {

constexpr const char* language_cookie = "hanjari_language";

Language language_of(const Request& request);

}  // namespace hanjari::web

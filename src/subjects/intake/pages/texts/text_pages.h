// What the institution says for everybody, and where officers write it.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Portal.
Response show_about(const Call& call);

// Office.
Response show_about_list(const Call& call);
Response show_about_form(const Call& call);
Response write_about(const Call& call);

}  // namespace hanjari::web

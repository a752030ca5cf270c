// An exam package that is sent as a file.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_imports(const Call& call);
Response order_shown_import(const Call& call);
Response order_import_by_api(const Call& call);

}  // namespace hanjari::web

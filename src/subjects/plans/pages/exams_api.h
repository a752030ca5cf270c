// Exams as programs read them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_exams(const Call& call);

}  // namespace hanjari::web

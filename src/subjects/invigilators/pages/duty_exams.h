// The exams whose invigilators somebody of the office works with.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_duty_exams(const Call& call);

}  // namespace hanjari::web

// A day as sentences say it. Pages that want the day of the week write it themselves.
#pragma once

#include "hanjari/base/date.h"
#include "hanjari/base/text.h"

namespace hanjari {

// 2027년 1월 1일 / 1 January 2027.
Text write_plain_day(Date day);

}  // namespace hanjari

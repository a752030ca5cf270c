// The words of an application's history.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Of an event's kind; of a kind that has none, the kind itself.
std::string write_event_kind(const Call& call, std::string_view kind);

}  // namespace hanjari::web

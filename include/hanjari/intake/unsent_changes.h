// Changes of an application that were begun and do not count yet.
#pragma once

#include "hanjari/intake/applications.h"

namespace hanjari::services {

// Whether the draft changes this application and says something else than was submitted.
bool has_unsent_changes(const Draft& draft, const Application& application);

}  // namespace hanjari::services

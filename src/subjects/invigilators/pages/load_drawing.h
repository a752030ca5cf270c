// How many of the people who are used have had how many duties, as bars, with the own place among them.
#pragma once

#include <string>

#include "hanjari/invigilators/duty_views.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// SVG; empty where nobody is used. What it shows stands in words beside it.
std::string render_own_load(const Pages& pages, const services::LoadPlace& load, Language language);

}  // namespace hanjari::web

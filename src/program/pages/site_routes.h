// Every route of the product. Nothing is answered that does not stand in a subject's add_..._routes.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

RouteTable site_routes();

}  // namespace hanjari::web

// Whose portal this is, from the configuration.
#pragma once

#include "hanjari/messages/messages.h"
#include "hanjari/site/institution.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {

// Throws InvalidInput (bad_emblem) when the picture is neither PNG nor SVG or is too large, NotFound when it is not there.
web::Institution institution_of(const Configuration& configuration);
services::Letterhead letterhead_of(const Configuration& configuration);

}  // namespace hanjari::cli

// Whose portal this is, as its configuration says.
#pragma once

#include <string>

#include "hanjari/base/text.h"

namespace hanjari::web {

// All of it may be empty: then pages name nobody.
struct Institution {
  Text name;
  Text department;
  std::string telephone;    // as people read it
  std::string emblem;       // bytes of a PNG or SVG picture
  std::string emblem_type;  // its media type
  std::string emblem_name;  // below /assets/, with the digest of the bytes
  // A public body of the Republic of Korea, whose portal says so above every page.
  bool official = false;
};

}  // namespace hanjari::web

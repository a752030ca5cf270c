// Where the venue is, drawn from coordinates of our own: no outside service learns who looks for which school.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/geography.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct NamedPoint {
  Point at;
  std::string name;
};

struct VenueMap {
  NamedPoint venue;
  std::optional<Point> home;       // centre of the neighbourhood that the person gave
  std::vector<NamedPoint> places;  // neighbourhoods; those within the picture are written where there is room
};

// An <svg> element, north at the top, with a scale, a <title> and a <desc>; no script, no style, nothing from
// elsewhere.
std::string render_venue_map(const Pages& pages, const VenueMap& map, Language language);

// 850 m, 3.2 km.
std::string write_distance(const Pages& pages, Metres metres, Language language);

}  // namespace hanjari::web

// Whose Dijkstra searches: Boost.Graph's, or our own. Where a measured ratio does not speak for our own (tools/bench
// allocation), Boost.Graph's are in use; the others are their oracle in tests, and the other way round.
#pragma once

namespace hanjari::allocation {

enum class Searches { boost, own };

}  // namespace hanjari::allocation

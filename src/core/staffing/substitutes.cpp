#include "hanjari/staffing/substitutes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "staffing/problem.h"

namespace hanjari::staffing {
namespace {

// Those who stay, by where they stand.
struct Standing {
  std::map<std::pair<VenueCode, std::int64_t>, std::vector<std::uint32_t>> in_room;
  std::map<VenueCode, std::vector<std::uint32_t>> in_venue;
  std::set<InvigilatorId> used;
};

Standing read_standing(const Problem& problem, const std::vector<DutyRow>& duties) {
  std::map<InvigilatorId, std::uint32_t> position;
  for (std::uint32_t person = 0; person < problem.people.size(); ++person)
    position.emplace((*problem.staff)[problem.people[person].invigilator].id, person);
  Standing standing;
  for (const DutyRow& row : duties) {
    standing.used.insert(row.invigilator_id);
    const auto found = position.find(row.invigilator_id);
    if (found == position.end()) continue;
    standing.in_venue[row.venue_code].push_back(found->second);
    if (row.room_no > 0) standing.in_room[{row.venue_code, row.room_no}].push_back(found->second);
  }
  return standing;
}

bool meets(const std::vector<std::uint32_t>& sorted, const std::vector<std::uint32_t>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](std::uint32_t other) { return std::binary_search(sorted.begin(), sorted.end(), other); });
}

const std::vector<std::uint32_t>& people_at(const std::map<std::pair<VenueCode, std::int64_t>, std::vector<std::uint32_t>>& rooms,
                                            const DutyPlace& place) {
  static const std::vector<std::uint32_t> nobody_there;
  const auto found = rooms.find({place.venue_code, place.room_no});
  return found == rooms.end() ? nobody_there : found->second;
}

using PostMap = std::map<DutyPlace, std::uint32_t>;
using Posts = std::vector<std::pair<DutyPlace, std::uint32_t>>;

PostMap map_posts(const Problem& problem) {
  PostMap posts;
  for (std::uint32_t post = 0; post < problem.posts.size(); ++post) {
    const Post& known = problem.posts[post];
    const std::int64_t room_no = known.room.exists() ? (*problem.exam)[known.room].room_no : 0;
    posts.emplace(DutyPlace{(*problem.exam)[known.venue].code, room_no, known.role}, post);
  }
  return posts;
}

// Those that the rules do not want any more are left out. Without rooms any place of the venue and role stands for all.
Posts find_posts(const PostMap& posts, const std::vector<DutyPlace>& places, RoomRules room_rules) {
  Posts found;
  for (const DutyPlace& place : places) {
    const auto post = room_rules == RoomRules::kept
                          ? posts.find(place)
                          : std::find_if(posts.begin(), posts.end(), [&](const auto& one) {
                              return one.first.venue_code == place.venue_code && one.first.role == place.role;
                            });
    if (post != posts.end()) found.emplace_back(*post);
    if (room_rules == RoomRules::unknown) break;
  }
  return found;
}

// Whether somebody who stays keeps this person from the place.
bool is_kept_out(const Problem& problem, const Standing& standing, std::uint32_t person, const DutyPlace& place,
                 RoomRules room_rules) {
  const Candidate& candidate = problem.people[person];
  if (problem.never_reaches_venue) {
    const auto there = standing.in_venue.find(place.venue_code);
    if (there != standing.in_venue.end() && meets(candidate.never, there->second)) return true;
  }
  if (room_rules == RoomRules::unknown || !is_in_room(place.role)) return false;
  const auto& there = people_at(standing.in_room, place);
  if (meets(candidate.never, there)) return true;
  if (problem.staff->rules.same_organisation_in_room || candidate.organisation == 0) return false;
  return std::any_of(there.begin(), there.end(), [&](std::uint32_t other) {
    return problem.people[other].organisation == candidate.organisation;
  });
}

bool may_stand(const Problem& problem, std::uint32_t person, std::uint32_t post, RoomRules room_rules) {
  if (room_rules == RoomRules::kept) return problem.may_fill(person, post);
  const Candidate& candidate = problem.people[person];
  const Hub& hub = problem.hubs[problem.posts[post].hub];
  return problem.has_role(person, hub.role) && !std::binary_search(candidate.sites.begin(), candidate.sites.end(), hub.site);
}

// Past pairs in the place where there are the fewest; nothing: the person may take none of them.
std::optional<std::int64_t> fewest_pairs(const Problem& problem, const Standing& standing, std::uint32_t person,
                                         const Posts& posts, RoomRules room_rules) {
  std::optional<std::int64_t> fewest;
  for (const auto& [place, post] : posts) {
    if (!may_stand(problem, person, post, room_rules) || is_kept_out(problem, standing, person, place, room_rules)) continue;
    if (room_rules == RoomRules::unknown) return 0;
    const std::vector<std::uint32_t>& before = problem.people[person].before;
    std::int64_t pairs = 0;
    if (is_in_room(place.role)) {
      for (const std::uint32_t other : people_at(standing.in_room, place))
        pairs += std::binary_search(before.begin(), before.end(), other) ? 1 : 0;
    }
    fewest = fewest ? std::min(*fewest, pairs) : pairs;
  }
  return fewest;
}

std::vector<Substitute> substitutes_for(const Problem& problem, const Standing& standing, const Posts& posts,
                                        RoomRules room_rules) {
  std::vector<Substitute> found;
  if (posts.empty()) return found;
  const Point venue = (*problem.exam)[problem.posts[posts.front().second].venue].at;
  for (std::uint32_t person = 0; person < problem.people.size(); ++person) {
    const Invigilator& facts = (*problem.staff)[problem.people[person].invigilator];
    if (standing.used.contains(facts.id)) continue;
    const auto pairs = fewest_pairs(problem, standing, person, posts, room_rules);
    if (pairs) found.push_back({facts.id, facts.past_duties, *pairs, haversine_m(facts.home, venue)});
  }
  std::sort(found.begin(), found.end(), [](const Substitute& a, const Substitute& b) {
    return std::tie(a.past_duties, a.past_pairs, a.travel_m, a.id) < std::tie(b.past_duties, b.past_pairs, b.travel_m, b.id);
  });
  return found;
}

}  // namespace

PlaceCounts count_places(const Exam& exam, const Plan& plan, const StaffingRules& rules) {
  Staff nobody_yet;
  nobody_yet.rules = rules;
  const Problem problem = make_places(exam, plan, nobody_yet);
  PlaceCounts counts{};
  for (const Post& post : problem.posts) counts[static_cast<std::size_t>(post.role)] += post.need;
  return counts;
}

std::vector<std::vector<Substitute>> find_substitutes(const Exam& exam, const Plan& plan, const Staff& staff,
                                                      const std::vector<DutyRow>& duties,
                                                      const std::vector<std::vector<DutyPlace>>& groups,
                                                      RoomRules room_rules) {
  const Problem problem = make_places(exam, plan, staff);
  const Standing standing = read_standing(problem, duties);
  const PostMap posts = map_posts(problem);
  std::vector<std::vector<Substitute>> found;
  found.reserve(groups.size());
  for (const std::vector<DutyPlace>& places : groups)
    found.push_back(substitutes_for(problem, standing, find_posts(posts, places, room_rules), room_rules));
  return found;
}

}  // namespace hanjari::staffing

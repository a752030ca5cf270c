#include "staffing/shortage.h"

#include <algorithm>
#include <deque>

#include "staffing/shortage_words.h"

namespace hanjari::staffing {
namespace {

// People times posts up to which places are left out one by one, each time with a search of its own.
constexpr std::size_t most_reduced = 100'000;

DutyShortage::Place place_of(const Problem& problem, const Post& post) {
  const Exam& exam = *problem.exam;
  return {exam[post.venue].code, post.room.exists() ? exam[post.room].room_no : 0, post.role};
}

// Which people may fill which posts, the other way round.
std::vector<std::uint32_t> people_for(const Problem& problem, std::uint32_t post) {
  std::vector<std::uint32_t> people;
  for (std::uint32_t person = 0; person < problem.people.size(); ++person) {
    if (problem.may_fill(person, post)) people.push_back(person);
  }
  return people;
}

// Whether nobody but the marked people may fill the post. A post that nobody at all may fill lacks the same only as a first
// post of its role that nobody may fill either: one person more among the others would not help it.
bool only_these_may(const Problem& problem, const Post& first, std::uint32_t post, const std::vector<char>& marked) {
  bool somebody = false;
  bool anybody_marked = false;
  for (std::uint32_t person = 0; person < problem.people.size(); ++person) {
    if (marked[person] != 0) anybody_marked = true;
    if (!problem.may_fill(person, post)) continue;
    if (marked[person] == 0) return false;
    somebody = true;
  }
  return somebody || (!anybody_marked && problem.posts[post].role == first.role);
}

// Why a place of the role is unfilled.
UnfilledReason reason_of(const Problem& problem, DutyRole role, const std::vector<std::uint32_t>& post_of) {
  bool somebody_has_role = false;
  for (std::uint32_t person = 0; person < problem.people.size(); ++person) {
    if (!problem.has_role(person, role)) continue;
    somebody_has_role = true;
    if (post_of[person] == nowhere) return UnfilledReason::conflict;
  }
  return somebody_has_role ? UnfilledReason::no_person : UnfilledReason::no_role;
}

DutyShortage make_shortage(const Problem& problem, const std::vector<std::uint32_t>& posts,
                           const std::vector<std::uint32_t>& people) {
  DutyShortage shortage;
  for (const std::uint32_t post : posts) shortage.places.push_back(place_of(problem, problem.posts[post]));
  for (const std::uint32_t person : people)
    shortage.people.push_back((*problem.staff)[problem.people[person].invigilator].id);
  return shortage;
}

}  // namespace

std::vector<DutyShortage> find_hall_violators(const Problem& problem, const Flow& flow) {
  std::vector<DutyShortage> shortages;
  std::vector<char> told(problem.posts.size(), 0);
  for (std::uint32_t unfilled = 0; unfilled < problem.posts.size(); ++unfilled) {
    if (flow.people_at[unfilled].size() >= problem.posts[unfilled].need || told[unfilled] != 0) continue;
    // One free place of the post, and every place whose person could take it or one that is reached already. A post
    // that is reached counts with the people on it; free places beside the first one are groups of their own.
    std::vector<char> post_seen(problem.posts.size(), 0);
    std::vector<char> person_seen(problem.people.size(), 0);
    std::vector<std::uint32_t> posts = {unfilled};
    std::vector<std::uint32_t> people;
    std::deque<std::uint32_t> waiting = {unfilled};
    post_seen[unfilled] = 1;
    while (!waiting.empty()) {
      const std::uint32_t post = waiting.front();
      waiting.pop_front();
      for (std::size_t place = 0; place < flow.people_at[post].size(); ++place) posts.push_back(post);
      for (const std::uint32_t person : people_for(problem, post)) {
        if (person_seen[person] != 0) continue;
        person_seen[person] = 1;
        people.push_back(person);
        const std::uint32_t held = flow.post_of[person];
        if (held == nowhere || post_seen[held] != 0) continue;
        post_seen[held] = 1;
        waiting.push_back(held);
      }
    }
    std::int64_t free_places = 0;
    for (std::uint32_t post = 0; post < post_seen.size(); ++post) {
      if (told[post] != 0) continue;
      const std::int64_t held = std::ssize(flow.people_at[post]);
      // Nobody stands at a post that is free altogether, so nobody leads to it: those who may fill it tell whose it is.
      const Post& first = problem.posts[unfilled];
      if (post_seen[post] == 0 && (held > 0 || !only_these_may(problem, first, post, person_seen))) continue;
      told[post] = 1;
      free_places += problem.posts[post].need - held;
    }
    std::sort(posts.begin(), posts.end());
    std::sort(people.begin(), people.end());
    DutyShortage shortage = make_shortage(problem, posts, people);
    shortage.more_unfilled = free_places - 1;
    shortage.words = words_of(problem, shortage, people);
    shortages.push_back(std::move(shortage));
  }
  return shortages;
}

DutyShortage find_conflicting_places(const Problem& problem, const std::vector<std::uint32_t>& post_of,
                                     std::int64_t work) {
  std::vector<std::uint32_t> needs;
  for (const Post& post : problem.posts) needs.push_back(post.need);
  // Whether the search proves that the places cannot all be filled.
  const auto cannot_fill = [&](const std::vector<std::uint32_t>& wanted) {
    Problem part = problem;
    for (std::size_t post = 0; post < wanted.size(); ++post) part.posts[post].need = wanted[post];
    Search search(part, work / std::max<std::int64_t>(1, std::ssize(wanted)));
    const Outcome outcome = search.run({.with_travel = false});
    return outcome.proven && outcome.best &&
           (outcome.best->levels.room_unfilled > 0 || outcome.best->levels.other_unfilled > 0);
  };
  // Only what lies in the venues of the unfilled places is looked at first; if that is filled, everything is.
  std::vector<std::uint32_t> held(needs.size(), 0);
  for (const std::uint32_t post : post_of) {
    if (post != nowhere) ++held[post];
  }
  std::vector<char> short_site(problem.sites.size(), 0);
  for (std::size_t post = 0; post < needs.size(); ++post) {
    if (held[post] < needs[post]) short_site[problem.hubs[problem.posts[post].hub].site] = 1;
  }
  std::vector<std::uint32_t> group = needs;
  for (std::size_t post = 0; post < needs.size(); ++post) {
    if (short_site[problem.hubs[problem.posts[post].hub].site] == 0) group[post] = 0;
  }
  if (!cannot_fill(group)) group = needs;
  const bool is_small = problem.people.size() * problem.posts.size() <= most_reduced;
  for (std::size_t post = 0; is_small && post < group.size(); ++post) {
    while (group[post] > 0) {
      --group[post];
      if (cannot_fill(group)) continue;
      ++group[post];
      break;
    }
  }
  std::vector<std::uint32_t> posts;
  std::vector<char> may(problem.people.size(), 0);
  for (std::uint32_t post = 0; post < group.size(); ++post) {
    posts.insert(posts.end(), group[post], post);
    if (group[post] == 0) continue;
    for (const std::uint32_t person : people_for(problem, post)) may[person] = 1;
  }
  std::vector<std::uint32_t> people;
  for (std::uint32_t person = 0; person < may.size(); ++person) {
    if (may[person] != 0) people.push_back(person);
  }
  DutyShortage shortage = make_shortage(problem, posts, people);
  shortage.by_search = true;
  shortage.is_smallest = is_small;
  shortage.words = words_of(problem, shortage, people);
  return shortage;
}

std::vector<UnfilledDutyRow> list_unfilled(const Problem& problem, const std::vector<std::uint32_t>& held,
                                           const std::vector<std::uint32_t>& post_of) {
  std::vector<UnfilledDutyRow> rows;
  for (std::uint32_t post = 0; post < problem.posts.size(); ++post) {
    if (held[post] >= problem.posts[post].need) continue;
    const DutyShortage::Place place = place_of(problem, problem.posts[post]);
    const UnfilledDutyRow row{place.venue_code, place.room_no, place.role, reason_of(problem, place.role, post_of)};
    rows.insert(rows.end(), problem.posts[post].need - held[post], row);
  }
  std::sort(rows.begin(), rows.end(), [](const UnfilledDutyRow& a, const UnfilledDutyRow& b) {
    return comes_before({a.venue_code, a.room_no, a.role, {}}, {b.venue_code, b.room_no, b.role, {}});
  });
  return rows;
}

}  // namespace hanjari::staffing

#include <algorithm>
#include <functional>

#include "selection/cut.h"

namespace hanjari::selection {
namespace {

bool stand_equal(const Contender& left, const Contender& right) {
  return left.full == right.full && left.own == right.own;
}

// How many from the front of those who need a preference find a place. Equals at the last place stay together.
std::size_t let_through(const std::vector<Contender*>& needing, std::int64_t places, Ties ties) {
  if (static_cast<std::int64_t>(needing.size()) <= places) return needing.size();
  std::size_t count = static_cast<std::size_t>(places);
  if (count == 0) return 0;
  const Contender& last_in = *needing[count - 1];
  const Contender& first_out = *needing[count];
  if (!stand_equal(last_in, first_out)) return count;
  if (ties == Ties::all) {
    while (count < needing.size() && stand_equal(*needing[count], last_in)) ++count;
  } else {
    while (count > 0 && stand_equal(*needing[count - 1], first_out)) --count;
  }
  return count;
}

void share_places(const std::vector<Contender*>& needing, std::int64_t places, Ties ties, Passing& passing) {
  const auto end = needing.begin() + static_cast<std::ptrdiff_t>(let_through(needing, places, ties));
  passing.by_preference.insert(passing.by_preference.end(), needing.begin(), end);
  passing.shut_out.insert(passing.shut_out.end(), end, needing.end());
}

}  // namespace

void order_by_standing(Pool& pool) {
  std::sort(pool.begin(), pool.end(), [](const Contender* left, const Contender* right) {
    if (left->full != right->full) return left->full > right->full;
    if (left->own != right->own) return left->own > right->own;
    return left->person < right->person;
  });
}

Passing passing_at(Mark mark, const Pool& pool, const Places& places, Ties ties_at_cap) {
  Passing passing;
  std::vector<Contender*> veterans;
  std::vector<Contender*> heroes;
  for (Contender* contender : pool) {
    if (contender->full < mark) break;
    if (contender->own >= mark) {
      passing.by_own.push_back(contender);
    } else if (contender->preference == Preference::veteran) {
      veterans.push_back(contender);
    } else {
      heroes.push_back(contender);
    }
  }
  share_places(veterans, places.veteran, ties_at_cap, passing);
  share_places(heroes, places.hero, ties_at_cap, passing);
  return passing;
}

std::optional<Mark> find_cut(std::int64_t wanted, std::optional<Mark> floor, const Pool& pool, const Places& places,
                             Ties ties, Ties ties_at_cap) {
  std::vector<Mark> marks;
  for (const Contender* contender : pool) {
    for (const Mark mark : {contender->own, contender->full}) {
      if (!floor || mark >= *floor) marks.push_back(mark);
    }
  }
  std::sort(marks.begin(), marks.end(), std::greater<>());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());

  // Whoever passes at a mark passes at every lower one, so the number passing only grows along `marks`.
  const auto passing_fewer_than = [&](std::int64_t number) {
    return std::partition_point(marks.begin(), marks.end(), [&](Mark mark) {
      return passing_at(mark, pool, places, ties_at_cap).count() < number;
    });
  };
  if (ties == Ties::none) {
    const auto first_above = passing_fewer_than(wanted + 1);
    if (first_above == marks.begin()) return std::nullopt;
    wanted = passing_at(*(first_above - 1), pool, places, ties_at_cap).count();
    if (wanted == 0) return std::nullopt;
  }
  return *passing_fewer_than(wanted);
}

}  // namespace hanjari::selection

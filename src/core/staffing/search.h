// The exact search over conflicts between people. A node is a flow of least cost with some choices forbidden; where its
// people cannot be roomed, a smallest group of choices that cannot all be kept is found, and each of them is forbidden
// in a branch of its own. Nodes are taken by their levels, so the first one left open is the proven bound.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "staffing/flow.h"
#include "staffing/rooming.h"

namespace hanjari::staffing {

struct Solution {
  std::vector<std::uint32_t> post_of;  // by person; nowhere: not used
  std::int64_t pairs = 0;
  Levels levels;
};

// What is asked of a run.
struct Goal {
  std::int64_t most_pairs = INT64_MAX;  // past pairs in one room that are allowed
  bool with_travel = true;              // false: only the levels before travel matter
  const Levels* exactly = nullptr;      // the levels before travel that a solution must have
  const Solution* known = nullptr;      // a solution that meets the rest of the goal
};

struct Outcome {
  std::optional<Solution> best;
  // Levels that no solution of the goal undercuts: those of the best when it is proven, otherwise those of the least
  // node that was not finished. Nothing: proven that there is no solution.
  std::optional<Levels> bound;
  bool proven = true;
};

class Search {
 public:
  // `work` bounds the sum over all runs.
  Search(const Problem& problem, std::int64_t work);
  ~Search();

  Outcome run(const Goal& goal);
  // The relaxation: no conflicts between people.
  const Levels& root_levels() const { return root_levels_; }
  const Flow& root() const { return root_; }
  std::int64_t pairs_of(const std::vector<std::uint32_t>& post_of) const;
  // Levels of people on posts, whatever the way they came there.
  Levels levels_of(const std::vector<std::uint32_t>& post_of) const;
  std::int64_t work() const { return solver_.work() + rooming_.work() + keeping_; }

 private:
  struct Node;
  struct VenueRooming;
  struct Run;

  std::vector<std::vector<RoomPerson>> people_by_site(const Flow& flow) const;
  void room_venues(Node& node, std::int64_t most_pairs);
  std::vector<Choice> find_meeting_in_venue(const Node& node) const;
  std::vector<Choice> smallest_failing_group(const Node& node, std::int64_t most_pairs);
  std::vector<Choice> choices_to_forbid(Node& node, std::int64_t most_pairs);
  std::vector<Choice> guess_choices(const Node& node) const;
  void branch(Run& run, Node& node);
  void visit(Run& run, std::unique_ptr<Node> node);
  Solution solution_of(const Node& node) const;

  const Problem& problem_;
  std::int64_t most_work_;
  FlowSolver solver_;
  RoomingSolver rooming_;
  Flow root_;
  Levels root_levels_;
  std::int64_t keeping_ = 0;  // work for nodes that were made, by their size
};

}  // namespace hanjari::staffing

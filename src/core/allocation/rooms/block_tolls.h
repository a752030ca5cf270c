// What the weights of (unit, venue) pairs and of venues add to the cost of blocks at groups of rooms (README.md,
// Blocks).
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/problem.h"
#include "allocation/sites/point_tree.h"

namespace hanjari::allocation {

// People of one class who are to share a room.
struct Block {
  std::uint32_t people_class = 0;
  std::uint32_t begin = 0;  // in the order of people
  std::uint32_t end = 0;
  Point centre;
  bool wheelchair = false;
};

class BlockTolls {
 public:
  explicit BlockTolls(const Problem& problem);

  // Learns from a plan: which venues every class is to keep, and what the opening of a venue costs a room there.
  // `blocks` by class; `group_of_block`: where they are now, the number of groups when unseated; `price`: of a room, by
  // group.
  void learn(const std::vector<Block>& blocks, const std::vector<std::uint32_t>& group_of_block,
             const std::vector<Cost>& price, int threads);

  // Of any block at the group: its share of opening the venue.
  Cost of_venue(std::uint32_t group) const { return of_group_[group]; }
  // Of a block of the class at a venue that the class is not to keep; 0 when its pairs do not weigh.
  Cost of_new_pair(std::uint32_t people_class) const;
  bool is_kept(std::uint32_t people_class, VenueIndex venue) const;
  // Groups of the venues that the class is to keep.
  std::vector<std::uint32_t> kept_groups(std::uint32_t people_class) const;

 private:
  struct Stretch {  // blocks of one class
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Cost within_reason(Cost toll) const;  // nobody stays without a seat to save a toll
  void share_openings(const std::vector<std::uint32_t>& group_of_block);
  std::vector<std::uint32_t> choose_venues(std::uint32_t people_class, Stretch stretch,
                                           const std::vector<Block>& blocks,
                                           const std::vector<std::uint32_t>& group_of_block,
                                           const std::vector<Cost>& price) const;

  const Problem& problem_;
  std::vector<std::uint32_t> first_group_;        // by venue, and the number of groups
  std::vector<Cost> of_group_;                    // by group
  std::vector<std::vector<std::uint32_t>> kept_;  // by class: venues, ascending
};

// Weights of rooms, pairs and venues that a plan has to pay, exactly. `group_of`: by applicant.
Cost weights_of(const Problem& problem, const std::vector<std::uint32_t>& group_of);

}  // namespace hanjari::allocation

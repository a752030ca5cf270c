#include "allocation/room_lists.h"

#include <algorithm>
#include <map>

namespace hanjari::allocation {
namespace {

struct Party {  // people of one class in one group
  std::vector<std::uint32_t> people;
  std::vector<std::uint32_t> wheelchairs;
  std::size_t rooms = 0;
  std::size_t accessible = 0;  // rooms that must be
};

// Evenly over the rooms, of which the first `accessible` take the wheelchair users in turn.
void spread(const Party& party, const std::vector<RoomIndex>& own, std::size_t capacity,
            std::vector<RoomIndex>& room_of) {
  if (own.empty()) return;
  std::vector<std::size_t> taken(own.size());
  for (std::size_t i = 0; i < party.wheelchairs.size(); ++i) {
    room_of[party.wheelchairs[i]] = own[i % party.accessible];
    ++taken[i % party.accessible];
  }
  const std::size_t people = party.people.size() + party.wheelchairs.size();
  const std::size_t even = (people + own.size() - 1) / own.size();
  std::size_t room = 0;
  std::size_t fuller = people - (even - 1) * own.size();  // rooms that hold `even`; the rest one fewer
  std::size_t next = 0;
  for (; room < own.size(); ++room) {
    const std::size_t target = std::max(taken[room], even - (room < fuller ? 0 : 1));
    for (; taken[room] < target && next < party.people.size(); ++taken[room]) {
      room_of[party.people[next++]] = own[room];
    }
  }
  for (room = 0; next < party.people.size(); ++room) {  // some rooms hold more wheelchair users than their share
    for (; taken[room] < capacity && next < party.people.size(); ++taken[room]) {
      room_of[party.people[next++]] = own[room];
    }
  }
}

}  // namespace

RoomLists fill_rooms(const Problem& problem, const std::vector<std::uint32_t>& group_of) {
  RoomLists lists;
  lists.room_of.resize(problem.people());
  std::vector<std::map<std::uint32_t, Party>> parties(problem.groups.size());  // by class
  for (std::uint32_t person = 0; person < problem.people(); ++person) {
    if (group_of[person] >= problem.groups.size()) continue;
    Party& party = parties[group_of[person]][problem.class_of[person]];
    const bool wheelchair = problem.exam->applicants[person].accommodation.wheelchair;
    (wheelchair ? party.wheelchairs : party.people).push_back(person);
  }
  for (std::size_t group = 0; group < problem.groups.size(); ++group) {
    const RoomGroup& rooms = problem.groups[group];
    const auto capacity = static_cast<std::size_t>(rooms.capacity);
    std::size_t accessible_left = static_cast<std::size_t>(rooms.accessible);
    std::size_t accessible_used = 0;
    // First the accessible rooms of everybody who needs one, then the others, so that none is taken without need.
    for (auto& [people_class, party] : parties[group]) {
      const std::size_t people = party.people.size() + party.wheelchairs.size();
      party.rooms = (people + capacity - 1) / capacity;
      party.accessible = (party.wheelchairs.size() + capacity - 1) / capacity;
      if (party.accessible > accessible_left) {
        if (lists.crowded.empty() || lists.crowded.back() != rooms.venue) lists.crowded.push_back(rooms.venue);
        party.accessible = accessible_left;
        party.wheelchairs.resize(std::min(party.wheelchairs.size(), accessible_left * capacity));
      }
      accessible_left -= party.accessible;
    }
    std::size_t next_plain = static_cast<std::size_t>(rooms.accessible);  // accessible rooms come first in the group
    std::size_t spare_accessible = next_plain - accessible_left;
    for (auto& [people_class, party] : parties[group]) {
      std::vector<RoomIndex> own;
      for (std::size_t i = 0; i < party.accessible; ++i) own.push_back(rooms.rooms[accessible_used++]);
      while (own.size() < party.rooms) {
        if (next_plain < rooms.rooms.size()) {
          own.push_back(rooms.rooms[next_plain++]);
        } else {
          own.push_back(rooms.rooms[spare_accessible++]);
        }
      }
      spread(party, own, capacity, lists.room_of);
    }
  }
  return lists;
}

}  // namespace hanjari::allocation

// What a plan was made from: its history beside that of another plan.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/history.h"

namespace hanjari::services {

// Whether the plan of this digest is a step of the history: then nothing that was done to it is lost.
bool is_made_from(const std::vector<HistoryStep>& history, std::string_view digest);

// The steps of `of` after the last plan that both histories have; all of them where there is none.
std::vector<HistoryStep> steps_beyond(const std::vector<HistoryStep>& of, const std::vector<HistoryStep>& other);

// Somebody whom a move names, as an officer knows people.
struct MovedPerson {
  ApplicantId id;
  ApplicantNumber number;
  std::string name;
};

// What codes in moves stand for; a code without a name stands for itself.
struct MoveNames {
  std::map<VenueCode, std::string> venues;
  std::map<ApplicantId, MovedPerson> people;
};

// A step in one line: what was done, by whom, when and why. `zone`: the time zone in which a clock is to show when; empty:
// as the step says it, in UTC.
Text describe_step(const HistoryStep& step, const std::string& zone = {});
// Its moves, one line each, at most `most`; the last line counts the rest.
std::vector<Text> describe_moves(const HistoryStep& step, std::size_t most, const MoveNames& names = {});

}  // namespace hanjari::services

// One message to everybody whose result was released, after the minute. It says that there is a result and never which, of a correction to
// those concerned that their own one is another; it goes out in an order that is drawn, so that nobody reads anything from being told
// early or late.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "hanjari/base/clock.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/plans.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

// What the rounds read, and where they leave their messages.
struct ReleaseMessageStores {
  RecruitmentRepository& recruitments;
  ApplicationRepository& applications;
  PlanRepository& plans;
  PublicationRepository& publications;
  MessageOutbox& outbox;
  const Clock& clock;
};

// For everybody with a paid application whose number has a result in this release; of a withdrawal, for everybody who has a
// number, in the final stage for those whose results are taken back. `shuffle` draws the order. May be repeated at any time: the message of a version is one. `stopping` is asked before
// each person; a round that was broken off is begun anew. Gives how many have their message in the outbox.
std::int64_t tell_of_release(
    const ReleaseMessageStores&, const Recruitment& notice, const Publication& released, const std::string& shuffle,
    const std::function<bool()>& stopping = [] { return false; });

// A release that is older than this is told to nobody any more.
inline constexpr std::chrono::hours release_is_told_within{24 * 7};

// When rounds are due: one for each version that was released. Not a repository: what it forgets when the program ends, a round told
// twice does not repeat.
class ReleaseMessageRounds {
 public:
  // Runs what is due now. Called every few seconds.
  std::int64_t run(
      const ReleaseMessageStores&, const std::string& shuffle,
      const std::function<bool()>& stopping = [] { return false; });

 private:
  std::map<std::pair<ExamCode, proof::Stage>, std::int64_t> told_;  // version
};

}  // namespace hanjari::services

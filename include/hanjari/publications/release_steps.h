// The steps from a sealed version to a released one, as a machine without a database, a clock or a key: what it allows can be
// tried with every sequence of clicks.
//
//   sealed -> proposed -> approved -> armed -> released            any of them before the release -> withdrawn
//
// Approving needs somebody who has neither ordered nor proposed the version; arming needs two officers. Every step names
// the digest of what will be shown: another byte anywhere is another version without any step.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"

namespace hanjari::services {

// rendering: a job is at work. failed: it found something wrong, and its key is destroyed.
enum class ReleaseStep { rendering, failed, sealed, proposed, approved, armed, released, withdrawn };
std::string_view spell(ReleaseStep step);
Text name_of(ReleaseStep step);
// Throws std::logic_error for an unknown word.
ReleaseStep parse_release_step(std::string_view word);

// Officers give their shares no earlier than this before the minute, so that the key is whole for minutes only.
inline constexpr std::chrono::minutes arming_opens{30};
// The clocks of database and program may differ by so much at the minute.
inline constexpr std::chrono::seconds clocks_agree_within{1};

struct ReleaseState {
  ReleaseStep step = ReleaseStep::rendering;
  std::string digest;       // of the sealed set, 64 hexadecimal digits
  std::string edited_by;    // ordered the version: texts, minute, decision
  std::string proposed_by;
  std::string approved_by;
  std::string armed_first;  // officers whose shares are held under the word `held_by`
  std::string armed_second;
  std::string held_by;      // word of one hold in a program's memory: another run of the program has another word
  Instant release_at{};
  Instant changed_at{};
  std::int64_t changes = 0;  // counts the changes; compared and set

  bool operator==(const ReleaseState&) const = default;
};

// Who does something, having seen what.
struct ReleaseAct {
  std::string officer;
  std::string seen_digest;
  Instant at{};
  bool second_factor = false;  // was asked for with this very step, and was right
};

// Each gives the state after it, with one change more. They throw Conflict: wrong_release_step; other_digest, when the officer saw
// another set; same_officer; arming_closed, before its time; and NotAllowed (second_factor_needed).
ReleaseState propose_release(const ReleaseState& now, const ReleaseAct& act);
ReleaseState approve_release(const ReleaseState& now, const ReleaseAct& act);
// A share was given to the hold of this word. The first one of a hold leaves the step at approved, the second makes it armed.
// Shares of another hold count no more: its program has died, or holds them for nothing.
ReleaseState arm_release(const ReleaseState& now, const ReleaseAct& act, const std::string& hold);
ReleaseState withdraw_release(const ReleaseState& now, const ReleaseAct& act);
// At its minute, by the hold that has the key. Throws Conflict (wrong_release_step, not_yet, key_elsewhere).
ReleaseState publish_release(const ReleaseState& now, Instant at, const std::string& hold);

// Whether applicants are told that there will be results: once a second officer stands behind the minute.
bool is_announced(ReleaseStep step);

}  // namespace hanjari::services

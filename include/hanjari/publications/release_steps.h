// The steps from a sealed version to a released one, as a machine without a database, a clock or a key: what it allows can be
// tried with every sequence of clicks.
//
//   sealed -> proposed -> approved -> armed -> released            any of them before the release -> withdrawn
//
// Approving needs somebody who has neither ordered nor proposed the version; arming needs two officers. Every step names
// the digest of what will be shown: another byte anywhere is another version without any step. Shares are given on what is decided by
// then: when something else comes after both of them, the version is on hold and waits, approved, for two shares that know of it.
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
  // What there was of decisions, results and special cases when the shares were given, as write_basis says it; empty before the
  // first share, and of a version that takes a release back.
  std::string basis{};
  // Of a version on hold: the basis of both shares, after which something else came. Empty once two officers gave them again; one that
  // is withdrawn keeps it.
  std::string armed_on{};

  bool on_hold() const { return step == ReleaseStep::approved && !armed_on.empty(); }
  bool operator==(const ReleaseState&) const = default;
};

// Who does something, having seen what.
struct ReleaseAct {
  std::string officer;
  std::string seen_digest;
  Instant at{};
  bool second_factor = false;  // was asked for with this very step, and was right
  std::string seen_basis{};    // of a version on hold: what the officer knows there is by now, and releases it all the same
};

// Each gives the state after it, with one change more. They throw Conflict: wrong_release_step; other_digest, when the officer saw
// another set; same_officer; arming_closed, before its time; and NotAllowed (second_factor_needed).
ReleaseState propose_release(const ReleaseState& now, const ReleaseAct& act);
ReleaseState approve_release(const ReleaseState& now, const ReleaseAct& act);
// A share was given to the hold of this word. The first one of a hold leaves the step at approved, the second makes it armed.
// Shares of another hold count no more: its program has died, or holds them for nothing. Nor do those that were given on another basis.
// Throws Conflict (release_on_hold) too, when the version has to be confirmed and the officer did not see this basis.
ReleaseState arm_release(const ReleaseState& now, const ReleaseAct& act, const std::string& hold, const std::string& basis = "");
// Whether both shares were given once, on something else than there is now: whoever gives one again says so.
bool must_be_confirmed(const ReleaseState& now, const std::string& basis);
// Whether shares were given on this very basis, so that nothing came that their officers did not know.
bool gave_shares_on(const ReleaseState& now, const std::string& basis);
// Back to approved, without shares. Throws Conflict (wrong_release_step) unless it is armed.
ReleaseState hold_release(const ReleaseState& now, Instant at);
ReleaseState withdraw_release(const ReleaseState& now, const ReleaseAct& act);
// At its minute, by the hold that has the key. Throws Conflict (wrong_release_step, not_yet, key_elsewhere).
ReleaseState publish_release(const ReleaseState& now, Instant at, const std::string& hold);

// Whether applicants are told that there will be results: once a second officer stands behind the minute.
bool is_announced(ReleaseStep step);

}  // namespace hanjari::services

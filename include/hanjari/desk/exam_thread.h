// The path of an exam from its preparation to the destruction of its personal data: where it stands, what comes next,
// when, and who must act.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

enum class Stage {
  prepared,
  announced,
  open,
  closed,
  frozen,
  venues_confirmed,
  proposed,
  confirmed,
  seats_published,
  day,
  marks,
  decided,
  published,
  destroyed
};
std::string_view spell(Stage stage);
Text name_of(Stage stage);

// What is known of an exam; an exam that was imported has no notice, one in preparation nothing but its notice.
struct ThreadFacts {
  std::shared_ptr<const StoredRecruitment> notice;  // null: none
  Date exam_on;
  std::string time_zone;
  std::int64_t populations = 0;  // frozen lists that were imported
  bool proposed = false;         // a plan waits for the second officer
  bool confirmed = false;        // a plan was confirmed
  bool live = false;             // a plan is live
  std::int64_t result_packages = 0;
  std::int64_t decisions = 0;
  bool released = false;  // results are released to the people, and not taken back
  bool destroyed = false;
};

enum class Progression { done, now, ahead };

// What a stage is due at for the people of one exam day.
struct DayMoment {
  Date exam_on;
  Instant at{};
};

struct ThreadStage {
  Stage stage = Stage::prepared;
  Progression progression = Progression::ahead;
  // When it is due, or was. Where the exam days of a notice have moments of their own, each is closed and frozen by
  // itself: the next one that is not over, else the last.
  std::optional<Instant> at;
  std::vector<DayMoment> days;  // all of them then, by day; empty where one moment is everybody's
  Text who;                     // must act; empty where the program does it by the clock
  Text next;                    // what is to be done; empty unless it is now
};

// All stages in their order; exactly one is now unless the exam is destroyed. A stage that left no trace, because an
// earlier program or a command took it, is done when a later one is.
std::vector<ThreadStage> list_stages(const ThreadFacts& facts, Instant now);

}  // namespace hanjari::services

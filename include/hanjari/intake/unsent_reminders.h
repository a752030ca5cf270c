// Letters before closing to people who began a form, or a change of one, and did not submit it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/messages/messages.h"

namespace hanjari::services {

// What the rounds read, and where they leave their letters.
struct UnsentFormStores {
  RecruitmentRepository& recruitments;
  ApplicationRepository& applications;
  MessageOutbox& outbox;
  const Clock& clock;
};

// From this long before the closing that concerns the form people are told.
constexpr std::chrono::hours unsent_notice{24};
// Whoever saved a step this short a time ago is at it and needs no letter.
constexpr std::chrono::minutes still_at_it{30};

// One round over the forms of one notice. Everybody is told once for a closing, whoever tells and however often: in the
// form's language, at the account's verified contact. Not told are those whose form says what was submitted, who
// submitted or discarded the form, whose closing is not near or is over. Returns how many were told now.
std::int64_t remind_of_unsent(
    const UnsentFormStores&, const FindContact&, const ExamCode&,
    const std::function<bool()>& stopping = [] { return false; });

// When rounds are due, for every published notice by itself: every `between`, in the hours of the notice's own day in
// which messages may wake people (`from` o'clock until before `until`), within unsent_notice of a closing.
class UnsentReminderRounds {
 public:
  static constexpr std::chrono::minutes between{15};

  UnsentReminderRounds(int from, int until) : from_(from), until_(until) {}
  std::int64_t run(
      const UnsentFormStores&, const FindContact&, const std::function<bool()>& stopping = [] { return false; });

 private:
  int from_;
  int until_;
  std::map<ExamCode, Instant> last_;
};

}  // namespace hanjari::services

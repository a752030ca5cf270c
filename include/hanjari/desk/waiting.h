// Everything in the office that waits for a decision or for somebody's hand, counted: one list with deadlines.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

class NoticeSetup;
struct StoredRecruitment;

// notices: proposed, wait for the second officer. notice_changes: the same, of notices that applicants see already. plans,
// and releases of results: the same. held_releases: something came after both shares were given. objections: to released results, without an answer. publications: confirmed plans that are not live.
// taken_back: paid money that the payment provider took back.
// venue_offers: schools said yes, the city has not. failed_jobs: nobody has ordered them again. unopened_seats: people
// of a live plan who have never looked at a seat. open_duties: places of invigilators that nobody comes to. subjects: not settled, and due
// within a fortnight or already. failed_messages: given up within the last 30 days.
enum class WaitingKind {
  accommodations,
  health_reports,
  venue_offers,
  refunds,
  taken_back,
  notices,
  notice_changes,
  plans,
  publications,
  withdrawals,
  releases,
  held_releases,
  objections,
  failed_jobs,
  open_duties,
  subjects,
  unopened_seats,
  failed_messages
};
std::string_view spell(WaitingKind kind);
Text name_of(WaitingKind kind);
// Who must act.
Text who_acts(WaitingKind kind);

// Nobody counts further than this.
constexpr std::int64_t most_waiting_counted = 1'000;

struct WaitingWork {
  WaitingKind kind = WaitingKind::accommodations;
  ExamCode exam{};          // empty: of no exam
  std::int64_t count = 0;   // at most most_waiting_counted: then there may be more
  std::optional<Instant> since{};  // of the oldest, where it is known
  std::optional<Instant> due{};    // by when it has to be done; nothing: nobody said
  std::map<DistrictCode, std::int64_t> districts{};  // of open duties: where they are
};

class WaitingRepository {
 public:
  virtual ~WaitingRepository() = default;
  // In any order, kinds and exams of which nothing waits left out; due is set of venue offers and releases alone, which
  // say it themselves. Exams whose personal data was destroyed have none.
  virtual std::vector<WaitingWork> count_waiting(Instant now) = 0;
};

// What an exam's dates say of its deadlines.
struct ExamDeadlines {
  std::optional<Instant> opens{};   // applications, of the earliest calendar
  std::optional<Instant> freeze{};  // the latest withdrawal: accommodations are decided by then
  std::optional<Instant> exam{};    // the beginning of the exam day
};

// With deadlines, the nearest first, those without one last and then by exam and kind. `beside`: what is counted elsewhere.
// Throws NotAllowed (role_not_allowed) for everybody but exam officers.
std::vector<WaitingWork> list_waiting(WaitingRepository& waiting, const std::map<ExamCode, ExamDeadlines>& deadlines,
                                      const Actor& actor, Instant now, std::vector<WaitingWork> beside = {});

// Places of the newest duties of every live plan whose day is not over that nobody comes to, with their districts: of the whole
// city for exam officers, of the own district for a coordinator, of nobody else. They are counted by venue, whose room is empty is
// in no number. Sealed duties that do not open count nothing.
std::vector<WaitingWork> count_open_duties(InvigilatorRepository& invigilators, PlanRepository& plans, const Actor& actor,
                                           Instant now);

// Subjects of notices whose exam day is not over: one entry for each exam, with the nearest day. For exam officers, of nobody else.
std::vector<WaitingWork> count_due_subjects(NoticeSetup& setup,
                                            const std::vector<std::shared_ptr<const StoredRecruitment>>& notices,
                                            const Actor& actor, Instant now);

}  // namespace hanjari::services

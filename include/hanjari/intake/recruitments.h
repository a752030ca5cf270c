// Recruitments in the database: notices with versions, counts per unit.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/recruitment.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// prepared: for officers only. published: on the portal. closed: applications are over, unpaid ones lapsed.
enum class RecruitmentState { prepared, published, closed };
std::string_view spell(RecruitmentState);

struct StoredRecruitment {
  Recruitment notice;
  RecruitmentState state = RecruitmentState::prepared;
  std::int64_t version = 0;  // counts every change; compare-and-set
};

// Applications of one unit. `submitted` waits for payment, the others as their states.
struct UnitCount {
  std::int64_t submitted = 0;
  std::int64_t paid = 0;
  std::int64_t withdrawn = 0;
  std::int64_t lapsed = 0;
  std::int64_t destroyed = 0;  // of submitted and paid: rows for the books, whose people are known to nobody any more
  bool operator==(const UnitCount&) const = default;
};
using UnitCounts = std::map<UnitCode, UnitCount>;

class RecruitmentRepository {
 public:
  virtual ~RecruitmentRepository() = default;
  // By exam day, then code.
  virtual std::vector<std::shared_ptr<const StoredRecruitment>> list_recruitments() = 0;
  // Kept in memory and asked anew after a second at most. Null when there is none.
  virtual std::shared_ptr<const StoredRecruitment> find_recruitment(const ExamCode& code) = 0;
  // Compare-and-set: throws SetupChanged (recruitment_changed) unless the stored version is `expected_version` (0: none).
  // Each saving is kept as a version (setup_versions.h). Throws Conflict (notice_not_confirmed) when it would go onto the
  // portal without the second officer that its rule asks for, (notice_change_not_confirmed, waived_by_yourself) when what
  // applicants see would change without one, (unit_in_use) when a unit with applications would go,
  // (exam_code_taken) when another notice has the code or that of one of its days, (days_meet) when people would have two
  // applications that count on a day that it moves,
  // (exam_destroyed) once the destruction of the exam has begun; it may still be taken off the portal as it is.
  virtual void save_recruitment(const Recruitment& notice, RecruitmentState state, std::int64_t expected_version,
                                const Change& change) = 0;
  // Throws what save_recruitment throws of a notice that contradicts what is stored beside it (unit_in_use, exam_code_taken,
  // days_meet), and changes nothing: of what is refused in any case nobody is asked first. A repository without such rows has none.
  virtual void refuse_contradictions(const Recruitment&) {}
  virtual UnitCounts count_applications(const ExamCode& code) = 0;
  // Throws Conflict (exam_destroyed) once the destruction of the exam has begun. What it throws is said before anything
  // is asked about people who are not there any more; save_recruitment refuses it in any case.
  virtual void refuse_destroyed(const ExamCode& code) = 0;
};

// Whether an application may be made or changed now. What was closed stays closed, whatever its calendars say: it may
// have been closed because its people were destroyed, or the clock may have been set back.
bool takes_applications(const StoredRecruitment&, const Calendar&, Instant now);
// In any of its calendars.
bool takes_applications(const StoredRecruitment&, Instant now);

// What the portal shows of one unit's competition. Nothing while the officer has not opened the counts.
struct Competition {
  std::int64_t applications = 0;  // submitted and paid
  int posts = 0;
  std::optional<LastYear> last_year;
};

// A notice as it is kept, read from its definition. Throws NoticeDamaged: it was judged when it was saved.
Recruitment read_kept_notice(const std::string& definition, const ExamCode&);

// Published recruitments that a visitor may see, by exam day.
std::vector<std::shared_ptr<const StoredRecruitment>> list_notices(RecruitmentRepository&);
// For officers, who see those in preparation too. Throws NotFound (unknown_recruitment).
void require_recruitment(RecruitmentRepository&, const ExamCode& code);
// Whatever its state: what was applied for goes on while a notice is retracted. Throws NotFound (unknown_recruitment).
std::shared_ptr<const StoredRecruitment> load_recruitment(RecruitmentRepository&, const ExamCode&);
// Throws NotFound (unknown_recruitment) also for one that is only prepared.
std::shared_ptr<const StoredRecruitment> load_notice(RecruitmentRepository&, const ExamCode&);
// The same for officers, who may know that it is there: throws Conflict (not_published) for one that is only prepared.
std::shared_ptr<const StoredRecruitment> load_published_notice(RecruitmentRepository&, const ExamCode&);
// Empty while counts are not shown.
std::map<UnitCode, Competition> list_competition(RecruitmentRepository&, const StoredRecruitment&, Instant now);

// Officers. Every fault of the notice itself (an unknown calendar, a window that ends before it begins, ...) is an
// InvalidInput with all faults. What is saved keeps its state: `first`, the state of a new notice, must be the one that
// a stored notice has, or nothing: throws Conflict (state_by_its_word). Throws SetupChanged (recruitment_changed).
struct JudgedNotice {
  Recruitment notice;
  RecruitmentState state = RecruitmentState::prepared;
};
JudgedNotice judge_notice(RecruitmentRepository&, const Recruitment& notice, std::optional<RecruitmentState> first,
                          std::int64_t expected_version);
// The same, and saves it. Gives the state.
RecruitmentState save_notice(RecruitmentRepository&, const Recruitment& notice, std::optional<RecruitmentState> first,
                             std::int64_t expected_version, const Change&);
// Applications that stand and whose people are there: whom it concerns when the notice is published or taken off the portal.
std::int64_t count_concerned(RecruitmentRepository&, const ExamCode&);
// published: onto the portal, also again after closing. prepared: off the portal, where even applicants do not find it.
// `concerned`: how many people the caller was told it concerns; throws Conflict (concern_unsaid) when they are others.
// Throws NotFound (unknown_recruitment), Conflict (close_by_closing: closed, recruitment_changed, exam_destroyed).
void change_state(RecruitmentRepository&, const ExamCode&, RecruitmentState to, std::int64_t concerned, const Change&);

// The exam that the people of a calendar sit: everybody of one day together. That of the notice's own day has the
// notice's code, those of other days CODE-NAME by their first calendar.
ExamCode exam_of(const Recruitment& notice, const Calendar& calendar);

}  // namespace hanjari::services

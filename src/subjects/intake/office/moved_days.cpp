#include "hanjari/intake/office/moved_days.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/legible.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr int people_at_once = 500;
constexpr int soon_days = 7;  // before the exam: nothing that can wait is told first

// The last change of a unit's day.
struct MovedDay {
  std::int64_t version = 0;
  Instant at{};
  Date from;
  Date to;
};
using MovedDays = std::map<UnitCode, MovedDay>;

// Oldest first.
std::vector<std::int64_t> list_seen_versions(SetupRepository& setups, const ExamCode& exam) {
  std::vector<std::int64_t> seen;
  for (const SetupVersion& version : setups.list_versions(exam, SetupPart::notice)) {
    if (version.state != spell(RecruitmentState::prepared)) seen.push_back(version.version);
  }
  std::sort(seen.begin(), seen.end());
  return seen;
}

void note_days(const SetupVersion& version, std::map<UnitCode, Date>& days, MovedDays& moved) {
  std::vector<Fault> warnings;
  const Recruitment notice = package::parse_recruitment(version.definition, "recruitment.json", warnings);
  for (const NoticeUnit& unit : notice.units) {
    const Date day = notice.calendar_of(unit).exam_on;
    const auto [known, is_new] = days.try_emplace(unit.unit.code, day);
    if (is_new || known->second == day) continue;
    moved[unit.unit.code] = {version.version, version.saved_at, known->second, day};
    known->second = day;
  }
}

MovedDays list_moved_days(SetupRepository& setups, const ExamCode& exam) {
  std::map<UnitCode, Date> days;
  MovedDays moved;
  for (const std::int64_t number : list_seen_versions(setups, exam)) {
    const auto version = setups.find_version(exam, SetupPart::notice, number);
    if (!version) continue;
    try {
      note_days(*version, days, moved);
    } catch (const InvalidInput&) {
      continue;  // what an earlier version of the program wrote and this one refuses says nothing of its days
    }
  }
  return moved;
}

std::string what_is_told(const MovedDay& moved) {
  return fmt::format("exam-day/{}", moved.version);
}

Message moved_day_message(const Recruitment& notice, const Application& application, const MovedDay& moved, Date today) {
  const Text from = write_plain_day(moved.from);
  const Text to = write_plain_day(moved.to);
  const std::string& en = notice.header.name_en;
  const std::string& ko = notice.header.name_ko;
  Message message = message_to(
      application, what_is_told(moved),
      {fmt::format("{}: your exam day has changed to {}", en, to.en),
       fmt::format("{}: 시험일이 {}로 변경되었습니다", ko, to.ko)},
      {fmt::format("{}\n\nThe day of your exam has changed: it was {}, it is {} now. Your application stands. A seat or an "
                   "admission slip for the earlier day does not count for the new one. Sign in to see the notice and your "
                   "application.",
                   en, from.en, to.en),
       fmt::format("{}\n\n시험일이 {}에서 {}로 변경되었습니다. 접수는 그대로 유효합니다. 이전 시험일의 좌석과 응시표는 변경된 "
                   "시험일에 사용할 수 없습니다. 로그인하여 공고와 원서를 확인하십시오.",
                   ko, from.ko, to.ko)});
  // A day that changes several times within a short time is told once, as it is then.
  message.digest = "exam-day/" + application.id.text();
  if (moved.to.days - today.days <= soon_days) message.urgency = Urgency::soon;
  return message;
}

// Those of a page whom a change concerns that they have not been told of.
std::vector<std::pair<const Application*, const MovedDay*>> untold_of_day(const MovedDayStores& stores, const MovedDays& moved,
                                                                   const std::vector<Application>& applications) {
  std::vector<std::pair<const Application*, const MovedDay*>> due;
  std::vector<std::string> ids;
  const auto id_of = [](const auto& one) { return fmt::format("{}/{}", what_is_told(*one.second), one.first->id.text()); };
  for (const Application& application : applications) {
    const auto found = moved.find(application.form.unit);
    if (found == moved.end() || application.is_over() || application.legible != Legible::yes) continue;
    if (application.submitted_at >= found->second.at) continue;
    due.emplace_back(&application, &found->second);
    ids.push_back(id_of(due.back()));
  }
  if (ids.empty()) return due;
  const std::set<std::string> known = stores.outbox.find_known(ids);
  std::erase_if(due, [&](const auto& one) { return known.contains(id_of(one)); });
  return due;
}

}  // namespace

std::int64_t tell_of_moved_days(const MovedDayStores& stores, const ExamCode& exam, const std::function<bool()>& stopping) {
  const auto stored = load_recruitment(stores.recruitments, exam);
  if (stored->state == RecruitmentState::prepared) return 0;  // applicants are told once they can look at it
  MovedDays moved = list_moved_days(stores.setups, exam);
  const Instant now = stores.clock.now();
  const Date today = local_time(now, stored->notice.header.time_zone).day;
  std::erase_if(moved, [&](const auto& one) { return one.second.to < today; });  // held already
  if (moved.empty()) return 0;
  std::int64_t told = 0;
  ApplicationId after;
  while (true) {
    const ApplicationPage page = stores.applications.list_applications(exam, std::nullopt, after, people_at_once);
    for (const auto& [application, change] : untold_of_day(stores, moved, page.applications)) {
      if (stopping()) return told;
      stores.outbox.enqueue(moved_day_message(stored->notice, *application, *change, today), now);
      ++told;
    }
    if (page.last.empty()) return told;
    after = page.last;
  }
}

std::int64_t MovedDayRounds::run(const MovedDayStores& stores, const std::function<bool()>& stopping) {
  std::int64_t told = 0;
  for (const auto& stored : stores.recruitments.list_recruitments()) {
    const ExamCode& code = stored->notice.header.code;
    if (stored->state == RecruitmentState::prepared) continue;
    const auto known = told_.find(code);
    if (known != told_.end() && known->second == stored->version) continue;
    // An exam that cannot be read does not keep the others from being told, and is not tried all day long.
    read_legibly([&] { told += tell_of_moved_days(stores, code, stopping); });
    if (stopping()) return told;
    told_[code] = stored->version;
  }
  return told;
}

}  // namespace hanjari::services

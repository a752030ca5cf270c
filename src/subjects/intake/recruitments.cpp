#include "hanjari/intake/recruitments.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/intake/notice_board.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"

namespace hanjari::services {

std::string_view spell(RecruitmentState state) {
  switch (state) {
    case RecruitmentState::prepared:
      return "prepared";
    case RecruitmentState::published:
      return "published";
    case RecruitmentState::closed:
      break;
  }
  return "closed";
}

Recruitment read_kept_notice(const std::string& definition, const ExamCode& code) {
  std::vector<Fault> warnings;
  try {
    return package::parse_recruitment(definition, code.text(), warnings);
  } catch (const Error&) {
    throw NoticeDamaged({fmt::format("the notice of '{}' cannot be read any more: restore its row from a backup", code.text()),
                         fmt::format("'{}' 공고를 더 이상 읽을 수 없습니다. 백업에서 해당 행을 복원하십시오", code.text())});
  }
}

std::vector<std::shared_ptr<const StoredRecruitment>> list_notices(RecruitmentRepository& recruitments) {
  auto all = recruitments.list_recruitments();
  std::erase_if(all, [](const auto& stored) { return stored->state == RecruitmentState::prepared; });
  return all;
}

namespace {

[[noreturn]] void throw_unknown() {
  throw NotFound("unknown_recruitment", {"There is no such recruitment.", "해당 채용 공고가 없습니다."});
}

}  // namespace

void require_recruitment(RecruitmentRepository& recruitments, const ExamCode& code) {
  if (recruitments.find_recruitment(code) == nullptr) throw_unknown();
}

std::shared_ptr<const StoredRecruitment> load_recruitment(RecruitmentRepository& recruitments, const ExamCode& code) {
  auto stored = recruitments.find_recruitment(code);
  if (stored == nullptr) throw_unknown();
  return stored;
}

std::shared_ptr<const StoredRecruitment> load_notice(RecruitmentRepository& recruitments, const ExamCode& code) {
  auto stored = recruitments.find_recruitment(code);
  if (stored == nullptr || stored->state == RecruitmentState::prepared) throw_unknown();
  return stored;
}

std::shared_ptr<const StoredRecruitment> load_published_notice(RecruitmentRepository& recruitments, const ExamCode& code) {
  auto stored = load_recruitment(recruitments, code);
  if (stored->state == RecruitmentState::prepared) {
    throw Conflict("not_published", {"This notice is not published. Publish it first.",
                                     "게시되지 않은 공고입니다. 먼저 게시하십시오."});
  }
  return stored;
}

bool takes_applications(const StoredRecruitment& stored, const Calendar& calendar, Instant now) {
  return stored.state != RecruitmentState::closed && calendar.applications.contains(now);
}

bool takes_applications(const StoredRecruitment& stored, Instant now) {
  const std::vector<Calendar>& calendars = stored.notice.calendars;
  return std::any_of(calendars.begin(), calendars.end(),
                     [&](const Calendar& calendar) { return takes_applications(stored, calendar, now); });
}

std::map<UnitCode, Competition> list_competition(RecruitmentRepository& recruitments, const StoredRecruitment& stored,
                                                 Instant now) {
  std::map<UnitCode, Competition> shown;
  const auto& from = stored.notice.counts_shown_from;
  if (!from || now < *from) return shown;
  const UnitCounts counts = recruitments.count_applications(stored.notice.header.code);
  for (const NoticeUnit& unit : stored.notice.units) {
    Competition competition{0, unit.unit.posts, unit.last_year};
    if (const auto found = counts.find(unit.unit.code); found != counts.end())
      competition.applications = found->second.submitted + found->second.paid;
    shown.emplace(unit.unit.code, competition);
  }
  return shown;
}

JudgedNotice judge_notice(RecruitmentRepository& recruitments, const Recruitment& notice,
                          std::optional<RecruitmentState> first, std::int64_t expected_version) {
  recruitments.refuse_destroyed(notice.header.code);
  // Reading it back applies every rule of the file to a notice from wherever it comes.
  std::vector<Fault> warnings;
  Recruitment judged = package::parse_recruitment(package::render_recruitment(notice), "recruitment.json", warnings);
  const auto stored = recruitments.find_recruitment(notice.header.code);
  const RecruitmentState state = stored ? stored->state : first.value_or(RecruitmentState::prepared);
  if (first && *first != state) {
    throw Conflict("state_by_its_word",
                   {fmt::format("this notice is {} and stays so when it is saved; use recruitment publish, recruitment "
                                "retract or intake close",
                                spell(state)),
                    fmt::format("이 공고의 상태는 {}이며 저장해도 바뀌지 않습니다. recruitment publish, recruitment "
                                "retract, intake close를 쓰십시오",
                                spell(state))});
  }
  // The notice in memory may be a second old: the state of another version is not the one that it has now.
  if (stored && stored->version != expected_version) {
    throw SetupChanged("recruitment_changed", {"somebody else changed this recruitment meanwhile; look at it again",
                                               "그사이 다른 사람이 이 채용 공고를 바꾸었습니다. 다시 확인하십시오"});
  }
  return {std::move(judged), state};
}

RecruitmentState save_notice(RecruitmentRepository& recruitments, const Recruitment& notice,
                             std::optional<RecruitmentState> first, std::int64_t expected_version,
                             const Change& change) {
  const JudgedNotice judged = judge_notice(recruitments, notice, first, expected_version);
  recruitments.save_recruitment(judged.notice, judged.state, expected_version, change);
  return judged.state;
}

std::int64_t count_concerned(RecruitmentRepository& recruitments, const ExamCode& code) {
  std::int64_t people = 0;
  for (const auto& [unit, count] : recruitments.count_applications(code)) people += count.submitted + count.paid - count.destroyed;
  return people;
}

void change_state(RecruitmentRepository& recruitments, const ExamCode& code, RecruitmentState to,
                  std::int64_t concerned, const Change& change) {
  const auto stored = recruitments.find_recruitment(code);
  if (!stored) throw NotFound("unknown_recruitment", {"There is no such recruitment.", "해당 채용 공고가 없습니다."});
  if (to == RecruitmentState::closed) {
    throw Conflict("close_by_closing", {"a notice is closed with its applications, by a step that settles what is unpaid",
                                        "공고는 미결제 원서를 처리하는 접수 마감으로만 마감됩니다"});
  }
  if (to != RecruitmentState::prepared) recruitments.refuse_destroyed(code);
  if (stored->state == to) return;
  const std::int64_t people = count_concerned(recruitments, code);
  if (people != concerned) {
    throw Conflict("concern_unsaid",
                   {fmt::format("this concerns {} whose application stands; say so with their number to go on",
                                count_people(people)),
                    fmt::format("접수가 유효한 {}명에게 영향을 줍니다. 계속하려면 이 인원을 함께 지정하십시오",
                                group_digits(people))});
  }
  recruitments.save_recruitment(stored->notice, to, stored->version, change);
}

std::vector<std::shared_ptr<const StoredRecruitment>> NoticeBoard::list_notices() {
  return services::list_notices(recruitments_);
}

std::shared_ptr<const StoredRecruitment> NoticeBoard::load_notice(const ExamCode& code) {
  return services::load_notice(recruitments_, code);
}

std::shared_ptr<const StoredRecruitment> NoticeBoard::find_notice(const ExamCode& code) {
  return recruitments_.find_recruitment(code);
}

std::shared_ptr<const StoredRecruitment> NoticeBoard::load_kept_notice(const ExamCode& code) {
  return services::load_recruitment(recruitments_, code);
}

std::map<UnitCode, Competition> NoticeBoard::list_competition(const StoredRecruitment& stored, Instant now) {
  return services::list_competition(recruitments_, stored, now);
}

ExamCode exam_of(const Recruitment& notice, const Calendar& calendar) {
  if (calendar.exam_on == notice.header.exam_on) return notice.header.code;
  for (const Calendar& first : notice.calendars) {
    if (first.exam_on == calendar.exam_on) return ExamCode(notice.header.code.text() + "-" + first.name);
  }
  return notice.header.code;
}

}  // namespace hanjari::services

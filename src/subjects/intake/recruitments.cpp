#include "hanjari/intake/recruitments.h"

#include <utility>

#include "hanjari/base/error.h"
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

std::vector<std::shared_ptr<const StoredRecruitment>> list_notices(RecruitmentRepository& recruitments) {
  auto all = recruitments.list_recruitments();
  std::erase_if(all, [](const auto& stored) { return stored->state == RecruitmentState::prepared; });
  return all;
}

std::shared_ptr<const StoredRecruitment> load_notice(RecruitmentRepository& recruitments, const ExamCode& code) {
  auto stored = recruitments.find_recruitment(code);
  if (stored == nullptr || stored->state == RecruitmentState::prepared) {
    throw NotFound("unknown_recruitment", {"There is no such recruitment.", "해당 채용 공고가 없습니다."});
  }
  return stored;
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

void save_notice(RecruitmentRepository& recruitments, const Recruitment& notice, RecruitmentState state,
                 std::int64_t expected_version, const Change& change) {
  // Reading it back applies every rule of the file to a notice from wherever it comes.
  std::vector<Fault> warnings;
  recruitments.save_recruitment(
      package::parse_recruitment(package::render_recruitment(notice), "recruitment.json", warnings), state,
      expected_version, change);
}

}  // namespace hanjari::services

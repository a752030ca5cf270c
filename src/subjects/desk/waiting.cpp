#include "hanjari/desk/waiting.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

struct WaitingWords {
  std::string_view word;
  Text name;
  Text who;
};

const Text desk_officer{"exam officer", "시험 담당자"};
const Text desk_staff{"exam officer and coordinators", "시험 담당자와 책임관"};
const Text desk_second_officer{"second exam officer", "다른 시험 담당자"};

const std::array<WaitingWords, 18> waiting_words = {{
    {"accommodations", {"accommodations to decide", "편의지원 심사"}, desk_officer},
    {"health_reports", {"health reports to decide", "건강 상태 신고 심사"}, desk_officer},
    {"venue_offers", {"venues to accept", "수락을 기다리는 시험장"}, desk_officer},
    {"refunds", {"refunds under way", "환불 진행 중"}, desk_officer},
    {"taken_back", {"payments that were taken back, to decide", "결정을 기다리는 결제 취소"}, desk_officer},
    {"notices", {"notices to confirm", "승인을 기다리는 공고"}, desk_second_officer},
    {"notice_changes", {"changes of announced notices to confirm", "승인을 기다리는 공고 변경"}, desk_second_officer},
    {"plans", {"plans to confirm", "승인을 기다리는 배정안"}, desk_second_officer},
    {"publications", {"confirmed plans to put live", "확정을 기다리는 배정안"}, desk_officer},
    {"withdrawals", {"withdrawals of seats to confirm", "승인을 기다리는 좌석 공개 철회"}, desk_second_officer},
    {"releases", {"releases of results to approve", "승인을 기다리는 합격자 발표"}, desk_second_officer},
    {"held_releases", {"releases of results on hold", "보류된 합격자 발표"}, desk_officer},
    {"objections", {"objections to answer", "답변을 기다리는 이의제기"}, desk_officer},
    {"failed_jobs", {"jobs that failed", "실패한 작업"}, desk_officer},
    {"open_duties", {"places of invigilators that nobody comes to", "채워지지 않은 감독 자리"}, desk_staff},
    {"subjects", {"subjects to settle", "확정할 시험과목"}, desk_officer},
    {"unopened_seats", {"people who have not looked at their seat", "좌석을 확인하지 않은 응시자"}, desk_officer},
    {"failed_messages", {"messages that were not delivered", "전달되지 않은 안내"}, desk_officer},
}};

const WaitingWords& words_of_waiting(WaitingKind kind) {
  return waiting_words.at(static_cast<std::size_t>(kind));
}

std::optional<Instant> deadline_of(WaitingKind kind, const ExamDeadlines& dates) {
  switch (kind) {
    case WaitingKind::notices:
      return dates.opens;
    case WaitingKind::accommodations:
      return dates.freeze;
    case WaitingKind::health_reports:
    case WaitingKind::plans:
    case WaitingKind::publications:
    case WaitingKind::withdrawals:
    case WaitingKind::open_duties:
    case WaitingKind::unopened_seats:
      return dates.exam;
    case WaitingKind::venue_offers:
    case WaitingKind::refunds:
    case WaitingKind::taken_back:
    case WaitingKind::releases:
    case WaitingKind::held_releases:
    case WaitingKind::objections:
    case WaitingKind::notice_changes:
    case WaitingKind::failed_jobs:
    case WaitingKind::subjects:
    case WaitingKind::failed_messages:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::string_view spell(WaitingKind kind) {
  return words_of_waiting(kind).word;
}

Text name_of(WaitingKind kind) {
  return words_of_waiting(kind).name;
}

Text who_acts(WaitingKind kind) {
  return words_of_waiting(kind).who;
}

std::vector<WaitingWork> list_waiting(WaitingRepository& waiting, const std::map<ExamCode, ExamDeadlines>& deadlines,
                                      const Actor& actor, Instant now, std::vector<WaitingWork> beside) {
  if (actor.role != Role::exam_officer)
    throw NotAllowed("role_not_allowed", {"Only exam officers may do this.", "시험 담당자만 할 수 있습니다."});
  std::vector<WaitingWork> works = waiting.count_waiting(now);
  std::move(beside.begin(), beside.end(), std::back_inserter(works));
  for (WaitingWork& work : works) {
    const auto known = deadlines.find(work.exam);
    if (!work.due && known != deadlines.end()) work.due = deadline_of(work.kind, known->second);
  }
  std::sort(works.begin(), works.end(), [](const WaitingWork& a, const WaitingWork& b) {
    const auto place = [](const WaitingWork& work) {
      return std::tuple(!work.due.has_value(), work.due.value_or(Instant{}), work.exam, work.kind);
    };
    return place(a) < place(b);
  });
  return works;
}

}  // namespace hanjari::services

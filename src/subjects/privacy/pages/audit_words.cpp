#include "privacy/pages/audit_words.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace hanjari::web {
namespace {

struct ActionWords {
  std::string_view action;
  Text name;
};
const ActionWords action_words[] = {
    {"account.add_security_key", {"security key added", "보안 키 등록"}},
    {"account.remove_security_key", {"security key removed", "보안 키 삭제"}},
    {"account.second_factor", {"second factor changed", "2단계 인증 변경"}},
    {"audit.read", {"audit trail read", "감사 기록 열람"}},
    {"decision.make", {"decision on results made", "합격자 결정"}},
    {"exam.begin_destruction", {"destruction begun", "파기 시작"}},
    {"exam.cancel_destruction", {"destruction called off", "파기 취소"}},
    {"exam.destroy", {"personal data destroyed", "개인정보 파기"}},
    {"exam.export", {"exam taken as files", "시험 내보내기"}},
    {"exam.import", {"exam imported", "시험 가져오기"}},
    {"exam.order_destruction", {"destruction ordered", "파기 요청"}},
    {"keys.rotate", {"keys changed", "암호키 교체"}},
    {"papers.make", {"papers made", "문서 만들기"}},
    {"plan.checked", {"plan taken back", "배정안 회수"}},
    {"plan.confirmed", {"plan confirmed", "배정안 승인"}},
    {"plan.import", {"plan imported", "배정안 가져오기"}},
    {"plan.live", {"plan put live", "배정안 확정"}},
    {"plan.live_in_emergency", {"plan put live in an emergency", "배정안 긴급 확정"}},
    {"plan.lost_steps", {"changes that would be lost shown", "없어질 변경 열람"}},
    {"plan.move", {"person moved", "좌석 변경"}},
    {"plan.proposed", {"plan proposed", "배정안 상신"}},
    {"plan.rule", {"rule of confirmation changed", "승인 규칙 변경"}},
    {"portal_text.save", {"portal page written", "안내 페이지 게시"}},
    {"recruitment.save", {"recruitment saved", "공고 저장"}},
    {"results.import", {"results imported", "성적 가져오기"}},
    {"roster.csv", {"roster taken (CSV)", "응시자 명부 내려받기(CSV)"}},
    {"roster.pdf", {"roster taken (PDF)", "응시자 명부 내려받기(PDF)"}},
    {"roster.xlsx", {"roster taken (XLSX)", "응시자 명부 내려받기(XLSX)"}},
    {"session.end", {"session ended", "로그아웃 처리"}},
    {"session.end_others", {"other sessions ended", "다른 기기 로그아웃 처리"}}};

}  // namespace

Text name_of_action(std::string_view action) {
  const auto* found = std::find_if(std::begin(action_words), std::end(action_words),
                                   [&](const ActionWords& known) { return known.action == action; });
  if (found != std::end(action_words)) return found->name;
  return {std::string(action), std::string(action)};
}

}  // namespace hanjari::web

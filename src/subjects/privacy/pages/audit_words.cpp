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
    {"account.ask_reset", {"reset of a second factor asked for", "2단계 인증 초기화 요청"}},
    {"account.forget_second_factor", {"second factor forgotten", "2단계 인증 초기화"}},
    {"account.invite", {"invitation sent", "계정 초대 발송"}},
    {"account.rights", {"role changed", "역할 변경"}},
    {"account.add_security_key", {"security key added", "보안 키 등록"}},
    {"account.remove_security_key", {"security key removed", "보안 키 삭제"}},
    {"account.second_factor", {"second factor changed", "2단계 인증 변경"}},
    {"application.correct", {"application corrected", "원서 정정"}},
    {"application.file", {"file of an application opened", "원서 첨부 파일 열람"}},
    {"application.question", {"question about an accommodation", "편의지원 보완 요청"}},
    {"application.read", {"application opened", "원서 열람"}},
    {"application.search", {"application found by its number", "접수번호로 원서 검색"}},
    {"seat.search", {"seat found by number", "응시번호로 좌석 검색"}},
    {"applications.refunds", {"refunds listed", "환불 목록 열람"}},
    {"applications.table", {"table of applications shown", "원서 목록 열람"}},
    {"applications.waiting", {"waiting accommodations listed", "편의지원 대기 목록 열람"}},
    {"audit.export", {"audit trail taken as a file", "감사 기록 내려받기"}},
    {"audit.read", {"audit trail read", "감사 기록 열람"}},
    {"briefing_check.done", {"line of a check list ticked", "점검 항목 확인"}},
    {"briefing_check.undone", {"tick of a check list taken back", "점검 항목 확인 취소"}},
    {"briefing_notes.read", {"words to venues shown", "시험장 안내 열람"}},
    {"briefing_notes.save", {"words to venues saved", "시험장 안내 저장"}},
    {"decision.make", {"decision on results made", "합격자 결정"}},
    {"duties.edit", {"duties changed by hand", "감독관 배치 직접 변경"}},
    {"duties.file", {"duties taken as a file", "감독관 배치표 내려받기"}},
    {"duties.make", {"invigilators placed", "감독관 배치"}},
    {"duties.pay", {"pay list taken", "수당 지급 명단 내려받기"}},
    {"duties.read", {"duties read", "감독관 배치 열람"}},
    {"duties.rooms", {"rooms of invigilators taken", "시험실 배치표 내려받기"}},
    {"duties.rules", {"rules of staffing changed", "감독관 배치 기준 변경"}},
    {"duties.settings", {"settings of invigilators changed", "감독관 설정 변경"}},
    {"duties.swap", {"exchange of duties noted", "교대 요청 기록"}},
    {"exam.begin_destruction", {"destruction begun", "파기 시작"}},
    {"exam.cancel_destruction", {"destruction called off", "파기 취소"}},
    {"exam.destroy", {"personal data destroyed", "개인정보 파기"}},
    {"exam.export", {"exam taken as files", "시험 내보내기"}},
    {"exam.import", {"exam imported", "시험 가져오기"}},
    {"exam.order_destruction", {"destruction ordered", "파기 요청"}},
    {"job.add", {"job ordered", "작업 요청"}},
    {"job.cancel", {"job cancelled", "작업 취소"}},
    {"job.done", {"job done", "작업 완료"}},
    {"job.failed", {"job failed", "작업 실패"}},
    {"job.take_file", {"file of a job taken", "작업이 남긴 파일 받기"}},
    {"invigilators.attended", {"attendance at the briefing noted", "설명회 참석 기록"}},
    {"invigilators.call", {"substitute called", "대체 감독 요청"}},
    {"invigilators.consent", {"consent to invigilate", "감독 동의"}},
    {"invigilators.decline", {"invigilation declined", "감독 사양"}},
    {"invigilators.decline_call", {"call as a substitute declined", "대체 감독 요청 사양"}},
    {"invigilators.import", {"list of invigilators imported", "감독관 명단 가져오기"}},
    {"invigilators.invite", {"invigilators asked", "감독 동의 요청"}},
    {"invigilators.read", {"list of invigilators read", "감독관 명단 열람"}},
    {"invigilators.receipt", {"instructions confirmed as read", "안내문 확인"}},
    {"invigilators.save", {"invigilator added or changed", "감독관 추가·변경"}},
    {"invigilators.take_call", {"call as a substitute accepted", "대체 감독 요청 수락"}},
    {"invigilators.take_back", {"invitations to invigilate taken back", "감독 동의 요청 철회"}},
    {"invigilators.take_back_call", {"call for a substitute taken back", "대체 감독 요청 철회"}},
    {"invigilators.tell", {"invigilators told of places and deadlines", "감독관 배치·기한 안내 발송"}},
    {"invigilators.withdraw", {"invigilator withdrawn", "감독 철회"}},
    {"keys.rotate", {"keys changed", "암호키 교체"}},
    {"material_ledger.corrected", {"count of materials corrected", "수불 수량 정정"}},
    {"material_ledger.counted", {"materials counted", "문답지 보관 수량 확인"}},
    {"material_ledger.given", {"materials handed over", "문답지 인계"}},
    {"material_ledger.received", {"materials received", "문답지 인수"}},
    {"material_settings.save", {"spares of materials set", "예비 수량 설정"}},
    {"material_signer.issue", {"signing code issued", "서명 코드 발급"}},
    {"material_signers.read", {"people who sign by a code shown", "코드 서명자 열람"}},
    {"own_papers.zip", {"papers of own venues taken", "담당 시험장 문서 내려받기"}},
    {"papers.make", {"papers made", "문서 만들기"}},
    {"plan.checked", {"plan taken back", "배정안 회수"}},
    {"plan.confirmed", {"plan confirmed", "배정안 승인"}},
    {"plan.edit", {"plan edited by hand", "배정안 직접 편집"}},
    {"plan.import", {"plan imported", "배정안 가져오기"}},
    {"plan.live", {"plan put live", "배정안 확정"}},
    {"plan.live_in_emergency", {"plan put live in an emergency", "배정안 긴급 확정"}},
    {"plan.lost_steps", {"changes that would be lost shown", "없어질 변경 열람"}},
    {"plan.move", {"person moved", "좌석 변경"}},
    {"plan.open_edits", {"hand edits opened", "직접 편집 내역 열람"}},
    {"plan.open_far_people", {"people beyond the detour limit opened", "우회 한도 초과자 열람"}},
    {"plan.open_room", {"room of a plan opened", "배정안의 시험실 열람"}},
    {"plan.proposed", {"plan proposed", "배정안 상신"}},
    {"plan.redo_edit", {"hand edit done again", "직접 편집 다시 실행"}},
    {"plan.rule", {"rule of confirmation changed", "승인 규칙 변경"}},
    {"portal_text.save", {"portal page written", "안내 페이지 게시"}},
    {"plan.undo_edit", {"hand edit undone", "직접 편집 실행 취소"}},
    {"plan.withdrawal_proposed", {"withdrawal of seats proposed", "좌석 공개 철회 상신"}},
    {"plan.withdrawal_taken_back", {"withdrawal of seats taken back", "좌석 공개 철회 회수"}},
    {"plan.withdrawn", {"seats withdrawn", "좌석 공개 철회"}},
    {"plan.withdrawn_in_emergency", {"seats withdrawn in an emergency", "좌석 공개 긴급 철회"}},
    {"recruitment.change_confirmed", {"change of an announced notice confirmed", "공고 변경 승인"}},
    {"recruitment.change_proposed", {"change of an announced notice proposed", "공고 변경 상신"}},
    {"recruitment.change_refused", {"change of an announced notice turned down", "공고 변경 반려"}},
    {"recruitment.change_taken_back", {"change of an announced notice taken back", "공고 변경 회수"}},
    {"recruitment.confirm", {"notice confirmed", "공고 승인"}},
    {"recruitment.copy", {"notice copied", "공고 복사"}},
    {"recruitment.propose", {"notice proposed", "공고 상신"}},
    {"recruitment.rule", {"rule of the notice changed", "공고 규칙 변경"}},
    {"recruitment.save", {"recruitment saved", "공고 저장"}},
    {"recruitment.save_in_emergency", {"announced notice saved in an emergency", "게시된 공고 긴급 저장"}},
    {"results.import", {"results imported", "성적 가져오기"}},
    {"roster.csv", {"roster taken (CSV)", "응시자 명부 내려받기(CSV)"}},
    {"roster.pdf", {"roster taken (PDF)", "응시자 명부 내려받기(PDF)"}},
    {"roster.xlsx", {"roster taken (XLSX)", "응시자 명부 내려받기(XLSX)"}},
    {"session.end", {"session ended", "로그아웃 처리"}},
    {"session.end_others", {"other sessions ended", "다른 기기 로그아웃 처리"}},
    {"setup.declare", {"relative declared", "친족 신고 기록"}},
    {"setup.save", {"set-up of an exam saved", "시험 준비 항목 저장"}},
    {"fairness.publish", {"fairness report published", "형평성 보고서 공표"}},
    {"final.file", {"file of a final decision taken", "최종 결정 파일 내려받기"}},
    {"final.make", {"final decision made", "최종 결정"}},
    {"interview.enter", {"grades of interviews entered", "면접 등급 입력"}},
    {"interview.read", {"grades of interviews read", "면접 등급 열람"}},
    {"interview.settle", {"difference of interview grades settled", "면접 등급 차이 확정"}},
    {"interview.take", {"settled interview grades taken", "확정된 면접 등급 내려받기"}},
    {"special_case.ask_to_lift", {"lifting of a special case asked for", "특별 결정 해제 요청"}},
    {"special_case.confirm", {"special case confirmed", "특별 결정 확인"}},
    {"special_case.enter", {"special case entered", "특별 결정 입력"}},
    {"special_case.read", {"special cases read", "특별 결정 열람"}},
    {"special_case.take_back", {"special case taken back", "특별 결정 철회"}},
    {"venue_contacts.read", {"contact of a school shown", "학교 담당자 열람"}},
    {"venue_file.add", {"file of a venue sent", "시험장 파일 올리기"}},
    {"venue_file.read", {"file of a venue taken", "시험장 파일 받기"}},
    {"venue_file.remove", {"file of a venue removed", "시험장 파일 삭제"}},
    {"venue_instruction.publish", {"instruction published", "지침 게시"}},
    {"venue_instruction.read", {"instruction confirmed as read", "지침 확인"}},
    {"venue_letter.write", {"letter written", "글 보내기"}},
    {"venue_offer.accepted", {"venue accepted", "시험장 수락"}},
    {"venue_offer.asked_back", {"venue to be revised", "시험장 보완 요청"}},
    {"venue_offer.confirmed", {"venue confirmed by the school", "시험장 학교 확인"}},
    {"venue_offer.draft", {"venue filled in", "시험장 내용 저장"}},
    {"venue_offer.proposed", {"venue proposed", "시험장 제출"}},
    {"venue_offer.withdrawn", {"venue withdrawn", "시험장 철회"}},
    {"venue_request.save", {"venues asked for", "시험장 요청"}}};

}  // namespace

Text name_of_action(std::string_view action) {
  const auto* found = std::find_if(std::begin(action_words), std::end(action_words),
                                   [&](const ActionWords& known) { return known.action == action; });
  if (found != std::end(action_words)) return found->name;
  return {std::string(action), std::string(action)};
}

std::string code_of_action(const std::string& typed) {
  const auto* found = std::find_if(std::begin(action_words), std::end(action_words), [&](const ActionWords& known) {
    return known.name.ko == typed || known.name.en == typed;
  });
  return found != std::end(action_words) ? std::string(found->action) : typed;
}

}  // namespace hanjari::web

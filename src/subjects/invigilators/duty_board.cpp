// What an exam sets for its invigilators.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_people.h"

namespace hanjari::services {
namespace {

constexpr std::int64_t most_invitation_days = 90;
constexpr std::int64_t most_pay = 100'000'000;
constexpr std::size_t longest_instructions = 20'000;
constexpr std::size_t most_chiefs = 5'000;

[[noreturn]] void refuse_board(Text message) {
  throw InvalidInput("bad_duty_board", std::move(message));
}

void check_board(const DutyBoard& board) {
  if (board.invitation_days < 1 || board.invitation_days > most_invitation_days)
    refuse_board({"An invitation is good for 1 to 90 days.", "응답 기한은 1~90일입니다."});
  for (const auto& [role, won] : board.pay) {
    if (won < 0 || won > most_pay)
      refuse_board({"The pay of a role is 0 to 100,000,000 won.", "수당은 0~100,000,000원입니다."});
  }
  if (board.instructions.size() > longest_instructions)
    refuse_board({"The instructions have at most 20,000 bytes.", "안내문은 20,000바이트까지 쓸 수 있습니다."});
  if (board.chiefs.size() > most_chiefs)
    refuse_board({"At most 5,000 venue chiefs can be named.", "시험장 책임관은 5,000명까지 지정할 수 있습니다."});
}

}  // namespace

DutyBoard set_board(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code, DutyBoard board,
                    const Change& change) {
  require_not_destroyed(exams, code);
  const auto head = exams.find_head(code);
  if (!head) throw NotFound("exam_not_found", {"There is no such exam.", "그런 시험이 없습니다."});
  board.briefing_place = clean_line(board.briefing_place);
  board.instructions = clean_lines(board.instructions);
  check_board(board);
  if (board.rooms_open_at && local_time(*board.rooms_open_at, head->time_zone).day != head->exam_on) {
    throw InvalidInput("rooms_on_another_day", {"Rooms are opened at a minute of the day of the exam, not before.",
                                                "시험실은 시험 당일의 시각에만 공개할 수 있습니다."});
  }
  const DutyBoard now = invigilators.find_board(code);
  board.instruction_no = now.instruction_no + (board.instructions == now.instructions ? 0 : 1);
  if (now.version != board.version) {
    throw Conflict("duty_board_changed", {"Somebody else changed these settings meanwhile. Look again.",
                                          "그사이 다른 사람이 설정을 바꾸었습니다. 다시 확인하십시오."});
  }
  ++board.version;
  invigilators.save_board(code, board, change);
  return board;
}

}  // namespace hanjari::services

// hanjari draw: seats the people of every room by a public value that nobody knew when the list was frozen.
#include <stdexcept>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/proof/draw.h"
#include "hanjari/verification/verify.h"
#include "seats/commands/commands.h"

namespace hanjari::cli {
namespace {

proof::Commitment load_commitment(const std::string& file) {
  const auto commitment = proof::read_commitment(read_file(file));
  if (commitment) return *commitment;
  throw InvalidInput("bad_commitment",
                     {fmt::format("{} is no commitment: it has three lines (the list's SHA-256, source, moment) and a "
                                  "signature, as draw-commit writes it",
                                  file),
                      in_korean("{}[은/는] 약속 문서가 아닙니다. draw-commit이 쓰는 대로 세 줄(명단의 SHA-256, 출처, "
                                  "시점)과 서명이 있어야 합니다",
                                  file)});
}

// Whoever replays the draw types the value as it was announced: nothing that cannot be seen decides who sits where.
std::string announced_value(const Arguments& arguments) {
  const std::string value = arguments.text("value");
  const std::string composed = normalize_nfc(value);
  const std::string seen = clean_line(value);
  if (!seen.empty() && composed.starts_with(seen.front()) && composed.ends_with(seen.back()) &&
      value.find_first_of("\r\n\t") == std::string::npos)
    return value;
  throw WrongUsage{{"--value needs one line of text without blanks around it", "--value에는 앞뒤 공백 없이 한 줄로 적어 주십시오"}};
}

package::PlanFiles public_files(const proof::DrawFiles& files) {
  return {{"draw/draw.json", files.draw_json},
          {"draw/rooms.csv", files.rooms_csv},
          {"draw/list.csv", files.list_csv},
          {"draw/seats.csv", files.seats_csv},
          {"draw/draws.csv", files.draws_csv}};
}

Exit run_draw(const Arguments& arguments, const Terminal& terminal) {
  const std::string out = output_folder(arguments, "out");
  const std::string value = announced_value(arguments);
  const proof::Commitment commitment = load_commitment(arguments.text("commitment"));
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const PlanRows rows =
      load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam, Unknown::refused_later, terminal);
  const Plan plan = package::resolve_plan(exam, rows);
  say_if_incomplete(exam, plan, terminal);
  const proof::Drawn drawn = proof::draw_seats(exam, plan, commitment, value);
  const auto verdict = verification::verify_plan(exam, package::rows_of_plan(exam, drawn.plan));
  if (!verdict.clean() && verification::verify_plan(exam, rows).clean()) {
    throw std::logic_error("a draw of a lawful plan is not lawful: " + verdict.violations.front().message.en);
  }
  package::save_plan(exam, drawn.plan, out, system_clock(), public_files(drawn.files),
                     existing_of(arguments));
  terminal.say({fmt::format("drawn; publish the folder {}/draw with the commitment: anybody who has the office's public key "
                            "replays it with the command verify-draw",
                            out),
                fmt::format("추첨했습니다. {}/draw 폴더를 약속 문서와 함께 공개하면 기관의 공개키를 가진 누구나 verify-draw "
                            "명령으로 확인할 수 있습니다",
                            out)});
  return Exit::done;
}

}  // namespace

Command draw_command() {
  return {"draw",
          {"draws who sits where inside every room, by a public value", "공개된 값으로 시험실 안의 좌석을 추첨합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"commitment", "FILE", {"what draw-commit signed before", "미리 서명해 둔 약속 문서"}},
           {"value", "TEXT", {"the source's characters, exactly", "공개 출처의 값, 글자 그대로"}},
           {"out", "NEW", {"folder to write the new plan to", "새 배정안을 저장할 폴더"}},
           replace_option(),
           encoding_option()},
          run_draw};
}

}  // namespace hanjari::cli

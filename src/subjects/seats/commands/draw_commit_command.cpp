// hanjari draw-commit: signs, before anybody can know the value, which list of people will be drawn by which public source. Prints
// the public key that the signature is checked with.
#include <filesystem>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/proof/draw.h"
#include "program/opening/receipt_key.h"
#include "program/opening/database_options.h"
#include "seats/commands/commands.h"

namespace hanjari::cli {
namespace {

std::string line_of_text(const Arguments& arguments, const std::string& option) {
  const std::string text = normalize_nfc(arguments.text(option));
  if (is_blank_text(text) || text.size() > 600 ||
      text.find_first_of("\r\n\t") != std::string::npos) {
    throw WrongUsage{{fmt::format("--{} needs one line of text", option), fmt::format("--{}에 한 줄로 적어 주십시오", option)}};
  }
  return text;
}

void require_free(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return;
  throw Conflict("file_in_use", {fmt::format("{} is there already: a commitment is never written over; name another file",
                                             file.string()),
                                 in_korean("{}[이/가] 이미 있습니다. 약속 문서는 덮어쓰지 않으니 다른 이름을 정하십시오", file.string())});
}

Exit run_draw_commit(const Arguments& arguments, const Terminal& terminal) {
  const std::filesystem::path out = arguments.text("out");
  const std::string source = line_of_text(arguments, "source");
  const std::string moment = line_of_text(arguments, "moment");
  require_free(out);
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const Plan plan =
      package::resolve_plan(exam, load_plan_argument(arguments.positionals[1], read_encoding(arguments), exam,
                                                     Unknown::refused_later, terminal));
  // What is signed here cannot be taken back.
  if (say_if_incomplete(exam, plan, terminal) && !arguments.has("incomplete")) {
    terminal.say({"nothing was signed; add --incomplete to draw among those who have a seat",
                  "서명하지 않았습니다. 좌석이 있는 응시자만 추첨하려면 --incomplete를 더하십시오"});
    return Exit::findings;
  }
  const auto signer =
      services::ReceiptSigner::load(receipt_key_file(database_settings(arguments, configuration_of(arguments))));
  const proof::Commitment commitment{sha256(proof::render_draw_list(exam, plan)).hex(), source, moment};
  write_file(out, proof::sign_commitment(commitment, exam.header.code.text(), *proof::parse_lower_hex(signer.public_key()),
                                         [&](std::string_view text) { return *proof::parse_lower_hex(signer.sign_text(text)); }));
  terminal.say({fmt::format("signed: list {}; publish {} before the value is known", commitment.list_sha256, out.string()),
                in_korean("서명했습니다: 명단 {}. 값이 정해지기 전에 {}[을/를] 공표하십시오", commitment.list_sha256, out.string())});
  terminal.print(signer.public_key() + "\n");
  return Exit::done;
}

}  // namespace

Command draw_commit_command() {
  return {"draw-commit",
          {"signs which list will be drawn by which public source", "어떤 명단을 어떤 공개 출처로 추첨할지 미리 서명합니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}, {"PLAN", {"folder of the plan", "배정안 폴더"}}},
          {{"source", "TEXT", {"a sentence that names the public source of the value", "값을 정할 공개 출처를 밝히는 한 문장"}},
           {"moment", "TEXT", {"the round or time named beforehand", "미리 정한 회차나 시각"}},
           {"out", "FILE", {"file to write the commitment to", "약속 문서를 저장할 파일"}},
           {"incomplete", "", {"sign although people have no seat", "좌석이 없는 응시자가 있어도 서명합니다"}},
           encoding_option(),
           data_option(),
           config_option()},
          run_draw_commit};
}

}  // namespace hanjari::cli

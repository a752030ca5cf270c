// hanjari verify-certificate: whether the office signed somebody's certificate of result, or one that an exam's personal data was
// destroyed, without the system that made it.
#include <optional>

#include <fmt/format.h>

#include "cli/public_key.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/proof/destruction.h"
#include "results/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit say_bad_signature(const std::string& file, const Terminal& terminal) {
  terminal.print(fmt::format("bad_signature {}: {}\n", file,
                             Text{"this key did not sign these words; do not rely on them", "이 키로 서명된 내용이 아닙니다. 믿지 마십시오"}
                                 .in(terminal.language)));
  return Exit::findings;
}

Exit say_destruction(const proof::JudgedDestruction& judged, const std::string& file, const Terminal& terminal) {
  if (!judged.is_genuine) return say_bad_signature(file, terminal);
  terminal.print(proof::render_destruction(judged.certificate));
  terminal.say({"the signature holds: this office says that the personal data of the exam was destroyed",
                "서명이 맞습니다. 이 기관이 시험의 개인정보를 파기하였음을 확인합니다"});
  return Exit::done;
}

Exit run_verify_certificate(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = read_public_key(arguments);
  const std::string& file = arguments.positionals[0];
  const auto note = proof::find_note(read_file(file));
  if (note) {
    if (const auto destruction = proof::judge_destruction(*note, key)) return say_destruction(*destruction, file, terminal);
  }
  std::optional<proof::JudgedCertificate> judged;
  if (note) judged = proof::judge_certificate(*note, key);
  if (!judged) {
    throw InvalidInput("not_a_certificate",
                       {file + " is no certificate. Give the PDF as it was downloaded, or the signed text.",
                        file + ": 확인서가 아닙니다. 내려받은 PDF나 서명된 글을 그대로 넣으십시오."});
  }
  if (!judged->is_genuine) return say_bad_signature(file, terminal);
  terminal.print(proof::render_certificate(judged->certificate));
  terminal.say({fmt::format("the signature holds. Whether version {} was corrected since is on the office's page of the exam",
                            judged->certificate.version),
                fmt::format("서명이 맞습니다. 제{}판이 그 뒤에 정정되었는지는 기관의 시험 화면에서 확인하십시오",
                            judged->certificate.version)});
  return Exit::done;
}

}  // namespace

Command verify_certificate_command() {
  return {"verify-certificate",
          {"checks a certificate of result, or of destruction, without the system", "결과 확인서나 파기 확인서를 시스템 없이 확인합니다"},
          {{"FILE", {"the PDF or its signed text", "PDF 또는 서명된 글"}}},
          {public_key_option()},
          run_verify_certificate};
}

}  // namespace hanjari::cli

// hanjari verify-certificate: whether the office signed somebody's certificate of result, without the system that made it.
#include <optional>

#include <fmt/format.h>

#include "cli/public_key.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/proof/certificate.h"
#include "results/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_verify_certificate(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = read_public_key(arguments);
  const std::string& file = arguments.positionals[0];
  const auto note = proof::find_note(read_file(file));
  std::optional<proof::JudgedCertificate> judged;
  if (note) judged = proof::judge_certificate(*note, key);
  if (!judged) {
    throw InvalidInput("not_a_certificate",
                       {file + " is no certificate of result. Give the PDF as it was downloaded, or the signed text.",
                        file + ": 결과 확인서가 아닙니다. 내려받은 PDF나 서명된 글을 그대로 넣으십시오."});
  }
  if (!judged->is_genuine) {
    terminal.print(fmt::format("bad_signature {}: {}\n", file,
                               Text{"this key did not sign these words; do not rely on them",
                                    "이 키로 서명된 내용이 아닙니다. 믿지 마십시오"}
                                   .in(terminal.language)));
    return Exit::findings;
  }
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
          {"checks a certificate of result without the system", "결과 확인서를 시스템 없이 확인합니다"},
          {{"FILE", {"the PDF or its signed text", "PDF 또는 서명된 글"}}},
          {public_key_option()},
          run_verify_certificate};
}

}  // namespace hanjari::cli

// hanjari verify-receipt: whether a receipt is ours and unchanged.
#include <fmt/format.h>

#include "hanjari/base/file.h"
#include "hanjari/base/local_time.h"
#include "intake/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/receipt_key.h"

namespace hanjari::cli {
namespace {

Exit run_verify_receipt(const Arguments& arguments, const Terminal& terminal) {
  const std::string receipt = read_file(arguments.positionals[0]);
  std::string key;
  if (const auto given = arguments.find("key")) {
    key = *given;
  } else {
    const auto settings = database_settings(arguments, configuration_of(arguments));
    const auto file = receipt_key_file(settings);
    if (!std::filesystem::exists(file)) {
      throw WrongUsage{{"--key is missing: the public key, 64 hexadecimal digits, from /api/v1/receipt-key",
                        "--key가 필요합니다: /api/v1/receipt-key의 공개키(16진수 64자리)"}};
    }
    key = services::ReceiptSigner::load(file).public_key();
  }
  const auto facts = services::verify_receipt(receipt, key);
  if (!facts) {
    terminal.say({"NOT a receipt of this office: the signature does not fit text and key",
                  "이 기관의 접수증이 아닙니다. 서명이 내용이나 키와 맞지 않습니다"});
    return Exit::findings;
  }
  // To the second, as disputes about closing times need it; a receipt does not name the exam's zone.
  const std::string received = format_local(facts->received_at, machine_time_zone());
  terminal.say(
      {fmt::format("genuine: application {} (version {}) to unit {} of {}, received {}", facts->application.text(),
                   facts->version, facts->unit.text(), facts->exam.text(), received),
       fmt::format("진본입니다: {} {} 모집단위 원서 {}(버전 {}), 접수 시각 {}", facts->exam.text(), facts->unit.text(),
                   facts->application.text(), facts->version, received)});
  if (!facts->corrected_by.empty()) {
    terminal.say({"this version was corrected by the exam office", "시험 담당 부서에서 정정한 버전입니다"});
  }
  return Exit::done;
}

}  // namespace

Command verify_receipt_command() {
  return {"verify-receipt",
          {"checks the signature of an application receipt", "접수증의 서명을 확인합니다"},
          {{"FILE", {"the receipt", "접수증 파일"}}},
          {{"key",
            "PUBLIC",
            {"public key, 64 hexadecimal digits (the data folder's)", "공개키, 16진수 64자리(데이터 폴더의 키)"}},
           data_option(),
           config_option()},
          run_verify_receipt};
}

}  // namespace hanjari::cli

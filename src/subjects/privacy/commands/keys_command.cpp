// hanjari keys rotate: new keys for all personal data, while everything runs.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "hanjari/rekeying/keys.h"
#include "program/opening/database_options.h"
#include "program/operator_commands.h"

namespace hanjari::cli {
namespace {

Exit run_keys_rotate(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const services::Change change{author_of(arguments), arguments.find("reason").value_or(""), system_clock().now(),
                                "program"};
  const auto report = storage::rotate_keys(settings, change, system_clock(), terminal.progress);
  if (arguments.has("json")) {
    terminal.print(nlohmann::ordered_json{{"records", report.records},
                                          {"seconds", report.seconds},
                                          {"resumed", report.resumed},
                                          {"master_number", report.master_number}}
                       .dump(1) +
                   "\n");
  }
  const std::string records = group_digits(report.records);
  terminal.say({fmt::format("{} records sealed anew in {:.1f} s; master key {}{}", records, report.seconds,
                            report.master_number, report.resumed ? ", gone on with an earlier run" : ""),
                fmt::format("기록 {}건을 {:.1f}초 동안 다시 암호화했습니다. 마스터 키 {}번{}", records, report.seconds,
                            report.master_number, report.resumed ? ", 중단된 작업을 이어서 마침" : "")});
  terminal.say({"replace every copy of the key file by the new one, and make a new backup",
                "키 파일의 사본을 모두 새 파일로 바꾸고 새로 백업하십시오"});
  return Exit::done;
}

}  // namespace

Command keys_rotate_command() {
  return {"keys rotate",
          {"seals all personal data with new keys, while everything runs; may be killed and run again",
           "운영 중에 모든 개인정보를 새 키로 다시 암호화합니다. 중단되어도 다시 실행하면 이어집니다"},
          {},
          {{"reason", "TEXT", {"for the record", "기록에 남길 사유"}},
           {"json", "", {"for machines", "기계가 읽을 형식"}},
           data_option(),
           config_option(),
           author_option()},
          run_keys_rotate};
}

}  // namespace hanjari::cli

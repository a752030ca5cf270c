// hanjari keys rotate, keys rotate-office: new keys for all personal data, and another one for what only the office reads, while
// everything runs.
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/rekeying/keys.h"
#include "privacy/commands/commands.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

Exit run_keys_rotate(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const services::Change change = change_of_operator(arguments);
  const auto master = arguments.has("placed") ? storage::NewMaster::placed : storage::NewMaster::drawn;
  const auto report = storage::rotate_keys(settings, change, system_clock(), terminal.progress, master);
  if (arguments.has("json")) {
    auto values = nlohmann::ordered_json::array();
    for (const storage::UnopenedValue& value : report.unopened_values)
      values.push_back({{"table", value.table}, {"column", value.column}, {"exam", value.exam}, {"row", value.row}});
    terminal.print(nlohmann::ordered_json{{"records", report.records},
                                          {"unopened", report.unopened},
                                          {"unopened_values", values},
                                          {"seconds", report.seconds},
                                          {"resumed", report.resumed},
                                          {"master_number", report.master_number},
                                          {"places_with_old_key", report.places_with_old_key}}
                       .dump(1) +
                   "\n");
  }
  const std::string records = group_digits(report.records);
  terminal.say({fmt::format("{} sealed anew in {:.1f} s; master key {}{}", count_of(report.records, "record", "records"), report.seconds,
                            report.master_number, report.resumed ? ", gone on with an earlier run" : ""),
                fmt::format("기록 {}건을 {:.1f}초 동안 다시 암호화했습니다. 마스터 키 {}번{}", records, report.seconds,
                            report.master_number, report.resumed ? ", 중단된 작업을 이어서 마침" : "")});
  if (report.unopened > 0) {
    const std::string values = group_digits(report.unopened);
    terminal.say({fmt::format("{} with no key; {} as before", count_of(report.unopened, "value opens", "values open"),
                              report.unopened == 1 ? "it and its key stay" : "they and their keys stay"),
                  fmt::format("값 {}개는 어떤 키로도 열리지 않아 키와 함께 그대로 두었습니다", values)});
    for (const storage::UnopenedValue& value : report.unopened_values) {
      const std::string of = value.exam.empty() ? std::string() : " (" + value.exam + ")";
      terminal.say({fmt::format("  {}.{}{}: {}", value.table, value.column, of, value.row),
                    fmt::format("  {}.{}{}: {}", value.table, value.column, of, value.row)});
    }
    if (report.unopened > static_cast<std::int64_t>(report.unopened_values.size())) {
      const auto rest = report.unopened - static_cast<std::int64_t>(report.unopened_values.size());
      terminal.say({fmt::format("  and {} more", group_digits(rest)), fmt::format("  그 밖에 {}개", group_digits(rest))});
    }
  }
  for (const std::string& place : report.places_with_old_key) {
    terminal.say({fmt::format("{}: still holds the earlier master key; take its line out there", place),
                  fmt::format("{}: 이전 마스터 키가 남아 있습니다. 그곳에서 해당 줄을 지우십시오", place)});
  }
  terminal.say({"replace every copy of the key file by the new one, and make a new backup",
                "키 파일의 사본을 모두 새 파일로 바꾸고 새로 백업하십시오"});
  return Exit::done;
}

Exit run_keys_rotate_office(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  if (arguments.has("prepare")) {
    const int number = storage::prepare_office_key_change(settings, terminal.progress);
    if (arguments.has("json")) terminal.print(nlohmann::ordered_json{{"number", number}}.dump(1) + "\n");
    terminal.say({fmt::format("the key file of the office holds key {}; copy the file to every other machine that serves the office, then "
                              "run this again without --prepare",
                              number),
                  fmt::format("업무 키 파일에 {}번 키를 넣었습니다. 업무 화면을 제공하는 다른 컴퓨터에 모두 복사한 뒤 --prepare 없이 다시 "
                              "실행하십시오",
                              number)});
    return Exit::done;
  }
  const auto report = storage::rotate_office_key(settings, change_of_operator(arguments), system_clock(), terminal.progress);
  if (arguments.has("json")) {
    terminal.print(nlohmann::ordered_json{{"values", report.values},
                                          {"unopened", report.unopened},
                                          {"seconds", report.seconds},
                                          {"resumed", report.resumed},
                                          {"number", report.number}}
                       .dump(1) +
                   "\n");
  }
  terminal.say({fmt::format("{} closed anew in {:.1f} s; key {} of the office{}", count_of(report.values, "value", "values"), report.seconds,
                            report.number, report.resumed ? ", gone on with an earlier run" : ""),
                fmt::format("값 {}개를 {:.1f}초 동안 다시 암호화했습니다. 업무 키 {}번{}", group_digits(report.values), report.seconds,
                            report.number, report.resumed ? ", 중단된 작업을 이어서 마침" : "")});
  if (report.unopened > 0) {
    terminal.say({fmt::format("{} with no key of this machine", count_of(report.unopened, "value opens", "values open")),
                  fmt::format("값 {}개는 이 컴퓨터의 어떤 키로도 열리지 않습니다", group_digits(report.unopened))});
  }
  terminal.say({"replace every copy of the key file of the office by the new one, and make a new backup; the earlier key opens older "
                "backups only, and its line may go with them",
                "업무 키 파일의 사본을 모두 새 파일로 바꾸고 새로 백업하십시오. 이전 키는 예전 백업을 여는 데만 쓰이므로 그 백업을 없앨 때 "
                "해당 줄도 지우면 됩니다"});
  return Exit::done;
}

// The options of both commands, with those of one of them.
std::vector<Option> key_change_options(Option own) {
  return {{"reason", "TEXT", {"for the record", "기록에 남길 사유"}},
          std::move(own),
          {"json", "", {"for machines", "기계가 읽을 형식"}},
          data_option(),
          config_option(),
          author_option()};
}

}  // namespace

Command keys_rotate_office_command() {
  return {"keys rotate-office",
          {"closes marks and decisions under another key of the office, while everything runs; may be killed and run again",
           "운영 중에 점수와 결정을 새 업무 키로 다시 암호화합니다. 중단되어도 다시 실행하면 이어집니다"},
          {},
          key_change_options({"prepare",
                              "",
                              {"only draws the next key into the key file, to be copied to the other machines of the office first",
                               "다음 키를 키 파일에 넣기만 합니다. 업무 화면을 제공하는 다른 컴퓨터에 먼저 복사할 때 씁니다"}}),
          run_keys_rotate_office};
}

Command keys_rotate_command() {
  return {"keys rotate",
          {"seals all personal data with new keys, while everything runs; may be killed and run again",
           "운영 중에 모든 개인정보를 새 키로 다시 암호화합니다. 중단되어도 다시 실행하면 이어집니다"},
          {},
          key_change_options({"placed",
                              "",
                              {"the new master key was placed by hand in every key file; it is not carried through the database",
                               "새 마스터 키를 모든 키 파일에 직접 넣은 경우. 데이터베이스로 전달하지 않습니다"}}),
          run_keys_rotate};
}

}  // namespace hanjari::cli

// hanjari db status and db upgrade: the schema of the database.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "cli/suggestion.h"
#include "hanjari/base/korean.h"
#include "program/opening/database_options.h"
#include "program/operator_commands.h"

namespace hanjari::cli {
namespace {

Exit run_status(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const storage::SchemaStatus status = storage::load_schema_status(settings, system_clock());
  if (arguments.has("json")) {
    nlohmann::ordered_json json{{"server", status.server}, {"current", status.current()}};
    json["migrations"] = nlohmann::ordered_json::array();
    for (const auto& step : status.migrations) {
      json["migrations"].push_back({{"number", step.number}, {"name", step.name}, {"applied", step.applied}});
    }
    terminal.print(json.dump(1) + "\n");
  } else {
    std::string lines = status.server + "\n";
    for (const auto& step : status.migrations) {
      const Text state = step.applied ? Text{"applied", "적용됨"} : Text{"missing", "없음"};
      lines += fmt::format("{:03} {}: {}\n", step.number, step.name, state.in(terminal.language));
    }
    terminal.print(lines);
  }
  if (!status.current()) {
    const std::string upgrade = suggest(arguments, {"db", "upgrade"});
    terminal.say({"the schema is old; run: " + upgrade, "스키마가 오래되었습니다. 실행할 명령: " + upgrade});
    return Exit::findings;
  }
  return Exit::done;
}

Exit run_upgrade(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const auto applied = storage::upgrade_schema(settings, system_clock(), terminal.progress);
  if (applied.empty()) {
    terminal.say({"the schema is up to date, nothing changed", "스키마가 최신이라 바뀐 것이 없습니다"});
  } else {
    terminal.say({fmt::format("schema steps {} to {} applied", applied.front(), applied.back()),
                  in_korean("스키마 단계 {}~{}[을/를] 적용했습니다", applied.front(), applied.back())});
  }
  return Exit::done;
}

}  // namespace

Command db_status_command() {
  return {"db status",
          {"tells the server and the schema's steps; exit 1 when some are missing",
           "서버와 스키마 단계를 알려 줍니다. 빠진 단계가 있으면 1로 끝납니다"},
          {},
          {{"json", "", {"for machines", "기계가 읽을 형식"}}, data_option(), config_option()},
          run_status};
}

Command db_upgrade_command() {
  return {"db upgrade",
          {"brings the schema up to date", "스키마를 최신으로 올립니다"},
          {},
          {data_option(), config_option()},
          run_upgrade};
}

}  // namespace hanjari::cli

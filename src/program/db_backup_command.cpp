// hanjari db backup and db restore: everything of the database in one file. The keys of personal data are not in it.
#include <fmt/format.h>

#include "cli/outputs.h"
#include "hanjari/base/korean.h"
#include "program/opening/database_options.h"
#include "program/operator_commands.h"

namespace hanjari::cli {
namespace {

Exit run_backup(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const std::string& file = arguments.positionals.front();
  require_free_file(file, existing_of(arguments));
  storage::back_up(settings, file, terminal.progress);
  terminal.say({fmt::format("{} written; the keys of personal data are not in it: keep them apart", file),
                fmt::format("{}에 백업했습니다. 개인정보 키는 들어 있지 않으므로 따로 보관하십시오", file)});
  return Exit::done;
}

Exit run_restore(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const std::string& file = arguments.positionals.front();
  storage::restore(settings, file, system_clock(), terminal.progress);
  terminal.say({fmt::format("{} restored", file), in_korean("{}[을/를] 복원했습니다", file)});
  return Exit::done;
}

}  // namespace

Command db_backup_command() {
  return {"db backup",
          {"writes everything of the database into one file, while others go on working",
           "운영 중에도 데이터베이스 전체를 파일 하나로 백업합니다"},
          {{"FILE", {"the file to write", "기록할 파일"}}},
          {replace_option(), data_option(), config_option()},
          run_backup};
}

Command db_restore_command() {
  return {"db restore",
          {"puts a backup into an empty database; its key file must be in place",
           "백업을 빈 데이터베이스에 복원합니다. 키 파일이 먼저 있어야 합니다"},
          {{"FILE", {"the file of db backup", "db backup이 기록한 파일"}}},
          {data_option(), config_option()},
          run_restore};
}

}  // namespace hanjari::cli

#include "program/opening/database_options.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"

namespace hanjari::cli {
namespace {

std::filesystem::path default_data_folder() {
  if (const char* base = std::getenv("XDG_DATA_HOME"); base != nullptr && *base == '/') {
    return std::filesystem::path(base) / "hanjari";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return std::filesystem::path(home) / ".local/share/hanjari";
  }
  throw WrongUsage{{"--data is missing (and HOME does not name a folder)",
                    "--data 옵션이 필요합니다(HOME이 폴더를 가리키지 않습니다)"}};
}

// Its first line.
std::string read_password(const std::filesystem::path& file) {
  struct stat rights {};
  if (::stat(file.c_str(), &rights) == 0 && (rights.st_mode & 077) != 0) {
    throw Unavailable(
        "password_file_open_to_others",
        {fmt::format("{}: others may read the password; run chmod 600 on it", file.string()),
         fmt::format("{}: 다른 사용자가 비밀번호를 읽을 수 있습니다. chmod 600을 실행하십시오", file.string())});
  }
  std::string text = read_file(file);
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

Option data_option() {
  return {"data", "DIR", {"data folder (~/.local/share/hanjari)", "데이터 폴더(~/.local/share/hanjari)"}};
}

Option config_option() {
  return {"config", "FILE", {"configuration file", "설정 파일"}};
}

Option author_option() {
  return {"author",
          "NAME",
          {"who makes the change, for the record (your account here)", "기록에 남길 변경자(이 컴퓨터의 계정)"}};
}

Configuration configuration_of(const Arguments& arguments) {
  const auto file = arguments.find("config");
  return file ? load_configuration(*file) : Configuration{};
}

storage::DatabaseSettings database_settings(const Arguments& arguments, const Configuration& configuration) {
  storage::DatabaseSettings settings;
  settings.author = author_of(arguments);
  settings.upgrade = suggest(arguments, {"db", "upgrade"});
  if (const auto folder = arguments.find("data")) {
    settings.data = *folder;
  } else if (const auto configured = configuration.find("data_folder")) {
    settings.data = *configured;
  } else {
    settings.data = default_data_folder();
  }
  settings.key_file = configuration.text("keys.file", "");
  settings.receipt_file = configuration.text("keys.receipt_file", "");
  settings.office_file = configuration.text("keys.office_file", "");
  if (!configuration.flag("office.serve", true)) settings.office_key = storage::OfficeKeyUse::none;
  settings.security_keys_alone = configuration.flag("security_keys.alone", false);
  if (const char* keys = std::getenv("HANJARI_KEYS"); keys != nullptr) settings.keys = keys;
  settings.connections = static_cast<std::size_t>(configuration.integer("database.connections", 16, 1, 1000));
  if (configuration.find("database.host") || configuration.find("database.socket")) {
    storage::ExternalServer server;
    server.host = configuration.text("database.host", "");
    server.port = static_cast<int>(configuration.integer("database.port", 3306, 1, 65535));
    server.socket = configuration.text("database.socket", "");
    server.user = configuration.text("database.user", "hanjari");
    server.schema = configuration.text("database.schema", "hanjari");
    server.tls_ca = configuration.text("database.tls_ca", "");
    if (const auto file = configuration.find("database.password_file")) server.password = read_password(*file);
    server.owner = configuration.text("database.owner", "");
    if (const auto file = configuration.find("database.owner_password_file"))
      server.owner_password = read_password(*file);
    settings.external = std::move(server);
  }
  return settings;
}

std::unique_ptr<storage::Database> open_database(const Arguments& arguments, const Terminal& terminal) {
  return std::make_unique<storage::Database>(database_settings(arguments, configuration_of(arguments)),
                                             storage::SchemaUpgrade::automatic, system_clock(), terminal.progress);
}

namespace {

std::string account_here() {
  const passwd* account = ::getpwuid(::getuid());
  return account == nullptr ? fmt::format("uid-{}", ::getuid()) : account->pw_name;
}

}  // namespace

std::string author_of(const Arguments& arguments) {
  if (const auto author = arguments.find("author"); author && !author->empty()) return *author;
  return account_here();
}

std::string operating_account() {
  constexpr std::size_t most = 190;
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return (account_here() + "@" + host.data()).substr(0, most);
}

void require_approvals_here(const Arguments& arguments) {
  if (configuration_of(arguments).flag("approvals.command_line", true)) return;
  throw Conflict("approvals_by_sign_in_only",
                 {"in this installation plans and changes of announced notices are proposed, confirmed and published in an "
                  "emergency by whoever has signed in to the office, not at the command line (approvals.command_line)",
                  "이 시스템에서는 배정안과 공고 변경의 상신, 승인, 긴급 확정을 명령줄이 아니라 담당자 화면에 로그인하여 "
                  "합니다(approvals.command_line)"});
}

services::Change change_of_operator(const Arguments& arguments) {
  const std::string shell = operating_account();
  return {author_of(arguments), arguments.find("reason").value_or(""), system_clock().now(), "program", shell, "", shell};
}

}  // namespace hanjari::cli

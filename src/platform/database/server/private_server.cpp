#include "database/server/private_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "database/server/own_account.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* log_size = "--innodb-log-file-size=64M";
constexpr const char* socket_name = "s.sock";
constexpr std::size_t longest_socket_path = 107;
// With as many open files as this the server keeps every table of the schema open.
constexpr std::uint64_t files_for_all_tables = 2048;

// How many files a program started from here may open.
std::uint64_t most_open_files() {
  rlimit files{};
  return ::getrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_max : files_for_all_tables;
}

// InnoDB opens the file of each table whose pages it had in memory when it ended, and takes no heed of the limit. Without a file
// left it can read neither accounts nor tables, and refuses everybody (error 1698).
std::vector<std::string> options_for_files(std::uint64_t files) {
  if (files >= files_for_all_tables) return {};
  return {"--skip-innodb-buffer-pool-load-at-startup", fmt::format("--innodb-open-files={}", std::max<std::uint64_t>(files / 4, 10)),
          fmt::format("--table-open-cache={}", std::max<std::uint64_t>(files / 4, 10))};
}

[[noreturn]] void throw_not_started(const fs::path& log) {
  throw DatabaseUnavailable(
      "database_not_started",
      {fmt::format("the private database does not start; {} says why", log.string()),
       fmt::format("내장 데이터베이스를 시작하지 못했습니다. 원인은 {}에 있습니다", log.string())});
}

// Whether that user can get to the folder through all its parents.
bool can_reach(RunAs user, const fs::path& folder) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    const bool reached = ::setresgid(user.gid, user.gid, user.gid) == 0 &&
                         ::setresuid(user.uid, user.uid, user.uid) == 0 && ::chdir(folder.c_str()) == 0;
    ::_exit(reached ? 0 : 1);
  }
  int status = 1;
  return pid > 0 && ::waitpid(pid, &status, 0) == pid && status == 0;
}

std::optional<RunAs> choose_user(const fs::path& server_folder) {
  if (::geteuid() != 0) return std::nullopt;
  struct stat existing {};
  if (::stat(server_folder.c_str(), &existing) == 0) {
    return RunAs{existing.st_uid, existing.st_gid};
  }
  for (const char* name : {"mysql", "nobody"}) {
    const passwd* user = ::getpwnam(name);
    if (user == nullptr) continue;
    const RunAs choice{user->pw_uid, user->pw_gid};
    if (can_reach(choice, server_folder.parent_path())) return choice;
  }
  return RunAs{0, 0};
}

void make_folder(const fs::path& folder, mode_t mode) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error) {
    throw Unavailable(
        "data_folder_not_writable",
        {fmt::format("{}: cannot be made ({}); choose another data folder", folder.string(), error.message()),
         fmt::format("{}: 만들 수 없습니다({}). 다른 데이터 폴더를 정하십시오", folder.string(), error.message())});
  }
  if (made) ::chmod(folder.c_str(), mode);
}

// Whether the server greets who connects. The socket is there a moment earlier than the server is ready, and one that
// is asked to stop in that moment does not hear it.
bool greets(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return false;
  const timeval timeout{1, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  char first = 0;
  const bool greeted = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                       ::recv(descriptor, &first, 1, 0) == 1;
  ::close(descriptor);
  return greeted;
}

}  // namespace

std::string find_database_program(const std::string& name) {
  std::vector<std::string> folders = {"/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"};
  if (const char* path = std::getenv("PATH"); path != nullptr) {
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::size_t end = rest.find(':');
      if (end != 0) folders.emplace_back(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
  }
  for (const std::string& folder : folders) {
    const std::string path = folder + "/" + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  throw DatabaseUnavailable(
      "database_not_installed",
      {fmt::format("{} is not on this machine; install mariadb-server-core and mariadb-client-core", name),
       in_korean("이 컴퓨터에 {}[이/가] 없습니다. mariadb-server-core와 mariadb-client-core를 설치하십시오", name)});
}

PrivateServer::PrivateServer(fs::path folder, Progress& progress) : progress_(progress) {
  make_folder(folder, 0711);  // others pass through to the server's files, and see nothing
  folder_ = fs::canonical(folder);
  make_folder(folder_ / "log", 0700);
  server_folder_ = folder_ / "mariadb";
}

PrivateServer::~PrivateServer() {
  server_.reset();  // before the lock is given back
  if (socket_folder_ >= 0) ::close(socket_folder_);
}

bool PrivateServer::own() {
  const std::lock_guard lock(mutex_);
  return program_lock_.held();
}

pid_t PrivateServer::pid() {
  const std::lock_guard lock(mutex_);
  return server_ && server_->running() ? server_->pid() : -1;
}

std::string PrivateServer::socket() {
  const std::lock_guard lock(mutex_);
  if (!program_lock_.held()) program_lock_ = FileLock::try_lock(folder_ / "program.lock");
  if (program_lock_.held() && (!server_ || !server_->running())) {
    server_.reset();
    if (!fs::exists(server_folder_)) install();
    start();
    wait_until_ready();
  }
  if (socket_.empty()) {
    socket_ = (server_folder_ / socket_name).string();
    if (socket_.size() > longest_socket_path) {
      // The kernel allows 107 characters. The folder's descriptor gives a short name to the same place.
      socket_folder_ = ::open(server_folder_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
      if (socket_folder_ < 0) return std::exchange(socket_, {});  // not installed yet: the connection will say so
      socket_ = fmt::format("/proc/self/fd/{}/{}", socket_folder_, socket_name);
    }
  }
  return socket_;
}

// A server that starts removes what it takes for left-over temporary tables from its temporary folder, also those of
// another server: so each has its own.
fs::path PrivateServer::own_temporary_folder() {
  const fs::path temporary = folder_ / "tmp";
  make_folder(temporary, 0700);
  if (run_as_ && ::chown(temporary.c_str(), run_as_->uid, run_as_->gid) != 0) throw_not_started(temporary);
  return temporary;
}

void PrivateServer::install() {
  progress_.stage({"Setting up the private database", "내장 데이터베이스 준비"}, 0);
  const std::string program = find_database_program("mariadb-install-db");
  find_database_program("mariadbd");
  std::error_code ignored;
  for (const auto& left_over : fs::directory_iterator(folder_)) {
    if (left_over.path().filename().string().starts_with("mariadb.new")) fs::remove_all(left_over.path(), ignored);
  }
  const fs::path fresh = folder_ / fmt::format("mariadb.new-{}", ::getpid());
  run_as_ = choose_user(server_folder_);
  make_folder(fresh, 0700);
  if (run_as_ && ::chown(fresh.c_str(), run_as_->uid, run_as_->gid) != 0) throw_not_started(fresh);
  const fs::path log = folder_ / "log" / "mariadb-install.log";
  own_temporary_folder();
  // Seen from the folder where it starts, because it is a shell script that takes a path with a blank for two words.
  std::vector<std::string> words = {
      program, "--no-defaults", "--datadir=.", "--tmpdir=../tmp", log_size,
      "--auth-root-authentication-method=socket", "--auth-root-socket-user=" + own_account_name(), "--skip-test-db",
      "--skip-name-resolve",
      // A bare machine may not know its own name; nobody comes by name.
      "--force"};
  if (run_as_ && run_as_->uid == 0) words.push_back("--user=root");
  ChildProcess installer({words, fresh, log, run_as_, -1});
  if (installer.wait() != 0) throw_not_started(log);
  fs::rename(fresh, server_folder_);
}

void PrivateServer::start() {
  run_as_ = choose_user(server_folder_);
  // The server that a killed program leaves behind dies once the kernel has finished its writing, which a slow disk may
  // draw out; its lock tells when.
  FileLock server_lock;
  for (int tries = 0; !server_lock.held(); ++tries) {
    server_lock = FileLock::try_lock(folder_ / "server.lock");
    if (server_lock.held()) break;
    if (tries == 12'000) throw_not_started(folder_ / "log" / "mariadb.log");
    std::this_thread::sleep_for(10ms);
  }
  const fs::path log = folder_ / "log" / "mariadb.log";
  std::error_code ignored;
  if (fs::exists(log) && fs::file_size(log, ignored) > 4U * 1024 * 1024) fs::remove(log, ignored);
  ::unlink((server_folder_ / socket_name).c_str());
  std::vector<std::string> words = {find_database_program("mariadbd"),
                                    "--no-defaults",
                                    "--datadir=" + server_folder_.string(),
                                    "--tmpdir=" + own_temporary_folder().string(),
                                    fmt::format("--socket={}", socket_name),  // in the folder where it starts
                                    "--pid-file=pid",
                                    "--skip-networking",
                                    "--skip-name-resolve",
                                    "--character-set-server=utf8mb4",
                                    "--collation-server=utf8mb4_nopad_bin",
                                    log_size,
                                    "--innodb-buffer-pool-size=128M",
                                    "--innodb-flush-log-at-trx-commit=1",
                                    "--innodb-doublewrite=ON",
                                    "--sync-binlog=1",
                                    "--local-infile=0",
                                    "--max-allowed-packet=64M",
                                    "--max-connections=100",
                                    "--performance-schema=OFF"};
  for (std::string& option : options_for_files(most_open_files())) words.push_back(std::move(option));
  if (run_as_ && run_as_->uid == 0) words.push_back("--user=root");
  server_ = std::make_unique<ChildProcess>(ChildCommand{words, server_folder_, log, run_as_, server_lock.descriptor()});
}

void PrivateServer::wait_until_ready() {
  const int folder = ::open(server_folder_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  const std::string path = fmt::format("/proc/self/fd/{}/{}", folder, socket_name);
  bool ready = false;
  // Recovery of a large database takes its time; a server that gives up ends by itself.
  for (int tries = 0; tries < 60'000 && server_->running() && !ready; ++tries) {
    ready = greets(path);
    if (!ready) std::this_thread::sleep_for(5ms);
  }
  ::close(folder);
  if (!ready) {
    server_.reset();
    throw_not_started(folder_ / "log" / "mariadb.log");
  }
}

}  // namespace hanjari::storage

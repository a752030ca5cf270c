// The program's own MariaDB server, in its data folder.
//
//   DATA/program.lock  held (flock) by the program that runs the server
//   DATA/server.lock   held by the server itself for as long as it lives: a new one waits for it
//   DATA/mariadb       the server's files and its socket s.sock
//   DATA/tmp           its temporary tables
//   DATA/log           what the server says
//
// The first program on a folder starts the server; others on the same folder use it through the socket, and one of them
// takes over when the first ends. The server runs with the folder owner's rights; for root that is the user mysql, else
// nobody, or root itself where no other user can reach the folder.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "database/server/child_process.h"
#include "database/server/file_lock.h"
#include "hanjari/base/progress.h"

namespace hanjari::storage {

// The path of one of MariaDB's programs; throws Unavailable (database_not_installed).
std::string find_database_program(const std::string& name);

class PrivateServer {
 public:
  // Makes the folder and, at the first start, installs the server's system tables.
  PrivateServer(std::filesystem::path folder, Progress& progress);
  ~PrivateServer();

  // The socket to connect to, starting or taking over the server if nobody runs it. Throws Unavailable when it cannot
  // be started.
  std::string socket();
  // Whether this program runs the server now.
  bool own();
  // The server's process; -1 when another program runs it.
  pid_t pid();

 private:
  void install();
  std::filesystem::path own_temporary_folder();
  void start();
  void wait_until_ready();

  std::filesystem::path folder_;
  std::filesystem::path server_folder_;
  Progress& progress_;
  std::mutex mutex_;
  FileLock program_lock_;
  std::string socket_;
  int socket_folder_ = -1;  // for a path longer than sockets allow
  std::optional<RunAs> run_as_;
  std::unique_ptr<ChildProcess> server_;
};

}  // namespace hanjari::storage

// A child process that never outlives the program, run as a user of less rights.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace hanjari::storage {

struct RunAs {
  uid_t uid = 0;
  gid_t gid = 0;
};

struct ChildCommand {
  std::vector<std::string> words;  // the first is the program's path
  std::filesystem::path folder;    // where it starts
  std::filesystem::path log;       // standard output and error are appended here
  std::optional<RunAs> run_as;     // nothing: as this program
  int inherited_descriptor = -1;   // kept open in the child
};

// Started when made; killed by the kernel when the program dies, however it dies. Linux ties that to the thread that
// started the child, so a thread of its own does and waits for the end.
class ChildProcess {
 public:
  explicit ChildProcess(ChildCommand command);
  // Asks it to end and waits; kills it after 30 seconds.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid();  // -1 when it could not be started
  bool running();
  // Waits for the end; the exit status, or 128 + signal.
  int wait();

 private:
  void keep();

  ChildCommand command_;
  std::mutex mutex_;
  std::condition_variable changed_;
  pid_t pid_ = 0;
  std::optional<int> status_;
  std::thread keeper_;
};

}  // namespace hanjari::storage

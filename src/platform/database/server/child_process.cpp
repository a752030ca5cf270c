#include "database/server/child_process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace hanjari::storage {
namespace {

constexpr int cannot_start = 127;

// Between fork and exec only plain system calls are allowed: other threads may hold any lock.
[[noreturn]] void become(const ChildCommand& command, char* const* words, pid_t parent) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) std::signal(number, SIG_DFL);
  // Away from the terminal's group: Ctrl-C is for the program, which then ends the child in order.
  ::setsid();
  const int nothing = ::open("/dev/null", O_RDONLY);
  const int log = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (nothing < 0 || log < 0 || ::dup2(nothing, 0) < 0 || ::dup2(log, 1) < 0 || ::dup2(log, 2) < 0) {
    ::_exit(cannot_start);
  }
  if (command.inherited_descriptor >= 0) ::fcntl(command.inherited_descriptor, F_SETFD, 0);
  if (::chdir(command.folder.c_str()) != 0) ::_exit(cannot_start);
  if (command.run_as) {
    const auto [uid, gid] = *command.run_as;
    if (::syscall(SYS_setgroups, 0, nullptr) != 0 || ::syscall(SYS_setresgid, gid, gid, gid) != 0 ||
        ::syscall(SYS_setresuid, uid, uid, uid) != 0) {
      ::_exit(cannot_start);
    }
  }
  // After the change of user, which would clear it.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(cannot_start);
  ::execv(words[0], words);
  ::_exit(cannot_start);
}

}  // namespace

ChildProcess::ChildProcess(ChildCommand command) : command_(std::move(command)) {
  keeper_ = std::thread([this] { keep(); });
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return pid_ != 0; });
}

ChildProcess::~ChildProcess() {
  {
    std::unique_lock lock(mutex_);
    for (int second = 0; second < 30 && !status_; ++second) {
      ::kill(pid_, SIGTERM);
      changed_.wait_for(lock, std::chrono::seconds(1), [&] { return status_.has_value(); });
    }
    if (!status_) ::kill(pid_, SIGKILL);
  }
  keeper_.join();
}

void ChildProcess::keep() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);  // signals are for the other threads
  std::vector<char*> words;
  for (std::string& word : command_.words) words.push_back(word.data());
  words.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(command_, words.data(), parent);
  {
    const std::lock_guard lock(mutex_);
    pid_ = pid;
    if (pid < 0) status_ = cannot_start;
  }
  changed_.notify_all();
  if (pid < 0) return;
  siginfo_t ended{};
  // Without reaping, so that nobody signals a number that means another process by now.
  while (::waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOWAIT) != 0) {
  }
  {
    const std::lock_guard lock(mutex_);
    int status = 0;
    ::waitpid(pid, &status, 0);
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  changed_.notify_all();
}

pid_t ChildProcess::pid() {
  const std::lock_guard lock(mutex_);
  return pid_;
}

bool ChildProcess::running() {
  const std::lock_guard lock(mutex_);
  return !status_;
}

int ChildProcess::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return status_.has_value(); });
  return *status_;
}

}  // namespace hanjari::storage

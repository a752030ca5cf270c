// The program's commands without the start of a process each: reads calls from standard input, one a line, and runs each in a child process that
// is forked once everything is loaded. With the sanitizers that is many times as many calls in a second.
//
// A call is FILE, SECONDS and the words of the command, joined by the byte 0x1F. Everything that is said goes to FILE, and a child that takes
// longer than SECONDS is ended by SIGALRM. The answer is one line: the status as wait gives it.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "program/run.h"

namespace {

constexpr char separator = '\x1f';
constexpr rlim_t most_written = 200'000'000;  // bytes of a file

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words(1);
  for (const char byte : line) {
    if (byte == separator) {
      words.emplace_back();
    } else {
      words.back() += byte;
    }
  }
  return words;
}

bool open_as(int descriptor, const char* file, int flags) {
  const int opened = ::open(file, flags | O_CLOEXEC, 0600);
  const bool done = opened >= 0 && ::dup2(opened, descriptor) == descriptor;
  if (opened >= 0) ::close(opened);
  return done;
}

[[noreturn]] void run_call(std::vector<std::string> words) {
  const rlimit core{0, 0};
  const rlimit written{most_written, most_written};
  ::setrlimit(RLIMIT_CORE, &core);
  ::setrlimit(RLIMIT_FSIZE, &written);
  if (!open_as(0, "/dev/null", O_RDONLY) || !open_as(1, words[0].c_str(), O_WRONLY | O_CREAT | O_TRUNC) || ::dup2(1, 2) != 2) std::_Exit(127);
  ::alarm(static_cast<unsigned>(std::atoi(words[1].c_str())));
  words.erase(words.begin());
  words.front() = "hanjari";
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::exit(hanjari::cli::run_program(static_cast<int>(words.size()), argv.data()));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::vector<std::string> words = words_of(line);
    if (words.size() < 3) return 64;
    const pid_t child = ::fork();
    if (child < 0) return 71;
    if (child == 0) run_call(std::move(words));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::printf("%d\n", status);
    std::fflush(stdout);
  }
  return 0;
}

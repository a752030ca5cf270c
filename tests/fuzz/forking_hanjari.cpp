// The program's commands without the start of a process each: reads calls from standard input, one a line, and runs those up to an empty line one
// after the other in a child process that is forked once everything is loaded. With the sanitizers that is many times as many calls in a second:
// making and ending a process costs them more than most of the calls.
//
// Beside the commands of the program it knows "read-pasted FOLDER" and "write-pasted NOTICE RULES FOLDER": tables that only pages take;
// and "read-notice FILE": a notice as the command that saves it reads it, without a database.
//
// A call is FILE, SECONDS and the words of the command, joined by the byte 0x1F. Everything that is said goes to FILE, and a child in which one call
// takes longer than SECONDS is ended by SIGALRM. The answer to each call is one line: the status as wait gives it. A call that ends its child has
// the status of the child, and the calls behind it go on in another; a child that breaks when it ends has broken at its last call.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "fuzz/pasted_tables.h"
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

using Call = std::vector<std::string>;

// What the program's own commands are called by, or what is read here.
int run_words(const Call& words) {
  if (words.size() == 3 && words[1] == "read-pasted") return hanjari::tests::read_pasted(words[2]);
  if (words.size() == 3 && words[1] == "read-notice") return hanjari::tests::read_notice(words[2]);
  if (words.size() == 5 && words[1] == "write-pasted") return hanjari::tests::write_pasted(words[2], words[3], words[4]);
  std::vector<char*> argv;
  Call kept = words;
  for (std::string& word : kept) argv.push_back(word.data());
  argv.push_back(nullptr);
  return hanjari::cli::run_program(static_cast<int>(kept.size()), argv.data());
}

// Called in a child only: standard output and standard error go to the file of the call.
int run_call(Call words) {
  if (!open_as(1, words[0].c_str(), O_WRONLY | O_CREAT | O_TRUNC) || ::dup2(1, 2) != 2) std::_Exit(127);
  ::alarm(static_cast<unsigned>(std::atoi(words[1].c_str())));
  words.erase(words.begin());
  words.front() = "hanjari";
  const int status = run_words(words);
  ::alarm(0);
  std::cout.flush();
  std::clog.flush();
  std::fflush(nullptr);
  return status;
}

[[noreturn]] void run_in_child(const std::vector<Call>& calls, std::size_t first, int answers) {
  const rlimit core{0, 0};
  const rlimit written{most_written, most_written};
  ::setrlimit(RLIMIT_CORE, &core);
  ::setrlimit(RLIMIT_FSIZE, &written);
  if (!open_as(0, "/dev/null", O_RDONLY)) std::_Exit(127);
  for (std::size_t call = first; call < calls.size(); ++call) {
    const int status = W_EXITCODE(run_call(calls[call]) & 0xFF, 0);
    if (::write(answers, &status, sizeof status) != sizeof status) std::_Exit(127);
  }
  std::exit(0);
}

std::vector<int> read_answers(int answers) {
  std::vector<int> statuses;
  for (;;) {
    int status = 0;
    const ssize_t count = ::read(answers, &status, sizeof status);
    if (count < 0 && errno == EINTR) continue;
    if (count != sizeof status) return statuses;
    statuses.push_back(status);
  }
}

// The statuses of the calls from `first` on that one child has run: at least one.
std::vector<int> run_some(const std::vector<Call>& calls, std::size_t first) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) std::_Exit(71);
  const pid_t child = ::fork();
  if (child < 0) std::_Exit(71);
  if (child == 0) {
    ::close(ends[0]);
    run_in_child(calls, first, ends[1]);
  }
  ::close(ends[1]);
  std::vector<int> statuses = read_answers(ends[0]);
  ::close(ends[0]);
  int ended = 0;
  while (::waitpid(child, &ended, 0) < 0 && errno == EINTR) {
  }
  if (first + statuses.size() < calls.size()) {
    statuses.push_back(ended);
  } else if (ended != 0) {
    statuses.back() = ended;
  }
  return statuses;
}

void run_all(const std::vector<Call>& calls) {
  for (std::size_t done = 0; done < calls.size();) {
    for (const int status : run_some(calls, done)) {
      std::printf("%d\n", status);
      ++done;
    }
  }
  std::fflush(stdout);
}

}  // namespace

int main() {
  std::vector<Call> calls;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) {
      run_all(calls);
      calls.clear();
      continue;
    }
    calls.push_back(words_of(line));
    if (calls.back().size() < 3) return 64;
  }
  return calls.empty() ? 0 : 64;
}

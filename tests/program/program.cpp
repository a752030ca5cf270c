#include "program/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include "hanjari/base/file.h"
#include "places.h"

extern char** environ;

namespace hanjari::tests {

namespace fs = std::filesystem;

Ran run_program_file(const std::string& program, const std::vector<std::string>& words) {
  const TemporaryFolder folder;
  const std::string out = folder / "out";
  const std::string err = folder / "err";
  std::vector<std::string> arguments{program};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<char*> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (!text.starts_with("LC_") && !text.starts_with("LANG")) environment.push_back(*variable);
  }
  std::string language = "LC_ALL=C";
  environment.push_back(language.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot run " + program);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out), read_file(err)};
}

std::string program_under_test() {
  const char* release = std::getenv("HANJARI_RELEASE_PROGRAM");
  return release != nullptr ? release : hanjari::tests::program_file;
}

Ran run_hanjari(const std::vector<std::string>& words) {
  return run_program_file(program_under_test(), words);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "hanjari-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string shared_case(const std::string& name) {
  const fs::path folder = fs::path(hanjari::tests::source_dir).parent_path() / "shared" / "cases" / name;
  return fs::exists(folder / "exam.json") ? folder.string() : std::string();
}

}  // namespace hanjari::tests

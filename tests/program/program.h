// Runs the built program as a user does: a process with arguments, its exit status and what it said.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hanjari::tests {

struct Ran {
  int status = -1;  // exit status; 128 + n when ended by signal n
  std::string out;
  std::string err;
};

// Runs `program` with the words, no shell, standard input empty, LC_ALL=C.
Ran run_program_file(const std::string& program, const std::vector<std::string>& words);

// The release program that HANJARI_RELEASE_PROGRAM names (tools/test sets it), for the founding size; without it the
// program of this build.
std::string program_under_test();

Ran run_hanjari(const std::vector<std::string>& words);

// A folder that is removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// The folder of an exam package kept beside the repository (../shared/cases/NAME), empty when it is absent.
std::string shared_case(const std::string& name);

}  // namespace hanjari::tests

// A small valid exam package in a folder of its own, to be broken by tests.
#pragma once

#include <filesystem>
#include <string>

#include "hanjari/package/exam_package.h"

namespace hanjari::package {

// A folder under the system's temporary folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& bytes) const;
  std::string read(const std::string& name) const;
  // Replaces the first `old` in the file; the test fails if there is none.
  void replace(const std::string& name, const std::string& old, const std::string& now) const;

 private:
  std::filesystem::path path_;
};

// Two units, two venues, three rooms, three applicants.
class PackageFolder : public TemporaryFolder {
 public:
  PackageFolder();
  LoadedExam load(Encoding encoding = Encoding::utf8) const;
  // The faults as lines, in English; empty when the package loads.
  std::vector<std::string> faults(Encoding encoding = Encoding::utf8) const;
  std::vector<std::string> warnings() const;
};

}  // namespace hanjari::package

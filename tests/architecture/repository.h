// The repository as its rules see it: files with their lines, and the module map that CMake wrote.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hanjari::architecture {

struct SourceFile {
  std::string path;                // relative to the repository, with '/'
  std::vector<std::string> lines;  // as written
  std::vector<std::string> code;   // the same lines without comments and without what stands in string literals

  // The module of a file of src or include by its folder: "allocation", "intake", "intake/store". Empty elsewhere.
  std::string module() const;
  std::string name() const { return std::filesystem::path(path).filename().string(); }
  bool is_public() const { return path.starts_with("include/"); }
};

// Every file below the given folders of the repository whose name ends in one of `endings` ("" for all), in order of
// path. Build folders, packages of npm and hidden folders are no part of the repository.
std::vector<SourceFile> files_below(const std::vector<std::string>& folders, const std::vector<std::string>& endings);

// The C++ of src and include.
const std::vector<SourceFile>& product_code();

// Folders below `folder` (itself too) that hold files, relative to the repository.
std::vector<std::string> folders_below(const std::string& folder);

// The layout as src/CMakeLists.txt says it.
struct Module {
  std::string layer;  // core, platform, subject, program
  std::set<std::string> uses;
};
struct ModuleMap {
  std::map<std::string, Module> modules;
  std::set<std::pair<std::string, std::string>> exceptions;  // arrows that the layout forbids and the code still has

  // The module of something that lies in `folder` below core, platform, subjects or include/hanjari; empty when there is
  // none.
  std::string find(const std::string& folder) const;
  std::map<std::string, std::set<std::string>> uses() const;
};
const ModuleMap& module_map();

// Modules that stand on a cycle of uses; empty when there is none.
std::set<std::string> modules_in_a_cycle(const std::map<std::string, std::set<std::string>>& map);

// The lines with comments and the contents of string and character literals taken out.
std::vector<std::string> strip_comments(const std::vector<std::string>& lines);

// "path:line: rule", one per line: the message of a broken rule. Lines count from 1.
std::string tell(const std::vector<std::string>& places, const std::string& rule);

}  // namespace hanjari::architecture

// What commands that write have in common: --replace, and files that are checked before the work begins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/output.h"
#include "hanjari/cli/command.h"

namespace hanjari::cli {

// --replace
Option replace_option();

Existing existing_of(const Arguments& arguments);

// The folder that the option names, checked by require_free_folder before a long computation begins. Throws WrongUsage
// when the option is missing.
std::string output_folder(const Arguments& arguments, const std::string& option);

// Files that a command adds to a folder which may hold others.
class OutputFiles {
 public:
  // Throws Conflict when one of the names is taken; see require_free_files.
  OutputFiles(std::string folder, std::vector<std::string> names, Existing existing);
  // Writes one of the names, whole or not at all; makes the folder when there is none.
  void write(const std::string& name, std::string_view content) const;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  Existing existing_;
};

}  // namespace hanjari::cli

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

// The files of a command that makes lists, tables or pictures, in a folder of their own.
class OutputFiles {
 public:
  // Throws Conflict unless the folder is free or empty; with `replace` only where one of the names is a folder.
  OutputFiles(std::string folder, const std::vector<std::string>& names, Existing existing);
  // Writes one of the names, whole or not at all; makes the folder when there is none.
  void write(const std::string& name, std::string_view content) const;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  Existing existing_;
};

}  // namespace hanjari::cli

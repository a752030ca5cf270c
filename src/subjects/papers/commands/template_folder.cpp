#include "papers/commands/template_folder.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"

namespace hanjari::cli {

documents::Templates::Files read_template_files(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw NotFound("folder_not_found", {fmt::format("{}: there is no such folder", folder.string()),
                                        fmt::format("{}: 그런 폴더가 없습니다", folder.string())});
  }
  documents::Templates::Files files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.starts_with('.')) continue;
    if (entry.path().extension() == ".json" || documents::is_picture_name(name)) files[name] = read_file(entry.path());
  }
  return files;
}

documents::Templates load_templates(const std::filesystem::path& folder) {
  return documents::Templates::parse(read_template_files(folder));
}

}  // namespace hanjari::cli

#include "package/replaceable.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::package {

void require_replaceable(const std::filesystem::path& folder, const std::string& mark) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) return;
  if (std::filesystem::is_directory(folder, error) &&
      (std::filesystem::exists(folder / mark, error) || std::filesystem::is_empty(folder, error)))
    return;
  throw Conflict(
      "folder_in_use",
      {fmt::format("{}: holds other things and no {}; name a new or empty folder", folder.string(), mark),
       fmt::format("{}: {} 없이 다른 것이 들어 있습니다. 새 폴더나 빈 폴더를 적으십시오", folder.string(), mark)});
}

}  // namespace hanjari::package

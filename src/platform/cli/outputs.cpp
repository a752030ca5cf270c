#include "cli/outputs.h"

#include "hanjari/base/file.h"

namespace hanjari::cli {

Option replace_option() {
  return {"replace",
          "",
          {"replace what stands there already, or write beside it; without it nothing is replaced and nothing is put "
           "into a folder that holds a plan or an exam",
           "이미 있는 것을 바꾸거나 그 옆에 저장합니다. 이 옵션이 없으면 아무것도 바꾸지 않고, 배정안이나 시험이 있는 "
           "폴더에는 저장하지 않습니다"}};
}

Existing existing_of(const Arguments& arguments) {
  return arguments.has("replace") ? Existing::replace : Existing::keep;
}

std::string output_folder(const Arguments& arguments, const std::string& option) {
  std::string folder = arguments.text(option);
  require_free_folder(folder, existing_of(arguments));
  require_outside_of_packages(folder, existing_of(arguments));
  return folder;
}

OutputFiles::OutputFiles(std::string folder, const std::vector<std::string>& names, Existing existing)
    : folder_(std::move(folder)), existing_(existing) {
  require_free_folder(folder_, existing_);
  require_outside_of_packages(folder_, existing_);
  require_free_files(folder_, names, existing_);
}

void OutputFiles::write(const std::string& name, std::string_view content) const {
  require_free_files(folder_, {name}, existing_);  // the work took a while
  write_file(std::filesystem::path(folder_) / name, content);
}

}  // namespace hanjari::cli

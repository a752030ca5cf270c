#include "hanjari/base/output.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/part_names.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"

namespace hanjari {
namespace {

namespace fs = std::filesystem;

struct Mark {
  std::string_view file;
  Text what;
};

// What a folder with this file in it is to its owner.
const Mark marks[] = {{"placements.csv", {"a plan", "배정안"}},
                      {"exam.json", {"an exam package", "시험 묶음"}},
                      {"decisions.csv", {"a decision", "합격자 결정"}},
                      {"scores.csv", {"a result package", "결과 자료"}},
                      {"duties.csv", {"duties", "위촉 결과"}},
                      {"invigilators.csv", {"a list of invigilators", "감독관 명단"}},
                      {"recruitment.json", {"a notice", "공고"}}};

// Empty when the folder has none of the marks.
Text marked_as(const fs::path& folder) {
  std::error_code ignored;
  Text what;
  for (const Mark& mark : marks) {
    if (!fs::exists(folder / mark.file, ignored)) continue;
    what.en += (what.en.empty() ? "" : " and ") + mark.what.en;
    what.ko += (what.ko.empty() ? "" : ", ") + mark.what.ko;
  }
  return what;
}

Text what_is_in(const fs::path& folder) {
  std::error_code ignored;
  const Text what = marked_as(folder);
  if (!what.en.empty()) return what;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  const std::string first = names.empty() ? std::string("?") : names.front();
  if (names.size() <= 1) return {first, first};
  return {fmt::format("{} and {} more", first, names.size() - 1), fmt::format("{} 외 {}개", first, names.size() - 1)};
}

[[noreturn]] void refuse(Text message) {
  throw Conflict("output_in_use", std::move(message));
}

// The first of the files that are there, and how many more.
[[noreturn]] void refuse_files(const fs::path& first, std::size_t more) {
  refuse({fmt::format("{}{} already there, and nothing was written; name another place, or add --replace to replace {}",
                      first.string(), more > 0 ? fmt::format(" and {} more {} are", more, more == 1 ? "file" : "files") : " is",
                      more > 0 ? "them" : "it"),
          in_korean(
              "{}{}[이/가] 이미 있어 아무것도 저장하지 않았습니다. 다른 곳을 적거나, 바꾸려면 --replace를 더하십시오",
              first.string(), more > 0 ? fmt::format(" 외 {}개", more) : "")});
}

// The nearest folder above the path that is there.
fs::path nearest_above(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  fs::path above = whole.parent_path();
  while (above.has_relative_path() && !fs::exists(fs::symlink_status(above, error))) above = above.parent_path();
  return above;
}

void refuse_dangling_link(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error)) || fs::exists(fs::status(path, error))) return;
  refuse({fmt::format("{} is a link to something that is not there; name another place for the output", path.string()),
          in_korean("{}[은/는] 없는 곳을 가리키는 링크입니다. 저장할 다른 곳을 적으십시오", path.string())});
}

void require_possible(const fs::path& path) {
  std::string text = path.string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  refuse_dangling_link(text);
  const fs::path above = nearest_above(path);
  refuse_dangling_link(above);
  std::error_code error;
  const fs::file_status status = fs::status(above, error);
  if (!fs::exists(status) || fs::is_directory(status)) return;
  refuse({fmt::format("{} cannot be made, because {} is a file; name another place for the output", path.string(),
                      above.string()),
          in_korean("{}[이/가] 파일이라서 {}[을/를] 만들 수 없습니다. 저장할 다른 곳을 적으십시오", above.string(),
                      path.string())});
}

}  // namespace

void require_outside_of_packages(const fs::path& path, Existing existing) {
  if (existing == Existing::replace) return;
  const fs::path above = nearest_above(path);
  const Text what = marked_as(above);
  if (what.en.empty()) return;
  refuse({fmt::format("{} is inside of {}, which holds {} already, and nothing was written; name another place, or add "
                      "--replace to put it there nevertheless",
                      path.string(), above.string(), what.en),
          in_korean("{}[은/는] 이미 {}[이/가] 있는 {} 안이라서 아무것도 저장하지 않았습니다. 다른 곳을 적거나, 그래도 "
                      "그곳에 저장하려면 --replace를 더하십시오",
                      path.string(), what.ko, above.string())});
}

void require_free_folder(const fs::path& folder, Existing existing) {
  require_possible(folder);
  const fs::path place = place_of(folder);
  std::error_code error;
  const fs::file_status status = fs::status(place, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) {
    refuse({fmt::format("{} is a file; name a folder for the output", folder.string()),
            in_korean("{}[은/는] 파일입니다. 저장할 폴더를 적으십시오", folder.string())});
  }
  if (existing == Existing::replace || fs::is_empty(place, error)) return;
  const Text what = what_is_in(place);
  refuse({fmt::format("{} holds {} already, and nothing was written; name another folder, or add --replace to replace "
                      "it",
                      folder.string(), what.en),
          in_korean("{}에 이미 {}[이/가] 있어 아무것도 저장하지 않았습니다. 다른 폴더를 적거나, 바꾸려면 --replace를 "
                      "더하십시오",
                      folder.string(), what.ko)});
}

void require_free_files(const fs::path& folder, const std::vector<std::string>& names, Existing existing,
                        const fs::path& own) {
  require_possible(folder);
  const fs::path place = place_of(folder);
  std::error_code error;
  const fs::file_status taken = fs::status(place, error);
  if (fs::exists(taken) && !fs::is_directory(taken)) {
    refuse({fmt::format("{} is a file; name a folder for the output", folder.string()),
            in_korean("{}[은/는] 파일입니다. 저장할 폴더를 적으십시오", folder.string())});
  }
  if (existing == Existing::keep && (own.empty() || !fs::equivalent(place, own, error))) {
    const Text what = marked_as(place);
    if (!what.en.empty()) {
      refuse({fmt::format("{} holds {} already, and nothing was written; name another folder, or add --replace to put "
                          "the files there nevertheless",
                          folder.string(), what.en),
              in_korean("{}에 이미 {}[이/가] 있어 아무것도 저장하지 않았습니다. 다른 폴더를 적거나, 그래도 그곳에 "
                          "저장하려면 --replace를 더하십시오",
                          folder.string(), what.ko)});
    }
  }
  std::vector<std::string> there;
  for (const std::string& name : names) {
    const fs::file_status status = fs::status(place / name, error);
    if (!fs::exists(status)) continue;
    if (fs::is_directory(status)) {
      refuse({fmt::format("{} is a folder; a file of this name cannot be written", (folder / name).string()),
              in_korean("{}[은/는] 폴더라서 같은 이름의 파일을 쓸 수 없습니다", (folder / name).string())});
    }
    there.push_back(name);
  }
  if (there.empty() || existing == Existing::replace) return;
  refuse_files(folder / there.front(), there.size() - 1);
}

void require_free_file(const fs::path& file, Existing existing) {
  require_possible(file);
  std::error_code error;
  const fs::file_status status = fs::status(place_of(file), error);
  if (!fs::exists(status)) return require_outside_of_packages(file, existing);
  if (fs::is_directory(status)) {
    refuse({fmt::format("{} is a folder; name a file for the output", file.string()),
            in_korean("{}[은/는] 폴더입니다. 저장할 파일을 적으십시오", file.string())});
  }
  if (existing == Existing::keep) refuse_files(file, 0);
}

}  // namespace hanjari

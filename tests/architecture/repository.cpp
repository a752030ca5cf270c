#include "architecture/repository.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include "places.h"

namespace hanjari::architecture {
namespace {

namespace fs = std::filesystem;

const fs::path root = hanjari::tests::source_dir;

bool is_no_part(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with(".") || name == "build" || name == "node_modules";
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

template <class Take>
void walk(const std::string& folder, Take take) {
  if (!fs::exists(root / folder)) return;
  for (auto at = fs::recursive_directory_iterator(root / folder); at != fs::recursive_directory_iterator(); ++at) {
    if (at->is_directory() && is_no_part(at->path())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      take(at->path());
    }
  }
}

}  // namespace

std::string SourceFile::module() const {
  for (const char* top : {"include/hanjari/", "src/core/", "src/platform/", "src/subjects/", "src/"}) {
    if (!path.starts_with(top)) continue;
    const std::size_t begin = std::string_view(top).size();
    const std::size_t end = path.rfind('/');
    return end < begin ? "" : module_map().find(path.substr(begin, end - begin));
  }
  return "";
}

std::vector<std::string> strip_comments(const std::vector<std::string>& lines) {
  std::vector<std::string> code;
  bool in_comment = false;
  for (const std::string& line : lines) {
    std::string kept;
    char quote = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
      const std::string_view rest = std::string_view(line).substr(at);
      if (in_comment) {
        if (rest.starts_with("*/")) {
          in_comment = false;
          ++at;
        }
      } else if (quote != 0) {
        if (line[at] == '\\') {
          ++at;
        } else if (line[at] == quote) {
          kept += quote;
          quote = 0;
        }
      } else if (rest.starts_with("//")) {
        break;
      } else if (rest.starts_with("/*")) {
        in_comment = true;
        ++at;
      } else {
        const bool separates_digits =
            line[at] == '\'' && at > 0 && std::isalnum(static_cast<unsigned char>(line[at - 1])) != 0;
        if ((line[at] == '"' || line[at] == '\'') && !separates_digits) quote = line[at];
        kept += line[at];
      }
    }
    code.push_back(kept);
  }
  return code;
}

std::vector<SourceFile> files_below(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    walk(folder, [&](const fs::path& path) {
      const std::string name = path.filename().string();
      const bool wanted = std::any_of(endings.begin(), endings.end(),
                                      [&](const std::string& ending) { return name.ends_with(ending); });
      if (!wanted) return;
      SourceFile file{path.lexically_relative(root).generic_string(), lines_of(path), {}};
      file.code = strip_comments(file.lines);
      files.push_back(std::move(file));
    });
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

const std::vector<SourceFile>& product_code() {
  static const std::vector<SourceFile> files = files_below({"src", "include"}, {".h", ".cpp"});
  return files;
}

std::vector<std::string> folders_below(const std::string& folder) {
  std::set<std::string> folders;
  walk(folder,
       [&](const fs::path& path) { folders.insert(path.parent_path().lexically_relative(root).generic_string()); });
  return {folders.begin(), folders.end()};
}

std::string ModuleMap::find(const std::string& folder) const {
  for (std::string name = folder; !name.empty();) {
    if (modules.contains(name)) return name;
    const std::size_t last = name.rfind('/');
    name.resize(last == std::string::npos ? 0 : last);
  }
  return "";
}

std::map<std::string, std::set<std::string>> ModuleMap::uses() const {
  std::map<std::string, std::set<std::string>> all;
  for (const auto& [name, module] : modules) all[name] = module.uses;
  return all;
}

const ModuleMap& module_map() {
  static const ModuleMap map = [] {
    ModuleMap read;
    for (const std::string& line : lines_of(fs::path(hanjari::tests::binary_dir) / "module_map.txt")) {
      std::istringstream words(line);
      std::string layer;
      std::string name;
      if (!(words >> layer >> name) || !name.ends_with(':')) continue;
      name.pop_back();
      for (std::string word; words >> word;) {
        if (layer == "exception") {
          read.exceptions.insert({name, word});
        } else {
          read.modules[name].uses.insert(word);
        }
      }
      if (layer != "exception") read.modules[name].layer = layer;
    }
    return read;
  }();
  return map;
}

std::set<std::string> modules_in_a_cycle(const std::map<std::string, std::set<std::string>>& map) {
  std::set<std::string> cycle;
  for (const auto& [start, uses] : map) {
    std::set<std::string> reached;
    const std::function<void(const std::string&)> reach = [&](const std::string& module) {
      const auto found = map.find(module);
      if (found == map.end()) return;
      for (const std::string& next : found->second) {
        if (reached.insert(next).second) reach(next);
      }
    };
    reach(start);
    if (reached.contains(start)) cycle.insert(start);
  }
  return cycle;
}

std::string tell(const std::vector<std::string>& places, const std::string& rule) {
  std::string text;
  for (const std::string& place : places) text += place + ": " + rule + "\n";
  return text;
}

}  // namespace hanjari::architecture

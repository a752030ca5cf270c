#include "documents/read_back.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace hanjari::documents {

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[1 << 16];
  for (std::size_t read = 0; (read = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, read);
  ::pclose(pipe);
  return output;
}

std::string output_about(const std::string& bytes, const std::string& ending, std::string command) {
  static std::atomic<int> counter{0};
  const auto path =
      std::filesystem::temp_directory_path() / fmt::format("hanjari-paper-{}-{}.{}", ::getpid(), counter++, ending);
  std::ofstream(path, std::ios::binary) << bytes;
  for (std::size_t at = 0; (at = command.find("{}", at)) != std::string::npos;) command.replace(at, 2, path.string());
  std::string output = output_of(command);
  std::filesystem::remove(path);
  return output;
}

std::string text_of_pdf(const std::string& bytes) {
  return output_about(bytes, "pdf", "pdftotext -layout {} -");
}

std::vector<std::string> pages_of_pdf(const std::string& bytes) {
  std::vector<std::string> pages;
  std::istringstream text(text_of_pdf(bytes));
  for (std::string page; std::getline(text, page, '\f');) pages.push_back(page);
  return pages;
}

std::vector<WordBox> word_boxes(const std::string& bytes) {
  std::vector<WordBox> boxes;
  WordBox box;
  std::istringstream text(output_about(bytes, "pdf", "pdftotext -bbox {} -"));
  for (std::string line; std::getline(text, line);) {
    if (std::sscanf(line.c_str(), " <page width=\"%lf\" height=\"%lf\"", &box.page_width, &box.page_height) == 2)
      ++box.page;
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &box.left, &box.top,
                    &box.right, &box.bottom) != 4)
      continue;
    const std::size_t begin = line.find('>') + 1;
    box.word = line.substr(begin, line.rfind("</word>") - begin);
    boxes.push_back(box);
  }
  return boxes;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::vector<std::string>> records_of_csv(const std::string& bytes) {
  std::vector<std::vector<std::string>> records(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c != '"') {
        records.back().back() += c;
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        records.back().back() += bytes[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      records.back().emplace_back();
    } else if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') {
      ++i;
      records.emplace_back(1);
    } else {
      records.back().back() += c;
    }
  }
  records.pop_back();  // what follows the last line end
  return records;
}

}  // namespace hanjari::documents

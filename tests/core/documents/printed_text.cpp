#include "documents/printed_text.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace hanjari::documents {

std::string printed_text(const Paper& paper) {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / ("hanjari_paper_" + std::to_string(getpid()) + ".pdf");
  std::ofstream(file, std::ios::binary) << paper.bytes;
  std::string text;
  std::FILE* pipe = popen(("pdftotext -enc UTF-8 '" + file.string() + "' -").c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "pdftotext does not start";
    return text;
  }
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0) << "pdftotext cannot read the paper";
  std::filesystem::remove(file);
  return text;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

}  // namespace hanjari::documents

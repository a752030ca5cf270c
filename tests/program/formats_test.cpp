// The examples of docs/formats.md: its files are written into a folder, its commands run there, and what it shows is
// what the program says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "hanjari/base/file.h"
#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

using ::testing::HasSubstr;

// A fenced block: the words after the fence and the text inside.
struct Block {
  std::string kind;
  std::string path;
  std::string text;
};

std::vector<Block> blocks_of(const std::string& document) {
  std::vector<Block> blocks;
  std::istringstream lines(document);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (!inside) continue;
      Block& block = blocks.emplace_back();
      std::istringstream(line.substr(3)) >> block.kind >> block.path;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

class Formats : public ::testing::Test {
 protected:
  Formats() : document_(read_file(std::string(hanjari::tests::source_dir) + "/docs/formats.md")), blocks_(blocks_of(document_)) {
    for (const Block& block : blocks_) {
      if (block.kind != "csv" && block.kind != "json") continue;
      const std::filesystem::path path = folder_ / block.path;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << block.text;
    }
    // What the document shows of the broken package is its one broken file.
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "example/exam"))
      std::filesystem::copy(entry.path(), std::filesystem::path(folder_ / "example/broken") / entry.path().filename(),
                            std::filesystem::copy_options::skip_existing);
  }

  // The words of a command line of the document, its paths inside the folder.
  std::vector<std::string> words_of(const std::string& command) const {
    std::vector<std::string> words;
    std::istringstream stream(command);
    for (std::string word; stream >> word;) {
      if (word == "#") break;
      words.push_back(word.starts_with("example/") ? folder_ / word : word);
    }
    return words;
  }

  TemporaryFolder folder_;
  std::string document_;
  std::vector<Block> blocks_;
};

TEST_F(Formats, CommandsShownEndAsShown) {
  int commands = 0;
  for (const Block& block : blocks_) {
    if (block.kind != "sh") continue;
    std::istringstream lines(block.text);
    for (std::string line; std::getline(lines, line); ++commands) {
      const std::size_t note = line.find("# exit ");
      ASSERT_NE(note, std::string::npos) << line;
      std::vector<std::string> words = words_of(line);
      ASSERT_EQ(words[0], "hanjari");
      words.erase(words.begin());
      const Ran ran = run_hanjari(words);
      EXPECT_EQ(ran.status, std::stoi(line.substr(note + 7))) << line << "\n" << ran.err;
    }
  }
  EXPECT_GE(commands, 8);
}

TEST_F(Formats, FaultsShownAreTheFaultsSaid) {
  for (const Block& block : blocks_) {
    if (block.kind != "text") continue;
    const Ran ran = run_hanjari({"verify", folder_ / block.path, folder_ / "example/plan"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.err, block.text + "4 faults in the input\n");
  }
}

TEST_F(Formats, DigestShownIsTheDigestInTheReport) {
  ASSERT_EQ(run_hanjari({"plan", folder_ / "example/exam", "--out", folder_ / "example/made"}).status, 0);
  const std::string report = read_file(folder_ / "example/made/report.json");
  int digests = 0;
  for (const Block& block : blocks_) {
    if (block.kind != "sha256") continue;
    ++digests;
    EXPECT_THAT(report, HasSubstr("\"" + block.text.substr(0, block.text.find('\n')) + "\""));
  }
  EXPECT_EQ(digests, 1);
}

TEST_F(Formats, EveryCommandOfTheProgramStandsInTheDocument) {
  const Ran help = run_hanjari({"--help"});
  ASSERT_EQ(help.status, 0);
  std::istringstream lines(help.out);
  int commands = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ") || line.starts_with("   ")) continue;
    const std::string name = line.substr(2, line.find("  ", 2) - 2);
    ++commands;
    EXPECT_THAT(document_, HasSubstr("`" + name)) << name;
  }
  EXPECT_GE(commands, 3);
}

}  // namespace
}  // namespace hanjari::tests

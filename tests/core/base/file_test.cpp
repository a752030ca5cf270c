#include "hanjari/base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "hanjari/base/clock.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "hanjari-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(Files, AreNotThereBeforeTheCommit) {
  AtomicFile file(folder_ / "a.txt");
  file.write("one");
  EXPECT_FALSE(fs::exists(folder_ / "a.txt"));
  file.commit();
  EXPECT_EQ(read_file(folder_ / "a.txt"), "one");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, LeaveNothingWithoutACommitAndKeepTheOldOne) {
  {
    AtomicFile file(folder_ / "a.txt");
    file.write("old");
    file.commit();
  }
  {
    AtomicFile file(folder_ / "a.txt");
    file.write("new");
  }
  EXPECT_EQ(read_file(folder_ / "a.txt"), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, ThatAreMissingAreNotFound) {
  EXPECT_THROW(read_file(folder_ / "nothing"), NotFound);
}

TEST_F(Files, ThatCannotBeWrittenAreUnavailable) {
  AtomicFile(folder_ / "plain").commit();
  EXPECT_THROW(AtomicFile(folder_ / "plain" / "below.txt"), Unavailable);
}

TEST_F(Files, OfAFolderAppearTogetherAndReplaceTheOldFolder) {
  for (const char* text : {"first", "second"}) {
    AtomicFolder target(folder_ / "plan");
    AtomicFile file(target.folder() / (std::string(text) + ".csv"));
    file.write(text);
    file.commit();
    EXPECT_FALSE(fs::exists(folder_ / "plan" / (std::string(text) + ".csv")));
    target.commit();
  }
  EXPECT_FALSE(fs::exists(folder_ / "plan" / "first.csv"));
  EXPECT_EQ(read_file(folder_ / "plan" / "second.csv"), "second");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, OfAFolderVanishWithoutACommit) {
  {
    AtomicFolder target(folder_ / "plan");
    AtomicFile(target.folder() / "a.csv").commit();
  }
  EXPECT_EQ(entries(), 0U);
}

TEST_F(Files, OfAFolderMayBeGivenWithATrailingSlash) {
  AtomicFolder target(folder_.string() + "/plan/");
  target.commit();
  EXPECT_TRUE(fs::is_directory(folder_ / "plan"));
}

TEST(Sha256, AgreesWithTheStandardsExamples) {
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256().update("a").update("").update("bc").finish(), sha256("abc"));
}

TEST(FormatInstant, WritesUtcToTheSecond) {
  EXPECT_EQ(format_instant(Instant(std::chrono::milliseconds(1622854800999))), "2021-06-05T01:00:00Z");
}

}  // namespace
}  // namespace hanjari

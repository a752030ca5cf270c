#include "hanjari/base/file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

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

TEST_F(Files, OfAFolderAppearTogetherAndReplaceTheOldFolderWhenTold) {
  for (const char* text : {"first", "second"}) {
    AtomicFolder target(folder_ / "plan", Existing::replace, {"first.csv"});
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

TEST_F(Files, OfAFolderReplaceNothingUnlessTold) {
  write_file(folder_ / "plan" / "placements.csv", "published");
  try {
    AtomicFolder target(folder_ / "plan");
    FAIL() << "taken";
  } catch (const Conflict& refused) {
    EXPECT_NE(refused.message().en.find("holds a plan already"), std::string::npos) << refused.message().en;
    EXPECT_NE(refused.message().en.find("--replace"), std::string::npos);
  }
  EXPECT_EQ(read_file(folder_ / "plan" / "placements.csv"), "published");
}

// Red when such a path was looked at as the system does, to which it leads nowhere: the plan was replaced without a word.
TEST_F(Files, OfAFolderReplaceNothingBehindAFolderThatIsNotThere) {
  write_file(folder_ / "plan" / "placements.csv", "published");
  write_file(folder_ / "letter.txt", "a stranger's");
  for (const char* place : {"absent/../plan", "absent/../plan/", "absent/deep/../../plan", "absent/../absent/../plan/."}) {
    EXPECT_THROW(AtomicFolder{folder_ / place}, Conflict) << place;
    EXPECT_THROW(require_free_folder(folder_ / place, Existing::keep), Conflict) << place;
    EXPECT_THROW(require_free_files(folder_ / place, {"a.csv"}, Existing::keep), Conflict) << place;
  }
  EXPECT_THROW(require_free_file(folder_ / "absent/../letter.txt", Existing::keep), Conflict);
  EXPECT_THROW(require_free_file(folder_ / "absent/../plan/a.csv", Existing::keep), Conflict);
  require_free_folder(folder_ / "absent/../new", Existing::keep);
  EXPECT_EQ(read_file(folder_ / "plan" / "placements.csv"), "published");
}

// Two programs that write to one place: what the first has put there is not lost to the second.
TEST_F(Files, OfAFolderLookOnceMoreWhenTheyAreReady) {
  AtomicFolder slow(folder_ / "plan");
  write_file(slow.folder() / "a.csv", "slow");
  AtomicFolder quick(folder_ / "plan");
  write_file(quick.folder() / "a.csv", "quick");
  quick.commit();
  EXPECT_THROW(slow.commit(), Conflict);
  EXPECT_EQ(read_file(folder_ / "plan" / "a.csv"), "quick");
}

TEST_F(Files, OfAFolderKeepForeignFilesOfTheFolderTheyReplace) {
  write_file(folder_ / "plan" / "a.csv", "old");
  write_file(folder_ / "plan" / "b.csv", "old");
  write_file(folder_ / "plan" / "letters" / "first.txt", "dear");
  AtomicFolder target(folder_ / "plan", Existing::replace, {"a.csv", "b.csv"});
  write_file(target.folder() / "a.csv", "new");
  target.commit();
  EXPECT_EQ(read_file(folder_ / "plan" / "a.csv"), "new");
  EXPECT_FALSE(fs::exists(folder_ / "plan" / "b.csv"));
  EXPECT_EQ(read_file(folder_ / "plan" / "letters" / "first.txt"), "dear");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, BesideOthersAreNamedWhenTheyAreThereAlready) {
  write_file(folder_ / "curve.csv", "kept");
  require_free_files(folder_, {"other.csv"}, Existing::keep);
  EXPECT_THROW(require_free_files(folder_, {"other.csv", "curve.csv"}, Existing::keep), Conflict);
  require_free_files(folder_, {"curve.csv"}, Existing::replace);
  fs::create_directories(folder_ / "folder.csv");
  EXPECT_THROW(require_free_files(folder_, {"folder.csv"}, Existing::replace), Conflict);
}

// Red while only the names of the files were looked at.
TEST_F(Files, BesideOthersAreRefusedWhereSomebodyKeepsAPlanOrAnExam) {
  for (const char* mark : {"placements.csv", "exam.json", "decisions.csv", "scores.csv", "duties.csv",
                           "invigilators.csv", "recruitment.json"}) {
    const fs::path folder = folder_ / (std::string("of-") + mark);
    write_file(folder / mark, "kept");
    EXPECT_THROW(require_free_files(folder, {"curve.csv"}, Existing::keep), Conflict) << mark;
    require_free_files(folder, {"curve.csv"}, Existing::replace);
    require_free_files(folder, {"curve.csv"}, Existing::keep, folder);
    EXPECT_THROW(require_free_files(folder, {mark}, Existing::keep, folder), Conflict) << mark;
    EXPECT_THROW(require_free_file(folder / "page.html", Existing::keep), Conflict) << mark;
    require_free_file(folder / "page.html", Existing::replace);
    for (const char* inside : {"sub", "sub/", "sub/deep"}) {
      EXPECT_THROW(require_outside_of_packages(folder / inside, Existing::keep), Conflict) << mark << inside;
      require_outside_of_packages(folder / inside, Existing::replace);
    }
    require_outside_of_packages(folder, Existing::keep);
    EXPECT_THROW(require_free_file(folder / mark, Existing::keep), Conflict) << mark;
    EXPECT_THROW(require_free_file(folder, Existing::replace), Conflict) << mark;
    EXPECT_THROW(require_free_files(folder / mark, {"curve.csv"}, Existing::replace), Conflict) << mark;
  }
}

// Red while such a place was found out when all had been computed, with the status of a service that is not there.
TEST_F(Files, AreRefusedAtOnceWhereNothingCanBeMade) {
  write_file(folder_ / "plain", "a file");
  fs::create_symlink(folder_ / "nowhere", folder_ / "link");
  for (const char* place : {"link", "link/", "link/below", "plain/below", "plain/below/deep"}) {
    for (const Existing existing : {Existing::keep, Existing::replace}) {
      EXPECT_THROW(require_free_folder(folder_ / place, existing), Conflict) << place;
      EXPECT_THROW(require_free_files(folder_ / place, {"a.csv"}, existing), Conflict) << place;
      EXPECT_THROW(require_free_file(folder_ / place, existing), Conflict) << place;
    }
  }
  fs::create_directory(folder_ / "there");
  fs::create_directory_symlink(folder_ / "there", folder_ / "good");
  for (const char* place : {"good", "good/new", "new", "new/deep"}) {
    require_free_folder(folder_ / place, Existing::keep);
    require_free_files(folder_ / place, {"a.csv"}, Existing::keep);
  }
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

// Writes in a program of its own, which is killed before it can end in order.
void write_and_be_killed(const std::function<void()>& write) {
  const pid_t program = ::fork();
  if (program == 0) {
    write();
    ::raise(SIGKILL);
  }
  ASSERT_GT(program, 0);
  ASSERT_EQ(::waitpid(program, nullptr, 0), program);
}

// Red while parts of killed programs stayed for good, with people's places in them.
TEST_F(Files, OfKilledProgramsAreRemovedByTheNextThatWritesBesideThem) {
  write_and_be_killed([&] {
    static AtomicFile file(folder_ / "a.txt");
    file.write("half");
    static AtomicFolder folder(folder_ / "plan");
    write_file(folder.folder() / "placements.csv", "people");
  });
  EXPECT_EQ(entries(), 2U);
  AtomicFile living(folder_ / "c.txt");  // has looked through the folder and is not to be taken for a dead one's
  EXPECT_EQ(entries(), 1U);
  living.commit();
  EXPECT_TRUE(fs::exists(folder_ / "c.txt"));
}

TEST_F(Files, OfLivingProgramsAndOfOtherMachinesStay) {
  const AtomicFile living(folder_ / "a.txt");
  std::ofstream(folder_ / ".b.txt.part-0123456789ab-999999999-0") << "of another machine";
  std::ofstream(folder_ / ".b.txt.part-1") << "of somebody else";
  fs::create_directory_symlink(folder_, folder_ / "here");
  const pid_t next = ::fork();
  if (next == 0) {
    // By another name of the folder, because each folder is looked at once.
    write_file(folder_ / "here" / "c.txt", "new");
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(next, nullptr, 0), next);
  EXPECT_EQ(entries(), 5U);
}

// Two programs that begin at once must end with one key: the second one reads that of the first.
TEST_F(Files, ThatAreSecretsBelongToWhoIsFirst) {
  const fs::path secret = folder_ / "secret.key";
  EXPECT_FALSE(write_first_secret(secret, "first"));
  EXPECT_EQ(fs::status(secret).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(write_first_secret(secret, "second"), std::errc::file_exists);
  EXPECT_EQ(read_file(secret), "first");
  EXPECT_EQ(write_first_secret(folder_ / "nowhere" / "secret.key", "third"), std::errc::no_such_file_or_directory);
  EXPECT_EQ(entries(), 1U);
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

// The campaign before a release and the planted bugs: they know their parts, and every bug can still be planted.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

std::string tool(const std::string& name) {
  return std::string(hanjari::tests::source_dir) + "/tools/" + name;
}

TEST(Harden, ListsItsPartsAndKnowsNoOther) {
  const Ran listed = run_program_file(tool("harden"), {"--list"});
  EXPECT_EQ(listed.status, 0) << listed.err;
  for (const char* part : {"exam-files", "calls", "fuzz", "kills", "release-kills", "limits", "sick-database", "upgrades", "machine"})
    EXPECT_THAT("\n" + listed.out, testing::HasSubstr(std::string("\n") + part + " ")) << part;
  const Ran unknown = run_program_file(tool("harden"), {"--no-build", "everything"});
  EXPECT_EQ(unknown.status, 64);
  EXPECT_THAT(unknown.err, testing::HasSubstr("no part everything; known: release-kills, upgrades"));
}

// Red while a reader that no part names was tried by nobody, as tables that only pages take.
TEST(Harden, TriesEveryReaderThatThereIsInOnePart) {
  const std::string program = "import sys; sys.dont_write_bytecode = True; sys.path[:0] = ['" + tool("mutate.d") + "', '" + tool("harden.d") + R"(']
import parts, readers
known = sorted(one.name for one in readers.all_readers())
tried = sorted([name for _, _, names in parts.READERS for name in names] + ['notice'])
print(known == tried, 'pasted' in tried, sorted(set(known) ^ set(tried)))
print(sorted(readers.PASTED), [one.name for one in readers.all_readers() if one.forking]))";
  const Ran ran = run_program_file("/usr/bin/python3", {"-c", program});
  EXPECT_EQ(ran.out, "True True []\n['contacts', 'interviews', 'past_duties', 'rooms', 'subjects'] ['notice-file', 'pasted']\n") << ran.err;
  const Ran plain = run_program_file(tool("mutate-packages"), {"--readers", "pasted", "--program", program_file});
  EXPECT_NE(plain.status, 0);
  EXPECT_THAT(plain.err, testing::HasSubstr("are read by forking_hanjari"));
}

// The rule of three where nothing was found; Clopper and Pearson's bounds from a table of theirs otherwise.
TEST(Harden, BoundsARateWithNinetyFivePercentCertainty) {
  const std::string program = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '" + tool("harden.d") +
                              "'); import bounds; print(*(f'{bounds.upper_bound(*pair):.4f}' for pair in "
                              "[(0, 100), (1, 10), (5, 10), (1, 100), (10, 10), (0, 0)]))";
  const Ran ran = run_program_file("/usr/bin/python3", {"-c", program});
  EXPECT_EQ(ran.out, "0.0300 0.3942 0.7776 0.0466 1.0000 1.0000\n") << ran.err;
}

// Answers that are planted: which of them the campaign of releases calls a finding, and that it calls nothing else so.
TEST(Harden, JudgesAReleaseKilledAroundItsMinute) {
  const std::string program = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '" + tool("release.d") + R"('); import judging
from watching import Seen
def watch(*answers): return judging.judge_watch({'a': 'old'}, {'a': [Seen(*one) for one in answers]}, {'a': 'new'}, 60)
def rest(meaning, released, alike=()): return judging.judge_rest({'a': 'old'}, {'a': meaning}, released, alike)
print(*(' '.join(one.kind for one in found) or '-' for found in [
    watch((58, 58.1, 'old'), (59, 59.1, 'away'), (60, 60.1, 'old'), (61, 61.1, 'new')),
    watch((59, 59.9, 'new')),
    watch((60, 60.1, 'third')),
    watch((60, 60.1, 'new'), (60.2, 60.3, 'old')),
    watch((60, 60.1, 'new'), (60.05, 60.3, 'old')),
    rest('old', False), rest('new', False), rest('new', True), rest('old', True), rest('old', True, ('a',)), rest('away', True),
    judging.judge_same({'a': '1'}, {'a': '1'}, 'later'), judging.judge_same({'a': '1'}, {'a': '2'}, 'later')]), sep=','))";
  const Ran ran = run_program_file("/usr/bin/python3", {"-c", program});
  EXPECT_EQ(ran.out, "-,early,between,back,-,-,half,-,half,-,half,-,differs\n") << ran.err;
}

TEST(Harden, TakesNoReleaseWithoutAnybodyWhoReadsIt) {
  const Ran nobody = run_program_file(tool("release-kills"), {"--people", "1"});
  EXPECT_EQ(nobody.status, 64) << nobody.err;
  const Ran none = run_program_file(tool("release-kills"), {"--program", "/nowhere/hanjari"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, testing::HasSubstr("tools/build makes it"));
}

// Red when code that a bug is planted in was changed, and the list was not.
TEST(MutateHouse, CanPlantEveryBug) {
  const Ran ran = run_program_file(tool("mutate-house"), {"--check"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

}  // namespace
}  // namespace hanjari::tests

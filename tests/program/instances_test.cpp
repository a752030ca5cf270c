// Location and transportation problems of the literature's formats, read as exams by tools/bench.d/instances.
#include <gtest/gtest.h>

#include <sstream>

#include "hanjari/base/file.h"
#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

// Three facilities and four customers: the best plan opens the second and third for 90 + 70 and serves the customers for 8 +
// 18 + 6 + 31, the last one divided because the third facility holds twelve.
const char* const cap = R"(3 4
20 100.
14 90.
12 70.
4
16. 8. 40.
6
30. 18. 36.
3
21. 12. 6.
10
20. 40. 30.
)";

const char* const holmberg = R"(3 4
20 100
14 90
12 70
4 6 3 10
16 30 21 20
8 18 12 40
40 36 6 30
223
)";

const char* const delmaire = R"(4 3
16.00 8.00 40.00
30.00 18.00 36.00
21.00 12.00 6.00
20.00 40.00 30.00
4.00 6.00 3.00 10.00
100.00 90.00 70.00
20.00 14.00 12.00
)";

// A transportation problem: 5 and 7 units to sinks of 6 and 6; 5 x 2 + 1 x 4 + 6 x 3 is the least.
const char* const dimacs = R"(c own numbers
p min 4 4
n 1 5
n 2 7
n 3 -6
n 4 -6
a 1 3 0 100 2
a 1 4 0 100 9
a 2 3 0 100 4
a 2 4 0 100 3
)";

void write(const std::string& path, const std::string& text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

// The cells of the line that begins with the name.
std::vector<std::string> line_of(const std::string& table, const std::string& name) {
  std::istringstream lines(table);
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::vector<std::string> cells;
    for (std::string word; words >> word;) cells.push_back(word);
    if (!cells.empty() && cells.front() == name) return cells;
  }
  return {};
}

Ran run_instances(const std::vector<std::string>& words) {
  std::vector<std::string> all = {"--program", program_file};
  all.insert(all.end(), words.begin(), words.end());
  return run_program_file(std::string(source_dir) + "/tools/bench.d/instances", all);
}

TEST(Instances, OfEveryFormatAreReadAndStandBesideTheirOptimum) {
  const TemporaryFolder folder;
  write(folder / "cap-own.txt", cap);
  write(folder / "holmberg-own", holmberg);
  write(folder / "delmaire-own.txt", delmaire);
  write(folder / "netgen-own.min", dimacs);
  write(folder / "optima.txt", "cap-own 223\ndelmaire-own 223\nnetgen-own 32\n");
  const Ran ran = run_instances({folder / ""});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"cap-own", "cap"}, {"holmberg-own", "holmberg"}, {"delmaire-own", "delmaire"}, {"netgen-own", "dimacs"}};
  for (const auto& [name, format] : expected) {
    const std::vector<std::string> cells = line_of(ran.out, name);
    ASSERT_GT(cells.size(), 9U) << ran.out;
    EXPECT_EQ(cells[1], format);
    EXPECT_EQ(cells[2], format == "dimacs" ? "2" : "3");
    EXPECT_EQ(cells[3], format == "dimacs" ? "12" : "23");
    const double optimum = std::stod(cells[6]);
    EXPECT_EQ(optimum, format == "dimacs" ? 32 : 223);
    EXPECT_GE(std::stod(cells[5]), optimum) << ran.out;
    EXPECT_LE(std::stod(cells[9]), optimum) << ran.out;
  }
}

TEST(Instances, GiveVenuesRoomsOfTwentyWhereAsked) {
  const TemporaryFolder folder;
  write(folder / "cap-own.txt", cap);
  const Ran ran = run_instances({"--rooms", "5", folder / ""});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  const std::vector<std::string> cells = line_of(ran.out, "cap-own");
  ASSERT_GT(cells.size(), 7U) << ran.out;
  EXPECT_GE(std::stod(cells[5]), 223);
  EXPECT_EQ(cells[6], "-") << "no optimum was given";
}

TEST(Instances, ThatAnExamCannotSayAreRefusedWithTheReason) {
  const TemporaryFolder folder;
  write(folder / "words.txt", "not an instance\n");
  write(folder / "half.txt", "1 1\n5 10\n2.5\n7\n");
  write(folder / "capa.txt", "1 1\ncapacity 10\n2\n7\n");
  write(folder / "network.min", "p min 3 2\nn 1 2\nn 3 -2\na 1 2 0 9 1\na 2 3 0 9 1\n");
  const Ran ran = run_instances({folder / ""});
  EXPECT_EQ(ran.status, 2) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("words.txt: does not begin with two counts"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("half.txt: demand 2.5 is not a whole number"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("capa.txt: the file has the word `capacity`"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("network.min: the arc 1 2 does not lead from a source to a sink"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace hanjari::tests

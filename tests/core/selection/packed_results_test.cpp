// A result package as one ZIP says the same as its folder, fault for fault.
#include "hanjari/package/packed_results.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "results/small_results.h"

namespace hanjari::selection::test {
namespace {

using hanjari::tests::ResultFiles;
using hanjari::tests::small_results;
using hanjari::tests::zip_of_results;
using ::testing::HasSubstr;
using ::testing::SizeIs;

template <class Load>
std::vector<std::string> lines_of_faults(Load load) {
  std::vector<std::string> lines;
  try {
    load();
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  return lines;
}

std::string digest_of(const ResultFiles& files, const std::string& inside = {}) {
  return package::digest_files(package::unpack_results(zip_of_results(files, inside)));
}

package::LoadedResults load_packed(const ResultFiles& files) {
  return package::load_results(package::unpack_results(zip_of_results(files)), Stage::written, package::Encoding::utf8,
                               no_progress());
}

// A folder with these files, as long as it lives.
class UnpackedResults {
 public:
  explicit UnpackedResults(const ResultFiles& files) {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() / (std::string("hanjari-packed-results-") + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const auto& [name, content] : files) write_file(folder_ / name, content);
  }
  ~UnpackedResults() { std::filesystem::remove_all(folder_); }
  UnpackedResults(const UnpackedResults&) = delete;
  UnpackedResults& operator=(const UnpackedResults&) = delete;
  package::LoadedResults load() const {
    return package::load_results(folder_, Stage::written, package::Encoding::utf8, {}, no_progress());
  }

 private:
  std::filesystem::path folder_;
};

TEST(PackedResults, AreTheResultsOfTheirFolder) {
  const UnpackedResults folder(small_results());
  EXPECT_EQ(load_packed(small_results()).input_sha256, folder.load().input_sha256);
  EXPECT_EQ(load_packed(small_results()).results.people.size(), 4U);
}

TEST(PackedResults, HaveTheFaultsOfTheirFolderAllAtOnce) {
  ResultFiles files = small_results();
  files["people.csv"].replace(files["people.csv"].find(",F,"), 3, ",Q,");
  files["scores.csv"].replace(files["scores.csv"].find("70.5"), 4, "700");
  files["rules.json"] = "{\"fail_line\": 40}";
  const UnpackedResults folder(files);
  const auto faults = lines_of_faults([&] { folder.load(); });
  EXPECT_THAT(faults, SizeIs(::testing::Ge(3U)));
  EXPECT_EQ(lines_of_faults([&] { load_packed(files); }), faults);
}

TEST(PackedResults, NameWhatIsMissing) {
  ResultFiles files = small_results();
  files.erase("scores.csv");
  EXPECT_THAT(lines_of_faults([&] { load_packed(files); }),
              ::testing::Contains(HasSubstr("scores.csv: the file is missing; put it into the ZIP file")));
  EXPECT_THAT(lines_of_faults([] { package::unpack_results("no ZIP"); }),
              ::testing::ElementsAre(HasSubstr("result package")));
}

// Red when only what the decision reads enters the digest: counts.csv decides whether there is one at all.
TEST(PackedResults, HaveOneDigestHoweverTheyArePackedAndAnotherForEveryOtherByte) {
  const std::string digest = digest_of(small_results());
  EXPECT_EQ(digest_of(small_results(), "2027/results/"), digest);
  ResultFiles files = small_results();
  files["photo.jpg"] = "of no package";
  EXPECT_EQ(digest_of(files), digest);
  files["counts.csv"] = "venue_code,room_no,present,sheets,scored\n";
  EXPECT_NE(digest_of(files), digest);
  for (const auto& [name, content] : small_results()) {
    files = small_results();
    files[name] += "\n";
    EXPECT_NE(digest_of(files), digest) << name;
  }
}

}  // namespace
}  // namespace hanjari::selection::test

// A package as one ZIP says the same as its folder, fault for fault; what is no such ZIP says why.
#include "hanjari/package/packed_exam.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "package/package_folder.h"
#include "stage/zip_of.h"

namespace hanjari::package {
namespace {

using hanjari::tests::zip_of;
using hanjari::tests::zip_of_folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> faults_of_zip(const std::string& zip, const UnpackLimits& limits = {}) {
  std::vector<std::string> lines;
  try {
    load_exam(unpack_exam(zip, limits), Encoding::utf8, no_progress());
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  return lines;
}

TEST(PackedExam, IsTheExamOfItsFolder) {
  const PackageFolder folder;
  const std::string digest = folder.load().exam.input_sha256;
  for (const char* inside : {"", "trial/", "2027/trial/", "2027\\trial\\"}) {
    const PackedFiles files = unpack_exam(zip_of_folder(folder.path(), inside));
    EXPECT_EQ(load_exam(files, Encoding::utf8, no_progress()).exam.input_sha256, digest) << inside;
    EXPECT_EQ(load_exam_header(files, Encoding::utf8).code, ExamCode("trial")) << inside;
  }
}

TEST(PackedExam, HasTheFaultsOfItsFolderAllAtOnce) {
  const PackageFolder folder;
  folder.replace("applicants.csv", "A2", "");
  folder.replace("venues.csv", "37.", "137.");
  folder.replace("exam.json", "{", "{\"surprise\": ");
  EXPECT_THAT(folder.faults(), ::testing::SizeIs(::testing::Gt(2U)));
  EXPECT_EQ(faults_of_zip(zip_of_folder(folder.path())), folder.faults());
}

TEST(PackedExam, NamesWhatIsMissingAndWhatStandsThereInstead) {
  const auto faults = faults_of_zip(zip_of({{"exam.json", "{}"}, {"applicants (1).csv", "a\n"}, {"rooms.xlsx", "x"}}));
  EXPECT_THAT(faults, ::testing::Contains(HasSubstr("policy.json: the file is missing; put it into the ZIP file")));
  EXPECT_THAT(faults, ::testing::Contains(HasSubstr("applicants (1).csv")));
  EXPECT_THAT(faults, ::testing::Contains(HasSubstr("rooms.xlsx: this is no workbook")));
}

TEST(PackedExam, LeavesOutWhatSystemsAddAndFoldersBesides) {
  const PackageFolder folder;
  auto files = unpack_exam(zip_of_folder(folder.path(), "trial/"));
  std::vector<std::pair<std::string, std::string>> packed{
      {"__MACOSX/trial/exam.json", "x"}, {"trial/.DS_Store", "x"}, {"trial/photos/exam.json", "x"}};
  for (const auto& [name, content] : files) packed.emplace_back("trial/" + name, content);
  EXPECT_EQ(unpack_exam(zip_of(packed)), files);
}

TEST(PackedExam, OfSomethingElseSaysWhatItIs) {
  EXPECT_THAT(faults_of_zip("%PDF-1.7 not a ZIP"), ElementsAre(HasSubstr("no ZIP file")));
  EXPECT_THAT(faults_of_zip(""), ::testing::SizeIs(1));
  using namespace std::string_literals;
  // Red while each of these was "no ZIP file, or it is damaged", and nothing was said of a workbook.
  EXPECT_THAT(faults_of_zip("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ElementsAre(HasSubstr("it is an old Excel workbook (.xls); pack the folder")));
  EXPECT_THAT(faults_of_zip("\xd0\xcf\x11\xe0 HWP Document File"), ElementsAre(HasSubstr("Hangul Word Processor (.hwp)")));
  EXPECT_THAT(faults_of_zip("unit_code,series_ko\n010,행정\n"), ElementsAre(HasSubstr("a text file, as one table saved as CSV is")));
  EXPECT_THAT(faults_of_zip("unit_code,series_ko\n010,\xc7\xe0\xc1\xa4\n"), ElementsAre(HasSubstr("a text file")));
  EXPECT_THAT(faults_of_zip(" {\"code\": 1}"), ElementsAre(HasSubstr("a JSON file")));
  EXPECT_THAT(faults_of_zip("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), ElementsAre(HasSubstr("(.ods)")));
  EXPECT_THAT(faults_of_zip("PK\x03\x04 mimetypeapplication/hwp+zip"), ElementsAre(HasSubstr("(.hwpx)")));
  EXPECT_THAT(faults_of_zip("PK\x03\x04 cut off"), ElementsAre(HasSubstr("the ZIP file is damaged")));
  EXPECT_THAT(faults_of_zip("%PDF-1.7"),
              ElementsAre(HasSubstr("or one workbook (.xlsx) that holds its tables as sheets; one table alone (.xlsx or CSV) is taken into an exam")));
  EXPECT_THAT(faults_of_zip("\x01\x02\0"s), ElementsAre(HasSubstr("no ZIP file, or it is damaged")));
  EXPECT_THAT(faults_of_zip(zip_of({{"a/exam.json", "{}"}, {"b/exam.json", "{}"}})),
              ElementsAre(HasSubstr("more than one exam package")));
  EXPECT_THAT(faults_of_zip(zip_of({{"exam.json", "{}"}, {"units.csv", "u\n"}}, "secret")),
              ElementsAre(HasSubstr("exam.json: the file is locked"), HasSubstr("units.csv: the file is locked")));
}

// A small ZIP may unpack to what no memory holds; it is refused before it is unpacked.
TEST(PackedExam, IsNotUnpackedBeyondTheLimit) {
  const std::string zip = zip_of({{"exam.json", std::string(1'000, ' ')}, {"travel.csv", std::string(3'000'000, 'x')}});
  EXPECT_LT(zip.size(), 20'000U);
  EXPECT_THAT(faults_of_zip(zip, {.bytes = 2'000'000}), ElementsAre(HasSubstr("travel.csv: the files of the ZIP have more than 2 MB")));
  EXPECT_THAT(faults_of_zip(zip_of({{"exam.json", "{}"}, {"a", ""}, {"b", ""}}), {.entries = 2}),
              ElementsAre(HasSubstr("the ZIP holds 3 files")));
}

// Every single byte that is lost on the way is noticed, or what is read is the same.
TEST(PackedExam, ThatWasDamagedIsNeverReadAsAnother) {
  const PackageFolder folder;
  const std::string zip = zip_of_folder(folder.path());
  const PackedFiles whole = unpack_exam(zip);
  for (std::size_t at = 0; at < zip.size(); at += 7) {
    std::string damaged = zip;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    PackedFiles files;
    try {
      files = unpack_exam(damaged);
    } catch (const InvalidInput&) {
      continue;
    }
    // A name may be spoiled, so that its file is none of a package; what has its name has its content.
    for (const auto& [name, content] : files) {
      if (whole.contains(name)) {
        EXPECT_TRUE(content.empty() || content == whole.at(name)) << name << " after byte " << at;
      }
    }
  }
}

}  // namespace
}  // namespace hanjari::package

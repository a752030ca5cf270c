// A package that goes out as one workbook comes back as the same exam.
#include "hanjari/plans/exam_workbook.h"

#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/sample/sample.h"

namespace hanjari::services {
namespace {

Exam workbook_sample(std::uint64_t seed) {
  sample::SampleRequest request;
  request.applicants = 700;
  request.units = 7;
  request.venues = 6;
  request.rooms = 60;
  request.seed = seed;
  return sample::make_sample(request);
}

// Red when a code with leading zeros becomes a number, or a coordinate loses a digit.
TEST(ExamWorkbook, ComesBackAsTheSameExam) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Exam exam = workbook_sample(seed);
    const std::string bytes = write_exam_workbook(exam, no_progress());
    const package::LoadedExam loaded = package::load_exam(package::unpack_exam(bytes), package::Encoding::utf8, no_progress());
    const package::LoadedExam of_files = package::load_exam(package::render_exam(exam), package::Encoding::utf8, no_progress());
    EXPECT_EQ(loaded.exam.input_sha256, of_files.exam.input_sha256) << seed;
    EXPECT_EQ(package::load_exam_header(package::unpack_exam(bytes), package::Encoding::utf8).code, exam.header.code);
  }
}

// One table goes out alone and comes back in place of its file.
TEST(ExamWorkbook, MayBeOneTable) {
  const Exam exam = workbook_sample(5);
  package::PackedFiles files = package::render_exam(exam);
  const std::string whole = package::load_exam(files, package::Encoding::utf8, no_progress()).exam.input_sha256;
  for (const char* table : {"exam", "policy", "units", "venues", "rooms", "applicants"}) {
    files.erase(std::string(table) + ".csv");
    files.erase(std::string(table) + ".json");
    files[std::string(table) + ".xlsx"] = write_exam_workbook(exam, no_progress(), table);
    EXPECT_EQ(package::load_exam(files, package::Encoding::utf8, no_progress()).exam.input_sha256, whole) << table;
  }
  EXPECT_THROW(write_exam_workbook(exam, no_progress(), "people"), NotFound);
}

TEST(ExamWorkbook, IsTheSameBytesForTheSameExam) {
  const Exam exam = workbook_sample(4);
  EXPECT_EQ(write_exam_workbook(exam, no_progress()), write_exam_workbook(exam, no_progress()));
}

}  // namespace
}  // namespace hanjari::services

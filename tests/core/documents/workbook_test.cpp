// Workbooks as a spreadsheet program opens them: LibreOffice reads every one and says what stands in its cells.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "documents/planned_exams.h"
#include "documents/read_back.h"
#include "hanjari/base/file.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/workbook.h"
#include "stage/made_workbook.h"

namespace hanjari::documents {
namespace {

namespace fs = std::filesystem;

// Not HasSubstr: a whole workbook in a failure hides what failed.
bool holds(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

// Names a careless program would run, lose or change.
PlannedExam tricky_exam() {
  PlannedExam planned =
      exam_with({"=1+2", "@SUM(A1)", "-3+4", "+5", "00123", "1/2", "TRUE", "홍길동", "김\t이", "金基昞"});
  planned.exam.policy.spare_booklets_per_room = 2;
  for (std::size_t i = 0; i < 3; ++i) planned.exam.applicants[i].accommodation.multiplier = TimeMultiplier::x1_5;
  planned.exam.applicants[4].routing = Routing::reserve;
  return planned;
}

std::vector<const PaperKind*> tables() {
  std::vector<const PaperKind*> found;
  for (const PaperKind& kind : paper_kinds()) {
    if (kind.formats.size() == 3) found.push_back(&kind);
  }
  return found;
}

std::string sheet_of(const PaperKind& kind, const PlannedExam& planned) {
  return output_about(render_paper(kind.name, PaperFormat::xlsx, planned, VenueIndex(std::size_t{0}), {}).bytes, "xlsx",
                      "unzip -p {} xl/worksheets/sheet1.xml");
}

// Red while an account of digits was read as the size of the letters, and gone from what is printed; & begins an instruction too.
TEST(Workbook, CarriesAFootAsItIsWritten) {
  Sheet sheet;
  sheet.name = "List";
  sheet.headings = {{"Name", 10}};
  std::string whole;
  for (const auto& [name, content] : hanjari::tests::unzipped(render_workbook({sheet}, "24 & co"))) whole += content;
  EXPECT_TRUE(holds(whole, "&amp;L&amp;8 24 &amp;&amp; co&amp;R")) << "a blank stands between the size and the name";
}

TEST(Workbook, HasWidthsAFrozenHeadingAndAPrintArea) {
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  for (const PaperKind* kind : tables()) {
    const std::string sheet = sheet_of(*kind, tricky_exam());
    for (const char* part : {"<cols>", "state=\"frozen\"", "paperSize=\"9\"", "fitToPage"})
      EXPECT_NE(sheet.find(part), std::string::npos) << kind->name << " " << part;
    // A filter would sort the totals into the rows.
    EXPECT_NE(sheet.find("<autoFilter") == std::string::npos, sheet.find("합계") == std::string::npos) << kind->name;
    const std::string workbook =
        output_about(render_paper(kind->name, PaperFormat::xlsx, tricky_exam(), VenueIndex(std::size_t{0}), {}).bytes,
                     "xlsx", "unzip -p {} xl/workbook.xml");
    EXPECT_TRUE(holds(workbook, "_xlnm.Print_Area")) << kind->name;
    EXPECT_TRUE(holds(workbook, "_xlnm.Print_Titles")) << kind->name;
  }
}

// Counts are numbers, so that a column can be added up; numbers of applicants are texts, so that no zero is lost.
TEST(Workbook, HasCountsAsNumbersAndApplicantNumbersAsTexts) {
  if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed";
  const std::string sheet = sheet_of(*find_paper_kind("roster"), tricky_exam());
  EXPECT_TRUE(holds(sheet, "<t>01000001</t>"));
  EXPECT_FALSE(holds(sheet, "<v>01000001</v>"));
  EXPECT_TRUE(holds(sheet_of(*find_paper_kind("absence_return"), tricky_exam()), "<v>10</v>"));
}

TEST(Workbook, OpensInLibreOfficeWithoutRepairAndWithoutFormula) {
  if (!has_program("soffice")) GTEST_SKIP() << "libreoffice-calc-nogui is not installed";
  const fs::path folder = fs::temp_directory_path() / fmt::format("hanjari-workbooks-{}", ::getpid());
  fs::create_directories(folder);
  const PlannedExam planned = tricky_exam();
  for (const PaperKind* kind : tables()) {
    std::ofstream(folder / (kind->name + ".xlsx"), std::ios::binary)
        << render_paper(kind->name, PaperFormat::xlsx, planned, VenueIndex(std::size_t{0}), {}).bytes;
  }
  // Flat ODS holds every cell with its type and, where there is one, its formula. A file that wants repair is not
  // converted.
  output_of(
      fmt::format("cd {0} && HOME={0} timeout 300 soffice -env:UserInstallation=file://{0}/profile --headless "
                  "--convert-to fods --outdir . *.xlsx > log 2>&1",
                  folder.string()));
  for (const PaperKind* kind : tables()) {
    const fs::path read = folder / (kind->name + ".fods");
    ASSERT_TRUE(fs::exists(read)) << kind->name << ": " << read_file(folder / "log");
    const std::string cells = read_file(read);
    EXPECT_TRUE(holds(cells, "<table:table-cell")) << kind->name;
    EXPECT_FALSE(holds(cells, "table:formula=")) << kind->name;
    EXPECT_FALSE(holds(cells, "of:=")) << kind->name;
  }
  const std::string roster = read_file(folder / "roster.fods");
  for (const char* text : {"=1+2", "@SUM(A1)", "-3+4", "+5", "00123", "1/2", "TRUE"})
    EXPECT_TRUE(holds(roster, fmt::format("<text:p>{}</text:p>", text)));
  EXPECT_TRUE(holds(roster, "office:value-type=\"date\""));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace hanjari::documents

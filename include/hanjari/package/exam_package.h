// Exam packages: the folder of CSV and JSON files that describes an exam (contract: Exam package; docs/formats.md).
#pragma once

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/fault.h"
#include "hanjari/base/output.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/sheet_tables.h"

namespace hanjari::package {

struct LoadedExam {
  Exam exam;                    // canonical, with input_sha256
  std::vector<Fault> warnings;  // unknown columns and keys, travel.csv ignored, applicants without origin
  std::vector<Fault> hints;     // what may be as it should be, and matters to whoever plans or judges: districts without a venue
};

// A package with faults, and what was read of it although it looks odd: a heading that was understood as another column
// than was meant explains the faults below it.
class RefusedPackage : public InvalidInput {
 public:
  RefusedPackage(Faults faults, std::vector<Fault> warnings)
      : InvalidInput(std::move(faults)), warnings_(std::move(warnings)) {}
  const std::vector<Fault>& warnings() const { return warnings_; }

 private:
  std::vector<Fault> warnings_;
};

// Reads and checks a whole package: a folder in which every table is a CSV file or a workbook (.xlsx) and several may be the sheets of
// one, one workbook with a sheet a table, or a ZIP file. Throws RefusedPackage with every fault of every file (a missing file is one),
// NotFound (exam_not_found) when there is nothing of this name. Reads row by row: memory is that of the Exam, and of the packed
// workbooks. Every wrong cell of a sheet is added to `bad`.
LoadedExam load_exam(const std::filesystem::path& folder, Encoding encoding, Progress& progress, BadCells* bad = nullptr);

// exam.json alone, of a folder, a workbook or a ZIP file; nothing when it has none. Throws InvalidInput with every fault of it.
std::optional<ExamHeader> load_exam_header(const std::filesystem::path& folder, Encoding encoding,
                                           std::vector<Fault>& warnings);

// Writes the package, all files at once, so that load_exam gives the same exam and digest. Whether the folder may hold
// something already: see AtomicFolder.
void save_exam(const Exam& exam, const std::filesystem::path& folder, Progress& progress = no_progress(),
               Existing existing = Existing::keep);

// The contract's input_sha256 of an exam.
std::string digest_exam(const Exam& exam);

}  // namespace hanjari::package

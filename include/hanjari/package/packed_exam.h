// An exam package as one ZIP file or one workbook. It is unpacked in memory: nothing of it is written to a disk in the clear.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "hanjari/base/progress.h"
#include "hanjari/package/exam_package.h"

namespace hanjari::package {

// The files of a package by name. Of a file that no exam package has only the name is kept.
using PackedFiles = std::map<std::string, std::string>;

// What a workbook is called that came without a name.
inline constexpr const char* workbook_name = "exam.xlsx";

struct UnpackLimits {
  std::uint64_t bytes = 400'000'000;  // of all files together: travel.csv of a city has some 100 MB
  std::uint64_t entries = 20'000;
};

// The files of the folder in which exam.json stands, wherever that is in the ZIP. Throws InvalidInput with every fault:
// no ZIP, damaged, with a password, too large, two packages in one. A workbook is taken for a package of which it is the only file,
// under the name `workbook_name`.
PackedFiles unpack_exam(std::string_view zip, const UnpackLimits& limits = {});

// As load_exam and load_exam_header of a folder; an absent exam.json is a fault.
LoadedExam load_exam(const PackedFiles& files, Encoding encoding, Progress& progress, BadCells* bad = nullptr);
ExamHeader load_exam_header(const PackedFiles& files, Encoding encoding);

// The files that save_exam writes, in memory.
PackedFiles render_exam(const Exam& exam, Progress& progress = no_progress());

}  // namespace hanjari::package

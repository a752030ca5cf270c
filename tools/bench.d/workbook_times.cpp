// One step with the founding exam as a workbook, with its seconds and the peak memory of the process.
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/progress.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/exam_sheets.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/plans/exam_workbook.h"
#include "hanjari/sample/sample.h"

namespace {

using namespace hanjari;

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void time_step(const char* name, const std::function<void()>& work) {
  const auto began = system_clock().elapsed();
  const double before = peak_mb();
  work();
  fmt::print("{:<28} {:6.2f} s   peak {:6.0f} MB (before the step {:.0f} MB)\n", name,
             seconds_between(began, system_clock().elapsed()), peak_mb(), before);
}

package::LoadedExam load(const std::string& file, package::BadCells* bad = nullptr) {
  return package::load_exam(file, package::Encoding::utf8, no_progress(), bad);
}

// Every seventieth birth date of the applicants becomes a day that is none.
void spoil(const std::string& from, const std::string& to) {
  Exam exam = load(from).exam;
  for (std::size_t at = 0; at < exam.applicants.size(); at += 70) exam.applicants[at].birth_on = Date{200'000};
  write_file(to, services::write_exam_workbook(exam, no_progress()));
}

int run(const std::string& step, const std::string& folder) {
  const std::string file = folder + "/exam.xlsx";
  const std::string spoiled = folder + "/spoiled.xlsx";
  if (step == "out") {
    const Exam exam = sample::make_sample({});
    fmt::print("{} applicants, {} rooms\n", exam.applicants.size(), exam.rooms.size());
    time_step("written", [&] { write_file(file, services::write_exam_workbook(exam, no_progress())); });
    fmt::print("{:<28} {:6.1f} MB\n", "the file", static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  } else if (step == "in") {
    time_step("read and checked", [&] { load(file); });
  } else if (step == "spoil") {
    spoil(file, spoiled);
  } else if (step == "mark") {
    package::BadCells bad;
    time_step("read with bad cells", [&] {
      try {
        load(spoiled, &bad);
      } catch (const InvalidInput&) {
      }
    });
    time_step("marked", [&] {
      write_file(folder + "/marked.xlsx",
                 package::mark_bad_cells("spoiled.xlsx", read_file(spoiled), bad, Language::korean));
    });
    fmt::print("{:<28} {:6}\n", "bad cells", bad.count());
  } else {
    const Exam stored = load(file).exam;
    time_step("read and compared", [&] {
      const Exam sent = load(file).exam;
      package::compare_packages(package::render_exam(stored), package::render_exam(sent));
    });
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 64;
  return run(words[1], words[2]);
}

#include "http/fuzz_files.h"

#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/progress.h"
#include "hanjari/base/text.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/photos/portrait.h"

namespace hanjari::web::testing {
namespace {

// Of what a file may hold here: a reader must not need more for a file of some kilobytes.
constexpr package::UnpackLimits fuzzed_limits{1'000'000, 100};

void demand_of_files(bool holds) {
  if (!holds) std::abort();
}

// A refusal has words in both languages; everything else that is thrown ends the fuzzer.
template <class Work>
void may_refuse(Work work) {
  try {
    work();
  } catch (const Error& refused) {
    demand_of_files(!refused.code().empty() && !refused.message().en.empty() && !refused.message().ko.empty());
  }
}

}  // namespace

package::PackedFiles split_files(std::string_view bytes) {
  package::PackedFiles files;
  std::string name;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    if (line.starts_with("== ")) {
      name = line.substr(3);
    } else if (!name.empty()) {
      files[name].append(line).append(end == std::string_view::npos ? "" : "\n");
    }
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  return files;
}

void fuzz_table(std::string_view bytes) {
  constexpr std::array<std::string_view, 2> known{"one", "two"};
  for (const package::Encoding encoding : {package::Encoding::utf8, package::Encoding::cp949}) {
    may_refuse([&] {
      Faults faults;
      std::vector<Fault> warnings;
      package::CsvReader reader("table.csv", bytes, {{"a"}, {"b"}, {"c", package::Presence::optional}}, encoding, faults, warnings);
      std::uint64_t rows = 0;
      while (reader.next()) {
        ++rows;
        reader.integer(0, -1'000, 1'000);
        reader.decimal(1, -1e9, 1e9);
        reader.date(0);
        reader.identifier(1);
        reader.word(2, known);
        if (const auto words = reader.words(2, package::Presence::optional)) demand_of_files(is_valid_utf8(*words));
        demand_of_files(reader.line() > 0);
      }
      demand_of_files(rows == reader.rows());
    });
  }
}

void fuzz_notice(std::string_view bytes) {
  may_refuse([&] {
    std::vector<Fault> warnings;
    const std::string once = package::render_recruitment(package::parse_recruitment(bytes, "recruitment.json", warnings));
    demand_of_files(package::render_recruitment(package::parse_recruitment(once, "again", warnings)) == once);
  });
}

void fuzz_application(std::string_view bytes) {
  may_refuse([&] {
    const std::string once = package::render_form(package::parse_form(bytes));
    demand_of_files(package::render_form(package::parse_form(once)) == once);
  });
}

void fuzz_exam(std::string_view bytes) {
  const package::PackedFiles files = split_files(bytes);
  may_refuse([&] { package::load_exam_header(files, package::Encoding::utf8); });
  may_refuse([&] { package::load_exam(files, package::Encoding::utf8, no_progress()); });
}

void fuzz_results(std::string_view bytes) {
  const package::PackedFiles files = split_files(bytes);
  for (const selection::Stage stage : {selection::Stage::written, selection::Stage::final})
    may_refuse([&] { package::load_results(files, stage, package::Encoding::utf8, no_progress()); });
}

void fuzz_packed(std::string_view bytes) {
  may_refuse([&] { package::unpack_exam(bytes, fuzzed_limits); });
  may_refuse([&] { package::unpack_results(bytes, fuzzed_limits); });
}

void fuzz_photo(std::string_view bytes) {
  may_refuse([&] {
    const photos::Picture picture = photos::read_picture(bytes);
    demand_of_files(picture.width <= photos::longest_side && picture.height <= photos::longest_side);
    const std::string portrait = photos::cut_portrait(picture.jpeg, photos::middle_crop(picture.width, picture.height));
    demand_of_files(portrait.size() <= photos::most_portrait_bytes);
  });
}

}  // namespace hanjari::web::testing

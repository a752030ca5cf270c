#include "hanjari/package/packed_results.h"

#include <algorithm>
#include <array>

#include "hanjari/base/digest.h"
#include "hanjari/package/sheet_tables.h"
#include "package/packed/unpack.h"

namespace hanjari::package {
namespace {

constexpr std::array<std::string_view, 8> result_files{selection::units_file,  selection::people_file,
                                                       selection::scores_file, selection::rules_file,
                                                       selection::counts_file, selection::special_file,
                                                       selection::recorded_file, selection::interview_file};

// What makes a package another one. Recorded cases are put beside it by a decision, which names their own digest.
bool is_of_package(std::string_view name) {
  if (name == selection::recorded_file) return false;
  return is_workbook_name(name) || std::find(result_files.begin(), result_files.end(), name) != result_files.end();
}

}  // namespace

PackedFiles unpack_results(std::string_view zip, const UnpackLimits& limits) {
  return unpack(zip, limits,
                {result_files,
                 selection::rules_file,
                 results_workbook_name,
                 {"result package", "결과 자료"},
                 {"decide on the folder at the command line of the server", "서버의 명령줄에서 폴더로 결정하십시오"}});
}

std::string digest_files(const PackedFiles& files) {
  Sha256 digest;
  for (const auto& [name, bytes] : files) {
    if (!is_of_package(name)) continue;
    digest.update(name).update("\n").update(sha256(bytes).hex()).update("\n");
  }
  return digest.finish().hex();
}

std::string digest_marks(const PackedFiles& files, const selection::Results& results) {
  const auto sent = files.find(std::string(selection::scores_file));
  if (sent != files.end()) return sha256(sent->second).hex();
  Sha256 digest;
  write_scores(results, [&](std::string_view bytes) { digest.update(bytes); });
  return digest.finish().hex();
}

}  // namespace hanjari::package

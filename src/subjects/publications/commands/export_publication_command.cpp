// hanjari export-publication: the publication package of a released version as a folder, the files that anybody gets from the
// portal. Versions that gave way to a correction can be written too, so that the chain of versions can be checked.
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/outputs.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/publications/opened.h"
#include "hanjari/publications/publications.h"
#include "program/opening/database_options.h"
#include "program/opening/named_exam.h"
#include "publications/commands/commands.h"

namespace hanjari::cli {
namespace {

const std::vector<std::string>& package_files() {
  static const std::vector<std::string> names{"publication.json", "list.csv", "leaves.txt", "checkpoint"};
  return names;
}

// The file that not every version has.
constexpr const char* rates_file = "rates.csv";

proof::Stage stage_of_release(const Arguments& arguments) {
  const std::string word = arguments.find("stage").value_or("written");
  constexpr std::string_view stages[] = {"written", "final"};
  const std::size_t meant = find_meant_word(word, stages);
  if (meant < std::size(stages)) return meant == 0 ? proof::Stage::written : proof::Stage::final;
  throw WrongUsage{{fmt::format("--stage: '{}' is neither written nor final", word),
                    in_korean("--stage: '{}'[은/는] written도 final도 아닙니다", word)}};
}

Exit run_export_publication(const Arguments& arguments, const Terminal& terminal) {
  const proof::Stage stage = stage_of_release(arguments);
  std::optional<std::int64_t> version;
  if (arguments.has("version")) version = arguments.integer("version", 1, std::numeric_limits<std::int32_t>::max());
  std::vector<std::string> names = package_files();
  names.emplace_back(rates_file);
  const OutputFiles out(arguments.text("out"), names, existing_of(arguments));
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  services::PublicationRepository& publications = database->publications();
  const services::Publication released = services::find_release(publications, code, version, stage);
  const services::PublicTexts texts = services::load_public(publications, released);
  for (const std::string& name : package_files()) out.write(name, texts.at(name));
  // One of another version that stands there already would belong to nothing.
  if (texts.contains(rates_file)) out.write(rates_file, texts.at(rates_file));
  else std::filesystem::remove(std::filesystem::path(out.folder()) / rates_file);
  terminal.say({fmt::format("{}: version {} of exam {}, root {}", out.folder(), released.version, code.text(), released.root),
                fmt::format("{}: 시험 {} 제{}판, 루트 {}", out.folder(), code.text(), released.version, released.root)});
  return Exit::done;
}

}  // namespace

Command export_publication_command() {
  return {"export-publication",
          {"writes the publication package of a released version", "발표된 판의 공고 묶음을 내보냅니다"},
          {{"CODE", {"exam code", "시험 코드"}}},
          {{"out", "FOLDER", {"folder of the package", "공고 묶음 폴더"}},
           {"stage", "STAGE", {"written or final (written)", "written이나 final(written)"}},
           {"version", "N", {"an earlier release; without it the newest", "이전에 발표한 판. 없으면 가장 새 판"}},
           replace_option(),
           data_option(),
           config_option()},
          run_export_publication};
}

}  // namespace hanjari::cli

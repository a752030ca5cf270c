// hanjari verify-publication: whether a published list, its records and its versions hold, without the system that made them.
#include <filesystem>

#include <fmt/format.h>

#include "cli/public_key.h"
#include "hanjari/base/file.h"
#include "hanjari/proof/publication.h"
#include "results/commands/commands.h"

namespace hanjari::cli {
namespace {

proof::PublicationFiles load(const std::filesystem::path& folder) {
  // Not every version has rates; whether this one should is for the judge to say.
  const std::filesystem::path rates = folder / "rates.csv";
  return {read_file(folder / "publication.json"), read_file(folder / "list.csv"), read_file(folder / "leaves.txt"),
          read_file(folder / "checkpoint"), std::filesystem::exists(rates) ? read_file(rates) : std::string()};
}

Exit run_verify_publication(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = read_public_key(arguments);
  proof::Judged given{load(arguments.positionals[0]), {}, {}};
  for (const std::string& file : arguments.all("proof")) given.proofs.push_back({file, read_file(file)});
  if (const auto previous = arguments.find("previous")) given.previous = load(*previous);
  const auto findings = proof::verify_publication(given, key);
  for (const proof::Finding& finding : findings) {
    terminal.print(fmt::format("{} {}: {}\n", finding.code, finding.file, finding.what.in(terminal.language)));
  }
  if (!findings.empty()) return Exit::findings;
  terminal.say({fmt::format("everything holds; proofs checked: {}", given.proofs.size()),
                fmt::format("모두 맞습니다. 확인한 증명: {}개", given.proofs.size())});
  return Exit::done;
}

}  // namespace

Command verify_publication_command() {
  return {"verify-publication",
          {"checks a published list and proofs without the system", "공고된 명단과 증명을 시스템 없이 확인합니다"},
          {{"FOLDER", {"publication.json, list.csv, leaves.txt, checkpoint, and rates.csv where there is one", "공고 묶음 폴더"}}},
          {{"proof", "FILE", {"somebody's proof; may be given several times", "본인의 증명 파일. 여러 번 쓸 수 있습니다"}, true},
           {"previous", "FOLDER", {"the version before", "바로 앞 판의 폴더"}},
           public_key_option()},
          run_verify_publication};
}

}  // namespace hanjari::cli

// hanjari verify-draw: replays a draw of seats from the published folder.
#include <filesystem>

#include <fmt/format.h>

#include "cli/public_key.h"
#include "hanjari/base/file.h"
#include "hanjari/proof/draw.h"
#include "seats/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_verify_draw(const Arguments& arguments, const Terminal& terminal) {
  const std::string key = read_public_key(arguments);
  std::filesystem::path folder = arguments.positionals[0];
  // The folder of a drawn plan holds the public one.
  if (!std::filesystem::exists(folder / "draw.json") && std::filesystem::exists(folder / "draw" / "draw.json")) {
    folder /= "draw";
  }
  const proof::DrawFiles files{read_file(folder / "draw.json"), read_file(folder / "rooms.csv"),
                               read_file(folder / "list.csv"), read_file(folder / "seats.csv"),
                               read_file(folder / "draws.csv")};
  const auto findings = proof::verify_draw(files, read_file(arguments.text("commitment")), key);
  for (const proof::DrawFinding& finding : findings) {
    terminal.print(fmt::format("{} {}: {}\n", finding.code, finding.file, finding.what.in(terminal.language)));
  }
  if (!findings.empty()) return Exit::findings;
  terminal.say({"the draw is the one that was committed to, and gives exactly these seats",
                "약속한 추첨이 맞으며 좌석도 추첨 결과와 모두 같습니다"});
  return Exit::done;
}

}  // namespace

Command verify_draw_command() {
  return {"verify-draw",
          {"replays a draw of seats from the published files", "공개된 파일로 좌석 추첨을 그대로 다시 해 봅니다"},
          {{"FOLDER", {"draw.json, rooms.csv, list.csv, seats.csv, draws.csv", "추첨 파일이 있는 폴더"}}},
          {{"commitment", "FILE", {"what was signed before", "미리 서명해 둔 약속 문서"}}, public_key_option()},
          run_verify_draw};
}

}  // namespace hanjari::cli

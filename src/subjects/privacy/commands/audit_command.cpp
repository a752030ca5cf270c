// hanjari audit verify: whether the record of who did what is as it was written.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "privacy/commands/commands.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

Text words_of(const services::AuditBreak& found) {
  const std::string& what = found.what;
  if (what == "changed") return {"was changed", "내용이 바뀌었습니다"};
  if (what == "missing") return {"is missing", "사라졌습니다"};
  if (what == "cut_off") {
    return {"and everything after it is missing; after a restore the heads may be those of what the backup did not hold (see "
            "docs/operations.md, After a restore)",
            "그 뒤의 모든 기록과 함께 사라졌습니다. 백업을 복원했다면 백업에 없던 기록의 지문일 수 있습니다"
            "(docs/operations.md의 After a restore 참조)"};
  }
  if (what == "rewritten") {
    return {"is not the one whose digest was signed: the trail was written anew, or the heads were signed before a backup was "
            "restored (see docs/operations.md, After a restore)",
            "서명된 지문과 다릅니다. 기록이 새로 쓰였거나, 백업을 복원하기 전에 서명된 지문입니다(docs/operations.md의 After a "
            "restore 참조)"};
  }
  if (what == "unlinked") return {"belongs to no chain", "사슬에 이어져 있지 않습니다"};
  if (what == "people_changed") {
    return {"has other people whose data was read than were noted",
            "열람된 사람의 목록이 기록할 때와 다릅니다"};
  }
  if (what == "anchor_forged") {
    return {"of the file of signed heads was not signed by this program",
            "서명 파일의 줄이 이 프로그램의 서명이 아닙니다"};
  }
  return {"was added by somebody else", "다른 사람이 덧붙였습니다"};
}

void check_anchor_file(const std::filesystem::path& file) {
  std::error_code unreadable;
  if (!std::filesystem::is_directory(file, unreadable) && std::ifstream(file).good()) return;
  throw NotFound("no_anchor_file",
                 {fmt::format("{}: there is no such file, or it cannot be read; name the file with the signed heads",
                              file.string()),
                  fmt::format("{}: 파일이 없거나 읽을 수 없습니다. 서명된 지문이 있는 파일을 지정하십시오", file.string())});
}

// Whoever serves signs the first head before the first request.
constexpr std::chrono::minutes until_first_head{5};

// Who names a file wants it compared, and where somebody has served there were heads. A program that never served has signed
// nothing yet.
bool should_have_heads(const services::AuditReport& report, bool named) {
  return named || (report.served_since && *report.served_since < system_clock().now() - until_first_head);
}

// Heads are signed once a minute while somebody serves. Requests long after the newest one say that others were taken away, or
// stand elsewhere: what was cut off meanwhile would not show.
bool lacks_newer_heads(const services::AuditReport& report) {
  return report.newest_head && report.served_until && *report.served_until > *report.newest_head + until_first_head;
}

void say_newest_head(const services::AuditReport& report, const Terminal& terminal) {
  if (!report.newest_head) return;
  const std::string at = format_instant(*report.newest_head);
  terminal.say({fmt::format("the newest signed head is of {}: entries that were cut off after it would not show", at),
                fmt::format("가장 새로운 서명은 {}의 것입니다. 그 뒤에 잘려 나간 기록은 드러나지 않습니다", at)});
  if (!lacks_newer_heads(report)) return;
  const std::string until = format_instant(*report.served_until);
  terminal.say({fmt::format("the program served until {}, and its heads of that time are missing here: give the newest lines of "
                            "the log with --anchors",
                            until),
                fmt::format("이 프로그램은 {}까지 요청을 처리했으나 그때의 서명이 없습니다. 로그의 최근 줄을 --anchors로 지정하십시오",
                            until)});
}

Exit run_audit_verify(const Arguments& arguments, const Terminal& terminal) {
  auto settings = database_settings(arguments, configuration_of(arguments));
  const auto anchors = arguments.find("anchors");
  if (anchors) {
    settings.anchor_file = *anchors;
    check_anchor_file(settings.anchor_file);
  }
  const storage::DatabaseSettings chosen = settings;
  storage::Database database(chosen, storage::SchemaUpgrade::automatic, system_clock(), terminal.progress);
  const services::AuditReport report = database.audit().verify(terminal.progress);
  if (arguments.has("json")) {
    nlohmann::ordered_json json{
        {"entries", report.entries}, {"unchained", report.unchained}, {"anchors", report.anchors}};
    json["newest_head"] = nullptr;
    if (report.newest_head) json["newest_head"] = format_instant(*report.newest_head);
    json["newer_heads_missing"] = lacks_newer_heads(report);
    json["first_break"] = nullptr;
    if (report.first_break) {
      json["first_break"] = {{"entry", report.first_break->number},
                             {"lane", report.first_break->lane},
                             {"place", report.first_break->place},
                             {"what", report.first_break->what}};
    }
    terminal.print(json.dump(1) + "\n");
  } else {
    terminal.say({fmt::format("{} checked, {} from before the chain, {} compared", count_of(report.entries, "entry", "entries"),
                              report.unchained, count_of(report.anchors, "signed head", "signed heads")),
                  fmt::format("기록 {}건을 검증했습니다. 사슬 이전 {}건, 서명된 지문 {}건 비교", report.entries,
                              report.unchained, report.anchors)});
  }
  say_newest_head(report, terminal);
  if (!report.first_break && report.anchors > 0 && !lacks_newer_heads(report)) {
    terminal.say({"the audit trail is whole", "감사 기록이 온전합니다"});
    return Exit::done;
  }
  if (!report.first_break && report.anchors > 0) {
    terminal.say({"the audit trail is whole up to that head", "그 서명까지는 감사 기록이 온전합니다"});
    return Exit::findings;
  }
  if (!report.first_break) {
    const std::string file = anchors ? *anchors : std::string("DATA/audit/anchors");
    terminal.say({fmt::format("the chains hold, but {} has no signed head to compare with: entries that were cut off at the "
                              "end would not show; give the lines of the log with --anchors",
                              file),
                  fmt::format("사슬은 이어져 있으나 {}에 비교할 서명이 없습니다. 끝부분이 잘려 나갔어도 드러나지 않습니다. 로그에 "
                              "남은 줄을 --anchors로 지정하십시오",
                              file)});
    return should_have_heads(report, anchors.has_value()) ? Exit::findings : Exit::done;
  }
  const services::AuditBreak& found = *report.first_break;
  const Text words = words_of(found);
  terminal.say({fmt::format("the first broken link: place {} of lane {} (entry {}) {}", found.place, found.lane,
                            found.number, words.en),
                fmt::format("처음 끊긴 곳: {}번 줄의 {}번째(기록 번호 {}): {}", found.lane, found.place, found.number,
                            words.ko)});
  return Exit::findings;
}

}  // namespace

Command audit_verify_command() {
  return {"audit verify",
          {"checks the record of who did what; exit 1 names the first broken link",
           "누가 무엇을 했는지의 기록을 검증합니다. 끊긴 곳이 있으면 알려 주고 1로 끝납니다"},
          {},
          {{"json", "", {"for machines", "기계가 읽을 형식"}},
           {"anchors",
            "FILE",
            {"signed heads to compare with, such as lines taken from the log (DATA/audit/anchors)",
             "비교할 서명 파일, 예를 들어 로그에서 옮긴 줄(DATA/audit/anchors)"}},
           data_option(),
           config_option()},
          run_audit_verify};
}

}  // namespace hanjari::cli

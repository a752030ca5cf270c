// hanjari destroy: the personal data of an exam, on its day.
#include <algorithm>

#include <fmt/format.h>

#include "cli/concerned.h"
#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/rekeying/keys.h"
#include "privacy/commands/commands.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

void say_preview(const Terminal& terminal, const storage::DestructionPreview& preview) {
  terminal.print(fmt::format("exam {}\npopulations {}\npeople {}\nplacements {}\napplications {}\nattachments {}\n",
                             preview.exam, preview.populations, preview.people, preview.placements,
                             preview.applications, preview.attachments));
  for (const std::string& day : preview.days)
    terminal.say({"with it: the exam of another day, " + day, "함께 파기: 다른 날의 시험 " + day});
  if (preview.done_at) {
    const std::string at = format_instant(*preview.done_at);
    terminal.say({"destroyed at " + at, at + "에 파기했습니다"});
  } else if (preview.begun) {
    terminal.say({"begun and not finished: a running server or destroy --due goes on with it",
                  "파기가 시작되었으나 끝나지 않았습니다. 서버나 destroy --due가 이어서 합니다"});
  } else if (preview.due_at) {
    const std::string at = format_instant(*preview.due_at);
    terminal.say({"to be destroyed at " + at, at + "에 파기할 예정입니다"});
  } else {
    terminal.say({"nothing is ordered: give --on DATE", "예정된 파기가 없습니다. --on 날짜를 지정하십시오"});
  }
}

// Throws Conflict (people_concerned) unless the number of people was said, by --concerned or on the terminal.
void require_concerned(const Arguments& arguments, const Terminal& terminal,
                       const storage::DestructionPreview& preview) {
  const std::int64_t people = std::max(preview.people, preview.applications);
  if (!arguments.has("concerned")) say_preview(terminal, preview);
  const std::int64_t said =
      ask_concerned(arguments, terminal, people, {"ordering the destruction", "파기를 예약합니다"},
                    {"have personal data in it; nothing brings them back", "개인정보가 되돌릴 수 없이 파기되는 사람이"});
  if (said == people) return;
  throw Conflict("people_concerned",
                 {fmt::format("{} {} personal data in {}; nothing is ordered. Say their number: --concerned {}",
                              count_people(people), word_for(people, "has", "have"), preview.exam, people),
                  fmt::format("{}에 개인정보가 있는 사람은 {}명입니다. 예약하지 않았습니다. 인원을 적으십시오: --concerned {}",
                              preview.exam, group_digits(people), people)});
}

Exit run_destroy(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const services::Change change{author_of(arguments), arguments.find("reason").value_or(""), system_clock().now(),
                                "program"};
  if (arguments.has("due")) {
    const auto done = storage::destroy_due(settings, change, system_clock(), terminal.progress);
    for (const std::string& exam : done)
      terminal.say({"personal data of " + exam + " destroyed", exam + "의 개인정보를 파기했습니다"});
    terminal.say(done.empty()
                     ? Text{"nothing is due", "파기할 것이 없습니다"}
                     : Text{"earlier backups no longer open: make a new one, and replace every copy of the key "
                            "file",
                            "이전 백업은 더 이상 열리지 않습니다. 새로 백업하고 키 파일의 사본을 모두 바꾸십시오"});
    return Exit::done;
  }
  const std::string exam = arguments.text("exam");
  if (arguments.has("cancel")) {
    storage::cancel_destruction(settings, exam, change);
  } else if (const auto on = arguments.find("on")) {
    const auto day = parse_date(*on);
    if (!day) throw WrongUsage{{"--on: a day such as 2026-12-31", "--on: 2026-12-31과 같은 날짜"}};
    // Preview first, so that a mistyped exam changes nothing, and nobody's data go without their number being said.
    require_concerned(arguments, terminal, storage::preview_destruction(settings, exam));
    storage::order_destruction(settings, exam, Instant(std::chrono::hours(24) * day->days), change);
  }
  say_preview(terminal, storage::preview_destruction(settings, exam));
  return Exit::done;
}

}  // namespace

Command destroy_command() {
  return {"destroy",
          {"shows, orders or carries out the destruction of an exam's personal data",
           "시험의 개인정보 파기를 미리 보이거나 예약하거나 실행합니다"},
          {},
          {{"exam", "CODE", {"the exam; alone it shows what would go", "시험. 이것만 주면 파기할 내용을 보여 줍니다"}},
           {"on", "DATE", {"orders the destruction for this day (00:00 UTC)", "이 날짜(UTC 0시)로 파기를 예약합니다"}},
           concerned_option({"how many people have personal data in it, as it shows without --on",
                             "개인정보가 파기되는 인원. --on 없이 실행하면 보여 줍니다"}),
           {"cancel", "", {"takes the order back", "예약을 취소합니다"}},
           {"due",
            "",
            {"carries out all that is due; hanjari serve does so too",
             "기한이 된 파기를 모두 실행합니다. 서버도 스스로 실행합니다"}},
           {"reason", "TEXT", {"for the record", "기록에 남길 사유"}},
           data_option(),
           config_option(),
           author_option()},
          run_destroy};
}

}  // namespace hanjari::cli

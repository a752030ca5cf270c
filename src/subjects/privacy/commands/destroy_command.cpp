// hanjari destroy: the personal data of an exam, on its day.
#include <optional>

#include <fmt/format.h>

#include "cli/concerned.h"
#include "cli/moments.h"
#include "cli/outputs.h"
#include "cli/suggestion.h"
#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/output.h"
#include "hanjari/base/people.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/proof/destruction.h"
#include "hanjari/rekeying/keys.h"
#include "privacy/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/named_exam.h"
#include "program/opening/receipt_key.h"

namespace hanjari::cli {
namespace {

void say_preview(const Arguments& arguments, const Terminal& terminal, const storage::DestructionPreview& preview) {
  const bool korean = terminal.language == Language::korean;
  terminal.print(fmt::format(
      fmt::runtime(korean ? "시험 {}\n응시자 명단 {}개\n응시자 {}명\n좌석 배정 {}건\n원서 {}건\n제출하지 않은 지원자 {}명\n첨부 파일 {}개\n"
                          : "exam {}\npopulations {}\npeople {}\nplacements {}\napplications {}\npeople with a form that they did not submit {}\nattachments {}\n"),
      preview.exam, preview.populations, preview.people, preview.placements, preview.applications,
      preview.beginners, preview.attachments));
  for (const std::string& day : preview.days)
    terminal.say({"with it: the exam of another day, " + day, "함께 파기: 다른 날의 시험 " + day});
  if (preview.done_at) {
    const Text at = tell_moment(*preview.done_at, preview.time_zone);
    terminal.say({"destroyed at " + at.en, at.ko + "에 파기했습니다"});
  } else if (preview.begun) {
    const std::string due = suggest(arguments, {"destroy", "--due"});
    terminal.say({"begun and not finished; a running server goes on with it, or this does: " + due,
                  "파기가 시작되었으나 끝나지 않았습니다. 서버가 이어서 하며, 직접 이어서 하려면: " + due});
  } else if (preview.due_at) {
    const Text at = tell_moment(*preview.due_at, preview.time_zone);
    terminal.say({"to be destroyed at " + at.en, at.ko + "에 파기할 예정입니다"});
    // A notice may have moved its exam since the order.
    if (preview.last_day && local_time(*preview.due_at, preview.time_zone).day <= *preview.last_day) {
      const std::string held = format_date(*preview.last_day);
      terminal.say(
          arguments.has("not-held")
              ? Text{"CAUTION: the exam was to be held until " + held +
                         "; ordered with --not-held, it does not wait for that day; --cancel takes it back",
                     "주의: 시험일(" + held + ")이 그 뒤입니다. --not-held로 예약하였으므로 시험일을 기다리지 않고 파기하며, "
                         "--cancel로 취소할 수 있습니다"}
              : Text{"CAUTION: the exam is held after that, until " + held +
                         "; an order without --not-held waits until then, --cancel takes it back",
                     "주의: 시험일(" + held + ")이 그 뒤입니다. --not-held 없이 한 예약은 시험일이 지날 때까지 기다리며, "
                         "--cancel로 취소할 수 있습니다"});
    }
  } else {
    terminal.say({"nothing is ordered; --on with a day orders it", "예정된 파기가 없습니다. --on으로 날짜를 지정하면 예약합니다"});
  }
}

// Throws Conflict (people_concerned) unless the number of people was said, by --concerned or on the terminal.
void require_concerned(const Arguments& arguments, const Terminal& terminal,
                       const storage::DestructionPreview& preview) {
  const std::int64_t people = preview.concerned();
  if (!arguments.has("concerned")) say_preview(arguments, terminal, preview);
  const std::int64_t said =
      ask_concerned(arguments, terminal, people, {"ordering the destruction", "파기를 예약합니다"},
                    {"have personal data in it; nothing brings them back", "개인정보가 되돌릴 수 없이 파기되는 사람이"});
  if (said == people) return;
  const std::string again = suggest_again(arguments, "destroy", {"--concerned", std::to_string(people)});
  throw Conflict("people_concerned",
                 {fmt::format("{} {} personal data in {}; nothing is ordered. Say their number: {}",
                              count_people(people), word_for(people, "has", "have"), preview.exam, again),
                  fmt::format("{}에 개인정보가 있는 사람은 {}명입니다. 예약하지 않았습니다. 인원을 적으십시오: {}",
                              preview.exam, group_digits(people), again)});
}

// The day of the order, at midnight where the exam is held. Throws Conflict (exam_not_held) for a day on which people
// still have to sit the exam, unless --not-held says that it does not take place.
Instant moment_of_order(const Arguments& arguments, const Date& day, const storage::DestructionPreview& preview) {
  if (arguments.has("not-held") && arguments.find("reason").value_or("").empty()) {
    throw WrongUsage{{"--not-held needs a --reason, which is recorded", "--not-held에는 기록으로 남길 --reason이 필요합니다"}};
  }
  if (preview.last_day && day <= *preview.last_day && !arguments.has("not-held")) {
    const std::string held = format_date(*preview.last_day);
    throw Conflict("exam_not_held",
                   {fmt::format("{} is held until {}: on {} nobody could find a seat, and no paper could be made; nothing "
                                "is ordered. Name a later day, or add --not-held if the exam does not take place",
                                preview.exam, held, format_date(day)),
                    fmt::format("{}의 시험일은 {}입니다. {}에 파기하면 아무도 자리를 찾을 수 없고 문서도 만들 수 없어 "
                                "예약하지 않았습니다. 시험일 뒤의 날짜를 적거나, 시험이 취소되었으면 --not-held를 더하십시오",
                                preview.exam, held, format_date(day))});
  }
  return instant_of(day, 0, preview.time_zone.empty() ? machine_time_zone() : preview.time_zone);
}

// Throws NotFound that names the exam meant where this one is not there.
storage::DestructionPreview preview_of(const Arguments& arguments, const Terminal& terminal, const storage::DatabaseSettings& settings,
                                       const std::string& exam) {
  try {
    return storage::preview_destruction(settings, exam);
  } catch (const ExamUnknown&) {
    named_exam(*open_database(arguments, terminal), exam);
    throw;
  }
}

// The certificate that it is done, signed with the key of the receipts; who took it stands in the trail.
Exit certify(const Arguments& arguments, const Terminal& terminal, const std::string& exam, const std::string& file) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  require_free_file(file, existing_of(arguments));
  preview_of(arguments, terminal, settings, exam);  // says which exam is meant where this one is not there
  const storage::DestructionRecord record = storage::load_destruction(settings, exam);
  const auto database = open_database(arguments, terminal);
  const auto signer = open_receipt_signer(*database, settings);
  const auto raw = [](const std::string& hex) { return proof::parse_lower_hex(hex).value(); };
  const std::string note = proof::sign_destruction(
      {record.exam, format_instant(record.due_at), format_instant(record.begun_at), format_instant(record.keys_gone_at),
       format_instant(record.done_at), record.destroyed},
      raw(signer.public_key()), [&](std::string_view text) { return raw(signer.sign_text(text)); });
  database->audit().record(change_of_operator(arguments), {"exam.certify_destruction", record.exam});
  write_file(file, note);
  terminal.say({fmt::format("{}: certificate that the personal data of {} was destroyed; anybody checks it with verify-certificate",
                            file, record.exam),
                fmt::format("{}: 시험 {}의 개인정보 파기 확인서. 누구나 verify-certificate로 확인할 수 있습니다", file, record.exam)});
  return Exit::done;
}

Exit run_destroy(const Arguments& arguments, const Terminal& terminal) {
  const auto settings = database_settings(arguments, configuration_of(arguments));
  const services::Change change = change_of_operator(arguments);
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
  if (const auto file = arguments.find("certificate")) return certify(arguments, terminal, exam, *file);
  if (arguments.has("cancel")) {
    storage::cancel_destruction(settings, exam, change);
  } else if (const auto on = arguments.find("on")) {
    const auto day = parse_typed_date(*on);
    if (!day) throw WrongUsage{{"--on: a day such as 2026-12-31", "--on: 2026-12-31과 같은 날짜"}};
    // Preview first, so that a mistyped exam changes nothing, and nobody's data go without their number being said.
    const storage::DestructionPreview preview = preview_of(arguments, terminal, settings, exam);
    const Instant due = moment_of_order(arguments, *day, preview);
    require_concerned(arguments, terminal, preview);
    storage::order_destruction(settings, exam, due, change,
                               arguments.has("not-held") ? std::nullopt : std::optional(*day));
  }
  say_preview(arguments, terminal, preview_of(arguments, terminal, settings, exam));
  return Exit::done;
}

}  // namespace

Command destroy_command() {
  return {"destroy",
          {"shows, orders or carries out the destruction of an exam's personal data",
           "시험의 개인정보 파기를 미리 보이거나 예약하거나 실행합니다"},
          {},
          {{"exam", "CODE", {"the exam; alone it shows what would go", "시험. 이것만 주면 파기할 내용을 보여 줍니다"}},
           {"on",
            "DATE",
            {"orders the destruction for this day, 00:00 where the exam is held; a day after the exam",
             "이 날짜(시험을 치르는 곳의 0시)로 파기를 예약합니다. 시험일 뒤의 날짜여야 합니다"}},
           {"not-held",
            "",
            {"with --on: the exam does not take place, so that the day may be before it; needs --reason",
             "--on과 함께: 시험이 취소되어 시험일 전의 날짜도 됩니다. --reason이 필요합니다"}},
           concerned_option({"how many people have personal data in it, as it shows without --on",
                             "개인정보가 파기되는 인원. --on 없이 실행하면 보여 줍니다"}),
           {"cancel", "", {"takes the order back", "예약을 취소합니다"}},
           {"certificate",
            "FILE",
            {"once it is done: writes a signed certificate of it, which anybody can check",
             "파기가 끝난 뒤 누구나 확인할 수 있는 서명된 파기 확인서를 만듭니다"}},
           replace_option(),
           {"due",
            "",
            {"carries out all that is due; a running server does so too",
             "기한이 된 파기를 모두 실행합니다. 서버도 스스로 실행합니다"}},
           {"reason", "TEXT", {"for the record", "기록에 남길 사유"}},
           data_option(),
           config_option(),
           author_option()},
          run_destroy};
}

}  // namespace hanjari::cli

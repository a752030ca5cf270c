#include "program/serve/periodic_work.h"

#include <memory>
#include <utility>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/office/moved_days.h"
#include "hanjari/intake/unsent_reminders.h"
#include "hanjari/invigilators/duty_messages.h"
#include "hanjari/invigilators/substitutes.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/publications/release_messages.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

// A failed destruction is tried again after this long; until then the failed job tells of it.
constexpr std::chrono::seconds between_destructions = 1h;
constexpr int payments_at_once = 100;

// Asks the provider about payments whose outcome is unknown.
PeriodicWork ask_about_payments(const PeriodicParts& parts) {
  return {"payments", 0ms, 10s, [parts](const std::stop_token&) {
            return parts.paying.reconcile_payments(payments_at_once).asked == payments_at_once;
          }};
}

PeriodicWork deliver_test_notifications(const PeriodicParts& parts) {
  return {"test_provider", 0ms, 1s, [parts](const std::stop_token&) {
            parts.paying.deliver_late_notifications(*parts.test_provider);
            return false;
          }};
}

services::SeatReminderStores seats_of(storage::Database& database) {
  return {database.recruitments(), database.applications(), database.exams(), database.plans(),
          database.seat_views(),   database.outbox(),       system_clock()};
}

services::UnsentFormStores unsent_forms_of(storage::Database& database) {
  return {database.recruitments(), database.applications(), database.outbox(), system_clock()};
}

PeriodicWork remind_of_seats(const PeriodicParts& parts) {
  const auto rounds = std::make_shared<services::SeatReminderRounds>(parts.reminder_hours);
  return {"seat_reminders", 0ms, 10s, [parts, rounds](const std::stop_token& stop) {
            const services::SeatReminders told =
                rounds->run(seats_of(parts.database), [&stop] { return stop.stop_requested(); });
            if (told.unopened + told.before_exam > 0) {
              parts.log.write(events::seats_told, {{"unopened", std::to_string(told.unopened)},
                                                   {"before_exam", std::to_string(told.before_exam)}});
            }
            return false;
          }};
}

// Of results, after their minute, in an order that each round draws.
PeriodicWork tell_of_releases(const PeriodicParts& parts) {
  const auto rounds = std::make_shared<services::ReleaseMessageRounds>();
  return {"release_messages", 0ms, 5s, [parts, rounds](const std::stop_token& stop) {
            storage::Database& database = parts.database;
            const std::int64_t told =
                rounds->run({database.recruitments(), database.applications(), database.plans(), database.publications(),
                             database.outbox(), system_clock()},
                            services::draw_token(), [&stop] { return stop.stop_requested(); });
            if (told > 0) parts.log.write(events::release_told, {{"people", std::to_string(told)}});
            return false;
          }};
}

// Officers whose shares a version on hold waits for.
PeriodicWork tell_of_held_releases(const PeriodicParts& parts) {
  return {"hold_messages", 10s, 30s, [parts](const std::stop_token& stop) {
            if (parts.officer_mail.empty()) return false;
            storage::Database& database = parts.database;
            const services::HoldLetters letters{
                database.publications(), database.outbox(), parts.officer_mail,
                [&database](const ExamCode& exam) {
                  const auto head = database.exams().find_head(exam);
                  return head ? Text{head->name_en.empty() ? head->name_ko : head->name_en, head->name_ko} : Text{exam.text(), exam.text()};
                },
                [&database](const ExamCode& exam) {
                  const auto head = database.exams().find_head(exam);
                  return head ? head->time_zone : machine_time_zone();
                }};
            std::int64_t told = 0;
            for (const ExamCode& exam : database.exams().list_exams()) {
              if (stop.stop_requested()) break;
              // An exam of which a version cannot be read keeps nobody else from being told.
              services::read_legibly([&] { told += services::tell_of_holds(letters, exam, system_clock().now()); });
            }
            if (told > 0) parts.log.write(events::holds_told, {{"officers", std::to_string(told)}});
            return false;
          }};
}

// Of forms that were begun and not submitted, before closing.
PeriodicWork remind_of_unsent_forms(const PeriodicParts& parts) {
  const auto rounds =
      std::make_shared<services::UnsentReminderRounds>(parts.reminder_hours.from, parts.reminder_hours.until);
  return {"unsent_reminders", 0ms, 10s, [parts, rounds](const std::stop_token& stop) {
            const std::int64_t told =
                rounds->run(unsent_forms_of(parts.database), contacts_of(parts.database.accounts()),
                            [&stop] { return stop.stop_requested(); });
            if (told > 0) parts.log.write(events::unsent_told, {{"people", std::to_string(told)}});
            return false;
          }};
}

// Of exam days that a saved notice has moved.
PeriodicWork tell_of_new_days(const PeriodicParts& parts) {
  const auto rounds = std::make_shared<services::MovedDayRounds>();
  return {"moved_days", 0ms, 5s, [parts, rounds](const std::stop_token& stop) {
            storage::Database& database = parts.database;
            const std::int64_t told = rounds->run({database.recruitments(), database.setups(), database.applications(),
                                                   database.outbox(), system_clock()},
                                                  [&stop] { return stop.stop_requested(); });
            if (told > 0) parts.log.write(events::moved_days_told, {{"people", std::to_string(told)}});
            return false;
          }};
}

services::ExamWords words_of_exam(storage::Database& database, const ExamCode& exam) {
  const auto head = database.exams().find_head(exam);
  if (!head) return {{exam.text(), exam.text()}, machine_time_zone()};
  return {{head->name_en, head->name_ko}, head->time_zone, head->exam_on};
}

// Districts that have not proposed the seats that are asked of them or whose schools do not answer, schools that were asked or
// accepted, the city while offers wait for it; and links of schools whose time is over.
PeriodicWork remind_of_venues(const PeriodicParts& parts) {
  return {"venue_reminders", 1min, 10min, [parts](const std::stop_token&) {
            const Instant now = system_clock().now();
            const auto words_of = [&parts](const ExamCode& exam) { return words_of_exam(parts.database, exam); };
            storage::Database& database = parts.database;
            services::remind_districts(database.venue_offers(), database.outbox(), words_of, now);
            services::remind_schools(database.venue_offers(), database.outbox(), words_of, now);
            services::tell_of_silent_schools(database.venue_offers(), database.outbox(), words_of, now);
            services::remind_city(database.venue_offers(), database.outbox(), words_of, now);
            return database.venue_offers().remove_expired_questions(now);
          }};
}

// Whoever accepted a call before the minute of the rooms gets the place once it has come.
PeriodicWork place_substitutes(const PeriodicParts& parts) {
  return {"substitutes", 10s, 1min, [parts](const std::stop_token& stop) {
            storage::Database& database = parts.database;
            for (const ExamCode& exam : database.exams().list_exams()) {
              if (stop.stop_requested()) return false;
              services::read_legibly([&] {
                services::place_accepted_on_the_day(database.invigilators(), database.exams(), parts.plan_copies, exam,
                                                    system_clock().now());
              });
            }
            return false;
          }};
}

// Invigilators: of places that are new or changed, and of invitations that end soon.
PeriodicWork tell_of_duties(const PeriodicParts& parts) {
  return {"duty_messages", 1min, 2min, [parts](const std::stop_token& stop) {
            storage::Database& database = parts.database;
            const std::string& portal = parts.senders.letterhead.portal;
            const std::string page = portal.empty() ? std::string() : portal + "/ko/duty";
            bool more = false;
            for (const ExamCode& exam : database.exams().list_exams()) {
              if (stop.stop_requested()) return false;
              // An exam whose rows do not open keeps nobody else from being told.
              services::read_legibly([&] {
                const services::DutyMessages told = services::tell_invigilators(
                    database.invigilators(), database.exams(), database.plans(), exam, system_clock().now(), page);
                more = more || told.more;
              });
            }
            return more;
          }};
}

PeriodicWork anchor(const PeriodicParts& parts) {
  return {"anchors", 1min, 1min, [parts](const std::stop_token&) {
            anchor_audit(parts.database, parts.log);
            return false;
          }};
}

// Told once when it begins and once when it ends, not every minute.
PeriodicWork watch_keys(const PeriodicParts& parts) {
  return {"keys", 1min, 1min, [parts, current = std::make_shared<bool>(true)](const std::stop_token&) {
            try {
              parts.database.check_ready();
              if (!*current) parts.log.write(events::keys_current);
              *current = true;
            } catch (const KeysNotCurrent& error) {
              if (*current)
                parts.log.write(events::keys_not_current, {{"code", error.code()}, {"detail", detail_of(error)}});
              *current = false;
            } catch (const Error&) {
              return false;  // readers of /health/ready are told
            }
            return false;
          }};
}

PeriodicWork order_destructions(const PeriodicParts& parts) {
  return {"destructions", 1min, 1min, [parts](const std::stop_token&) {
            const Instant now = system_clock().now();
            if (!storage::is_destruction_due(parts.settings, now)) return false;
            services::order_when_due(parts.database.jobs(), services::destruction_job_kind, between_destructions,
                                     {"program", "on schedule", now, "program"});
            return false;
          }};
}

PeriodicWork remove_expired(const PeriodicParts& parts) {
  return {"sessions", 1min, 1min,
          [parts](const std::stop_token&) { return parts.database.accounts().remove_expired(system_clock().now()); }};
}

// Papers whose time is over, and what broken-off work left of them.
PeriodicWork remove_old_papers(const PeriodicParts& parts) {
  return {"papers", 1min, 10min,
          [parts](const std::stop_token&) { return parts.database.paper_sets().remove_expired(system_clock().now()); }};
}

// The caller's own steps refuse a destroyed exam before they ask for a copy, and another program may have destroyed it.
PeriodicWork forget_destroyed_plans(const PeriodicParts& parts) {
  return {"plan_copies", 1min, 1min, [parts](const std::stop_token&) {
            parts.plan_copies.forget_destroyed(parts.database.exams());
            return false;
          }};
}

// What failed jobs quote of people: nobody mends a package after a month.
PeriodicWork remove_old_faults(const PeriodicParts& parts) {
  return {"job_faults", 1min, 10min, [parts](const std::stop_token&) {
            return parts.database.jobs().remove_faults(system_clock().now() - services::faults_are_kept);
          }};
}

PeriodicWork flush_log(const PeriodicParts& parts) {
  return {"log", 500ms, 500ms, [parts](const std::stop_token&) {
            parts.log.flush();
            return false;
          }};
}

}  // namespace

std::vector<PeriodicWork> periodic_works(const PeriodicParts& parts) {
  std::vector<PeriodicWork> works{
      ask_about_payments(parts), remind_of_seats(parts),    remind_of_unsent_forms(parts), tell_of_new_days(parts), anchor(parts),
      watch_keys(parts),         order_destructions(parts), remove_expired(parts),         remove_old_papers(parts),
      remove_old_faults(parts),  remind_of_venues(parts),   tell_of_releases(parts),    tell_of_held_releases(parts),      tell_of_duties(parts),
      place_substitutes(parts),
      forget_destroyed_plans(parts), flush_log(parts)};
  for (PeriodicWork& work : sending_works(parts.database, parts.email, parts.sms, parts.senders, system_clock()))
    works.push_back(std::move(work));
  if (parts.test_provider != nullptr) works.push_back(deliver_test_notifications(parts));
  return works;
}

void anchor_audit(storage::Database& database, ServerLog& log) {
  try {
    const std::string line = database.audit().anchor(system_clock().now());
    if (!line.empty()) log.write(events::audit_anchor, {{"line", line}});
  } catch (const Error& error) {
    log.write(events::audit_anchor_failed, {{"code", error.code()}, {"detail", detail_of(error)}});
  }
}

}  // namespace hanjari::cli

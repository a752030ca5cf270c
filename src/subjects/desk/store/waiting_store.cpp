#include "desk/store/waiting_store.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

using services::WaitingKind;
using services::WaitingWork;

// Failures that are older are on no list: whoever could do something about them has, or will not.
constexpr std::chrono::hours failures_shown{30 * 24};

// Of exams whose personal data is gone, or going, nothing waits.
std::string unless_destroyed(const char* exam_code) {
  return fmt::format("NOT EXISTS (SELECT 1 FROM destructions d WHERE d.exam_code = {} AND d.begun_at IS NOT NULL)",
                     exam_code);
}

// Rows of exam, count, oldest moment and deadline; each of the last two may be NULL.
void read_works(Rows rows, WaitingKind kind, std::vector<WaitingWork>& works) {
  while (rows.next()) {
    WaitingWork work;
    work.kind = kind;
    work.exam = ExamCode(rows.maybe_text().value_or(""));
    work.count = std::min(rows.integer(), services::most_waiting_counted);
    if (const auto since = rows.maybe_integer()) work.since = from_microseconds(*since);
    if (const auto due = rows.maybe_integer()) work.due = from_microseconds(*due);
    if (work.count > 0) works.push_back(std::move(work));
  }
}

std::string moment_of_column(const char* column) {
  return fmt::format("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', {})", column);
}

// The index of accommodations holds those that wait side by side, whatever the size of the exam.
void count_applications(Connection& connection, std::vector<WaitingWork>& works) {
  read_works(connection.select("SELECT r.exam_code, COUNT(*), " + moment_of_column("MIN(a.submitted_at)") +
                               ", NULL FROM recruitments r STRAIGHT_JOIN applications a FORCE INDEX "
                               "(applications_by_accommodation) ON a.exam_code = r.exam_code AND a.accommodation = 1 "
                               "WHERE a.state IN ('submitted', 'paid') AND " +
                               unless_destroyed("r.exam_code") + " GROUP BY r.exam_code"),
             WaitingKind::accommodations, works);
  read_works(connection.select("SELECT r.exam_code, COUNT(*), " + moment_of_column("MIN(s.reported_at)") +
                               ", NULL FROM recruitments r JOIN self_reports s ON s.exam_code = r.exam_code AND "
                               "s.decision = 'asked' WHERE " +
                               unless_destroyed("r.exam_code") + " GROUP BY r.exam_code"),
             WaitingKind::health_reports, works);
  read_works(connection.select("SELECT p.exam_code, COUNT(*), " + moment_of_column("MIN(p.begun_at)") +
                               ", NULL FROM payments p WHERE p.state = 'refunding' AND " +
                               unless_destroyed("p.exam_code") + " GROUP BY p.exam_code"),
             WaitingKind::refunds, works);
  read_works(connection.select("SELECT p.exam_code, COUNT(*), " + moment_of_column("MIN(p.settled_at)") +
                               ", NULL FROM payments p FORCE INDEX (payments_to_ask) WHERE p.to_ask = 1 AND p.state = 'paid' AND " +
                               unless_destroyed("p.exam_code") + " GROUP BY p.exam_code"),
             WaitingKind::taken_back, works);
}

void count_venue_offers(Connection& connection, std::vector<WaitingWork>& works) {
  read_works(connection.select("SELECT q.exam_code, COUNT(*), " + moment_of_column("MIN(o.changed_at)") + ", " +
                               moment_of_column("MIN(q.due_at)") +
                               " FROM venue_requests q JOIN venue_offers o ON o.exam_code = q.exam_code WHERE o.state = "
                               "'confirmed' AND " +
                               unless_destroyed("q.exam_code") + " GROUP BY q.exam_code"),
             WaitingKind::venue_offers, works);
}

void count_approvals(Connection& connection, std::vector<WaitingWork>& works) {
  read_works(connection.select("SELECT n.exam_code, 1, " + moment_of_column("n.changed_at") +
                               ", NULL FROM notice_approvals n JOIN recruitments r ON r.exam_code = n.exam_code AND "
                               "r.version = n.notice_version WHERE n.confirmed_by = '' AND n.proposed_by <> '' AND " +
                               unless_destroyed("n.exam_code")),
             WaitingKind::notices, works);
  // Of the version that the notice has; one for another version is void.
  read_works(connection.select("SELECT c.exam_code, 1, " + moment_of_column("c.proposed_at") +
                               ", NULL FROM notice_proposals c JOIN recruitments r ON r.exam_code = c.exam_code AND "
                               "r.version = c.base_version WHERE c.refused_by = '' AND " +
                               unless_destroyed("c.exam_code")),
             WaitingKind::notice_changes, works);
  read_works(connection.select("SELECT u.exam_code, COUNT(*), " + moment_of_column("MIN(u.changed_at)") + ", " +
                               moment_of_column("MIN(u.release_at)") +
                               " FROM publications u WHERE u.step = 'proposed' AND " + unless_destroyed("u.exam_code") + " GROUP BY u.exam_code"),
             WaitingKind::releases, works);
  read_works(connection.select("SELECT u.exam_code, COUNT(*), " + moment_of_column("MIN(u.changed_at)") + ", " +
                               moment_of_column("MIN(u.release_at)") +
                               " FROM publications u WHERE u.step = 'approved' AND u.armed_on <> '' AND " +
                               unless_destroyed("u.exam_code") + " GROUP BY u.exam_code"),
             WaitingKind::held_releases, works);
  read_works(connection.select("SELECT o.exam_code, COUNT(*), " + moment_of_column("MIN(o.sent_at)") +
                               ", NULL FROM objections o WHERE o.outcome = '' AND " + unless_destroyed("o.exam_code") + " GROUP BY o.exam_code"),
             WaitingKind::objections, works);
  for (const auto& [kind, step] :
       {std::pair(WaitingKind::plans, "proposed"), std::pair(WaitingKind::publications, "confirmed")}) {
    read_works(
        connection.select("SELECT e.exam_code, COUNT(*), " + moment_of_column("MIN(a.changed_at)") +
                              ", NULL FROM plan_approvals a JOIN plans p ON p.plan_id = a.plan_id AND "
                              "p.kept_in_plan_id IS NULL JOIN exams e ON e.exam_id = p.exam_id WHERE a.step = ? AND NOT "
                              "EXISTS (SELECT 1 FROM live_plans l WHERE l.exam_id = p.exam_id AND l.plan_id = p.plan_id) "
                              "AND " +
                              unless_destroyed("e.exam_code") + " GROUP BY e.exam_code",
                          step),
        kind, works);
  }
  // Of the live plan that was looked at; one for another plan is void.
  read_works(connection.select("SELECT w.exam_code, 1, " + moment_of_column("w.proposed_at") +
                               ", NULL FROM withdrawal_proposals w JOIN exams e ON e.exam_code = w.exam_code JOIN live_plans "
                               "l ON l.exam_id = e.exam_id AND l.version = w.live_version WHERE " +
                               unless_destroyed("w.exam_code")),
             WaitingKind::withdrawals, works);
}

// A failed job waits until one of its kind and exam was ordered after it.
void count_failures(Connection& connection, Instant now, std::vector<WaitingWork>& works) {
  const std::string from = sql_time(now - failures_shown);
  read_works(connection.select("SELECT j.exam_code, COUNT(*), " + moment_of_column("MIN(j.ended_at)") +
                                   ", NULL FROM jobs j WHERE j.state = 'failed' AND j.ended_at >= ? AND NOT EXISTS "
                                   "(SELECT 1 FROM jobs l WHERE l.exam_code = j.exam_code AND l.kind = j.kind AND "
                                   "l.job_number > j.job_number) GROUP BY j.exam_code",
                               from),
             WaitingKind::failed_jobs, works);
  read_works(connection.select("SELECT f.exam_code, COUNT(*), " + moment_of_column("MIN(f.settled_at)") +
                                   ", NULL FROM (SELECT exam_code, settled_at FROM messages FORCE INDEX (messages_due) "
                                   "WHERE state = 'failed' AND due_at >= ? ORDER BY due_at DESC LIMIT ?) f GROUP BY "
                                   "f.exam_code",
                               from, services::most_waiting_counted),
             WaitingKind::failed_messages, works);
}

// A day of a notice whose plan is live; `several`: the notice has other days too, whose people this plan does not seat.
struct LiveDay {
  std::string notice;
  std::string exam_on;
  bool several = false;
};

// Of every live exam that is still to be held.
std::vector<LiveDay> list_live_days(Connection& connection, Instant now) {
  std::vector<LiveDay> days;
  Rows rows = connection.select(
      "SELECT n.exam_code, DATE_FORMAT(p.exam_on, '%Y-%m-%d'), EXISTS (SELECT 1 FROM notice_days o WHERE o.exam_code = "
      "n.exam_code) FROM (SELECT exam_code, exam_code AS day_code FROM recruitments UNION ALL SELECT exam_code, day_code FROM "
      "notice_days) n JOIN exams e ON e.exam_code = n.day_code JOIN live_plans l ON l.exam_id = e.exam_id JOIN plans q ON "
      "q.plan_id = l.plan_id JOIN populations p ON p.population_id = q.population_id WHERE p.exam_on >= DATE(?) AND " +
          unless_destroyed("n.exam_code") + " ORDER BY n.exam_code, p.exam_on",
      sql_time(now));
  while (rows.next()) {
    LiveDay day;
    day.notice = rows.text();
    day.exam_on = rows.text();
    day.several = rows.integer() != 0;
    days.push_back(std::move(day));
  }
  return days;
}

// One day after the other, so that none is counted further than needed; the days of a notice are one line.
void count_unopened(Connection& connection, Instant now, std::vector<WaitingWork>& works) {
  std::map<std::string, std::int64_t> people;
  for (const LiveDay& day : list_live_days(connection, now)) {
    Rows rows = connection.select(
        "SELECT COUNT(*) FROM (SELECT 1 FROM applications a LEFT JOIN seat_views v ON v.application_id = "
        "a.application_id WHERE a.exam_code = ? AND a.state = 'paid' AND (NOT ? OR a.exam_on = ?) AND v.application_id IS NULL "
        "LIMIT ?) u",
        day.notice, day.several ? 1 : 0, day.exam_on, services::most_waiting_counted);
    if (rows.next()) people[day.notice] += rows.integer();
  }
  for (const auto& [notice, count] : people) {
    if (count == 0) continue;
    WaitingWork work;
    work.kind = WaitingKind::unopened_seats;
    work.exam = ExamCode(notice);
    work.count = std::min(count, services::most_waiting_counted);
    works.push_back(std::move(work));
  }
}

}  // namespace

std::vector<WaitingWork> WaitingStore::count_waiting(Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<WaitingWork> works;
    count_applications(connection, works);
    count_venue_offers(connection, works);
    count_approvals(connection, works);
    count_failures(connection, now, works);
    count_unopened(connection, now, works);
    return works;
  });
}

}  // namespace hanjari::storage

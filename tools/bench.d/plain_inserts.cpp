#include "plain_inserts.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "database/connection.h"
#include "database/server/own_account.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/program/opening/database.h"

namespace bench {
namespace {

using hanjari::storage::Connection;
using hanjari::storage::Rows;
using nlohmann::json;

std::unique_ptr<Connection> connect(const std::string& data) {
  hanjari::storage::ConnectTo to;
  to.socket = data + "/mariadb/s.sock";
  to.user = hanjari::storage::own_account_name();
  to.schema = "hanjari";
  return std::make_unique<Connection>(to);
}

std::int64_t count(Connection& connection, const std::string& select, const std::string& exam) {
  Rows rows = connection.select(select, exam);
  return rows.next() ? rows.integer() : -1;
}

}  // namespace

int run_plain(const std::string& data, const std::string& exam, int first, int number, int connections) {
  std::atomic<int> next{0};
  std::vector<std::thread> threads;
  const std::string time = "2021-03-02 00:00:00.000000";
  const std::string form(700, 'f');      // as long as a sealed form
  const std::string receipt(520, 'r');   // as long as a receipt
  const std::string letter(1'050, 'm');  // as long as a sealed message
  const std::string sealed(120, 's');    // as long as an entry's sealed content
  const std::string unit = [&] {
    const auto connection = connect(data);
    Rows rows = connection->select("SELECT unit_code FROM recruitment_units WHERE exam_code = ? LIMIT 1", exam);
    rows.next();
    return rows.text();
  }();
  const auto began = std::chrono::steady_clock::now();
  for (int at = 0; at < connections; ++at) {
    threads.emplace_back([&, at] {
      const auto connection = connect(data);
      for (int person = next++; person < number; person = next++) {
        const std::string name = fmt::format("plain-{}-{}", exam.substr(0, 8), first + person);
        const std::string account = fmt::format("applicant-{}", first + person);
        connection->execute("BEGIN");
        connection->change(
            "INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, "
            "claim_hash, fee_won, submitted_at, form_sealed) VALUES (?, ?, ?, ?, 'submitted', 1, '2031-01-01', ?, "
            "5000, ?, ?)",
            name, exam, unit, account, fmt::format("{:016}", first + person), time, form);
        connection->change(
            "INSERT INTO application_events (application_id, version, at, author, kind, detail) VALUES (?, 1, ?, ?, "
            "'submitted', '')",
            name, time, account);
        connection->change(
            "INSERT INTO submissions (exam_code, idempotency_key, application_id, version, account, receipt, "
            "received_at) VALUES (?, ?, ?, 1, ?, ?, ?)",
            exam, fmt::format("plain-key-{:010}", first + person), name, account, receipt, time);
        connection->change("DELETE FROM application_drafts WHERE account = ? AND exam_code = ?", account, exam);
        connection->change(
            "INSERT INTO messages (dedupe_id, channel, language, to_sealed, content_sealed, state, attempts, due_at, "
            "claimed_until, created_at, why) VALUES (?, 'email', 'ko', 'sealed', ?, 'waiting', 0, ?, ?, ?, '')",
            "plain/" + name, letter, time, time, time);
        connection->change(
            "INSERT INTO audit_entries (at, author, role, action, subject, reason, detail, content_sealed, lane, "
            "place, "
            "previous_hash, entry_hash) VALUES (?, ?, 'applicant', 'application.submit', ?, '', ?, ?, ?, ?, ?, ?)",
            time, account, name, exam, sealed, 1'000 + at, first + person, fmt::format("{:032}", first + person),
            fmt::format("{:032}", first + person + 1));
        connection->execute("COMMIT");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  fmt::print("{}\n", json{{"stored", number}, {"seconds", seconds}, {"per_second", number / seconds}}.dump());
  return 0;
}

int run_judge(const std::string& data, const std::string& exam, const std::string& acks) {
  const auto connection = connect(data);
  std::map<std::string, std::string> receipts;
  Rows rows = connection->select("SELECT application_id, receipt FROM submissions WHERE exam_code = ?", exam);
  while (rows.next()) {
    std::string id = rows.text();
    receipts[std::move(id)] = rows.text();
  }
  std::int64_t told = 0;
  std::int64_t lost = 0;
  std::ifstream lines(acks);
  for (std::string line; std::getline(lines, line);) {
    const json ack = json::parse(line);
    ++told;
    const auto found = receipts.find(ack.at("id"));
    if (found == receipts.end() || found->second != ack.at("receipt")) ++lost;
  }
  const std::int64_t applications = count(*connection, "SELECT COUNT(*) FROM applications WHERE exam_code = ?", exam);
  const std::int64_t doubled = count(*connection,
                                     "SELECT COUNT(*) FROM (SELECT account FROM applications WHERE exam_code = ? GROUP "
                                     "BY account HAVING COUNT(*) > 1) d",
                                     exam);
  const std::int64_t orphans =
      count(*connection,
            "SELECT COUNT(*) FROM submissions s LEFT JOIN applications a ON a.application_id = "
            "s.application_id WHERE s.exam_code = ? AND a.application_id IS NULL",
            exam);
  fmt::print("{}\n", json{{"acknowledged", told},
                          {"acknowledged_lost", lost},
                          {"applications", applications},
                          {"doubled", doubled},
                          {"receipts_without_application", orphans}}
                         .dump());
  return lost + doubled + orphans == 0 ? 0 : 1;
}

int run_publish(const std::string& data, const std::string& file) {
  using namespace hanjari;
  std::vector<Fault> warnings;
  const Recruitment notice = package::load_recruitment(file, warnings);
  storage::DatabaseSettings settings;
  settings.data = data;
  storage::Database database(settings, storage::SchemaUpgrade::never, system_clock(), no_progress());
  const auto stored = database.recruitments().find_recruitment(notice.header.code);
  services::save_notice(database.recruitments(), notice, services::RecruitmentState::published,
                        stored ? stored->version : 0, {"bench", "", system_clock().now()});
  return 0;
}

}  // namespace bench

// Times pages of the office's table of applications over rows that are written straight into the database. Their forms are
// nobody's and do not open, which takes no less time than opening them.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "database/connection.h"
#include "database/server/own_account.h"
#include "hanjari/base/error.h"
#include "hanjari/program/opening/database.h"
#include "intake/store/office/application_keys.h"
#include "stage/sample_notice.h"
#include "vault/data_keys.h"
#include "vault/key_file.h"

namespace {

using namespace hanjari;
using services::TableFilter;
using services::TableOrder;

const ExamCode code("seoul-2021-1");
constexpr int districts = 25;
constexpr int portion = 100'000;

std::unique_ptr<storage::Connection> connect(const std::string& data) {
  storage::ConnectTo to;
  to.socket = data + "/mariadb/s.sock";
  to.user = storage::own_account_name();
  to.schema = "hanjari";
  return std::make_unique<storage::Connection>(to);
}

storage::FieldCipher cipher_of(const std::string& data) {
  const std::string file = data + "/keys/personal.keys";
  return {storage::load_keys(file),
          std::make_shared<const storage::DataKeys>([data] { return connect(data); },
                                                    [file] { return storage::load_keys(file); }, storage::load_keys(file))};
}

std::string hex_of(const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return hex;
}

// Every column has its own period, so that filters are independent of one another.
void fill(const std::string& data, int people) {
  const auto cipher = cipher_of(data);
  std::string keys;
  for (int district = 0; district < districts; ++district)
    keys += fmt::format(", x'{}'", hex_of(storage::district_key(cipher, code, DistrictCode(std::to_string(11'000 + district)))));
  const auto connection = connect(data);
  const std::string form(700, 'f');  // as long as a sealed form
  for (int first = 1; first <= people; first += portion) {
    connection->execute(fmt::format(
        "INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, "
        "fee_won, submitted_at, paid_at, form_sealed, district_hash, name_hash, person_hash, photo, accommodation, twin) "
        "SELECT LPAD(LOWER(HEX(MOD(seq * 2654435761, 4294967296))), 16, '0'), '{0}', IF(seq % 20 = 0, '102', '101'), "
        "CONCAT('filled-', seq), CASE MOD(seq DIV 3, 10) WHEN 8 THEN 'submitted' WHEN 9 THEN 'lapsed' ELSE 'paid' END, 1, "
        "'2021-06-05', IF(MOD(seq DIV 3, 10) = 9, NULL, UNHEX(LPAD(HEX(seq), 32, '0'))), 5000, '2021-03-02' + INTERVAL (seq "
        "DIV 7) SECOND, IF(MOD(seq DIV 3, 10) < 8, '2021-03-03' + INTERVAL (seq DIV 5) SECOND, NULL), '{1}', ELT(1 + "
        "MOD(seq DIV 20, {2}){3}), UNHEX(LPAD(HEX(MOD(seq, 600) + 1), 32, '0')), UNHEX(LPAD(HEX(seq + 1), 32, '0')), "
        "MOD(seq DIV 11, 100) <> 0, IF(MOD(seq DIV 13, 50) = 0, 1, 0), MOD(seq DIV 17, 4000) = 0 FROM seq_{4}_to_{5}",
        code.text(), form, districts, keys, first, std::min(people, first + portion - 1)));
  }
}

std::vector<std::pair<std::string, TableFilter>> filters() {
  std::vector<std::pair<std::string, TableFilter>> all{{"none", {}}};
  const auto add = [&](const char* name, const auto& set) {
    TableFilter filter;
    set(filter);
    all.emplace_back(name, filter);
  };
  for (const ApplicationState state : {ApplicationState::paid, ApplicationState::submitted, ApplicationState::withdrawn})
    add("state", [&](TableFilter& filter) { filter.state = state; });
  for (const char* unit : {"101", "102", "201"}) add("unit", [&](TableFilter& filter) { filter.unit = UnitCode(unit); });
  for (const char* district : {"11000", "11024", ""})
    add("district", [&](TableFilter& filter) { filter.district = DistrictCode(district); });
  add("accommodation", [](TableFilter& filter) { filter.accommodation = services::AccommodationStage::waiting; });
  add("photo", [](TableFilter& filter) { filter.photo = false; });
  add("suspected", [](TableFilter& filter) { filter.suspected = true; });
  add("name", [](TableFilter& filter) { filter.name_key = std::string(29, '0') + "101"; });
  for (const char* district : {"11001", "11013"}) {
    add("state and district", [&](TableFilter& filter) {
      filter.state = ApplicationState::lapsed;
      filter.district = DistrictCode(district);
    });
    add("unit, district and photo", [&](TableFilter& filter) {
      filter.unit = UnitCode("102");
      filter.district = DistrictCode(district);
      filter.photo = true;
    });
  }
  return all;
}

struct Timed {
  double milliseconds;
  std::string what;
};

// What a request asks the database for: a page, the count and whether all is indexed.
double time_page(services::ApplicationTableRepository& table, services::TableWish& wish) {
  const auto began = std::chrono::steady_clock::now();
  const auto page = table.list_rows(wish);
  table.count_rows(wish.exam, wish.filter);
  table.count_unkeyed(wish.exam, 1'000);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  wish.after = page.next;
  return took.count();
}

std::vector<Timed> time_all(services::ApplicationTableRepository& table, int rounds) {
  std::vector<Timed> times;
  for (int round = 0; round < rounds; ++round) {
    for (const TableOrder order :
         {TableOrder::number, TableOrder::submitted, TableOrder::paid, TableOrder::unit, TableOrder::state}) {
      for (const bool falling : {true, false}) {
        for (const auto& [name, filter] : filters()) {
          services::TableWish wish;
          wish.exam = code;
          wish.filter = filter;
          wish.order = order;
          wish.falling = falling;
          for (int page = 0; page < 2; ++page) {
            times.push_back({time_page(table, wish), fmt::format("{} by {}", name, services::spell(order))});
            if (!wish.after) break;
          }
        }
      }
    }
  }
  return times;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) return 64;
  const std::string data = argv[1];
  const int people = std::atoi(argv[2]);
  storage::DatabaseSettings settings;
  settings.data = data;
  storage::Database database(settings, storage::SchemaUpgrade::automatic, system_clock(), no_progress());
  database.recruitments().save_recruitment(tests::sample_notice(), services::RecruitmentState::published, 0,
                                           {"bench", "", system_clock().now()});
  fill(data, people);
  connect(data)->execute("ANALYZE TABLE applications");
  time_all(database.application_table(), 1);
  auto times = time_all(database.application_table(), 5);
  std::sort(times.begin(), times.end(), [](const Timed& a, const Timed& b) { return a.milliseconds < b.milliseconds; });
  const auto at = [&](double share) { return times.at(static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))); };
  std::printf("%d applications, %zu pages with counts: p50 %.1f ms, p99 %.1f ms, slowest %.1f ms (%s)\n", people, times.size(),
              at(0.5).milliseconds, at(0.99).milliseconds, times.back().milliseconds, times.back().what.c_str());
  const auto began = std::chrono::steady_clock::now();
  database.application_table().count_by_hour(code);
  database.application_table().count_by_unit(code, std::nullopt);
  const std::chrono::duration<double, std::milli> figures = std::chrono::steady_clock::now() - began;
  std::printf("%d applications: figures by hour and unit %.1f ms\n", people, figures.count());
  return 0;
} catch (const hanjari::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
  return 1;
}

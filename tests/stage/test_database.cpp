#include "stage/test_database.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "database/migrations.h"
#include "database/server/file_lock.h"
#include "database/server/grants.h"
#include "database/server/own_account.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/sample/sample.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/seating/seats.h"
#include "places.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

// In memory, where there is room for some databases: a server waits for its disk at every commit, and what it or a program wrote outlives a
// kill there too. TMPDIR, where it is set, names another place.
fs::path place_of_folders() {
  const fs::path memory = "/dev/shm";
  constexpr std::uint64_t enough = std::uint64_t{4} << 30U;
  struct statvfs room {};
  if (std::getenv("TMPDIR") != nullptr || ::access(memory.c_str(), W_OK | X_OK) != 0 || ::statvfs(memory.c_str(), &room) != 0) {
    return fs::temp_directory_path();
  }
  const bool roomy = (room.f_flag & ST_NOEXEC) == 0 && room.f_bavail * room.f_frsize >= enough;
  return roomy ? memory : fs::temp_directory_path();
}

// cp keeps the owner of the server's files, and holes as holes.
void copy_folder(const std::string& how, const fs::path& from, const fs::path& to) {
  const std::string copy = "cp -a " + how + "'" + from.string() + "' '" + to.string() + "'";
  if (std::system(copy.c_str()) != 0) throw std::runtime_error("the prepared data folder cannot be copied");
}

fs::path prepared_data() {
  std::string schema;
  for (const storage::Migration& step : storage::migrations()) schema += step.sql;
  const fs::path folder = fs::path(hanjari::tests::binary_dir) / "test-databases" / sha256(schema).hex().substr(0, 16);
  if (fs::exists(folder / "ready")) return folder / "data";
  fs::create_directories(folder);
  storage::FileLock lock;
  while (!lock.held()) {
    lock = storage::FileLock::try_lock(folder / "lock");
    if (!lock.held()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (fs::exists(folder / "ready")) return folder / "data";
  fs::remove_all(folder / "made");
  fs::remove_all(folder / "data");
  {
    const HeldClock clock;
    const storage::Database made(test_settings(folder / "made"), storage::SchemaUpgrade::automatic, clock, no_progress());
  }
  // A new server's log is 64 MB of zeros: with a hole in their place hundreds of copies write next to nothing.
  copy_folder("--sparse=always ", folder / "made", folder / "data");
  fs::remove_all(folder / "made");
  fs::create_directory(folder / "ready");
  return folder / "data";
}

}  // namespace

TestFolder::TestFolder(const std::string& name) {
  static const fs::path place = place_of_folders();
  std::string pattern = (place / "hanjari-test-XXXXXX").string();
  root_ = ::mkdtemp(pattern.data());
  fs::permissions(root_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  path_ = root_ / name;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void copy_prepared_data(const fs::path& folder) {
  copy_folder("", prepared_data(), folder);
}

storage::DatabaseSettings test_settings(const fs::path& data) {
  storage::DatabaseSettings settings;
  settings.data = data;
  settings.author = "tester";
  settings.connections = 8;
  settings.retry_for = std::chrono::milliseconds(10'000);
  settings.key_look = std::chrono::milliseconds(200);
  return settings;
}

TestDatabase::TestDatabase() {
  copy_prepared_data(folder.path());
  database = std::make_unique<storage::Database>(test_settings(folder.path()), storage::SchemaUpgrade::never, clock,
                                                 no_progress());
}

std::unique_ptr<storage::Connection> TestDatabase::connect() const {
  return connect_to_data(folder.path());
}

std::int64_t TestDatabase::number(const std::string& select) const {
  const auto connection = connect();
  storage::Rows rows = connection->select(select);
  return rows.next() ? rows.integer() : -1;
}

namespace {

std::unique_ptr<storage::Connection> connect_as(const fs::path& data, const std::string& account,
                                                const std::string& password) {
  storage::ConnectTo to;
  to.socket = data / "mariadb" / "s.sock";
  to.user = account;
  to.password = password;
  to.schema = "hanjari";
  return std::make_unique<storage::Connection>(to);
}

}  // namespace

std::unique_ptr<storage::Connection> connect_to_data(const fs::path& data) {
  return connect_as(data, storage::own_account_name(), {});
}

std::unique_ptr<storage::Connection> connect_as_program(const fs::path& data) {
  return connect_as(data, storage::program_account, read_file(data / "program.password"));
}

storage::FieldCipher cipher_of(const fs::path& data) {
  const fs::path file = data / "keys" / "personal.keys";
  return {storage::load_keys(file), std::make_shared<const storage::DataKeys>(
                                        [data] { return connect_to_data(data); },
                                        [file] { return storage::load_keys(file); }, storage::load_keys(file))};
}

Exam small_exam(const std::string& code, std::int64_t people) {
  sample::SampleRequest request;
  request.applicants = people;
  request.units = 3;
  request.venues = static_cast<int>(people / 300) + 3;
  request.rooms = static_cast<int>(people / 10) + 6;
  request.seed = 7;
  Exam exam = sample::make_sample(request);
  exam.header.code = ExamCode(code);
  exam.policy.min_gap_cm = 0;
  exam.policy.detour_cap_m = 12'000;
  // What the sample leaves empty.
  exam.applicants[0].photo = "사진-0.jpg";
  exam.applicants[1].accommodation = {.wheelchair = true, .multiplier = TimeMultiplier::x1_5};
  exam.applicants[2].routing = Routing::isolation;
  exam.applicants[3].keep_apart = exam.words.intern("쌍둥이");
  exam.applicants[4].origin = exam.words.intern("동-1");
  exam.applicants[5].electives = exam.words.intern("사회;과학");
  exam.venues[0].phone = "02-000-0000";
  exam.rooms[0].blocked = {{1, 1}, {2, 3}};
  exam.rooms[1].people_cap = 12;
  exam.travel.push_back({exam.words.intern("동-1"), VenueIndex(std::size_t{1}), 1234});
  exam.pins.push_back({PinKind::room, ApplicantIndex::none(), VenueIndex(std::size_t{0}), RoomIndex(std::size_t{0})});
  make_canonical(exam);
  exam.input_sha256 = package::digest_exam(exam);
  return exam;
}

Plan plan_of(const Exam& exam) {
  const auto capacities = seating::room_capacities(exam);
  Assignment assignment;
  assignment.status = PlanStatus::feasible;
  assignment.room_of.assign(exam.applicants.size(), RoomIndex::none());
  std::size_t room = 0;
  for (std::size_t unit = 0; unit < exam.units.size(); ++unit) {
    int seated = 0;
    for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
      if (exam.applicants[at].unit.value != unit) continue;
      while (seated >= capacities.at(room).people) {
        ++room;
        seated = 0;
      }
      assignment.room_of[at] = RoomIndex(room);
      ++seated;
    }
    if (seated > 0) ++room;
  }
  Plan plan = seating::seat(exam, assignment, *parse_seed("1"));
  plan.report.input_sha256 = exam.input_sha256;
  const TestFolder folder("plan");
  plan.digest = package::save_plan(exam, plan, folder.path(), system_clock());
  return plan;
}

services::Change change_of(const Clock& clock) {
  return {"tester", "because", clock.now()};
}

}  // namespace hanjari::tests

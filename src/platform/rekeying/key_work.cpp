#include "rekeying/key_work.h"

#include <fmt/format.h>
#include <sodium.h>

#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds between_looks = 100ms;

[[noreturn]] void throw_no_newer_key() {
  throw InvalidInput("no_newer_key",
                     {"HANJARI_KEYS must hold a new line 'personal NUMBER KEY' with a higher number first",
                      "먼저 HANJARI_KEYS에 더 큰 번호의 'personal 번호 키' 줄을 추가하십시오"});
}

[[noreturn]] void throw_not_placed() {
  throw InvalidInput("no_newer_key",
                     {"the key file must hold a new line 'personal NUMBER KEY' with a higher number first",
                      "먼저 키 파일에 더 큰 번호의 'personal 번호 키' 줄을 추가하십시오"});
}

[[noreturn]] void throw_not_confirmed(const std::vector<LivingProgram>& programs) {
  std::string places;
  for (const LivingProgram& program : programs) {
    places += (places.empty() ? "" : ", ") + program.place;
    if (!program.problem.empty()) places += " (" + program.problem + ")";
  }
  throw Unavailable(
      "keys_not_confirmed",
      {fmt::format("nothing is changed yet: these programs do not have the new master key: {}; let them write their "
                   "key file or put the line there by hand, then run this again",
                   places),
       fmt::format("아직 아무것도 바뀌지 않았습니다. 새 마스터 키를 받지 못한 프로그램: {}. 키 파일을 쓸 수 있게 하거나 "
                   "그 줄을 직접 넣고 다시 실행하십시오",
                   places)});
}

// The next master key that the file already holds, if any: one that was placed there, or that an earlier run took.
std::optional<MasterKey> find_later(const KeyRing& ring, int current) {
  std::optional<MasterKey> nearest;
  for (const auto& [number, key] : ring.personal) {
    if (number == current || is_earlier_master(number, current)) continue;
    const auto distance = [&](int one) { return (one - current + last_master_number) % last_master_number; };
    if (!nearest || distance(number) < distance(nearest->number)) nearest = MasterKey{number, key};
  }
  return nearest;
}

MasterKey draw_next(int current) {
  MasterKey next;
  next.number = current % last_master_number + 1;
  randombytes_buf(next.key.data(), next.key.size());
  return next;
}

}  // namespace

KeyWork::KeyWork(const DatabaseSettings& wanted, Progress& shown)
    : settings(wanted),
      progress(shown),
      server(wanted, shown),
      pool([this] { return server.open(); }, wanted.connections),
      data_keys(std::make_shared<const DataKeys>([this] { return server.open(); },
                                                 [wanted] { return load_ring(wanted); }, load_ring(wanted))),
      cipher(load_ring(wanted), data_keys),
      store{pool, cipher, {wanted.retry_for, std::chrono::milliseconds(20)}, wanted.author} {
  server.open_owner();
}

void KeyWork::lock() {
  try {
    lease_ = std::make_unique<KeyLease>([this] { return server.open(); });
  } catch (const DriverError& error) {
    throw_translated(error);
  }
}

std::string KeyWork::own_place() const {
  return settings.keys.empty() ? key_file_of(settings).string() : "HANJARI_KEYS";
}

MasterKey KeyWork::current_master(Connection& connection) {
  const auto current = find_named_key(connection, purposes::personal);
  auto master = current ? find_master(load_ring(settings), current->check) : std::nullopt;
  if (!master) {
    throw KeysNotCurrent(
        {"the key file lacks the master key that is in use now: copy the key file of a machine that is ready",
         "지금 쓰는 마스터 키가 키 파일에 없습니다. 정상 동작 중인 컴퓨터의 키 파일을 복사하십시오"});
  }
  return *master;
}

void KeyWork::prepare(Carry carry) {
  in_locked([&](Connection& connection, Attempt) {
    const MasterKey current = current_master(connection);
    const auto prepared = find_prepared_master(connection);
    // A key that has gone through the database already is not the one that the operator means.
    const bool carried = prepared && prepared->wrapped && carry == Carry::placed;
    if (prepared && !carried) return;
    const auto later = find_later(load_ring(settings), carried ? prepared->key.number : current.number);
    if (!later && !settings.keys.empty()) throw_no_newer_key();
    if (!later && carry == Carry::placed) throw_not_placed();
    const MasterKey next = later ? *later : draw_next(current.number);
    const bool wrapped = settings.keys.empty() && carry == Carry::wrapped;
    connection.change(
        "UPDATE key_changes SET phase = 'prepared', next_number = ?, next_check = ?, next_wrapped = ?, prepared_at = "
        "UTC_TIMESTAMP(6) WHERE change_id = 1",
        next.number, FieldCipher::key_check(next.key), wrapped ? std::optional(wrap_master(current, next)) : std::nullopt);
  });
  step();
}

void KeyWork::take() {
  const auto own = in_reading(pool, store.retry, [&](Connection& connection) -> std::optional<LivingProgram> {
    const auto prepared = find_prepared_master(connection);
    if (!prepared) return std::nullopt;
    return hold_keys(connection, settings, *find_named_key(connection, purposes::personal), prepared, none_under_masters_, {});
  });
  if (!own) return;
  if (!own->next_check) {
    LivingProgram missing = *own;
    missing.place = own_place();
    throw_not_confirmed({missing});
  }
  step();
}

std::vector<LivingProgram> KeyWork::lacking(Connection& connection, Locked locked, const NamedKey& next) {
  auto programs = list_living_programs(connection, locked);
  std::erase_if(programs, [&](const LivingProgram& program) { return program.next_check == next.check; });
  return programs;
}

void KeyWork::await_confirmations() {
  const auto until = std::chrono::steady_clock::now() + settings.key_timeout;
  for (;;) {
    const auto missing = in_reading(pool, store.retry, [&](Connection& connection) {
      const auto prepared = find_prepared_master(connection);
      return prepared ? lacking(connection, Locked::no, prepared->key) : std::vector<LivingProgram>{};
    });
    if (missing.empty()) break;
    if (std::chrono::steady_clock::now() > until) throw_not_confirmed(missing);
    progress.report(steps_);
    std::this_thread::sleep_for(between_looks);
  }
  step();
}

// False when a program came to life meanwhile that does not have the key yet.
bool KeyWork::switch_master(const std::function<void(Connection&, const MasterKey& next)>& also, int& number) {
  struct Missing {};
  try {
    in_locked([&](Connection& connection, Attempt) {
      const auto prepared = find_prepared_master(connection);
      // An earlier try was heard by the database only.
      if (!prepared) {
        number = current_master(connection).number;
        return;
      }
      const KeyRing ring = load_ring(settings);
      const auto next = find_master(ring, prepared->key.check);
      if (!next) throw Missing{};
      number = next->number;
      for (Rows rows = connection.select("SELECT data_key_id FROM data_keys FOR UPDATE"); rows.next();) {
      }
      if (!lacking(connection, Locked::yes, prepared->key).empty()) throw Missing{};
      connection.change("INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('personal', ?, ?)",
                        next->number, prepared->key.check);
      also(connection, *next);
      rewrap_all(connection, ring, *next);
      connection.change(
          "UPDATE key_changes SET phase = 'idle', next_number = NULL, next_check = NULL, next_wrapped = NULL, "
          "prepared_at = NULL WHERE change_id = 1");
    });
  } catch (const Missing&) {
    return false;
  }
  step();
  return true;
}

int KeyWork::change_master(Carry carry, const std::function<void(Connection&, const MasterKey& next)>& also) {
  progress.stage({"Changing the master key", "마스터 키 변경"}, 0);
  prepare(carry);
  int number = 0;
  do {
    take();
    await_confirmations();
  } while (!switch_master(also, number));
  data_keys->forget();
  return number;
}

std::vector<std::string> KeyWork::retire_masters() {
  const auto until = std::chrono::steady_clock::now() + settings.key_timeout;
  for (;;) {
    std::vector<std::string> places;
    bool worth_waiting = false;
    in_reading(pool, store.retry, [&](Connection& connection) {
      places.clear();
      worth_waiting = false;
      const auto current = find_named_key(connection, purposes::personal);
      auto programs = list_living_programs(connection, Locked::no);
      programs.push_back(hold_keys(connection, settings, *current, find_prepared_master(connection),
                                   none_under_masters_, {}));
      programs.back().place = own_place();
      for (const LivingProgram& program : programs) {
        if (!program.keeps_old && program.current_check == current->check) continue;
        places.push_back(program.place);
        worth_waiting = worth_waiting || program.problem != in_environment;
      }
      return true;
    });
    if (!worth_waiting || std::chrono::steady_clock::now() > until) {
      step();
      return places;
    }
    progress.report(steps_);
    std::this_thread::sleep_for(between_looks);
  }
}

namespace {

struct Wrapped {
  std::int64_t id = 0;
  std::string scope;
  int generation = 0;
  std::string wrapped;
  bool lost = false;
};

std::vector<Wrapped> list_wrapped(Connection& connection) {
  std::vector<Wrapped> all;
  Rows rows = connection.select("SELECT data_key_id, scope, generation, wrapped, lost FROM data_keys FOR UPDATE");
  while (rows.next()) {
    Wrapped one;
    one.id = rows.integer();
    one.scope = rows.text();
    one.generation = static_cast<int>(rows.integer());
    one.wrapped = rows.text();
    one.lost = rows.integer() != 0;
    all.push_back(std::move(one));
  }
  return all;
}

// Of a damaged key: whether there is no exam whose values it could have sealed.
bool seals_nothing(Connection& connection, const std::string& scope) {
  const auto slash = scope.find('/');
  if (slash == std::string::npos) return scope != scope_of_exam({}) && scope != scope_of_audit({});  // of no program
  const std::string exam = scope.substr(slash + 1);
  return !connection
              .select("SELECT 1 FROM exams WHERE exam_code = ? UNION ALL SELECT 1 FROM recruitments WHERE exam_code = ?",
                      exam, exam)
              .next();
}

}  // namespace

void rewrap_all(Connection& connection, const KeyRing& ring, const MasterKey& master) {
  for (const Wrapped& one : list_wrapped(connection)) {
    std::optional<Key> key;
    try {
      key = unwrap_key(ring, one.wrapped, one.scope, one.generation);
    } catch (const Unavailable&) {
      if (!one.lost && !seals_nothing(connection, one.scope)) throw;
      if (!one.lost) connection.change("DELETE FROM data_keys WHERE data_key_id = ?", one.id);
      continue;
    }
    if (!key && one.lost) continue;
    if (!key) {
      throw Unavailable("wrong_key_file", {"the key file lacks a master key that is in use",
                                           "사용 중인 마스터 키가 키 파일에 없습니다"});
    }
    connection.change("UPDATE data_keys SET wrapped = ?, master_check = ?, lost = 0 WHERE data_key_id = ?",
                      wrap_key(master, *key, one.scope, one.generation), FieldCipher::key_check(master.key), one.id);
  }
  connection.change("DELETE FROM key_checks WHERE purpose = 'personal' AND key_check <> ?",
                    FieldCipher::key_check(master.key));
}

}  // namespace hanjari::storage

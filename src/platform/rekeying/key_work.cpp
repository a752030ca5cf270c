#include "rekeying/key_work.h"

#include <sodium.h>

#include <vector>

#include "hanjari/base/error.h"

namespace hanjari::storage {

std::filesystem::path key_file_of(const DatabaseSettings& settings) {
  return settings.key_file.empty() ? settings.data / "keys" / "personal.keys" : settings.key_file;
}

KeyRing load_ring(const DatabaseSettings& settings) {
  return settings.keys.empty() ? load_keys(key_file_of(settings)) : parse_keys(settings.keys, "HANJARI_KEYS");
}

KeyWork::KeyWork(const DatabaseSettings& wanted, Progress& progress)
    : settings(wanted),
      server(wanted, progress),
      pool([this] { return server.open(); }, wanted.connections),
      data_keys(std::make_shared<const DataKeys>([this] { return server.open(); },
                                                 [wanted] { return load_ring(wanted); }, load_ring(wanted))),
      cipher(load_ring(wanted), data_keys),
      store{pool, cipher, {wanted.retry_for, std::chrono::milliseconds(20)}, wanted.author} {
  server.open_owner();
}

void KeyWork::lock() {
  lock_ = FileLock::try_lock(settings.data / "keys.lock");
  if (!lock_.held()) {
    throw Conflict("rotation_running",
                   {"another program changes the keys at this moment", "다른 프로그램이 지금 키를 바꾸고 있습니다"});
  }
}

int KeyWork::add_master() {
  KeyRing ring = load_ring(settings);
  const int newest = ring.personal.rbegin()->first;
  if (!settings.keys.empty()) {
    const bool used = in_reading(pool, store.retry, [&](Connection& connection) {
      return connection.select("SELECT 1 FROM data_keys WHERE ORD(LEFT(wrapped, 1)) >= ?", newest).next();
    });
    if (used) {
      throw InvalidInput("no_newer_key",
                         {"HANJARI_KEYS must hold a new line 'personal NUMBER KEY' with a higher number first",
                          "먼저 HANJARI_KEYS에 더 큰 번호의 'personal 번호 키' 줄을 추가하십시오"});
    }
    return newest;
  }
  // One byte holds the number; a number that is free again is as good as a new one, as long as it is the highest.
  if (newest >= 255) {
    throw InvalidInput("no_newer_key", {"the key file has no free number above its keys; renumber them by hand",
                                        "키 파일에 더 큰 번호가 없습니다. 번호를 다시 매기십시오"});
  }
  randombytes_buf(ring.personal[newest + 1].data(), sizeof(Key));
  save_keys(key_file_of(settings), ring);
  return newest + 1;
}

void KeyWork::rewrap(int master) {
  KeyRing ring = load_ring(settings);
  KeyRing only = ring;
  std::erase_if(only.personal, [&](const auto& key) { return key.first != master; });
  in_transaction(pool, store.retry, [&](Connection& connection, Attempt) {
    struct Wrapped {
      std::int64_t id;
      std::string scope;
      int generation;
      std::string wrapped;
    };
    std::vector<Wrapped> all;
    {
      Rows rows = connection.select("SELECT data_key_id, scope, generation, wrapped FROM data_keys FOR UPDATE");
      while (rows.next()) {
        Wrapped one;
        one.id = rows.integer();
        one.scope = rows.text();
        one.generation = static_cast<int>(rows.integer());
        one.wrapped = rows.text();
        all.push_back(std::move(one));
      }
    }
    for (const Wrapped& one : all) {
      const auto key = unwrap_key(ring, one.wrapped, one.scope, one.generation);
      if (!key) {
        throw Unavailable("wrong_key_file", {"the key file lacks a master key that is in use",
                                             "사용 중인 마스터 키가 키 파일에 없습니다"});
      }
      connection.change("UPDATE data_keys SET wrapped = ? WHERE data_key_id = ?",
                        wrap_key(only, *key, one.scope, one.generation), one.id);
    }
    connection.change(
        "INSERT INTO key_checks (purpose, key_number, key_check) VALUES ('personal', ?, ?) ON DUPLICATE KEY UPDATE "
        "key_check = VALUES(key_check)",
        master, FieldCipher::key_check(only.personal.at(master)));
    connection.change("DELETE FROM key_checks WHERE purpose = 'personal' AND key_number <> ?", master);
  });
  if (settings.keys.empty()) save_keys(key_file_of(settings), only);
}

}  // namespace hanjari::storage

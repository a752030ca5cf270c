#include "stage/machine.h"

#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <thread>

#include "database/server/own_account.h"
#include "rekeying/sealed_tables.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds timeout{3'000};

void append_number(std::string& text, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>((number >> shift) & 0xFFU);
}

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

class DyingProgress : public Progress {
 public:
  explicit DyingProgress(int step) : step_(step) {}
  void stage(const Text&, std::uint64_t) override {}
  void report(std::uint64_t done, const std::string&) override {
    // Who waits reports the same step again.
    if (done == last_) return;
    last_ = done;
    if (--step_ <= 0) ::kill(::getpid(), SIGKILL);
  }

 private:
  int step_;
  std::uint64_t last_ = 0;
};

[[noreturn]] void live_until_step(int step, const std::function<void(Progress&)>& work) {
  DyingProgress dying(step);
  try {
    work(dying);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    ::_exit(1);
  }
  ::_exit(0);
}

// How the child ended; nothing when it did not end in time and was killed for that.
std::optional<int> wait_for(pid_t child, std::chrono::seconds time) {
  int status = 0;
  for (auto left = std::chrono::milliseconds(time); left.count() > 0; left -= std::chrono::milliseconds(5)) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0) throw std::runtime_error("no child to wait for");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return std::nullopt;
}

}  // namespace

Machine::Machine(const TestDatabase& first) : settings_(hasty_settings(first)) {
  settings_.external = storage::ExternalServer{};
  settings_.external->socket = first.folder.path() / "mariadb" / "s.sock";
  settings_.external->user = storage::own_account_name();
  settings_.data = folder_.path();
  fs::create_directories(folder_.path() / "keys");
  copy_keys_from(first.folder.path() / "keys" / "personal.keys");
  // As operators do it: a machine of the office gets the key of the office too, where there is one.
  const fs::path office = first.folder.path() / "keys" / "office.key";
  if (fs::exists(office)) fs::copy_file(office, folder_.path() / "keys" / "office.key");
}

fs::path Machine::key_file() const {
  return folder_.path() / "keys" / "personal.keys";
}

void Machine::copy_keys_from(const fs::path& from) const {
  fs::copy_file(from, key_file(), fs::copy_options::overwrite_existing);
  fs::permissions(key_file(), fs::perms::owner_read | fs::perms::owner_write);
}

storage::DatabaseSettings hasty_settings(const TestDatabase& database) {
  storage::DatabaseSettings settings = test_settings(database.folder.path());
  settings.key_look = std::chrono::milliseconds(50);
  settings.key_timeout = timeout;
  settings.retry_for = std::chrono::milliseconds(3'000);
  return settings;
}

std::set<int> masters_in(const fs::path& key_file) {
  std::set<int> numbers;
  for (const auto& [number, key] : storage::load_keys(key_file).personal) numbers.insert(number);
  return numbers;
}

bool killed_at_step(int step, const std::function<void(Progress&)>& work) {
  // A child has none of its parent's other threads, but it may find a lock taken by one of them: the allocator of the
  // AddressSanitizer of clang 14 is not prepared for a fork. Such a child waits for ever at its birth, so another is born.
  for (int births = 0; births < 3; ++births) {
    const pid_t child = ::fork();
    if (child == 0) live_until_step(step, work);
    const std::optional<int> status = wait_for(child, std::chrono::seconds(200));
    if (!status) continue;
    if (WIFEXITED(*status) && WEXITSTATUS(*status) != 0) throw std::runtime_error("the child has failed");
    return WIFSIGNALED(*status);
  }
  throw std::runtime_error("three children did not come to their step");
}

std::vector<SealedValue> list_sealed(storage::Connection& connection) {
  std::vector<SealedValue> values;
  for (const storage::SealedTable& table : storage::sealed_tables()) {
    for (const storage::SealedColumn& column : table.columns) {
      storage::Rows rows = connection.select(fmt::format("SELECT {}, {}, {}, t.{} FROM {} WHERE t.{} IS NOT NULL",
                                                         table.exam, table.population, table.row, column.column,
                                                         table.from, column.column));
      while (rows.next()) {
        SealedValue value;
        value.exam = rows.text();
        value.population = static_cast<std::uint64_t>(rows.integer());
        value.row = rows.text();
        value.bytes = rows.text();
        value.table = table.table;
        value.column = column.name;
        if (!value.bytes.empty()) values.push_back(std::move(value));
      }
    }
  }
  storage::Rows rows = connection.select(
      "SELECT k.scope, CONCAT(e.lane, '/', e.place), e.content_sealed FROM audit_entries e JOIN data_keys k ON "
      "k.data_key_id = CONV(HEX(SUBSTR(e.content_sealed, 2, 4)), 16, 10)");
  while (rows.next()) {
    SealedValue value;
    const std::string scope = rows.text();
    if (scope.starts_with("audit/")) value.exam = scope.substr(6);
    value.row = rows.text();
    value.bytes = rows.text();
    value.table = "audit_entries";
    value.column = "audit_entries.content";
    values.push_back(std::move(value));
  }
  return values;
}

bool opens_with_any(const SealedValue& value, const std::vector<storage::Key>& keys) {
  constexpr std::size_t head = 5;
  constexpr std::size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  std::string beside;
  append_number(beside, value.row.size());
  beside += value.row;
  append_number(beside, value.column.size());
  beside += value.column;
  append_number(beside, value.population);
  beside += value.bytes.substr(0, head);
  const std::string closed = value.bytes.substr(head + nonce);
  std::string opened(closed.size(), '\0');
  for (const storage::Key& key : keys) {
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(opened.data()), nullptr, nullptr,
                                                   raw(closed), closed.size(), raw(beside), beside.size(),
                                                   raw(value.bytes) + head, key.data()) == 0) {
      return true;
    }
  }
  return false;
}

std::vector<storage::Key> list_open_keys(storage::Connection& connection, const std::vector<storage::KeyRing>& rings) {
  std::vector<storage::Key> keys;
  storage::Rows rows = connection.select("SELECT scope, generation, wrapped FROM data_keys");
  while (rows.next()) {
    const std::string scope = rows.text();
    const auto generation = static_cast<int>(rows.integer());
    const std::string wrapped = rows.text();
    for (const storage::KeyRing& ring : rings) {
      if (const auto key = storage::unwrap_key(ring, wrapped, scope, generation)) keys.push_back(*key);
    }
  }
  return keys;
}

}  // namespace hanjari::tests

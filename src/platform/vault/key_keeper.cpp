#include "vault/key_keeper.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "database/driver_error.h"
#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "vault/field_cipher.h"
#include "vault/process_name.h"

namespace hanjari::storage {
namespace {

std::optional<std::string> check_of(const std::optional<MasterKey>& master) {
  return master ? std::optional(FieldCipher::key_check(master->key)) : std::nullopt;
}

bool has_earlier(const KeyRing& ring, int current) {
  return std::any_of(ring.personal.begin(), ring.personal.end(),
                     [&](const auto& key) { return is_earlier_master(key.first, current); });
}

// The prepared key out of the database into the key file.
void take_prepared(const DatabaseSettings& settings, const NamedKey& current, const PreparedKey& prepared) {
  change_keys(key_file_of(settings), [&](KeyRing& ring) {
    const auto key = unwrap_master(ring, current, prepared);
    if (!key) return false;
    ring.personal[prepared.key.number] = *key;
    return true;
  });
}

void drop_earlier(const DatabaseSettings& settings, const NamedKey& current) {
  change_keys(key_file_of(settings), [&](KeyRing& ring) {
    if (!find_master(ring, current.check)) return false;
    return std::erase_if(ring.personal, [&](const auto& key) { return is_earlier_master(key.first, current.number); }) >
           0;
  });
}

}  // namespace

std::filesystem::path key_file_of(const DatabaseSettings& settings) {
  return settings.key_file.empty() ? settings.data / "keys" / "personal.keys" : settings.key_file;
}

KeyRing load_ring(const DatabaseSettings& settings) {
  return settings.keys.empty() ? load_keys(key_file_of(settings)) : parse_keys(settings.keys, "HANJARI_KEYS");
}

bool has_values_under_masters(Connection& connection) {
  // Only these tables are older than data keys; their first byte is the number of the master key, otherwise zero.
  return connection.select("SELECT 1 FROM applicants WHERE ORD(LEFT(name_sealed, 1)) <> 0 LIMIT 1").next() ||
         connection.select("SELECT 1 FROM keep_apart_broken WHERE ORD(LEFT(word_sealed, 1)) <> 0 LIMIT 1").next();
}

bool nothing_needs_earlier_masters(Connection& connection, const KeyRing& ring, const NamedKey& current,
                                   bool& none_under_masters) {
  // Those of an earlier version that were not settled yet, and data keys that the next start can take up.
  if (connection.select("SELECT 1 FROM key_checks WHERE purpose = 'personal' AND key_check <> ?", current.check).next())
    return false;
  Rows rows = connection.select("SELECT DISTINCT ORD(LEFT(wrapped, 1)) FROM data_keys WHERE lost = 1");
  while (rows.next()) {
    if (ring.personal.contains(static_cast<int>(rows.integer()))) return false;
  }
  if (!none_under_masters) none_under_masters = !has_values_under_masters(connection);
  return none_under_masters;
}

LivingProgram hold_keys(Connection& connection, const DatabaseSettings& settings, const NamedKey& current,
                        const std::optional<PreparedKey>& prepared, bool& none_under_masters,
                        const AfterStep& after_step) {
  LivingProgram held;
  const bool own_file = settings.keys.empty();
  try {
    KeyRing ring = load_ring(settings);
    held.current_check = check_of(find_master(ring, current.check));
    if (prepared && own_file && held.current_check && prepared->wrapped && !find_master(ring, prepared->key.check)) {
      take_prepared(settings, current, *prepared);
      if (after_step) after_step("taken");
    } else if (!prepared && own_file && held.current_check && has_earlier(ring, current.number) &&
               nothing_needs_earlier_masters(connection, ring, current, none_under_masters)) {
      drop_earlier(settings, current);
      if (after_step) after_step("dropped");
    }
    ring = load_ring(settings);
    if (prepared) held.next_check = check_of(find_master(ring, prepared->key.check));
    held.keeps_old = has_earlier(ring, current.number);
    // Only an operator can take a line out of the environment.
    if (held.keeps_old && !own_file) held.problem = in_environment;
    if (prepared && !held.next_check) held.problem = "next_key_missing";
    if (!held.current_check) held.problem = "keys_not_current";
  } catch (const Error& error) {
    held.problem = error.code();
    held.keeps_old = true;  // not known to be gone
  }
  return held;
}

KeyKeeper::KeyKeeper(DatabaseSettings settings, DataKeys::Open open, std::shared_ptr<const DataKeys> data_keys,
                     AfterStep after_step)
    : settings_(std::move(settings)),
      open_(std::move(open)),
      data_keys_(std::move(data_keys)),
      after_step_(std::move(after_step)),
      id_(services::draw_token()),
      process_(process_name()),
      place_(place_name(settings_.keys.empty() ? key_file_of(settings_).string() : "HANJARI_KEYS").substr(0, 1000)) {}

KeyKeeper::~KeyKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
  try {
    if (connection_ && told_) tell_ended(*connection_, id_);
  } catch (const DriverError&) {
    // It counts as dead a minute from now.
  }
}

void KeyKeeper::look() {
  try {
    if (!connection_) connection_ = open_();
    look_on(*connection_);
  } catch (const DriverError& error) {
    connection_.reset();
    throw_translated(error);
  }
}

void KeyKeeper::look_on(Connection& connection) {
  const auto current = find_named_key(connection, purposes::personal);
  if (!current) return;
  const auto prepared = find_prepared_master(connection);
  LivingProgram held = hold_keys(connection, settings_, *current, prepared, none_under_masters_, after_step_);
  held.id = id_;
  held.process = process_;
  held.place = place_;
  data_keys_->keep_in_step(*current);
  const auto now = std::chrono::steady_clock::now();
  if (told_ && *told_ == held && now - *told_at_ < between_signs) return;
  tell_living(connection, held, life);
  const bool news = !told_ || !(*told_ == held);
  told_ = std::move(held);
  told_at_ = now;
  if (news && after_step_) after_step_("told");
}

void KeyKeeper::start() {
  thread_ = std::thread([this] { run(); });
}

void KeyKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, settings_.key_look, [this] { return stopping_; })) {
    lock.unlock();
    try {
      look();
    } catch (const std::exception&) {
      // The database is away; the next look tries again.
    }
    lock.lock();
  }
}

}  // namespace hanjari::storage

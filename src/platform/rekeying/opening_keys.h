// The keys with which a program opens a database: made with it, the right ones ever after.
#pragma once

#include "database/connection.h"
#include "hanjari/database/settings.h"
#include "vault/key_file.h"

namespace hanjari::storage {

// Reads the key file, or makes one for a database that was never written to. Throws Unavailable (wrong_key_file) when
// the file is missing or lacks the keys that the database names. What an earlier version left behind is settled: several
// named master keys become one, and data keys under a master key that nobody named are taken up when the file has it.
KeyRing open_keys(Connection& connection, const DatabaseSettings& settings);

}  // namespace hanjari::storage

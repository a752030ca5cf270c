// The key that signs receipts: one for a database and all machines that serve it.
#pragma once

#include <filesystem>

#include "hanjari/intake/receipts.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::cli {

// Beside the keys of the personal data unless the settings say otherwise: whoever has it can sign receipts.
std::filesystem::path receipt_key_file(const storage::DatabaseSettings& settings);

// Reads the key and holds it to the one that the database names. A key is made only for a database that names none and
// holds no receipt. Throws Unavailable (receipt_key_missing, wrong_receipt_key) with what to do on a second machine.
services::ReceiptSigner open_receipt_signer(storage::Database& database, const storage::DatabaseSettings& settings);

}  // namespace hanjari::cli

// Where the program's database is and how it is reached.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "hanjari/base/text.h"

namespace hanjari::storage {

// A MariaDB server that somebody else runs.
struct ExternalServer {
  std::string host;  // empty: the socket
  int port = 3306;
  std::filesystem::path socket;
  std::string user;  // what the program works with; needs no right to change or delete entries of the audit trail
  std::string password;
  // Who may change the schema and give rights, for upgrades and backups; empty: the same account.
  std::string owner{};
  std::string owner_password{};
  std::string schema = "hanjari";
  std::filesystem::path tls_ca;  // the authority that signed the server's certificate; required for a host that is not
                                 // this machine
};

// Why a program that serves the office has not its key: office_key_missing, wrong_office_key, or what is wrong with the file.
struct OfficeKeyFault {
  std::string code;
  Text detail;
};

// Whether a program reads the key of what only the office reads. One that serves the portal alone does not.
enum class OfficeKeyUse { read, none };

struct DatabaseSettings {
  // The data folder: keys, log and, without an external server, the private database. Made when missing.
  std::filesystem::path data;
  std::optional<ExternalServer> external;
  std::filesystem::path key_file;       // empty: keys/personal.keys in the data folder
  std::string keys{};                   // the key file's text itself, from the environment; then there is no file
  std::filesystem::path receipt_file{};  // the key that signs receipts; empty: keys/receipt.key in the data folder
  std::filesystem::path office_file{};   // the key of marks, decisions and special cases; empty: keys/office.key in the data folder
  OfficeKeyUse office_key = OfficeKeyUse::read;
  std::filesystem::path anchor_file{};   // signed heads to compare with besides audit/anchors of the data folder; empty: none
  std::string author = "program";       // who changes what has no signed-in author
  std::string upgrade = "hanjari db upgrade";  // the command that brings this schema up to date, for messages
  bool security_keys_alone = false;     // accounts that have a key are opened by no code of the authenticator
  std::size_t connections = 16;         // at most
  // How long a lost connection or a lock held by somebody else is tried again.
  std::chrono::milliseconds retry_for{30'000};
  // How often a program looks whether the keys are about to change, and how long a change waits for other programs:
  // longer than a dead one counts as alive.
  std::chrono::milliseconds key_look{1'000};
  std::chrono::milliseconds key_timeout{75'000};
  // After so long a silence in the middle of an answer the connection counts as lost.
  std::chrono::seconds answer_limit{120};
};

struct MigrationStatus {
  int number = 0;
  std::string name;
  bool applied = false;
};

}  // namespace hanjari::storage

// The options and the configuration file with which commands reach the database.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/cli/command.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::cli {

// Settings of a configuration file: keys and values of etc/hanjari.example.properties, which explains each.
class Configuration {
 public:
  std::optional<std::string> find(const std::string& key) const;
  std::string text(const std::string& key, const std::string& otherwise) const;
  // Throws InvalidInput (bad_configuration) when the value is no number from `least` to `most`.
  std::int64_t integer(const std::string& key, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
  // `true` or `false`.
  bool flag(const std::string& key, bool otherwise) const;
  // The words of a list with commas.
  std::set<std::string> words(const std::string& key) const;
  // The first line of the file that the key names; empty without the key. Throws NotFound, Unavailable.
  std::string secret(const std::string& key) const;

 private:
  friend Configuration load_configuration(const std::filesystem::path& file);
  std::filesystem::path file_;
  std::map<std::string, std::string> values_;
};

// Throws InvalidInput with a fault per unknown or empty key; NotFound when there is no such file.
Configuration load_configuration(const std::filesystem::path& file);

// The file of --config, or no settings without that option.
Configuration configuration_of(const Arguments& arguments);

// --data and --config, for a command's list of options.
Option data_option();
Option config_option();
Option author_option();

// Where the database is: --data, else the configuration's data_folder, else $XDG_DATA_HOME/hanjari or
// ~/.local/share/hanjari; the external server of the configuration if it names one.
storage::DatabaseSettings database_settings(const Arguments& arguments, const Configuration& configuration);

// Opens the database for a command; a private one is brought up to date.
std::unique_ptr<storage::Database> open_database(const Arguments& arguments, const Terminal& terminal);

// Who runs the command, for the audit rows: --author if given, else the account of the operating system.
std::string author_of(const Arguments& arguments);

// "root@host": the account of the operating system and the machine, which --author does not change. At most 190 bytes.
std::string operating_account();

// Whoever has this shell and the keys is trusted to name the right officer for a step of approval. Throws Conflict
// (approvals_by_sign_in_only) where the configuration wants every such step to be signed in for.
void require_approvals_here(const Arguments& arguments);

// A change by a command: author_of, --reason, now, as "program", with operating_account() for its source and shell.
services::Change change_of_operator(const Arguments& arguments);

}  // namespace hanjari::cli

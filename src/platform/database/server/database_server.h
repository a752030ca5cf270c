// The server that settings name, private or external, and how connections to it come about.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "database/connection.h"
#include "database/server/private_server.h"
#include "hanjari/database/settings.h"

namespace hanjari::storage {

class DatabaseServer {
 public:
  DatabaseServer(const DatabaseSettings& settings, Progress& progress);

  bool is_private() const { return private_ != nullptr; }
  // Whether this program runs the server, and so looks after its schema.
  bool own() const { return private_ && private_->own(); }
  const std::string& schema() const { return to_.schema; }
  // Whether the settings name an account that may change the schema.
  bool names_owner() const { return has_owner_; }

  // With the program's account, after open_owner. Throws DriverError and, for a server that must not be used, Unavailable.
  std::unique_ptr<Connection> open();
  // The same for questions that must be answered soon: silence of three seconds is a lost connection.
  std::unique_ptr<Connection> open_for_watching();
  // With the owner's account, who may change the schema; waits a little for a server that is just starting.
  std::unique_ptr<Connection> open_owner();
  // Gives the program's account its rights where it lacks some; `owner`: a connection of open_owner. Nothing to do for
  // an external server whose owner the settings do not name.
  void grant_rights(Connection& owner);

  // How MariaDB's own client programs reach it: their options, and the folder in which a relative socket stands. The
  // password is not among them: it goes into a file that `password_file` names, if there is one.
  struct ClientWay {
    std::vector<std::string> options;
    std::filesystem::path folder;
  };
  ClientWay client_way(const std::filesystem::path& password_file);
  const std::string& password() const { return owner_.password; }

 private:
  void make_schema();
  std::string read_program_password() const;
  std::string make_program_password();

  std::unique_ptr<Connection> open(const ConnectTo& account);

  ConnectTo to_;
  ConnectTo owner_;
  bool has_owner_ = false;
  std::filesystem::path data_;
  std::unique_ptr<PrivateServer> private_;
};

}  // namespace hanjari::storage

#include "storage/database_server.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "storage/driver_error.h"
#include "storage/own_account.h"
#include "storage/server_check.h"
#include "storage/transaction.h"

namespace hanjari::storage {
namespace {

constexpr const char* private_schema = "hanjari";
constexpr std::chrono::milliseconds first_answer{10'000};

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

ConnectTo connect_to(const ExternalServer& server) {
  ConnectTo to{server.host,     server.port,   server.socket.string(), server.user,
               server.password, server.schema, server.tls_ca.string()};
  if (server.host.empty() && server.socket.empty()) {
    throw InvalidInput("bad_database_settings", {"an external database needs a host or a socket",
                                                 "외부 데이터베이스에는 호스트나 소켓이 필요합니다"});
  }
  if (to.socket.empty() && to.tls_ca.empty() && !is_this_machine(server.host)) {
    throw InvalidInput("bad_database_settings",
                       {"a database on another machine is reached with TLS only: give database.tls_ca",
                        "다른 컴퓨터의 데이터베이스에는 TLS로만 접속합니다. database.tls_ca를 지정하십시오"});
  }
  return to;
}

}  // namespace

DatabaseServer::DatabaseServer(const DatabaseSettings& settings, Progress& progress) : data_(settings.data) {
  if (settings.external) {
    to_ = connect_to(*settings.external);
    // The server's account may be all that keeps people apart: a data folder for the key file only.
    return;
  }
  private_ = std::make_unique<PrivateServer>(settings.data, progress);
  to_.user = own_account_name();
  to_.schema = private_schema;
}

std::unique_ptr<Connection> DatabaseServer::open() {
  ConnectTo to = to_;
  if (private_) to.socket = private_->socket();
  auto connection = std::make_unique<Connection>(to);
  check_server(*connection);
  return connection;
}

std::unique_ptr<Connection> DatabaseServer::open_first() {
  Patience patience({first_answer, std::chrono::milliseconds(20)});
  for (int attempt = 1;; ++attempt) {
    try {
      if (is_private()) make_schema();
      return open();
    } catch (const DriverError& error) {
      if (error.kind() != DriverError::Kind::lost || !patience.wait(attempt)) throw_translated(error);
    }
  }
}

void DatabaseServer::make_schema() {
  ConnectTo to = to_;
  to.socket = private_->socket();
  to.schema.clear();
  Connection(to).execute(std::string("CREATE DATABASE IF NOT EXISTS ") + private_schema +
                         " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
}

DatabaseServer::ClientWay DatabaseServer::client_way(const std::filesystem::path& password_file) {
  ClientWay way;
  way.options.push_back(password_file.empty() ? "--no-defaults" : "--defaults-file=" + password_file.string());
  way.options.push_back("--user=" + to_.user);
  way.options.push_back("--default-character-set=utf8mb4");
  if (private_) {
    private_->socket();
    // Relative, because sockets allow 107 characters only.
    way.folder = std::filesystem::canonical(data_) / "mariadb";
    way.options.push_back("--socket=s.sock");
    return way;
  }
  way.folder = "/";
  if (to_.socket.empty()) {
    way.options.push_back("--protocol=tcp");
    way.options.push_back("--host=" + to_.host);
    way.options.push_back(fmt::format("--port={}", to_.port));
  } else {
    way.options.push_back("--socket=" + to_.socket);
  }
  if (!to_.tls_ca.empty()) {
    way.options.push_back("--ssl-ca=" + to_.tls_ca);
    way.options.push_back("--ssl-verify-server-cert");
  }
  return way;
}

}  // namespace hanjari::storage

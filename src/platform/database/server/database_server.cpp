#include "database/server/database_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "database/driver_error.h"
#include "database/server/grants.h"
#include "database/server/own_account.h"
#include "database/server/server_check.h"
#include "database/transaction.h"
#include "hanjari/base/error.h"

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
    owner_ = to_;
    to_.answer_seconds = static_cast<int>(settings.answer_limit.count());
    has_owner_ = !settings.external->owner.empty();
    if (has_owner_) {
      owner_.user = settings.external->owner;
      owner_.password = settings.external->owner_password;
    }
    // The server's account may be all that keeps people apart: a data folder for the key file only.
    return;
  }
  private_ = std::make_unique<PrivateServer>(settings.data, progress);
  owner_.user = own_account_name();
  owner_.schema = private_schema;
  has_owner_ = true;
  to_ = owner_;
  to_.answer_seconds = static_cast<int>(settings.answer_limit.count());
  to_.user = program_account;
}

std::unique_ptr<Connection> DatabaseServer::open() {
  return open(to_);
}

std::unique_ptr<Connection> DatabaseServer::open_for_watching() {
  ConnectTo to = to_;
  to.connect_seconds = 3;
  to.answer_seconds = 3;
  return open(to);
}

// The server listens on a socket only, so the password tells those who may read the data folder from those who may not.
std::string DatabaseServer::read_program_password() const {
  std::ifstream file(data_ / "program.password");
  std::string password;
  std::getline(file, password);
  return password;
}

std::string DatabaseServer::make_program_password() {
  std::string password = read_program_password();
  if (password.empty()) {
    std::array<unsigned char, 32> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      throw std::runtime_error("the system gives no random numbers");
    for (const unsigned char byte : bytes) password += fmt::format("{:02x}", byte);
    const std::filesystem::path part = data_ / fmt::format("program.password.part-{}", ::getpid());
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && ::write(file, password.data(), password.size()) == static_cast<ssize_t>(password.size());
    if (file >= 0) ::close(file);
    if (written) ::link(part.c_str(), (data_ / "program.password").c_str());
    ::unlink(part.c_str());
    password = read_program_password();  // another program may have been first
    if (password.empty()) {
      throw Unavailable("file_not_written", {fmt::format("{}: cannot be written", data_.string()),
                                             fmt::format("{}: 쓸 수 없습니다", data_.string())});
    }
  }
  to_.password = password;
  return password;
}

std::unique_ptr<Connection> DatabaseServer::open(const ConnectTo& account) {
  ConnectTo to = account;
  if (private_) to.socket = private_->socket();
  auto connection = std::make_unique<Connection>(to);
  check_server(*connection);
  return connection;
}

std::unique_ptr<Connection> DatabaseServer::open_owner() {
  Retries retries({first_answer, std::chrono::milliseconds(20)});
  for (int attempt = 1;; ++attempt) {
    try {
      if (is_private()) {
        make_schema();
        to_.password = read_program_password();
      }
      return open(owner_);
    } catch (const DriverError& error) {
      if (error.kind() != DriverError::Kind::lost || !retries.wait(attempt)) throw_translated(error);
    }
  }
}

void DatabaseServer::make_schema() {
  ConnectTo to = owner_;
  to.socket = private_->socket();
  to.schema.clear();
  Connection(to).execute(std::string("CREATE DATABASE IF NOT EXISTS ") + private_schema +
                         " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
}

void DatabaseServer::grant_rights(Connection& owner) {
  if (!has_owner_) return;
  if (private_) {
    const std::string account = std::string("'") + program_account + "'@'localhost'";
    if (!lacks_rights(owner, account) && !read_program_password().empty()) return;
    const std::string password = make_program_password();
    grant_program_rights(owner, account, password);
    return;
  }
  ConnectTo nowhere = to_;  // an account without any right yet is not let into the schema
  nowhere.schema.clear();
  const auto connection = open(nowhere);
  Rows rows = connection->select("SELECT CURRENT_USER()");
  rows.next();
  const std::string user = rows.text();
  const auto at = user.rfind('@');
  grant_program_rights(owner, "'" + user.substr(0, at) + "'@'" + user.substr(at + 1) + "'", "");
}

DatabaseServer::ClientWay DatabaseServer::client_way(const std::filesystem::path& password_file) {
  ClientWay way;
  way.options.push_back(password_file.empty() ? "--no-defaults" : "--defaults-file=" + password_file.string());
  way.options.push_back("--user=" + owner_.user);
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

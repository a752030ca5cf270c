// The configuration file.
#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string_view>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

// Every key there is; etc/hanjari.example.properties explains each, and a test compares the two.
constexpr auto known_keys = std::to_array<std::string_view>({"data_folder",
                                                             "keys.file",
                                                             "keys.receipt_file",
                                                             "keys.office_file",
                                                             "database.host",
                                                             "database.port",
                                                             "database.socket",
                                                             "database.user",
                                                             "database.password_file",
                                                             "database.owner",
                                                             "database.owner_password_file",
                                                             "database.schema",
                                                             "database.tls_ca",
                                                             "database.connections",
                                                             "listen.address",
                                                             "listen.behind_tls",
                                                             "papers.templates",
                                                             "papers.check_url",
                                                             "institution.name",
                                                             "institution.name_en",
                                                             "institution.department",
                                                             "institution.department_en",
                                                             "institution.telephone",
                                                             "institution.emblem",
                                                             "institution.official",
                                                             "portal.address",
                                                             "listen.trusted_proxies",
                                                             "listen.proxy_protocol",
                                                             "listen.client_field",
                                                             "listen.workers",
                                                             "listen.portal_loops",
                                                             "listen.queue",
                                                             "listen.connections",
                                                             "listen.connections_of_source",
                                                             "listen.header_seconds",
                                                             "listen.body_seconds",
                                                             "listen.queue_seconds",
                                                             "listen.answer_seconds",
                                                             "listen.total_seconds",
                                                             "listen.idle_seconds",
                                                             "listen.drain_seconds",
                                                             "tls.certificate",
                                                             "tls.key",
                                                             "intake.waiting",
                                                             "intake.batch",
                                                             "intake.line",
                                                             "payments.provider",
                                                             "payments.url",
                                                             "payments.merchant",
                                                             "payments.key_file",
                                                             "payments.return_address",
                                                             "publications.told_at",
                                                             "reminders.from_hour",
                                                             "reminders.until_hour",
                                                             "messages.senders",
                                                             "messages.code_senders",
                                                             "mail.host",
                                                             "mail.port",
                                                             "mail.from",
                                                             "mail.user",
                                                             "mail.password_file",
                                                             "mail.starttls",
                                                             "sms.url",
                                                             "sms.from",
                                                             "sms.key_file",
                                                             "approvals.command_line",
                                                             "security_keys.alone",
                                                             "identity.issuer",
                                                             "identity.client_id",
                                                             "identity.client_key_file",
                                                             "identity.return_address",
                                                             "identity.trusted_acr",
                                                             "tls.authorities",
                                                             "log.level",
                                                             "log.requests",
                                                             "portal.port",
                                                             "office.port",
                                                             "office.serve",
                                                             "operations.port"});

// A key by whose name somebody means to write down a secret itself.
bool names_a_secret(const std::string& key) {
  for (const char* word : {"password", "secret", "token"}) {
    if (key.find(word) != std::string::npos) return true;
  }
  return false;
}

// Where a key stands, for the message.
std::uint64_t line_of(const std::filesystem::path& file, const std::string& key) {
  std::ifstream lines(file);
  std::string line;
  for (std::uint64_t number = 1; std::getline(lines, line); ++number) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin != std::string::npos && std::string_view(line).substr(begin).starts_with(key)) return number;
  }
  return 0;
}

[[noreturn]] void throw_bad(Faults faults) {
  throw InvalidInput("bad_configuration", {"the configuration file has faults", "설정 파일에 잘못이 있습니다"},
                     std::move(faults));
}

void collect(const Poco::Util::AbstractConfiguration& from, const std::string& under,
             std::map<std::string, std::string>& values) {
  Poco::Util::AbstractConfiguration::Keys keys;
  from.keys(under, keys);
  for (const std::string& key : keys) {
    const std::string full = under.empty() ? key : under + "." + key;
    if (from.hasProperty(full)) values[full] = from.getRawString(full);
    collect(from, full, values);
  }
}

}  // namespace

std::optional<std::string> Configuration::find(const std::string& key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::string Configuration::text(const std::string& key, const std::string& otherwise) const {
  return find(key).value_or(otherwise);
}

std::int64_t Configuration::integer(const std::string& key, std::int64_t otherwise, std::int64_t least,
                                    std::int64_t most) const {
  const auto value = find(key);
  if (!value) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc{} || end != value->data() + value->size() || number < least || number > most) {
    Faults faults;
    faults.add({file_.string(),
                line_of(file_, key),
                key,
                {fmt::format("'{}' is not a number from {} to {}", *value, least, most),
                 in_korean("'{}'[은/는] {}에서 {} 사이의 수가 아닙니다", *value, least, most)},
                {"correct the value", "값을 고치십시오"}});
    throw_bad(std::move(faults));
  }
  return number;
}

bool Configuration::flag(const std::string& key, bool otherwise) const {
  const auto value = find(key);
  if (!value) return otherwise;
  if (*value == "true") return true;
  if (*value == "false") return false;
  Faults faults;
  faults.add({file_.string(),
              line_of(file_, key),
              key,
              {fmt::format("'{}' is neither true nor false", *value),
               in_korean("'{}'[은/는] true도 false도 아닙니다", *value)},
              {"correct the value", "값을 고치십시오"}});
  throw_bad(std::move(faults));
}

std::set<std::string> Configuration::words(const std::string& key) const {
  std::set<std::string> words;
  std::istringstream list(text(key, ""));
  for (std::string word; std::getline(list, word, ',');) {
    const auto first = word.find_first_not_of(' ');
    if (first != std::string::npos) words.insert(word.substr(first, word.find_last_not_of(' ') - first + 1));
  }
  return words;
}

std::string Configuration::secret(const std::string& key) const {
  const auto file = find(key);
  if (!file) return {};
  const std::string text = read_file(*file);
  return text.substr(0, text.find_first_of("\r\n"));
}

Configuration load_configuration(const std::filesystem::path& file) {
  Configuration configuration;
  configuration.file_ = file;
  try {
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> read(
        new Poco::Util::PropertyFileConfiguration(file.string()));
    collect(*read, "", configuration.values_);
  } catch (const Poco::FileException&) {
    throw NotFound("configuration_not_found", {fmt::format("{}: no such configuration file", file.string()),
                                               fmt::format("{}: 설정 파일이 없습니다", file.string())});
  }
  Faults faults;
  for (const auto& [key, value] : configuration.values_) {
    const bool known = std::find(known_keys.begin(), known_keys.end(), key) != known_keys.end();
    if (!known && names_a_secret(key)) {
      faults.add(
          {file.string(),
           line_of(file, key),
           key,
           {"secrets do not stand in this file", "이 파일에는 비밀값을 적을 수 없습니다"},
           {"put it into a file of its own that only the program's account may read, as database.password_file does",
            "프로그램 계정만 읽을 수 있는 별도 파일에 두고 database.password_file처럼 그 파일을 지정하십시오"}});
    } else if (!known) {
      faults.add({file.string(),
                  line_of(file, key),
                  key,
                  {"there is no such setting", "그런 설정은 없습니다"},
                  {"correct the key or delete the line; hanjari.example.properties names all settings",
                   "키를 고치거나 줄을 지우십시오. 모든 설정은 hanjari.example.properties에 있습니다"}});
    } else if (value.empty()) {
      faults.add({file.string(),
                  line_of(file, key),
                  key,
                  {"has no value", "값이 없습니다"},
                  {"give a value or delete the line", "값을 주거나 줄을 지우십시오"}});
    }
  }
  if (!faults.empty()) throw_bad(std::move(faults));
  return configuration;
}

}  // namespace hanjari::cli

// Backups by MariaDB's own programs: they know every type and version of their server.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "database/server/child_process.h"
#include "database/server/database_server.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/program/opening/database.h"

namespace hanjari::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view last_words = "-- Dump completed";

// A folder of our own for the password, for what the program says, and gone afterwards.
class WorkFolder {
 public:
  WorkFolder() {
    std::string pattern = (fs::temp_directory_path() / "hanjari-backup-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw Unavailable("no_temporary_folder", {"no temporary folder can be made", "임시 폴더를 만들 수 없습니다"});
    }
    path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

// Readable by its owner only from its first moment.
void make_private_file(const fs::path& file, const std::string& content) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      descriptor >= 0 && ::write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  if (descriptor >= 0) ::close(descriptor);
  if (!written) {
    throw Unavailable("file_not_written", {fmt::format("{}: cannot be written", file.string()),
                                           fmt::format("{}: 쓸 수 없습니다", file.string())});
  }
}

fs::path write_password(const DatabaseServer& server, const WorkFolder& work) {
  if (server.password().empty()) return {};
  std::string quoted;
  for (const char c : server.password()) {
    if (c == '\\' || c == '"') quoted += '\\';
    quoted += c;
  }
  make_private_file(work / "client.cnf", "[client]\npassword=\"" + quoted + "\"\n");
  return work / "client.cnf";
}

// What the program said last, for the message.
std::string last_line(const fs::path& log) {
  std::ifstream lines(log);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

void run_client(DatabaseServer& server, const WorkFolder& work, const char* program, std::vector<std::string> words,
                const char* code) {
  DatabaseServer::ClientWay way = server.client_way(write_password(server, work));
  std::vector<std::string> all{find_database_program(program)};
  all.insert(all.end(), way.options.begin(), way.options.end());
  all.insert(all.end(), words.begin(), words.end());
  ChildProcess child({all, way.folder, work / "said", std::nullopt, -1});
  if (const int status = child.wait(); status != 0) {
    const std::string said = last_line(work / "said");
    throw Unavailable(code, {fmt::format("{} ended with {}: {}", program, status, said),
                             in_korean("{}[이/가] {}[으로/로] 끝났습니다: {}", program, status, said)});
  }
}

// mariadb-dump ends its file with these words, and only a whole one.
bool is_whole(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  if (!stream) return false;
  const std::streamoff size = stream.tellg();
  const std::streamoff tail = std::min<std::streamoff>(size, 200);
  std::string end(static_cast<std::size_t>(tail), '\0');
  stream.seekg(size - tail);
  stream.read(end.data(), tail);
  return end.find(last_words) != std::string::npos;
}

void sync_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) {
    throw Unavailable("backup_failed", {fmt::format("{}: cannot be brought to the disk", file.string()),
                                        fmt::format("{}: 디스크에 기록할 수 없습니다", file.string())});
  }
}

}  // namespace

void back_up(const DatabaseSettings& settings, const fs::path& file, Progress& progress) {
  progress.stage({"Backing up", "백업"}, 0);
  DatabaseServer server(settings, progress);
  server.open_owner();
  const WorkFolder work;
  const fs::path target = fs::absolute(file);
  const fs::path part = target.string() + fmt::format(".part-{}", ::getpid());
  std::error_code ignored;
  fs::remove(part, ignored);
  make_private_file(part, "");
  try {
    run_client(server, work, "mariadb-dump",
               {"--single-transaction", "--quick", "--hex-blob", "--no-tablespaces", "--triggers", "--routines",
                "--result-file=" + part.string(), server.schema()},
               "backup_failed");
    if (!is_whole(part)) {
      throw Unavailable("backup_failed", {"the backup is not whole", "백업이 끝까지 기록되지 않았습니다"});
    }
    sync_file(part);
    fs::rename(part, target);
  } catch (...) {
    fs::remove(part, ignored);
    throw;
  }
}

void restore(const DatabaseSettings& settings, const fs::path& file, const Clock& clock, Progress& progress) {
  const fs::path source = fs::absolute(file);
  if (!is_whole(source)) {
    throw InvalidInput("bad_backup", {fmt::format("{}: is no whole backup", file.string()),
                                      fmt::format("{}: 온전한 백업이 아닙니다", file.string())});
  }
  progress.stage({"Restoring", "복원"}, 0);
  DatabaseServer server(settings, progress);
  const auto connection = server.open_owner();
  try {
    Rows tables = connection->select("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()");
    tables.next();
    if (tables.integer() > 0) {
      throw Conflict("database_not_empty",
                     {"the database holds data; restore into an empty one (another --data folder)",
                      "데이터베이스에 자료가 있습니다. 빈 데이터베이스(다른 --data 폴더)에 복원하십시오"});
    }
  } catch (const DriverError& error) {
    throw_translated(error);
  }
  const WorkFolder work;
  // A name that means nothing to the client's own language.
  fs::create_symlink(source, work / "backup.sql");
  run_client(server, work, "mariadb",
             {"--batch", "--database=" + server.schema(), "--execute=source " + (work / "backup.sql").string()},
             "restore_failed");
  upgrade_schema(settings, clock, progress);
  try {
    // Of the programs that lived when the backup was made, none lives here.
    connection->execute("DELETE FROM key_programs");
    connection->execute("UPDATE key_changes SET holder = ''");
  } catch (const DriverError& error) {
    throw_translated(error);
  }
  // Opens only with the keys that sealed the data.
  const Database opened(settings, SchemaUpgrade::never, clock, progress);
  opened.require_office_key();
}

}  // namespace hanjari::storage

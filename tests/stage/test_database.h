// Databases for tests: a prepared data folder, copied for each test, and small exams to put into it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "database/connection.h"
#include "database/server/private_server.h"
#include "hanjari/domain/plan.h"
#include "hanjari/program/opening/database.h"
#include "vault/field_cipher.h"

namespace hanjari::tests {

// Removed at the end. As short or as long as wanted; in memory where there is room.
class TestFolder {
 public:
  explicit TestFolder(const std::string& name = "d");
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path root_;
  std::filesystem::path path_;
};

// A data folder with an installed server, current schema and keys: made once per schema, copied here.
void copy_prepared_data(const std::filesystem::path& folder);

storage::DatabaseSettings test_settings(const std::filesystem::path& data);

// A clock that stands still until it is moved.
class HeldClock : public Clock {
 public:
  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return now_.time_since_epoch(); }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  Instant now_ = Instant(std::chrono::seconds(1'622'851'200));
};

// A running database of its own folder.
class TestDatabase {
 public:
  TestDatabase();
  storage::Database& operator*() { return *database; }
  storage::Database* operator->() { return database.get(); }
  // A connection beside the database's own, to look and to spoil.
  std::unique_ptr<storage::Connection> connect() const;
  // One number of one row.
  std::int64_t number(const std::string& select) const;

  TestFolder folder;
  HeldClock clock;
  std::unique_ptr<storage::Database> database;
};

// With the owner's rights.
std::unique_ptr<storage::Connection> connect_to_data(const std::filesystem::path& data);
// With the rights of the program.
std::unique_ptr<storage::Connection> connect_as_program(const std::filesystem::path& data);

// The keys of a data folder at work.
storage::FieldCipher cipher_of(const std::filesystem::path& data);

// Some hundred people in a few schools, with accommodations, photos and all that rows can hold.
Exam small_exam(const std::string& code = "test-1", std::int64_t people = 300);
// Everybody seated in order of units and rooms: correct keys, not a good plan.
Plan plan_of(const Exam& exam);
services::Change change_of(const Clock& clock);

}  // namespace hanjari::tests

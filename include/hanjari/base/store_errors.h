// What goes wrong with stored data and is told apart by callers: each is a type, so that nobody compares codes.
#pragma once

#include <string>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari {

// The database does not answer, refuses its work or is too slow: nobody's data is concerned more than another's. `code`
// begins with database_.
class DatabaseUnavailable : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

// The connection is gone, or the server does not answer: another one may take its place (database_lost).
class DatabaseLost : public DatabaseUnavailable {
 public:
  explicit DatabaseLost(Text message) : DatabaseUnavailable("database_lost", std::move(message)) {}
};

// This program does not have the master key that is in use now (keys_not_current).
class KeysNotCurrent : public Unavailable {
 public:
  explicit KeysNotCurrent(Text message) : Unavailable("keys_not_current", std::move(message)) {}
};

// What is stored was changed or lost its key (personal_data_damaged): it concerns one person or one exam.
class PersonalDataDamaged : public Unavailable {
 public:
  explicit PersonalDataDamaged(Text message) : Unavailable("personal_data_damaged", std::move(message)) {}

 protected:
  PersonalDataDamaged(std::string code, Text message) : Unavailable(std::move(code), std::move(message)) {}
};

// The notice of one exam was kept whole and cannot be read any more (notice_damaged): whoever asks for it has done nothing wrong.
class NoticeDamaged : public PersonalDataDamaged {
 public:
  explicit NoticeDamaged(Text message) : PersonalDataDamaged("notice_damaged", std::move(message)) {}
};

// Its key was destroyed on purpose (personal_data_destroyed).
class PersonalDataDestroyed : public NotFound {
 public:
  explicit PersonalDataDestroyed(Text message) : NotFound("personal_data_destroyed", std::move(message)) {}
};

// Nothing is stored of an exam with this code, and nothing was (exam_not_found).
class ExamUnknown : public NotFound {
 public:
  explicit ExamUnknown(Text message) : NotFound("exam_not_found", std::move(message)) {}
};

// More than can be kept (value_too_long).
class ValueTooLong : public InvalidInput {
 public:
  explicit ValueTooLong(Text message) : InvalidInput("value_too_long", std::move(message)) {}
};

// A UNIQUE key says that it is stored (already_stored).
class AlreadyStored : public Conflict {
 public:
  explicit AlreadyStored(Text message) : Conflict("already_stored", std::move(message)) {}
};

}  // namespace hanjari

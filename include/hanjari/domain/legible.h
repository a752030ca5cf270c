// One row that cannot be read concerns its owner only: lists go on with the others and say which one it is.
#pragma once

#include <exception>
#include <new>

#include "hanjari/base/error.h"
#include "hanjari/domain/application.h"

namespace hanjari::services {

// Runs `open`, which reads what belongs to one row. That a value was changed, that its key is missing or that its words
// cannot be read is told; that the database does not answer goes on as it is.
template <class Open>
Legible read_legibly(Open open) {
  try {
    open();
    return Legible::yes;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const Unavailable& error) {
    if (error.code().starts_with("database_")) throw;
    return Legible::damaged;
  } catch (const NotFound& error) {
    return error.code() == "personal_data_destroyed" ? Legible::destroyed : Legible::damaged;
  } catch (const std::exception&) {
    return Legible::damaged;
  }
}

// For who needs what the row says: throws NotFound (personal_data_destroyed) or Unavailable (personal_data_damaged).
inline void require_legible(Legible legible) {
  if (legible == Legible::yes) return;
  if (legible == Legible::destroyed) {
    throw NotFound("personal_data_destroyed",
                   {"The personal data of this exam were destroyed.", "이 시험의 개인정보는 파기되었습니다."});
  }
  throw Unavailable("personal_data_damaged", {"What is stored here cannot be opened. Tell the exam office.",
                                              "저장된 내용을 열 수 없습니다. 시험 담당 부서에 알려 주십시오."});
}

}  // namespace hanjari::services

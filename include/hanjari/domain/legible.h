// One row that cannot be read concerns its owner only: lists go on with the others and say which one it is.
#pragma once

#include <exception>
#include <new>

#include "hanjari/base/store_errors.h"
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
  } catch (const DatabaseUnavailable&) {
    throw;
  } catch (const PersonalDataDestroyed&) {
    return Legible::destroyed;
  } catch (const std::exception&) {
    return Legible::damaged;
  }
}

// For who needs what the row says: throws PersonalDataDestroyed or PersonalDataDamaged.
inline void require_legible(Legible legible) {
  if (legible == Legible::yes) return;
  if (legible == Legible::destroyed) {
    throw PersonalDataDestroyed(
        {"The personal data of this exam were destroyed.", "이 시험의 개인정보는 파기되었습니다."});
  }
  throw PersonalDataDamaged({"What is stored here cannot be opened. Tell the exam office.",
                             "저장된 내용을 열 수 없습니다. 시험 담당 부서에 알려 주십시오."});
}

}  // namespace hanjari::services

#include "hanjari/documents/subject_names.h"

#include <utility>

namespace hanjari::documents {

SubjectNames subject_names_of(const Recruitment* notice) {
  SubjectNames names;
  if (notice == nullptr) return names;
  for (const NoticeUnit& one : notice->units) {
    for (const Elective& elective : one.electives) {
      Text name = elective.name;
      if (name.ko.empty()) name.ko = name.en;
      if (name.en.empty()) name.en = name.ko;
      if (!name.ko.empty()) names.insert_or_assign({one.unit.code, elective.code}, std::move(name));
    }
  }
  return names;
}

}  // namespace hanjari::documents

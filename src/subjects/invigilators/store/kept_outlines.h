// Outlines of people as they were opened last, each good as long as nobody has changed the person: so that a page of a list
// opens those whom it shows. Names, contacts and words of people are not kept.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "hanjari/invigilators/invigilators.h"

namespace hanjari::storage {

struct KeptOutline {
  std::int64_t version = 0;  // 0: to be opened again, because it did not open
  services::PersonOutline outline;
};
using OutlinesByNumber = std::map<InvigilatorId, KeptOutline>;

class KeptOutlines {
 public:
  // Empty for an exam of which nothing is kept.
  std::shared_ptr<const OutlinesByNumber> of(const ExamCode& exam);
  void put(const ExamCode& exam, std::shared_ptr<const OutlinesByNumber> outlines);
  void forget(const ExamCode& exam);

 private:
  std::mutex mutex_;
  std::map<ExamCode, std::shared_ptr<const OutlinesByNumber>> exams_;
};

}  // namespace hanjari::storage

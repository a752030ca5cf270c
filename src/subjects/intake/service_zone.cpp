#include "hanjari/intake/service_zone.h"

#include <algorithm>
#include <map>
#include <utility>

#include "hanjari/base/local_time.h"
#include "hanjari/domain/legible.h"

namespace hanjari::services {
namespace {

// How many exams go by a clock, and the last day of one.
using Clocks = std::map<std::string, std::pair<int, Date>>;

void count_clock(Clocks& clocks, const std::string& zone, Date exam_on) {
  if (zone.empty()) return;
  auto& [exams, last] = clocks.try_emplace(zone, 0, exam_on).first->second;
  ++exams;
  last = std::max(last, exam_on);
}

}  // namespace

std::string zone_of_service(NoticeBoard* notices, ExamRepository* exams) {
  Clocks clocks;
  if (notices != nullptr) {
    read_legibly([&] {
      for (const auto& stored : notices->list_notices())
        count_clock(clocks, stored->notice.header.time_zone, stored->notice.header.exam_on);
    });
  }
  if (clocks.empty() && exams != nullptr) {
    for (const ExamCode& code : exams->list_exams()) {
      read_legibly([&] {
        if (const auto head = exams->find_head(code)) count_clock(clocks, head->time_zone, head->exam_on);
      });
    }
  }
  const auto most = std::max_element(clocks.begin(), clocks.end(),
                                     [](const auto& one, const auto& other) { return one.second < other.second; });
  return most == clocks.end() ? machine_time_zone() : most->first;
}

}  // namespace hanjari::services

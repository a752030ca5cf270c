#include "hanjari/domain/pin_rules.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"

namespace hanjari {
namespace {

std::string place_of(const Exam& exam, const Pin& pin) {
  const std::string venue = exam[pin.venue].code.text();
  return pin.room.exists() ? fmt::format("{}/{}", venue, exam[pin.room].room_no) : venue;
}

// Whoever looks at a stored exam has no file of its pins: rows that were read from one have their lines.
bool are_stored(const Exam& exam) {
  return !exam.sheets.contains("pins.csv") &&
         std::none_of(exam.pins.begin(), exam.pins.end(), [](const Pin& pin) { return pin.line > 0; });
}

// The table of a stored exam is called as it is on the page of imports and in calls of the API.
std::string file_of_pins(const Exam& exam) {
  return are_stored(exam) ? "pins" : "pins.csv";
}

bool is_there(const Exam& exam, const Pin& pin, const PlacementRow& row) {
  return row.venue_code == exam[pin.venue].code && (!pin.room.exists() || row.room_no == exam[pin.room].room_no);
}

}  // namespace

Faults find_misplaced_pins(const Exam& exam, const PlanRows* published) {
  RepeatedFaults repeated;
  std::unordered_map<std::string_view, const PlacementRow*> placed;
  if (published != nullptr) {
    for (const PlacementRow& row : published->placements) placed.emplace(row.applicant_id.text(), &row);
  }
  for (const Pin& pin : exam.pins) {
    if (pin.kind != PinKind::person || !pin.venue.exists()) continue;
    const std::string& id = exam[pin.applicant].id.text();
    const auto found = placed.find(id);
    if (found != placed.end() && is_there(exam, pin, *found->second)) continue;
    const std::string wanted = place_of(exam, pin);
    if (published == nullptr) {
      Fault fault{
          file_of_pins(exam),
          pin.line,
          "venue_code",
          {fmt::format("'{}' is pinned to {}, but a pin keeps the place of a published plan, and there is none", id,
                        wanted),
            in_korean("'{}'[을/를] {}에 고정하였으나, 고정은 공고된 배정안의 자리를 지키는 것인데 공고된 배정안이 "
                        "없습니다",
                        id, wanted)},
           mend_pins(exam, are_stored(exam)
                               ? Text{"leave venue_code and room_no empty, and move the person by hand once there is a plan",
                                      "venue_code와 room_no를 비우고, 배정안을 만든 뒤 수동 편집으로 옮기십시오"}
                               : Text{"leave venue_code and room_no empty, and move the person with the command edit once there "
                                      "is a plan",
                                      "venue_code와 room_no를 비우고, 배정안을 만든 뒤 edit 명령으로 옮기십시오"})};
      repeated.add(placed_in_sheet(exam, std::move(fault)), pin.line);
      continue;
    }
    const std::string now = found == placed.end()
                                ? std::string("-")
                                : fmt::format("{}/{}", found->second->venue_code.text(), found->second->room_no);
    Fault fault{
        file_of_pins(exam),
        pin.line,
        "venue_code",
        {fmt::format("'{}' is pinned to {}, but sits at {} in the published plan; a pin keeps and does not move", id,
                      wanted, now),
          in_korean("'{}'[을/를] {}에 고정하였으나 공고된 배정안의 자리는 {}입니다. 고정은 자리를 지킬 뿐 옮기지 "
                      "않습니다",
                      id, wanted, now)},
         mend_pins(exam, are_stored(exam)
                             ? Text{"leave venue_code and room_no empty to keep the person there, or move them by hand",
                                    "그 자리를 지키려면 venue_code와 room_no를 비우고, 옮기려면 수동으로 편집하십시오"}
                             : Text{"leave venue_code and room_no empty to keep the person there, or move them with the command edit",
                                    "그 자리를 지키려면 venue_code와 room_no를 비우고, 옮기려면 edit 명령을 쓰십시오"})};
    repeated.add(placed_in_sheet(exam, std::move(fault)), pin.line);
  }
  Faults faults;
  repeated.hand_over(faults);
  return faults;
}

Text name_of_pins(const Exam& exam) {
  if (are_stored(exam)) return {"the table pins of the stored exam", "저장된 시험의 고정 배정 표"};
  const std::string file = placed_in_sheet(exam, {"pins.csv", 0, {}, {}, {}}).file;
  return {file, file};
}

Text mend_pins(const Exam& exam, Text how) {
  if (!are_stored(exam)) return how;
  how.en += "; the pins of a stored exam are sent anew on the page \"Import an exam package\", as the table pins (API: POST "
            "/api/v1/imports with table=pins)";
  how.ko += ". 저장된 시험의 고정 배정은 '시험 묶음 가져오기' 화면에서 'pins: 고정 배정' 표를 다시 보내 바꿉니다(API: POST "
            "/api/v1/imports, table=pins)";
  return how;
}

}  // namespace hanjari

#include "hanjari/package/packed_exam.h"

#include <array>

#include "package/packed/unpack.h"

namespace hanjari::package {
namespace {

constexpr std::array<std::string_view, 10> exam_files{"exam.json",  "policy.json", "units.csv",      "venues.csv",
                                                      "shapes.csv", "rooms.csv",   "applicants.csv", "travel.csv",
                                                      "pins.csv",   "places.csv"};

}  // namespace

PackedFiles unpack_exam(std::string_view zip, const UnpackLimits& limits) {
  return unpack(
      zip, limits,
      {exam_files,
       "exam.json",
       workbook_name,
       {"exam package", "시험 묶음"},
       {"import its folder at the command line of the server", "서버의 명령줄에서 그 폴더를 가져오십시오"},
       {"one table alone (.xlsx or CSV) is taken into an exam that is stored, where it is said which table of which exam it is",
        "표 하나(.xlsx나 CSV)는 어느 시험의 어느 표인지 고르면 저장된 시험에 넣을 수 있습니다"}});
}

}  // namespace hanjari::package

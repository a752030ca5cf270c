// hanjari sample: a synthetic exam package.
#include <limits>

#include <fmt/format.h>

#include "cli/outputs.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/sample/sample.h"
#include "plans/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_sample(const Arguments& arguments, const Terminal& terminal) {
  constexpr std::int64_t most = 100'000'000;  // what is possible is for the generator to say
  sample::SampleRequest request;
  const std::string folder = output_folder(arguments, "out");
  if (arguments.has("applicants")) request.applicants = arguments.integer("applicants", 1, most);
  const auto read_count = [&](const char* option, std::optional<int>& target) {
    if (arguments.has(option)) target = static_cast<int>(arguments.integer(option, 1, most));
  };
  read_count("venues", request.venues);
  read_count("rooms", request.rooms);
  read_count("units", request.units);
  read_count("cap", request.cap);
  if (arguments.has("accommodations")) request.accommodations_percent = arguments.number("accommodations", 0, 100);
  if (const auto area = arguments.find("area")) {
    constexpr std::string_view areas[] = {"seoul", "national"};
    const std::size_t meant = find_meant_word(*area, areas);
    if (meant == std::size(areas))
      throw WrongUsage{{fmt::format("--area: '{}' is neither seoul nor national", *area),
                        in_korean("--area: '{}'[은/는] seoul도 national도 아닙니다", *area)}};
    request.area = meant == 1 ? sample::Area::national : sample::Area::seoul;
  }
  if (arguments.has("seed"))
    request.seed = static_cast<std::uint64_t>(arguments.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));

  const Exam exam = sample::make_sample(request, terminal.progress);
  package::save_exam(exam, folder, terminal.progress, existing_of(arguments));
  const auto number = [](std::size_t value) { return group_digits(static_cast<long long>(value)); };
  const auto count = [](std::size_t value, const char* one, const char* many) {
    return count_of(static_cast<long long>(value), one, many);
  };
  terminal.say({fmt::format("{}: {}, {}, {}, {}, {} a room", folder,
                            count(exam.applicants.size(), "applicant", "applicants"),
                            count(exam.units.size(), "unit", "units"), count(exam.venues.size(), "venue", "venues"),
                            count(exam.rooms.size(), "room", "rooms"), count_people(*exam.policy.people_cap)),
                fmt::format("{}: 응시자 {}명, 모집단위 {}개, 시험장 {}곳, 시험실 {}개, 시험실 정원 {}명", folder,
                            number(exam.applicants.size()), number(exam.units.size()), number(exam.venues.size()),
                            number(exam.rooms.size()), *exam.policy.people_cap)});
  return Exit::done;
}

}  // namespace

Command sample_command() {
  return {
      "sample",
      {"writes a synthetic exam package", "가상 시험 묶음을 만듭니다"},
      {},
      {{"out", "EXAM", {"folder to write", "쓸 폴더"}},
       replace_option(),
       {"applicants", "N", {"people (36,109)", "응시자 수(36,109)"}},
       {"venues", "N", {"regular venues (101, in proportion to people)", "일반 시험장 수(101, 응시자 수에 비례)"}},
       {"rooms",
        "N",
        {"exam rooms of regular venues (what is needed and 2 % more)", "일반 시험장의 시험실 수(필요한 수와 2 % 더)"}},
       {"units", "N", {"recruitment units, up to 900 (28)", "모집단위 수, 900까지(28)"}},
       {"cap",
        "N",
        {"people a room (the smallest of 15, 20, 25, 30 that fits)",
         "시험실 정원(15, 20, 25, 30 가운데 맞는 가장 작은 수)"}},
       {"accommodations",
        "PERCENT",
        {"people with accommodations (0); above 0 also keep_apart words, reserve and separate rooms, isolation and "
         "accommodation venues",
         "편의지원 대상 비율(0). 0보다 크면 떨어져 앉을 사람, 예비·별도시험실, 별도시험장도 만듭니다"}},
       {"area", "AREA", {"seoul or national (seoul)", "seoul이나 national(seoul)"}},
       {"seed", "N", {"another number, another sample (1)", "수가 다르면 표본도 다릅니다(1)"}}},
      run_sample};
}

}  // namespace hanjari::cli

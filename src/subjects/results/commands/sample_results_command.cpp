// hanjari sample-results: a synthetic result package.
#include <limits>

#include <fmt/format.h>

#include "cli/outputs.h"
#include "hanjari/base/people.h"
#include "hanjari/package/result_package.h"
#include "hanjari/sample/results.h"
#include "results/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_sample_results(const Arguments& arguments, const Terminal& terminal) {
  sample::ResultSampleRequest request;
  const std::string folder = output_folder(arguments, "out");
  const auto take = [&](const char* option, std::int64_t least, std::int64_t most, std::int64_t& target) {
    if (arguments.has(option)) target = arguments.integer(option, least, most);
  };
  take("people", 1, 5'000'000, request.people);
  take("units", 1, 900, request.units);
  take("electives", 0, 4, request.electives);
  take("absent", 0, 100, request.absent_percent);
  if (arguments.has("seed")) {
    request.seed = static_cast<std::uint64_t>(arguments.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
  }
  terminal.progress.stage({"making the sample", "표본 만드는 중"}, 0);
  selection::ResultRows rows = sample::make_sample_results(request);
  if (arguments.has("interviews")) sample::add_sample_interviews(rows, selection::Rules(), request.seed);
  package::save_results(rows, "{}\n", folder, existing_of(arguments));
  const auto number = [](std::size_t value) { return group_digits(static_cast<long long>(value)); };
  terminal.say({fmt::format("{}: {}, {}, {}", folder, count_people(std::ssize(rows.people)),
                            count_of(std::ssize(rows.units), "unit", "units"), count_of(std::ssize(rows.scores), "mark", "marks")),
                fmt::format("{}: 응시자 {}명, 모집단위 {}개, 점수 {}개", folder, number(rows.people.size()),
                            number(rows.units.size()), number(rows.scores.size()))});
  return Exit::done;
}

}  // namespace

Command sample_results_command() {
  return {"sample-results",
          {"writes a synthetic result package for decide", "decide에 쓸 가상 결과 자료를 만듭니다"},
          {},
          {{"out", "RESULTS", {"folder to write", "쓸 폴더"}},
           replace_option(),
           {"people", "N", {"people (36,109)", "사람 수(36,109)"}},
           {"units", "N", {"recruitment units (28)", "모집단위 수(28)"}},
           {"electives", "N", {"electives for everybody, 0 to 4 (2)", "선택과목 수, 0에서 4(2)"}},
           {"absent", "PERCENT", {"absent people (32)", "결시율(32)"}},
           {"interviews", "", {"also interview.csv, for the final stage", "최종 단계용 interview.csv도 만듭니다"}},
           {"seed", "N", {"another number, another sample (1)", "수가 다르면 표본도 다릅니다(1)"}}},
          run_sample_results};
}

}  // namespace hanjari::cli

// hanjari sample-invigilators: synthetic people who may invigilate an exam.
#include <limits>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "hanjari/base/people.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/sample/staff.h"
#include "invigilators/commands/commands.h"

namespace hanjari::cli {
namespace {

Exit run_sample_invigilators(const Arguments& arguments, const Terminal& terminal) {
  sample::StaffRequest request;
  const std::string folder = output_folder(arguments, "out");
  if (arguments.has("people")) request.people = arguments.integer("people", 1, 1'000'000);
  if (arguments.has("seed"))
    request.seed = static_cast<std::uint64_t>(arguments.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
  const Exam exam = load_exam_argument(arguments, arguments.positionals[0], terminal);
  const Staff staff = sample::make_sample_staff(exam, request);
  package::save_staff(exam, staff, folder, existing_of(arguments));
  const auto number = [](std::size_t value) { return group_digits(static_cast<long long>(value)); };
  terminal.say({fmt::format("{}: {}, {}, {} of last time", folder, count_people(std::ssize(staff.people)),
                            count_of(std::ssize(staff.conflicts), "conflict", "conflicts"),
                            count_of(std::ssize(staff.past_pairs), "pair", "pairs")),
                fmt::format("{}: {}명, 이해충돌 {}건, 지난번 짝 {}쌍", folder, number(staff.people.size()),
                            number(staff.conflicts.size()), number(staff.past_pairs.size()))});
  return Exit::done;
}

}  // namespace

Command sample_invigilators_command() {
  return {"sample-invigilators",
          {"writes synthetic people for invigilators", "invigilators에 쓸 가상 감독관 명단을 만듭니다"},
          {{"EXAM", {"folder of the exam package", "시험 묶음 폴더"}}},
          {{"out", "FOLDER", {"folder to write", "쓸 폴더"}},
           replace_option(),
           {"people", "N", {"people (6,000)", "사람 수(6,000)"}},
           {"seed", "N", {"another number, another sample (1)", "수가 다르면 표본도 다릅니다(1)"}},
           encoding_option()},
          run_sample_invigilators};
}

}  // namespace hanjari::cli

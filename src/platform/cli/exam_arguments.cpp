#include "cli/exam_arguments.h"

#include <fmt/format.h>

namespace hanjari::cli {

Option encoding_option() {
  return {"encoding", "NAME", {"of the CSV files: utf8 (default) or cp949", "CSV 문자 인코딩: utf8(기본) 또는 cp949"}};
}

package::Encoding read_encoding(const Arguments& arguments) {
  const std::string name = arguments.find("encoding").value_or("utf8");
  if (name == "utf8" || name == "utf-8") return package::Encoding::utf8;
  if (name == "cp949") return package::Encoding::cp949;
  throw WrongUsage{{fmt::format("--encoding: '{}' is neither utf8 nor cp949", name),
                    fmt::format("--encoding: '{}'은(는) utf8도 cp949도 아닙니다", name)}};
}

Exam load_exam_argument(const Arguments& arguments, const std::string& folder, const Terminal& terminal) {
  package::LoadedExam loaded = package::load_exam(folder, read_encoding(arguments), terminal.progress);
  for (const Fault& warning : loaded.warnings) {
    const std::string en = warning.format(Language::english);
    const std::string ko = warning.format(Language::korean);
    terminal.say({"warning: " + en, "주의: " + ko});
  }
  return std::move(loaded.exam);
}

Exit exit_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::infeasible:
      return Exit::impossible;
    case PlanStatus::gave_up:
      return Exit::gave_up;
    case PlanStatus::optimal:
    case PlanStatus::feasible:
      break;
  }
  return Exit::done;
}

}  // namespace hanjari::cli

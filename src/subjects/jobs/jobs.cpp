#include "hanjari/jobs/jobs.h"

#include <array>

namespace hanjari::services {
namespace {

struct StateWord {
  JobState state;
  std::string_view word;
  const char* en;
  const char* ko;
};

constexpr std::array<StateWord, 5> states{{{JobState::waiting, "waiting", "Waiting", "대기"},
                                           {JobState::running, "running", "Running", "진행 중"},
                                           {JobState::done, "done", "Done", "완료"},
                                           {JobState::failed, "failed", "Failed", "실패"},
                                           {JobState::cancelled, "cancelled", "Cancelled", "취소"}}};

const StateWord& word_of(JobState state) {
  return states[static_cast<std::size_t>(state)];
}

}  // namespace

std::string_view spell(JobState state) {
  return word_of(state).word;
}

std::optional<JobState> parse_job_state(std::string_view word) {
  for (const StateWord& state : states) {
    if (state.word == word) return state.state;
  }
  return std::nullopt;
}

Text name_of(JobState state) {
  return {word_of(state).en, word_of(state).ko};
}

std::optional<std::int64_t> figure_of_note(std::string_view note) {
  std::int64_t figure = 0;
  bool any = false;
  for (const char letter : note) {
    if (letter == ',' && any) continue;
    if (letter < '0' || letter > '9' || figure > 900'000'000'000'000'000) return std::nullopt;
    figure = figure * 10 + (letter - '0');
    any = true;
  }
  if (!any) return std::nullopt;
  return figure;
}

}  // namespace hanjari::services

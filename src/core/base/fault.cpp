#include "hanjari/base/fault.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hanjari/base/error.h"

namespace hanjari {
namespace {

// The value that a message quotes first, with its quotes; empty when it quotes none.
std::string first_quoted(const std::string& message) {
  const std::size_t begin = message.find('\'');
  const std::size_t end = begin == std::string::npos ? begin : message.find('\'', begin + 1);
  return end == std::string::npos ? std::string() : message.substr(begin, end + 1 - begin);
}

// `list`: lines, or names where rows have no lines.
Fault tell_once(const Fault& first, std::uint64_t count, const std::string& list, bool have_lines) {
  const std::string rows = group_digits(static_cast<long long>(count));
  const std::string before = have_lines ? "lines " : "";
  const std::string behind = have_lines ? "행" : "";
  return {first.file,
          first.line,
          first.column,
          {fmt::format("{} rows: {}", rows, first.what.en), fmt::format("{}개 행: {}", rows, first.what.ko)},
          list.empty() ? first.fix
                       : Text{fmt::format("{} ({}{})", first.fix.en, before, list),
                              fmt::format("{} ({}{})", first.fix.ko, list, behind)}};
}

}  // namespace

std::string cause_of(const Fault& fault) {
  std::string cause = fault.column + '\n';
  bool quoted = false;
  for (const char c : fault.what.en) {
    if (c == '\'') {
      quoted = !quoted;
      cause += c;
    } else if (!quoted && !(c >= '0' && c <= '9')) {
      cause += c;
    }
  }
  return cause;
}

std::string Fault::format(Language language) const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}", line);
  if (!column.empty()) place += ": " + column;
  return fmt::format("{}: {}; {}", place, what.in(language), fix.in(language));
}

void RepeatedFaults::add(Fault fault, std::uint64_t line) {
  const auto [position, is_new] = position_of_.try_emplace(cause_of(fault), causes_.size());
  if (is_new) causes_.emplace_back();
  Cause& cause = causes_[position->second];
  ++cause.count;
  ++added_;
  // A row may have one fault several times, as of one who lacks the marks of three subjects.
  if (const std::uint64_t at = line > 0 ? line : fault.line; at > 0) {
    if (cause.lines.empty() || at < *cause.lines.begin()) cause.lowest = fault;
    if (cause.lines.size() < most_lines || at < *cause.lines.rbegin()) cause.lines.insert(at);
    cause.more_lines = cause.more_lines || (cause.lines.size() == most_lines && at > *cause.lines.rbegin());
    if (cause.lines.size() > most_lines) {
      cause.lines.erase(std::prev(cause.lines.end()));
      cause.more_lines = true;
    }
  } else if (std::string place = first_quoted(fault.what.en);
             !place.empty() && (cause.places.empty() || cause.places.back() != place)) {
    if (cause.places.size() < most_lines) {
      cause.places.push_back(std::move(place));
    } else if (cause.places.size() == most_lines) {
      cause.places.emplace_back("...");
    }
  }
  if (cause.first.size() < most_told) cause.first.push_back({added_, std::move(fault)});
}

std::vector<Fault> RepeatedFaults::take() {
  std::vector<Told> told;
  for (Cause& cause : causes_) {
    if (cause.count > most_told) {
      const Told& first = cause.first.front();
      const bool have_lines = !cause.lines.empty();
      std::string list = have_lines ? fmt::format("{}", fmt::join(cause.lines, ", ")) : fmt::format("{}", fmt::join(cause.places, ", "));
      if (cause.more_lines) list += ", ...";
      told.push_back({first.number, tell_once(have_lines ? cause.lowest : first.fault, cause.count, list, have_lines)});
    } else {
      std::move(cause.first.begin(), cause.first.end(), std::back_inserter(told));
    }
  }
  position_of_.clear();
  causes_.clear();
  std::sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return a.number < b.number; });
  std::vector<Fault> taken;
  taken.reserve(told.size());
  for (Told& one : told) taken.push_back(std::move(one.fault));
  return taken;
}

void RepeatedFaults::hand_over(Faults& faults) {
  for (Fault& fault : take()) faults.add(std::move(fault));
}

InvalidInput::InvalidInput(Faults faults)
    : Error("invalid_input",
            {faults.count() == 1
                 ? "1 fault in the input"
                 : fmt::format("{} faults in the input", group_digits(static_cast<long long>(faults.count()))),
             fmt::format("입력에 잘못된 곳이 {}건 있습니다", group_digits(static_cast<long long>(faults.count())))}),
      faults_(std::move(faults)) {}

}  // namespace hanjari

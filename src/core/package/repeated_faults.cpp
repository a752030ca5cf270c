#include "package/repeated_faults.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace hanjari::package {
namespace {

// A message without the values it quotes and without numbers: the same for every row of one cause.
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

Fault tell_once(const Fault& first, std::uint64_t count, const std::vector<std::uint64_t>& lines) {
  const std::string rows = group_digits(static_cast<long long>(count));
  std::string list;
  for (const std::uint64_t line : lines) list += (list.empty() ? "" : ", ") + std::to_string(line);
  if (count > lines.size()) list += ", ...";
  return {first.file,
          first.line,
          first.column,
          {fmt::format("{} rows: {}", rows, first.what.en), fmt::format("{}개 행: {}", rows, first.what.ko)},
          {fmt::format("{} (lines {})", first.fix.en, list), fmt::format("{} ({}행)", first.fix.ko, list)}};
}

}  // namespace

void RepeatedFaults::add(Fault fault, std::uint64_t line) {
  const auto [position, is_new] = position_of_.try_emplace(cause_of(fault), causes_.size());
  if (is_new) causes_.emplace_back();
  Cause& cause = causes_[position->second];
  ++cause.count;
  ++added_;
  if (cause.lines.size() < most_lines) cause.lines.push_back(line > 0 ? line : fault.line);
  if (cause.first.size() < most_told) cause.first.push_back({added_, std::move(fault)});
}

void RepeatedFaults::hand_over(Faults& faults) {
  std::vector<Told> told;
  for (Cause& cause : causes_) {
    if (cause.count > most_told) {
      const Told& first = cause.first.front();
      told.push_back({first.number, tell_once(first.fault, cause.count, cause.lines)});
    } else {
      std::move(cause.first.begin(), cause.first.end(), std::back_inserter(told));
    }
  }
  position_of_.clear();
  causes_.clear();
  std::sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return a.number < b.number; });
  for (Told& one : told) faults.add(std::move(one.fault));
}

}  // namespace hanjari::package

// The progress line of a terminal.
#pragma once

#include <algorithm>
#include <chrono>

#include "hanjari/base/clock.h"
#include "hanjari/cli/command.h"

namespace hanjari::cli {

class LineProgress : public Progress {
 public:
  LineProgress(Language language, const Clock& clock);
  ~LineProgress() override;
  void stage(const Text& name, std::uint64_t total) override;
  void report(std::uint64_t done, const std::string& note) override;

 private:
  void clear();

  Language language_;
  const Clock& clock_;
  bool on_terminal_;
  bool shown_ = false;
  std::string name_;
  std::uint64_t total_ = 0;
  std::chrono::nanoseconds began_{};
  std::chrono::nanoseconds drawn_{};
};

}  // namespace hanjari::cli

#include "cli/terminal.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include <fmt/format.h>

#include "hanjari/base/clock.h"

namespace hanjari::cli {

LineProgress::LineProgress(Language language, const Clock& clock) : language_(language), clock_(clock), on_terminal_(::isatty(STDERR_FILENO) == 1) {}

LineProgress::~LineProgress() { clear(); }

void LineProgress::stage(const Text& name, std::uint64_t total) {
  clear();
  name_ = name.in(language_);
  total_ = total;
  began_ = clock_.elapsed();
  drawn_ = began_;
}

void LineProgress::report(std::uint64_t done, const std::string& note) {
  if (!on_terminal_) return;
  const auto now = clock_.elapsed();
  // Nothing for what is over within two seconds; then five times a second.
  if (now - began_ < std::chrono::seconds(2) || now - drawn_ < std::chrono::milliseconds(200)) return;
  drawn_ = now;
  std::string line = name_;
  if (total_ > 0) {
    constexpr std::uint64_t width = 24;
    const std::uint64_t filled = std::min(done, total_) * width / total_;
    line += " [" + std::string(filled, '#') + std::string(width - filled, '.') + fmt::format("] {} %", std::min(done, total_) * 100 / total_);
  }
  line += fmt::format("  {:.0f} s", seconds_between(began_, now));
  if (!note.empty()) line += "  " + note;
  std::fprintf(stderr, "\r%s\033[K", line.c_str());
  std::fflush(stderr);
  shown_ = true;
}

void LineProgress::clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

void Terminal::say(const Text& message) const {
  progress.stage({}, 0);  // takes a drawn line away
  std::fprintf(stderr, "%s\n", message.in(language).c_str());
}

void Terminal::print(const std::string& data) const {
  std::fwrite(data.data(), 1, data.size(), stdout);
  std::fflush(stdout);
}

}  // namespace hanjari::cli

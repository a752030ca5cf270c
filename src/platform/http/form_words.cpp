#include "http/form_words.h"

#include <algorithm>
#include <cstddef>

#include "http/ascii.h"

namespace hanjari::web {
namespace {

// More than any browser writes above a part.
constexpr std::size_t longest_part_head = 8 * 1024;

bool names_file(std::string_view head) {
  std::string small(head);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) { return lower(c); });
  return small.find("filename=") != std::string::npos || small.find("filename*=") != std::string::npos;
}

}  // namespace

FormWords::FormWords(const std::string& boundary) : separator_("\r\n--" + boundary) {}

bool FormWords::read(std::string_view bytes, std::string& kept) {
  waiting_ += bytes;
  while (step(kept)) {
  }
  return !broken_;
}

bool FormWords::step(std::string& kept) {
  const auto take = [&](std::size_t size, State next) {
    kept += std::string_view(waiting_).substr(0, size);
    waiting_.erase(0, size);
    state_ = next;
    return true;
  };
  const auto fail = [&] {
    broken_ = true;
    return false;
  };
  switch (state_) {
    case State::begin: {
      const std::size_t line = separator_.size() - 2;
      if (waiting_.size() < line) return false;
      return waiting_.compare(0, line, separator_, 2, line) == 0 ? take(line, State::after_line) : fail();
    }
    case State::after_line:
      if (waiting_.size() < 2) return false;
      if (waiting_.starts_with("--")) return take(2, State::end);
      return waiting_.starts_with("\r\n") ? take(2, State::head) : fail();
    case State::head: {
      const std::size_t end = waiting_.find("\r\n\r\n");
      if (std::min(end, waiting_.size()) > longest_part_head) return fail();
      if (end == std::string::npos) return false;
      const bool is_file = names_file(std::string_view(waiting_).substr(0, end));
      file_told_ = false;
      return take(end + 4, is_file ? State::file : State::word);
    }
    case State::word:
    case State::file:
      return read_content(kept);
    case State::end:
      waiting_.clear();  // a line end, and whatever else comes
      return false;
  }
  return false;
}

bool FormWords::read_content(std::string& kept) {
  const std::size_t end = waiting_.find(separator_);
  if (end != std::string::npos) {
    keep(std::string_view(waiting_).substr(0, end), kept);
    kept += separator_;
    waiting_.erase(0, end + separator_.size());
    state_ = State::after_line;
    return true;
  }
  // What may be the beginning of a separator waits for the rest.
  const std::size_t surely = waiting_.size() - std::min(waiting_.size(), separator_.size() - 1);
  keep(std::string_view(waiting_).substr(0, surely), kept);
  waiting_.erase(0, surely);
  return false;
}

void FormWords::keep(std::string_view content, std::string& kept) {
  if (state_ == State::word) {
    kept += content;
  } else if (!content.empty() && !file_told_) {
    kept += 'x';
    file_told_ = true;
  }
}

}  // namespace hanjari::web

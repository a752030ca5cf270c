// What was typed into a form with files, while it arrives from somebody who may not send files: a session may have ended.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::web {

// Reads a form (multipart/form-data) piece by piece, keeps its words and passes over its files, so that a document of megabytes
// takes no memory.
class FormWords {
 public:
  explicit FormWords(const std::string& boundary);
  // Appends to `kept` what of the form is kept: a form of the same boundary, in which a file has one byte in place of all its
  // own. False as soon as it is no such form.
  bool read(std::string_view bytes, std::string& kept);
  // The form's end has come.
  bool is_complete() const { return state_ == State::end; }

 private:
  enum class State { begin, after_line, head, word, file, end };
  // Does what the bytes that wait allow; false when more are needed or the form is broken.
  bool step(std::string& kept);
  bool read_content(std::string& kept);
  void keep(std::string_view content, std::string& kept);

  std::string separator_;  // between parts: a line end and the boundary's line
  std::string waiting_;    // bytes that are not decided yet
  State state_ = State::begin;
  bool broken_ = false;
  bool file_told_ = false;  // the byte of this file is kept
};

}  // namespace hanjari::web

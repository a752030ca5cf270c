// Reads papers back with programs that know nothing of us.
#pragma once

#include <string>
#include <vector>

namespace hanjari::documents {

// True when the program is installed; tests that need it skip with a message otherwise.
bool has_program(const std::string& name);

// What a command prints to standard output.
std::string output_of(const std::string& command);

// Text of a PDF, page by page, laid out as on the paper (pdftotext -layout).
std::vector<std::string> pages_of_pdf(const std::string& bytes);
std::string text_of_pdf(const std::string& bytes);

// Where every word of a PDF stands (pdftotext -bbox): points from the upper left corner of its page. The box is as high
// as the letters are large. Markup characters stay escaped (&amp;).
struct WordBox {
  std::string word;
  int page = 0;  // from 1
  double left = 0, top = 0, right = 0, bottom = 0;
  double page_width = 0, page_height = 0;
};
std::vector<WordBox> word_boxes(const std::string& bytes);

// `command` with {} replaced by the name of a file that holds the bytes.
std::string output_about(const std::string& bytes, const std::string& ending, std::string command);

// Lines of a text, and words of a line at blanks.
std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> words_of(const std::string& line);

// Records of a CSV by RFC 4180, the byte-order mark taken away.
std::vector<std::vector<std::string>> records_of_csv(const std::string& bytes);

}  // namespace hanjari::documents

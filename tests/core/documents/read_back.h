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

// `command` with {} replaced by the name of a file that holds the bytes.
std::string output_about(const std::string& bytes, const std::string& ending, std::string command);

// Lines of a text, and words of a line at blanks.
std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> words_of(const std::string& line);

// Records of a CSV by RFC 4180, the byte-order mark taken away.
std::vector<std::vector<std::string>> records_of_csv(const std::string& bytes);

}  // namespace hanjari::documents

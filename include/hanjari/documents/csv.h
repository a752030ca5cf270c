// CSV for people: what Excel opens without questions, and no cell that a spreadsheet program would run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hanjari::documents {

// A value that begins with = + - @ (also in their full-width forms), a tab, a carriage return or a line feed would be
// read as a formula: it gets an apostrophe in front. Everything else stays as it is, so applicant numbers and dates are
// unchanged. To get the original back, take one leading apostrophe away where one of those characters follows it.
std::string defuse_formula(std::string_view value);

// Lines of values: UTF-8 byte-order mark, CRLF, quotes where a comma, a quote, a line break or a leading or trailing
// space asks for them.
class PeopleCsv {
 public:
  PeopleCsv() : bytes_("\xEF\xBB\xBF") {}
  void add_line(const std::vector<std::string>& values);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace hanjari::documents

// The bytes of a CSV file as UTF-8, in a window that holds at least the record being read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/package/csv.h"
#include "package/sheets/sheet_lines.h"

namespace hanjari::package {

class CsvInput {
 public:
  CsvInput(const std::filesystem::path& path, Encoding encoding);
  // Of a file of this name that is held in memory.
  CsvInput(const std::string& name, std::string_view bytes, Encoding encoding);
  // The rows of a sheet, which outlives the input.
  CsvInput(const std::string& name, const TableSheet& sheet);

  // What is in the window and not yet consumed. Valid until more() or consume().
  std::string_view rest() const { return std::string_view(window_).substr(begin_); }
  // Reads on, so that rest() grows; false at the end of the file.
  bool more();
  void consume(std::size_t bytes) { begin_ += bytes; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  // The file begins with the byte-order mark of UTF-16, which no encoding of ours reads.
  bool is_utf16() const { return utf16_; }
  // What the file is when it is no text: a workbook, say. Nothing for text.
  const std::optional<Text>& not_text() const { return not_text_; }
  // The encoding in which the file is read, which may be another than was asked for where its bytes leave no doubt.
  Encoding encoding() const { return encoding_; }
  // The rows of the sheet that is read; null for a file.
  const SheetLines* sheet() const { return sheet_.get(); }

 private:
  void start(Encoding encoding);
  std::size_t read_bytes(char* out, std::size_t count);
  void look_at_the_beginning();
  bool read_on();

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(void* converter) const;  // iconv_t
  };

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::unique_ptr<SheetLines> sheet_;
  std::unique_ptr<void, Close> converter_;  // null: the file is UTF-8
  std::string undecoded_;                   // half a character at the end of a block
  std::string block_;
  std::string window_;
  std::size_t begin_ = 0;
  std::uint64_t bytes_read_ = 0;
  bool ended_ = false;
  bool utf16_ = false;
  bool old_mac_ = false;  // lines end with CR alone
  Encoding encoding_;
  std::optional<Text> not_text_;
};

// `bytes` of CP949 as UTF-8; a byte that is no CP949 becomes the byte FF, which no UTF-8 check accepts.
std::string decode_cp949(std::string_view bytes);

}  // namespace hanjari::package

// XML block by block. What no workbook needs and what is made to exhaust a reader is refused: document types with their entities,
// and elements inside one another beyond any sheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"

struct XML_ParserStruct;

namespace hanjari::workbook {

// Throws InvalidInput with one fault of the whole file.
[[noreturn]] void refuse_file(const std::string& name, Text what, Text fix);
// The same for a file of which a part is broken: how to get a whole one.
[[noreturn]] void refuse_damaged(const std::string& name, const std::string& part);

// The attributes of an element, as the parser holds them.
class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  // The value of the attribute of this name, whatever stands before its colon; empty when there is none.
  std::string_view find(std::string_view name) const;
  bool has(std::string_view name) const;
  bool is_true(std::string_view name) const;  // 1 or true

 private:
  const char** pairs_;
};

// Called with names without what stands before their colon.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
};

class XmlStream {
 public:
  // Faults name the file and the part; the handler outlives the stream.
  XmlStream(std::string file, std::string part, XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;
  // Throws InvalidInput where the XML is broken, and whatever the handler throws.
  void feed(std::string_view block, bool last);
  // Where the tag stands that the handler is called for, and how long it is, in bytes. The end of an element without contents is
  // told at its tag's end with a length of 0.
  std::size_t at() const;
  std::size_t length() const;

 private:
  friend struct XmlCalls;
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };

  std::string file_;
  std::string part_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr thrown_;  // by the handler; it may not pass through the parser
  int depth_ = 0;
  bool refused_ = false;
};

}  // namespace hanjari::workbook

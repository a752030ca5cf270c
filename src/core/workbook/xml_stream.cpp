#include "workbook/xml_stream.h"

#include <expat.h>

#include <algorithm>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::workbook {
namespace {

constexpr int deepest = 64;
constexpr std::size_t largest_block = 1U << 24U;

std::string_view without_prefix(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

}  // namespace

void refuse_file(const std::string& name, Text what, Text fix) {
  Faults faults;
  faults.add({name, 0, "", std::move(what), std::move(fix)});
  throw InvalidInput(std::move(faults));
}

void refuse_damaged(const std::string& name, const std::string& part) {
  refuse_file(name, {fmt::format("the workbook is damaged ({})", part), fmt::format("통합 문서가 손상되었습니다({})", part)},
              {"open it in the spreadsheet and save it again as .xlsx", "스프레드시트에서 열어 .xlsx로 다시 저장하십시오"});
}

std::string_view Attributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2)
    if (without_prefix(*pair) == name) return pair[1];
  return {};
}

bool Attributes::has(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2)
    if (without_prefix(*pair) == name) return true;
  return false;
}

bool Attributes::is_true(std::string_view name) const {
  const std::string_view value = find(name);
  return value == "1" || value == "true";
}

// The functions that the parser calls. Nothing may be thrown through it: what a handler throws is kept and thrown by feed().
struct XmlCalls {
  template <class Call>
  static void guard(void* user, Call call) {
    auto& stream = *static_cast<XmlStream*>(user);
    if (stream.thrown_ != nullptr) return;
    try {
      call(stream);
    } catch (...) {
      stream.thrown_ = std::current_exception();
      XML_StopParser(stream.parser_.get(), XML_FALSE);
    }
  }
  static void start(void* user, const XML_Char* name, const XML_Char** pairs) {
    guard(user, [&](XmlStream& stream) {
      if (++stream.depth_ > deepest) refuse_damaged(stream.file_, stream.part_);
      stream.handler_.start(without_prefix(name), Attributes(pairs));
    });
  }
  static void end(void* user, const XML_Char* name) {
    guard(user, [&](XmlStream& stream) {
      --stream.depth_;
      stream.handler_.end(without_prefix(name));
    });
  }
  static void text(void* user, const XML_Char* piece, int length) {
    guard(user, [&](XmlStream& stream) {
      stream.handler_.text(std::string_view(piece, static_cast<std::size_t>(std::max(length, 0))));
    });
  }
  static void document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto& stream = *static_cast<XmlStream*>(user);
    stream.refused_ = true;
    XML_StopParser(stream.parser_.get(), XML_FALSE);
  }
};

void XmlStream::Free::operator()(XML_ParserStruct* parser) const {
  XML_ParserFree(parser);
}

XmlStream::XmlStream(std::string file, std::string part, XmlHandler& handler)
    : file_(std::move(file)), part_(std::move(part)), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
  if (parser_ == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), &XmlCalls::start, &XmlCalls::end);
  XML_SetCharacterDataHandler(parser_.get(), &XmlCalls::text);
  XML_SetStartDoctypeDeclHandler(parser_.get(), &XmlCalls::document_type);
}

XmlStream::~XmlStream() = default;

void XmlStream::feed(std::string_view block, bool last) {
  do {
    const std::string_view piece = block.substr(0, largest_block);
    block.remove_prefix(piece.size());
    const XML_Status status =
        XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last && block.empty() ? 1 : 0);
    if (thrown_ != nullptr) std::rethrow_exception(std::exchange(thrown_, nullptr));
    if (refused_) {
      refuse_file(file_,
                  {fmt::format("the workbook declares a document type in {}, which no spreadsheet writes", part_),
                   fmt::format("{}에 스프레드시트가 쓰지 않는 문서 형식 선언(DOCTYPE)이 있습니다", part_)},
                  {"open it in the spreadsheet and save it again as .xlsx", "스프레드시트에서 열어 .xlsx로 다시 저장하십시오"});
    }
    if (status != XML_STATUS_OK) refuse_damaged(file_, part_);
  } while (!block.empty());
}

std::size_t XmlStream::at() const {
  return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
}

std::size_t XmlStream::length() const {
  return static_cast<std::size_t>(std::max(XML_GetCurrentByteCount(parser_.get()), 0));
}

}  // namespace hanjari::workbook

#include "hanjari/workbook/file_kinds.h"

#include <string>

namespace hanjari::workbook {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t head_bytes = 200;  // of a packed file: its first name

bool holds_word(std::string_view bytes, std::string_view word) {
  return bytes.find(word) != std::string_view::npos;
}

// Names inside a compound file stand there in UTF-16.
bool holds_wide(std::string_view bytes, std::string_view word) {
  std::string wide;
  for (const char c : word) wide += {c, '\0'};
  return holds_word(bytes, wide);
}

Text name_packed_kind(std::string_view beginning) {
  if (holds_word(beginning, "opendocument")) return {"an OpenDocument workbook (.ods)", "OpenDocument 통합 문서(.ods)"};
  if (holds_word(beginning, "hwp")) return {"a document of Hangul Word Processor (.hwpx)", "한글 문서(.hwpx)"};
  for (const std::string_view ending : {".csv", ".CSV", ".txt", ".jpg", ".png", ".pdf", ".xlsx", ".json"}) {
    if (holds_word(beginning, ending)) return {"a packed file (ZIP)", "압축 파일(ZIP)"};
  }
  return {"an Excel workbook (.xlsx)", "엑셀 통합 문서(.xlsx)"};
}

// Excel, Word and Hangul Word Processor share one container; locked .xlsx files stand in it, too.
Text name_compound_kind(std::string_view bytes) {
  if (holds_wide(bytes, "EncryptedPackage")) return {"a file locked with a password", "암호가 걸린 파일"};
  if (holds_word(bytes, "HWP Document File") || holds_wide(bytes, "HwpSummaryInformation"))
    return {"a document of Hangul Word Processor (.hwp)", "한글 문서(.hwp)"};
  if (holds_wide(bytes, "WordDocument")) return {"an old Word document (.doc)", "이전 형식의 워드 문서(.doc)"};
  return {"an old Excel workbook (.xls)", "이전 형식의 엑셀 통합 문서(.xls)"};
}

struct BeginningOfKind {
  std::string_view bytes;
  std::string_view en;
  std::string_view ko;
};

constexpr BeginningOfKind beginnings[] = {
    {"%PDF-", "a PDF document", "PDF 문서"},
    {"HWP Document File", "a document of Hangul Word Processor (.hwp)", "한글 문서(.hwp)"},
    {"<?xml", "an XML document", "XML 문서"},
    {"<html", "a web page with a table (HTML)", "표가 든 웹 문서(HTML)"},
    {"<HTML", "a web page with a table (HTML)", "표가 든 웹 문서(HTML)"},
    {"<!DOCTYPE", "a web page with a table (HTML)", "표가 든 웹 문서(HTML)"},
    {"<!doctype", "a web page with a table (HTML)", "표가 든 웹 문서(HTML)"},
    {"<table", "a web page with a table (HTML)", "표가 든 웹 문서(HTML)"},
    {"\xff\xd8\xff", "a picture (JPEG)", "사진 파일(JPEG)"},
    {"\x89PNG", "a picture (PNG)", "그림 파일(PNG)"},
    {"Rar!", "a packed file (RAR)", "압축 파일(RAR)"},
    {"7z\xbc\xaf", "a packed file (7z)", "압축 파일(7z)"},
    {"\x1f\x8b", "a packed file (gzip)", "압축 파일(gzip)"},
    {"EGGA", "a packed file (EGG)", "압축 파일(EGG)"},
    {"ALZ\x01", "a packed file (ALZ)", "압축 파일(ALZ)"},
    {"{\\rtf", "a document in rich text (.rtf)", "서식 있는 문서(.rtf)"},
};

}  // namespace

bool is_packed_document(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04"sv) && holds_word(bytes.substr(0, head_bytes), "mimetypeapplication/");
}

std::optional<Text> name_of_file_kind(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04"sv)) return name_packed_kind(bytes.substr(0, head_bytes));
  if (bytes.starts_with("\xd0\xcf\x11\xe0"sv)) return name_compound_kind(bytes);
  const std::string_view text = bytes.starts_with("\xef\xbb\xbf"sv) ? bytes.substr(3) : bytes;
  for (const BeginningOfKind& kind : beginnings) {
    if (text.starts_with(kind.bytes)) return Text{std::string(kind.en), std::string(kind.ko)};
  }
  return std::nullopt;
}

}  // namespace hanjari::workbook

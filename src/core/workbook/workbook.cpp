#include "hanjari/workbook/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "workbook/contents.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

// Spreadsheets keep at most 65,490 formats of cells. One of a few bytes takes ten times as many once it is read, so that the
// size of its part alone bounds no memory.
constexpr std::size_t most_formats = 70'000;

[[noreturn]] void refuse_crowd(const Workbook::Contents& book, const Text& of_what) {
  refuse_file(book.name,
              {fmt::format("the workbook has more {} than any spreadsheet writes", of_what.en),
               fmt::format("통합 문서에 {} 지나치게 많습니다", of_what.ko)},
              {"copy the tables into a new workbook and send that", "표만 새 통합 문서에 복사하여 보내십시오"});
}

void read_part(const Workbook::Contents& book, const std::string& part, XmlHandler& handler) {
  XmlStream xml(book.name, part, handler);
  ZipParts::Stream stream(*book.parts, part);
  for (std::string_view block = stream.next(); !block.empty(); block = stream.next()) xml.feed(block, false);
  xml.feed({}, true);
}

struct Relation {
  std::string type;  // the last word of its address: worksheet
  std::string part;
};

class RelationHandler : public XmlHandler {
 public:
  RelationHandler(const Workbook::Contents& book, std::string from) : book_(book), from_(std::move(from)) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
    // Each leads to a part.
    if (relations.size() > book_.limits.entries) refuse_crowd(book_, {"links between its parts", "내부 연결이"});
    const std::string_view type = attributes.find("Type");
    relations[std::string(attributes.find("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                     resolve_target(from_, attributes.find("Target"))};
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::map<std::string, Relation> relations;

 private:
  const Workbook::Contents& book_;
  std::string from_;
};

std::map<std::string, Relation> read_relations(const Workbook::Contents& book, const std::string& part) {
  RelationHandler handler(book, part);
  const std::string relations = relations_of(part);
  if (book.parts->has(relations)) read_part(book, relations, handler);
  return std::move(handler.relations);
}

std::string find_related(const std::map<std::string, Relation>& relations, std::string_view type) {
  for (const auto& [id, relation] : relations)
    if (relation.type == type) return relation.part;
  return {};
}

struct NamedSheet {
  std::string name;
  std::string relation;
  bool hidden = false;
};

class BookHandler : public XmlHandler {
 public:
  explicit BookHandler(const Workbook::Contents& book) : book_(book) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") from_1904 = attributes.is_true("date1904");
    if (name != "sheet") return;
    if (sheets.size() > book_.limits.entries) refuse_crowd(book_, {"sheets", "시트가"});
    const std::string_view state = attributes.find("state");
    sheets.push_back({std::string(attributes.find("name")), std::string(attributes.find("id")),
                      state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::vector<NamedSheet> sheets;
  bool from_1904 = false;

 private:
  const Workbook::Contents& book_;
};

// The number formats that cells name by the position of their xf.
class StyleHandler : public XmlHandler {
 public:
  explicit StyleHandler(Workbook::Contents& book) : book_(book), formats_(book.formats) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (formats_.size() > most_formats || codes_.size() > most_formats) refuse_crowd(book_, {"formats of cells", "셀 서식이"});
    if (name == "numFmt") {
      codes_[read_number(attributes.find("numFmtId"), 0)] = std::string(attributes.find("formatCode"));
    } else if (name == "cellXfs") {
      inside_ = true;
    } else if (name == "xf" && inside_) {
      const std::uint32_t id = read_number(attributes.find("numFmtId"), 0);
      const auto code = codes_.find(id);
      formats_.push_back(read_number_format(static_cast<int>(id), code == codes_.end() ? std::string() : code->second));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") inside_ = false;
  }
  void text(std::string_view) override {}

 private:
  const Workbook::Contents& book_;
  std::vector<NumberFormat>& formats_;
  std::map<std::uint32_t, std::string> codes_;
  bool inside_ = false;
};

// The texts of cells; how they are spoken (rPh) is none of their text.
class SharedTextHandler : public XmlHandler {
 public:
  explicit SharedTextHandler(Workbook::Contents& book) : book_(book) {}
  void start(std::string_view name, const Attributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") spoken_ = true;
    if (name == "t") inside_ = !spoken_;
  }
  void end(std::string_view name) override {
    if (name == "t") inside_ = false;
    if (name == "rPh") spoken_ = false;
    if (name != "si") return;
    if (book_.texts.size() >= book_.limits.shared_texts) {
      refuse_file(book_.name,
                  {fmt::format("the workbook holds more than {} different texts", book_.limits.shared_texts),
                   fmt::format("통합 문서에 서로 다른 글이 {}개 넘게 있습니다", book_.limits.shared_texts)},
                  {"keep only the sheets of the tables", "표가 든 시트만 남기십시오"});
    }
    book_.texts.add(without_escapes(std::move(text_)));
    text_.clear();
  }
  void text(std::string_view piece) override {
    if (inside_) text_ += piece;
  }

 private:
  Workbook::Contents& book_;
  std::string text_;
  bool inside_ = false;
  bool spoken_ = false;
};

std::string find_book_part(const Workbook::Contents& book) {
  const std::string named = find_related(read_relations(book, ""), "officeDocument");
  return named.empty() ? "xl/workbook.xml" : named;
}

}  // namespace

// In one pass: a text of millions of escapes takes no longer than its length.
std::string without_escapes(std::string text) {
  std::string plain;
  std::size_t taken = 0;
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    unsigned code = 0;
    const char* begin = text.data() + at + 2;
    const auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
    if (error != std::errc{} || end != begin + 4) continue;
    // Signs of one byte are what the escapes are written for: control characters and the underscore itself.
    if (code >= 0x80) continue;
    plain.append(text, taken, at - taken);
    plain += static_cast<char>(code);
    taken = at + 7;
    at += 6;
  }
  if (taken == 0) return text;
  return plain.append(text, taken);
}

std::uint32_t read_number(std::string_view text, std::uint32_t other) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : other;
}

bool is_workbook(std::string_view bytes) {
  if (!bytes.starts_with("PK")) return false;
  try {
    ReadLimits only_look;
    only_look.bytes = ~std::uint64_t{0};
    only_look.entries = 1'000'000;
    only_look.ratio = ~std::uint64_t{0};
    const ZipParts parts("", bytes, only_look);
    return parts.has("[Content_Types].xml") && parts.has("xl/workbook.xml");
  } catch (const InvalidInput&) {
    return false;
  }
}

Workbook::Workbook(std::string name, std::string bytes, const ReadLimits& limits) : contents_(std::make_unique<Contents>()) {
  Contents& book = *contents_;
  book.name = std::move(name);
  book.bytes = std::move(bytes);
  book.limits = limits;
  book.parts = std::make_unique<ZipParts>(book.name, book.bytes, limits);
  book.part = find_book_part(book);
  if (!book.parts->has(book.part)) {
    refuse_file(book.name, {"the file is no workbook (.xlsx)", "통합 문서(.xlsx)가 아닙니다"},
                {"save it as .xlsx in the spreadsheet", "스프레드시트에서 .xlsx로 저장하십시오"});
  }
  BookHandler handler(book);
  read_part(book, book.part, handler);
  book.from_1904 = handler.from_1904;
  const std::map<std::string, Relation> relations = read_relations(book, book.part);
  for (NamedSheet& sheet : handler.sheets) {
    const auto relation = relations.find(sheet.relation);
    // Sheets that are a chart alone hold no cells.
    if (relation == relations.end() || relation->second.type != "worksheet") continue;
    book.sheets.push_back({std::move(sheet.name), relation->second.part, sheet.hidden});
  }
  if (book.sheets.empty()) refuse_damaged(book.name, book.part);
  book.styles_part = find_related(relations, "styles");
  if (!book.parts->has(book.styles_part)) book.styles_part.clear();
  if (!book.styles_part.empty()) {
    StyleHandler styles(book);
    read_part(book, book.styles_part, styles);
  }
  const std::string texts = find_related(relations, "sharedStrings");
  if (!texts.empty() && book.parts->has(texts)) {
    SharedTextHandler shared(book);
    read_part(book, texts, shared);
  }
}

Workbook::~Workbook() = default;

const std::string& Workbook::name() const {
  return contents_->name;
}

const std::string& Workbook::bytes() const {
  return contents_->bytes;
}

const std::vector<SheetInfo>& Workbook::sheets() const {
  return contents_->sheets;
}

}  // namespace hanjari::workbook

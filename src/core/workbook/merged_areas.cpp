#include "workbook/merged_areas.h"

#include <optional>
#include <string_view>

#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

constexpr std::size_t most_merged = 1'000'000;

std::optional<MergedArea> parse_area(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto first = parse_address(text.substr(0, colon));
  const auto last = parse_address(text.substr(colon + 1));
  if (!first || !last || first->row > last->row || first->column > last->column) return std::nullopt;
  return MergedArea{*first, *last};
}

class MergedHandler : public XmlHandler {
 public:
  explicit MergedHandler(const std::string& file) : file_(file) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "mergeCell") return;
    const auto area = parse_area(attributes.find("ref"));
    if (!area) return;
    if (areas.size() >= most_merged) {
      refuse_file(file_, {"a sheet has more than a million merged cells", "병합된 셀이 백만 개가 넘습니다"},
                  {"undo the merging", "셀 병합을 푸십시오"});
    }
    areas.push_back(*area);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::vector<MergedArea> areas;

 private:
  const std::string& file_;
};

}  // namespace

std::vector<MergedArea> read_merged_areas(const Workbook::Contents& book, const std::string& part) {
  MergedHandler handler(book.name);
  XmlStream xml(book.name, part, handler);
  ZipParts::Stream stream(*book.parts, part);
  for (std::string_view block = stream.next(); !block.empty(); block = stream.next()) xml.feed(block, false);
  xml.feed({}, true);
  return std::move(handler.areas);
}

}  // namespace hanjari::workbook

#include "workbook/marking/style_marks.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "workbook/marking/raw_xml.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

// The list of styles of a workbook that had none: every cell plain.
constexpr std::string_view plain_styles =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>"
    "</styleSheet>";
constexpr std::string_view red = "FFFFC7CE";

}  // namespace

class StyleMarks::Finder : public XmlHandler {
 public:
  explicit Finder(StyleMarks& found) : found_(found) {}
  void watch(const XmlStream& xml) { xml_ = &xml; }
  void start(std::string_view name, const Attributes&) override {
    ++depth_;
    if (depth_ == 1) found_.prefix_ = prefix_of(std::string_view(found_.text_).substr(xml_->at(), xml_->length()));
    if (depth_ == 2 && name == "fills") {
      found_.fills_at_ = xml_->at();
      found_.fills_length_ = xml_->length();
      in_fills_ = true;
    } else if (depth_ == 2 && name == "cellXfs") {
      found_.styles_at_ = xml_->at();
      found_.styles_length_ = xml_->length();
      in_styles_ = true;
    } else if (depth_ == 3) {
      begin_ = xml_->at();
      if (in_fills_) ++found_.fills_;
    }
  }
  void end(std::string_view) override {
    --depth_;
    const std::size_t end = xml_->at() + xml_->length();
    if (depth_ == 2 && in_styles_) found_.styles_.push_back(found_.text_.substr(begin_, end - begin_));
    if (depth_ != 1) return;
    if (in_fills_) found_.fills_end_ = xml_->at();
    if (in_styles_) found_.styles_end_ = xml_->at();
    in_fills_ = in_styles_ = false;
  }
  void text(std::string_view) override {}

 private:
  StyleMarks& found_;
  const XmlStream* xml_ = nullptr;
  int depth_ = 0;
  bool in_fills_ = false;
  bool in_styles_ = false;
  std::size_t begin_ = 0;
};

StyleMarks::StyleMarks(const std::string& file, const std::string& part, std::string text) : text_(std::move(text)) {
  const auto look = [&] {
    Finder finder(*this);
    XmlStream xml(file, part, finder);
    finder.watch(xml);
    xml.feed(text_, true);
  };
  if (!text_.empty()) look();
  if (fills_ > 0 && !styles_.empty()) return;
  text_ = plain_styles;
  styles_.clear();
  fills_ = 0;
  look();
}

std::uint32_t StyleMarks::marked(std::uint32_t style) {
  if (style >= styles_.size()) style = 0;
  const auto next = static_cast<std::uint32_t>(styles_.size() + order_.size());
  const auto [twin, is_new] = twins_.try_emplace(style, next);
  if (is_new) order_.push_back(style);
  return twin->second;
}

std::string StyleMarks::write() const {
  const auto list_tag = [&](std::size_t at, std::size_t length, std::size_t count) {
    return set_attribute(text_.substr(at, length), "count", std::to_string(count));
  };
  const std::string fill = fmt::format(
      "<{0}fill><{0}patternFill patternType=\"solid\"><{0}fgColor rgb=\"{1}\"/><{0}bgColor indexed=\"64\"/></{0}patternFill>"
      "</{0}fill>",
      prefix_, red);
  std::string twins;
  for (const std::uint32_t style : order_) {
    const std::string& whole = styles_[style];
    const std::size_t tag_end = whole.find('>') + 1;
    std::string tag = set_attribute(whole.substr(0, tag_end), "fillId", std::to_string(fills_));
    twins += set_attribute(std::move(tag), "applyFill", "1") + whole.substr(tag_end);
  }
  return apply_edits(text_, {{fills_at_, fills_length_, list_tag(fills_at_, fills_length_, fills_ + 1)},
                             {fills_end_, 0, fill},
                             {styles_at_, styles_length_, list_tag(styles_at_, styles_length_, styles_.size() + order_.size())},
                             {styles_end_, 0, twins}});
}

}  // namespace hanjari::workbook

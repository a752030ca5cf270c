#include "intake/pages/texts/plain_markup.h"

#include <utility>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

class PlainMarkup {
 public:
  void take(std::string_view line) {
    if (line.starts_with("# ")) return begin_heading("h2", line.substr(2));
    if (line.starts_with("## ")) return begin_heading("h3", line.substr(3));
    if (line.starts_with("? ")) return begin_question(line.substr(2));
    if (line.starts_with("- ")) return add_item(line.substr(2));
    if (line.empty()) return end_block();
    add_line(line);
  }

  std::string finish() {
    end_question();
    return std::move(html_);
  }

 private:
  enum class Block { none, paragraph, list };

  void end_block() {
    if (block_ == Block::paragraph) html_ += "</p>\n";
    if (block_ == Block::list) html_ += "</ul>\n";
    block_ = Block::none;
  }
  void end_question() {
    end_block();
    if (in_question_) html_ += "</details>\n";
    in_question_ = false;
  }
  void begin_heading(std::string_view element, std::string_view words) {
    end_question();
    html_ += "<";
    html_ += element;
    html_ += ">" + escape_markup(words) + "</";
    html_ += element;
    html_ += ">\n";
  }
  void begin_question(std::string_view words) {
    end_question();
    html_ += "<details class=\"help\"><summary>" + escape_markup(words) + "</summary>\n";
    in_question_ = true;
  }
  void add_item(std::string_view words) {
    if (block_ != Block::list) {
      end_block();
      html_ += "<ul class=\"bring\">\n";
      block_ = Block::list;
    }
    html_ += "<li>" + escape_markup(words) + "</li>\n";
  }
  void add_line(std::string_view words) {
    if (block_ == Block::paragraph) {
      html_ += "<br>\n" + escape_markup(words);
      return;
    }
    end_block();
    html_ += "<p>" + escape_markup(words);
    block_ = Block::paragraph;
  }

  std::string html_;
  Block block_ = Block::none;
  bool in_question_ = false;
};

}  // namespace

std::string draw_plain_markup(std::string_view text) {
  PlainMarkup markup;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    markup.take(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return markup.finish();
}

}  // namespace hanjari::web

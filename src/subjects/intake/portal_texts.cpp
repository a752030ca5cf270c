#include "hanjari/intake/portal_texts.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "intake/portal_words.h"

namespace hanjari::services {
namespace {

struct PageWord {
  PortalPage page;
  std::string_view word;
};

constexpr std::array<PageWord, portal_pages> page_words{{{PortalPage::privacy, "privacy"},
                                                         {PortalPage::terms, "terms"},
                                                         {PortalPage::accessibility, "accessibility"},
                                                         {PortalPage::help, "help"},
                                                         {PortalPage::consent, "consent"}}};

// Both languages, cleaned; every fault at once.
Text checked_words(const Text& words) {
  Text clean{clean_lines(words.en), clean_lines(words.ko)};
  Faults faults;
  const auto judge = [&](const std::string& text, const char* column, const Text& language) {
    if (is_blank_text(text)) {
      faults.add({"", 0, column,
                  {fmt::format("The {} words are empty.", language.en), fmt::format("{} 내용이 없습니다.", language.ko)},
                  {"Write them.", "내용을 입력하십시오."}});
    } else if (text.size() > longest_portal_text) {
      faults.add({"", 0, column,
                  {fmt::format("The {} words are longer than {} bytes.", language.en, group_digits(longest_portal_text)),
                   fmt::format("{} 내용이 {}바이트를 넘습니다.", language.ko, group_digits(longest_portal_text))},
                  {"Shorten them.", "내용을 줄이십시오."}});
    }
  };
  judge(clean.ko, "ko", {"Korean", "한국어"});
  judge(clean.en, "en", {"English", "영어"});
  if (!faults.empty())
    throw InvalidInput("bad_portal_text", {"This text cannot be published yet.", "이 내용은 아직 게시할 수 없습니다."},
                       std::move(faults));
  return clean;
}

}  // namespace

std::string_view spell(PortalPage page) {
  return page_words.at(static_cast<std::size_t>(page)).word;
}

std::optional<PortalPage> parse_portal_page(std::string_view word) {
  for (const PageWord& known : page_words) {
    if (known.word == word) return known.page;
  }
  return std::nullopt;
}

std::vector<PortalPage> list_portal_pages() {
  std::vector<PortalPage> pages;
  for (const PageWord& known : page_words) pages.push_back(known.page);
  return pages;
}

PortalText PortalTexts::load_text(PortalPage page) {
  if (auto stored = texts_.find_newest_text(page)) return std::move(*stored);
  PortalText own;
  own.page = page;
  own.words = portal_words(page);
  return own;
}

std::optional<PortalText> PortalTexts::find_text(PortalPage page, int version) {
  if (version != 0) return texts_.find_text(page, version);
  PortalText own;
  own.page = page;
  own.words = portal_words(page);
  return own;
}

PortalText PortalTexts::write_text(const Actor& officer, PortalPage page, Text words, int before,
                                   const std::string& reason, Instant now) {
  PortalText text;
  text.page = page;
  text.version = before + 1;
  text.words = checked_words(words);
  text.author = officer.account;
  text.at = now;
  texts_.add_text(text, before, change_of(officer, clean_line(reason), now));
  return text;
}

}  // namespace hanjari::services

#include "intake/pages/texts/text_pages.h"

#include <charconv>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/texts/plain_markup.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::PortalPage;
using services::PortalText;

constexpr int most_characters = 20'000;  // of one language, as the field takes them

std::string name_of_about(const Call& call, PortalPage page) {
  const Pages& pages = call.site.pages();
  switch (page) {
    case PortalPage::privacy:
      return pages.text(call.language, "about.privacy");
    case PortalPage::terms:
      return pages.text(call.language, "about.terms");
    case PortalPage::accessibility:
      return pages.text(call.language, "about.accessibility");
    case PortalPage::help:
      return pages.text(call.language, "about.help");
    case PortalPage::consent:
      break;
  }
  return pages.text(call.language, "about.consent");
}

PortalPage asked_page(const Call& call) {
  if (const auto page = services::parse_portal_page(call.path.at("about"))) return *page;
  throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
}

int read_version(const std::string& typed) {
  int number = -1;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  // The next one is counted from it.
  const bool has_next = number < std::numeric_limits<int>::max();
  return error == std::errc{} && end == typed.data() + typed.size() && has_next ? number : -1;
}

std::string about_address(const Call& call, PortalPage page) {
  return fmt::format("/{}/about/{}", code_of(call.language), services::spell(page));
}

// Which edition it is; nothing of the program's own words.
json describe_edition(const Call& call, const PortalText& text) {
  if (text.version == 0) return false;
  const std::string zone = services::zone_of_service(&call.site.intake()->notices, call.site.exams());
  return call.site.pages().text(call.language, "about.edition",
                                {{"version", std::to_string(text.version)},
                                 {"moment", write_moment(text.at, zone, call.language)}});
}

// The words in the language of the page, marked as Korean where nobody wrote English ones.
std::string draw_words(const Call& call, const Text& words) {
  const std::string html = draw_plain_markup(words.in(call.language));
  const bool stands_in = call.language == Language::english && !html.empty() && words.en == words.ko;
  return stands_in ? "<div lang=\"ko\">" + html + "</div>" : html;
}

// `shown`: the words below the form, which count now; null: those of the form.
Response show_form_of(const Call& call, const PortalText& text, const std::string& reason, FormView form,
                      const PortalText* shown = nullptr) {
  const Pages& pages = call.site.pages();
  Page page{.name = "about_form", .title = name_of_about(call, text.page)};
  form.add({.kind = FieldKind::lines,
            .id = "ko",
            .label = pages.text(call.language, "about.words_ko"),
            .value = text.words.ko,
            .longest = most_characters});
  form.add({.kind = FieldKind::lines,
            .id = "en",
            .label = pages.text(call.language, "about.words_en"),
            .hint = pages.text(call.language, "about.words_en_hint"),
            // Korean words that stand in for English ones would stay when the Korean ones change.
            .value = text.words.en == text.words.ko ? std::string() : text.words.en,
            .presence = Presence::optional,
            .longest = most_characters});
  form.add({.kind = FieldKind::line,
            .id = "reason",
            .label = pages.text(call.language, "about.reason"),
            .value = reason,
            .presence = Presence::optional});
  form.describe(page.data);
  page.data["heading"] = page.title;
  page.data["action"] = about_address(call, text.page);
  page.data["list"] = fmt::format("/{}/about", code_of(call.language));
  page.data["before"] = std::to_string(text.version);
  page.data["edition"] = describe_edition(call, text);
  page.data["html"] = draw_words(call, (shown == nullptr ? text : *shown).words);
  if (form.any_fault()) {
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

}  // namespace

Response show_about(const Call& call) {
  const PortalPage asked = asked_page(call);
  services::PortalTexts& texts = load_intake(call).texts;
  PortalText text;
  if (const auto version = call.query.find("version"); version != call.query.end()) {
    auto found = texts.find_text(asked, read_version(version->second));
    if (!found) throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
    text = std::move(*found);
  } else {
    text = texts.load_text(asked);
  }
  Page page{.name = "about", .title = name_of_about(call, asked)};
  const std::string& words = text.words.in(call.language);
  page.data["heading"] = page.title;
  page.data["written"] = !words.empty();
  page.data["html"] = draw_words(call, text.words);
  page.data["edition"] = describe_edition(call, text);
  return show(call, page);
}

Response show_about_list(const Call& call) {
  Page page{.name = "about_list", .title = call.site.pages().text(call.language, "about.list_title")};
  page.data["pages"] = json::array();
  for (const PortalPage one : services::list_portal_pages()) {
    const PortalText text = load_intake(call).texts.load_text(one);
    const json edition = describe_edition(call, text);
    page.data["pages"].push_back({{"name", name_of_about(call, one)},
                                  {"address", about_address(call, one)},
                                  {"edition", edition},
                                  {"author", text.author.empty() ? json(false) : json(text.author)}});
  }
  return show(call, page);
}

Response show_about_form(const Call& call) {
  return show_form_of(call, load_intake(call).texts.load_text(asked_page(call)), "", {});
}

Response write_about(const Call& call) {
  PortalText typed;
  typed.page = asked_page(call);
  typed.words = {field_of(call.form, "en"), field_of(call.form, "ko")};
  const std::string reason = field_of(call.form, "reason");
  const int before = read_version(field_of(call.form, "before"));
  try {
    load_intake(call).texts.write_text(call.actor(), typed.page, typed.words, before, reason, call.site.now());
  } catch (const InvalidInput& refused) {
    FormView form;
    for (const Fault& fault : refused.faults().kept())
      form.add_fault(fault.column, fault.what.in(call.language) + " " + fault.fix.in(call.language));
    typed.version = before < 0 ? 0 : before;
    typed.at = call.site.now();
    return show_form_of(call, typed, reason, std::move(form));
  } catch (const Conflict& refused) {
    // What was typed stays in the form, above what the other officer wrote: sent once more, it takes its place.
    const PortalText now = load_intake(call).texts.load_text(typed.page);
    typed.version = now.version;
    typed.at = now.at;
    FormView form;
    form.add_fault("", refused.message().in(call.language));
    Response response = show_form_of(call, typed, reason, std::move(form), &now);
    response.status = 409;
    return response;
  }
  return redirect(fmt::format("/{}/about", code_of(call.language)));
}

}  // namespace hanjari::web

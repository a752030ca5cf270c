#include "hanjari/intake/notice_board.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

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

// Both languages, cleaned; every fault at once. What nobody wrote in English stands there in Korean.
Text checked_words(const Text& words) {
  Text clean{clean_lines(words.en), clean_lines(words.ko)};
  const bool translated = !is_blank_text(clean.en);
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
  if (translated) judge(clean.en, "en", {"English", "영어"});
  if (!faults.empty())
    throw InvalidInput("bad_portal_text", {"This text cannot be published yet.", "이 내용은 아직 게시할 수 없습니다."},
                       std::move(faults));
  if (!translated) clean.en = clean.ko;
  return clean;
}

Text accessibility_words() {
  return {
      "# What you can rely on\n"
      "\n"
      "- Every page works with the keyboard alone and without JavaScript.\n"
      "- Every field has a label, and every fault is named above the form with a link to its field.\n"
      "- Text can be enlarged to 400% without scrolling sideways, and a dark appearance follows your device.\n"
      "\n"
      "# If something does not work for you\n"
      "\n"
      "Tell the department named at the foot of this page what you were doing and with which device. You can also apply "
      "with its help.\n",
      "# 이용하실 때\n"
      "\n"
      "- 모든 화면은 키보드만으로, 자바스크립트 없이도 이용할 수 있습니다.\n"
      "- 모든 입력란에 이름이 있고, 잘못 입력한 항목은 화면 위쪽에서 알려 드리며 그 입력란으로 바로 이동할 수 있습니다.\n"
      "- 글자를 400%까지 확대해도 좌우로 움직이지 않고 읽을 수 있으며, 어두운 화면은 기기 설정을 따릅니다.\n"
      "\n"
      "# 이용에 어려움이 있을 때\n"
      "\n"
      "이용하신 화면과 기기를 화면 아래에 적힌 담당 부서로 알려 주십시오. 원서접수를 도와 드립니다.\n"};
}

Text help_words() {
  return {
      "# Applying\n"
      "\n"
      "? Can I stop and continue later?\n"
      "Yes. Every step is saved. Your draft is under \"My applications\", on any device.\n"
      "\n"
      "? When is my application complete?\n"
      "When you have submitted it and the fee is paid or waived. An unpaid application lapses when applications close.\n"
      "\n"
      "? Can I edit an application that I have submitted?\n"
      "Yes, until applications close. Your changes count once you submit again.\n"
      "\n"
      "# Exam day\n"
      "\n"
      "? Where do I find my applicant number and seat?\n"
      "Under \"My applications\", once seats have been assigned. You can print your admission slip there.\n",
      "# 원서접수\n"
      "\n"
      "? 작성하다가 나중에 이어서 쓸 수 있습니까?\n"
      "네. 단계마다 저장됩니다. 작성 중인 원서는 어느 기기에서나 \'내 원서\'에서 이어서 쓸 수 있습니다.\n"
      "\n"
      "? 언제 접수가 완료됩니까?\n"
      "원서를 제출하고 응시수수료를 결제하거나 면제받으면 접수가 완료됩니다. 접수 마감까지 결제하지 않으면 접수가 무효가 "
      "됩니다.\n"
      "\n"
      "? 제출한 원서를 수정할 수 있습니까?\n"
      "네, 접수 마감 전까지 수정할 수 있습니다. 다시 제출해야 수정한 내용이 반영됩니다.\n"
      "\n"
      "# 시험 당일\n"
      "\n"
      "? 응시번호와 좌석은 어디에서 확인합니까?\n"
      "좌석이 배정되면 \'내 원서\'에서 확인하고 응시표를 출력할 수 있습니다.\n"};
}

Text consent_words() {
  return {
      "# Personal data\n"
      "\n"
      "- Items: name, date of birth, sex, mobile number, e-mail address, address, photo, numbers of certificates that you "
      "enter\n"
      "- Purpose: taking applications, assigning venues and seats, confirming identity at the exam, deciding and announcing "
      "results\n"
      "- Retention: until the period named in the notice is over; then destroyed\n"
      "- You may refuse. Without this consent you cannot apply.\n"
      "\n"
      "# Unique identifier\n"
      "\n"
      "- Item: resident or foreigner registration number\n"
      "- Purpose: confirming who you are and detecting several applications of one person\n"
      "- Retention: the number itself is not stored; a keyed digest of it is kept as long as the application\n"
      "- You may refuse. Without this consent you cannot apply.\n"
      "\n"
      "# Sensitive data\n"
      "\n"
      "- Items: health and disability, as far as you state them for accommodations, with the documents that you attach\n"
      "- Purpose: deciding on accommodations and providing them\n"
      "- Retention: until the period named in the notice is over; then destroyed\n"
      "- You may refuse and still apply. Without this consent no accommodation can be provided.\n",
      "# 개인정보 수집·이용\n"
      "\n"
      "- 수집 항목: 성명, 생년월일, 성별, 휴대전화 번호, 전자우편 주소, 주소, 사진, 입력하신 증명서와 자격증의 번호\n"
      "- 이용 목적: 원서접수, 시험장과 좌석 배정, 시험 당일 본인 확인, 합격자 결정과 발표\n"
      "- 보유 기간: 공고에서 정한 보존 기간까지 보관한 뒤 파기합니다.\n"
      "- 동의를 거부할 수 있습니다. 동의하지 않으면 원서를 접수할 수 없습니다.\n"
      "\n"
      "# 고유식별정보 처리\n"
      "\n"
      "- 처리 항목: 주민등록번호 또는 외국인등록번호\n"
      "- 이용 목적: 본인 확인과 중복 지원 확인\n"
      "- 보유 기간: 번호는 저장하지 않으며, 번호를 암호화한 확인값만 원서와 함께 보관합니다.\n"
      "- 동의를 거부할 수 있습니다. 동의하지 않으면 원서를 접수할 수 없습니다.\n"
      "\n"
      "# 민감정보 처리\n"
      "\n"
      "- 처리 항목: 편의지원 신청에 입력하신 건강과 장애에 관한 정보, 첨부하신 증빙서류\n"
      "- 이용 목적: 편의지원 심사와 제공\n"
      "- 보유 기간: 공고에서 정한 보존 기간까지 보관한 뒤 파기합니다.\n"
      "- 동의를 거부할 수 있으며, 거부하더라도 원서를 접수할 수 있습니다. 다만 편의지원을 받을 수 없습니다.\n"};
}

// What the program says itself until an officer has written it. Empty where only the institution knows what is true: its
// privacy policy and its terms.
Text portal_words(PortalPage page) {
  switch (page) {
    case PortalPage::accessibility:
      return accessibility_words();
    case PortalPage::help:
      return help_words();
    case PortalPage::consent:
      return consent_words();
    case PortalPage::privacy:
    case PortalPage::terms:
      break;
  }
  return {};
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

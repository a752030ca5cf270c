#include "hanjari/domain/contact.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

constexpr std::size_t longest_email = 254;       // bytes (RFC 5321, 4.5.3.1.3, without the brackets)
constexpr std::size_t longest_mailbox = 64;      // bytes before the @
constexpr std::size_t most_foreign_digits = 15;  // E.164

// Numbers of this country by how they begin: how many digits they have, the 0 counted.
struct NumberPlan {
  std::string_view prefix;
  std::size_t least;
  std::size_t most;
  bool mobile;
};

constexpr NumberPlan plans[] = {
    {"010", 11, 11, true},  {"011", 10, 11, true},  {"016", 10, 11, true},  {"017", 10, 11, true},
    {"018", 10, 11, true},  {"019", 10, 11, true},  {"02", 9, 10, false},   {"031", 10, 11, false},
    {"032", 10, 11, false}, {"033", 10, 11, false}, {"041", 10, 11, false}, {"042", 10, 11, false},
    {"043", 10, 11, false}, {"044", 10, 11, false}, {"051", 10, 11, false}, {"052", 10, 11, false},
    {"053", 10, 11, false}, {"054", 10, 11, false}, {"055", 10, 11, false}, {"061", 10, 11, false},
    {"062", 10, 11, false}, {"063", 10, 11, false}, {"064", 10, 11, false}, {"070", 11, 11, false},
    {"080", 10, 11, false}, {"050", 11, 12, false}};

const NumberPlan* plan_of(std::string_view digits) {
  const auto* found = std::find_if(std::begin(plans), std::end(plans),
                                   [&](const NumberPlan& plan) { return digits.starts_with(plan.prefix); });
  return found == std::end(plans) ? nullptr : found;
}

std::nullopt_t refuse(ContactFault& fault, std::string code, Text what) {
  fault = {std::move(code), std::move(what)};
  return std::nullopt;
}

std::string range_of(const NumberPlan& plan) {
  return plan.least == plan.most ? std::to_string(plan.least) : fmt::format("{} or {}", plan.least, plan.most);
}

std::string range_in_korean(const NumberPlan& plan) {
  return plan.least == plan.most ? fmt::format("{}자리", plan.least) : fmt::format("{}~{}자리", plan.least, plan.most);
}

// 1588-1234: a number of a company or an office, which reaches no single person.
bool is_shared_number(std::string_view digits) {
  return digits.size() == 8 && (digits.starts_with("15") || digits.starts_with("16") || digits.starts_with("18"));
}

// Whether the digits are those of two whole numbers, one after the other, as where a mobile and a home number stand in one field.
bool are_two_numbers(std::string_view digits, const NumberPlan& first) {
  for (std::size_t length = first.least; length <= first.most && length < digits.size(); ++length) {
    const std::string_view rest = digits.substr(length);
    const NumberPlan* second = plan_of(rest);
    if (second != nullptr && rest.size() >= second->least && rest.size() <= second->most) return true;
  }
  return false;
}

// How many digits the number of this country should have.
std::optional<Phone> judge_digits(std::string digits, ContactFault& fault) {
  const NumberPlan* plan = plan_of(digits);
  if (plan == nullptr) {
    if (digits.size() == 10 && digits.starts_with("10")) {
      return refuse(fault, "zero_missing",
                    {"The 0 at the beginning is missing: enter the number as 010-1234-5678.",
                     "맨 앞의 0이 빠졌습니다. 010-1234-5678처럼 입력하십시오."});
    }
    if (is_shared_number(digits)) {
      return refuse(fault, "not_a_phone_number",
                    {fmt::format("{}-{} is the number of an office or a company, not of a person. Enter one that reaches you, such as "
                                 "010-1234-5678.",
                                 digits.substr(0, 4), digits.substr(4)),
                     in_korean("{}-{}[은/는] 기관이나 회사의 대표번호입니다. 본인이 받을 수 있는 번호를 010-1234-5678처럼 입력하십시오.",
                                 digits.substr(0, 4), digits.substr(4))});
    }
    return refuse(fault, "not_a_phone_number",
                  {fmt::format("No telephone number of a person begins with {}. Enter it with its area code or with "
                               "010, such as 010-1234-5678.",
                               digits.substr(0, 3)),
                   in_korean("{}[으로/로] 시작하는 전화번호는 쓸 수 없습니다. 지역번호나 010을 포함하여 "
                               "010-1234-5678처럼 입력하십시오.",
                               digits.substr(0, 3))});
  }
  if (digits.size() < plan->least) {
    return refuse(fault, "digit_missing",
                  {fmt::format("A number that begins with {} has {} digits; this one has {}, so a digit is missing.",
                               plan->prefix, range_of(*plan), digits.size()),
                   in_korean("{}[으로/로] 시작하는 번호는 {}인데 {}자리만 입력하셨습니다. 빠진 숫자를 확인하십시오.",
                               plan->prefix, range_in_korean(*plan), digits.size())});
  }
  if (digits.size() > plan->most && are_two_numbers(digits, *plan)) {
    return refuse(fault, "two_numbers",
                  {"Two telephone numbers stand here. Enter one of them, such as 010-1234-5678.",
                   "전화번호가 두 개 입력되어 있습니다. 하나만 010-1234-5678처럼 입력하십시오."});
  }
  if (digits.size() > plan->most) {
    return refuse(fault, "digit_too_many",
                  {fmt::format("A number that begins with {} has {} digits; this one has {}, which is too many.",
                               plan->prefix, range_of(*plan), digits.size()),
                   in_korean("{}[으로/로] 시작하는 번호는 {}인데 {}자리를 입력하셨습니다. 남는 숫자를 지우십시오.",
                               plan->prefix, range_in_korean(*plan), digits.size())});
  }
  return Phone{std::move(digits), plan->mobile};
}

// The character as a sentence may show it.
std::string shown(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  return std::string(text.substr(at, end - at));
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// What is wrong with what stands behind the @; empty when nothing is.
Text fault_of_domain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos)
    return {fmt::format("What follows the @ ({}) has no full stop; it should look like example.com.", domain),
            fmt::format("@ 뒤({})에 점이 없습니다. example.com처럼 입력하십시오.", domain)};
  std::string_view label;
  for (std::string_view rest = domain;;) {
    label = rest.substr(0, rest.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
      return {fmt::format("What follows the @ ({}) has a full stop or hyphen where none can be.", domain),
              fmt::format("@ 뒤({})의 점이나 - 위치가 올바르지 않습니다.", domain)};
    if (rest.size() == label.size()) break;
    rest.remove_prefix(label.size() + 1);
  }
  if (label.size() < 2 || !std::all_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    if (!label.starts_with("xn--"))
      return {fmt::format("No address ends with .{}; look at the end of the address again.", label),
              in_korean(".{}[으로/로] 끝나는 전자우편 주소는 없습니다. 주소의 끝을 확인하십시오.", label)};
  }
  return {};
}

// The first character that an address cannot hold.
std::optional<std::size_t> find_foreign(std::string_view address) {
  const std::size_t at_sign = address.find('@');
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    if (is_letter_or_digit(c) || at == at_sign || c == '.' || c == '-') continue;
    if (at < at_sign && std::string_view("!#$%&'*+/=?^_`{|}~").find(c) != std::string_view::npos) continue;
    return at;
  }
  return std::nullopt;
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Without the word or sign that people write before a number.
std::string without_label(const std::string& text) {
  constexpr std::string_view labels[] = {"tel",  "phone",    "mobile", "h.p",    "hp",     "t",  "m",  "☎",  "☏",
                                         "✆",    "휴대전화번호", "휴대전화", "휴대폰", "핸드폰", "전화번호", "전화", "연락처"};
  const std::string lower = in_lower_case(text);
  for (const std::string_view label : labels) {
    if (!lower.starts_with(label)) continue;
    std::string rest = clean_signs(text.substr(label.size()));
    while (rest.starts_with('.') || rest.starts_with(':')) rest = clean_signs(rest.substr(1));
    const bool number = !rest.empty() && std::string_view("0123456789+(").find(rest.front()) != std::string_view::npos;
    if (number) return rest;
  }
  return text;
}

}  // namespace

std::string Phone::written() const {
  if (digits.empty() || digits.front() != '0') return digits;
  const std::size_t head = digits.starts_with("02") ? 2 : digits.starts_with("050") ? 4 : 3;
  return digits.substr(0, head) + "-" + digits.substr(head, digits.size() - head - 4) + "-" +
         digits.substr(digits.size() - 4);
}

std::optional<Phone> read_phone(std::string_view typed, ContactFault& fault) {
  const std::string text = without_label(clean_signs(typed));
  if (text.empty())
    return refuse(fault, "missing",
                  {"Enter a telephone number, such as 010-1234-5678.", "전화번호를 010-1234-5678처럼 입력하십시오."});
  std::string digits;
  bool international = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !international) {
      international = true;
    } else if (std::string_view(" -.()/~").find(c) == std::string_view::npos) {
      return refuse(fault, "not_a_phone_number",
                    {fmt::format("A telephone number cannot hold \"{}\". Enter the digits, such as 010-1234-5678.",
                                 shown(text, at)),
                     in_korean("전화번호에는 \"{}\"[을/를] 쓸 수 없습니다. 010-1234-5678처럼 숫자로 입력하십시오.",
                                 shown(text, at))});
    }
  }
  if (digits.starts_with("00")) {  // as dialled: 0082 ...
    international = true;
    digits.erase(0, 2);
  }
  // No number of this country begins with 8: 82-10-1234-5678 lacks the plus.
  if (digits.starts_with("82") && digits.size() >= 10 && digits.size() <= 13) international = true;
  if (!international) return judge_digits(std::move(digits), fault);
  if (digits.starts_with("82")) {
    digits.erase(0, digits.size() > 2 && digits[2] == '0' ? 3 : 2);
    return judge_digits("0" + digits, fault);
  }
  if (digits.size() < 8 || digits.size() > most_foreign_digits || digits.front() == '0') {
    return refuse(fault, "not_a_phone_number",
                  {"A number of another country has 8 to 15 digits after the +, beginning with the country's code.",
                   "다른 나라의 전화번호는 + 뒤에 국가번호부터 8~15자리를 입력하십시오."});
  }
  return Phone{"+" + digits, false};
}

std::optional<Phone> read_mobile(std::string_view typed, ContactFault& fault) {
  auto phone = read_phone(typed, fault);
  if (!phone || phone->mobile) return phone;
  return refuse(fault, "not_mobile",
                {"A text message reaches mobile numbers of Korea only; enter one, such as 010-1234-5678.",
                 "문자 메시지는 국내 휴대전화로만 보낼 수 있습니다. 휴대전화 번호를 010-1234-5678처럼 입력하십시오."});
}

std::optional<std::string> find_phone_with_its_zero(std::string_view typed) {
  const std::string text = clean_signs(typed);
  if (text.empty() || text.front() == '0' || text.find_first_not_of("0123456789-. ") != std::string::npos) return std::nullopt;
  ContactFault ignored;
  if (read_phone(text, ignored)) return std::nullopt;
  const auto phone = read_phone("0" + text, ignored);
  if (!phone) return std::nullopt;
  std::string written = phone->written();
  // 2133-1234 is a number without its area code and not 02-133-1234: what stands before the first sign is the area.
  const std::size_t sign = text.find_first_of("-. ");
  if (sign != std::string::npos && written.substr(1, written.find('-') - 1) != text.substr(0, sign)) return std::nullopt;
  return written;
}

std::optional<std::string> read_email(std::string_view typed, ContactFault& fault) {
  // Upper and lower case are the same mailbox with every provider people use.
  std::string address = in_lower_case(clean_signs(typed));
  // What mail programs put around an address: Name <name@example.com>, and what ends a sentence or a list.
  if (const std::size_t open = address.rfind('<'); open != std::string::npos) {
    const std::size_t close = address.find('>', open);
    if (close != std::string::npos && close + 1 == address.size())
      address = clean_signs(address.substr(open + 1, close - open - 1));
  }
  if (address.starts_with("mailto:")) address = clean_signs(address.substr(7));
  while (!address.empty() && std::string_view(".,;").find(address.back()) != std::string_view::npos) {
    address.pop_back();
    while (address.ends_with(' ')) address.pop_back();
  }
  if (address.empty())
    return refuse(
        fault, "missing",
        {"Enter an e-mail address, such as name@example.com.", "전자우편 주소를 name@example.com처럼 입력하십시오."});
  const std::size_t at_sign = address.find('@');
  if (at_sign == std::string::npos || at_sign == 0 || at_sign + 1 == address.size())
    return refuse(fault, "not_an_address",
                  {"An e-mail address has a name, an @ and a place, such as name@example.com.",
                   "전자우편 주소는 이름, @, 도메인으로 되어 있습니다. name@example.com처럼 입력하십시오."});
  if (const auto foreign = find_foreign(address)) {
    if (*foreign > at_sign && static_cast<unsigned char>(address[*foreign]) >= 0x80) {
      return refuse(fault, "not_an_address",
                    {fmt::format("What follows the @ ({}) has letters that addresses of e-mail are not sent with. Where it is such a domain, enter "
                                 "its form that begins with xn--, which your provider tells; otherwise look at the address again.",
                                 address.substr(at_sign + 1)),
                     fmt::format("@ 뒤({})에 전자우편을 보낼 때 쓸 수 없는 문자가 있습니다. 한글 등으로 된 도메인이면 제공자가 안내하는 "
                                 "xn--으로 시작하는 주소를 입력하고, 아니면 주소를 다시 확인하십시오.",
                                 address.substr(at_sign + 1))});
    }
    const bool blank = address[*foreign] == ' ';
    return refuse(fault, "not_an_address",
                  {fmt::format("An e-mail address cannot hold {} here; look at it again.",
                               blank ? std::string("a blank") : "\"" + shown(address, *foreign) + "\""),
                   in_korean("전자우편 주소의 이 자리에는 {}[을/를] 쓸 수 없습니다. 다시 확인하십시오.",
                               blank ? std::string("빈칸") : "\"" + shown(address, *foreign) + "\"")});
  }
  const std::string_view mailbox = std::string_view(address).substr(0, at_sign);
  if (mailbox.front() == '.' || mailbox.back() == '.' || mailbox.find("..") != std::string_view::npos ||
      mailbox.size() > longest_mailbox || address.size() > longest_email) {
    return refuse(fault, "not_an_address",
                  {"No letter arrives at this address: it is too long, or a full stop stands where none can be.",
                   "메일이 도착할 수 없는 주소입니다. 너무 길거나 점의 위치가 올바르지 않습니다."});
  }
  if (Text what = fault_of_domain(std::string_view(address).substr(at_sign + 1)); !what.en.empty())
    return refuse(fault, "not_an_address", std::move(what));
  return address;
}

}  // namespace hanjari

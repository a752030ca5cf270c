#include "hanjari/domain/person_rules.h"

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"

namespace hanjari {

Text sentence_of(const ValueFault& fault) {
  Text sentence{fault.what.en + "; " + fault.fix.en + ".", fault.what.ko + ". " + fault.fix.ko + "."};
  if (!sentence.en.empty() && sentence.en.front() >= 'a' && sentence.en.front() <= 'z')
    sentence.en.front() = static_cast<char>(sentence.en.front() - 'a' + 'A');
  return sentence;
}

std::optional<ValueFault> find_birth_fault(Date birth_on, std::optional<Date> exam_on) {
  static const Date earliest = *parse_date("1900-01-01");
  const std::string day = format_date(birth_on);
  if (birth_on < earliest) {
    return ValueFault{{fmt::format("{} is before 1900", day), fmt::format("{}은(는) 1900년 이전입니다", day)},
                      {"correct the year", "연도를 고치십시오"}};
  }
  if (exam_on && birth_on >= *exam_on) {
    return ValueFault{{fmt::format("{} is not before the exam on {}", day, format_date(*exam_on)),
                       fmt::format("{}은(는) 시험일 {}보다 앞서지 않습니다", day, format_date(*exam_on))},
                      {"correct the date of birth", "생년월일을 고치십시오"}};
  }
  return std::nullopt;
}

std::optional<ValueFault> find_text_fault(std::string_view text, std::size_t most_bytes) {
  if (const auto lost = find_lost_character(text)) {
    const std::string name = name_code_point(*lost);
    return ValueFault{{fmt::format("a character was lost on the way ({})", name),
                       fmt::format("읽을 수 없게 된 글자({})가 있습니다", name)},
                      {"type the text again", "글을 다시 입력하십시오"}};
  }
  if (text.size() <= most_bytes) return std::nullopt;
  return ValueFault{{fmt::format("the text has {} bytes", group_digits(static_cast<long long>(text.size()))),
                     fmt::format("글이 {}바이트입니다", group_digits(static_cast<long long>(text.size())))},
                    {fmt::format("shorten it to {} bytes ({} Korean letters)",
                                 group_digits(static_cast<long long>(most_bytes)), most_bytes / 3),
                     fmt::format("{}바이트(한글 {}자) 이하로 줄이십시오",
                                 group_digits(static_cast<long long>(most_bytes)), most_bytes / 3)}};
}

}  // namespace hanjari

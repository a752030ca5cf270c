#include "hanjari/domain/person_rules.h"

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/misread_korean.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"

namespace hanjari {

Text sentence_of(const ValueFault& fault) {
  Text sentence{fault.what.en + "; " + fault.fix.en + ".", fault.what.ko + ". " + fault.fix.ko + "."};
  if (!sentence.en.empty() && sentence.en.front() >= 'a' && sentence.en.front() <= 'z')
    sentence.en.front() = static_cast<char>(sentence.en.front() - 'a' + 'A');
  return sentence;
}

ValueFault fault_of_date(std::string_view typed, const std::string& shown) {
  if (const auto serial = day_of_serial_number(typed)) {
    return {{fmt::format("{} is the day number of a spreadsheet, for {}", shown, format_date(*serial)),
             in_korean("{}[은/는] 엑셀의 날짜 일련번호로, {}에 해당합니다", shown, format_date(*serial))},
            {"give the column the format YYYY-MM-DD before saving", "열의 서식을 YYYY-MM-DD로 바꾸고 저장하십시오"}};
  }
  return {{fmt::format("{} is not a date", shown), in_korean("{}[은/는] 날짜가 아닙니다", shown)},
          {"write YYYY-MM-DD, a day of the calendar", "달력에 있는 날을 YYYY-MM-DD로 적으십시오"}};
}

ValueFault fault_of_time(std::string_view typed, const std::string& shown) {
  if (const auto minute = minute_of_day_part(typed)) {
    const std::string time = format_time_of_day(*minute);
    return {{fmt::format("{} is the part of a day by which a spreadsheet keeps {}", shown, time),
             in_korean("{}[은/는] 엑셀이 {}[을/를] 하루의 비율로 나타낸 수입니다", shown, time)},
            {fmt::format("write {}, or give the column the format HH:MM before saving", time),
             in_korean("{}[으로/로] 적거나, 열의 서식을 HH:MM으로 바꾸고 저장하십시오", time)}};
  }
  return {{fmt::format("{} is not a time of day", shown), in_korean("{}[은/는] 시각이 아닙니다", shown)},
          {"write HH:MM, such as 10:00", "10:00처럼 HH:MM으로 적으십시오"}};
}

ValueFault fault_of_moment(std::string_view typed, const std::string& shown) {
  constexpr const char* example = "2021-03-02 09:00";
  if (const auto serial = day_of_serial_number(typed)) {
    const auto minute = minute_of_day_part(typed);
    const bool has_part = typed.find('.') != std::string_view::npos;
    const std::string day = format_date(*serial) + (minute ? " " + format_time_of_day(*minute) : std::string());
    const bool rounded = has_part && !minute;
    return {{fmt::format("{} is the number by which a spreadsheet keeps {}{}", shown, rounded ? "a time on " : "", day),
             rounded ? fmt::format("{}: 엑셀이 {}의 어느 시각을 나타낸 일련번호입니다", shown, day)
                     : in_korean("{}[은/는] 엑셀의 날짜 일련번호로, {}에 해당합니다", shown, day)},
            {"give the column the format YYYY-MM-DD HH:MM before saving",
             "열의 서식을 YYYY-MM-DD HH:MM으로 바꾸고 저장하십시오"}};
  }
  if (const auto day = parse_typed_date(typed)) {
    return {{fmt::format("{} is a day without a time of day", shown), in_korean("{}[은/는] 시각 없이 날짜뿐입니다", shown)},
            {fmt::format("add the time, as in {}", example), fmt::format("{}처럼 시각을 더하십시오", example)}};
  }
  return {{fmt::format("{} is no moment", shown), in_korean("{}[은/는] 시각이 아닙니다", shown)},
          {fmt::format("write it as {}", example), fmt::format("{}처럼 적으십시오", example)}};
}

std::optional<ValueFault> find_birth_fault(Date birth_on, std::optional<Date> exam_on) {
  static const Date earliest = *parse_date("1900-01-01");
  const std::string day = format_date(birth_on);
  if (birth_on < earliest) {
    return ValueFault{{fmt::format("{} is before 1900", day), in_korean("{}[은/는] 1900년 이전입니다", day)},
                      {"correct the year", "연도를 고치십시오"}};
  }
  if (exam_on && birth_on >= *exam_on) {
    return ValueFault{{fmt::format("{} is not before the exam on {}", day, format_date(*exam_on)),
                       in_korean("{}[은/는] 시험일 {}보다 앞서지 않습니다", day, format_date(*exam_on))},
                      {"correct the date of birth", "생년월일을 고치십시오"}};
  }
  return std::nullopt;
}

std::optional<ValueFault> find_name_fault(std::string_view name) {
  const Text as_written{"enter it as on the identity card", "신분증에 적힌 대로 적으십시오"};
  if (!holds_letter(name)) return ValueFault{{"a name has letters", "성명은 글자로 적어야 합니다"}, as_written};
  const std::size_t at = name.find_first_of("<>{}[]|\\^=$#%~");
  if (at == std::string_view::npos) return std::nullopt;
  return ValueFault{{fmt::format("no name holds the sign {}", name[at]),
                     fmt::format("성명에는 {} 기호를 쓸 수 없습니다", name[at])},
                    as_written};
}

std::optional<ValueFault> find_text_fault(std::string_view text, std::size_t most_bytes) {
  if (const auto lost = find_lost_character(text)) {
    const std::string name = name_code_point(*lost);
    return ValueFault{{fmt::format("a character was lost on the way ({})", name),
                       fmt::format("읽을 수 없게 된 글자({})가 있습니다", name)},
                      {"type the text again", "글을 다시 입력하십시오"}};
  }
  if (is_misread_korean(text)) {
    return ValueFault{{"this is Korean that another program opened in a wrong encoding",
                       "다른 프로그램에서 인코딩이 잘못 열려 한글이 깨졌습니다"},
                      {"type it again, or open the file that it comes from as UTF-8 and take it from there",
                       "다시 입력하거나, 원본 파일을 UTF-8로 열어 다시 옮기십시오"}};
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

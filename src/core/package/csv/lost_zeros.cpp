#include "package/csv/lost_zeros.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {

void LostZeros::add(std::string_view code) {
  // Numbers may be days of a spreadsheet, too, but most are numbers.
  if (code.find_first_not_of("0123456789.") != std::string_view::npos && !undo_date(code).empty()) {
    if (dates_++ == 0 || code < first_date_) first_date_ = code;  // whatever the order
  }
  if (!are_numbers_) return;
  const bool is_decimal = code.ends_with(".0");
  const std::string_view whole = code.substr(0, is_decimal ? code.size() - 2 : code.size());
  are_numbers_ = !whole.empty() && whole.front() != '0' && whole.find_first_not_of("0123456789") == std::string_view::npos;
  decimals_ += is_decimal ? 1 : 0;
  shortest_ = shortest_ == 0 ? code.size() : std::min(shortest_, code.size());
  longest_ = std::max(longest_, code.size());
}

std::optional<Fault> LostZeros::warning_of_dates(const char* file, const char* column) const {
  if (dates_ == 0) return std::nullopt;
  const std::string meant = undo_date(first_date_).front();
  return Fault{file,
               0,
               column,
               {fmt::format("{} a date, such as {}, as when a spreadsheet makes a date of {}",
                            count_of(static_cast<long long>(dates_), "code is", "codes are"), show(first_date_), meant),
                fmt::format("코드 {}개가 {} 같은 날짜입니다. 엑셀에서 {} 같은 코드가 날짜로 바뀌었을 수 있습니다", dates_, show(first_date_), meant)},
               {"compare them with the notice; write the codes as text in every file",
                "공고와 대조하고, 모든 파일에 코드를 텍스트로 적으십시오"}};
}

std::optional<Fault> LostZeros::warning(const char* file, const char* column) const {
  if (auto dates = warning_of_dates(file, column)) return dates;
  if (!are_numbers_) return std::nullopt;
  if (decimals_ > 0) {
    return Fault{file,
                 0,
                 column,
                 {fmt::format("{} with .0, as when a program takes codes for numbers",
                              count_of(static_cast<long long>(decimals_), "code ends", "codes end")),
                  fmt::format("코드 {}개가 .0으로 끝납니다. 코드를 수로 다룬 것으로 보입니다", decimals_)},
                 {"compare them with the notice; write the codes as text in every file",
                  "공고와 대조하고, 모든 파일에 코드를 텍스트로 적으십시오"}};
  }
  if (longest_ <= shortest_ || longest_ == 1) return std::nullopt;
  return Fault{
      file,
      0,
      column,
      {fmt::format("the codes have {} to {} digits and none begins with 0, as when a spreadsheet takes leading zeros away", shortest_,
                   longest_),
       fmt::format("코드가 {}~{}자리이고 0으로 시작하는 것이 없습니다. 엑셀에서 앞자리 0이 사라졌을 수 있습니다", shortest_, longest_)},
      {"compare them with the notice; if zeros are missing, write them in every file",
       "공고와 대조하고, 0이 빠졌으면 모든 파일에 적으십시오"}};
}

}  // namespace hanjari::package

#include "package/addresses/district_column.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/domain/district_facts.h"
#include "package/csv/characters.h"

namespace hanjari::package {
namespace {

bool is_district_number(std::string_view typed) {
  return typed.find_first_not_of("0123456789") == std::string_view::npos;
}

// Of a register's ten digits: no district has so long a code.
constexpr std::size_t longest_district_digits = 9;

}  // namespace

const DistrictColumn::Names::value_type& DistrictColumn::look_up(std::string_view typed) {
  const auto [at, is_new] = names_.try_emplace(std::string(typed));
  Name& name = at->second;
  if (!is_new) return *at;
  const TypedDistrict read = read_typed_district(typed);
  if (read.name_alone && is_district_number(typed)) {
    name.code = read.code;
    const Text known = name_of_district(read.code);
    name.what = {fmt::format("{} is the code of a part of a district and was read as that of '{}'", show(typed), known.en),
                 in_korean("{}[은/는] 법정동의 열 자리 코드여서 '{}'[으로/로] 읽었습니다", show(typed), known.ko)};
    name.fix = {"write the first five digits", "앞 다섯 자리만 적으십시오"};
  } else if (read.name_alone && read.candidates.empty()) {
    name.code = read.code;
    name.what = {fmt::format("{} is the name of a district and was read as its code {}", show(typed), show(read.code)),
                 in_korean("{}[은/는] 시군구의 이름이어서 코드 {}[으로/로] 읽었습니다", show(typed), show(read.code))};
    name.fix = {"write the code, by which every file and page means the same", "모든 파일과 화면에서 같은 코드로 적으십시오"};
  } else if (read.name_alone) {
    Text list;
    for (const DistrictFact* candidate : read.candidates) {
      const Text one = name_of_district(candidate->code);
      list.en += (list.en.empty() ? "" : ", ") + one.en;
      list.ko += (list.ko.empty() ? "" : ", ") + one.ko;
    }
    name.what = {fmt::format("{} is the name of several districts ('{}') and is taken as a code of the office's own", show(typed), list.en),
                 in_korean("{}[은/는] 여러 곳의 이름이어서('{}') 기관 자체 코드로 읽었습니다", show(typed), list.ko)};
    name.fix = {"write the province too, or the code", "시·도를 함께 적거나 코드로 적으십시오"};
  } else if (looks_like_district_name(typed)) {
    name.what = {fmt::format("{} is no district that is known here and is taken as a code of the office's own", show(typed)),
                 in_korean("{}[은/는] 알려진 시군구가 아니어서 기관 자체 코드로 읽었습니다", show(typed))};
    name.fix = {"correct the name, or write the code of the district", "이름을 고치거나 시군구 코드를 적으십시오"};
  }
  return *at;
}

std::optional<std::string> DistrictColumn::read() {
  name_ = nullptr;
  const std::string_view typed = reader_.text(column_);
  const bool is_long = is_district_number(typed) && typed.size() > longest_district_digits;
  if (is_long || (typed.find_first_not_of("0123456789.") != std::string_view::npos && is_valid_utf8(typed))) {
    const auto& [written, name] = look_up(typed);
    if (!name.what.en.empty()) reader_.add_warning(column_, name.what, name.fix);
    if (!name.code.empty()) {
      if (!is_long) name_ = &written;
      return name.code;
    }
  }
  const auto code = reader_.identifier(column_);
  if (!code) return std::nullopt;
  // 11500.0 of a column that went through a spreadsheet as numbers: no district has another code that reads so.
  const std::size_t point = code->find('.');
  const bool number = point != std::string_view::npos && point > 0 && point + 1 < code->size() &&
                      code->find_first_not_of("0123456789") == point &&
                      code->find_first_not_of('0', point + 1) == std::string_view::npos;
  return std::string(code->substr(0, number ? point : code->size()));
}

WordIndex DistrictColumn::read_word(Words& words) {
  name_ = nullptr;
  if (reader_.text(column_).empty()) return empty_word;
  const auto code = read();
  return code ? words.intern(*code) : empty_word;
}

}  // namespace hanjari::package

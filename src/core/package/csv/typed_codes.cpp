#include "package/csv/typed_codes.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "package/csv/characters.h"

namespace hanjari::package {

std::string read_typed_code(CsvReader& reader, std::size_t column, CodesOfPlan codes) {
  const std::string_view code = reader.text(column);
  const bool is_plain = std::all_of(code.begin(), code.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (is_plain || !find_identifier_fault(code)) return std::string(code);
  std::string cleaned = clean_signs(code);
  if (cleaned == code) return cleaned;
  if (codes != CodesOfPlan::cleaned) {
    Text what{fmt::format("{} is not {}, which it looks like: blanks around it, full width or what nobody sees stands in it", show(code),
                          show(cleaned)),
              in_korean("{}[은/는] {}[과/와] 같아 보이지만 다릅니다. 앞뒤 빈칸, 전각 문자나 보이지 않는 문자가 있습니다", show(code),
                        show(cleaned))};
    Text fix{fmt::format("write {}", show(cleaned)), in_korean("{}[으로/로] 적으십시오", show(cleaned))};
    if (codes == CodesOfPlan::refused) {
      reader.add_fault(column, std::move(what), std::move(fix));
    } else {
      reader.add_warning(column, std::move(what), std::move(fix));
    }
    return std::string(code);
  }
  reader.add_warning(column,
                     {fmt::format("{} was read as {}, without blanks around it, full width and what nobody sees", show(code), show(cleaned)),
                      in_korean("{}[을/를] 빈칸, 전각 문자와 보이지 않는 문자 없이 {}[으로/로] 읽었습니다", show(code), show(cleaned))},
                     {"write it so", "그렇게 적으십시오"});
  return cleaned;
}

}  // namespace hanjari::package

#include "hanjari/package/table_file.h"

#include <cstdint>
#include <system_error>
#include <utility>

#include "hanjari/base/file.h"
#include "hanjari/workbook/workbook.h"
#include "package/sheets/sheet_finder.h"

namespace hanjari::package {

TableFile::TableFile(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code ignored;
  if (!is_workbook_name(name()) || !std::filesystem::is_regular_file(path_, ignored)) return;
  book_ = std::make_shared<const workbook::Workbook>(name(), read_file(path_));
}

CsvReader TableFile::open(std::string_view called, std::vector<CsvColumn> columns, Encoding encoding, Faults& faults,
                          std::vector<Fault>& warnings) {
  if (book_ == nullptr) return CsvReader(path_, std::move(columns), encoding, faults, warnings);
  sheet_.emplace(open_only_sheet(book_, called, warnings));
  return CsvReader(name(), *sheet_, std::move(columns), faults, warnings);
}

bool TableFile::is_told_of(const Fault& fault) const {
  return fault.file == name() || (sheet_ && fault.file.find('[' + name() + ']') != std::string::npos);
}

Fault TableFile::placed(Fault fault) const {
  if (sheet_ && fault.line > 0) {
    const auto column = sheet_->columns->find(fault.column);
    fault.file = sheet_->place({static_cast<std::uint32_t>(fault.line), column == sheet_->columns->end() ? 0 : column->second});
    fault.line = 0;
  } else {
    fault.file = sheet_ ? sheet_->place({}) : name();
  }
  return fault;
}

Faults TableFile::placed(const Faults& faults) const {
  Faults told;
  for (const Fault& fault : faults.kept()) told.add(placed(fault));
  // Those that were counted and not kept: as many are kept already as there may be.
  while (told.count() < faults.count()) told.add({});
  return told;
}

}  // namespace hanjari::package

// Marked workbooks of one package, in a ZIP file where they are several.
#include <map>
#include <set>
#include <string>
#include <utility>

#include "hanjari/package/sheet_tables.h"
#include "hanjari/workbook/marks.h"

namespace hanjari::package {

std::string mark_bad_workbooks(const std::map<std::string, std::string>& files, const BadCells& bad, Language language) {
  std::set<std::string> names;
  for (const BadCell& cell : bad.kept())
    if (files.contains(cell.file)) names.insert(cell.file);
  if (names.empty()) return {};
  std::map<std::string, std::string> marked;
  for (const std::string& name : names) marked.emplace(name, mark_bad_cells(name, files.at(name), bad, language));
  return marked.size() == 1 ? std::move(marked.begin()->second) : workbook::pack_workbooks(marked);
}

}  // namespace hanjari::package

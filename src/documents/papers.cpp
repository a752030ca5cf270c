#include "hanjari/documents/papers.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "documents/paper_registry.h"
#include "documents/table_render.h"
#include "hanjari/base/error.h"
#include "hanjari/documents/slip.h"

namespace hanjari::documents {
namespace {

const std::vector<RegisteredPaper>& registry() {
  static const std::vector<RegisteredPaper> papers = {
      {"roster", {"Roster", "응시자 명부"}, roster_table, nullptr},
      {"slip", {"Admission slips", "응시표"}, nullptr, render_slips_pdf},
  };
  return papers;
}

constexpr std::array<std::pair<PaperFormat, std::string_view>, 3> format_words = {
    {{PaperFormat::pdf, "pdf"}, {PaperFormat::xlsx, "xlsx"}, {PaperFormat::csv, "csv"}}};

}  // namespace

const std::vector<PaperKind>& paper_kinds() {
  static const std::vector<PaperKind> kinds = [] {
    std::vector<PaperKind> list;
    for (const RegisteredPaper& paper : registry()) {
      list.push_back({paper.name, paper.title, {PaperFormat::pdf}});
      if (paper.table != nullptr) list.back().formats = {PaperFormat::pdf, PaperFormat::xlsx, PaperFormat::csv};
    }
    return list;
  }();
  return kinds;
}

std::string_view spell(PaperFormat format) {
  for (const auto& [known, word] : format_words) {
    if (known == format) return word;
  }
  return {};
}

std::optional<PaperFormat> parse_paper_format(std::string_view word) {
  for (const auto& [format, known] : format_words) {
    if (known == word) return format;
  }
  return std::nullopt;
}

Paper render_paper(std::string_view name, PaperFormat format, const PlannedExam& planned, VenueIndex venue,
                   const PaperContext& context) {
  for (const RegisteredPaper& paper : registry()) {
    if (paper.name != name) continue;
    if (paper.table == nullptr) {
      if (format == PaperFormat::pdf) return paper.drawing(planned, venue, context);
      throw InvalidInput("no_such_format", {fmt::format("{} is a drawing: PDF only", name),
                                            fmt::format("{} 문서는 그림이므로 PDF로만 만들 수 있습니다", name)});
    }
    const TableTemplate& table = table_template(context, name);
    const TableData data = paper.table(planned, venue, context);
    switch (format) {
      case PaperFormat::pdf:
        return render_table_pdf(table, data, planned, context);
      case PaperFormat::xlsx:
        return render_table_xlsx(table, data, planned, context);
      case PaperFormat::csv:
        return render_table_csv(table, data, context);
    }
  }
  throw NotFound("no_such_paper",
                 {fmt::format("there is no paper '{}'", name), fmt::format("'{}' 문서는 없습니다", name)});
}

}  // namespace hanjari::documents

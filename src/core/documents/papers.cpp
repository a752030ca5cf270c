#include "hanjari/documents/papers.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "documents/paper_registry.h"
#include "documents/tables/table_render.h"
#include "documents/tables/venue_tables.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/desk_label.h"
#include "hanjari/documents/door_list.h"
#include "hanjari/documents/seat_chart.h"
#include "hanjari/documents/slip.h"

namespace hanjari::documents {
const std::vector<RegisteredPaper>& registered_papers() {
  static const std::vector<RegisteredPaper> papers = {
      {"roster", {"Roster", "응시자 명부"}, roster_table, nullptr, PaperScope::venue, PaperSubject::room},
      {"seat_chart",
       {"Seat charts", "좌석배치도"},
       nullptr,
       render_seat_charts_pdf,
       PaperScope::venue,
       PaperSubject::room},
      {"desk_label",
       {"Desk labels", "책상 좌석표"},
       nullptr,
       render_desk_labels_pdf,
       PaperScope::venue,
       PaperSubject::person},
      {"door_list",
       {"Door lists", "출입문 게시 명단"},
       door_list_table,
       render_door_lists_pdf,
       PaperScope::venue,
       PaperSubject::room},
      {"room_table", {"Room table", "시험실별 배정표"}, room_table, nullptr, PaperScope::venue_and_city},
      {"venue_notice", {"Venue notice", "시험장소 공고"}, notice_table, nullptr, PaperScope::venue_and_city},
      {"absence_return", {"Absence return", "결시자 현황"}, return_table, nullptr, PaperScope::venue_and_city},
      {"sheet_return", {"Sheet return", "답안지 회수표"}, return_table, nullptr, PaperScope::venue_and_city},
      {"materials", {"Materials ledger", "문답지 수불부"}, materials_table, nullptr, PaperScope::venue_and_city},
      {"invigilators", {"Invigilators", "감독관 배정표"}, room_table, nullptr, PaperScope::venue_and_city},
      {"accommodations", {"Accommodations", "편의지원 명단"}, support_table, nullptr, PaperScope::venue_and_city},
      {"health", {"Health list", "방역·별도응시 명단"}, health_table, nullptr, PaperScope::venue_and_city},
      {"number_notice",
       {"Venue notice by number", "응시번호별 시험장소"},
       number_notice_table,
       nullptr,
       PaperScope::venue_and_city},
      {"seat_list",
       {"Seat list", "좌석 배정 명단"},
       seat_list_table,
       nullptr,
       PaperScope::venue_and_city,
       PaperSubject::venue,
       true},
      {"slip", {"Admission slips", "응시표"}, nullptr, render_slips_pdf, PaperScope::venue, PaperSubject::person},
  };
  return papers;
}

namespace {

constexpr std::array<std::pair<PaperFormat, std::string_view>, 3> format_words = {
    {{PaperFormat::pdf, "pdf"}, {PaperFormat::xlsx, "xlsx"}, {PaperFormat::csv, "csv"}}};

}  // namespace

const std::vector<PaperKind>& paper_kinds() {
  static const std::vector<PaperKind> kinds = [] {
    std::vector<PaperKind> list;
    for (const RegisteredPaper& paper : registered_papers()) {
      list.push_back({paper.name, paper.title, {PaperFormat::pdf}, paper.scope, paper.subject});
      if (paper.table != nullptr) list.back().formats = {PaperFormat::pdf, PaperFormat::xlsx, PaperFormat::csv};
      if (paper.list_only) list.back().formats = {PaperFormat::xlsx, PaperFormat::csv};
    }
    return list;
  }();
  return kinds;
}

const PaperKind* find_paper_kind(std::string_view name) {
  const auto& kinds = paper_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const PaperKind& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

const PaperKind* find_named_paper(std::string_view typed) {
  const auto folded = [](std::string_view title) {
    std::string text;
    for (const char c : clean_signs(title)) {
      if (c != ' ' && c != '_' && c != '-' && c != '.') text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
  };
  const auto& kinds = paper_kinds();
  const std::string name = folded(typed);
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const PaperKind& kind) {
    return folded(kind.name) == name || folded(kind.title.ko) == name || folded(kind.title.en) == name;
  });
  return found == kinds.end() ? nullptr : &*found;
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
  for (const RegisteredPaper& paper : registered_papers()) {
    if (paper.name != name) continue;
    if (!venue.exists() && paper.scope != PaperScope::venue_and_city) {
      throw InvalidInput("one_venue_only", {fmt::format("{} is a paper of one venue", name),
                                            fmt::format("{} 문서는 시험장마다 따로 만듭니다", name)});
    }
    if (paper.drawing != nullptr && format == PaperFormat::pdf) return paper.drawing(planned, venue, context);
    if (paper.table == nullptr) {
      throw InvalidInput("no_such_format", {fmt::format("{} is a drawing: PDF only", name),
                                            fmt::format("{} 문서는 그림이므로 PDF로만 만들 수 있습니다", name)});
    }
    if (paper.list_only && format == PaperFormat::pdf) {
      throw InvalidInput("no_such_format",
                         {fmt::format("{} is a list of everybody: XLSX and CSV only", name),
                          fmt::format("{} 문서는 전체 목록이므로 XLSX와 CSV로만 만들 수 있습니다", name)});
    }
    const TableTemplate& table = table_template(context, name);
    const TableData data = paper.table(planned, venue, context);
    switch (format) {
      case PaperFormat::pdf:
        return render_table_pdf(table, data, planned, context,
                                venue.exists() ? PaperScope::venue : PaperScope::venue_and_city);
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

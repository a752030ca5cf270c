// Figures of applications as tables: one for the page, the workbook and the picture's twin alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/intake/office_table.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

struct FigureRow {
  std::string what;
  std::int64_t now = 0;
  std::optional<std::int64_t> then{};  // of the other recruitment
};

struct FigureTable {
  std::string word;     // of addresses and of the sheet: hours, units, districts, sex, age, residence
  std::string title;    // what is counted, and when
  std::string heading;  // of the first column
  std::vector<FigureRow> rows;
};

// Hours first. Cumulative by hour; where there are more than 200 hours, every 24th and the last.
std::vector<FigureTable> list_figure_tables(const Call& call, const services::OfficeFigures& figures);

// The curves of both recruitments: the own one drawn through, the other one dashed; no colour says anything alone.
std::string draw_curves(const services::OfficeFigures& figures, const std::string& title, const std::string& own_name,
                        const std::string& other_name, const std::string& axis);

}  // namespace hanjari::web

// One table paper as a file of each format.
#pragma once

#include <string>
#include <string_view>

#include "documents/tables/table_data.h"
#include "documents/template_content.h"
#include "hanjari/documents/papers.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

Paper render_table_pdf(const TableTemplate& table, const TableData& data, const PlannedExam& planned,
                       const PaperContext& context, PaperScope scope = PaperScope::venue);
Paper render_table_xlsx(const TableTemplate& table, const TableData& data, const PlannedExam& planned,
                        const PaperContext& context);
Paper render_table_csv(const TableTemplate& table, const TableData& data, const PaperContext& context);

// The template of a table paper; throws NotFound (no_such_paper).
const TableTemplate& table_template(const PaperContext& context, std::string_view paper);

// Whether the column is to be shown on pages: `if_any` leaves out what no row has a value of. Lists keep all their columns,
// because programs read them by name.
bool has_something_to_say(const ColumnTemplate& column, const TableData& data);

// What a cell says; empty for places to fill in by hand.
std::string cell_text(const Cell& cell);

// Position of a field in a list of fields; the templates were checked, so it is there.
std::size_t field_position(const std::vector<std::string_view>& fields, std::string_view field);

}  // namespace hanjari::documents

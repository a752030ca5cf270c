// The lists of a notice as tables that people copy to a spreadsheet and back: tab separated, a heading in the first
// line, moments as the clock shows them where the exam is held.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari::package {

// units: the columns of units.csv and fee, calendar, eligibility and subjects. calendars: their windows. entries: dates
// that are only told. areas: the places that applicants choose from. accommodations: which can be asked for.
enum class NoticeTable { units, calendars, entries, areas, accommodations };
std::string_view spell(NoticeTable table);
std::optional<NoticeTable> parse_notice_table(std::string_view word);

// Lists inside a cell are parted by "; ", the parts of one thing by "|", and a backslash stands before such a sign that
// is meant itself. read_notice_table gives the same list back.
std::string write_notice_table(const Recruitment& notice, NoticeTable table);

// The notice with the rows of the table in place of its own. Cells are read by the reader of units.csv, with what
// spreadsheets make of tables. A column of units that is not there leaves what the unit of this code has. Throws
// InvalidInput with every fault, each with its line and column; what concerns the notice as a whole
// (parse_recruitment) is judged by whoever saves it.
Recruitment read_notice_table(const Recruitment& notice, NoticeTable table, std::string_view text,
                              std::vector<Fault>& warnings);

// The definition of a notice for comparing and merging: one that offers every accommodation without a word of it says
// them row by row, so that what one officer takes away is not what another one never touched.
std::string spell_out_accommodations(const std::string& definition);

// "2021-03-02 09:00" where the exam is held, as the tables have it, and back: nothing for what is no moment.
std::string write_local_moment(Instant at, const std::string& time_zone);
std::optional<Instant> read_local_moment(std::string_view typed, const std::string& time_zone);

// What was copied from a spreadsheet, with commas in place of its tabs; other text as it is.
std::string commas_for_tabs(std::string_view text);

}  // namespace hanjari::package

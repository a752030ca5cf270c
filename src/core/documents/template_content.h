// Templates as the renderers read them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "documents/drawing/font_book.h"
#include "documents/drawing/pdf_document.h"
#include "hanjari/documents/templates.h"

namespace hanjari::documents {

struct ColumnTemplate {
  std::string field;
  Text title;
  double width = 10;  // share of the page
  Align align = Align::left;
  Weight weight = Weight::regular;
  double size = 0;      // points; 0: the table's text_size
  bool sum = false;     // totals at the end
  bool on_page = true;  // in the PDF
  bool in_city = true;  // in the PDF over all venues; as on_page unless said
  bool in_list = true;  // in XLSX and CSV
  bool if_any = false;  // left out of pages where no row has a value
};

struct HeadingTemplate {
  std::string field;
  Text title;
  double width = 10;
};

// What a screen reader finds in the PDF: a table of cells, or a line of text per row, which takes a seventh of the
// space and a third of the time.
enum class Structure { cells, rows };

// A paper that is a table.
struct TableTemplate {
  Text title;
  bool landscape = false;
  double row_height_mm = 7;
  double text_size = 9;
  Structure structure = Structure::cells;
  std::vector<HeadingTemplate> heading;  // label and value above the table, in lines of a full page width
  std::vector<ColumnTemplate> columns;
  int empty_rows = 0;            // at least so many rows on the page of a venue: lines to fill in by hand
  std::vector<Text> notes;       // below the table
  std::vector<Text> signatures;  // places to sign, below the notes
};

// Minutes after midnight on the day of the exam, for units that name no time of their own; nothing where nobody has
// said it, and then papers say nothing either.
struct DayTemplate {
  std::optional<int> seated_by;
  std::optional<int> gate_closes_at;
  std::optional<int> starts_at;
};

struct SlipTemplate {
  Text title;
  std::vector<Text> bring;
  std::vector<Text> rules;
  Text check;      // beside the QR code
  Text signature;  // what the applicant signs; empty: no place to sign
  Text authority;  // who issues the slip; empty: not said
  std::shared_ptr<const Stamp> seal;  // beside the authority; null: none
  double seal_mm = 20;                // its longer side
};

// A paper that is drawn and not a table.
struct DrawingTemplate {
  Text title;
  std::vector<Text> notes;  // at the foot of the drawing
  bool over_rooms = false;  // desk labels: the next room goes on on the same sheet
};

struct TemplateContent {
  std::map<std::string, TableTemplate> tables;      // by paper
  std::map<std::string, DrawingTemplate> drawings;  // by paper
  SlipTemplate slip;
  std::map<std::string, Text, std::less<>> ways;  // how to get to a school, by venue code
  DayTemplate day;
  Text footer;  // at the foot of every page; may be empty
};

// The templates of the context, or the program's own.
const TemplateContent& templates_of(const PaperContext& context);

}  // namespace hanjari::documents

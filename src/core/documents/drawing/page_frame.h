// What stands on every page of every paper: the foot with edition, time, digest and who took it, and the file's own
// data.
#pragma once

#include <string>

#include "documents/drawing/pdf_document.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

constexpr double page_margin = 10 * mm;

// The first digits of a digest, enough to tell plans apart by eye.
std::string short_digest(const std::string& digest);

// "Plan 3f2a9c1b0d4e · replaces 77c0ffee12ab · edition 2 · printed 1 June 2021 14:03 (KST)".
std::string provenance(const PlannedExam& planned, const PaperContext& context);

// The edition in large letters in a frame, its upper left corner at x, y; nothing where no edition is named.
constexpr double edition_width = 164;  // at most
// Returns the width of the frame, 0 without one.
double draw_edition(PdfDocument& pdf, const PaperContext& context, double x, double y);

// The day of the exam with its weekday: 2027년 6월 12일(토), Sat 12 June 2027.
std::string exam_day(const Exam& exam, Language language);

// Name of the exam in the language of the paper.
const std::string& exam_name(const Exam& exam, Language language);

PdfInfo pdf_info(const PlannedExam& planned, const PaperContext& context, const std::string& title);

// The foot of a page of the given size; `pages` 0 leaves the count out.
void draw_foot(PdfDocument& pdf, const PlannedExam& planned, const PaperContext& context, double width, double height,
               int page, int pages);

}  // namespace hanjari::documents

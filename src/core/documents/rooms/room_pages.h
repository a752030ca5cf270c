// What the papers drawn room by room have in common: seat charts, desk labels and door lists.
#pragma once

#include <string>
#include <vector>

#include "documents/drawing/pdf_document.h"
#include "documents/tables/venue_people.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

class RoomPages {
 protected:
  RoomPages(const PlannedExam& planned, VenueIndex venue, const PaperContext& context, const Text& title,
            std::vector<RoomPeople> rooms);
  ~RoomPages() = default;

  std::string say(const char* ko, const char* en) const { return language_ == Language::korean ? ko : en; }
  // Exam, title and mark above a line.
  void draw_title(double width, const std::string& mark);
  // 12, or with the number among the desks in use 12 (7).
  std::string seat_words(const Placement& placement) const;
  // What the number in brackets is; empty where there is none.
  std::string used_note() const;
  // The only page of a paper without rooms; it says so.
  void draw_nobody();
  void draw_page_foot(double width, double height, std::size_t page, std::size_t pages);

  const PlannedExam& planned_;
  const Exam& exam_;
  const Venue& venue_;
  const PaperContext& context_;
  const Language language_;
  const Text& title_;
  PdfDocument pdf_;
  const std::vector<RoomPeople> rooms_;
};

}  // namespace hanjari::documents

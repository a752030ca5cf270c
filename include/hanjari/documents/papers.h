// Every paper by its name in the contract, for whoever prints many of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// What one sheet of a paper is about, and so what makes it void: a venue, a room, a person.
enum class PaperSubject { venue, room, person };

// venue_and_city: beside one per venue there is one over all venues, for the office.
enum class PaperScope { venue, venue_and_city };

struct PaperKind {
  std::string name;                  // roster
  Text title;                        // Roster, 응시자 명부
  std::vector<PaperFormat> formats;  // it can be had in
  PaperScope scope = PaperScope::venue;
  PaperSubject subject = PaperSubject::venue;
};

// In the order of the contract.
const std::vector<PaperKind>& paper_kinds();
// Null when there is no paper of that name.
const PaperKind* find_paper_kind(std::string_view name);
// As people name one: by its word, or by the title that stands on it: roster, Seat chart, 응시자 명부.
const PaperKind* find_named_paper(std::string_view typed);

// pdf, xlsx, csv: the word of the command line and the ending of the file.
std::string_view spell(PaperFormat format);
std::optional<PaperFormat> parse_paper_format(std::string_view word);

// The paper of one venue, or of all with VenueIndex::none() where its scope allows that. Throws NotFound
// (no_such_paper) or InvalidInput (no_such_format) when it cannot be had so.
Paper render_paper(std::string_view name, PaperFormat format, const PlannedExam& planned, VenueIndex venue,
                   const PaperContext& context);

}  // namespace hanjari::documents

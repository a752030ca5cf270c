// What every paper has in common: what it is told besides the plan, and what comes back.
//
// Papers are pure: the same exam, plan and context give the same bytes, on any machine with the same fonts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari::documents {

class Templates;
struct PaperPart;

enum class PaperFormat { pdf, xlsx, csv };

// Where people sat in an older plan.
struct EarlierSeat {
  VenueCode venue_code;
  std::string venue;  // its name, or its code where neither exam nor plan says one
  std::int64_t room_no = 0;
  std::int64_t seat_no = 0;
};
class EarlierSeats {
 public:
  void add(ApplicantIndex applicant, EarlierSeat seat) { seats_.insert_or_assign(applicant, std::move(seat)); }
  // Null when the person had none.
  const EarlierSeat* find(ApplicantIndex applicant) const {
    const auto found = seats_.find(applicant);
    return found == seats_.end() ? nullptr : &found->second;
  }

 private:
  std::map<ApplicantIndex, EarlierSeat> seats_;
};

// What the subjects that people chose are called, by unit and code: the exam package knows codes only. Each name is
// there in both languages.
using SubjectNames = std::map<std::pair<UnitCode, std::string>, Text>;

// A person's photo as JPEG, a portrait of 3.5 : 4.5; empty where there is none that opens. It may be asked for one person several
// times, and gives the same bytes each time.
using PortraitSource = std::function<std::string(const Applicant&)>;

struct PaperContext {
  Language language = Language::korean;
  Instant printed_at{};  // printed in the exam's time zone; also the dates inside the file
  std::string version;   // edition of the plan as the office counts it ("2"); empty: not printed
  // Plan digest in hex, printed shortened; empty: the digest of the plan itself.
  std::string plan_digest;
  // Digest of the plan whose papers these take the place of, printed shortened; empty: not printed.
  std::string replaces;
  // Who takes this copy, marked on every page (account name, or name and duty); empty: not marked.
  std::string taken_by;
  // Of this copy alone, hexadecimal digits: printed behind the name and as bars on the foot of every page of a PDF, so that
  // a copy of which the name was cut off still says whose it was. Empty: none.
  std::string mark{};
  // Address of the portal's check page, e.g. https://seats.example.kr/check; empty: slips carry no QR code.
  std::string check_url;
  // The photos of rosters and slips (portraits.h); null, and for whom it gives none: a frame to stick one into.
  PortraitSource portraits{};
  // Titles, columns, times of day and sentences; null: those of the program. Must outlive the call.
  const Templates* templates = nullptr;
  // Rooms and people the papers of rooms and people are wanted of (changed_papers.h); null: all. Papers of a whole
  // venue pay no heed to it. Must outlive the call.
  const PaperPart* only = nullptr;
  // The plan before: rosters mark who is new in a room, health lists name the seat before. Null: not known. Must
  // outlive the call.
  const EarlierSeats* earlier = nullptr;
  // Slips and rosters say the chosen subjects by these; what is not named stays as the exam has it.
  SubjectNames subjects{};
};

// A character that no font of the product can draw. A replacement mark stands in its place.
struct MissingGlyph {
  char32_t character = 0;
  std::string text;  // the text it stands in, once per character and text
  auto operator<=>(const MissingGlyph&) const = default;
};

// One finished file.
struct Paper {
  std::string bytes;
  int pages = 0;                      // 0 for CSV and XLSX
  std::vector<MissingGlyph> missing;  // sorted, unique
};

}  // namespace hanjari::documents

// Many papers at once: venue by venue in several processes, each file whole or absent, going on where a stopped run
// left off.
#pragma once

#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "hanjari/base/output.h"
#include "hanjari/cli/command.h"
#include "hanjari/documents/papers.h"

namespace hanjari::cli {

// FOLDER/PAPER/VENUE.EXT; or all papers of a school together under its name: FOLDER/SCHOOL/PAPER.EXT, or the same in
// FOLDER/SCHOOL.zip.
enum class Packing { by_paper, school_folders, school_zips };

struct PressOrder {
  std::filesystem::path folder;
  std::vector<const documents::PaperKind*> papers;
  std::vector<documents::PaperFormat> formats;  // a paper that cannot be had in one is left out of it
  std::vector<VenueIndex> venues;
  documents::PaperScope scope = documents::PaperScope::venue;  // and one file over all venues, PAPER/_all.EXT
  documents::PaperContext context;
  int processes = 0;  // 0: as many as processors
  Existing existing = Existing::keep;
  Packing packing = Packing::by_paper;
  std::string before;  // digest of the plan that context.earlier was read from
};

// What no installed font can draw: of a person's name, or of other words of a file.
struct MissingCharacters {
  ApplicantId person;  // empty: not of a name
  ApplicantNumber number;
  std::string file;  // one that shows it
  std::set<char32_t> characters;
  bool operator==(const MissingCharacters&) const = default;
};

struct PressResult {
  std::uint64_t files = 0;
  std::uint64_t pages = 0;
  std::uint64_t already_there = 0;  // of the run before, which was stopped
  double seconds = 0;
  std::vector<MissingCharacters> missing;  // the first 20: people first, by id
  std::uint64_t more_missing = 0;
};

// Writes the files where `packing` says. The bytes do not depend on the number of processes. An interrupt or a request to end
// finishes the files in hand and then ends the program; the next run of the same order goes on from there, with the
// print time of the first. Throws Conflict before anything is written when a file is there that no such run made and
// that may not be replaced.
PressResult print_papers(const PlannedExam& planned, PressOrder order, const Terminal& terminal);

}  // namespace hanjari::cli

// The draw of seats that anybody can replay (contract: Draw). First the list of people is frozen and its digest is signed
// together with the name of a public source and a moment; the value of that source, which nobody knows before, then decides
// who sits at which desk of the own room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/plan.h"
#include "hanjari/proof/signed_note.h"

namespace hanjari::proof {

// One line of list.csv: somebody whose seat is drawn.
struct DrawnPerson {
  std::string applicant_number;
  std::string unit_code;
  std::string venue_code;
  int room_no = 0;
  auto operator<=>(const DrawnPerson&) const = default;
};

// The bytes of list.csv: everybody in a room in which every desk is drawn, by number. A room with a wheelchair user is left
// out whole, so that no gap tells of a person.
std::string render_draw_list(const Exam& exam, const Plan& plan);

// What is signed before the value exists.
struct Commitment {
  std::string list_sha256;  // of list.csv, hex
  std::string source;       // a sentence that names the public source
  std::string moment;       // the round or time named beforehand
};
// hanjari/EXAM/draw, spelled as the origin of a publication.
std::string draw_key_name(std::string_view exam_code);
// A signed note of three lines under draw_key_name. Source and moment are one line each.
std::string sign_commitment(const Commitment& commitment, std::string_view exam_code, std::string_view public_key,
                            const Sign& sign);
// What the note says, whoever signed it; nothing when it is no commitment.
std::optional<Commitment> read_commitment(std::string_view note);

// SHA-256(list_sha256 as text || LF || value).
Seed seed_of_draw(std::string_view list_sha256, std::string_view value);

// The bytes of the files that are published after the draw.
struct DrawFiles {
  std::string draw_json;
  std::string rooms_csv;
  std::string list_csv;
  std::string seats_csv;
  std::string draws_csv;
};

struct Drawn {
  Plan plan;  // the same but for who sits where inside rooms: numbers, rooms and desks in use stay
  DrawFiles files;
};

// Draws every room: everybody but wheelchair users, in the order of unit and number, over the desks in use, by seat_no.
// While a draw breaks more keep_apart pairs than the plan did, the room is drawn again with the same stream, at most 1,000
// times; the first of the best draws stands. Throws InvalidInput (another_list) when the commitment names another list
// than this plan's, (not_random) when the policy's seat_order is not random.
Drawn draw_seats(const Exam& exam, const Plan& plan, const Commitment& commitment, std::string_view value);

// What a replay finds. The codes: bad_signature, list_mismatch, seed_mismatch, unsorted, duplicate, room_mismatch.
struct DrawFinding {
  std::string code;
  std::string file;
  Text what;
};
// Replays the whole draw from the published files. `public_key` is 32 raw bytes.
std::vector<DrawFinding> verify_draw(const DrawFiles& files, std::string_view commitment, std::string_view public_key);

}  // namespace hanjari::proof

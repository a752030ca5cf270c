// What fuzzers feed with any bytes: the readers of what coordinators, invigilators, venues and people who check results send or are
// given. As fuzz_files.h: a refusal has words in both languages, anything else aborts.
#pragma once

#include <string_view>

namespace hanjari::web::testing {

// People who may invigilate, their contacts, earlier duties and duties, file by file as fuzz_exam: "== NAME", then its bytes. Whole: the
// rules of staffing, moves of a plan as they are kept, and a ZIP.
void fuzz_staff(std::string_view bytes);
// What officers type or paste to set an exam up: policy, subjects, the tables of a notice, rules of passing and trials of others,
// ways to schools and texts of papers.
void fuzz_setup(std::string_view bytes);
// The rooms of a venue, or grades of interviews, as a pasted table or the only sheet of a workbook.
void fuzz_rooms(std::string_view bytes);
// Places, items and codes of envelopes, as they are typed or read by a camera.
void fuzz_materials(std::string_view bytes);
// The publication package with proofs and rates, file by file; a certificate of result; the draw of seats.
void fuzz_published(std::string_view bytes);
// What a security key and the browser before it say.
void fuzz_security_key(std::string_view bytes);

}  // namespace hanjari::web::testing

// What fuzzers feed with any bytes: the readers of what coordinators, invigilators, venues and people who check results send or are
// given. As fuzz_files.h: a refusal has words in both languages, anything else aborts.
#pragma once

#include <string_view>

namespace hanjari::web::testing {

// People who may invigilate, their contacts and duties, file by file as fuzz_exam: "== NAME", then its bytes.
void fuzz_staff(std::string_view bytes);
// The parts of an exam's set-up that officers type or paste: policy, subjects, and the tables of a notice.
void fuzz_setup(std::string_view bytes);
// The rooms of a venue, as a pasted table or the only sheet of a workbook.
void fuzz_rooms(std::string_view bytes);
// Places, items and codes of envelopes, as they are typed or read by a camera.
void fuzz_materials(std::string_view bytes);
// The publication package with proofs, file by file; a certificate of result; the draw of seats.
void fuzz_published(std::string_view bytes);
// What a security key and the browser before it say.
void fuzz_security_key(std::string_view bytes);

}  // namespace hanjari::web::testing

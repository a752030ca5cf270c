// What fuzzers feed with any bytes: the readers of files that officers and applicants send. Each may refuse with one of the five exception
// types; anything else, or a property that is broken, aborts.
#pragma once

#include <string_view>

#include "hanjari/package/packed_exam.h"

namespace hanjari::web::testing {

// Files that stand one after the other: a line "== NAME", then its bytes until the next.
package::PackedFiles split_files(std::string_view bytes);


// A table whose first line names the columns; values as numbers, dates, codes and words.
void fuzz_table(std::string_view bytes);
// recruitment.json and the form of an application: what was read is written, and reads as the same.
void fuzz_notice(std::string_view bytes);
void fuzz_application(std::string_view bytes);
// The files of a package one after the other: a line "== NAME", then its bytes until the next.
void fuzz_exam(std::string_view bytes);
void fuzz_results(std::string_view bytes);
// A package that is packed as ZIP.
void fuzz_packed(std::string_view bytes);
// A photo: no portrait is larger than it may be.
void fuzz_photo(std::string_view bytes);

}  // namespace hanjari::web::testing

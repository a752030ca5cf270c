// What fuzzers feed with any bytes: every reader of what strangers send. Each aborts when a property is broken; the
// corpus of tests/fuzz goes through the same functions in web_test.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace hanjari::web::testing {

// The head cut in two ways reads the same, what it says is within the bytes, and chunks behind it are read likewise.
void fuzz_head(std::string_view bytes);
void fuzz_form(std::string_view bytes);
void fuzz_multipart(std::string_view bytes);
void fuzz_cookie(std::string_view bytes);
void fuzz_json(std::string_view bytes);
// A date that was read is read again as it is written; text that was cleaned is clean, and UTF-8.
void fuzz_typed(std::string_view bytes);

// A sheet, or a whole workbook: marking cells changes no value in it.
void fuzz_workbook(std::string_view bytes);

using FuzzTarget = void (*)(std::string_view);
const std::map<std::string, FuzzTarget>& fuzz_targets();

}  // namespace hanjari::web::testing

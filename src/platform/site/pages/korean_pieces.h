// Korean on pages in English: names of schools, people and units stay as they are written, and are to be read aloud as Korean.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::web {

// The page with <bdi lang="ko"> around what is Korean in its text. What says already in which other language than English it is, drawings and what
// can hold no marks (options, lines that are typed) stay as they are.
std::string mark_korean(std::string_view html);

}  // namespace hanjari::web

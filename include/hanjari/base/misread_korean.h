// Korean that another program read in a wrong encoding before it came here. Its letters are all lawful ones, so that
// nothing else would notice: a roster would be printed with "ë¥˜ì •ì§„" where 류정진 stood.
#pragma once

#include <string_view>

namespace hanjari {

// Whether a clean text is what a program with Western letters made of Korean in UTF-8 or CP949. False where anything else
// could be meant: a text of one syllable, and every name that is written with accents.
bool is_misread_korean(std::string_view text);

}  // namespace hanjari

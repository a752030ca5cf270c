// In which language a PDF is read aloud.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::documents {

// The file with its language ("ko-KR"), the wish that windows show its title instead of the file's name, and the word that it is
// tagged, where it is. PDF/UA asks for each in the catalogue, into which our library writes them seldom or never. Added behind the
// end, as PDF changes a file without moving what is in it. A file whose table of contents is no text comes back as it was.
std::string say_language(std::string pdf, std::string_view language);

}  // namespace hanjari::documents

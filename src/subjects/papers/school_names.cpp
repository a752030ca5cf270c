#include "hanjari/papers/school_names.h"

#include <cctype>
#include <map>
#include <string_view>

#include <fmt/format.h>

namespace hanjari::services {
namespace {

// As systems compare names that do not tell capitals from small letters.
std::string folded_name(std::string name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

}  // namespace

std::string file_name_of(const std::string& words) {
  constexpr std::size_t most_bytes = 180;
  std::string name;
  for (const char c : words) {
    const bool forbidden = static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
                           std::string_view(R"(/\:*?"<>|)").find(c) != std::string_view::npos;
    name += forbidden ? ' ' : c;
  }
  if (name.size() > most_bytes) {
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;  // never inside a character
    name.resize(end);
  }
  const std::size_t first = name.find_first_not_of(" .");
  if (first == std::string::npos) return "_";
  return name.substr(first, name.find_last_not_of(" .") + 1 - first);
}

std::string beginning_of_file_name(std::string name, std::size_t most) {
  if (name.size() <= most) return name;
  while (most > 0 && (static_cast<unsigned char>(name[most]) & 0xC0U) == 0x80U) --most;
  name.resize(most);
  return file_name_of(name);
}

std::vector<std::string> file_names_of_venues(const Exam& exam, const std::vector<std::string>& taken) {
  // Names that Windows keeps for its devices.
  static const std::vector<std::string> devices{"con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4",
                                                "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
                                                "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};
  std::map<std::string, int> times;
  for (const auto& list : {taken, devices}) {
    for (const std::string& name : list) times[folded_name(name)] += 1;
  }
  std::vector<std::string> names;
  for (const Venue& venue : exam.venues) {
    names.push_back(file_name_of(venue.name));
    ++times[folded_name(names.back())];
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    // A name of another school may be this one's with its code: codes in brackets are in all of them, then.
    if (times.at(folded_name(names[i])) > 1 || names[i].ends_with(')'))
      names[i] = fmt::format("{} ({})", names[i], exam.venues[i].code.text());
  }
  return names;
}

}  // namespace hanjari::services

#include "cli/suggestion.h"

#include <algorithm>
#include <string_view>

namespace hanjari::cli {
namespace {

// As a POSIX shell takes it for one word.
std::string quoted(const std::string& word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_./:@%+=,-").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string join_words(const std::vector<std::string>& words) {
  std::string line = "hanjari";
  for (const std::string& word : words) line += " " + quoted(word);
  return line;
}

bool is_option(const std::string& word, const std::string& option) {
  return word == "--" + option;
}

}  // namespace

std::string suggest(const Arguments& arguments, std::vector<std::string> words) {
  for (const char* option : {"data", "config"}) {
    const auto given = arguments.find(option);
    const bool said = std::any_of(words.begin(), words.end(), [&](const auto& word) { return is_option(word, option); });
    if (given && !said) words.insert(words.end(), {std::string("--") + option, *given});
  }
  return join_words(words);
}

std::string suggest_again(const Arguments& arguments, const std::string& name, const std::vector<std::string>& further) {
  std::vector<std::string> words;
  const std::size_t blank = name.find(' ');
  words.push_back(name.substr(0, blank));
  if (blank != std::string::npos) words.push_back(name.substr(blank + 1));
  words.insert(words.end(), arguments.positionals.begin(), arguments.positionals.end());
  for (const auto& given : arguments.options) {
    const std::string& option = given.first;
    if (std::any_of(further.begin(), further.end(), [&](const auto& word) { return is_option(word, option); })) continue;
    words.push_back("--" + option);
    if (!given.second.empty()) words.push_back(given.second);
  }
  words.insert(words.end(), further.begin(), further.end());
  return join_words(words);
}

}  // namespace hanjari::cli

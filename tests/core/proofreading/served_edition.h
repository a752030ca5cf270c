// A small edition as it is served: eight people of two units with their pages in both languages, list, notice and message.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/announcement/announcement.h"
#include "hanjari/proofreading/proofreading.h"

namespace hanjari::proofreading::testing {

struct Served {
  announcement::Templates templates = announcement::own_templates();
  announcement::Edition edition;
  std::vector<announcement::Person> people;
  std::vector<announcement::UnitList> units;
  Decided decided;
  Ordered ordered;
  std::map<std::pair<std::string, Language>, std::string> pages;
  std::map<Language, std::string> lists;
  std::map<Language, std::string> notices;
  std::map<Language, std::string> messages;
  std::string list_file;

  Served();
  announcement::Person& person(const std::string& number);
  std::string& page(const std::string& number, Language language = Language::english) {
    return pages.at({number, language});
  }
  // Renders this person again, as changed, in both languages.
  void render(const announcement::Person& person);
  void render_all();
  std::vector<Finding> judge() const;
};

// Throws std::logic_error when `from` is not there, so that no fault is planted in vain.
void replace_once(std::string& bytes, const std::string& from, const std::string& to);

}  // namespace hanjari::proofreading::testing

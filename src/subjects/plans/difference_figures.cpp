// The figures of a difference between two plans as they are kept: numbers and names of venues, nothing about a person.
#include <nlohmann/json.hpp>

#include "hanjari/plans/exams.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

// Another form of the figures gets another number, and what was kept before is counted anew.
constexpr int figures_form = 2;

// Every number of a difference, once for both directions.
struct FigureName {
  const char* name;
  std::int64_t LiveDifference::*number;
};
constexpr FigureName figure_names[] = {{"told", &LiveDifference::told},
                                       {"venue", &LiveDifference::venue},
                                       {"room", &LiveDifference::room},
                                       {"seat", &LiveDifference::seat},
                                       {"added", &LiveDifference::added},
                                       {"removed", &LiveDifference::removed},
                                       {"unseated", &LiveDifference::unseated},
                                       {"venues_changed", &LiveDifference::venues_changed},
                                       {"travel_before", &LiveDifference::travel_before},
                                       {"travel_after", &LiveDifference::travel_after},
                                       {"farther", &LiveDifference::farther},
                                       {"beyond", &LiveDifference::beyond},
                                       {"limit_m", &LiveDifference::limit_m},
                                       {"worst_before", &LiveDifference::worst_before},
                                       {"worst_after", &LiveDifference::worst_after}};

bool read_venue_names(const json& read, const char* key, std::vector<std::string>& names) {
  const auto found = read.find(key);
  if (found == read.end() || !found->is_array()) return false;
  for (const json& name : *found) {
    if (!name.is_string()) return false;
    names.push_back(name.get<std::string>());
  }
  return true;
}

}  // namespace

std::string write_figures(const LiveDifference& difference) {
  json written{{"form", figures_form},
               {"venues_lost", difference.venues_lost},
               {"venues_new", difference.venues_new}};
  for (const FigureName& figure : figure_names) written[figure.name] = difference.*figure.number;
  return written.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool read_figures(const std::string& text, LiveDifference& difference) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || read.value("form", json()) != json(figures_form)) return false;
  for (const FigureName& figure : figure_names) {
    const auto found = read.find(figure.name);
    if (found == read.end() || !found->is_number_integer()) return false;
    difference.*figure.number = found->get<std::int64_t>();
  }
  return read_venue_names(read, "venues_lost", difference.venues_lost) &&
         read_venue_names(read, "venues_new", difference.venues_new);
}

}  // namespace hanjari::services

#include "invigilators/pages/load_drawing.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

// As wide as the card is on a phone of 390 px: there a unit is a pixel, and the letters are as large as those around them. Bars
// lie, so that their number makes the picture longer and nothing smaller.
constexpr double load_width = 290;
constexpr int load_letters = 15;
constexpr double load_row = 30;
constexpr double load_bars_from = 66;
constexpr double load_longest_bar = 84;
constexpr std::size_t most_load_bars = 16;

// One bar with its number of duties before it and its number of people behind it.
std::string draw_load_bar(const LoadBar& bar, double top, std::int64_t tallest, const std::string& you) {
  const double length = load_longest_bar * static_cast<double>(bar.people) / static_cast<double>(tallest);
  const double letters = top + load_row * 0.68;
  const std::string count = group_digits(bar.people);
  return fmt::format(
      R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text><rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/><text{} x="{:.1f}" y="{:.1f}">{}</text>)",
      load_bars_from - 8, letters, called_bar(bar), bar.own ? "bar" : "bar-rest", load_bars_from, top + load_row * 0.15, length,
      load_row * 0.7, bar.own ? R"( class="own")" : "", load_bars_from + length + 6, letters,
      bar.own ? fmt::format("{} ◀ {}", count, you) : count);
}

}  // namespace

std::vector<LoadBar> bars_of_load(const services::LoadPlace& load) {
  std::vector<LoadBar> bars;
  if (std::all_of(load.used.begin(), load.used.end(), [](const LoadStep& step) { return step.people == 0; })) return bars;
  std::int64_t highest = load.past_duties;
  for (const LoadStep& step : load.used) highest = std::max(highest, step.past_duties);
  const std::int64_t each = highest / static_cast<std::int64_t>(most_load_bars) + 1;
  for (std::int64_t least = 0; least <= highest; least += each) {
    const std::int64_t most = least + each - 1;
    bars.push_back({least, most, 0, load.past_duties >= least && load.past_duties <= most});
  }
  for (const LoadStep& step : load.used) bars[static_cast<std::size_t>(step.past_duties / each)].people += step.people;
  return bars;
}

std::string called_bar(const LoadBar& bar) {
  return bar.least == bar.most ? std::to_string(bar.least) : fmt::format("{}-{}", bar.least, bar.most);
}

std::string render_own_load(const Pages& pages, const services::LoadPlace& load, Language language) {
  const std::vector<LoadBar> bars = bars_of_load(load);
  if (bars.empty()) return {};
  std::int64_t people = 0;
  std::int64_t tallest = 1;
  for (const LoadBar& bar : bars) {
    people += bar.people;
    tallest = std::max(tallest, bar.people);
  }
  const std::string you = escape_markup(pages.text(language, "own_duty.picture_you"));
  std::string words;
  std::string drawn =
      fmt::format(R"(<text x="0" y="{0}">{1}</text><text x="{2}" y="{0}" text-anchor="end">{3}</text>)", load_letters + 2,
                  escape_markup(pages.text(language, "own_duty.picture_duties")), load_width,
                  escape_markup(pages.text(language, "own_duty.picture_people")));
  double top = load_row;
  for (const LoadBar& bar : bars) {
    drawn += draw_load_bar(bar, top, tallest, you);
    top += load_row;
    words += fmt::format("{}{}: {}", words.empty() ? "" : ", ", called_bar(bar), group_digits(bar.people));
  }
  return fmt::format(
      R"(<svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" role="img" aria-labelledby="own-load-name own-load-words"><title id="own-load-name">{2}</title><desc id="own-load-words">{3}</desc><g font-size="{4}"><line class="axis" x1="{5}" x2="{5}" y1="{6}" y2="{1}"/>{7}</g></svg>)",
      load_width, top, escape_markup(pages.text(language, "own_duty.picture", {{"people", group_digits(people)}})), words, load_letters,
      load_bars_from, load_row, drawn);
}

}  // namespace hanjari::web

#include "invigilators/pages/load_drawing.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

constexpr double load_width = 640;
constexpr double load_left = 20;
constexpr double load_top = 44;
constexpr double load_bottom = 170;
constexpr std::size_t most_load_bars = 16;

struct LoadBar {
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::int64_t people = 0;
};

// The fewest duties first; with many different numbers several of them share a bar.
std::vector<LoadBar> bars_of_load(const services::LoadPlace& load) {
  std::vector<LoadBar> bars;
  std::int64_t highest = load.past_duties;
  for (const LoadStep& step : load.used) highest = std::max(highest, step.past_duties);
  const std::int64_t each = highest / static_cast<std::int64_t>(most_load_bars) + 1;
  for (std::int64_t least = 0; least <= highest; least += each) bars.push_back({least, least + each - 1, 0});
  for (const LoadStep& step : load.used) bars[static_cast<std::size_t>(step.past_duties / each)].people += step.people;
  return bars;
}

std::string called_bar(const LoadBar& bar) {
  return bar.least == bar.most ? std::to_string(bar.least) : fmt::format("{}-{}", bar.least, bar.most);
}

}  // namespace

std::string render_own_load(const Pages& pages, const services::LoadPlace& load, Language language) {
  std::int64_t people = 0;
  for (const LoadStep& step : load.used) people += step.people;
  if (people == 0) return {};
  const std::vector<LoadBar> bars = bars_of_load(load);
  std::int64_t tallest = 1;
  for (const LoadBar& bar : bars) tallest = std::max(tallest, bar.people);
  const std::string title =
      escape_markup(pages.text(language, "own_duty.picture", {{"people", group_digits(people)}}));
  const double each = (load_width - 2 * load_left) / static_cast<double>(bars.size());
  std::string words;
  std::string drawn;
  for (std::size_t at = 0; at < bars.size(); ++at) {
    const LoadBar& bar = bars[at];
    const double middle = load_left + each * (static_cast<double>(at) + 0.5);
    const double tall = (load_bottom - load_top) * static_cast<double>(bar.people) / static_cast<double>(tallest);
    const bool own = load.past_duties >= bar.least && load.past_duties <= bar.most;
    drawn += fmt::format(
        R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/><text x="{:.1f}" y="{}" text-anchor="middle">{}</text>)",
        own ? "bar" : "bar-rest", middle - each * 0.35, load_bottom - tall, each * 0.7, tall, middle, load_bottom + 18,
        called_bar(bar));
    if (bar.people > 0)
      drawn += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", middle, load_bottom - tall - 5,
                           group_digits(bar.people));
    if (own)
      drawn += fmt::format(R"(<text class="own" x="{:.1f}" y="{:.1f}" text-anchor="middle">▼ {}</text>)", middle,
                           load_bottom - tall - 21, escape_markup(pages.text(language, "own_duty.picture_you")));
    words += fmt::format("{}{}: {}", words.empty() ? "" : ", ", called_bar(bar), group_digits(bar.people));
  }
  return fmt::format(
      R"(<svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 196" role="img" aria-labelledby="own-load-name own-load-words"><title id="own-load-name">{1}</title><desc id="own-load-words">{2}</desc><line class="axis" x1="{3}" x2="{4}" y1="{5}" y2="{5}"/>{6}</svg>)",
      load_width, title, words, load_left, load_width - load_left, load_bottom, drawn);
}

}  // namespace hanjari::web

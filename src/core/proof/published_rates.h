// The rates of passing in a publication package, as a stranger computes them again: what list and leaves tell, what rows tell of
// each other, and whether a row tells of a few people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "proof/publication_reading.h"

namespace hanjari::proof {

struct PublishedRate {
  std::string dimension;
  std::string value;
  std::optional<std::int64_t> people;  // nothing where the row is withheld
  std::int64_t passed = 0;
  std::string percent;
};
// Nothing for bytes that are no such file.
std::optional<std::vector<PublishedRate>> read_published_rates(std::string_view bytes);

// What is wrong with the rows, each with its line; `decided`: how many people were.
struct WrongRate {
  std::size_t line = 0;
  Text what;
};
std::vector<WrongRate> judge_published_rates(const std::vector<PublishedRate>& rates, const std::vector<ListRow>& list,
                                             std::size_t decided);

}  // namespace hanjari::proof

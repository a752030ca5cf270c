// What each table paper can show: the fields its template may name, in the order in which its rows hold them.
#pragma once

#include <span>
#include <string_view>

namespace hanjari::documents {

struct PaperFields {
  std::string_view paper;
  std::span<const std::string_view> columns;
  std::span<const std::string_view> heading;
};

// Every table paper, in the order of the contract.
std::span<const PaperFields> table_papers();

// Null when there is no such table paper.
const PaperFields* find_paper_fields(std::string_view paper);

}  // namespace hanjari::documents

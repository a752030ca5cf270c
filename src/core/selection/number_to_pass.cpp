#include "selection/cut.h"

namespace hanjari::selection {

const PassTableRow* find_pass_row(std::int64_t posts, const Rules& rules) {
  const PassTableRow* best = nullptr;
  for (const PassTableRow& row : rules.pass_table) {
    if (row.posts_from <= posts && (best == nullptr || row.posts_from > best->posts_from)) best = &row;
  }
  return best;
}

std::int64_t number_to_pass(std::int64_t posts, std::optional<std::int64_t> to_pass, const Rules& rules) {
  if (to_pass) return *to_pass;
  const PassTableRow& row = *find_pass_row(posts, rules);
  if (row.how == PassTableRow::How::number) return row.amount;
  if (row.how == PassTableRow::How::plus) return posts + row.amount;
  return share_up(posts, Percent{row.amount});
}

}  // namespace hanjari::selection

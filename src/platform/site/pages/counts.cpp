#include "site/pages/counts.h"

namespace hanjari::web {
namespace {

const char* counter_of(Counted what) {
  switch (what) {
    case Counted::people:
      return "명";
    case Counted::places:
      return "곳";
    case Counted::rooms:
      return "실";
    case Counted::cases:
      return "건";
    case Counted::pages:
      return "쪽";
    case Counted::things:
      break;
  }
  return "개";
}

}  // namespace

std::string write_count(std::int64_t count, Counted what, Language language) {
  const std::string digits = group_digits(count);
  return language == Language::korean ? digits + counter_of(what) : digits;
}

}  // namespace hanjari::web

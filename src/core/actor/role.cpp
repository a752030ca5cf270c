#include <array>
#include <utility>

#include "hanjari/actor/actor.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

struct RoleWord {
  Role role;
  std::string_view word;
  const char* en;
  const char* ko;
};

constexpr std::array<RoleWord, 6> role_words{
    {{Role::applicant, "applicant", "applicant", "응시자"},
     {Role::exam_officer, "exam_officer", "exam officer", "시험담당관"},
     {Role::district_coordinator, "district_coordinator", "district coordinator", "자치구 시험관리책임관"},
     {Role::venue_chief, "venue_chief", "venue chief", "시험장 책임관"},
     {Role::auditor, "auditor", "auditor", "감사관"},
     {Role::administrator, "administrator", "administrator", "시스템 관리자"}}};

}  // namespace

std::string_view spell(Role role) {
  for (const RoleWord& known : role_words) {
    if (known.role == role) return known.word;
  }
  return {};
}

std::optional<Role> parse_role(std::string_view word) {
  for (const RoleWord& known : role_words) {
    if (known.word == word) return known.role;
  }
  return std::nullopt;
}

Text name_of(Role role) {
  for (const RoleWord& known : role_words) {
    if (known.role == role) return {known.en, known.ko};
  }
  return {};
}

Change change_of(const Actor& actor, const std::string& reason, Instant at) {
  return {actor.account, clean_lines(reason), at, std::string(spell(actor.role)), actor.source, actor.request};
}

}  // namespace hanjari::services

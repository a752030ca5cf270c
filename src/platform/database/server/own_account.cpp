#include "database/server/own_account.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>

#include "hanjari/base/error.h"

namespace hanjari::storage {

std::string own_account_name() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> space{};
  if (::getpwuid_r(::geteuid(), &entry, space.data(), space.size(), &found) != 0 || found == nullptr) {
    throw Unavailable(
        "no_account_name",
        {fmt::format("user number {} has no account name on this machine; add one to /etc/passwd", ::geteuid()),
         fmt::format("이 컴퓨터에 사용자 번호 {}의 계정 이름이 없습니다. /etc/passwd에 추가하십시오", ::geteuid())});
  }
  return found->pw_name;
}

}  // namespace hanjari::storage

#include "hanjari/base/bug.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>
#include <typeinfo>

namespace hanjari {

std::string describe_bug(const std::exception& bug) {
  int failed = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(typeid(bug).name(), nullptr, nullptr, &failed),
                                                    std::free);
  std::string words = name ? name.get() : typeid(bug).name();
  if (typeid(bug) == typeid(std::logic_error)) words += std::string(": ") + bug.what();
  return words;
}

bool tells_of_lack(const std::exception& thrown) {
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr) return true;
  const auto* refused = dynamic_cast<const std::system_error*>(&thrown);
  if (refused == nullptr) return false;
  for (const std::errc lack : {std::errc::resource_unavailable_try_again, std::errc::not_enough_memory,
                               std::errc::too_many_files_open, std::errc::too_many_files_open_in_system}) {
    if (refused->code() == lack) return true;
  }
  return false;
}

}  // namespace hanjari

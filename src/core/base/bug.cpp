#include "hanjari/base/bug.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
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

}  // namespace hanjari

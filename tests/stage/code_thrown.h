// The code of the error that a call throws.
#pragma once

#include <string>

#include "hanjari/base/error.h"

namespace hanjari::tests {

// "nothing" when it throws none.
template <class Call>
std::string code_thrown(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "nothing";
}

}  // namespace hanjari::tests

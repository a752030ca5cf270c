// One libFuzzer program per reader; HANJARI_FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto target = hanjari::web::testing::fuzz_targets().at(HANJARI_FUZZ_TARGET);
  target(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}

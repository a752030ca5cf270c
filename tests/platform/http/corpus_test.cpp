// What the fuzzers found worth keeping, and the battery of malformed requests, go through every reader.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "hanjari/base/file.h"
#include "http/fuzz_targets.h"
#include "http/malformed_battery.h"
#include "places.h"

namespace hanjari::web::testing {
namespace {

// Each file goes through its own reader and through a fifth of the others, so that each other reader gets a fifth of all files;
// the campaign before a release (HANJARI_BODIES) gives every reader every file.
TEST(Corpus, BreaksNoReader) {
  const std::size_t others = std::getenv("HANJARI_BODIES") == nullptr ? 5 : 1;
  std::size_t count = 0;
  for (const auto& [name, target] : fuzz_targets()) {
    std::size_t own = 0;
    const auto folder = std::filesystem::path(hanjari::tests::source_dir) / "tests/fuzz/corpus" / name;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      const std::string bytes = read_file(file.path());
      std::size_t turn = count + own;
      for (const auto& [other, reader] : fuzz_targets()) {
        if (other == name || ++turn % others == 0) reader(bytes);
      }
      ++own;
    }
    EXPECT_GT(own, 0U) << name;
    count += own;
  }
  EXPECT_GT(count, 50U);
  for (const MalformedRequest& request : malformed_battery()) {
    for (const auto& [name, target] : fuzz_targets()) target(request.bytes);
  }
}

}  // namespace
}  // namespace hanjari::web::testing

// A number that people read to each other: what is misheard is noticed.
#include "hanjari/domain/application_number.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace hanjari {
namespace {

const std::string hex_digits = "0123456789abcdef";

// Some ids whose digits differ everywhere, from a small linear rule.
std::vector<std::string> ids_to_read() {
  std::vector<std::string> ids{"0000000000000000", "ffffffffffffffff", "3f2a9c1b0d4e77c0"};
  unsigned long long value = 1;
  for (int made = 0; made < 50; ++made) {
    value = value * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    std::string id;
    for (int digit = 0; digit < 16; ++digit) id += hex_digits[(value >> (4 * digit)) & 15U];
    ids.push_back(id);
  }
  return ids;
}

TEST(ApplicationNumber, IsReadBackAsItWasWrittenHoweverItIsTyped) {
  for (const std::string& id : ids_to_read()) {
    const std::string written = write_application_number(ApplicationId(id));
    EXPECT_EQ(written.size(), 21U);
    EXPECT_EQ(read_application_number(written), ApplicationId(id));
    std::string spaced;
    for (const char c : written) spaced += c == '-' ? ' ' : static_cast<char>(c >= 'A' ? c - 'A' + 'a' : c);
    EXPECT_EQ(read_application_number(spaced), ApplicationId(id));
    EXPECT_EQ(read_application_number(id), ApplicationId(id)) << "the stored name itself";
  }
}

// Red with a check digit that only adds the digits up: neighbours that changed places go unnoticed.
TEST(ApplicationNumber, TellsEveryWrongDigitAndNeighboursThatChangedPlaces) {
  for (const std::string& id : ids_to_read()) {
    const std::string written = write_application_number(ApplicationId(id));
    for (std::size_t at = 0; at < written.size(); ++at) {
      if (written[at] == '-') continue;
      for (const char other : std::string("0123456789ABCDEF")) {
        if (other == written[at]) continue;
        std::string wrong = written;
        wrong[at] = other;
        EXPECT_FALSE(read_application_number(wrong)) << wrong << " for " << written;
      }
    }
    for (std::size_t at = 0; at + 1 < id.size(); ++at) {
      const bool of_no_account = id[at] == id[at + 1] || (id[at] == '0' && id[at + 1] == 'f') || (id[at] == 'f' && id[at + 1] == '0');
      if (of_no_account) continue;
      std::string swapped = id;
      std::swap(swapped[at], swapped[at + 1]);
      EXPECT_FALSE(read_application_number(swapped + written.back())) << swapped;
    }
  }
}

TEST(ApplicationNumber, LeavesOtherNamesAsTheyAre) {
  EXPECT_EQ(write_application_number(ApplicationId("A1")), "A1");
  for (const char* no_number : {"", "-", "3f2a", "3f2a9c1b0d4e77cg", "3f2a9c1b0d4e77c0aa"})
    EXPECT_FALSE(read_application_number(no_number)) << no_number;
}

}  // namespace
}  // namespace hanjari

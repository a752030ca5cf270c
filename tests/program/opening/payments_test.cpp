// Which money a configuration opens: none until a provider is named, so that nobody pays with play money by default.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "program/opening/open_intake.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

// Red when the test provider, whose orders whoever knows their number decides, is what a program without a word of it has.
TEST(OpenedPayments, AreNoneUntilAProviderIsNamed) {
  tests::TestDatabase database;
  const tests::TestFolder folder("config");
  std::filesystem::create_directory(folder.path());
  const auto open = [&](const std::string& text) {
    const std::filesystem::path file = folder.path() / "hanjari.properties";
    std::ofstream(file) << text;
    return std::make_unique<OpenIntake>(*database, tests::test_settings(database.folder.path()), load_configuration(file));
  };
  EXPECT_EQ(open("portal.port = 8080\n")->intake().paying.test_provider(), nullptr);
  EXPECT_EQ(open("payments.provider = none\n")->intake().paying.test_provider(), nullptr);
  EXPECT_NE(open("payments.provider = test\n")->intake().paying.test_provider(), nullptr);
  EXPECT_EQ(tests::code_thrown([&] { open("payments.provider = tset\n"); }), "bad_configuration");
}

}  // namespace
}  // namespace hanjari::cli

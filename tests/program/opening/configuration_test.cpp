// The configuration file: the example names every setting, and a mistake stops the start.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {
namespace {

class ConfigurationFile {
 public:
  explicit ConfigurationFile(const std::string& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-config-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(path()) << text;
  }
  ~ConfigurationFile() { std::filesystem::remove_all(folder_); }
  ConfigurationFile(const ConfigurationFile&) = delete;
  ConfigurationFile& operator=(const ConfigurationFile&) = delete;
  std::filesystem::path path() const { return folder_ / "hanjari.properties"; }

 private:
  std::filesystem::path folder_;
};

const std::filesystem::path example = std::filesystem::path(hanjari::tests::source_dir) / "etc/hanjari.example.properties";

TEST(Configuration, ExampleLoadsAsItIsAndWithEverySettingSwitchedOn) {
  EXPECT_NO_THROW(load_configuration(example));
  const std::string all = std::regex_replace(read_file(example), std::regex("(^|\n)# ([a-z_.]+ = )"), "$1$2",
                                             std::regex_constants::match_any);
  const ConfigurationFile file(all);
  const Configuration configuration = load_configuration(file.path());
  EXPECT_EQ(configuration.integer("portal.port", 0, 1, 65535), 8080);
  EXPECT_EQ(configuration.text("data_folder", ""), "/var/lib/hanjari");
  EXPECT_FALSE(configuration.flag("listen.behind_tls", true));
  Arguments arguments;
  arguments.options["config"] = file.path();
  const auto settings = database_settings(arguments, [&] {
    const ConfigurationFile without(std::regex_replace(all, std::regex("database.(owner_)?password_file = [^\n]*"), ""));
    return load_configuration(without.path());
  }());
  ASSERT_TRUE(settings.external);
  EXPECT_EQ(settings.external->host, "db.example.kr");
  EXPECT_EQ(settings.key_file, "/etc/hanjari/personal.keys");
  EXPECT_EQ(settings.office_file, "/etc/hanjari/office.key");
  EXPECT_EQ(settings.office_key, storage::OfficeKeyUse::read);
}

TEST(Configuration, AsksForSecurityKeysAloneWhereItIsSaid) {
  EXPECT_FALSE(database_settings(Arguments{}, Configuration{}).security_keys_alone);
  const ConfigurationFile file("security_keys.alone = true\n");
  EXPECT_TRUE(database_settings(Arguments{}, load_configuration(file.path())).security_keys_alone);
}

// Red when a program that is to serve the portal alone reads the key of the office all the same.
TEST(Configuration, OfThePortalAloneLeavesTheKeyOfTheOfficeUnread) {
  const ConfigurationFile file("office.serve = false\n");
  EXPECT_EQ(database_settings(Arguments{}, load_configuration(file.path())).office_key, storage::OfficeKeyUse::none);
  EXPECT_EQ(database_settings(Arguments{}, Configuration{}).office_key, storage::OfficeKeyUse::read);
}

TEST(Configuration, TellsEveryUnknownKeyAndEmptyValueWithItsLine) {
  const ConfigurationFile file("portal.prot = 1\n\ndata_folder =\nportal.port = 80\n");
  try {
    load_configuration(file.path());
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.code(), "bad_configuration");
    ASSERT_EQ(error.faults().count(), 2u);
    EXPECT_EQ(error.faults().kept()[0].line, 3u);
    EXPECT_EQ(error.faults().kept()[1].line, 1u);
  }
}

TEST(Configuration, RefusesValuesOfAnotherKind) {
  const ConfigurationFile file("portal.port = eighty\nlisten.behind_tls = yes\n");
  const Configuration configuration = load_configuration(file.path());
  EXPECT_THROW(configuration.integer("portal.port", 0, 1, 65535), InvalidInput);
  EXPECT_THROW(configuration.flag("listen.behind_tls", false), InvalidInput);
  EXPECT_THROW(load_configuration("/nonexistent"), NotFound);
}

TEST(Configuration, TakesNoSecrets) {
  const ConfigurationFile file("database.password = swordfish\n");
  try {
    load_configuration(file.path());
    FAIL();
  } catch (const InvalidInput& error) {
    ASSERT_EQ(error.faults().count(), 1u);
    EXPECT_EQ(error.faults().kept()[0].what.en, "secrets do not stand in this file");
    EXPECT_EQ(error.faults().kept()[0].fix.en.find("swordfish"), std::string::npos);
  }
}

TEST(ServiceUnit, IsUnderstoodBySystemd) {
  if (!std::filesystem::exists("/usr/bin/systemd-analyze")) GTEST_SKIP() << "systemd is not installed";
  const std::filesystem::path unit = std::filesystem::path(hanjari::tests::source_dir) / "etc/hanjari.service";
  // A program that is there stands for ours, which is not installed where tests run.
  const std::string text = std::regex_replace(read_file(unit), std::regex("/usr/local/bin/hanjari"), "/bin/true");
  const ConfigurationFile copy("");
  const std::filesystem::path file = copy.path().parent_path() / "hanjari.service";
  std::ofstream(file) << text;
  const std::string said = (copy.path().parent_path() / "said").string();
  const std::string command = "systemd-analyze verify --man=no '" + file.string() + "' >'" + said + "' 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_EQ(read_file(said).find("hanjari.service"), std::string::npos) << read_file(said);
  EXPECT_EQ(status, 0) << read_file(said);
}

}  // namespace
}  // namespace hanjari::cli

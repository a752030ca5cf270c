// Whose portal it is, from the configuration to pages and messages.
#include "program/serve/institution.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

class InstitutionFolder : public ::testing::Test {
 protected:
  InstitutionFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-institution-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~InstitutionFolder() override { std::filesystem::remove_all(folder); }
  Configuration configuration(const std::string& emblem) {
    std::ofstream(folder / "emblem") << emblem;
    std::ofstream(folder / "hanjari.properties")
        << "institution.name = 한빛시\ninstitution.department = 고시팀\ninstitution.department_en = Examination Team\n"
        << "institution.telephone = 02-000-0000\nportal.address = https://exams.example.kr/\n"
        << "institution.official = true\ninstitution.emblem = " << (folder / "emblem").string() << "\n";
    return load_configuration(folder / "hanjari.properties");
  }
  std::filesystem::path folder;
};

TEST_F(InstitutionFolder, IsNamedInBothLanguagesAndSignsItsMessages) {
  const Configuration settings = configuration("<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
  const web::Institution institution = institution_of(settings);
  EXPECT_EQ(institution.name.ko, "한빛시");
  EXPECT_EQ(institution.name.en, "한빛시") << "the Korean name stands where no English one is given";
  EXPECT_EQ(institution.department.en, "Examination Team");
  EXPECT_TRUE(institution.official);
  EXPECT_EQ(institution.emblem_type, "image/svg+xml");
  EXPECT_TRUE(institution.emblem_name.starts_with("emblem.") && institution.emblem_name.ends_with(".svg"));
  EXPECT_EQ(letterhead_of(settings).portal, "https://exams.example.kr");
}

TEST_F(InstitutionFolder, RefusesAnEmblemThatIsNoPicture) {
  EXPECT_THROW(institution_of(configuration("no picture")), InvalidInput);
  EXPECT_THROW(institution_of(configuration("<svg>" + std::string(100'000, ' '))), InvalidInput);
}

TEST(Institution, IsNobodyWithoutAConfiguration) {
  EXPECT_TRUE(institution_of(Configuration{}).name.ko.empty());
  EXPECT_FALSE(institution_of(Configuration{}).official);
}

}  // namespace
}  // namespace hanjari::cli

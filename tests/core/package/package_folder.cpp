#include "package/package_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"

namespace hanjari::package {

TemporaryFolder::TemporaryFolder() {
  static std::atomic<int> counter{0};
  path_ = std::filesystem::temp_directory_path() /
          ("hanjari-package-" + std::to_string(::getpid()) + "-" + std::to_string(counter++));
  std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
}

std::string TemporaryFolder::read(const std::string& name) const {
  return read_file(path_ / name);
}

void TemporaryFolder::replace(const std::string& name, const std::string& old, const std::string& now) const {
  std::string bytes = read(name);
  const std::size_t at = bytes.find(old);
  ASSERT_NE(at, std::string::npos) << old << " is not in " << name;
  write(name, bytes.replace(at, old.size(), now));
}

PackageFolder::PackageFolder() {
  write("exam.json",
        "{\n  \"code\": \"trial\",\n  \"name_ko\": \"시험\",\n  \"name_en\": \"Trial\",\n"
        "  \"exam_on\": \"2027-06-12\",\n  \"time_zone\": \"Asia/Seoul\"\n}\n");
  write("policy.json", "{\n  \"people_cap\": 2\n}\n");
  write("units.csv",
        "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set\n"
        "010,일반행정,General administration,general,9,3,100,set-01\n"
        "020,간호,Nursing,general,8,1,60,set-02\n");
  write("venues.csv",
        "venue_code,name,district_code,address,lat,lon,kind\n"
        "V1,한빛중학교,11110,\"서울특별시 종로구, 한빛로 1\",37.58,126.98,regular\n"
        "V2,새솔중학교,11140,서울특별시 중구 새솔로 2,37.56,126.99,regular\n");
  write("rooms.csv",
        "venue_code,room_no,building,floor,row_count,column_count,row_pitch_cm,column_pitch_cm,blocked,people_cap,"
        "features,use\n"
        "V1,1,본관,1,5,5,130,140,,,accessible,exam\n"
        "V1,2,본관,2,5,5,130,140,2-5;3-1,4,,exam\n"
        "V2,1,본관,1,4,4,150,150,,,accessible,exam\n");
  write("applicants.csv",
        "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart\n"
        "A1,010,김가람,1999-01-02,F,37.581,126.981,11110,,\n"
        "A2,010,이나래,1998-03-04,M,37.561,126.991,11140,wheelchair;extra_time_1.5,\n"
        "A3,020,박다온,1997-05-06,F,37.571,126.971,,,K1\n");
}

LoadedExam PackageFolder::load(Encoding encoding) const {
  return load_exam(path(), encoding, no_progress());
}

std::vector<std::string> PackageFolder::faults(Encoding encoding) const {
  std::vector<std::string> lines;
  try {
    load(encoding);
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
  }
  return lines;
}

std::vector<std::string> PackageFolder::warnings() const {
  std::vector<std::string> lines;
  for (const Fault& warning : load().warnings) lines.push_back(warning.format(Language::english));
  return lines;
}

}  // namespace hanjari::package

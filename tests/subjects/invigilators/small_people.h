// A list of people for the small exam, packed as an officer sends it, and duties whose rooms cannot be mistaken.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "stage/zip_of.h"

namespace hanjari::tests {

using PeopleFiles = std::map<std::string, std::string>;

// Eight people who may do everything; S1 to S7 have consented, S8 has not. One room needs two, a venue one reserve.
inline PeopleFiles small_people() {
  std::string people = "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n";
  for (int number = 1; number <= 8; ++number) {
    people += "S" + std::to_string(number) + ",감독" + std::to_string(number) + ",학교" + std::to_string(number) +
              ",11110,37.5,127.0,chief;invigilator;corridor;reserve," + std::to_string(number) + "," +
              (number == 8 ? "no" : "yes") + "\n";
  }
  return {{"invigilators.csv", people},
          {"staffing.json", R"({"reserve_per_venue": {"at_least": 0, "per_rooms": 100}, "corridor_per_floor": 0})"},
          {"contacts.csv", "invigilator_id,email,phone\nS1,s1@example.kr,\nS8,s8@example.kr,01000000008\n"}};
}

inline std::string zip_of_people(const PeopleFiles& files) {
  std::vector<std::pair<std::string, std::string>> packed;
  for (const auto& [name, content] : files) packed.emplace_back(name, content);
  return zip_of(packed);
}

// S1 and S2 at venue V1 in these rooms, S3 at V2; one place of V1 is empty.
inline PeopleFiles duties_in(const std::string& first, const std::string& second, const std::string& empty) {
  return {{"duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\n"
                         "V1," + first + ",chief,S1,100\nV1," + second + ",chief,S2,100\nV2,90431,chief,S3,100\n"},
          {"unfilled.csv", "venue_code,room_no,role,reason\nV1," + empty + ",chief,no_person\n"}};
}

}  // namespace hanjari::tests

// places.csv: points that a city gives for its addresses, and finding the one that an address names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hanjari/domain/geography.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {

// A place is named by words that stand one after another in the address: "청운동", "종로구 자하문로", or a whole address.
// Of several the longest is meant. Nothing is guessed: two places of one name in different districts need the district.
class Places {
 public:
  struct Found {
    // centre: only the district is known, and its middle stands for the home. contradiction: the address names another
    // district than the code does. several: the address names a district that more than one province has, and no
    // province.
    // two_districts: the address names districts of two places, and is no place of places.csv as a whole; `name` has both.
    enum class How { whole, part, centre, unknown, ambiguous, several, contradiction, two_districts } how = How::unknown;
    Point at;
    std::string name;            // of the place, or of the district
    std::size_t candidates = 0;  // when ambiguous or several
  };

  // The columns of places.csv, which the reader of read() was opened with.
  static std::vector<CsvColumn> columns();
  // Adds a fault for every row that is no place and for a place that stands twice with different points.
  void read(CsvReader& reader);
  // `district` may be empty; otherwise only its places are meant. A place in another district or province than the
  // address names is not meant either. An address that names no place is looked up among the districts that the program
  // knows by itself (domain/district_facts.h).
  Found find(std::string_view address, std::string_view district) const;
  // The line and the point of each.
  std::vector<std::pair<std::uint64_t, Point>> list() const;

 private:
  struct Place {
    std::string name;
    std::vector<std::string> words;
    std::string district;  // code; may be empty
    Point at;
    std::uint64_t line = 0;
  };
  std::vector<Place> places_;
  // By all words of the name: most addresses of a city begin with one word, and a place may be a whole address.
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_words_;
  std::size_t most_words_ = 0;  // of a name
};

// Rows with a point of their own whose address names another district than their code does: one of the two is wrong, and
// coordinators see what the code says. Told in one warning.
class OtherDistricts {
 public:
  void add(std::uint64_t line, std::string_view address, std::string_view district);
  void tell(const std::string& file, std::vector<Fault>& warnings) const;

 private:
  std::uint64_t count_ = 0;
  std::uint64_t line_ = 0;  // of the first
  Text first_;
};

// How the people of a table were located, for the warning that says how exact it was.
class Locations {
 public:
  void add(const Places::Found& found);
  void tell(const std::string& file, std::vector<Fault>& warnings) const;

 private:
  std::uint64_t whole_ = 0;
  std::uint64_t part_ = 0;
  std::uint64_t centre_ = 0;
  // By the name of a place that is a part of an address, or of a district.
  std::map<std::string, std::uint64_t, std::less<>> people_of_;
};

}  // namespace hanjari::package

// The digest of an exam against a second implementation, written from docs/formats.md alone: it works on the text of
// the files and shares no code with the package module.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/sample/sample.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using Row = std::vector<std::string>;
using Table = std::vector<Row>;  // the header first

Table parse(const std::string& text) {
  Table table(1, Row(1));
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quoted) {
      if (byte != '"') {
        table.back().back() += byte;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        table.back().back() += text[++at];
      } else {
        quoted = false;
      }
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == ',') {
      table.back().emplace_back();
    } else if (byte == '\n') {
      table.emplace_back(1);
    } else if (byte != '\r') {
      table.back().back() += byte;
    }
  }
  table.pop_back();
  return table;
}

std::string spell(const std::string& value) {
  if (value.find_first_of(",\"\n\r") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char byte : value) quoted += byte == '"' ? "\"\"" : std::string(1, byte);
  return quoted + "\"";
}

// For the decimals of a package, which have few enough digits to be their own shortest spelling.
std::string spell_coordinate(std::string value) {
  if (value.find('.') != std::string::npos) {
    while (value.back() == '0') value.pop_back();
    if (value.back() == '.') value.pop_back();
  }
  return value == "-0" ? "0" : value;
}

std::string canonical_csv(const std::string& text, const Row& columns, std::size_t keys) {
  Table table = parse(text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text);
  Table rows;
  for (std::size_t at = 1; at < table.size(); ++at) {
    Row row;
    for (const std::string& column : columns) {
      const auto found = std::find(table[0].begin(), table[0].end(), column);
      std::string value = found == table[0].end() ? "" : table[at][static_cast<std::size_t>(found - table[0].begin())];
      if (column == "lat" || column == "lon") value = spell_coordinate(value);
      if (column == "opening_cost" && value.empty()) value = "0";
      row.push_back(value);
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    for (std::size_t key = 0; key < keys; ++key) {
      if (a[key] == b[key]) continue;
      return columns[key] == "room_no" ? std::stol(a[key]) < std::stol(b[key]) : a[key] < b[key];
    }
    return false;
  });
  rows.insert(rows.begin(), columns);
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at) out += (at > 0 ? "," : "") + spell(row[at]);
    out += "\n";
  }
  return out;
}

std::string canonical_tables(const TemporaryFolder& folder) {
  return canonical_csv(
             folder.read("units.csv"),
             {"unit_code", "series_ko", "series_en", "quota_group", "grade", "posts", "duration_min", "subject_set"},
             1) +
         canonical_csv(folder.read("applicants.csv"),
                       {"applicant_id", "unit_code", "name", "birth_on", "sex", "lat", "lon", "district_code",
                        "accommodation", "keep_apart", "origin", "electives", "photo", "routing"},
                       1) +
         canonical_csv(folder.read("venues.csv"),
                       {"venue_code", "name", "district_code", "address", "lat", "lon", "kind", "opening_cost", "phone",
                        "merged_into"},
                       1) +
         canonical_csv(folder.read("rooms.csv"),
                       {"venue_code", "room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
                        "column_pitch_cm", "blocked", "people_cap", "features", "use"},
                       2);
}

constexpr const char* exam_of_the_folder = R"({
  "applicant_number": {
    "check_digit": false,
    "digits": 5,
    "prefix": "unit_code"
  },
  "code": "trial",
  "exam_on": "2027-06-12",
  "name_en": "Trial",
  "name_ko": "시험",
  "time_zone": "Asia/Seoul"
}
)";

std::string policy_with_cap(const std::string& cap) {
  return R"({
  "booklets": 2,
  "change_weights": {
    "room": 20,
    "seat": 1,
    "venue": 400
  },
  "detour_cap_m": null,
  "min_gap_cm": 0,
  "mixing": "never",
  "people_cap": )" +
         cap + R"(,
  "reserve_rooms": {
    "per_district": 0,
    "per_venue": 0
  },
  "seat_order": "column_down",
  "seat_origin": "front_left",
  "spare_booklets_per_room": 0,
  "travel": "haversine",
  "weights": {
    "room": 0,
    "travel": 1,
    "unit_at_venue": 0,
    "venue": 0
  }
}
)";
}

// The same table in another order of rows and columns, quoted throughout, with a mark and CRLF.
std::string disguised(const std::string& text, std::mt19937_64& random) {
  const Table table = parse(text);
  std::vector<std::size_t> columns(table[0].size());
  std::vector<std::size_t> rows(table.size() - 1);
  for (std::size_t at = 0; at < columns.size(); ++at) columns[at] = at;
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = at + 1;
  std::shuffle(columns.begin(), columns.end(), random);
  std::shuffle(rows.begin(), rows.end(), random);
  rows.insert(rows.begin(), 0);
  std::string out = "\xef\xbb\xbf";
  for (const std::size_t row : rows) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      std::string value = table[row][columns[at]];
      if (row > 0 && (table[0][columns[at]] == "lat" || table[0][columns[at]] == "lon")) {
        value += value.find('.') == std::string::npos ? ".000" : "000";
      }
      std::string quoted;
      for (const char byte : value) quoted += byte == '"' ? "\"\"" : std::string(1, byte);
      out += (at > 0 ? ",\"" : "\"") + quoted + "\"";
    }
    out += "\r\n";
  }
  return out;
}

TEST(Digest, IsWhatTheDocumentSaysOfASmallPackage) {
  const PackageFolder folder;
  EXPECT_EQ(folder.load().exam.input_sha256,
            sha256(exam_of_the_folder + canonical_tables(folder) + policy_with_cap("2")).hex());
}

TEST(Digest, DoesNotDependOnOrderQuotesMarksOrLineEnds) {
  std::mt19937_64 random(11);
  const std::string wanted = PackageFolder().load().exam.input_sha256;
  for (int round = 0; round < 20; ++round) {
    const PackageFolder folder;
    for (const char* name : {"units.csv", "applicants.csv", "venues.csv", "rooms.csv"})
      folder.write(name, disguised(folder.read(name), random));
    folder.write("policy.json", "\xef\xbb\xbf{\"weights\":{\"venue\":0},\r\n\"people_cap\":2.0}");
    EXPECT_EQ(folder.load().exam.input_sha256, wanted);
    EXPECT_EQ(sha256(exam_of_the_folder + canonical_tables(folder) + policy_with_cap("2")).hex(), wanted);
  }
}

TEST(Digest, DependsOnEveryValue) {
  const std::string wanted = PackageFolder().load().exam.input_sha256;
  const std::vector<std::array<std::string, 3>> changes{{"units.csv", ",3,100", ",4,100"},
                                                        {"applicants.csv", "1999-01-02", "1999-01-03"},
                                                        {"applicants.csv", "37.581", "37.5810001"},
                                                        {"venues.csv", "로 2", "로 3"},
                                                        {"rooms.csv", "2-5;3-1", "2-5"},
                                                        {"policy.json", "2\n", "3\n"},
                                                        {"exam.json", "trial", "trial2"}};
  for (const auto& [file, old, now] : changes) {
    const PackageFolder folder;
    folder.replace(file, old, now);
    EXPECT_NE(folder.load().exam.input_sha256, wanted) << file << " " << old;
  }
}

TEST(Digest, OfASavedExamIsTheDigestOfItsFilesOneAfterTheOther) {
  const TemporaryFolder folder;
  const Exam exam = sample::make_sample({.applicants = 400, .accommodations_percent = 5, .seed = 3});
  save_exam(exam, folder.path() / "exam");
  std::string all;
  for (const char* name : {"exam.json", "units.csv", "applicants.csv", "venues.csv", "rooms.csv", "policy.json"})
    all += folder.read(std::string("exam/") + name);
  EXPECT_EQ(digest_exam(exam), sha256(all).hex());
}

TEST(SaveExam, IsReadBackAsTheSameExamForRandomSamples) {
  std::mt19937_64 random(5);
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    sample::SampleRequest request;
    request.applicants = 50 + static_cast<std::int64_t>(random() % 2000);
    request.accommodations_percent = seed % 2 == 0 ? 6 : 0;
    request.area = seed % 3 == 0 ? sample::Area::national : sample::Area::seoul;
    request.seed = seed;
    const Exam exam = sample::make_sample(request);
    const TemporaryFolder folder;
    save_exam(exam, folder.path() / "exam");
    const LoadedExam back = load_exam(folder.path() / "exam", Encoding::utf8, no_progress());
    EXPECT_TRUE(back.exam.input_sha256 == digest_exam(exam)) << seed;
    ASSERT_EQ(back.exam.applicants.size(), exam.applicants.size());
    for (std::size_t at = 0; at < exam.applicants.size(); ++at) {
      ASSERT_EQ(back.exam.applicants[at].id, exam.applicants[at].id);
      ASSERT_EQ(back.exam.applicants[at].home, exam.applicants[at].home);
      ASSERT_EQ(back.exam.applicants[at].accommodation, exam.applicants[at].accommodation);
    }
    // Saved again it is the same bytes; shuffled it is the same exam.
    save_exam(back.exam, folder.path() / "again");
    for (const char* name : {"exam.json", "applicants.csv", "rooms.csv", "policy.json"})
      EXPECT_EQ(folder.read(std::string("exam/") + name), folder.read(std::string("again/") + name));
    for (const char* name : {"units.csv", "applicants.csv", "venues.csv", "rooms.csv"})
      folder.write(std::string("exam/") + name, disguised(folder.read(std::string("exam/") + name), random));
    EXPECT_EQ(load_exam(folder.path() / "exam", Encoding::utf8, no_progress()).exam.input_sha256,
              back.exam.input_sha256);
  }
}

TEST(SaveExam, ReplacesNothingUnlessToldTo) {
  const TemporaryFolder folder;
  const Exam exam = sample::make_sample({.applicants = 3});
  const Exam other = sample::make_sample({.applicants = 5});
  std::filesystem::create_directories(folder.path() / "exam");
  save_exam(exam, folder.path() / "exam");  // an empty folder is free
  EXPECT_THROW(save_exam(other, folder.path() / "exam"), Conflict);
  std::filesystem::create_directories(folder.path() / "home");
  folder.write("home/letter.txt", "dear");
  EXPECT_THROW(save_exam(exam, folder.path() / "home"), Conflict);
  EXPECT_THROW(save_exam(exam, folder.path() / "home/letter.txt"), Conflict);
  EXPECT_THROW(save_exam(exam, folder.path() / "home/letter.txt", no_progress(), Existing::replace), Conflict);
  EXPECT_EQ(folder.read("home/letter.txt"), "dear");
  EXPECT_EQ(load_exam(folder.path() / "exam", Encoding::utf8, no_progress()).exam.applicants.size(), 3U);
  save_exam(other, folder.path() / "exam", no_progress(), Existing::replace);
  EXPECT_EQ(load_exam(folder.path() / "exam", Encoding::utf8, no_progress()).exam.applicants.size(), 5U);
}

TEST(SaveExam, KeepsForeignFilesAndFoldersOfWhatItReplaces) {
  const TemporaryFolder folder;
  save_exam(sample::make_sample({.applicants = 3}), folder.path() / "exam");
  std::filesystem::create_directories(folder.path() / "exam/letters/old");
  folder.write("exam/letters/old/first.txt", "dear");
  folder.write("exam/notes.txt", "mine");
  folder.write("exam/pins.csv", "kind,applicant_id,venue_code,room_no\n");  // its own, and not part of the new exam
  std::filesystem::create_symlink("notes.txt", folder.path() / "exam/link");
  save_exam(sample::make_sample({.applicants = 4}), folder.path() / "exam", no_progress(), Existing::replace);
  EXPECT_EQ(folder.read("exam/letters/old/first.txt"), "dear");
  EXPECT_EQ(folder.read("exam/notes.txt"), "mine");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "exam/link"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "exam/pins.csv"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "nothing else is left over";
}

TEST(SaveExam, KeepsTravelPinsAndEveryPolicyKey) {
  const PackageFolder folder;
  folder.write("travel.csv", "origin,venue_code,metres\nD2,V2,700\nD1,V1,500\n");
  folder.write("pins.csv", "kind,applicant_id,venue_code,room_no\nvenue,,V2,\nroom,,V1,2\nperson,A1,V1,1\n");
  folder.write("policy.json",
               R"({"min_gap_cm": 150, "people_cap": 20, "mixing": "leftover", "travel": "table", "detour_cap_m": 9000,
                "weights": {"travel": 2, "room": 3, "unit_at_venue": 4, "venue": 5}, "seat_order": "row_serpentine",
                "seat_origin": "back_right", "booklets": 4, "reserve_rooms": {"per_venue": 1, "per_district": 2},
                "spare_booklets_per_room": 3, "change_weights": {"venue": 7, "room": 8, "seat": 9}})");
  const LoadedExam first = folder.load();
  save_exam(first.exam, folder.path() / "saved");
  const LoadedExam second = load_exam(folder.path() / "saved", Encoding::utf8, no_progress());
  EXPECT_EQ(second.exam.policy, first.exam.policy);
  EXPECT_EQ(second.exam.policy.change_weights.seat, 9);
  EXPECT_EQ(second.exam.input_sha256, first.exam.input_sha256);
  EXPECT_EQ(folder.read("saved/pins.csv"),
            "kind,applicant_id,venue_code,room_no\nperson,A1,V1,1\nroom,,V1,2\nvenue,,V2,\n");
  EXPECT_EQ(folder.read("saved/travel.csv"), "origin,venue_code,metres\nD1,V1,500\nD2,V2,700\n");
}

}  // namespace
}  // namespace hanjari::package

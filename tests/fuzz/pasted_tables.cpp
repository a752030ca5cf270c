#include "fuzz/pasted_tables.h"

#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/pass_rules.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/package/setup_parts.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/results/interview_entries.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::tests {
namespace {

using package::Encoding;
using package::NoticeTable;

constexpr NoticeTable notice_tables[] = {NoticeTable::units, NoticeTable::calendars, NoticeTable::entries, NoticeTable::areas,
                                         NoticeTable::accommodations};

struct PastedTable {
  std::string file;
  std::function<void(const std::string&)> read;
};

std::vector<PastedTable> pasted_tables() {
  std::vector<PastedTable> tables{
      {"subjects.csv",
       [](const std::string& text) {
         std::vector<Fault> warnings;
         package::write_subject_table(package::read_subject_table(text, {"kim"}, warnings));
       }},
      {"rules.csv",
       [](const std::string& text) {
         std::vector<Fault> warnings;
         package::render_pass_rules(package::read_rules_table(text, warnings));
       }},
      {"rooms.csv", [](const std::string& text) { services::write_room_list(services::read_room_list(text, Encoding::utf8)); }},
      {"interviews.csv",
       [](const std::string& text) { services::write_interview_table(services::read_interview_table(text, Encoding::utf8)); }},
      {"contacts.csv",
       [](const std::string& text) {
         std::vector<Fault> warnings;
         package::load_staff_contacts({{"contacts.csv", text}}, Encoding::utf8, warnings);
       }},
      {"past_duties.csv", [](const std::string& text) {
         std::vector<Fault> warnings;
         package::load_staff_history({{"past_duties.csv", text}}, Encoding::utf8, warnings);
       }}};
  for (const NoticeTable table : notice_tables) {
    tables.push_back({std::string(package::spell(table)) + ".csv", [table](const std::string& text) {
                        Recruitment notice;
                        notice.header.time_zone = "Asia/Seoul";
                        std::vector<Fault> warnings;
                        package::write_notice_table(package::read_notice_table(notice, table, text, warnings), table);
                      }});
  }
  return tables;
}

}  // namespace

int write_pasted(const std::string& notice_file, const std::string& rules_file, const std::string& folder) {
  try {
    std::vector<Fault> warnings;
    const Recruitment notice = package::parse_recruitment(read_file(notice_file), "recruitment.json", warnings);
    const selection::Rules rules = package::parse_pass_rules(read_file(rules_file), "rules.json");
    const std::filesystem::path path(folder);
    for (const NoticeTable table : notice_tables)
      write_file(path / (std::string(package::spell(table)) + ".csv"), package::write_notice_table(notice, table));
    write_file(path / "rules.csv", package::write_rules_table(rules, [](const std::string& place) { return place; }));
    return 0;
  } catch (const Error& refused) {
    std::cout << refused.message().en << '\n';
    return 2;
  }
}

int read_pasted(const std::string& folder) {
  int status = 0;
  for (const PastedTable& table : pasted_tables()) {
    try {
      table.read(read_file(std::filesystem::path(folder) / table.file));
    } catch (const Error& refused) {
      std::cout << table.file << ": " << refused.message().en << '\n';
      if (refused.code().empty() || refused.message().en.empty() || refused.message().ko.empty()) return 70;
      status = 2;
    } catch (const std::exception& bug) {
      std::cout << table.file << ": " << bug.what() << '\n';
      return 70;
    }
  }
  return status;
}

}  // namespace hanjari::tests

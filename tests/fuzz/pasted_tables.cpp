#include "fuzz/pasted_tables.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <stdexcept>
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

// 0 for what is read, 2 for what is refused in words, 70 for everything else.
int judge(const std::string& what, const std::function<void()>& read) {
  try {
    read();
    return 0;
  } catch (const Error& refused) {
    std::cout << what << ": " << refused.message().en << '\n';
    return refused.code().empty() || refused.message().en.empty() || refused.message().ko.empty() ? 70 : 2;
  } catch (const std::exception& bug) {
    std::cout << what << ": " << bug.what() << '\n';
    return 70;
  }
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
  for (const PastedTable& table : pasted_tables())
    status = std::max(status, judge(table.file, [&] { table.read(read_file(std::filesystem::path(folder) / table.file)); }));
  return status;
}

int read_notice(const std::string& file) {
  return judge("notice", [&] {
    std::vector<Fault> warnings;
    const std::string written = package::render_recruitment(package::load_recruitment(file, warnings));
    if (package::render_recruitment(package::parse_recruitment(written, "written", warnings)) != written)
      throw std::logic_error("what is written of the notice is read as another one");
  });
}

}  // namespace hanjari::tests

#include "intake/store/office/application_keys.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::storage {
namespace {

std::string folded_name(const std::string& name) {
  std::string folded;
  for (const char c : clean_line(name)) {
    if (c == ' ') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return folded;
}

Rows select_persons(Connection& connection, const char* select, const char* tail, const ExamCode& exam,
                    const std::vector<std::string>& persons) {
  std::size_t padded = 0;
  Statement& look = connection.statement(
      fmt::format("SELECT {} FROM applications FORCE INDEX (applications_by_person) WHERE exam_code = ? AND person_hash IN {} "
                  "AND state IN ('submitted', 'paid') {}",
                  select, placeholders(persons.size(), padded), tail));
  look.bind(exam.text());
  for (std::size_t at = 0; at < padded; ++at) look.bind(persons[std::min(at, persons.size() - 1)]);
  return look.select();
}

}  // namespace

std::string district_key(const FieldCipher& cipher, const ExamCode& exam, const DistrictCode& district) {
  return cipher.blind_index("application district", exam.text() + "\n" + district.text());
}

std::string name_key(const FieldCipher& cipher, const ExamCode& exam, const std::string& name) {
  return cipher.blind_index("application name", exam.text() + "\n" + folded_name(name));
}

ApplicationKeys keys_of(const FieldCipher& cipher, const ExamCode& exam, const ApplicationForm& form,
                        const DistrictCode& district, const std::vector<AccommodationDecision>& decisions) {
  ApplicationKeys keys;
  keys.district = district_key(cipher, exam, district);
  keys.name = name_key(cipher, exam, form.name);
  const std::string born = form.birth_on ? format_date(*form.birth_on) : std::string();
  keys.person =
      cipher.blind_index("application person", fmt::format("{}\n{}\n{}", exam.text(), folded_name(form.name), born));
  keys.photo = !form.photo.empty();
  keys.accommodation = services::stage_of(form, decisions);
  return keys;
}

void mark_twins_of(Connection& connection, const ExamCode& exam, std::vector<std::string> persons) {
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  if (persons.empty()) return;
  std::map<std::string, std::vector<std::string>> unmarked;
  {
    Rows rows = select_persons(connection, "person_hash, application_id", "AND twin = 0", exam, persons);
    while (rows.next()) {
      auto& ids = unmarked[rows.text()];
      ids.push_back(rows.text());
    }
  }
  std::set<std::string> known;
  {
    // Somebody may send the same name again and again: that makes nobody else wait.
    Rows rows = select_persons(connection, "person_hash", "AND twin = 1 LIMIT 1000", exam, persons);
    while (rows.next()) known.insert(rows.text());
  }
  std::vector<std::string> twins;
  for (const auto& [person, ids] : unmarked) {
    if (ids.size() > 1 || known.contains(person)) twins.insert(twins.end(), ids.begin(), ids.end());
  }
  if (twins.empty()) return;
  std::sort(twins.begin(), twins.end());
  std::size_t padded = 0;
  Statement& mark = connection.statement(
      fmt::format("UPDATE applications SET twin = 1 WHERE application_id IN {}", placeholders(twins.size(), padded)));
  for (std::size_t at = 0; at < padded; ++at) mark.bind(twins[std::min(at, twins.size() - 1)]);
  mark.change();
}

void unmark_ended_twin(Connection& connection, const ApplicationId& ended) {
  std::vector<std::string> left;
  {
    Rows rows = connection.select(
        "SELECT o.application_id FROM applications a JOIN applications o FORCE INDEX (applications_by_person) ON o.exam_code = "
        "a.exam_code AND o.person_hash = a.person_hash AND o.state IN ('submitted', 'paid') WHERE a.application_id = ? AND "
        "a.twin = 1 LIMIT 2",
        ended.text());
    while (rows.next()) left.push_back(rows.text());
  }
  connection.change("UPDATE applications SET twin = 0 WHERE application_id = ? AND twin = 1", ended.text());
  if (left.size() == 1)
    connection.change("UPDATE applications SET twin = 0 WHERE application_id = ? AND twin = 1", left.front());
}

}  // namespace hanjari::storage

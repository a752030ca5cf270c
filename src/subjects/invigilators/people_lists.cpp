// Importing people, and typing one in.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/contact.h"
#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/staffing_rules.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::services {
namespace {

using ListedById = std::map<InvigilatorId, ListedPerson>;

ListedById by_id(std::vector<ListedPerson> people) {
  ListedById found;
  for (ListedPerson& person : people) {
    const InvigilatorId id = person.facts.id;
    found.emplace(id, std::move(person));
  }
  return found;
}

bool same_facts(const Invigilator& a, const Invigilator& b) {
  return a.name == b.name && a.organisation == b.organisation && a.district_code == b.district_code &&
         a.home == b.home && a.roles == b.roles && a.past_duties == b.past_duties && a.consent == b.consent;
}

// Of somebody who is there: what a new list says of the consent. An unanswered invitation stays one.
void take_consent(ListedPerson& person, bool consent, Instant now) {
  if (consent == (person.state == PersonState::consented)) return;
  if (consent) {
    person.state = PersonState::consented;
    person.invited_until.reset();
    person.answered_at.reset();  // the list says so, nobody has answered
  } else {
    person.state = PersonState::withdrawn;
    person.answered_at = now;
  }
}

// Whose no has a reason of the person or of the office. An old list does not turn it into a consent.
bool has_said_no(const ListedPerson& person) {
  return (person.state == PersonState::declined || person.state == PersonState::withdrawn) && !person.reason.empty();
}

// Who has agreed on the own page or on paper. A list that was written before, sent once more to add people, does not
// withdraw them.
bool has_said_yes(const ListedPerson& person) {
  return person.state == PersonState::consented && person.answered_at.has_value();
}

Fault yes_stands(const InvigilatorId& id) {
  return {"invigilators.csv",
          0,
          "consent",
          {fmt::format("'{}' has agreed since; the list does not change that", id.text()),
           fmt::format("그사이 동의한 사람이므로 명단대로 바꾸지 않았습니다: {}", id.text())},
          {"if the person cannot come, note that with its reason", "참석할 수 없게 되었다면 사유와 함께 기록하십시오"}};
}

Fault no_stands(const InvigilatorId& id) {
  return {"invigilators.csv",
          0,
          "consent",
          {fmt::format("'{}' has declined or withdrawn; the list does not change that", id.text()),
           fmt::format("사양하거나 철회한 사람이므로 명단의 동의를 반영하지 않았습니다: {}", id.text())},
          {"ask the person again, or note a consent on paper with its reason",
           "다시 동의를 요청하거나, 서면 동의라면 사유와 함께 기록하십시오"}};
}

// In the spelling in which they are kept, by the rule of sign-up and of the form: a consent that nobody can be asked for is
// worse than a row that is to be corrected.
package::StaffContact read_contact(package::StaffContact contact, RepeatedFaults& faults) {
  const auto refuse = [&](const char* column, Text what) {
    for (std::string* sentence : {&what.en, &what.ko}) {
      if (sentence->ends_with('.')) sentence->pop_back();  // the advice follows
    }
    faults.add({"contacts.csv", contact.line, column, what, {"correct it or leave it empty", "고치거나 비워 두십시오"}});
  };
  ContactFault fault;
  if (is_blank_text(contact.email)) contact.email.clear();
  if (is_blank_text(contact.phone)) contact.phone.clear();
  if (!contact.email.empty()) {
    if (auto email = read_email(contact.email, fault)) {
      contact.email = std::move(*email);
    } else {
      refuse("email", fault.what);
    }
  }
  if (contact.phone.empty()) return contact;
  auto phone = read_phone(contact.phone, fault);
  if (!phone) {
    refuse("phone", fault.what);
    return contact;
  }
  if (contact.email.empty() && !phone->mobile) {
    refuse("phone", {"Text messages reach mobile numbers of Korea only, and no e-mail address is given.",
                     "전자우편 주소 없이는 문자를 받을 수 있는 국내 휴대전화 번호가 필요합니다."});
  }
  contact.phone = std::move(phone->digits);
  return contact;
}

void throw_if_any(RepeatedFaults& repeated) {
  if (repeated.empty()) return;
  Faults faults;
  repeated.hand_over(faults);
  throw InvalidInput(std::move(faults));
}

// An id of nobody in the list, or the one that it stands for.
class UnlistedPeople {
 public:
  UnlistedPeople(std::string file, const ListedById& people) : file_(std::move(file)), people_(people) {}

  void tell(const InvigilatorId& id, std::uint64_t line) {
    if (!near_) {
      near_.emplace("invigilators.csv");
      for (const auto& [known, person] : people_) near_->add(known.text());
    }
    Fault fault{file_, line, "invigilator_id", {}, {}};
    if (auto near = near_->find(id.text())) {
      fault.what = std::move(near->what);
      fault.fix = std::move(near->fix);
    } else {
      fault.what = {fmt::format("'{}' is not in the list of people", id.text()),
                    in_korean("'{}'[은/는] 감독관 명단에 없습니다", id.text())};
      fault.fix = {"correct the id, or add the person to invigilators.csv", "번호를 고치거나 invigilators.csv에 추가하십시오"};
    }
    faults_.add(std::move(fault));
  }
  RepeatedFaults& faults() { return faults_; }

 private:
  std::string file_;
  const ListedById& people_;
  std::optional<package::NearCodes> near_;  // once somebody is not listed
  RepeatedFaults faults_;
};

void take_contacts(const std::vector<package::StaffContact>& contacts, ListedById& people, const ListedById& before,
                   std::map<InvigilatorId, bool>& touched) {
  UnlistedPeople unlisted("contacts.csv", people);
  for (const package::StaffContact& row : contacts) {
    const package::StaffContact contact = read_contact(row, unlisted.faults());
    auto person = people.find(contact.id);
    if (person == people.end()) {
      unlisted.tell(contact.id, contact.line);
      continue;
    }
    if (person->second.email == contact.email && person->second.phone == contact.phone) continue;
    person->second.email = contact.email;
    person->second.phone = contact.phone;
    if (before.contains(contact.id)) touched[contact.id] = true;
  }
  throw_if_any(unlisted.faults());
}

// Newest first; of a day before the year of which only the number is known.
void sort_history(std::vector<PastDuty>& history) {
  std::stable_sort(history.begin(), history.end(),
                   [](const PastDuty& a, const PastDuty& b) { return a.held_on > b.held_on; });
}

// Of whom the file has rows, these are all that is known from now on; of others nothing changes.
void take_history(const std::vector<package::StaffHistory>& rows, ListedById& people, const ListedById& before,
                  std::map<InvigilatorId, bool>& touched) {
  UnlistedPeople unlisted("past_duties.csv", people);
  std::map<InvigilatorId, std::vector<PastDuty>> histories;
  for (const package::StaffHistory& row : rows) {
    if (people.contains(row.id)) {
      histories[row.id].push_back(row.duty);
      continue;
    }
    unlisted.tell(row.id, row.line);
  }
  throw_if_any(unlisted.faults());
  for (auto& [id, history] : histories) {
    sort_history(history);
    ListedPerson& person = people.at(id);
    if (person.history == history) continue;
    person.history = std::move(history);
    if (before.contains(id)) touched[id] = true;
  }
}

// An id that differs from one of the stored list to the eye only would make two of one person, who is asked twice. A list that has
// both of them means two people.
void refuse_other_spellings(const std::vector<Invigilator>& sent, const ListedById& before) {
  package::NearCodes known("invigilators.csv");
  for (const auto& [id, person] : before) known.add(id.text());
  std::set<std::string_view> named;
  for (const Invigilator& person : sent) named.insert(person.id.text());
  RepeatedFaults faults;
  for (const Invigilator& person : sent) {
    if (before.contains(person.id)) continue;
    const auto near = known.find(person.id.text());
    if (!near || near->meant.empty() || named.contains(near->meant)) continue;
    faults.add({"invigilators.csv",
                0,
                "invigilator_id",
                {fmt::format("'{}' is not in the stored list, but '{}' is: zeros in front, case or blanks differ", person.id.text(),
                             near->meant),
                 in_korean("'{}'[은/는] 저장된 명단에 없고 '{}'[이/가] 있습니다. 앞자리 0, 대소문자나 빈칸이 다릅니다", person.id.text(),
                           near->meant)},
                {"write the id of the list if both are one person; else give the new person an id that nobody takes for it",
                 "같은 사람이면 명단의 번호로 적고, 다른 사람이면 혼동되지 않는 번호를 주십시오"}});
  }
  throw_if_any(faults);
}

// The rules that were set in the office give way to those of the list, which whoever sends it is to know.
void warn_of_rules(const package::PackedFiles& known, const StaffingRules& sent, std::vector<Fault>& warnings) {
  const auto found = known.find("staffing.json");
  if (found == known.end()) return;
  for (const Text& change : describe_rule_changes(package::load_staffing_rules(found->second), sent)) {
    warnings.push_back({"staffing.json",
                        0,
                        "",
                        {fmt::format("the list changes a rule of staffing: {}", change.en),
                         fmt::format("명단과 함께 배치 기준이 바뀌었습니다: {}", change.ko)},
                        {"set it again in the office if that is not meant", "의도한 변경이 아니면 배치 기준 화면에서 다시 정하십시오"}});
  }
}

std::string row_of(const TypedPerson& typed) {
  std::string text;
  package::CsvWriter csv(
      [&](std::string_view bytes) { text += bytes; },
      {"invigilator_id", "name", "organisation", "district_code", "lat", "lon", "roles", "past_duties", "consent"});
  csv.cell(clean_line(typed.id)).cell(clean_line(typed.name)).cell(clean_line(typed.organisation));
  csv.cell(clean_signs(typed.district)).cell(clean_signs(typed.lat)).cell(clean_signs(typed.lon));
  const std::string duties = clean_signs(typed.past_duties);
  csv.cell(clean_line(typed.roles)).cell(duties.empty() ? std::string("0") : duties).cell("no").end_row();
  csv.finish();
  return text;
}

}  // namespace

PeopleImported import_people(InvigilatorRepository& invigilators, ExamRepository& exams, const ExamCode& code,
                             std::string_view zip, package::Encoding encoding, const Change& change) {
  const package::PackedFiles files = package::unpack_staff(zip);
  const PlannedExam stored = load_listed_exam(exams, code, {});
  package::LoadedStaff loaded = package::load_staff(stored.exam, files, encoding);
  const auto contacts = package::load_staff_contacts(files, encoding, loaded.warnings);
  const auto histories = package::load_staff_history(files, encoding, loaded.warnings);
  warn_of_rules(invigilators.load_beside(code), loaded.staff.rules, loaded.warnings);
  const ListedById before = by_id(invigilators.list_people(code));
  refuse_other_spellings(loaded.staff.people, before);
  ListedById people = before;
  std::map<InvigilatorId, bool> touched;
  PeopleImported imported;
  RepeatedFaults answers;
  for (Invigilator facts : loaded.staff.people) {
    ListedPerson& person = people[facts.id];
    if (facts.consent && has_said_no(person)) {
      facts.consent = false;
      answers.add(no_stands(facts.id));
    } else if (!facts.consent && has_said_yes(person)) {
      facts.consent = true;
      answers.add(yes_stands(facts.id));
    }
    if (before.contains(facts.id) && same_facts(person.facts, facts)) continue;
    const bool is_new = !before.contains(facts.id);
    person.facts = facts;
    if (is_new) {
      person.state = facts.consent ? PersonState::consented : PersonState::listed;
      ++imported.added;
    } else if (facts.consent || person.state == PersonState::consented) {
      take_consent(person, facts.consent, change.at);
    }
    touched[facts.id] = true;
  }
  take_contacts(contacts, people, before, touched);
  take_history(histories, people, before, touched);
  PeopleStep step;
  for (const auto& [id, changed] : touched) {
    ListedPerson& person = people.at(id);
    person.facts.consent = person.state == PersonState::consented;
    ++person.version;
    step.people.push_back(person);
  }
  step.beside = package::pack_staff(stored.exam, loaded.staff);
  step.beside->erase("invigilators.csv");
  imported.people = static_cast<std::int64_t>(people.size());
  imported.changed = static_cast<std::int64_t>(touched.size()) - imported.added;
  imported.warnings = std::move(loaded.warnings);
  for (Fault& stands : answers.take()) imported.warnings.push_back(std::move(stands));
  step.note = {"invigilators.import", code.text(),
               fmt::format("{} added, {} changed", imported.added, imported.changed)};
  step.note.exam = code.text();
  invigilators.save_people(code, step, change);
  end_swaps_of_who_left(invigilators, code, change);
  return imported;
}

void save_typed_person(InvigilatorRepository& invigilators, const ExamCode& code, const TypedPerson& typed,
                       const Change& change) {
  const package::PackedFiles files{{"invigilators.csv", row_of(typed)}, {"staffing.json", "{}"}};
  const Staff staff = package::load_staff(Exam{}, files, package::Encoding::utf8).staff;
  // A row that looks like the total of a table is no person.
  if (staff.people.size() != 1)
    throw InvalidInput("bad_request", {"This does not read as one person.", "한 사람의 정보로 읽을 수 없습니다."});
  const Invigilator& facts = staff.people.front();
  RepeatedFaults faults;
  const package::StaffContact contact = read_contact({facts.id, typed.email, typed.phone, 0}, faults);
  throw_if_any(faults);
  const auto listed = invigilators.find_person(code, facts.id);
  if (!listed) refuse_other_spellings({facts}, by_id(invigilators.list_people(code)));
  ListedPerson person = listed.value_or(ListedPerson{});
  if (person.version != typed.version) {
    throw Conflict("invigilators_changed", {"Somebody else changed this list meanwhile. Look again.",
                                            "그사이 다른 사람이 명단을 바꾸었습니다. 다시 확인하십시오."});
  }
  person.facts = facts;
  person.facts.consent = person.state == PersonState::consented;
  person.email = contact.email;
  person.phone = contact.phone;
  ++person.version;
  PeopleStep step;
  step.people.push_back(std::move(person));
  step.note = {"invigilators.save", fmt::format("{}/{}", code.text(), facts.id.text())};
  step.note.exam = code.text();
  step.note.whose = {facts.id.text()};
  invigilators.save_people(code, step, change);
}

}  // namespace hanjari::services

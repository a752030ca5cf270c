#include "plans/commands/change_files.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/other_spellings.h"
#include "hanjari/package/table_file.h"

namespace hanjari::cli {
namespace {

using replanning::Notice;
using replanning::NoticeKind;

constexpr std::int64_t most_wrong_contacts_said = 100;

// What is wrong with contacts stops no notice: each cause is said, of one that repeats its count.
class WrongContacts {
 public:
  WrongContacts(const package::TableFile& table, std::string file) : table_(table), file_(std::move(file)) {}

  void add(std::uint64_t line, const char* column, Text what, Text fix) {
    for (std::string* sentence : {&what.en, &what.ko}) {
      if (sentence->ends_with('.')) sentence->pop_back();  // the advice follows
    }
    causes_.add(table_.placed(Fault{{}, line, column, std::move(what), std::move(fix)}), line);
  }

  void say(const Terminal& terminal) {
    std::vector<Fault> said = causes_.take();
    const auto rest = std::ssize(said) - most_wrong_contacts_said;
    if (rest > 0) said.erase(said.begin() + most_wrong_contacts_said, said.end());
    say_warnings(said, terminal);
    if (rest <= 0) return;
    terminal.say({fmt::format("warning: {} more faults of the contacts in {}", group_digits(rest), file_),
                  fmt::format("주의: {}의 연락처에서 그 밖에 {}건이 잘못되었습니다", file_, group_digits(rest))});
  }

 private:
  const package::TableFile& table_;
  std::string file_;
  RepeatedFaults causes_;
};

// In the spelling of the form where it can be read. What is told to be wrong reaches nobody, and the program that sends the letters
// would not know: it is left out, so that the person is among those who have no contact.
std::string read_told_phone(const package::CsvReader& reader, std::string_view typed, WrongContacts& wrong) {
  if (is_blank_text(typed)) return {};
  ContactFault fault;
  if (auto phone = read_phone(typed, fault)) return std::move(phone->digits);
  wrong.add(reader.line(), "phone", std::move(fault.what), {"correct it and make the notices again", "고친 뒤 안내를 다시 만드십시오"});
  return {};
}

std::string read_told_email(const package::CsvReader& reader, std::string_view typed, WrongContacts& wrong) {
  if (is_blank_text(typed)) return {};
  ContactFault fault;
  if (auto email = read_email(typed, fault)) return std::move(*email);
  wrong.add(reader.line(), "email", std::move(fault.what), {"correct it and make the notices again", "고친 뒤 안내를 다시 만드십시오"});
  return {};
}

// A contact of somebody else than the people of the exam and of the published plan is of nobody who is told anything.
class ContactRows {
 public:
  ContactRows(const std::set<ApplicantId>& known, const package::TableFile& table, std::string file)
      : known_(known), wrong_(table, std::move(file)) {}

  void take(const package::CsvReader& reader, std::string_view id) {
    const ApplicantId person(id);
    if (!known_.contains(person)) tell_nobody(reader.line(), id);
    services::NoticeContact contact{read_told_phone(reader, reader.text(1), wrong_),
                                    read_told_email(reader, reader.text(2), wrong_)};
    services::NoticeContact& taken = contacts_[person];
    const auto [first, is_new] = lines_.try_emplace(person, reader.line());
    if (!is_new && (taken.phone != contact.phone || taken.email != contact.email)) {
      wrong_.add(reader.line(), "applicant_id",
                 {fmt::format("'{}' stands on line {} already, with another telephone or address", id, first->second),
                  fmt::format("'{}': {}행에 다른 연락처로 이미 있습니다", id, first->second)},
                 {"give each of two people their own id; of one person keep the row that is right (the later one was taken)",
                  "두 사람이면 각자의 ID로 적고, 한 사람이면 맞는 행만 남기십시오(뒤의 행을 썼습니다)"});
    }
    taken = std::move(contact);
  }
  WrongContacts& wrong() { return wrong_; }
  Contacts contacts() && { return std::move(contacts_); }

 private:
  void tell_nobody(std::uint64_t line, std::string_view id) {
    if (!near_) {
      near_.emplace("applicants.csv");
      for (const ApplicantId& one : known_) near_->add(one.text());
    }
    if (auto near = near_->find(id)) return wrong_.add(line, "applicant_id", std::move(near->what), std::move(near->fix));
    wrong_.add(line, "applicant_id",
               {fmt::format("'{}' is nobody of the exam", id), in_korean("'{}'[은/는] 시험에 없는 응시자입니다", std::string(id))},
               {"correct the id", "지원자 ID를 고치십시오"});
  }

  const std::set<ApplicantId>& known_;
  WrongContacts wrong_;
  Contacts contacts_;
  std::map<ApplicantId, std::uint64_t> lines_;
  std::optional<package::NearCodes> near_;  // once somebody is not known
};

Contacts load_contacts(const std::string& path, package::Encoding encoding, const std::set<ApplicantId>& known,
                       const Terminal& terminal) {
  Faults faults;
  std::vector<Fault> warnings;
  package::TableFile table(path);
  package::CsvReader reader =
      table.open("contacts|연락처|응시자연락처",
                 {{"applicant_id"}, {"phone", package::Presence::optional}, {"email", package::Presence::optional}}, encoding,
                 faults, warnings);
  ContactRows rows(known, table, reader.file());
  while (reader.next()) {
    if (const auto id = reader.identifier(0)) rows.take(reader, *id);
  }
  say_warnings(warnings, terminal);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  rows.wrong().say(terminal);
  return std::move(rows).contacts();
}

std::set<ApplicantId> people_who_may_be_told(const Exam& exam, const PlanRows& told) {
  std::set<ApplicantId> people;
  for (const hanjari::Applicant& person : exam.applicants) people.insert(person.id);
  for (const PlacementRow& row : told.placements) people.insert(row.applicant_id);
  for (const UnseatedRow& row : told.unseated) people.insert(row.applicant_id);
  return people;
}

// Whoever sends the notices has to reach these people in another way: they were not in the file, or what it has of them is wrong.
void say_people_without_contact(const Told& told, const std::vector<Notice>& notices, const Terminal& terminal) {
  if (!told.asked_for_contacts) return;
  const auto unreached = std::count_if(notices.begin(), notices.end(), [&](const Notice& notice) {
    const auto contact = told.contacts.find(notice.applicant);
    return contact == told.contacts.end() || (contact->second.phone.empty() && contact->second.email.empty());
  });
  if (unreached == 0) return;
  terminal.say({fmt::format("{} of them {} neither a telephone number nor an address that can be used: their cells are empty",
                            group_digits(unreached), word_for(unreached, "has", "have")),
                fmt::format("그 가운데 {}명은 쓸 수 있는 연락처가 없어 전화와 전자우편 칸을 비웠습니다", group_digits(unreached))});
}

Text judged(std::int64_t reached, std::int64_t floor) {
  if (reached == floor) return {"proven", "최소임이 증명됨"};
  return {fmt::format("at least {}", group_digits(floor)), fmt::format("이론적 최솟값 {}", group_digits(floor))};
}

}  // namespace

std::vector<Option> told_options() {
  return {{"published", "PLAN",
           {"folder of the plan that people were told, if it is not the one that PLAN carries along",
            "응시자에게 공고한 배정안의 폴더(배정안이 지니고 있는 공고분과 다를 때)"}},
          {"published-exam", "EXAM",
           {"exam package of that plan, for names of schools and people that are gone",
            "공고한 배정안의 시험 묶음. 없어진 시험장과 응시자의 이름을 적는 데 씁니다"}},
          {"contacts", "FILE",
           {"CSV or workbook of applicant_id, phone, email: adds them to the notices",
            "applicant_id, phone, email의 CSV나 통합 문서. 변경 안내에 연락처를 더합니다"}}};
}

Told find_told(const Arguments& arguments, const Exam& exam, const std::string& folder, const PlanRows& rows,
               const Terminal& terminal) {
  Told told;
  if (const auto named = arguments.find("published")) {
    told.plan = load_plan_argument(*named, read_encoding(arguments), exam, Unknown::refused_later, terminal);
  } else if (auto carried = package::load_published(folder)) {
    require_whole_numbers(folder + "/published", exam, *carried);
    told.plan = std::move(*carried);
    told.is_base = false;
  } else {
    told.plan = rows;
  }
  say_warnings(package::find_other_spellings(exam, told.plan), terminal);
  if (const auto before = arguments.find("published-exam")) told.exam = load_exam_argument(arguments, *before, terminal);
  told.asked_for_contacts = arguments.has("contacts");
  if (const auto file = arguments.find("contacts"))
    told.contacts = load_contacts(*file, read_encoding(arguments), people_who_may_be_told(exam, told.plan), terminal);
  return told;
}

ChangeFiles change_files(const Exam& exam, const Told& told, const Plan& to, Language language) {
  services::ChangeLists lists = services::render_change_lists(exam, told.plan, to, told.exam ? &*told.exam : nullptr,
                                                              told.contacts, language);
  lists.files.erase("changes.csv");  // that of a command is from the plan that its step began with
  return {std::move(lists.files), std::move(lists.notices)};
}

ChangeFiles step_files(const Exam& exam, const Told& told, const PlanRows& from, const Plan& to, Language language) {
  ChangeFiles made = change_files(exam, told, to, language);
  made.files["changes.csv"] = package::render_changes(replanning::list_changes(exam, from, to));
  made.files.merge(package::published_files(told.plan));
  return made;
}

void say_notices(const Exam& exam, const Told& told, const std::vector<Notice>& notices, const Terminal& terminal) {
  const auto number = [](std::int64_t value) { return group_digits(value); };
  const std::string count = number(std::ssize(notices));
  const std::string digest = told.plan.digest.substr(0, 12);
  if (notices.empty()) {
    terminal.say({fmt::format("nobody is to be told anything: no place differs from the published plan {}", digest),
                  in_korean("공고된 배정안 {}[과/와] 자리가 달라지는 응시자가 없어 안내할 사람이 없습니다", digest)});
  } else {
    terminal.say({fmt::format("notices for {}, from the published plan {} on", count_people(std::ssize(notices)), digest),
                  in_korean("공고된 배정안 {}[을/를] 기준으로 {}명에게 보낼 안내를 만들었습니다", digest, count)});
  }
  if (!told.is_base) {
    terminal.say({"that is the plan which the folder carries along; if a later one was published meanwhile, name it "
                  "with --published",
                  "배정안 폴더가 지니고 있던 공고분입니다. 그 뒤에 다시 공고하였다면 --published로 알려 주십시오"});
  }
  say_people_without_contact(told, notices, terminal);
  const replanning::FarMoves far = replanning::count_far_moves(exam, notices);
  if (far.worst != nullptr) {
    const std::string limit = replanning::spell_distance(far.limit_m);
    const std::string then = replanning::spell_distance(far.worst->before->travel_m);
    const std::string now = replanning::spell_distance(far.worst->after->travel_m);
    terminal.say({fmt::format("other venue: {}, {} of them farther than before, {} by more than {}; the farthest "
                              "from {} to {} (number {})",
                              count_people(far.people), number(far.farther), number(far.beyond), limit, then, now,
                              far.worst->number.text()),
                  fmt::format("시험장이 바뀌는 {}명 가운데 {}명은 전보다 멀어지고 {}명은 {} 넘게 멀어집니다. 가장 먼 변경: "
                              "{}에서 {}(응시번호 {})",
                              number(far.people), number(far.farther), number(far.beyond), limit, then, now,
                              far.worst->number.text())});
  }
  const auto unseated = std::count_if(notices.begin(), notices.end(),
                                      [](const Notice& notice) { return notice.kind == NoticeKind::unseated; });
  if (unseated > 0) {
    terminal.say({fmt::format("{} of them {} no seat: their notices say why and what happens next", number(unseated),
                              word_for(unseated, "has", "have")),
                  fmt::format("그 가운데 {}명은 좌석이 없습니다. 안내문에 사유와 이후 절차가 적혀 있습니다", number(unseated))});
  }
}

void say_figures(const ChangeFigures& figures, const Terminal& terminal) {
  const auto line = [&](const Text& name, std::int64_t reached, std::optional<std::int64_t> floor) {
    const Text verdict = floor ? judged(reached, *floor) : Text{};
    const std::string count = group_digits(reached);
    terminal.say({fmt::format("{:<24}{:>9}{}", name.en, count, floor ? "  (" + verdict.en + ")" : ""),
                  name.ko + std::string(static_cast<std::size_t>(std::max(1, 24 - display_width(name.ko))), ' ') +
                      fmt::format("{:>9}{}", count, floor ? "  (" + verdict.ko + ")" : "")});
  };
  line({"other venue", "시험장 변경"}, figures.venue, figures.floor_venue);
  line({"other room", "시험실 변경"}, figures.room, figures.floor_room);
  line({"out of their rooms", "시험실을 떠나는 인원"}, figures.venue + figures.room, figures.floor_left_room);
  line({"other seat", "좌석 변경"}, figures.seat, std::nullopt);
  line({"added", "추가"}, figures.added, std::nullopt);
  line({"removed or unseated", "제외(미배정 포함)"}, figures.removed, std::nullopt);
  line({"weighted sum", "가중합"}, figures.weighted, figures.floor_weighted);
  if (!figures.farther_cap_m) return;
  const std::string cap = replanning::spell_distance(*figures.farther_cap_m);
  line({"over " + cap + " farther", cap + " 넘게 멀어짐"}, figures.farther, figures.floor_farther);
}


}  // namespace hanjari::cli

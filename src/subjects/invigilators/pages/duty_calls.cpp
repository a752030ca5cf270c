#include "invigilators/pages/duty_calls.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/duty_pay.h"
#include "hanjari/plans/workbench.h"
#include "hanjari/venues/venue_chiefs.h"

namespace hanjari::web {
namespace {

constexpr std::size_t bytes_of_people_mb = 1'000'000;

[[noreturn]] void refuse_duty_field(Text message) {
  throw InvalidInput("bad_request", std::move(message));
}

// A whole number from 0; nothing for an empty field.
std::optional<std::int64_t> duty_number_in(const Values& fields, const char* name, const Text& called) {
  const std::string typed = field_of(fields, name);
  if (clean_signs(typed).empty()) return std::nullopt;
  const auto value = parse_typed_integer(typed, name == std::string_view("room") ? "room_no" : name);
  if (!value || *value < 0) {
    refuse_duty_field({fmt::format("{}: write a whole number.", called.en),
                       fmt::format("{}: 정수를 입력하십시오.", called.ko)});
  }
  return value;
}

// Minutes after midnight; nothing for an empty field.
std::optional<int> duty_minute_in(const Values& fields, const char* name, const Text& called) {
  const std::string typed = clean_line(field_of(fields, name));
  if (typed.empty()) return std::nullopt;
  const auto minute = parse_time_of_day(typed);
  if (!minute) {
    refuse_duty_field({fmt::format("{}: write a time of day such as 07:30.", called.en),
                       fmt::format("{}: 07:30처럼 시각을 입력하십시오.", called.ko)});
  }
  return minute;
}

// `known`: when it is so far. A field that was not sent stays as it is; without any sent that is filled there is none.
std::optional<Instant> briefing_in(const Values& fields, const std::string& zone, const std::optional<Instant>& known) {
  const bool day_sent = fields.contains("briefing_on");
  const bool time_sent = fields.contains("briefing_time");
  if (!day_sent && !time_sent) return known;
  std::string typed = clean_signs(field_of(fields, "briefing_on"));
  auto minute = duty_minute_in(fields, "briefing_time", {"Time of the briefing", "설명회 시각"});
  if (typed.empty() && !minute) return std::nullopt;
  if (known && !day_sent) typed = format_date(local_time(*known, zone).day);
  if (known && !time_sent) minute = local_time(*known, zone).minute;
  const auto day = parse_typed_date(typed);
  if (!day || !minute) {
    refuse_duty_field({"The briefing needs a day (2021-06-01) and a time (14:00).",
                       "설명회는 날짜(2021-06-01)와 시각(14:00)을 모두 적으십시오."});
  }
  return instant_of(*day, *minute, zone);
}

std::vector<std::string> words_in(const std::string& typed) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : typed + "\n") {
    if (c == ' ' || c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t') {
      if (!word.empty()) words.push_back(clean_line(word));
      word.clear();
    } else {
      word += c;
    }
  }
  return words;
}

// Goes through every field, so that all that is wrong is told at once.
class EveryDutyField {
 public:
  // What `read` gives, or an empty value when it refuses.
  template <class Read>
  auto read(Read read) -> decltype(read()) {
    try {
      return read();
    } catch (const InvalidInput& refused) {
      const char* between = told_.en.empty() ? "" : " ";
      told_.en += between + refused.message().en;
      told_.ko += between + refused.message().ko;
      return {};
    }
  }
  void refuse_faults() const {
    if (!told_.en.empty()) refuse_duty_field(told_);
  }

 private:
  Text told_;
};

Text pay_called(DutyRole role) {
  const Text name = hanjari::name_of(role);
  return {fmt::format("Pay ({})", name.en), fmt::format("{} 수당", name.ko)};
}

// An empty field is the rule that stands where none was set.
services::SeveralDuties several_duties_in(const std::string& word) {
  if (word.empty()) return services::SeveralDuties::highest;
  if (const auto rule = services::parse_several_duties(word)) return *rule;
  refuse_duty_field({"Pay of several duties: write highest or sum.", "여러 역할의 수당: highest 또는 sum으로 적으십시오."});
}

// Lines of ACCOUNT=VENUE.
std::map<std::string, VenueCode> chiefs_in(const std::string& typed) {
  std::map<std::string, VenueCode> chiefs;
  for (const std::string& line : words_in(typed)) {
    const auto equals = line.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == line.size()) {
      refuse_duty_field({fmt::format("'{}': name venue chiefs as ACCOUNT=VENUE, one a line.", line),
                         fmt::format("'{}': 시험장 책임관은 한 줄에 하나씩 '계정=시험장 코드'로 적으십시오.", line)});
    }
    chiefs[line.substr(0, equals)] = VenueCode(line.substr(equals + 1));
  }
  return chiefs;
}

// Chiefs of venues that the exam has; these are known once a plan is live.
std::map<std::string, VenueCode> chiefs_of_exam(const Call& call, const ExamCode& code, const std::string& typed) {
  std::map<std::string, VenueCode> chiefs = chiefs_in(typed);
  const auto venues = call.site.plans().list_venues(code, std::nullopt);
  std::string unknown;
  for (const auto& chief : chiefs) {
    const bool is_there =
        std::any_of(venues.begin(), venues.end(), [&](const auto& one) { return one.code == chief.second; });
    if (!is_there) unknown += fmt::format("{}{}={}", unknown.empty() ? "" : ", ", chief.first, chief.second.text());
  }
  if (!venues.empty() && !unknown.empty()) {
    refuse_duty_field({fmt::format("{}: the exam has no venue of this code.", unknown),
                       fmt::format("{}: 시험에 없는 시험장 코드입니다.", unknown)});
  }
  return chiefs;
}

DutyEditKind edit_kind_in(const std::string& word) {
  const auto parse = [](std::string_view spelt) -> std::optional<DutyEditKind> {
    for (const DutyEditKind kind : {DutyEditKind::move, DutyEditKind::swap, DutyEditKind::take_off, DutyEditKind::lock,
                                    DutyEditKind::unlock, DutyEditKind::undo}) {
      if (hanjari::spell(kind) == spelt) return kind;
    }
    return std::nullopt;
  };
  if (const auto kind = parse_meant(word, parse)) return *kind;
  refuse_duty_field({"Choose what is to be done: move, swap, take_off, lock, unlock or undo.",
                     "할 일을 고르십시오: move, swap, take_off, lock, unlock, undo."});
}

std::string needed_id(const Values& fields, const char* name) {
  std::string id = clean_line(field_of(fields, name));
  if (id.empty()) refuse_duty_field({"Say who is meant, by the number in the list.", "명단의 번호로 누구인지 적으십시오."});
  return id;
}

DutyEdit edit_in(const Values& fields) {
  DutyEdit edit;
  edit.line = 1;
  edit.kind = edit_kind_in(field_of(fields, "action"));
  if (edit.kind == DutyEditKind::undo) return edit;
  edit.person = InvigilatorId(needed_id(fields, "person"));
  if (edit.kind == DutyEditKind::swap) edit.with = InvigilatorId(needed_id(fields, "with"));
  if (edit.kind == DutyEditKind::move) {
    edit.place.venue_code = VenueCode(clean_line(field_of(fields, "venue")));
    edit.place.room_no = duty_number_in(fields, "room", {"Room", "시험실"}).value_or(0);
    edit.place.role = duty_role_in(field_of(fields, "role"));
  }
  return edit;
}

// What the fields of a person hold before anything is sent; of somebody who is not in the list nothing but the number.
services::TypedPerson person_so_far(const DutyCall& of, const std::string& number) {
  services::TypedPerson typed;
  typed.id = number;
  const InvigilatorId id(clean_line(number));
  if (id.empty()) return typed;
  const auto known = of.invigilators.find_person(of.code, id);
  if (!known) return typed;
  const Invigilator& facts = known->facts;
  typed.name = facts.name;
  typed.organisation = facts.organisation;
  typed.district = facts.district_code;
  typed.lat = fmt::format("{}", facts.home.lat);
  typed.lon = fmt::format("{}", facts.home.lon);
  typed.roles = hanjari::spell(facts.roles);
  typed.past_duties = std::to_string(facts.past_duties);
  typed.email = known->email;
  typed.phone = known->phone;
  typed.version = known->version;
  return typed;
}

// Yes, in any of the words for it.
bool says_yes(const std::string& word) {
  constexpr std::string_view yes[] = {"yes"};
  return find_meant_word(word, yes) == 0;
}

package::Encoding encoding_of_people(const Values& fields) {
  const std::string word = field_of(fields, "encoding");
  if (word.empty()) return package::Encoding::utf8;
  if (const auto encoding = package::parse_encoding(word)) return *encoding;
  refuse_duty_field({"The encoding is utf8 or cp949.", "문자 인코딩은 utf8 또는 cp949입니다."});
}

}  // namespace

DutyCall duties_of_call(const Call& call) {
  Site& site = call.site;
  if (site.exams() == nullptr || site.jobs() == nullptr || site.invigilators() == nullptr)
    throw NotFound("no_invigilators_kept", {"This program keeps no invigilators.", "이 프로그램은 감독관을 다루지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::require_not_destroyed(*site.exams(), code);
  auto head = site.exams()->find_head(code);
  if (!head) throw NotFound("exam_not_found", {"There is no such exam.", "그런 시험이 없습니다."});
  services::DutyBoard board = site.invigilators()->find_board(code);
  services::DutyPart part = services::part_of(call.actor(), code, site.plans(), board, *head, site.now());
  // A chief has the venue that the account was given, whether or not the settings of the duties name it too.
  if (site.venue_chiefs() != nullptr) {
    if (const auto own = services::find_own_venue(*site.venue_chiefs(), call.actor(), code)) part.venues.insert(*own);
  }
  return {*site.invigilators(), *site.exams(), *site.jobs(), code, std::move(*head), std::move(board), std::move(part)};
}

bool is_city(const DutyCall& of) {
  return of.part.everything;
}

std::string address_of_people(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/invigilators", code_of(call.language), encode_percent(code.text()));
}

std::string address_of_duties(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/duties", code_of(call.language), encode_percent(code.text()));
}

nlohmann::json describe_way_back(const Call& call, const DutyCall& of) {
  if (!is_city(of)) {
    return {{"address", fmt::format("/{}/duties", code_of(call.language))},
            {"words", call.site.pages().text(call.language, "duties.exams")}};
  }
  return {{"address", fmt::format("/{}/exams/{}/thread", code_of(call.language), encode_percent(of.code.text()))},
          {"words", call.language == Language::korean ? of.head.name_ko : of.head.name_en}};
}

services::Change duty_change(const Call& call, const std::string& reason) {
  return services::change_of(call.actor(), reason, call.site.now());
}

std::map<VenueCode, std::string> name_own_venues(const Call& call, const DutyCall& of) {
  std::map<VenueCode, std::string> names;
  for (const services::VenueSummary& venue : call.site.plans().list_venues(of.code, std::nullopt)) {
    if (of.part.has(venue.code)) names[venue.code] = venue.name;
  }
  return names;
}

void record_people_shown(const Call& call, const DutyCall& of, const std::string& action,
                         const std::vector<InvigilatorId>& people, const std::string& detail) {
  if (people.empty()) return;
  services::AuditNote note{action, of.code.text(), detail};
  note.exam = of.code.text();
  for (const InvigilatorId& id : people) note.whose.push_back(id.text());
  call.site.access().record_access(duty_change(call, ""), note);
}

void record_people_of_others(const Call& call, const DutyCall& of, const std::string& action, const PeopleOfExams& people) {
  for (const auto& [exam, whose] : people) {
    services::AuditNote note{action, exam.text(), "beside " + of.code.text()};
    note.exam = exam.text();
    for (const InvigilatorId& id : whose) note.whose.push_back(id.text());
    call.site.access().record_access(duty_change(call, ""), note);
  }
}

std::shared_ptr<services::PlanCopies> plan_copies_of(const Call& call) {
  services::Workbench* workbench = call.site.workbench();
  if (workbench == nullptr) return std::make_shared<services::PlanCopies>(1);
  // Not owned: it lives as long as the site.
  return {std::shared_ptr<services::PlanCopies>(), &workbench->copies};
}

std::string own_page_address(const Call& call) {
  const std::string& portal = call.site.settings().portal_address;
  return portal.empty() ? std::string() : portal + "/ko/duty";
}

DutyRole duty_role_in(const std::string& word) {
  const auto parse = [](std::string_view spelt) -> std::optional<DutyRole> {
    for (const DutyRole role : all_duty_roles) {
      if (hanjari::spell(role) == spelt) return role;
    }
    return std::nullopt;
  };
  if (const auto role = parse_meant(word, parse)) return *role;
  refuse_duty_field({"The role is chief, invigilator, corridor or reserve.",
                     "역할은 chief, invigilator, corridor, reserve 가운데 하나입니다."});
}

std::vector<InvigilatorId> numbers_in(const std::string& typed) {
  std::vector<InvigilatorId> numbers;
  for (const std::string& number : words_in(typed)) numbers.emplace_back(number);
  return numbers;
}

Values without_token(Values form) {
  if (const auto token = form.find("form_token"); token != form.end()) form.erase(token);
  return form;
}

Values fields_of_json(const Call& call) {
  const nlohmann::json body = read_json(call);
  Values fields;
  for (const auto& [name, value] : body.items()) {
    // As an empty field of a form.
    if (value.is_null()) {
      fields[name] = "";
    } else {
      fields[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }
  return fields;
}

services::PeopleImported import_sent_people(const Call& call, std::string_view zip, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  if (zip.empty())
    throw InvalidInput("file_missing", {"Choose the file of the list of people.", "감독관 명단 파일을 고르십시오."});
  if (zip.size() > services::longest_packed_people) {
    throw InvalidInput("file_too_large",
                       {fmt::format("The file may have {} MB.", services::longest_packed_people / bytes_of_people_mb),
                        fmt::format("파일은 {}MB까지 보낼 수 있습니다.",
                                    services::longest_packed_people / bytes_of_people_mb)});
  }
  return services::import_people(of.invigilators, of.exams, of.code, zip, encoding_of_people(fields),
                                 duty_change(call, field_of(fields, "reason")));
}

void save_sent_person(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  services::TypedPerson typed = person_so_far(of, field_of(fields, "person"));
  const auto take = [&](const char* name, std::string& into) {
    if (fields.contains(name)) into = field_of(fields, name);
  };
  take("name", typed.name);
  take("organisation", typed.organisation);
  take("district", typed.district);
  take("lat", typed.lat);
  take("lon", typed.lon);
  take("roles", typed.roles);
  take("past_duties", typed.past_duties);
  take("email", typed.email);
  take("phone", typed.phone);
  services::save_typed_person(of.invigilators, of.code, typed, duty_change(call, field_of(fields, "reason")));
}

services::DutyBoard set_sent_board(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  // What is not sent stays as it is: a program that sets one thing knows nothing of the others.
  services::DutyBoard board = of.board;
  const auto sent = [&](const char* name) { return fields.contains(name); };
  EveryDutyField every;
  const auto number = [&](const std::string& name, const Text& called) {
    return every.read([&] { return duty_number_in(fields, name.c_str(), called); });
  };
  board.version = number("version", {"Version", "판"}).value_or(0);
  if (sent("rooms_time")) {
    const auto minute =
        every.read([&] { return duty_minute_in(fields, "rooms_time", {"Rooms from", "시험실 공개 시각"}); });
    board.rooms_open_at.reset();
    if (minute) board.rooms_open_at = instant_of(of.head.exam_on, *minute, of.head.time_zone);
  }
  board.briefing_at = every.read([&] { return briefing_in(fields, of.head.time_zone, of.board.briefing_at); });
  if (sent("briefing_place")) board.briefing_place = field_of(fields, "briefing_place");
  if (sent("instructions")) board.instructions = field_of(fields, "instructions");
  if (sent("invitation_days"))
    board.invitation_days = number("invitation_days", {"Days for an answer", "응답 기한"}).value_or(7);
  for (const DutyRole role : all_duty_roles) {
    const std::string name = "pay_" + std::string(hanjari::spell(role));
    if (!sent(name.c_str())) continue;
    board.pay.erase(role);
    if (const auto won = number(name, pay_called(role))) board.pay[role] = *won;
  }
  if (sent("pay_several")) board.pay_several = every.read([&] { return several_duties_in(field_of(fields, "pay_several")); });
  if (sent("chiefs")) board.chiefs = every.read([&] { return chiefs_of_exam(call, of.code, field_of(fields, "chiefs")); });
  every.refuse_faults();
  return services::set_board(of.invigilators, of.exams, of.code, std::move(board),
                             duty_change(call, field_of(fields, "reason")));
}

services::Invited invite_sent_people(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  const std::vector<InvigilatorId> named = numbers_in(field_of(fields, "people"));
  const std::string too = field_of(fields, "consented_too");
  return services::invite_people(of.invigilators, of.code, named, says_yes(too), of.part, {of.head.name_en, of.head.name_ko},
                                 of.head.time_zone, of.head.exam_on, own_page_address(call),
                                 duty_change(call, field_of(fields, "reason")));
}

void take_sent_step(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  const std::string word = field_of(fields, "step");
  const InvigilatorId person(needed_id(fields, "person"));
  if (const auto attendance = services::parse_attendance(word)) {
    services::note_attendance(of.invigilators, of.head, of.code, person, *attendance, of.part, duty_change(call, field_of(fields, "reason")));
    return;
  }
  services::OfficeStep step = services::OfficeStep::attended;
  if (word == "withdrawn") {
    step = services::OfficeStep::withdrawn;
  } else if (word == "consented") {
    step = services::OfficeStep::consented;
  } else if (word != "attended") {
    refuse_duty_field({"The step is attended, withdrawn, consented, came or absent.",
                       "단계는 attended, withdrawn, consented, came, absent 가운데 하나입니다."});
  }
  services::take_office_step(of.invigilators, of.code, person, step, of.part,
                             duty_change(call, field_of(fields, "reason")));
}

services::Job order_sent_staffing(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  const std::string keep = field_of(fields, "keep");
  return services::order_staffing(of.invigilators, of.exams, of.jobs, of.code, says_yes(keep),
                                  duty_change(call, field_of(fields, "reason")));
}

services::Staffing edit_sent_duties(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  services::DutyEditWish wish;
  wish.version = duty_number_in(fields, "version", {"Version", "판"}).value_or(0);
  wish.swap = field_of(fields, "swap");
  if (wish.swap.empty()) wish.edits.push_back(edit_in(fields));
  return services::edit_stored_duties(of.invigilators, of.exams, *plan_copies_of(call), of.code, wish,
                                      duty_change(call, field_of(fields, "reason")));
}

void refuse_sent_swap(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  services::refuse_swap(of.invigilators, of.code, needed_id(fields, "swap"),
                        duty_change(call, field_of(fields, "reason")));
}

}  // namespace hanjari::web

// Asking people, and what the office records for them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/base/written_day.h"
#include "hanjari/invigilators/duty_pay.h"
#include "hanjari/invigilators/duty_people.h"

namespace hanjari::services {
namespace {

constexpr std::size_t code_bytes = 8;
constexpr std::size_t longest_duty_reason = 600;

// Four and four, so that it can be read and typed.
std::string spaced_code(const std::string& code) {
  std::string spaced;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (at > 0 && at % 4 == 0) spaced += '-';
    spaced += code[at];
  }
  return spaced;
}

Text local_minute(Instant at, const std::string& zone) {
  const LocalTime local = local_deadline(at, zone);
  const Text day = write_plain_day(local.day);
  const std::string time = format_time_of_day(local.minute);
  return {fmt::format("{} {}", time, day.en), fmt::format("{} {}", day.ko, time)};
}

Message message_to(const ListedPerson& person, const ExamCode& code) {
  Message message;
  message.dedupe_id = fmt::format("invigilator/{}/{}/{}", code.text(), person.facts.id.text(), person.version);
  message.channel = person.email.empty() ? Channel::sms : Channel::email;
  message.to = person.email.empty() ? person.phone : person.email;
  message.exam = code.text();
  // A new code makes the one before useless: of several that wait for their turn only the newest goes out.
  message.digest = fmt::format("invigilator-code/{}/{}", code.text(), person.facts.id.text());
  return message;
}

// For somebody who has consented already.
Message page_code_to(const ListedPerson& person, const ExamCode& code, const Text& exam_name, const Text& day, const std::string& page) {
  Message message = message_to(person, code);
  if (message.channel == Channel::email) message.subject = fmt::format("[{}] 감독관 본인 페이지 안내", exam_name.ko);
  message.body = fmt::format("{} 감독 업무에 동의해 주셔서 감사합니다.\n시험일: {}\n아래 코드로 본인 페이지에서 배치와 안내문을 확인해 주십시오.\n코드: {}",
                             exam_name.ko, day.ko, spaced_code(person.new_code));
  if (message.channel == Channel::email) {
    message.body += fmt::format("\n\nThank you for agreeing to invigilate: {}.\nExam day: {}.\nOpen your page with this code: {}",
                                exam_name.en, day.en, spaced_code(person.new_code));
  }
  if (!page.empty()) message.body += "\n" + page;
  return message;
}

// In Korean, because the people who invigilate are staff of Korean offices and schools; an e-mail says it in English too.
Message invitation_to(const ListedPerson& person, const ExamCode& code, const Text& exam_name, const Text& day,
                      const std::string& zone, const std::string& page) {
  Message message = message_to(person, code);
  message.useless_after = person.invited_until;
  const Text until = local_minute(*person.invited_until, zone);
  if (message.channel == Channel::email) message.subject = fmt::format("[{}] 시험 감독 위촉 동의 요청", exam_name.ko);
  message.body = fmt::format(
      "{} 감독 업무를 부탁드립니다.\n시험일: {}\n아래 코드로 본인 페이지를 열어 {}까지 동의 또는 사양을 알려 주십시오.\n코드: {}",
      exam_name.ko, day.ko, until.ko, spaced_code(person.new_code));
  if (message.channel == Channel::email) {
    message.body += fmt::format(
        "\n\nYou are asked to invigilate: {}.\nExam day: {}.\nOpen your page with this code and answer by {}.\nCode: {}", exam_name.en,
        day.en, until.en, spaced_code(person.new_code));
  }
  if (!page.empty()) message.body += "\n" + page;
  return message;
}

// As many days as are set, but no answer is of use when the day of the exam has begun; on that day itself until it ends.
Instant answer_until(Instant now, std::int64_t days, Date exam_on, const std::string& time_zone) {
  const Instant until = now + std::chrono::hours(24 * days);
  const Instant begins = instant_of(exam_on, 0, time_zone);
  if (begins > now) return std::min(until, begins);
  const Instant ends = begins + std::chrono::hours(24);
  return ends > now ? std::min(until, ends) : until;
}

// Whoever may ask people could fill anybody's mailbox, and a new code takes away the one that a person has.
bool was_asked_too_often(const ListedPerson& person, Instant now) {
  const auto within_a_day = std::count_if(person.asked_at.begin(), person.asked_at.end(),
                                          [&](const Instant at) { return at > now - std::chrono::hours(24); });
  return static_cast<std::size_t>(within_a_day) >= most_asked_a_day;
}

void note_asked(ListedPerson& person, Instant now) {
  person.asked_at.push_back(now);
  if (person.asked_at.size() > most_asked_a_day) person.asked_at.erase(person.asked_at.begin());
}

bool may_be_asked(const ListedPerson& person, bool by_name, Instant now) {
  if (by_name) return true;
  return person.state == PersonState::listed || has_expired(person, now);
}

[[noreturn]] void throw_no_person(const InvigilatorId& id) {
  throw NotFound("invigilator_not_found",
                 {fmt::format("Nobody of your list has the number {}.", id.text()),
                  in_korean("담당 명단에 번호가 {}인 사람이 없습니다.", id.text())});
}

ListedPerson own_person(InvigilatorRepository& invigilators, const ExamCode& code, const InvigilatorId& id,
                        const DutyPart& part) {
  // Whose somebody is comes before anything of them is opened, and the same is read whether or not there is anybody: how
  // long a refusal takes tells nothing.
  if (!part.everything) {
    const DutyRows rows = load_newest_duties(invigilators, code).rows;
    const auto own = own_people(invigilators.list_outlines(code), rows, part);
    if (std::none_of(own.begin(), own.end(), [&](const PersonOutline& one) { return one.id == id; })) throw_no_person(id);
  }
  auto person = invigilators.find_person(code, id);
  if (!person) throw_no_person(id);
  return std::move(*person);
}

// All that are unknown at once, to be corrected in the list that was typed.
void require_all_listed(const std::vector<InvigilatorId>& named, const std::vector<ListedPerson>& own) {
  std::string unknown;
  for (const InvigilatorId& id : named) {
    if (std::any_of(own.begin(), own.end(), [&](const ListedPerson& one) { return one.facts.id == id; })) continue;
    unknown += (unknown.empty() ? "" : ", ") + id.text();
  }
  if (unknown.empty()) return;
  throw InvalidInput("numbers_not_listed",
                     {fmt::format("Nobody of your list has the number {}. Nothing was sent.", unknown),
                      fmt::format("담당 명단에 없는 번호입니다: {}. 아무에게도 보내지 않았습니다.", unknown)});
}

void require_reason(const std::string& reason) {
  if (reason.size() > longest_duty_reason) {
    throw InvalidInput("reason_too_long", {"The reason has at most 600 bytes.", "사유는 600바이트까지 쓸 수 있습니다."});
  }
  if (!reason.empty()) return;
  throw InvalidInput("reason_missing", {"Say why.", "사유를 적어 주십시오."});
}

[[noreturn]] void throw_wrong_state(const ListedPerson& person) {
  throw Conflict("wrong_invigilator_state",
                 {fmt::format("This cannot be done now: the person is noted as \"{}\".", name_of(person.state).en),
                  fmt::format("지금은 할 수 없습니다. 현재 상태: {}", name_of(person.state).ko)});
}

}  // namespace

Invited invite_people(InvigilatorRepository& invigilators, const ExamCode& code,
                      const std::vector<InvigilatorId>& named, bool consented_too, const DutyPart& part,
                      const Text& exam_name, const std::string& time_zone, Date exam_on, const std::string& page,
                      const Change& change) {
  const DutyBoard board = invigilators.find_board(code);
  const DutyRows rows = part.everything ? DutyRows{} : load_newest_duties(invigilators, code).rows;
  const std::vector<ListedPerson> own = own_people(invigilators.list_people(code), rows, part);
  require_all_listed(named, own);
  const Text day = write_plain_day(exam_on);
  Invited invited;
  PeopleStep step;
  for (const ListedPerson& listed : own) {
    const bool by_name = std::find(named.begin(), named.end(), listed.facts.id) != named.end();
    const bool has_consented = listed.state == PersonState::consented;
    if (!named.empty() && !by_name) continue;
    if (has_consented ? !by_name && !consented_too : !may_be_asked(listed, by_name, change.at)) continue;
    if (listed.email.empty() && listed.phone.empty()) {
      ++invited.unreachable;
      continue;
    }
    if (was_asked_too_often(listed, change.at)) {
      ++invited.too_often;
      continue;
    }
    ListedPerson person = listed;
    note_asked(person, change.at);
    person.new_code = draw_token(code_bytes);
    ++person.version;
    if (!has_consented) {
      person.state = PersonState::invited;
      person.reason.clear();
      person.invited_until = answer_until(change.at, board.invitation_days, exam_on, time_zone);
    }
    step.messages.push_back(has_consented ? page_code_to(person, code, exam_name, day, page)
                                          : invitation_to(person, code, exam_name, day, time_zone, page));
    step.note.whose.push_back(person.facts.id.text());
    step.people.push_back(std::move(person));
    ++invited.invited;
    if (has_consented) ++invited.consented;
  }
  if (step.people.empty()) return invited;
  step.note.action = "invigilators.invite";
  step.note.subject = code.text();
  step.note.detail = count_people(invited.invited);
  step.note.exam = code.text();
  invigilators.save_people(code, step, change);
  return invited;
}

void take_office_step(InvigilatorRepository& invigilators, const ExamCode& code, const InvigilatorId& id,
                      OfficeStep office_step, const DutyPart& part, const Change& change) {
  ListedPerson person = own_person(invigilators, code, id, part);
  const char* action = "invigilators.attended";
  switch (office_step) {
    case OfficeStep::attended:
      if (person.state != PersonState::consented) throw_wrong_state(person);
      if (person.briefed_at) return;  // noted before
      person.briefed_at = change.at;
      break;
    case OfficeStep::withdrawn:
      if (person.state == PersonState::withdrawn) throw_wrong_state(person);
      person.reason = clean_line(change.reason);
      require_reason(person.reason);
      person.state = PersonState::withdrawn;
      person.answered_at = change.at;
      action = "invigilators.withdraw";
      break;
    case OfficeStep::consented:
      if (person.state == PersonState::consented) throw_wrong_state(person);
      // Nobody turns a no into a consent without a word of why.
      if (person.state == PersonState::declined || person.state == PersonState::withdrawn)
        require_reason(clean_line(change.reason));
      person.state = PersonState::consented;
      person.answered_at = change.at;
      person.reason.clear();
      action = "invigilators.consent";
      break;
  }
  person.facts.consent = person.state == PersonState::consented;
  ++person.version;
  PeopleStep step;
  step.note = {action, fmt::format("{}/{}", code.text(), id.text())};
  step.note.exam = code.text();
  step.note.whose = {id.text()};
  step.people.push_back(std::move(person));
  invigilators.save_people(code, step, change);
  if (office_step == OfficeStep::withdrawn) end_swaps_of_who_left(invigilators, code, change);
}

void note_attendance(InvigilatorRepository& invigilators, const ExamHead& head, const ExamCode& code, const InvigilatorId& id,
                     Attendance attendance, const DutyPart& part, const Change& change) {
  ListedPerson person = own_person(invigilators, code, id, part);
  if (local_time(change.at, head.time_zone).day < head.exam_on) {
    throw Conflict("not_the_day", {"Who came is noted from the day of the exam on.", "출석은 시험 당일부터 기록할 수 있습니다."});
  }
  if (person.state != PersonState::consented) throw_wrong_state(person);
  const auto duty = show_own_duty(load_newest_duties(invigilators, code).rows, id, false);
  if (!duty && attendance == Attendance::came) {
    throw Conflict("stands_nowhere", {"This person stands nowhere in the duties. Put them into a place first.",
                                      "배치되지 않은 사람입니다. 먼저 자리에 배치하십시오."});
  }
  DayNote note{attendance, {}, DutyRole::chief, change.at};
  if (duty) {
    note.venue = duty->venue;
    note.role = duty->role;
  }
  const auto is_known = [&](const DayNote& last) {
    return last.attendance == attendance && (attendance == Attendance::absent || (last.venue == note.venue && last.role == note.role));
  };
  if (!person.day.empty() && is_known(person.day.back())) return;
  person.day.push_back(std::move(note));
  ++person.version;
  PeopleStep step;
  step.note = {attendance == Attendance::came ? "invigilators.came" : "invigilators.absent", fmt::format("{}/{}", code.text(), id.text())};
  step.note.exam = code.text();
  step.note.whose = {id.text()};
  step.people.push_back(std::move(person));
  invigilators.save_people(code, step, change);
}

}  // namespace hanjari::services

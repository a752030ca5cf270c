#include "invigilators/pages/duties_api.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/duty_pay.h"
#include "hanjari/invigilators/same_day.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/list_page.h"

namespace hanjari::web {
namespace {

using ordered = nlohmann::ordered_json;

ordered moment_json(const std::optional<Instant>& at) {
  if (!at) return nullptr;
  return format_instant(*at);
}

ordered attendance_json(const services::ListedPerson& person) {
  const auto attendance = services::attendance_of(person);
  if (!attendance) return nullptr;
  return services::spell(*attendance);
}

ordered person_json(const services::ListedPerson& person) {
  return {{"invigilator_id", person.facts.id.text()},
          {"name", person.facts.name},
          {"organisation", person.facts.organisation},
          {"district_code", person.facts.district_code},
          {"roles", hanjari::spell(person.facts.roles)},
          {"past_duties", person.facts.past_duties},
          {"email", person.email},
          {"phone", person.phone},
          {"state", services::spell(person.state)},
          {"invited_until", moment_json(person.invited_until)},
          {"answered_at", moment_json(person.answered_at)},
          {"reason", person.reason},
          {"read_instruction", person.read_instruction},
          {"briefed_at", moment_json(person.briefed_at)},
          {"attendance", attendance_json(person)}};
}

ordered board_json(const services::DutyBoard& board, bool city) {
  ordered answer{{"version", board.version},
                 {"rooms_open_at", moment_json(board.rooms_open_at)},
                 {"briefing_at", moment_json(board.briefing_at)},
                 {"briefing_place", board.briefing_place},
                 {"instructions", board.instructions},
                 {"instruction_no", board.instruction_no}};
  if (!city) return answer;
  answer["invitation_days"] = board.invitation_days;
  answer["pay"] = ordered::object();
  for (const auto& [role, won] : board.pay) answer["pay"][std::string(hanjari::spell(role))] = won;
  answer["pay_several"] = services::spell(board.pay_several);
  answer["chiefs"] = ordered::object();
  for (const auto& [account, venue] : board.chiefs) answer["chiefs"][account] = venue.text();
  return answer;
}

ordered room_json(const std::optional<std::int64_t>& room_no) {
  if (!room_no) return nullptr;
  return *room_no;
}

ordered staffing_json(const services::Staffing& staffing, bool city) {
  ordered answer{{"version", staffing.version}, {"made_at", format_instant(staffing.at)}};
  if (!city) return answer;
  answer["by_hand"] = staffing.by_hand;
  answer["plan_digest"] = staffing.plan_digest;
  answer["duties_sha256"] = staffing.duties_sha256;
  answer["places"] = staffing.places;
  answer["unfilled"] = staffing.unfilled;
  answer["author"] = staffing.author;
  return answer;
}

// Of the caller's part, in the order of the list.
std::vector<InvigilatorId> own_numbers(const DutyCall& of) {
  const auto newest = services::load_newest_duties(of.invigilators, of.code);
  std::vector<InvigilatorId> numbers;
  for (const services::PersonOutline& person :
       services::own_people(of.invigilators.list_outlines(of.code), newest.rows, of.part))
    numbers.push_back(person.id);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

ordered gaps_json(const DutyRows& rows, const std::set<InvigilatorId>& coming, const services::DutyPart& part) {
  ordered gaps = ordered::array();
  for (const services::ShownGap& gap : services::show_gaps(rows, coming, part)) {
    gaps.push_back({{"venue_code", gap.venue.text()},
                    {"room_no", room_json(gap.room_no)},
                    {"role", hanjari::spell(gap.role)},
                    {"places", gap.places}});
  }
  return gaps;
}

// The first duty of the page that the query asks for.
std::vector<services::ShownDuty>::const_iterator first_wanted_duty(const Call& call, const std::vector<services::ShownDuty>& duties) {
  const std::string sent = field_of(call.query, "after");
  if (sent.empty()) return duties.begin();
  const auto after = duty_of_key(sent);
  if (!after) {
    throw InvalidInput("bad_request", {"after: send what the page before gave as next.after.",
                                       "after: 앞 쪽이 next.after로 준 값을 그대로 보내십시오."});
  }
  return std::upper_bound(duties.begin(), duties.end(), *after, services::stands_before);
}

// Who stands in another exam of the day too.
ordered other_duties_json(const Call& call, const DutyCall& of, const DutyRows& rows) {
  ordered list = ordered::array();
  PeopleOfExams people;
  for (const services::OtherDuty& other : services::find_other_duties(of.invigilators, of.exams, of.code, of.head, rows)) {
    list.push_back({{"invigilator_id", other.person.text()}, {"exam", other.exam.text()}});
    people[other.exam].push_back(other.person);
  }
  record_people_of_others(call, of, "duties.read", people);
  return list;
}

}  // namespace

Response list_people_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const std::size_t limit = sent_limit(call);
  const std::vector<InvigilatorId> own = own_numbers(of);
  const std::string after = field_of(call.query, "after");
  const auto begin = after.empty() ? own.begin() : std::upper_bound(own.begin(), own.end(), InvigilatorId(after));
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(limit, static_cast<std::size_t>(own.end() - begin)));
  // Opened are those of the page and nobody else.
  const std::vector<InvigilatorId> shown(begin, end);
  ordered answer{{"count", own.size()}, {"people", ordered::array()}};
  for (const services::ListedPerson& person : of.invigilators.find_people(of.code, shown))
    answer["people"].push_back(person_json(person));
  if (end != own.end()) answer["next"] = {{"after", shown.back().text()}};
  record_people_shown(call, of, "invigilators.read", shown);
  return answer_json(answer);
}

Response save_person_by_api(const Call& call) {
  save_sent_person(call, fields_of_json(call));
  return answer_json({{"saved", true}});
}

Response import_people_by_api(const Call& call) {
  duties_of_call(call);  // whose it is comes before what is wrong with the file
  const std::string_view type = call.request.header("content-type");
  if (!type.starts_with("application/zip") && !type.starts_with(type_of_workbook)) {
    throw InvalidInput("not_a_zip",
                       {fmt::format("Send the list of people as a ZIP file with Content-Type: application/zip, or as a workbook "
                                    "(.xlsx) with Content-Type: {}.",
                                    type_of_workbook),
                        fmt::format("감독관 명단을 ZIP 파일(Content-Type: application/zip) 또는 통합 문서(.xlsx, Content-Type: {})로 "
                                    "보내십시오.",
                                    type_of_workbook)});
  }
  const services::PeopleImported imported = import_sent_people(call, call.request.body, call.query);
  ordered answer{{"people", imported.people}, {"added", imported.added}, {"changed", imported.changed},
                 {"warnings", ordered::array()}};
  for (const Fault& warning : imported.warnings) answer["warnings"].push_back(warning.format(call.language));
  return answer_json(answer);
}

Response describe_board_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  return answer_json(board_json(of.board, is_city(of)));
}

Response set_board_by_api(const Call& call) {
  const Values fields = fields_of_json(call);
  return answer_json(board_json(set_sent_board(call, fields), true));
}

Response invite_by_api(const Call& call) {
  const services::Invited invited = invite_sent_people(call, fields_of_json(call));
  return answer_json({{"invited", invited.invited},
                      {"consented", invited.consented},
                      {"unreachable", invited.unreachable},
                      {"too_often", invited.too_often}});
}

Response take_step_by_api(const Call& call) {
  take_sent_step(call, fields_of_json(call));
  return answer_json({{"saved", true}});
}

Response describe_duties_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const std::size_t limit = sent_limit(call);
  const auto newest = services::load_newest_duties(of.invigilators, of.code);
  const std::vector<services::ShownDuty> duties = services::show_duties(newest.rows, of.part);
  const std::set<InvigilatorId> coming = services::outlines_who_come(of.invigilators.list_outlines(of.code));
  const auto begin = first_wanted_duty(call, duties);
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(limit, static_cast<std::size_t>(duties.end() - begin)));
  ordered answer{{"rooms_shown", of.part.rooms}, {"count", duties.size()}, {"duties", ordered::array()}};
  if (newest.staffing) {
    answer["newest"] = staffing_json(*newest.staffing, is_city(of));
    answer["newest"]["plan_replaced"] = services::is_plan_replaced(of.exams, of.code, *newest.staffing);
  }
  std::vector<InvigilatorId> shown;
  for (auto duty = begin; duty != end; ++duty) {
    shown.push_back(duty->person);
    answer["duties"].push_back({{"venue_code", duty->venue.text()},
                                {"room_no", room_json(duty->room_no)},
                                {"role", hanjari::spell(duty->role)},
                                {"invigilator_id", duty->person.text()},
                                {"comes", coming.contains(duty->person)}});
  }
  // Once, with the first page: they are places, not people, and a program need not read them again.
  if (begin == duties.begin()) answer["unfilled"] = gaps_json(newest.rows, coming, of.part);
  if (begin == duties.begin() && is_city(of)) answer["elsewhere"] = other_duties_json(call, of, newest.rows);
  if (end != duties.end()) answer["next"] = {{"after", key_of_duty(*std::prev(end))}};
  record_people_shown(call, of, "duties.read", shown);
  return answer_json(answer);
}

Response order_staffing_by_api(const Call& call) {
  const services::Job job = order_sent_staffing(call, fields_of_json(call));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response edit_duties_by_api(const Call& call) {
  const Values fields = fields_of_json(call);
  return answer_json(staffing_json(edit_sent_duties(call, fields), true));
}

Response list_swaps_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  ordered answer{{"swaps", ordered::array()}};
  std::vector<InvigilatorId> shown;
  for (const services::DutySwap& swap : of.invigilators.list_swaps(of.code)) {
    if (swap.state != services::SwapState::asked && swap.state != services::SwapState::agreed) continue;
    shown.push_back(swap.first);
    shown.push_back(swap.second);
    answer["swaps"].push_back({{"id", swap.id},
                               {"first", swap.first.text()},
                               {"second", swap.second.text()},
                               {"state", services::spell(swap.state)},
                               {"asked_at", format_instant(swap.asked_at)}});
  }
  record_people_shown(call, of, "duties.read", shown);
  return answer_json(answer);
}

Response refuse_swap_by_api(const Call& call) {
  const Values fields = fields_of_json(call);
  refuse_sent_swap(call, fields);
  return answer_json({{"refused", field_of(fields, "swap")}});
}

}  // namespace hanjari::web

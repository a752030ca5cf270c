// What the city asks of its districts.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/package/csv.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/entry_faults.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

constexpr std::int64_t most_seats_asked = 1'000'000;
constexpr int widest_gap_cm = 10'000;
constexpr int largest_cap = 10'000;
constexpr std::size_t most_districts_asked = 300;

void check_wish(DistrictWish& wish, std::set<DistrictCode>& known, EntryFaults& faults) {
  // No coordinator has a name for a code: a district that was asked for by name would be asked for of nobody.
  const TypedDistrict typed = read_typed_district(wish.district.text());
  if (!typed.candidates.empty()) {
    faults.add("district_" + wish.district.text(), tell_several_districts(typed));
    return;
  }
  wish.district = DistrictCode(typed.code);
  const Text name = name_of_district(wish.district.text());
  const std::string field = "district_" + wish.district.text();
  if (auto fault = package::find_file_name_fault(wish.district.text())) {
    faults.add(field, {fmt::format("The district code '{}' is no code.", wish.district.text()),
                       fmt::format("자치구 코드 '{}'의 형식이 올바르지 않습니다.", wish.district.text())});
    return;
  }
  if (!known.insert(wish.district).second) {
    faults.add(field, {fmt::format("{} stands there twice; leave one of the two.", name.en),
                       fmt::format("{}: 두 번 적혀 있습니다. 하나만 남기십시오.", name.ko)});
  }
  if (wish.seats < 0 || wish.seats > most_seats_asked) {
    faults.add(field, {fmt::format("{}: the seats are a whole number from 0 to {}.", name.en, group_digits(most_seats_asked)),
                       fmt::format("{}: 좌석 수는 0 이상 {} 이하의 정수로 적으십시오.", name.ko, group_digits(most_seats_asked))});
  }
  if (wish.email.empty()) return;
  ContactFault fault;
  if (auto email = read_email(wish.email, fault)) {
    wish.email = std::move(*email);
  } else {
    faults.add("email_" + wish.district.text(), {fmt::format("{}: {}", name.en, fault.what.en), fmt::format("{}: {}", name.ko, fault.what.ko)});
  }
}

void check_city_email(VenueRequest& wanted, EntryFaults& faults) {
  wanted.city_email = clean_signs(wanted.city_email);
  if (wanted.city_email.empty()) return;
  ContactFault fault;
  if (auto email = read_email(wanted.city_email, fault)) {
    wanted.city_email = std::move(*email);
  } else {
    faults.add("city_email", fault.what);
  }
}

void check_request(VenueRequest& wanted, Instant now, EntryFaults& faults) {
  if (package::find_file_name_fault(wanted.exam.text())) {
    faults.add("exam", {"The exam's code is no code.", "시험 코드의 형식이 올바르지 않습니다."});
  }
  if (wanted.rule.min_gap_cm < 0 || wanted.rule.min_gap_cm > widest_gap_cm) {
    faults.add("min_gap_cm", {fmt::format("The distance is a whole number of centimetres from 0 to {}.", group_digits(widest_gap_cm)),
                              fmt::format("거리는 0 이상 {} 이하의 정수(cm)로 적으십시오.", group_digits(widest_gap_cm))});
  }
  if (wanted.rule.people_cap && (*wanted.rule.people_cap < 1 || *wanted.rule.people_cap > largest_cap)) {
    faults.add("people_cap", {fmt::format("The people of a room are a whole number from 1 to {}, or nothing.", group_digits(largest_cap)),
                              fmt::format("시험실당 인원은 1 이상 {} 이하의 정수로 적거나 비워 두십시오.", group_digits(largest_cap))});
  }
  if (wanted.due_at <= now) {
    faults.add("due_at", {"The day by which districts answer is over already; choose a later one.",
                          "제출 기한이 이미 지났습니다. 더 늦은 때로 정하십시오."});
  }
  wanted.note = clean_lines(wanted.note);
  if (count_characters(wanted.note) > longest_note) {
    faults.add("note", {fmt::format("The note has at most {} characters.", longest_note),
                        fmt::format("안내 문구는 {}자 이내로 적으십시오.", longest_note)});
  }
  if (wanted.districts.empty() || wanted.districts.size() > most_districts_asked) {
    faults.add("districts", {"Ask at least one district for seats.", "한 곳 이상의 자치구에 좌석을 요청하십시오."});
  }
  check_city_email(wanted, faults);
  std::set<DistrictCode> known;
  for (DistrictWish& wish : wanted.districts) check_wish(wish, known, faults);
}

Message request_message(const VenueRequest& request, const DistrictWish& wish, const ExamWords& exam) {
  const Text due = write_plain_deadline(request.due_at, exam.zone);
  const std::string seats = group_digits(wish.seats);
  return message_to_office(
      fmt::format("venue-request/{}/{}/{}", request.exam.text(), wish.district.text(), request.version), request.exam,
      wish.email,
      {fmt::format("{}: {} asked of your district", exam.name.en, count_of(wish.seats, "seat is", "seats are")),
       fmt::format("{}: 시험장 확보 요청({}석)", exam.name.ko, seats)},
      {fmt::format("Please propose schools with {} by {}. Sign in to the office; the rule by which seats are "
                   "counted stands there. {}",
                   count_of(wish.seats, "seat", "seats"), due.en, request.note),
       fmt::format("{}까지 {}석의 시험장을 제출해 주십시오. 업무 시스템에 로그인하면 좌석 산정 기준을 볼 수 있습니다. {}", due.ko, seats,
                   request.note)});
}

// Whoever is asked for the same as before is not told again, and of nothing that is asked nobody: such a district has a part in the
// letters alone.
bool is_told(const std::optional<VenueRequest>& before, const VenueRequest& next, const DistrictWish& wish) {
  const DistrictWish* asked_before = before ? before->find(wish.district) : nullptr;
  if (wish.seats == 0 && (asked_before == nullptr || asked_before->seats == 0)) return false;
  if (!before || before->rule != next.rule || before->due_at != next.due_at || before->note != next.note) return true;
  return asked_before == nullptr || asked_before->seats != wish.seats || asked_before->email != wish.email;
}

}  // namespace

std::vector<DistrictCode> list_unknown_districts(const VenueRequest& request) {
  std::vector<DistrictCode> unknown;
  for (const DistrictWish& wish : request.districts) {
    if (find_district_fact(wish.district.text()) == nullptr) unknown.push_back(wish.district);
  }
  return unknown;
}

bool is_asked(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam) {
  if (actor.role != Role::district_coordinator || !actor.district) return false;
  const auto request = offers.find_request(exam);
  return request && request->find(*actor.district) != nullptr;
}

VenueRequest load_request(VenueOfferRepository& offers, const ExamCode& exam) {
  if (auto request = offers.find_request(exam)) return std::move(*request);
  throw NotFound("no_request", {"No venues are asked for this exam yet.", "이 시험의 시험장 요청이 아직 없습니다."});
}

VenueRequest save_wishes(VenueOfferRepository& offers, const Actor& actor, VenueRequest wanted, const ExamWords& exam,
                         Instant now) {
  require_city(actor);
  const auto before = offers.find_request(wanted.exam);
  if ((before ? before->version : 0) != wanted.version) {
    throw Conflict("request_changed", {"Somebody changed this request meanwhile. Look at it again.",
                                       "그사이 다른 사람이 이 요청을 바꾸었습니다. 다시 확인하십시오."});
  }
  EntryFaults faults;
  check_request(wanted, now, faults);
  faults.throw_if_any("bad_request");
  std::sort(wanted.districts.begin(), wanted.districts.end(),
            [](const DistrictWish& a, const DistrictWish& b) { return a.district < b.district; });
  ++wanted.version;
  wanted.author = actor.account;
  wanted.changed_at = now;
  std::vector<Message> messages;
  for (const DistrictWish& wish : wanted.districts) {
    if (!wish.email.empty() && is_told(before, wanted, wish)) messages.push_back(request_message(wanted, wish, exam));
  }
  offers.save_request(wanted, messages, change_of(actor, "", now));
  return wanted;
}

}  // namespace hanjari::services

#include "venues/pages/office_offers.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_adoption.h"
#include "site/pages/form_view.h"
#include "venues/pages/letters/letter_calls.h"
#include "venues/pages/library/library_page.h"
#include "venues/pages/offer_calls.h"
#include "venues/pages/rule_map.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::DistrictCount;
using services::DistrictWish;
using services::SeatRule;
using services::VenueOffer;
using services::VenueRequest;

bool is_city(const Call& call) {
  return call.actor().role == services::Role::exam_officer;
}

std::string district_name(const Call& call, const DistrictCode& district) {
  return name_of_district(district.text()).in(call.language);
}

std::string rule_words(const Call& call, const SeatRule& rule) {
  const Pages& pages = call.site.pages();
  return rule.people_cap ? pages.text(call.language, *rule.people_cap == 1 ? "offers.rule_capped_one" : "offers.rule_capped",
                                      {{"gap", group_digits(rule.min_gap_cm)}, {"cap", group_digits(*rule.people_cap)}})
                         : pages.text(call.language, "offers.rule_open", {{"gap", group_digits(rule.min_gap_cm)}});
}

const char* answer_of(const DistrictCount& count) {
  if (count.wanted > 0 && count.missing() == 0) return "offers.answer_complete";
  if (count.waiting > 0) return "offers.answer_waits_for_city";
  if (count.wanted == 0 && !count.answered) return "offers.answer_not_asked";
  return count.answered ? "offers.answer_partly" : "offers.answer_none";
}

json describe_count(const Call& call, const DistrictCount& count) {
  return {{"name", district_name(call, count.district)},
          {"wanted", group_digits(count.wanted)},
          {"offers", group_digits(count.offers)},
          {"offered", group_digits(count.offered_seats)},
          {"confirmed", group_digits(count.confirmed_seats)},
          {"accepted", group_digits(count.accepted_seats)},
          {"missing", group_digits(count.missing())},
          {"answer", call.site.pages().text(call.language, answer_of(count))}};
}

json describe_counts(const Call& call, const std::vector<DistrictCount>& counts) {
  DistrictCount sum;
  std::int64_t missing = 0;
  std::int64_t silent = 0;
  json rows = json::array();
  for (const DistrictCount& count : counts) {
    rows.push_back(describe_count(call, count));
    missing += count.missing();
    sum.wanted += count.wanted;
    sum.accepted_seats += count.accepted_seats;
    if (count.wanted > 0 && !count.answered) ++silent;
  }
  return {{"rows", std::move(rows)},
          {"summary", call.site.pages().text(call.language, "offers.summary",
                                             {{"wanted", group_digits(sum.wanted)},
                                              {"accepted", group_digits(sum.accepted_seats)},
                                              {"missing", group_digits(missing)},
                                              {"silent", group_digits(silent)}})}};
}

std::string state_of_offer(const Call& call, const services::SchoolLinks& links, const VenueOffer& offer) {
  const std::string state = services::name_of(offer.state).in(call.language);
  return links.is_over(offer) ? fmt::format("{} · {}", state, call.site.pages().text(call.language, "offers.link_over_short")) : state;
}

json describe_offers(const Call& call, const OffersCall& of, const std::vector<VenueOffer>& offers, const SeatRule& rule,
                     const SeatRule* other) {
  json rows = json::array();
  const services::SchoolLinks links = services::read_school_links(of.offers, of.exam, of.words, call.site.now());
  for (const VenueOffer& offer : offers) {
    const services::OfferSeats seats = services::count_seats(offer.rooms, rule);
    json row{{"name", offer.name},
             {"code", offer.code.text()},
             {"address", address_of_offer(call, offer)},
             {"district", district_name(call, offer.district)},
             {"state", state_of_offer(call, links, offer)},
             {"rooms", group_digits(seats.rooms)},
             {"seats", group_digits(seats.seats)},
             {"at", write_moment(offer.changed_at, of.words.zone)},
             {"author", offer.author}};
    if (other != nullptr) {
      const std::int64_t then = services::count_seats(offer.rooms, *other).seats;
      row["then"] = {{"seats", group_digits(then)}, {"change", fmt::format("{:+}", then - seats.seats)}};
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// By name, day and code, the latest first: of a code alone nobody knows which exam it was. One that is asked for schools and not
// stored has no name yet.
json describe_earlier_exams(const Call& call, const std::set<ExamCode>& codes) {
  std::vector<std::pair<std::string, json>> named;
  for (const ExamCode& code : codes) {
    const auto head = call.site.exams() == nullptr ? std::nullopt : call.site.exams()->find_head(code);
    std::string label = code.text();
    if (head) {
      label = fmt::format("{}, {} ({})", Text{head->name_en, head->name_ko}.in(call.language), write_day(head->exam_on, call.language),
                          code.text());
    }
    named.emplace_back(head ? format_date(head->exam_on) : std::string(), json{{"code", code.text()}, {"label", label}});
  }
  std::stable_sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  json list = json::array();
  for (auto& [day, exam] : named) list.push_back(std::move(exam));
  return list;
}

// Exams from which schools can be taken over: those that venues were asked for, and those that are stored.
json earlier_exams(const Call& call, const OffersCall& of) {
  std::set<ExamCode> codes;
  for (const VenueRequest& request : of.offers.list_requests()) {
    if (is_city(call) || (call.actor().district && request.find(*call.actor().district) != nullptr)) codes.insert(request.exam);
  }
  // To a coordinator an exam is there once one of its plans is live.
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) codes.insert(exam.code);
  if (is_city(call) && call.site.exams() != nullptr) {
    for (const ExamCode& code : call.site.exams()->list_exams()) codes.insert(code);
  }
  codes.erase(of.exam);
  return describe_earlier_exams(call, codes);
}

std::string write_wishes(const std::optional<VenueRequest>& request) {
  std::string lines;
  if (!request) return lines;
  for (const DistrictWish& wish : request->districts)
    lines += fmt::format("{}, {}{}\n", wish.district.text(), wish.seats, wish.email.empty() ? "" : ", " + wish.email);
  return lines;
}

// What stands in the field: what was typed, or what is stored.
std::string typed_or(const Call& call, bool again, const char* field, const std::string& stored) {
  return again ? field_of(call.form, field) : stored;
}

void describe_request_form(const Call& call, const OffersCall& of, const std::optional<VenueRequest>& request,
                           const InvalidInput* refused, json& data) {
  const Pages& pages = call.site.pages();
  const bool again = refused != nullptr && call.form.contains("districts");
  const auto label = [&](const char* name) { return pages.text(call.language, name); };
  FormView form;
  const auto add = [&](FieldKind kind, const char* id, std::string name, std::string hint, const std::string& value,
                       Presence presence, int longest) {
    Field field;
    field.kind = kind;
    field.id = id;
    field.label = std::move(name);
    field.hint = std::move(hint);
    field.value = value;
    field.presence = presence;
    field.longest = longest;
    form.add(std::move(field));
  };
  const std::string gap = request ? std::to_string(request->rule.min_gap_cm) : std::string("0");
  const std::string cap = request && request->rule.people_cap ? std::to_string(*request->rule.people_cap) : std::string();
  std::string due;
  if (request) {
    const LocalTime there = local_time(request->due_at, of.words.zone);
    due = fmt::format("{} {}", format_date(there.day), format_time_of_day(there.minute));
  }
  add(FieldKind::digits, "min_gap_cm", label("offers.gap"), label("offers.gap_hint"), typed_or(call, again, "min_gap_cm", gap),
      Presence::needed, 6);
  add(FieldKind::digits, "people_cap", label("offers.cap"), label("offers.cap_hint"), typed_or(call, again, "people_cap", cap),
      Presence::optional, 6);
  add(FieldKind::line, "due_at", label("offers.due"), label("offers.due_hint"), typed_or(call, again, "due_at", due),
      Presence::needed, 20);
  add(FieldKind::lines, "districts", label("offers.wishes"), label("offers.wishes_hint"),
      typed_or(call, again, "districts", write_wishes(request)), Presence::needed, 40'000);
  add(FieldKind::email, "city_email", label("offers.city_email"), label("offers.city_email_hint"),
      typed_or(call, again, "city_email", request ? request->city_email : std::string()), Presence::optional, 200);
  add(FieldKind::lines, "note", label("offers.request_note"), label("offers.request_note_hint"),
      typed_or(call, again, "note", request ? request->note : std::string()), Presence::optional, 1000);
  if (refused != nullptr) {
    for (const Fault& fault : refused->faults().kept()) form.add_fault(fault.column, fault.what.in(call.language));
    if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
  }
  form.describe(data);
}

std::string draw_rules(const Call& call, const std::vector<VenueOffer>& offers, const SeatRule& rule, const SeatRule& other) {
  std::vector<RuleSpot> spots;
  for (const VenueOffer& offer : offers) {
    if (offer.state == services::OfferState::withdrawn) continue;
    spots.push_back({offer.at, offer.name, services::count_seats(offer.rooms, rule).seats,
                     services::count_seats(offer.rooms, other).seats});
  }
  return render_rule_map(call.site.pages(), spots, call.language);
}

SeatRule rule_to_compare(const Call& call, const SeatRule& asked) {
  const SeatRule other = read_rule(call.query, asked);
  if (services::is_countable(other)) return other;
  throw InvalidInput("bad_request", {"Compare with a distance from 0 to 10,000 cm and a cap from 1 to 10,000 people.",
                                     "거리는 0~10,000 cm, 시험실당 인원은 1~10,000명 사이로 적으십시오."});
}

// What was typed of a school that was refused.
json describe_adding(const Call& call) {
  return {{"code", field_of(call.form, "code_of_venue")},
          {"name", field_of(call.form, "name")},
          {"lat", field_of(call.form, "lat")},
          {"lon", field_of(call.form, "lon")}};
}

// How much of what is asked would come into the exam now: whoever is too early makes an exam without seats for most.
std::string adoption_words(const Call& call, const std::vector<DistrictCount>& counts, const std::vector<VenueOffer>& offers) {
  std::int64_t seats = 0;
  std::int64_t missing = 0;
  for (const DistrictCount& count : counts) {
    seats += count.accepted_seats;
    missing += count.missing();
  }
  const auto venues = std::count_if(offers.begin(), offers.end(), [](const VenueOffer& offer) {
    return offer.state == services::OfferState::accepted;
  });
  return call.site.pages().text(call.language, "offers.adopt_now",
                                {{"venues", group_digits(static_cast<long long>(venues))},
                                 {"seats", group_digits(seats)},
                                 {"missing", group_digits(missing)}});
}

// Codes that are no district's, to whoever typed them.
json describe_unknown(const Call& call, const VenueRequest& request) {
  std::string codes;
  if (is_city(call)) {
    for (const DistrictCode& code : services::list_unknown_districts(request)) codes += (codes.empty() ? "" : ", ") + code.text();
  }
  if (codes.empty()) return false;
  return {{"words", call.site.pages().text(call.language, "offers.unknown_districts", {{"codes", codes}})}};
}

// What stands on the page once the city has asked.
void add_request_part(const Call& call, const OffersCall& of, const VenueRequest& request, const std::vector<VenueOffer>& offers,
                      json& data) {
  const SeatRule other = rule_to_compare(call, request.rule);
  const bool compares = !(other == request.rule);
  data["request"] = {{"due", write_deadline(request.due_at, of.words.zone)},
                     {"rule", rule_words(call, request.rule)},
                     {"unknown", describe_unknown(call, request)},
                     {"over", request.due_at < call.site.now()}};
  if (!request.note.empty()) data["request"]["note"] = {{"words", request.note}};
  data["compares"] = compares;
  data["tried"] = {{"gap", field_of(call.query, "min_gap_cm")}, {"cap", field_of(call.query, "people_cap")}};
  if (compares) data["other_rule"] = rule_words(call, other);
  data["offers"] = describe_offers(call, of, offers, request.rule, compares ? &other : nullptr);
  const std::string map = compares ? draw_rules(call, offers, request.rule, other) : std::string();
  if (!map.empty()) data["map"] = {{"drawing", map}};
  std::vector<DistrictCount> counts = services::count_districts(request, offers);
  if (!is_city(call)) std::erase_if(counts, [&](const DistrictCount& count) { return count.district != call.actor().district; });
  data["counts"] = describe_counts(call, counts);
  if (is_city(call)) data["adopt_now"] = adoption_words(call, counts, offers);
  data["adding"] = describe_adding(call);
  data["districts"] = json::array();
  for (const DistrictCount& count : counts)
    data["districts"].push_back({{"code", count.district.text()},
                                 {"name", district_name(call, count.district)},
                                 {"chosen", count.district.text() == field_of(call.form, "district")}});
  data["can_add"] = !counts.empty();
}

Response show_offers_page(const Call& call, const InvalidInput* refused, Lateness lateness = Lateness::in_time) {
  const Pages& pages = call.site.pages();
  const OffersCall of = offers_of(call);
  const auto request = of.offers.find_request(of.exam);
  const auto offers = services::list_own_offers(of.offers, call.actor(), of.exam);
  Page page{.name = "venue_offers", .title = pages.text(call.language, "offers.title")};
  const std::string address = address_of_offers(call, of.exam);
  page.data = {{"exam", {{"name", of.words.name.in(call.language)}}},
               {"city", is_city(call)},
               {"action", address},
               {"letters", fmt::format("/{}/exams/{}/venue-letters", code_of(call.language), encode_percent(of.exam.text()))},
               {"chiefs", fmt::format("/{}/exams/{}/venue-chiefs", code_of(call.language), encode_percent(of.exam.text()))},
               {"form_token", call.form_token},
               {"asked", request.has_value()},
               {"version", version_again(call.form, lateness, request ? request->version : 0)},
               {"copy_from", earlier_exams(call, of)}};
  if (of.exam_on) page.data["exam"]["on"] = write_day(*of.exam_on, call.language);
  page.data["can_copy"] = request.has_value() && !page.data["copy_from"].empty();
  if (const std::int64_t unread = count_unread_letters(call, of.exam); unread > 0)
    page.data["unread"] = {{"count", group_digits(unread)}};
  page.data["schools"] = fmt::format("/{}/schools", code_of(call.language));
  page.data["library"] = describe_library_choices(call);
  page.data["can_take"] = request.has_value() && !page.data["library"].empty();
  page.data["any_offer"] = !offers.empty();
  if (request) add_request_part(call, of, *request, offers, page.data);
  if (is_city(call)) {
    describe_request_form(call, of, request, refused, page.data);
  } else {
    FormView form;
    if (refused != nullptr) form.add_refusal(*refused, call.language);
    form.describe(page.data);
  }
  if (refused != nullptr) {
    page.status = lateness == Lateness::late ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

DistrictWish read_wish_line(const std::string& line) {
  DistrictWish wish;
  const std::size_t first = line.find(',');
  const std::size_t second = first == std::string::npos ? first : line.find(',', first + 1);
  wish.district = DistrictCode(clean_signs(line.substr(0, first)));
  if (first == std::string::npos) {
    throw InvalidInput("bad_request", {fmt::format("'{}': write district, seats and, if wanted, an e-mail address.", line.substr(0, 60)),
                                       fmt::format("'{}': 자치구 코드, 좌석 수, 전자우편 주소(선택) 순으로 적으십시오.", line.substr(0, 60))});
  }
  const std::string seats = line.substr(first + 1, second == std::string::npos ? second : second - first - 1);
  wish.seats = whole_number_in(seats, {"Seats", "좌석 수"}).value_or(-1);
  if (second != std::string::npos) wish.email = clean_signs(line.substr(second + 1));
  return wish;
}

// What is wrong with one entry stands beside what is wrong with the others.
template <class Read>
auto read_request_part(Faults& faults, const char* field, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const InvalidInput& refused) {
    faults.add({"", 0, field, refused.message(), {}});
    return {};
  }
}

std::vector<DistrictWish> read_wish_lines(const std::string& typed, Faults& faults) {
  std::vector<DistrictWish> wishes;
  const std::string lines = clean_lines(typed);
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string line = lines.substr(at, end - at);
    if (!line.empty()) wishes.push_back(read_request_part(faults, "districts", [&] { return read_wish_line(line); }));
    at = end + 1;
  }
  return wishes;
}

VenueRequest request_of_form(const Call& call, const OffersCall& of) {
  Faults faults;
  // What is not sent stays as it is, where there is a request already.
  const std::optional<VenueRequest> known = of.offers.find_request(of.exam);
  VenueRequest wanted = known.value_or(VenueRequest{});
  const auto sent = [&](const char* name) { return !known || call.form.contains(name); };
  wanted.exam = of.exam;
  wanted.version = offer_version_in(field_of(call.form, "version"));
  services::SeatRule otherwise;
  if (!sent("min_gap_cm")) otherwise.min_gap_cm = wanted.rule.min_gap_cm;
  if (!sent("people_cap")) otherwise.people_cap = wanted.rule.people_cap;
  wanted.rule = read_request_part(faults, "min_gap_cm", [&] { return read_rule(call.form, otherwise); });
  if (sent("due_at"))
    wanted.due_at = read_request_part(faults, "due_at", [&] { return due_in(field_of(call.form, "due_at"), of.words.zone); });
  if (sent("note")) wanted.note = field_of(call.form, "note");
  if (sent("city_email")) wanted.city_email = field_of(call.form, "city_email");
  if (sent("districts")) wanted.districts = read_wish_lines(field_of(call.form, "districts"), faults);
  if (!faults.empty()) throw InvalidInput("bad_request", faults.kept().front().what, faults);
  return wanted;
}

// A coordinator's own; the city says which.
DistrictCode district_of_form(const Call& call) {
  if (!is_city(call)) return call.actor().district.value_or(DistrictCode());
  return district_in(field_of(call.form, "district"));
}

}  // namespace

Response show_offers(const Call& call) {
  return show_offers_page(call, nullptr);
}

Response save_shown_request(const Call& call) {
  const OffersCall of = offers_of(call);
  try {
    services::save_wishes(of.offers, call.actor(), request_of_form(call, of), of.words, call.site.now());
  } catch (const InvalidInput& refused) {
    return show_offers_page(call, &refused);
  } catch (const Conflict& late) {
    // Somebody else was faster: what was typed stays beside what is asked for now.
    const InvalidInput refused(late.code(), late.message());
    return show_offers_page(call, &refused, Lateness::late);
  }
  return redirect(address_of_offers(call, of.exam));
}

Response add_shown_offer(const Call& call) {
  const OffersCall of = offers_of(call);
  VenueOffer filled;
  filled.exam = of.exam;
  filled.district = district_of_form(call);
  try {
    filled = services::save_own_offer(of.offers, call.actor(), read_offer_fields(call.form, std::move(filled)), call.site.now());
  } catch (const InvalidInput& refused) {
    return show_offers_page(call, &refused);
  } catch (const Conflict& taken) {
    // What was typed stays, for another code.
    const InvalidInput refused(taken.code(), taken.message());
    return show_offers_page(call, &refused);
  }
  return redirect(address_of_offer(call, filled));
}

Response copy_shown_offers(const Call& call) {
  const OffersCall of = offers_of(call);
  if (call.site.exams() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  try {
    if (field_of(call.form, "from").empty())
      throw InvalidInput("exam_missing", {"Choose the exam to take schools from.", "학교를 가져올 시험을 고르십시오."});
    services::copy_offers(of.offers, *call.site.exams(), call.actor(), ExamCode(field_of(call.form, "from")), of.exam,
                          district_of_form(call), call.site.now());
  } catch (const InvalidInput& refused) {
    return show_offers_page(call, &refused);
  }
  return redirect(address_of_offers(call, of.exam));
}

Response adopt_shown_offers(const Call& call) {
  const OffersCall of = offers_of(call);
  if (call.site.exams() == nullptr || call.site.jobs() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const services::Job job = services::order_adoption(of.offers, *call.site.exams(), *call.site.jobs(), call.actor(), of.exam,
                                                     field_of(call.form, "reason"), call.site.now(),
                                                     field_of(call.form, "keep_others") == "yes" ? services::OtherVenues::stay
                                                                                                 : services::OtherVenues::go);
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web

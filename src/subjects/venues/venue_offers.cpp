// What districts do with their offers, and what the city answers.
#include "hanjari/venues/venue_offers.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/far_points.h"
#include "venues/entry_faults.h"
#include "venues/offer_notices.h"
#include "venues/offer_rights.h"
#include "venues/school_questions.h"

namespace hanjari::services {
namespace {

constexpr std::size_t most_rooms_offered = 500;
// One room may have its 40,000 desks blocked, five hundred may not: every page of the venue reads them all.
constexpr std::size_t most_desks_blocked = 50'000;
// Schools that one district has for one exam; the founding city has 101 in 25 districts.
constexpr int minutes_of_a_day = 24 * 60;

void check_offer_length(const std::string& text, std::size_t most, const char* field, const Text& name, EntryFaults& faults) {
  if (count_characters(text) <= most) return;
  faults.add(field, {fmt::format("{}: use at most {} characters.", name.en, most),
                     fmt::format("{}: {}자 이내로 적으십시오.", name.ko, most)});
}

// By the rule of the package's tables, which the offer becomes a part of.
void check_offered_text(const std::string& text, std::size_t most_bytes, const char* field, const Text& name,
                        EntryFaults& faults) {
  const auto fault = find_text_fault(text, most_bytes);
  if (!fault) return;
  const Text sentence = sentence_of(*fault);
  faults.add(field, {fmt::format("{}: {}", name.en, sentence.en), fmt::format("{}: {}", name.ko, sentence.ko)});
}

void clean_offer(VenueOffer& offer) {
  for (std::string* line : {&offer.name, &offer.address, &offer.phone, &offer.contact.name, &offer.contact.phone})
    *line = clean_line(*line);
  for (std::string* lines : {&offer.access_note, &offer.note}) *lines = clean_lines(*lines);
  offer.contact.email = clean_signs(offer.contact.email);
}

bool is_place_on_earth(Point at) {
  return std::isfinite(at.lat) && std::isfinite(at.lon) && std::abs(at.lat) <= 90 && std::abs(at.lon) <= 180;
}

// No school of a district lies in another country: a sign, a digit or the order of the two was lost. Nothing is known of the place of
// a district that the program does not know.
std::optional<Text> find_far_school(const VenueOffer& offer) {
  const DistrictFact* district = find_district_fact(offer.district.text());
  if (district == nullptr || !std::isfinite(offer.at.lat) || !std::isfinite(offer.at.lon)) return std::nullopt;
  auto far = FarPoints(district->centre(), {}, {"the middle of the district", "자치구의 가운데"}).find(offer.at);
  // What lies nowhere on earth has no distance that could be told.
  if (!far || (!far->swapped && !is_place_on_earth(offer.at))) return std::nullopt;
  return std::move(far->what);
}

void check_offered_place(const VenueOffer& offer, EntryFaults& faults) {
  if (auto fault = package::find_file_name_fault(offer.code.text()); fault || offer.code.empty()) {
    faults.add("venue_code", {"The venue's code is missing or has signs that no code has.",
                              "시험장 코드가 없거나 코드에 쓸 수 없는 문자가 있습니다."});
  }
  if (offer.name.empty()) faults.add("name", {"Enter the name of the school.", "학교 이름을 입력하십시오."});
  const Text asked{"Enter where the school is: latitude (Seoul: about 37.5) and longitude (about 127).",
                   "학교의 위치를 위도(서울은 약 37.5)와 경도(약 127)로 입력하십시오."};
  if (const auto far = find_far_school(offer)) {
    faults.add("lat", {far->en + ". " + asked.en, far->ko + ". " + asked.ko});
  } else if (!is_place_on_earth(offer.at) || offer.at == Point{}) {
    faults.add("lat", asked);
  }
  if (offer.opens_at && offer.closes_at && *offer.opens_at >= *offer.closes_at) {
    faults.add("closes_at", {"The school closes before it opens; correct one of the times.",
                             "닫는 시각이 여는 시각보다 빠릅니다. 시각을 고치십시오."});
  }
  for (const auto& time : {offer.opens_at, offer.closes_at}) {
    if (time && (*time < 0 || *time >= minutes_of_a_day))
      faults.add("opens_at", {"Enter times from 00:00 to 23:59.", "시각은 00:00에서 23:59 사이로 적으십시오."});
  }
}

// Numbers of schools may have words beside them; a spreadsheet takes the 0 of those that have none.
void check_offered_phone(const std::string& phone, const char* field, EntryFaults& faults) {
  const auto whole = find_phone_with_its_zero(phone);
  if (!whole) return;
  faults.add(field, {fmt::format("There is no 0 at the beginning: enter the number as {}, or with its area code if it is another one.", *whole),
                     in_korean("맨 앞에 0이 없습니다. {}[이/가] 맞으면 그렇게 입력하고, 아니면 지역번호를 붙여 입력하십시오.", *whole)});
}

void check_offered_contact(VenueOffer& offer, EntryFaults& faults) {
  ContactFault fault;
  if (!offer.contact.email.empty()) {
    if (auto email = read_email(offer.contact.email, fault)) {
      offer.contact.email = std::move(*email);
    } else {
      faults.add("contact_email", fault.what);
    }
  }
  check_offer_length(offer.contact.name, 100, "contact_name", {"Contact", "담당자"}, faults);
  check_offer_length(offer.contact.phone, 50, "contact_phone", {"Telephone", "전화번호"}, faults);
  check_offered_phone(offer.contact.phone, "contact_phone", faults);
}

void check_offered_room(const Room& room, EntryFaults& faults) {
  const std::string where = std::to_string(room.room_no);
  const auto within = [](int value, int least, int most) { return value >= least && value <= most; };
  if (!within(room.room_no, 1, largest_room_no)) {
    faults.add("rooms", {"Rooms have numbers from 1.", "시험실 번호는 1부터입니다."});
  }
  check_offered_text(room.building, longest_building, "rooms",
                     {fmt::format("Room {}, building", where), fmt::format("{}번 시험실 건물", where)}, faults);
  check_offered_text(room.floor, longest_floor, "rooms",
                     {fmt::format("Room {}, floor", where), fmt::format("{}번 시험실 층", where)}, faults);
  if (!within(room.row_count, 1, 200) || !within(room.column_count, 1, 200) || !within(room.row_pitch_cm, 1, 10'000) ||
      !within(room.column_pitch_cm, 1, 10'000)) {
    faults.add("rooms", {fmt::format("Room {}: rows and columns are from 1 to 200, what lies between desks from 1 to 10,000 cm.", where),
                         fmt::format("{}번 시험실: 줄과 칸은 1~200, 책상 간격은 1~10,000 cm로 적으십시오.", where)});
  }
  const bool inside = std::all_of(room.blocked.begin(), room.blocked.end(), [&](const Desk& desk) {
    return within(desk.row, 1, room.row_count) && within(desk.column, 1, room.column_count);
  });
  if (!inside) {
    faults.add("rooms", {fmt::format("Room {}: a blocked desk is outside the room.", where),
                         fmt::format("{}번 시험실: 사용하지 않는 책상이 시험실 밖에 있습니다.", where)});
  }
  if (room.people_cap && !within(*room.people_cap, 1, 40'000)) {
    faults.add("rooms", {fmt::format("Room {}: the cap is a number from 1, or empty.", where),
                         fmt::format("{}번 시험실: 인원 상한은 1 이상으로 적거나 비워 두십시오.", where)});
  }
}

void check_offered_rooms(std::vector<Room>& rooms, EntryFaults& faults) {
  if (rooms.size() > most_rooms_offered) {
    faults.add("rooms", {fmt::format("A school has at most {} rooms.", most_rooms_offered),
                         fmt::format("한 학교의 시험실은 {}실까지입니다.", most_rooms_offered)});
    return;
  }
  std::sort(rooms.begin(), rooms.end(), [](const Room& a, const Room& b) { return a.room_no < b.room_no; });
  std::set<int> known;
  std::size_t blocked = 0;
  for (Room& room : rooms) {
    room.venue = VenueIndex::none();
    room.building = clean_line(room.building);
    room.floor = clean_line(room.floor);
    std::sort(room.blocked.begin(), room.blocked.end());
    room.blocked.erase(std::unique(room.blocked.begin(), room.blocked.end()), room.blocked.end());
    check_offered_room(room, faults);
    if (!known.insert(room.room_no).second) {
      faults.add("rooms", {fmt::format("Room {} stands there twice; give one of the two another number.", room.room_no),
                           fmt::format("{}번 시험실이 두 번 있습니다. 하나의 번호를 바꾸십시오.", room.room_no)});
    }
    blocked += room.blocked.size();
  }
  if (blocked > most_desks_blocked) {
    faults.add("rooms", {fmt::format("A school has at most {} blocked desks. Enter fewer rows and columns instead.",
                                     group_digits(most_desks_blocked)),
                         fmt::format("한 학교에서 막을 수 있는 책상은 {}개까지입니다. 줄과 칸의 수를 줄여 적으십시오.",
                                     group_digits(most_desks_blocked))});
  }
}

void check_offer(VenueOffer& offer, EntryFaults& faults) {
  clean_offer(offer);
  check_offered_place(offer, faults);
  check_offer_length(offer.name, 100, "name", {"School", "학교"}, faults);
  check_offer_length(offer.address, 200, "address", {"Address", "주소"}, faults);
  check_offer_length(offer.phone, 50, "phone", {"Telephone", "전화번호"}, faults);
  check_offered_text(offer.name, longest_venue_name, "name", {"School", "학교"}, faults);
  check_offered_text(offer.address, longest_venue_address, "address", {"Address", "주소"}, faults);
  check_offered_text(offer.phone, longest_venue_phone, "phone", {"Telephone", "전화번호"}, faults);
  check_offered_phone(offer.phone, "phone", faults);
  check_offer_length(offer.access_note, longest_note, "access_note", {"Accessibility", "접근성"}, faults);
  check_offer_length(offer.note, longest_note, "note", {"Note", "비고"}, faults);
  check_offered_contact(offer, faults);
  check_offered_rooms(offer.rooms, faults);
}

void save_step(VenueOfferRepository& offers, const VenueRequest& request, const Actor& actor, VenueOffer& next,
               OfferState state, const std::string& told, OfferSaving saving, Instant now) {
  next.state = state;
  next.told = told;
  ++next.version;
  next.author = actor.account;
  next.changed_at = now;
  saving.seats = count_seats(next.rooms, request.rule).seats;
  offers.save_offer(next, saving, change_of(actor, "", now));
}

// Steps are numbered by versions that are compared when they are saved, so that two proposals at once count as two.
void require_rare_questions(VenueOfferRepository& offers, const VenueOffer& offer, Instant now) {
  const std::vector<OfferStep> steps = offers.list_steps(offer.id);
  const auto asked = std::count_if(steps.begin(), steps.end(), [&](const OfferStep& step) {
    return step.state == OfferState::proposed && step.at > now - std::chrono::hours(24);
  });
  if (asked < most_questions_a_day) return;
  throw Conflict("too_many_questions",
                 {fmt::format("This school was asked {} times within a day. Ask it again tomorrow, or call it.", asked),
                  fmt::format("하루 동안 이 학교에 {}번 요청을 보냈습니다. 내일 다시 보내거나 전화로 확인하십시오.", asked)});
}

// A request that is not there yet says nothing of the districts that are asked.
void require_asked(const VenueRequest& request, const Actor& actor, const DistrictCode& district) {
  require_own_district(actor, district);
  if (request.find(district) != nullptr) return;
  throw Conflict("district_not_asked", {"Nothing is asked of this district for this exam. Ask the city to add it.",
                                        "이 시험에서 해당 자치구에는 시험장을 요청하지 않았습니다. 시청에 추가를 요청하십시오."});
}

}  // namespace

void require_room_for_offers(VenueOfferRepository& offers, const ExamCode& exam, const DistrictCode& district, std::size_t more) {
  if (offers.list_offers(exam, district).size() + more > most_offers_of_district) throw_too_many_offers();
}

void throw_too_many_offers() {
  throw Conflict("too_many_offers", {fmt::format("A district has at most {} venues for an exam.", most_offers_of_district),
                                     fmt::format("한 시험에서 자치구의 시험장은 {}곳까지입니다.", most_offers_of_district)});
}

std::vector<VenueOffer> list_own_offers(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam) {
  if (is_of_city(actor)) return offers.list_offers(exam, std::nullopt);
  if (actor.role == Role::district_coordinator && actor.district) return offers.list_offers(exam, actor.district);
  throw_not_your_district();
}

std::optional<VenueOffer> find_reached_offer(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam,
                                             const VenueCode& code) {
  if (is_of_city(actor)) return offers.find_offer(exam, code);
  if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
  return offers.find_own_offer(exam, code, *actor.district);
}

VenueOffer open_offer(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam, const VenueCode& code) {
  auto offer = find_reached_offer(offers, actor, exam, code);
  if (offer) return std::move(*offer);
  if (!is_of_city(actor)) throw_not_your_district();
  throw NotFound("no_such_offer", {"No district offers this venue.", "이 시험장을 제출한 자치구가 없습니다."});
}

bool may_name_offer(const Actor& actor, const VenueCode& code) {
  if (is_of_city(actor)) return true;
  if (!actor.district) return false;
  const std::string prefix = actor.district->text() + "-";
  return code.text().size() > prefix.size() && code.text().starts_with(prefix);
}

VenueOffer save_own_offer(VenueOfferRepository& offers, const Actor& actor, VenueOffer filled, Instant now) {
  require_own_district(actor, filled.district);
  // Before it is looked whether there is one.
  if (filled.version == 0 && !may_name_offer(actor, filled.code)) {
    const std::string prefix = filled.district.text() + "-";
    EntryFaults faults;
    faults.add("code_of_venue", {fmt::format("The code of a new venue begins with {}: {}01.", prefix, prefix),
                                 fmt::format("새 시험장의 코드를 자치구 코드로 시작하십시오. 보기: {}01", prefix)});
    faults.throw_if_any("bad_offer");
  }
  return save_known_offer(offers, actor, std::move(filled), now);
}

void find_offer_faults(VenueOffer& filled, const SeatRule& rule, EntryFaults& faults) {
  EntryFaults own;
  check_offer(filled, own);
  // Whether seats can be counted is asked of rooms that are rooms.
  if (!own.any()) find_uncountable(filled.rooms, rule, own);
  faults.add_all(own);
}

VenueOffer save_known_offer(VenueOfferRepository& offers, const Actor& actor, VenueOffer filled, Instant now) {
  const VenueRequest request = load_request(offers, filled.exam);
  require_asked(request, actor, filled.district);
  EntryFaults faults;
  find_offer_faults(filled, request.rule, faults);
  faults.throw_if_any("bad_offer");
  const auto before = find_reached_offer(offers, actor, filled.exam, filled.code);
  if (before && filled.version == 0) {
    throw Conflict("code_taken", {"A venue with this code is there already. Open it, or choose another code.",
                                  "같은 코드의 시험장이 이미 있습니다. 그 시험장을 열거나 다른 코드를 쓰십시오."});
  }
  if (!before && filled.version != 0) return open_offer(offers, actor, filled.exam, filled.code);  // refuses
  if (before) {
    require_version(*before, filled.version);
    if (before->district != filled.district) {
      throw Conflict("other_district", {"A venue stays in its district.", "시험장의 자치구는 바꿀 수 없습니다."});
    }
    if (same_offer(*before, filled)) return *before;
    filled.id = before->id;
  } else {
    require_room_for_offers(offers, filled.exam, filled.district, 1);
    filled.id = draw_token();
  }
  OfferSaving saving;
  if (before && !is_of_city(actor)) tell_city_of_loss(request, filled, before->state, saving.messages);
  save_step(offers, request, actor, filled, OfferState::draft, "", std::move(saving), now);
  return filled;
}

VenueOffer propose_offer(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam, const VenueCode& code,
                         std::int64_t version, const std::string& portal, const ExamWords& words, Instant now) {
  VenueOffer offer = open_offer(offers, actor, exam, code);
  require_version(offer, version);
  // A proposal that nobody answered may be sent again, with a new code.
  if (offer.state == OfferState::confirmed || offer.state == OfferState::accepted) throw_wrong_state(offer);
  const VenueRequest request = load_request(offers, exam);
  require_asked(request, actor, offer.district);
  EntryFaults faults;
  if (offer.rooms.empty()) faults.add("rooms", {"Enter the rooms first.", "시험실을 먼저 입력하십시오."});
  if (offer.contact.email.empty()) {
    faults.add("contact_email", {"Enter the e-mail address of whoever confirms for the school.",
                                 "학교에서 확인해 줄 담당자의 전자우편 주소를 입력하십시오."});
  }
  faults.throw_if_any("offer_incomplete");
  if (portal.empty()) {
    throw Conflict("no_portal_address", {"The address of the portal is not set, so that no link can be sent. Whoever runs "
                                         "the program sets portal.address.",
                                         "포털 주소가 설정되지 않아 링크를 보낼 수 없습니다. 운영자에게 portal.address 설정을 "
                                         "요청하십시오."});
  }
  require_rare_questions(offers, offer, now);
  const std::string ticket = draw_token(32);
  const std::string code_word = draw_school_code();
  OfferSaving saving;
  SchoolQuestion question;
  question.ticket_hash = sha256(ticket).hex();
  question.offer = offer.id;
  question.offer_version = offer.version + 1;
  question.code_hash = offers.hash_question_code(question.ticket_hash, code_word);
  question.expires_at = end_of_link(now, words);
  saving.messages.push_back(school_message(offer, question, portal + "/ko/venue-confirmations/" + ticket, code_word, words));
  saving.question = std::move(question);
  save_step(offers, request, actor, offer, OfferState::proposed, "", std::move(saving), now);
  return offer;
}

VenueOffer withdraw_offer(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam, const VenueCode& code,
                          std::int64_t version, const std::string& told, Instant now) {
  VenueOffer offer = open_offer(offers, actor, exam, code);
  require_version(offer, version);
  if (offer.state == OfferState::withdrawn) throw_wrong_state(offer);
  const std::string why = require_told(told);
  const VenueRequest request = load_request(offers, exam);
  OfferSaving saving;
  if (!is_of_city(actor)) tell_city_of_loss(request, offer, offer.state, saving.messages);
  tell_school_of_withdrawal(offer, offer.state, saving.messages);
  save_step(offers, request, actor, offer, OfferState::withdrawn, why, std::move(saving), now);
  return offer;
}

VenueOffer answer_offer(VenueOfferRepository& offers, const Actor& actor, const ExamCode& exam, const VenueCode& code,
                        std::int64_t version, CityAnswer answer, const std::string& told, const ExamWords& about,
                        Instant now) {
  require_city(actor);
  VenueOffer offer = open_offer(offers, actor, exam, code);
  require_version(offer, version);
  const bool accepts = answer == CityAnswer::accept;
  const bool may_ask_back = offer.state == OfferState::proposed || offer.state == OfferState::confirmed ||
                            offer.state == OfferState::accepted;
  if (accepts ? offer.state != OfferState::confirmed : !may_ask_back) throw_wrong_state(offer);
  const std::string words = accepts && clean_lines(told).empty() ? std::string() : require_told(told);
  const VenueRequest request = load_request(offers, exam);
  OfferSaving saving;
  if (accepts) tell_school_of_acceptance(offer, about, saving.messages);
  const DistrictWish* wish = request.find(offer.district);
  if (wish != nullptr && !wish->email.empty()) {
    saving.messages.push_back(message_to_office(
        fmt::format("venue-answer/{}/{}", offer.id, offer.version + 1), exam, wish->email,
        accepts ? Text{fmt::format("{}: accepted", offer.name), fmt::format("{}: 시험장 수락", offer.name)}
                : Text{fmt::format("{}: please revise", offer.name), fmt::format("{}: 보완 요청", offer.name)},
        accepts ? Text{fmt::format("The city has accepted {}. {}", offer.name, words),
                       fmt::format("시험장 수락: {}. {}", offer.name, words)}
                : Text{fmt::format("The city asks you to revise {}: {}", offer.name, words),
                       fmt::format("보완이 필요한 시험장: {}. 내용: {}", offer.name, words)}));
  }
  save_step(offers, request, actor, offer, accepts ? OfferState::accepted : OfferState::asked_back, words,
            std::move(saving), now);
  return offer;
}

}  // namespace hanjari::services

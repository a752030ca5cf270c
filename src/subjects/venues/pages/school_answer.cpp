#include "venues/pages/school_answer.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/base/written_day.h"
#include "hanjari/plans/exams.h"
#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_offers.h"
#include "site/pages/form_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

services::VenueOfferRepository& offers_of_portal(const Call& call) {
  if (call.site.venue_offers() != nullptr) return *call.site.venue_offers();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
}

services::ExamWords words_of_exam_of(const Call& call, const ExamCode& exam) {
  if (call.site.exams() != nullptr) {
    if (const auto head = call.site.exams()->find_head(exam))
      return {{head->name_en, head->name_ko}, head->time_zone, head->exam_on};
  }
  return {{exam.text(), exam.text()}, machine_time_zone()};
}

std::string address_of_question(const Call& call) {
  return fmt::format("/{}/venue-confirmations/{}", code_of(call.language), encode_percent(call.path.at("ticket")));
}

// What a link says that is good no more; also for one that nobody ever sent, so that nothing is learned by trying.
Response show_over(const Call& call, const Error& refused) {
  Page page{.name = "school_answer", .title = call.site.pages().text(call.language, "school.over")};
  page.data = {{"over", {{"words", refused.message().in(call.language)}}}};
  page.status = 409;
  return show(call, page);
}

// What else is asked of a room; a usual one has nothing.
std::string room_in_words(const Call& call, const Room& room) {
  const Pages& pages = call.site.pages();
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : " · ") + more; };
  if (room.use == RoomUse::reserve) add(pages.text(call.language, "school.reserve_room"));
  if (room.use == RoomUse::separate) add(pages.text(call.language, "school.separate_room"));
  if (room.accessible) add(pages.text(call.language, "offers.step_free"));
  if (room.people_cap) add(pages.text(call.language, "school.at_most", {{"people", group_digits(*room.people_cap)}}));
  return words.empty() ? "–" : words;
}

json describe_asked_rooms(const Call& call, const services::SchoolView& view) {
  json rows = json::array();
  for (const Room& room : view.offer.rooms) {
    rows.push_back({{"number", std::to_string(room.room_no)},
                    {"place", room.building.empty() ? room.floor : fmt::format("{} {}", room.building, room.floor)},
                    {"size", fmt::format("{} × {}", room.row_count, room.column_count)},
                    {"pitch", fmt::format("{} × {}", room.row_pitch_cm, room.column_pitch_cm)},
                    {"more", room_in_words(call, room)},
                    {"blocked", group_digits(static_cast<long long>(room.blocked.size()))}});
  }
  return rows;
}

std::string contact_in_words(const services::SchoolContact& contact) {
  std::string words;
  for (const std::string* part : {&contact.name, &contact.email, &contact.phone}) {
    if (!part->empty()) words += (words.empty() ? "" : " · ") + *part;
  }
  return words;
}

// What the school says yes to beside its rooms: everything of the offer that a change takes back the yes for, but what the district says
// to the city. Of whom the district asks there the school knows its own people again; the link alone names nobody.
json describe_asked_facts(const Call& call, const services::SchoolView& view) {
  const services::VenueOffer& offer = view.offer;
  const Pages& pages = call.site.pages();
  json facts = json::array();
  const auto add = [&](const char* name, const std::string& value) {
    facts.push_back({{"name", pages.text(call.language, name)}, {"value", value.empty() ? std::string("–") : value}});
  };
  const auto time = [](const std::optional<int>& minutes) { return minutes ? format_time_of_day(*minutes) : std::string(); };
  add("offers.kind", pages.text(call.language, offer.kind == VenueKind::isolation       ? "offers.kind_isolation"
                                               : offer.kind == VenueKind::accommodation ? "offers.kind_accommodation"
                                                                                        : "offers.kind_regular"));
  add("offers.phone", offer.phone);
  add("offers.opens", time(offer.opens_at));
  add("offers.closes", time(offer.closes_at));
  add("offers.access", offer.access_note);
  add("school.contact", contact_in_words(view.contact));
  std::string plans;
  if (call.site.venue_files() != nullptr) {
    for (const services::VenueFile& file : call.site.venue_files()->list_files(offer.id)) plans += (plans.empty() ? "" : ", ") + file.name;
  }
  add("school.plans", plans);
  return facts;
}

Response show_question_page(const Call& call, const Error* refused) {
  const services::SchoolView view = services::open_question(offers_of_portal(call), call.path.at("ticket"), call.site.now());
  const services::ExamWords words = words_of_exam_of(call, view.offer.exam);
  const Pages& pages = call.site.pages();
  Page page{.name = "school_answer", .title = pages.text(call.language, "school.title", {{"school", view.offer.name}})};
  json question{{"exam", words.name.in(call.language)},
                {"school", view.offer.name},
                {"address", view.offer.address},
                {"until", write_deadline(view.expires_at, words.zone, call.language)},
                {"summary", pages.text(call.language, "school.summary",
                                       {{"rooms", group_digits(static_cast<long long>(view.offer.rooms.size()))},
                                        {"seats", group_digits(view.seats)}})},
                {"facts", describe_asked_facts(call, view)},
                {"rooms", describe_asked_rooms(call, view)},
                {"action", address_of_question(call)},
                {"says_yes", field_of(call.form, "answer") == "yes"},
                {"says_no", field_of(call.form, "answer") == "no"},
                {"told", field_of(call.form, "told")}};
  if (words.on) question["exam_day"] = {{"words", write_day(*words.on, call.language)}};
  page.data = {{"question", std::move(question)}, {"form_token", call.form_token}};
  FormView form;
  if (refused != nullptr) {
    form.add_fault("", refused->message().in(call.language));
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

// After a wrong entry; the link may have come to its end meanwhile.
Response show_question_again(const Call& call, const Error& refused) {
  try {
    return show_question_page(call, &refused);
  } catch (const NotFound& over) {
    return show_over(call, over);
  }
}

Response show_thanks(const Call& call, const services::VenueOffer& offer) {
  const bool yes = offer.state == services::OfferState::confirmed;
  Page page{.name = "school_answer",
            .title = call.site.pages().text(call.language, yes ? "school.thanks_yes" : "school.thanks_no")};
  page.data = {{"done", {{"words", page.title}, {"school", offer.name}}}};
  return show(call, page);
}

services::SchoolAnswer answer_in(const Values& form) {
  const std::string word = field_of(form, "answer");
  constexpr std::string_view answers[] = {"yes", "no"};
  const std::size_t meant = find_meant_word(word, answers);
  if (meant < std::size(answers)) return meant == 0 ? services::SchoolAnswer::yes : services::SchoolAnswer::no;
  throw InvalidInput("answer_missing", {"Choose yes or no.", "예 또는 아니요를 고르십시오."});
}

}  // namespace

Response show_school_question(const Call& call) {
  try {
    return show_question_page(call, nullptr);
  } catch (const NotFound& refused) {
    return show_over(call, refused);
  }
}

Response answer_school_question(const Call& call) {
  try {
    return show_thanks(call, services::answer_question(offers_of_portal(call), call.site.attempts(), call.path.at("ticket"),
                                                       field_of(call.form, "code"), answer_in(call.form),
                                                       field_of(call.form, "told"), call.request.source, call.site.now()));
  } catch (const NotFound& refused) {
    return show_over(call, refused);
  } catch (const Conflict& refused) {
    return show_over(call, refused);
  } catch (const InvalidInput& refused) {
    return show_question_again(call, refused);
  } catch (const NotAllowed& refused) {
    return show_question_again(call, refused);
  }
}

}  // namespace hanjari::web

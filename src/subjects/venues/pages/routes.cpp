
#include "venues/pages/routes.h"

#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_letters.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/pages/chiefs/chiefs_page.h"
#include "venues/pages/letters/letters_page.h"
#include "venues/pages/library/library_page.h"
#include "venues/pages/offer_files.h"
#include "venues/pages/offered_room.h"
#include "venues/pages/offers_api.h"
#include "venues/pages/office_offer.h"
#include "venues/pages/office_offers.h"
#include "venues/pages/office_venues.h"
#include "venues/pages/room_files.h"
#include "venues/pages/rosters_api.h"
#include "venues/pages/school_answer.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr int rosters_at_once = 8;
constexpr std::size_t offer_bytes = 64 * 1024;
// A list of rooms, and what the form adds.
constexpr Limits sent_rooms{services::longest_room_list + 64 * 1024, 4, 1};
// A photo or a plan, and what the form adds.
constexpr Limits sent_plan{services::longest_venue_file + 64 * 1024, 4, 1};
constexpr int files_at_once = 8;
// A letter with its files.
constexpr Limits sent_letter{services::most_letter_files * services::longest_letter_file + 64 * 1024, 4,
                             static_cast<int>(services::most_letter_files)};
// Each may read a whole earlier exam.
constexpr Limits copied_schools{8 * 1024, 1};
// The same from a program: base 64 writes three bytes as four letters.
constexpr Limits letter_of_program{services::most_letter_files * ((services::longest_letter_file + 2) / 3 * 4) + 64 * 1024, 4};

Permission venue_staff(ExamState state = ExamState::not_named) {
  return Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}},
                           state);
}

ApiDescription roster_in(const char* en, const char* ko) {
  return {{en, ko},
          {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
          {"language"}};
}

Permission city_only() {
  return Permission::staff({{Role::exam_officer, Reach::everything}}, ExamState::any);
}

ApiDescription json_of_offers(const char* en, const char* ko) {
  return {{en, ko}, {"application/json"}, {}};
}

// Asking for venues, offering them, and the schools' answers.
void add_offer_pages(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits});
  };
  const Permission both = venue_staff(ExamState::any);
  const Limits entry{offer_bytes, 0};
  add(Method::get, "/{language}/exams/{code}/venue-offers", both, show_offers);
  add(Method::post, "/{language}/exams/{code}/venue-offers", both, add_shown_offer, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/requests", city_only(), save_shown_request, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/copies", both, copy_shown_offers, copied_schools);
  add(Method::post, "/{language}/exams/{code}/venue-offers/adoptions", city_only(), adopt_shown_offers, entry);
  add(Method::get, "/{language}/exams/{code}/venue-offers/{venue_code}", both, show_offer);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}", both, save_shown_offer, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/rooms", both, save_shown_rooms, sent_rooms);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/steps", both, step_shown_offer, entry);
  add(Method::get, "/{language}/exams/{code}/venue-offers/{venue_code}/rooms/{room}", both, show_offered_room);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/rooms/{room}", both, save_offered_room, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/files", both, attach_shown_file, sent_plan);
  add(Method::get, "/{language}/exams/{code}/venue-offers/{venue_code}/files/{file}", both, download_offer_file,
      {0, files_at_once});
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/files/{file}/removals", both, remove_offer_file, entry);
  routes.push_back({Method::get, "/{language}/venue-confirmations/{ticket}", Listener::portal, Permission::anybody(),
                    show_school_question});
  routes.push_back({Method::post, "/{language}/venue-confirmations/{ticket}", Listener::portal, Permission::anybody(),
                    answer_school_question, entry});
}

void add_offer_api(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       ApiDescription api) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Permission both = venue_staff(ExamState::any);
  const Limits entry{offer_bytes, 0};
  const Limits rooms{services::longest_room_list + offer_bytes, 4};
  add(Method::get, "/api/v1/exams/{code}/venue-requests", both, describe_request_by_api, {},
      json_of_offers("What is asked of districts, and how far they are; of a coordinator the own district only",
                     "자치구에 요청한 시험장과 진행 상황. 책임관은 자기 자치구만"));
  add(Method::post, "/api/v1/exams/{code}/venue-requests", city_only(), save_request_by_api, entry,
      json_of_offers("Asks districts for seats (version, min_gap_cm, people_cap, due_at, note, city_email, districts); what is "
                     "not sent stays as it was asked before",
                     "자치구에 시험장 요청(version, min_gap_cm, people_cap, due_at, note, city_email, districts). 보내지 않은 "
                     "항목은 이전 요청 그대로 둠"));
  add(Method::get, "/api/v1/exams/{code}/venue-offers", both, list_offers_by_api, {},
      json_of_offers("Venues that districts offer; of a coordinator the own district only",
                     "자치구가 제출한 시험장. 책임관은 자기 자치구만"));
  add(Method::get, "/api/v1/exams/{code}/venue-offers/{venue_code}", both, describe_offer_by_api, {},
      json_of_offers("An offered venue with its rooms and their capacity; the contact is recorded",
                     "제출한 시험장과 시험실, 정원. 담당자 열람은 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/venue-offers/{venue_code}", both, save_offer_by_api, rooms,
      json_of_offers("Makes (version 0) or changes an offered venue; rooms_csv replaces its rooms",
                     "시험장 작성(version 0) 또는 변경. rooms_csv를 보내면 시험실을 바꿈"));
  add(Method::post, "/api/v1/exams/{code}/venue-offers/{venue_code}/steps", both, step_offer_by_api, entry,
      json_of_offers("Takes a step: propose or withdraw; accept or ask_back for the city (step, version, told)",
                     "단계 처리: propose, withdraw. accept, ask_back은 시청만(step, version, told)"));
  const char* const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  add(Method::get, "/api/v1/exams/{code}/venue-offers/{venue_code}/rooms.xlsx", both, download_room_workbook, {0, files_at_once},
      ApiDescription{{"The rooms of an offered venue as a workbook", "시험장의 시험실 목록(통합 문서)"}, {workbook}, {}});
  add(Method::post, "/api/v1/exams/{code}/venue-offers/{venue_code}/rooms", both, send_rooms_by_api,
      Limits{services::longest_room_list + 1024, 4},
      ApiDescription{{"Replaces the rooms by those of a workbook: its bytes as the body. With marked=yes a workbook that has wrong cells "
                      "comes back with these marked",
                      "통합 문서의 시험실로 바꿈. 파일을 본문으로 보냄. marked=yes이면 잘못된 셀이 있는 통합 문서를 셀에 표시하여 돌려줌"},
                     {"application/json", workbook},
                     {"version", "marked"}});
  const Limits one_file{services::longest_venue_file + 1024, 4};
  const char* const files = "/api/v1/exams/{code}/venue-offers/{venue_code}/files";
  add(Method::get, files, both, list_files_by_api, {}, json_of_offers("Photos and plans of an offered venue", "시험장의 사진과 도면"));
  ApiDescription sending = json_of_offers("Sends a photo or plan: its bytes as application/pdf, image/jpeg or image/png",
                                          "사진이나 도면 보내기. 파일을 application/pdf, image/jpeg, image/png으로 보냄");
  sending.query = {"name"};
  add(Method::post, files, both, send_file_by_api, one_file, sending);
  add(Method::get, "/api/v1/exams/{code}/venue-offers/{venue_code}/files/{file}", both, download_offer_file,
      {0, files_at_once},
      ApiDescription{{"A photo or plan; taking it is recorded", "사진이나 도면. 받으면 감사 기록에 남음"},
                     {"application/pdf", "image/jpeg", "image/png"},
                     {}});
  add(Method::post, "/api/v1/exams/{code}/venue-offers/{venue_code}/files/{file}/removals", both, remove_file_by_api, entry,
      json_of_offers("Removes a photo or plan", "사진이나 도면 지우기"));
  add(Method::post, "/api/v1/exams/{code}/venue-adoptions", city_only(), adopt_offers_by_api, entry,
      json_of_offers("Puts the accepted venues into the exam: 202 with the job that does it",
                     "수락한 시험장을 시험에 반영: 202와 작업 주소"));
  add(Method::get, "/api/v1/exams/{code}/venue-files/{table}", city_only(), download_accepted, {},
      ApiDescription{{"venues.csv or rooms.csv of the accepted venues", "수락한 시험장의 venues.csv, rooms.csv"}, {"text/csv"}, {}});
}

// Letters and instructions.
void add_letter_routes(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Permission both = venue_staff(ExamState::any);
  const Permission coordinators = Permission::staff({{Role::district_coordinator, Reach::own_district}}, ExamState::any);
  const Limits entry{offer_bytes, 0};
  add(Method::get, "/{language}/exams/{code}/venue-letters", both, show_letters, {});
  add(Method::post, "/{language}/exams/{code}/venue-letters", both, write_shown_letter, sent_letter);
  add(Method::get, "/{language}/exams/{code}/venue-letters/files/{file}", both, download_letter_file, {0, files_at_once});
  add(Method::post, "/{language}/exams/{code}/venue-instructions", city_only(), publish_shown_instruction, entry);
  add(Method::post, "/{language}/exams/{code}/venue-instructions/receipts", coordinators, confirm_shown_instruction, entry);
  ApiDescription letters = json_of_offers("Letters with a district or about a venue, and how many are unread; reading them is noted",
                                          "자치구 또는 시험장에 관한 글과 읽지 않은 수. 읽은 것으로 기록됨");
  letters.query = {"district", "venue"};
  ApiDescription file{{"A file that goes with a letter, by its id; taking it is recorded", "글에 붙은 파일. 받으면 감사 기록에 남음"},
                      {"application/pdf", "image/jpeg", "image/png"},
                      {"district", "venue"}};
  add(Method::get, "/api/v1/exams/{code}/venue-letters/files/{file}", both, download_letter_file, {0, files_at_once}, file);
  add(Method::get, "/api/v1/exams/{code}/venue-letters", both, list_letters_by_api, {}, letters);
  add(Method::post, "/api/v1/exams/{code}/venue-letters", both, write_letter_by_api, letter_of_program,
      json_of_offers("Writes a letter (district, venue, words; files: at most three of {name, content}, PDF, JPEG or PNG in base 64)",
                     "글 보내기(district, venue, words. files: {name, content} 세 개까지. PDF, JPEG, PNG를 base64로)"));
  add(Method::get, "/api/v1/exams/{code}/venue-instructions", both, list_instructions_by_api, {},
      json_of_offers("Instructions, and who confirmed to have read them; of a coordinator the own confirmations",
                     "지침과 확인 현황. 책임관은 자신의 확인만"));
  add(Method::post, "/api/v1/exams/{code}/venue-instructions", city_only(), publish_instruction_by_api, entry,
      json_of_offers("Publishes an instruction to all districts (title, words)", "모든 자치구에 지침 게시(title, words)"));
  add(Method::post, "/api/v1/exams/{code}/venue-instructions/receipts", coordinators, confirm_instruction_by_api, entry,
      json_of_offers("Confirms that an instruction was read (number)", "지침 확인(number)"));
}

// Schools that are kept beyond one exam.
void add_library_routes(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Permission any_exam = venue_staff();
  const Permission both = venue_staff(ExamState::any);
  const Limits entry{offer_bytes, 0};
  add(Method::get, "/{language}/schools", any_exam, show_library, {});
  add(Method::post, "/{language}/schools/removals", any_exam, remove_shown_school, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/library", both, offer_shown_school, entry);
  add(Method::post, "/{language}/exams/{code}/venue-offers/{venue_code}/kept", both, keep_shown_offer, entry);
  add(Method::get, "/api/v1/schools", any_exam, list_library_by_api, {},
      json_of_offers("Schools of the library; of a coordinator the own district only", "보관된 학교. 책임관은 자기 자치구만"));
  add(Method::post, "/api/v1/schools/removals", any_exam, remove_school_by_api, entry,
      json_of_offers("Forgets a school of the library (district, school_code)", "보관된 학교 삭제(district, school_code)"));
  add(Method::post, "/api/v1/exams/{code}/venue-library", both, offer_school_by_api, entry,
      json_of_offers("Offers a school of the library as a draft (district, school_code)",
                     "보관된 학교로 시험장 작성(district, school_code)"));
  add(Method::post, "/api/v1/exams/{code}/venue-offers/{venue_code}/kept", both, keep_offer_by_api, entry,
      json_of_offers("Keeps an offered school in the library", "시험장을 보관함에 저장"));
}

// Who looks after which venue on the exam day.
void add_chief_routes(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Permission both = venue_staff(ExamState::any);
  const Limits entry{offer_bytes, 0};
  add(Method::get, "/{language}/exams/{code}/venue-chiefs", both, show_chiefs, {});
  add(Method::post, "/{language}/exams/{code}/venue-chiefs", both, give_shown_venue, entry);
  add(Method::post, "/{language}/exams/{code}/venue-chiefs/removals", both, take_shown_venue, entry);
  add(Method::get, "/{language}/own-venues", Permission::staff({{Role::venue_chief, Reach::own_venue}}), show_own_venues, {});
  add(Method::get, "/api/v1/exams/{code}/venue-chiefs", both, list_chiefs_by_api, {},
      json_of_offers("Venue chiefs of the exam; of a coordinator the own district only", "시험장 책임관. 책임관은 자기 자치구만"));
  add(Method::post, "/api/v1/exams/{code}/venue-chiefs", both, give_venue_by_api, entry,
      json_of_offers("Gives a venue to the account of a chief (venue_code, account)", "시험장 맡기기(venue_code, account)"));
  add(Method::post, "/api/v1/exams/{code}/venue-chiefs/removals", both, take_venue_by_api, entry,
      json_of_offers("Takes the venue back (account)", "시험장 지정 해제(account)"));
}

// Rosters are for a venue's chief too.
Permission roster_takers() {
  return Permission::staff({{Role::exam_officer, Reach::everything},
                            {Role::district_coordinator, Reach::own_district},
                            {Role::venue_chief, Reach::own_venue}},
                           ExamState::live);
}

void add_members_of_venues(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/venue-requests",
       {"version", "min_gap_cm", "people_cap", "due_at", "note", "city_email", "districts"}},
      {"/api/v1/exams/{code}/venue-offers/{venue_code}",
       {"version", "district", "name", "address", "lat", "lon", "kind", "phone", "access_note", "note",
        "contact_name", "contact_email", "contact_phone", "opens_at", "closes_at", "rooms_csv"}},
      {"/api/v1/exams/{code}/venue-offers/{venue_code}/steps", {"step", "version", "told"}},
      {"/api/v1/exams/{code}/venue-offers/{venue_code}/files/{file}/removals", {}},
      {"/api/v1/exams/{code}/venue-adoptions", {"keep_others", "reason"}},
      {"/api/v1/exams/{code}/venue-letters", {"district", "venue", "words", "files"}},
      {"/api/v1/exams/{code}/venue-instructions", {"title", "words"}},
      {"/api/v1/exams/{code}/venue-instructions/receipts", {"number"}},
      {"/api/v1/schools/removals", {"district", "school_code"}},
      {"/api/v1/exams/{code}/venue-library", {"district", "school_code"}},
      {"/api/v1/exams/{code}/venue-offers/{venue_code}/kept", {}},
      {"/api/v1/exams/{code}/venue-chiefs", {"venue_code", "account"}},
      {"/api/v1/exams/{code}/venue-chiefs/removals", {"account"}}});
}

}  // namespace

void add_venue_routes(std::vector<Route>& routes) {
  add_chief_routes(routes);
  add_library_routes(routes);
  add_letter_routes(routes);
  add_offer_pages(routes);
  add_offer_api(routes);
  constexpr Listener office = Listener::office;
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, Limits limits = {},
                       std::optional<ApiDescription> api = std::nullopt) {
    routes.push_back({Method::get, pattern, office, who, handler, limits, std::move(api)});
  };
  get("/{language}/exams/{code}/venues", venue_staff(ExamState::live), show_venues);
  get("/api/v1/exams/{code}/venues/{venue_code}/rosters", roster_takers(), download_roster,
      {0, rosters_at_once},
      roster_in("Roster of a venue; the format by Accept", "시험장의 응시자 명부. 형식은 Accept로 정함"));
  get("/api/v1/exams/{code}/venues/{venue_code}/rosters.{format}", roster_takers(), download_roster,
      {0, rosters_at_once},
      roster_in("Roster of a venue as pdf, xlsx or csv", "시험장의 응시자 명부 (pdf, xlsx, csv)"));
  add_members_of_venues(routes);
}

}  // namespace hanjari::web

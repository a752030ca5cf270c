#include "materials/pages/routes.h"

#include "materials/pages/briefing_page.h"
#include "materials/pages/materials_api.h"
#include "materials/pages/materials_page.h"
#include "materials/pages/packing_files.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr Limits entry_of_materials{64 * 1024, 0};
// Each draws a file.
constexpr Limits packing_at_once{0, 8};
// A page of the day asks for all of its pictures at once, and many chiefs open theirs in one hour; nobody asks again for a picture that was refused.
constexpr Limits pictures_at_once{0, 32};

Permission material_staff() {
  return Permission::staff({{Role::exam_officer, Reach::everything},
                            {Role::district_coordinator, Reach::own_district},
                            {Role::venue_chief, Reach::own_venue}},
                           ExamState::live);
}

Permission material_offices() {
  return Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}},
                           ExamState::live);
}

Permission material_city() {
  return Permission::staff({{Role::exam_officer, Reach::everything}}, ExamState::live);
}

ApiDescription json_of_materials(const char* en, const char* ko, std::vector<std::string> query = {}) {
  return {{en, ko}, {"application/json"}, std::move(query)};
}

void add_ledger_pages(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits});
  };
  const Permission all = material_staff();
  add(Method::get, "/{language}/exams/{code}/materials", all, show_materials, packing_at_once);
  add(Method::post, "/{language}/exams/{code}/materials/settings", material_city(), save_shown_settings, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/handovers", all, hand_over_shown, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/receipts", all, receive_shown, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/counts", all, count_shown, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/corrections", all, correct_shown, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/signers", material_offices(), issue_shown_signer, entry_of_materials);
  add(Method::post, "/{language}/exams/{code}/materials/dry-runs", all, step_shown_dry_run, entry_of_materials);
  add(Method::get, "/{language}/exams/{code}/venues/{venue_code}/materials", all, show_venue_materials);
  add(Method::get, "/{language}/exams/{code}/venues/{venue_code}/material-labels", all, show_material_labels, packing_at_once);
}

void add_briefing_pages(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits});
  };
  add(Method::get, "/{language}/exams/{code}/venues/{venue_code}/briefing", material_staff(), show_briefing);
  add(Method::get, "/{language}/exams/{code}/venues/{venue_code}/briefing-files/{file}", material_staff(), download_briefing_file, pictures_at_once);
  add(Method::post, "/{language}/exams/{code}/venues/{venue_code}/briefing-checks", material_staff(), tick_shown, entry_of_materials);
  add(Method::get, "/{language}/exams/{code}/briefings", material_offices(), show_readiness);
  add(Method::post, "/{language}/exams/{code}/briefings", material_offices(), save_shown_note, entry_of_materials);
}

void add_material_api(std::vector<Route>& routes) {
  const auto add = [&](Method method, const char* pattern, const Permission& who, Handler handler, Limits limits,
                       ApiDescription api) {
    routes.push_back({method, pattern, Listener::office, who, handler, limits, std::move(api)});
  };
  const Permission all = material_staff();
  add(Method::get, "/api/v1/exams/{code}/materials", all, describe_ledger_by_api, {},
      json_of_materials("Ledger of materials and where it does not agree; of a coordinator the own district, of a chief the own venue",
                        "문답지 수불 장부와 맞지 않는 곳. 책임관은 자기 자치구, 시험장 책임관은 자기 시험장만", {"venue", "run"}));
  add(Method::post, "/api/v1/exams/{code}/materials/handovers", all, hand_over_by_api, entry_of_materials,
      json_of_materials("The giver signs (from, to, items, parcel, code)", "인계 서명(from, to, items, parcel, code)"));
  add(Method::post, "/api/v1/exams/{code}/materials/receipts", all, receive_by_api, entry_of_materials,
      json_of_materials("The receiver signs (act, counts, code)", "인수 서명(act, counts, code)"));
  add(Method::post, "/api/v1/exams/{code}/materials/counts", all, count_by_api, entry_of_materials,
      json_of_materials("What lies at a station, counted (station, items)", "보관 수량 확인(station, items)"));
  add(Method::post, "/api/v1/exams/{code}/materials/corrections", all, correct_by_api, entry_of_materials,
      json_of_materials("Corrects an entry by a new one (entry, count, reason; seen: number of the last entry that was read)",
                        "새 줄로 수량 정정(entry, count, reason. seen: 마지막으로 확인한 줄 번호)"));
  add(Method::post, "/api/v1/exams/{code}/materials/signers", material_offices(), issue_signer_by_api, entry_of_materials,
      json_of_materials("A code for somebody who signs without an account (station, name)", "계정 없이 서명할 사람의 코드 발급(station, name)"));
  add(Method::get, "/api/v1/exams/{code}/material-parcels", all, read_parcel_by_api, {},
      json_of_materials("What the code of an envelope or box means", "봉투나 상자의 코드가 가리키는 것", {"parcel", "run"}));
  add(Method::get, "/api/v1/exams/{code}/venues/{venue_code}/packing", all, describe_packing_by_api, packing_at_once,
      json_of_materials("What goes to a venue and its rooms, in seat order, by the live plan",
                        "확정 배정안에 따라 시험장과 시험실로 가는 문답지, 좌석 순서", {"run"}));
  add(Method::get, "/api/v1/exams/{code}/venues/{venue_code}/packing.{format}", all, download_packing, packing_at_once,
      {{"The packing list of a venue as pdf, xlsx or csv", "시험장의 포장 목록 (pdf, xlsx, csv)"},
       {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
       {"language", "run"}});
  add(Method::get, "/api/v1/exams/{code}/venues/{venue_code}/briefing", all, describe_briefing_by_api, {},
      json_of_materials("The day of a venue: address and contacts, words to it, plans of the school, clock, rooms, check list; people on duty, "
                        "their rooms from the minute that is set",
                        "시험장의 당일 안내: 주소와 연락처, 전달 사항, 학교 도면, 시간표, 시험실, 점검표, 감독관. 감독관별 시험실은 공개 시각 이후", {"run"}));
  add(Method::get, "/api/v1/exams/{code}/venues/{venue_code}/briefing-files/{file}", all, download_briefing_file, pictures_at_once,
      {{"A plan or photo of the school, by its id; taking it is recorded", "학교의 도면 또는 사진. 받으면 감사 기록에 남음"},
       {"application/pdf", "image/jpeg", "image/png"},
       {}});
  add(Method::post, "/api/v1/exams/{code}/venues/{venue_code}/briefing-checks", all, tick_by_api, entry_of_materials,
      json_of_materials("Ticks a line of the check list, or takes it back (item, done)", "점검 항목 확인 또는 취소(item, done)"));
  add(Method::get, "/api/v1/exams/{code}/material-settings", material_city(), describe_settings_by_api, {},
      json_of_materials("Spares and sizes by which packing is counted, with their version", "예비 수량과 상자 크기, 판"));
  add(Method::post, "/api/v1/exams/{code}/material-settings", material_city(), save_settings_by_api, entry_of_materials,
      json_of_materials("Sets them (version, sheets, seals, reserve, envelopes); what is not sent stays",
                        "예비 수량 변경(version, sheets, seals, reserve, envelopes). 보내지 않은 항목은 그대로"));
  add(Method::post, "/api/v1/exams/{code}/material-dry-runs", all, step_dry_run_by_api, entry_of_materials,
      json_of_materials("Begins the dry run of the account, or ends it and deletes it (step: begin or end)",
                        "계정의 연습 시작 또는 종료와 삭제(step: begin 또는 end)"));
  add(Method::get, "/api/v1/exams/{code}/briefing-notes", material_offices(), describe_own_note_by_api, {},
      json_of_materials("The own words to the venues: of the city, or of the own district; recorded",
                        "시험장에 전하는 말: 시청 또는 자기 자치구. 감사 기록에 남음"));
  add(Method::post, "/api/v1/exams/{code}/briefing-notes", material_offices(), save_own_note_by_api, entry_of_materials,
      json_of_materials("Sets the own words to the venues (words, version)", "시험장에 전하는 말 저장(words, version)"));
  add(Method::get, "/api/v1/exams/{code}/briefings", material_offices(), list_readiness_by_api, {},
      json_of_materials("How far the check lists of all own venues are", "담당 시험장의 점검 현황", {"run"}));
}

void add_members_of_materials(std::vector<Route>& routes) {
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/exams/{code}/materials/handovers", {"from", "to", "items", "parcel", "code", "dry_run"}},
      {"/api/v1/exams/{code}/materials/receipts", {"act", "counts", "code", "dry_run"}},
      {"/api/v1/exams/{code}/materials/counts", {"station", "items", "dry_run"}},
      {"/api/v1/exams/{code}/materials/corrections", {"entry", "count", "reason", "seen", "dry_run"}},
      {"/api/v1/exams/{code}/materials/signers", {"station", "name", "dry_run"}},
      {"/api/v1/exams/{code}/material-settings", {"version", "sheets", "seals", "reserve", "envelopes"}},
      {"/api/v1/exams/{code}/material-dry-runs", {"step"}},
      {"/api/v1/exams/{code}/briefing-notes", {"words", "version"}},
      {"/api/v1/exams/{code}/venues/{venue_code}/briefing-checks", {"item", "done", "dry_run"}}});
}

}  // namespace

void add_material_routes(std::vector<Route>& routes) {
  add_ledger_pages(routes);
  add_briefing_pages(routes);
  add_material_api(routes);
  add_members_of_materials(routes);
}

}  // namespace hanjari::web

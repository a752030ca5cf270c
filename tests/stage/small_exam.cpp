#include "stage/small_exam.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/accounts/form_owner.h"
#include "hanjari/accounts/passwords.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::web::testing {
namespace {

Date day(const char* text) {
  return *parse_date(text);
}

void add_venue(Exam& exam, const char* code, const char* name, const char* district, const char* address) {
  Venue venue;
  venue.code = VenueCode(code);
  venue.name = name;
  venue.district = exam.words.intern(district);
  venue.address = address;
  venue.phone = "02-120";
  exam.venues.push_back(venue);
}

void add_room(Exam& exam, std::size_t venue, int room_no, const char* floor) {
  Room room;
  room.venue = VenueIndex(venue);
  room.room_no = room_no;
  room.building = "본관";
  room.floor = floor;
  room.row_count = 5;
  room.column_count = 5;
  room.row_pitch_cm = 130;
  room.column_pitch_cm = 140;
  room.blocked = {Desk{5, 5}};
  exam.rooms.push_back(room);
}

void add_person(PlannedExam& planned, const char* name, const char* birth, std::size_t room, int seat_no, Desk desk) {
  Exam& exam = planned.exam;
  const std::size_t position = exam.applicants.size();
  Applicant applicant;
  applicant.id = ApplicantId(fmt::format("A{}", position + 1));
  applicant.name = name;
  applicant.unit = UnitIndex(std::size_t{0});
  applicant.birth_on = day(birth);
  exam.applicants.push_back(applicant);
  Placement placement;
  placement.applicant = ApplicantIndex(position);
  placement.number = ApplicantNumber(fmt::format("01{:06}", position + 1));
  placement.venue = exam.rooms[room].venue;
  placement.room = RoomIndex(room);
  placement.seat_no = seat_no;
  placement.desk = desk;
  placement.travel_m = 1200;
  planned.plan.placements.push_back(placement);
}

// The part of the exam whose placements are chosen, with everybody else taken out.
template <class Chosen>
PlannedExam part_of(const PlannedExam& whole, Chosen chosen) {
  PlannedExam part = whole;
  part.exam.applicants.clear();
  part.plan.placements.clear();
  for (const Placement& placement : whole.plan.placements) {
    if (!chosen(placement)) continue;
    Placement moved = placement;
    moved.applicant = ApplicantIndex(part.exam.applicants.size());
    part.exam.applicants.push_back(whole.exam[placement.applicant]);
    part.plan.placements.push_back(moved);
  }
  return part;
}

}  // namespace

PlannedExam make_small_exam() {
  PlannedExam planned;
  Exam& exam = planned.exam;
  exam.header.code = ExamCode("seoul-2021-1");
  exam.header.name_ko = "2021년도 제1회 서울특별시 공개경쟁 임용시험";
  exam.header.name_en = "Seoul recruitment exam 2021, round 1";
  exam.header.exam_on = day("2021-06-05");
  exam.header.time_zone = "Asia/Seoul";
  Unit unit;
  unit.code = UnitCode("010");
  unit.series_ko = "일반행정";
  unit.series_en = "General administration";
  unit.posts = 100;
  unit.starts_at = 10 * 60;
  unit.seated_by = 9 * 60 + 20;
  exam.units.push_back(unit);
  add_venue(exam, "V1", "경복고등학교", "11110", "서울특별시 종로구 자하문로28가길 9");
  add_venue(exam, "V2", "성동고등학교", "11140", "서울특별시 중구 퇴계로 375");
  add_venue(exam, "V3", "경신고등학교", "11110", "서울특별시 종로구 혜화로 74");
  add_room(exam, 0, 1, "1");
  add_room(exam, 0, 2, "2");
  add_room(exam, 1, 1, "B1");
  exam.venues[0].first_room = 0;
  exam.venues[0].room_count = 2;
  exam.venues[1].first_room = 2;
  exam.venues[1].room_count = 1;
  exam.venues[2].first_room = 3;
  add_person(planned, "김한자", "1997-03-05", 1, 3, {3, 1});
  add_person(planned, "이리나", "1996-11-21", 0, 1, {1, 1});
  add_person(planned, "박도윤", "1999-01-02", 0, 2, {2, 1});
  add_person(planned, "최서연", "1995-07-30", 1, 4, {4, 1});
  add_person(planned, "정하준", "1994-02-28", 2, 1, {1, 1});
  add_person(planned, "<b>윤&뫼</b>", "1993-12-31", 2, 2, {2, 1});
  planned.plan.digest = std::string(64, 'd');
  planned.plan.report.status = PlanStatus::feasible;
  planned.plan.report.seated = 6;
  return planned;
}

void MemoryPlans::fail_if_told() const {
  if (failure) std::rethrow_exception(failure);
}

std::vector<services::LiveExam> MemoryPlans::list_live_exams() {
  fail_if_told();
  std::vector<services::LiveExam> exams;
  for (const PlannedExam& planned : live) {
    const ExamHeader& header = planned.exam.header;
    exams.push_back({header.code, header.name_ko, header.name_en, header.exam_on, header.time_zone, planned.plan.digest,
                     Instant{}, tells_fairness});
  }
  return exams;
}

std::optional<PlannedExam> MemoryPlans::find_seat(const ExamCode& code, const ApplicantNumber& number, Date birth_on) {
  fail_if_told();
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code != code) continue;
    PlannedExam part = part_of(planned, [&](const Placement& placement) {
      return placement.number == number && planned.exam[placement.applicant].birth_on == birth_on;
    });
    if (!part.plan.placements.empty()) return part;
  }
  return std::nullopt;
}

std::optional<PlannedExam> MemoryPlans::find_place(const ExamCode& code, const ApplicantNumber& number) {
  fail_if_told();
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code != code) continue;
    PlannedExam part = part_of(planned, [&](const Placement& placement) { return placement.number == number; });
    if (!part.plan.placements.empty()) return part;
  }
  return std::nullopt;
}

std::optional<PlannedExam> MemoryPlans::find_own_seat(const ExamCode& code, const ApplicantId& id) {
  fail_if_told();
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code != code) continue;
    PlannedExam part =
        part_of(planned, [&](const Placement& placement) { return planned.exam[placement.applicant].id == id; });
    if (!part.plan.placements.empty()) return part;
  }
  return std::nullopt;
}

std::optional<Room> MemoryPlans::find_room(const ExamCode& code, const VenueCode& venue, std::int64_t room_no) {
  fail_if_told();
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code != code) continue;
    for (const Room& room : planned.exam.rooms) {
      if (planned.exam[room.venue].code == venue && room.room_no == room_no) return room;
    }
  }
  return std::nullopt;
}

std::vector<Unit> MemoryPlans::list_units(const ExamCode& code) {
  fail_if_told();
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code == code) return planned.exam.units;
  }
  return {};
}

std::vector<services::VenueSummary> MemoryPlans::list_venues(const ExamCode& code,
                                                             const std::optional<DistrictCode>& district) {
  fail_if_told();
  std::vector<services::VenueSummary> venues;
  for (const PlannedExam& planned : live) {
    if (planned.exam.header.code != code) continue;
    for (std::size_t at = 0; at < planned.exam.venues.size(); ++at) {
      const Venue& venue = planned.exam.venues[at];
      const DistrictCode own(planned.exam.words[venue.district]);
      if (district && own != *district) continue;
      const auto people = std::count_if(planned.plan.placements.begin(), planned.plan.placements.end(),
                                        [&](const Placement& placement) { return placement.venue == VenueIndex(at); });
      venues.push_back({venue.code, venue.name, own, venue.address, venue.room_count, people});
    }
  }
  for (int more = 0; more < more_venues; ++more) {
    venues.push_back({VenueCode(fmt::format("W{:03}", more)), fmt::format("제{}중학교", more), DistrictCode("11110"),
                      "서울특별시 종로구", 3, 45});
  }
  return venues;
}

std::optional<PlannedExam> MemoryPlans::find_venue_plan(const ExamCode& code, const VenueCode& venue) {
  fail_if_told();
  if (while_read) std::exchange(while_read, nullptr)();
  for (const PlannedExam& planned : live) {
    const VenueIndex index = planned.exam.find(venue);
    if (planned.exam.header.code != code || !index.exists()) continue;
    return part_of(planned, [&](const Placement& placement) { return placement.venue == index; });
  }
  return std::nullopt;
}

void MemoryAccess::record_access(const services::Change& change, const services::AuditNote& note) {
  records.push_back({change.author, note.action, note.subject, note.whose, note.detail});
}

SiteServices Office::services() {
  SiteServices made{plans,
          accounts,
          attempts,
          access,
          clock,
          [this] {
            if (!database_answers) throw Unavailable("no_database", {"no answer", "응답 없음"});
          },
          &applying.intake,
          &seat_views,
          &trail,
          &provider,
          {},
          &jobs,
          &stored,
          &approvals,
          &applying.outbox,
          &papers,
          &invigilators,
          &results,
          &workbench,
          &venue_offers,
          &venue_letters,
          &venue_files,
          &publications,
          &desk,
          &venue_chiefs,
          &venue_library,
          &materials,
          &briefings,
          &venue_staff,
          &waiting};
  made.paper_templates = &paper_templates;
  made.interviews = &interviews;
  made.load_templates = [this] { return paper_templates.load(); };
  made.is_asked = [this](const services::Actor& actor, const ExamCode& exam) {
    return services::is_asked(venue_offers, actor, exam);
  };
  return made;
}

std::string Office::sign_in(const std::string& name, services::Role role, const std::string& district) {
  services::Actor actor{name, role, {}};
  if (!district.empty()) actor.district = DistrictCode(district);
  // Stretching a password takes its time on purpose: once for everybody who signs in in tests of this program.
  static const std::string stretched = services::hash_password("twelve letters at least");
  services::Account account;
  account.actor = actor;
  account.created_at = clock.now();
  account.password_hash = stretched;
  accounts.add_account(account, {"administrator", "", clock.now()});
  return open_session(actor);
}

std::string Office::open_session(const services::Actor& actor) {
  const std::string token = sha256("session " + std::to_string(++sessions_opened) + " of " + actor.account).hex();
  services::Session session;
  session.actor = actor;
  session.csrf_token = services::draw_form_token(accounts, actor.account);
  session.expires_at = clock.now() + std::chrono::hours(24 * 365);
  session.idle_limit = std::chrono::hours(24 * 365);
  accounts.save_session(sha256(token).hex(), session, clock.now());
  return token;
}

std::string Office::sign_in_applicant(const std::string& account) {
  return open_session({account, services::Role::applicant});
}

}  // namespace hanjari::web::testing

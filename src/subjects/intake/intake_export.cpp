// The frozen list of applicants as exam packages.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/base/written_day.h"
#include "hanjari/intake/officers_work.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/setup_parts.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr int export_portion = 1'000;

// Nobody is left out of an export without a word: the applications that do not open are named.
void require_all_legible(const std::vector<Application>& applications) {
  std::string ids;
  for (const Application& application : applications) {
    if (application.legible == Legible::yes) continue;
    ids += (ids.empty() ? "" : ", ") + application.id.text();
  }
  if (ids.empty()) return;
  throw PersonalDataDamaged(
      {fmt::format("the forms of these applications do not open: {}; look at /health/ready for keys, or "
                   "restore the rows from a backup",
                   ids),
       fmt::format("다음 원서의 내용을 열 수 없습니다: {}. /health/ready에서 키를 확인하거나 백업에서 "
                   "해당 행을 복원하십시오",
                   ids)});
}

hanjari::Applicant person_of(const Recruitment& notice, const Application& application, Exam& exam) {
  const ApplicationForm& form = application.form;
  const Area* area = notice.find_area(form.area);
  hanjari::Applicant person;
  person.id = ApplicantId(application.id.text());
  person.name = form.name;
  person.photo = form.photo.text();
  person.unit = exam.find(form.unit);
  person.birth_on = form.birth_on.value_or(Date{});
  person.sex = form.sex.value_or(Sex::female);
  person.home = form.home ? *form.home : area == nullptr ? Point{} : area->at;
  if (area != nullptr) person.district = exam.words.intern(area->district.text());
  if (area != nullptr) person.origin = exam.words.intern(area->code);
  person.accommodation = application.granted();
  std::string electives;
  for (const std::string& code : form.electives) electives += (electives.empty() ? "" : ";") + code;
  person.electives = exam.words.intern(electives);
  return person;
}

// An exam of one day with its units and nobody in it yet.
Exam begin_exam(const Recruitment& notice, const Calendar& calendar, const Exam& venues) {
  Exam exam = venues;
  exam.header = notice.header;
  exam.header.code = exam_of(notice, calendar);
  exam.header.exam_on = calendar.exam_on;
  exam.units.clear();
  exam.applicants.clear();
  exam.pins.clear();
  for (const NoticeUnit& unit : notice.units) {
    if (notice.calendar_of(unit).exam_on == calendar.exam_on) exam.units.push_back(unit.unit);
  }
  std::sort(exam.units.begin(), exam.units.end(), [](const Unit& a, const Unit& b) { return a.code < b.code; });
  return exam;
}

// Why the list of an exam day is not final yet; nothing when it is. A day waits for its own calendars only: an exam in June
// is not held up by applications for October. As long as another calendar is open, so is the notice; what is unpaid of the
// day has lapsed by then.
std::optional<OpenDay> find_open(const StoredRecruitment& stored, const UnitCounts& counts, Date day, Instant now) {
  const Recruitment& notice = stored.notice;
  OpenDay open{day, "not_closed", {"Close the applications first.", "먼저 접수를 마감 처리하십시오."}};
  if (stored.state != RecruitmentState::closed) {
    if (list_closed_units(notice, now).still_open == 0) return open;
    for (const Calendar& calendar : notice.calendars) {
      if (calendar.exam_on == day && now < calendar.payment_closes() + in_flight_grace) return open;
    }
    for (const NoticeUnit& unit : notice.units) {
      const auto found = counts.find(unit.unit.code);
      if (notice.calendar_of(unit).exam_on == day && found != counts.end() && found->second.submitted > 0) return open;
    }
  }
  for (const Calendar& calendar : notice.calendars) {
    // A withdrawal that came in time is stored for a little more: nobody who has gone is on the list.
    if (calendar.exam_on != day || now >= calendar.cancel_until + in_flight_grace) continue;
    open.code = "cancellation_open";
    const Text until = write_plain_moment(calendar.cancel_until, notice.header.time_zone);
    open.why = {fmt::format("People may withdraw until {}, and what came in time is stored for a minute more; numbers are given after that.", until.en),
                fmt::format("{}까지 접수를 취소할 수 있고, 제때 들어온 취소는 그 뒤 1분까지 처리합니다. 응시번호는 그 뒤에 부여합니다.", until.ko)};
    return open;
  }
  return std::nullopt;
}

std::vector<OpenDay> list_open(const StoredRecruitment& stored, const UnitCounts& counts, Instant now) {
  std::set<Date> days;
  for (const Calendar& calendar : stored.notice.calendars) days.insert(calendar.exam_on);
  std::vector<OpenDay> open;
  for (const Date day : days) {
    if (auto found = find_open(stored, counts, day, now)) open.push_back(std::move(*found));
  }
  return open;
}

// The days whose lists are final, each with nobody in it yet. Throws Conflict when there is none.
std::map<Date, Exam> begin_exams(const StoredRecruitment& stored, const UnitCounts& counts, const Exam& venues, Instant now) {
  std::map<Date, Exam> by_day;
  for (const Calendar& calendar : stored.notice.calendars)
    by_day.try_emplace(calendar.exam_on, begin_exam(stored.notice, calendar, venues));
  const std::vector<OpenDay> open = list_open(stored, counts, now);
  for (const OpenDay& day : open) by_day.erase(day.exam_on);
  if (by_day.empty() && !open.empty()) throw Conflict(open.front().code, open.front().why);
  return by_day;
}

}  // namespace

std::vector<OpenDay> ApplicantExport::list_open_days(const Actor& actor, const ExamCode& code, Instant now) {
  require_officer(actor);
  const auto stored = load_published_notice(needs_.recruitments, code);
  return list_open(*stored, needs_.recruitments.count_applications(code), now);
}

std::vector<Exam> ApplicantExport::export_applicants(const Actor& actor, const ExamCode& code, const Exam& venues,
                                                     const Change& change, Progress& progress) {
  require_officer(actor);
  const auto stored = load_published_notice(needs_.recruitments, code);
  const Recruitment& notice = stored->notice;
  std::map<Date, Exam> by_day =
      begin_exams(*stored, needs_.recruitments.count_applications(code), venues, change.at);
  if (const auto policy = needs_.setups.find_version(code, SetupPart::policy, 0)) {
    std::vector<Fault> warnings;
    for (auto& [day, exam] : by_day) exam.policy = package::parse_policy(policy->definition, "policy.json", warnings);
  }
  progress.stage({"Reading the applications", "원서 읽기"}, 0);
  std::uint64_t read = 0;
  ApplicationId after;
  do {
    const ApplicationPage page =
        needs_.applications.list_applications(code, ApplicationState::paid, after, export_portion);
    AuditNote note{"applications.export", code.text(),
                   fmt::format("{} from {}", page.applications.size(), after.text())};
    note.exam = code.text();
    for (const Application& application : page.applications) note.whose.push_back(application.id.text());
    require_all_legible(page.applications);
    // Nobody is taken whose taking is not recorded: this throws before anything is handed out.
    needs_.accesses.record_access(change, note);
    for (const Application& application : page.applications) {
      const auto day = by_day.find(calendar_of(notice, application).exam_on);
      if (day != by_day.end()) day->second.applicants.push_back(person_of(notice, application, day->second));
    }
    read += page.applications.size();
    progress.report(read);
    after = page.last;
  } while (!after.empty());
  std::vector<Exam> exams;
  for (auto& [day, exam] : by_day) {
    if (exam.applicants.empty()) continue;
    make_canonical(exam);
    exam.input_sha256 = package::digest_exam(exam);
    exams.push_back(std::move(exam));
  }
  return exams;
}

}  // namespace hanjari::services

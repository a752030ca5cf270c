// What a notice still lacks before it can be announced.
#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/intake/notice_setup.h"

namespace hanjari::services {
namespace {

class GapList {
 public:
  void block(const char* code, const char* form, Text what) {
    gaps_.push_back({SetupGap::Weight::blocks, code, std::move(what), form});
  }
  void warn(const char* code, const char* form, Text what) {
    gaps_.push_back({SetupGap::Weight::warns, code, std::move(what), form});
  }
  std::vector<SetupGap> take() { return std::move(gaps_); }

 private:
  std::vector<SetupGap> gaps_;
};

void judge_words(const Recruitment& notice, GapList& gaps) {
  if (notice.help.ko.empty()) {
    gaps.warn("no_help", "basics", {"The notice explains nothing in plain words.", "쉬운 말로 된 안내문이 없습니다."});
  } else if (notice.help.en == notice.help.ko) {
    gaps.warn("help_untranslated", "basics", {"The explanation is not there in English.", "안내문의 영문이 없습니다."});
  }
  if (notice.header.name_en == notice.header.name_ko)
    gaps.warn("name_untranslated", "basics", {"The exam has no English name.", "시험의 영문 이름이 없습니다."});
  if (!notice.counts_shown_from) {
    gaps.warn("counts_never_shown", "basics",
              {"Competition ratios are never shown to applicants.", "경쟁률 공개 시각이 없어 공개되지 않습니다."});
  }
}

void judge_dates(const Recruitment& notice, const NoticeRule& rule, Instant now, GapList& gaps) {
  if (rule.dates_to_confirm) {
    gaps.block("dates_unconfirmed", "calendars",
               {"The dates were shifted from another notice by whole weeks; look at them and confirm them.",
                "다른 공고의 날짜를 주 단위로 옮긴 것입니다. 확인한 뒤 날짜 확인을 누르십시오."});
  }
  bool of_exam_day = false;
  for (const Calendar& calendar : notice.calendars) {
    const std::string& name = calendar.name;
    of_exam_day = of_exam_day || calendar.exam_on == notice.header.exam_on;
    const std::int64_t closes =
        std::chrono::floor<std::chrono::days>(calendar.applications.closes).time_since_epoch().count();
    if (calendar.applications.closes <= now) {
      gaps.block("window_over", "calendars",
                 {fmt::format("Applications of calendar {} would be over already.", name),
                  fmt::format("일정 {}: 접수 기간이 이미 지났습니다.", name)});
    }
    if (closes >= calendar.exam_on.days) {
      gaps.block("exam_before_closing", "calendars",
                 {fmt::format("The exam of calendar {} is before its applications close.", name),
                  fmt::format("일정 {}: 시험일이 접수 마감보다 이릅니다.", name)});
    }
    if (calendar.applications.opens == calendar.applications.closes) {
      gaps.block("window_empty", "calendars",
                 {fmt::format("The window of calendar {} is empty.", name),
                  fmt::format("일정 {}: 접수 기간이 비어 있습니다.", name)});
    }
    const bool used = std::any_of(notice.units.begin(), notice.units.end(),
                                  [&](const NoticeUnit& unit) { return unit.calendar == name; });
    if (!used) {
      gaps.warn("calendar_unused", "calendars",
                {fmt::format("No unit follows calendar {}.", name),
                 fmt::format("일정 {}: 따르는 모집단위가 없습니다.", name)});
    }
    if (calendar.entries.empty()) {
      gaps.warn("no_further_dates", "entries",
                {fmt::format("Calendar {} tells no further dates, such as venues and results.", name),
                 fmt::format("일정 {}: 시험장소 공고, 합격자 발표 같은 날짜가 없습니다.", name)});
    }
  }
  if (!of_exam_day) {
    gaps.block("exam_day_without_calendar", "calendars",
               {"No calendar has the exam day of the notice.", "공고의 시험일과 같은 시험일을 가진 일정이 없습니다."});
  }
}

void judge_units(const Recruitment& notice, GapList& gaps) {
  for (const NoticeUnit& unit : notice.units) {
    const std::string& code = unit.unit.code.text();
    if (unit.unit.posts == 0) {
      gaps.block(
          "no_posts", "units",
          {fmt::format("Unit {} has no posts.", code), fmt::format("모집단위 {}: 선발예정인원이 0명입니다.", code)});
    }
    if (unit.subjects.empty() && unit.electives.empty()) {
      gaps.warn("no_subjects", "units",
                {fmt::format("Unit {} names no subjects.", code), fmt::format("모집단위 {}: 과목이 없습니다.", code)});
    }
    if (unit.electives_to_choose > static_cast<int>(unit.electives.size())) {
      gaps.block("too_few_electives", "units",
                 {fmt::format("Unit {} asks for more electives than it offers.", code),
                  fmt::format("모집단위 {}: 선택할 과목 수가 선택과목보다 많습니다.", code)});
    }
    if (unit.unit.series_en == unit.unit.series_ko) {
      gaps.warn("series_untranslated", "units",
                {fmt::format("Unit {} has no English series.", code),
                 fmt::format("모집단위 {}: 직렬의 영문 이름이 없습니다.", code)});
    }
  }
  if (notice.areas.empty()) {
    gaps.block("no_areas", "areas",
               {"There is no area that applicants could choose as their home.", "지원자가 고를 거주 지역이 없습니다."});
  }
}

void judge_subjects(const std::vector<package::ExamSubject>& subjects,
                    const std::vector<CheckerDeclaration>& declarations, GapList& gaps) {
  std::set<std::string> barred;
  std::set<std::string> declared;
  for (const CheckerDeclaration& one : declarations) {
    declared.insert(one.checker);
    if (one.has_relative) barred.insert(one.checker);
  }
  if (subjects.empty()) {
    gaps.warn("no_exam_subjects", "subjects",
              {"Nobody is named who sets the subjects.", "시험과목의 출제 담당이 없습니다."});
  }
  for (const package::ExamSubject& subject : subjects) {
    if (subject.setter.empty()) {
      gaps.warn("no_setter", "subjects",
                {fmt::format("Nobody is named who sets subject {}.", subject.code),
                 fmt::format("과목 {}: 출제 담당이 없습니다.", subject.code)});
    }
    for (const std::string& checker : subject.checkers) {
      if (barred.contains(checker)) {
        gaps.block("checker_has_relative", "subjects",
                   {fmt::format("{} checks subject {} and has declared a relative among the applicants.", checker,
                                subject.code),
                    fmt::format("과목 {}: 검토자 {}에게 응시자인 친족이 있습니다.", subject.code, checker)});
      } else if (!declared.contains(checker)) {
        gaps.warn("checker_undeclared", "subjects",
                  {fmt::format("{}, who checks subject {}, has declared nothing yet.", checker, subject.code),
                   fmt::format("과목 {}: 검토자 {}의 친족 신고가 없습니다.", subject.code, checker)});
      }
    }
  }
}

}  // namespace

std::vector<SetupGap> list_gaps(const Recruitment& notice, const NoticeRule& rule, bool policy,
                                const std::vector<package::ExamSubject>& subjects,
                                const std::vector<CheckerDeclaration>& declarations, Instant now) {
  GapList gaps;
  judge_words(notice, gaps);
  judge_dates(notice, rule, now, gaps);
  judge_units(notice, gaps);
  if (!policy) {
    gaps.warn(
        "no_policy", "policy",
        {"No policy of the plan was saved; the usual one is supposed.", "저장한 배정 기준이 없어 기본값으로 봅니다."});
  }
  judge_subjects(subjects, declarations, gaps);
  return gaps.take();
}

}  // namespace hanjari::services

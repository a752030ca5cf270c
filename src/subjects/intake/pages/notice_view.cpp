#include "intake/pages/notice_view.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Competition;

std::string join(const std::vector<std::string>& words, const char* between) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : between) + word;
  return joined;
}

json describe_calendar(const Pages& pages, const Recruitment& notice, const Calendar& calendar, Instant now,
                       Language language) {
  const std::string& zone = notice.header.time_zone;
  struct Row {
    Instant at;  // by which the rows are ordered
    std::string what;
    std::string when;
    bool past;
  };
  std::vector<Row> dates;
  const auto add = [&](Instant at, const std::string& what, const std::string& when, bool past) {
    dates.push_back({at, what, when, past});
  };
  add(calendar.applications.opens, pages.text(language, "notice.applications_period"),
      write_period(calendar.applications, zone, language), calendar.applications.closes <= now);
  if (calendar.payment_closes() > calendar.applications.closes) {
    add(calendar.payment_closes(), pages.text(language, "notice.pay_until"),
        write_moment(calendar.payment_closes(), zone, language), calendar.payment_closes() <= now);
  }
  add(calendar.cancel_until, pages.text(language, "notice.cancel_until"),
      write_moment(calendar.cancel_until, zone, language), calendar.cancel_until <= now);
  for (const CalendarEntry& entry : calendar.entries) {
    const std::string when = entry.until ? write_period({entry.from, *entry.until}, zone, language)
                                         : write_moment(entry.from, zone, language);
    add(entry.from, entry.what.in(language), when, entry.until.value_or(entry.from) <= now);
  }
  if (calendar.self_reports.opens < calendar.self_reports.closes) {
    add(calendar.self_reports.opens, pages.text(language, "notice.self_reports"),
        write_period(calendar.self_reports, zone, language), calendar.self_reports.closes <= now);
  }
  const Instant exam_day = instant_of(calendar.exam_on, 0, zone);
  add(exam_day, pages.text(language, "home.exam_day"), write_day(calendar.exam_on, language),
      exam_day + std::chrono::hours(24) <= now);
  std::stable_sort(dates.begin(), dates.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
  json rows = json::array();
  for (const Row& row : dates) rows.push_back({{"what", row.what}, {"when", row.when}, {"past", row.past}});
  const std::string title = calendar.title.in(language);
  json shown{{"title", title.empty() ? pages.text(language, "notice.calendars") : title}, {"rows", rows}};
  if (!title.empty()) shown["headed"] = {{"heading", title}};  // one without a name has the heading of the section
  return shown;
}

std::string write_subjects(const Pages& pages, const NoticeUnit& unit, Language language) {
  std::vector<std::string> names;
  for (const Text& subject : unit.subjects) names.push_back(subject.in(language));
  std::string text = join(names, ", ");
  if (!unit.electives.empty() && unit.electives_to_choose > 0) {
    std::vector<std::string> electives;
    for (const Elective& elective : unit.electives) electives.push_back(elective.name.in(language));
    text += (text.empty() ? "" : "; ") +
            pages.text(language, "notice.electives",
                       {{"count", std::to_string(unit.electives_to_choose)}, {"names", join(electives, ", ")}});
  }
  return text;
}

// Text of an iCalendar value (RFC 5545, 3.3.11), folded at 73 bytes without cutting a character (3.1).
std::string calendar_line(const std::string& name, const std::string& value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else if (c != '\r') {
      escaped += c;
    }
  }
  const std::string line = name + ":" + escaped;
  std::string folded;
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t size = 1;
    while (at + size < line.size() && (static_cast<unsigned char>(line[at + size]) & 0xC0U) == 0x80U) ++size;
    if (width + size > 73) {
      folded += "\r\n ";
      width = 1;
    }
    folded += line.substr(at, size);
    width += size;
    at += size;
  }
  return folded + "\r\n";
}

std::string calendar_moment(Instant at) {
  std::string text = format_instant(at);
  std::erase(text, '-');
  std::erase(text, ':');
  return text;
}

std::string calendar_date(Date day) {
  std::string text = format_date(day);
  std::erase(text, '-');
  return text;
}

}  // namespace

std::string write_second(Instant at, const std::string& time_zone) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() % 60;
  return fmt::format("{}:{:02}", write_time(local_time(at, time_zone).minute), second);
}

std::string write_period(const Period& period, const std::string& time_zone, Language language) {
  return fmt::format("{} – {}", write_day_and_time(period.opens, time_zone, language),
                     write_moment(period.closes, time_zone, language));
}

std::string write_won(const Pages& pages, Won amount, Language language) {
  if (amount == 0) return pages.text(language, "notice.no_fee");
  return pages.text(language, "notice.won", {{"amount", group_digits(amount)}});
}

std::string write_unit(const Pages& pages, const Unit& unit, Language language) {
  return pages.text(language, "seat.unit",
                    {{"series", language == Language::korean ? unit.series_ko : unit.series_en},
                     {"grade", std::to_string(unit.grade)},
                     {"quota", name_of(unit.quota_group).in(language)}});
}

std::string name_of_exam(const ExamHeader& header, Language language) {
  return language == Language::korean ? header.name_ko : header.name_en;
}

std::string write_ratio(std::int64_t applications, int posts) {
  if (posts <= 0 || applications <= 0) return "–";
  const std::int64_t tenths = (applications * 20 + posts) / (2 * static_cast<std::int64_t>(posts));
  return fmt::format("{}.{} : 1", group_digits(tenths / 10), tenths % 10);
}

WindowState window_of(const services::StoredRecruitment& stored, Instant now) {
  const Recruitment& notice = stored.notice;
  if (stored.state == services::RecruitmentState::closed) return WindowState::over;
  const auto later = [&](const Calendar& one) { return now < one.applications.opens; };
  if (services::takes_applications(stored, now)) return WindowState::open;
  return std::any_of(notice.calendars.begin(), notice.calendars.end(), later) ? WindowState::soon : WindowState::over;
}

std::optional<Instant> next_closing(const services::StoredRecruitment& stored, Instant now) {
  std::optional<Instant> next;
  for (const Calendar& calendar : stored.notice.calendars) {
    if (!services::takes_applications(stored, calendar, now)) continue;
    if (!next || calendar.applications.closes < *next) next = calendar.applications.closes;
  }
  return next;
}

std::vector<std::string> write_eligibility(const Pages& pages, const NoticeUnit& unit, Language language) {
  const Eligibility& rule = unit.eligibility;
  std::vector<std::string> sentences;
  if (rule.least_age) {
    sentences.push_back(
        pages.text(language, "notice.least_age",
                   {{"age", std::to_string(*rule.least_age)}, {"day", write_day(rule.age_on, language)}}));
  }
  if (rule.most_age) {
    sentences.push_back(
        pages.text(language, "notice.most_age",
                   {{"age", std::to_string(*rule.most_age)}, {"day", write_day(rule.age_on, language)}}));
  }
  const std::string area = rule.residence_area.in(language);
  const std::string day = write_day(rule.residence_on, language);
  switch (rule.residence) {
    case ResidenceRule::none:
      sentences.push_back(pages.text(language, "notice.no_residence"));
      break;
    case ResidenceRule::on_day:
      sentences.push_back(pages.text(language, "notice.residence_on_day", {{"area", area}, {"day", day}}));
      break;
    case ResidenceRule::on_day_or_three_years:
      sentences.push_back(pages.text(language, "notice.residence_or_years", {{"area", area}, {"day", day}}));
      break;
  }
  if (!rule.licences.empty()) {
    std::vector<std::string> names;
    for (const Licence& licence : rule.licences) names.push_back(licence.name.in(language));
    sentences.push_back(pages.text(language, "notice.licences", {{"names", join(names, ", ")}}));
  }
  if (unit.unit.quota_group != QuotaGroup::general) {
    sentences.push_back(pages.text(language, "notice.quota", {{"quota", name_of(unit.unit.quota_group).in(language)}}));
  }
  return sentences;
}

json describe_countdown(const Pages& pages, Instant closes, Instant now, const std::string& time_zone,
                        Language language) {
  const auto seconds = [](Instant at) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
  };
  return {{"closes", seconds(closes)},
          {"now", seconds(now)},
          {"words", pages.text(language, "notice.closes_at",
                               {{"moment", write_moment(closes, time_zone, language)},
                                {"clock", write_second(now, time_zone)}})}};
}

namespace {

// Its paragraphs.
json describe_help(const Recruitment& notice, Language language) {
  json paragraphs = json::array();
  std::string_view rest = notice.help.in(language);
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    if (const auto paragraph = rest.substr(0, end); !paragraph.empty()) paragraphs.push_back(std::string(paragraph));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  }
  return paragraphs;
}

// A sentence for each that the notice names; none where all are offered as ever.
json describe_offered(const Pages& pages, const Recruitment& notice, Language language) {
  json offered = json::array();
  for (const OfferedAccommodation& one : notice.accommodations) {
    const std::string name = name_of_accommodation(one.item).in(language);
    const std::string papers = one.documents.in(language);
    if (!one.proof_needed) {
      offered.push_back(pages.text(language, "notice.accommodation_free", {{"name", name}}));
    } else if (papers.empty()) {
      offered.push_back(name);
    } else {
      offered.push_back(pages.text(language, "notice.accommodation_papers", {{"name", name}, {"papers", papers}}));
    }
  }
  return offered;
}

}  // namespace

json describe_notice(const Pages& pages, const services::StoredRecruitment& stored,
                     const std::map<UnitCode, Competition>& competition, Instant now, Language language) {
  const Recruitment& notice = stored.notice;
  const WindowState window = window_of(stored, now);
  const bool counted = !competition.empty();
  json data{{"name", name_of_exam(notice.header, language)}, {"on", write_day(notice.header.exam_on, language)},
            {"is_open", window == WindowState::open},        {"is_soon", window == WindowState::soon},
            {"is_over", window == WindowState::over},        {"counted", counted}};
  if (const auto closes = next_closing(stored, now))
    data["countdown"] = describe_countdown(pages, *closes, now, notice.header.time_zone, language);
  data["calendars"] = json::array();
  for (const Calendar& calendar : notice.calendars)
    data["calendars"].push_back(describe_calendar(pages, notice, calendar, now, language));

  std::int64_t posts = 0;
  std::int64_t applications = 0;
  std::int64_t last_posts = 0;
  std::int64_t last_applications = 0;
  bool any_last_year = false;
  data["units"] = json::array();
  for (const NoticeUnit& unit : notice.units) {
    json row{{"name", write_unit(pages, unit.unit, language)},
             {"code", unit.unit.code.text()},
             {"body", unit.appointing_body.in(language)},
             {"calendar", notice.calendars.size() > 1 ? " · " + notice.calendar_of(unit).title.in(language) : ""},
             {"posts", group_digits(unit.unit.posts)},
             {"fee", write_won(pages, unit.fee, language)},
             {"subjects", write_subjects(pages, unit, language)},
             {"eligibility", write_eligibility(pages, unit, language)},
             {"last_year", "–"}};
    posts += unit.unit.posts;
    if (const auto found = competition.find(unit.unit.code); found != competition.end()) {
      row["applications"] = group_digits(found->second.applications);
      row["ratio"] = write_ratio(found->second.applications, unit.unit.posts);
      applications += found->second.applications;
      if (const auto& last = found->second.last_year) {
        row["last_year"] = write_ratio(last->applications, last->posts);
        any_last_year = true;
        last_posts += last->posts;
        last_applications += last->applications;
      }
    } else if (counted) {
      row["applications"] = "0";
      row["ratio"] = write_ratio(0, unit.unit.posts);
    }
    data["units"].push_back(std::move(row));
  }
  data["any_last_year"] = any_last_year;
  json figures{{"posts", group_digits(posts)}};
  if (counted) {
    figures["applications"] = group_digits(applications);
    figures["ratio"] = write_ratio(applications, static_cast<int>(posts));
    data["counted_at"] =
        pages.text(language, "notice.counted_at", {{"clock", write_second(now, notice.header.time_zone)}});
  }
  figures["last_year"] =
      any_last_year ? json(write_ratio(last_applications, static_cast<int>(last_posts))) : json(false);
  data["figures"] = figures;
  data["help"] = describe_help(notice, language);
  if (json offered = describe_offered(pages, notice, language); !offered.empty())
    data["offered"] = {{"list", std::move(offered)}};
  data["has_help"] = !data["help"].empty();
  return data;
}

std::string write_calendar_file(const Pages& pages, const Recruitment& notice, Instant now, Language language) {
  const std::string exam = name_of_exam(notice.header, language);
  std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hanjari//portal//EN\r\nCALSCALE:GREGORIAN\r\n";
  int count = 0;
  const auto add = [&](const std::string& what, const std::string& begins, const std::string& ends) {
    file += "BEGIN:VEVENT\r\n";
    file += calendar_line("UID", fmt::format("{}-{}@hanjari", notice.header.code.text(), ++count));
    file += "DTSTAMP:" + calendar_moment(now) + "\r\n" + begins + "\r\n";
    if (!ends.empty()) file += ends + "\r\n";
    file += calendar_line("SUMMARY", what + ": " + exam);
    file += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
  };
  const auto moment = [&](const std::string& what, Instant at, std::optional<Instant> until) {
    add(what, "DTSTART:" + calendar_moment(at), until ? "DTEND:" + calendar_moment(*until) : "");
  };
  for (const Calendar& calendar : notice.calendars) {
    const std::string of = notice.calendars.size() > 1 ? " (" + calendar.title.in(language) + ")" : "";
    moment(pages.text(language, "notice.applications_period") + of, calendar.applications.opens,
           calendar.applications.closes);
    if (calendar.payment_closes() > calendar.applications.closes)
      moment(pages.text(language, "notice.pay_until") + of, calendar.payment_closes(), std::nullopt);
    moment(pages.text(language, "notice.cancel_until") + of, calendar.cancel_until, std::nullopt);
    for (const CalendarEntry& entry : calendar.entries) moment(entry.what.in(language) + of, entry.from, entry.until);
    if (calendar.self_reports.opens < calendar.self_reports.closes)
      moment(pages.text(language, "notice.self_reports") + of, calendar.self_reports.opens,
             calendar.self_reports.closes);
    add(pages.text(language, "home.exam_day") + of, "DTSTART;VALUE=DATE:" + calendar_date(calendar.exam_on), "");
  }
  return file + "END:VCALENDAR\r\n";
}

std::string write_days_file(const std::vector<DayToKeep>& days, Instant now) {
  std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hanjari//portal//EN\r\nCALSCALE:GREGORIAN\r\n";
  for (const DayToKeep& one : days) {
    file += "BEGIN:VEVENT\r\n" + calendar_line("UID", one.id + "@hanjari");
    file += "DTSTAMP:" + calendar_moment(now) + "\r\nDTSTART;VALUE=DATE:" + calendar_date(one.day) + "\r\n";
    file += calendar_line("SUMMARY", one.what) + calendar_line("DESCRIPTION", one.about);
    file += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
  }
  return file + "END:VCALENDAR\r\n";
}

}  // namespace hanjari::web

// Making files of papers and of notices, beginning to end, so that what is offered is whole.
#include "hanjari/papers/papers_job.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/changed_papers.h"
#include "hanjari/documents/exam_times.h"
#include "hanjari/documents/font_packages.h"
#include "hanjari/documents/portraits.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/papers/school_names.h"
#include "hanjari/plans/change_lists.h"
#include "papers/memory_zip.h"

namespace hanjari::services {
namespace {

using documents::PaperContext;
using documents::PaperFormat;
using documents::PaperKind;
using documents::PaperScope;
using nlohmann::json;

constexpr std::size_t most_numbers_told = 100;

std::string write_papers_made(const PapersMade& made) {
  return json{{"plan", made.plan},   {"files", made.files}, {"papers", made.papers},
              {"pages", made.pages}, {"bytes", made.bytes}, {"missing", made.missing}, {"unchanged", made.unchanged},
              {"lost_photos", made.lost_photos}, {"fonts", made.fonts}, {"unreadable", made.unreadable}, {"unreadable_numbers", made.unreadable_numbers},
              {"without_start", made.without_start}, {"without_seating", made.without_seating}}
      .dump();
}

// Files of one start of a job, one ZIP after the other.
class PaperBox {
 public:
  PaperBox(PaperSetRepository& sets, const Job& job, PaperContent content, const PlannedExam& planned, Instant made_at)
      : sets_(sets), time_(local_time(made_at, planned.exam.header.time_zone)) {
    file_.job = job.id;
    file_.run = job.starts;
    file_.exam = planned.exam.header.code;
    file_.plan = planned.plan.digest;
    file_.content = content;
    file_.made_at = made_at;
    made_.plan = planned.plan.digest;
  }

  void add(const std::string& name, std::string bytes, int pages) {
    if (!zip_) zip_.emplace(time_);
    zip_->add(name, std::move(bytes));
    ++made_.papers;
    made_.pages += pages;
  }
  void add_missing(const std::vector<documents::MissingGlyph>& missing) {
    made_.missing += std::ssize(missing);
    for (const documents::MissingGlyph& glyph : missing) {
      const std::string font = documents::font_package_for(glyph.character);
      if (!font.empty() && std::find(made_.fonts.begin(), made_.fonts.end(), font) == made_.fonts.end())
        made_.fonts.push_back(font);
    }
  }
  void set_unsaid(std::vector<std::string> without_start, std::vector<std::string> without_seating) {
    made_.without_start = std::move(without_start);
    made_.without_seating = std::move(without_seating);
  }
  void add_unreadable(const ApplicantNumber& number) {
    ++made_.unreadable;
    if (made_.unreadable_numbers.size() < most_numbers_told) made_.unreadable_numbers.push_back(number.text());
  }
  void set_lost_photos(std::size_t people) { made_.lost_photos = static_cast<std::int64_t>(people); }
  void add_person(const ApplicantId& person) { whose_.insert(person.text()); }
  void add_unchanged() { ++made_.unchanged; }
  bool any() const { return zip_.has_value(); }
  // To be called where the papers of a venue are all there: neither the job nor a download holds more than one.
  // `school`: its name as that of a folder.
  void close_venue(const VenueCode& venue, const std::string& school) {
    file_.venue = venue;
    school_ = school;
    close();
    file_.venue = {};
    school_.clear();
  }
  PapersMade finish() {
    close();
    return made_;
  }

 private:
  // By the school, as those of the command: who keeps many of them knows no codes. The number before it tells schools of one
  // beginning apart.
  std::string name_of_venue() const {
    return file_.venue.empty() ? std::string() : "-" + beginning_of_file_name(school_, longest_school_in_name);
  }
  void close() {
    if (!zip_) return;
    PaperBytes made{file_, {whose_.begin(), whose_.end()}, zip_->close()};
    made.file.id = draw_token();
    made.file.number = static_cast<int>(++made_.files);
    made.file.name = fmt::format("{}-{}-{}-{}{}.zip", spell(file_.content), file_.exam.text(), file_.plan.substr(0, 12),
                                 made.file.number,
                                 name_of_venue());
    made.file.bytes = static_cast<std::int64_t>(made.bytes.size());
    made.file.people = std::ssize(made.whose);
    made_.bytes += made.file.bytes;
    sets_.add_file(made);
    zip_.reset();
    whose_.clear();
  }

  PaperSetRepository& sets_;
  LocalTime time_;
  PaperFile file_;  // but for what differs from ZIP to ZIP
  PapersMade made_;
  std::string school_;
  std::optional<MemoryZip> zip_;
  std::set<std::string> whose_;
};

// Runs the work and offers what it made; a start that ends otherwise leaves nothing. A start that offered its files and
// died before the job was ended is recognised.
template <class Make>
std::string make_and_offer(const JobCall& call, PaperSetRepository& sets, const Clock& clock, Make make) {
  const Job& job = call.job;
  if (const auto there = sets.list_files_of_job(job.id); !there.empty()) {
    PapersMade made;
    made.plan = there.front().plan;
    made.files = std::ssize(there);
    for (const PaperFile& file : there) made.bytes += file.bytes;
    return write_papers_made(made);
  }
  try {
    const PapersMade made = make();
    const Change change{job.author, fmt::format("job {}", job.id), clock.now(), "program"};
    sets.offer_files(job.id, job.starts, ExamCode(job.order.exam), change.at + papers_are_kept, change);
    return write_papers_made(made);
  } catch (...) {
    try {
      sets.discard_files(job.id, job.starts);
    } catch (const Error&) {
      // The database is away; what is not offered is taken away later.
    }
    throw;
  }
}

std::vector<const PaperKind*> kinds_of(const PaperWish& wish) {
  std::vector<const PaperKind*> kinds;
  for (const PaperKind& kind : documents::paper_kinds()) {
    const bool wanted =
        wish.papers.empty() || std::find(wish.papers.begin(), wish.papers.end(), kind.name) != wish.papers.end();
    if (wanted) kinds.push_back(&kind);
  }
  return kinds;
}

// A paper in a format in which it can be had.
struct Sheets {
  const PaperKind* kind;
  PaperFormat format;
};

std::vector<Sheets> sheets_of(const PaperWish& wish, PaperScope scope) {
  std::vector<Sheets> sheets;
  for (const PaperKind* kind : kinds_of(wish)) {
    if (scope == PaperScope::venue_and_city && kind->scope != scope) continue;
    for (const PaperFormat format : kind->formats) {
      if (std::find(wish.formats.begin(), wish.formats.end(), documents::spell(format)) != wish.formats.end())
        sheets.push_back({kind, format});
    }
  }
  return sheets;
}

// The plan whose papers schools hold, and what tells whether one of them reads otherwise now.
class Edition {
 public:
  // `now`: the plan that is printed. Both must outlive this.
  Edition(const PlannedExam& now, const PlannedExam& before)
      : now_(now), before_(before), seats_(documents::seats_before(now.exam, package::rows_of_plan(before.exam, before.plan))),
        used_(before.exam.venues.size()) {
    for (const Placement& placed : before.plan.placements) used_[placed.venue.value] = true;
  }

  // Compared as whole files of the same foot: what cannot be told apart by a reader is left out, nothing else.
  bool has_same(const Sheets& sheets, VenueIndex venue, const PaperContext& context) const {
    VenueIndex then = VenueIndex::none();
    if (venue.exists()) {
      then = before_.exam.find(now_.exam[venue].code);
      if (!then.exists() || !used_[then.value]) return false;
    }
    const auto bytes_of = [&](const PlannedExam& planned, VenueIndex at) {
      return documents::render_paper(sheets.kind->name, sheets.format, planned, at, context).bytes;
    };
    return bytes_of(now_, venue) == bytes_of(before_, then);
  }
  const std::string& plan() const { return before_.plan.digest; }
  const documents::EarlierSeats& seats() const { return seats_; }

 private:
  const PlannedExam& now_;
  const PlannedExam& before_;
  documents::EarlierSeats seats_;
  std::vector<bool> used_;  // by VenueIndex of the plan before: somebody sat there
};

class PaperPrinter {
 public:
  // `before`: null where everything is printed.
  PaperPrinter(const PlannedExam& planned, const PlannedExam* before, const PaperWish& wish, const PaperContext& context,
               documents::PortraitSource portraits, PaperBox& box, Progress& progress)
      : planned_(planned),
        wish_(wish),
        plain_(context),
        context_(context),
        portraits_(std::move(portraits)),
        box_(box),
        progress_(progress),
        all_(Text{"All venues", "전체"}.in(wish.language)),
        schools_(file_names_of_venues(planned.exam, {all_})) {
    context_.portraits = portraits_.source();
    if (before == nullptr) return;
    edition_.emplace(planned, *before);
    context_.replaces = edition_->plan();
    context_.earlier = &edition_->seats();
  }

  void print() {
    const std::vector<VenueIndex> venues = list_venues();
    const bool city = wish_.venue.empty() && wish_.district.empty();
    tell_unsaid_times(venues);
    const auto of_venue = sheets_of(wish_, PaperScope::venue);
    const auto of_city = city ? sheets_of(wish_, PaperScope::venue_and_city) : std::vector<Sheets>{};
    progress_.stage({"Making papers", "문서 만드는 중"}, venues.size() * of_venue.size() + of_city.size());
    for (const VenueIndex venue : venues) {
      for (const Sheets& sheets : of_venue) print_one(sheets, venue);
      list_lacking(venue);
      list_unreadable(venue);
      portraits_.clear();
      box_.set_lost_photos(portraits_.lost());
      if (!box_.any()) continue;
      add_people(venue);
      box_.close_venue(planned_.exam[venue].code, schools_[venue.value]);
    }
    for (const Sheets& sheets : of_city) print_one(sheets, VenueIndex::none());
    if (!box_.any()) return;
    for (const VenueIndex venue : venues) add_people(venue);
  }

 private:
  std::vector<VenueIndex> list_venues() const {
    const Exam& exam = planned_.exam;
    std::vector<bool> used(exam.venues.size());
    for (const Placement& placed : planned_.plan.placements) used[placed.venue.value] = true;
    std::vector<VenueIndex> venues;
    for (std::size_t at = 0; at < used.size(); ++at) {
      const Venue& venue = exam.venues[at];
      const bool wanted = (wish_.venue.empty() || venue.code.text() == wish_.venue) &&
                          (wish_.district.empty() || exam.words[venue.district] == wish_.district);
      if (used[at] && wanted) venues.emplace_back(at);
    }
    if (!venues.empty()) return venues;
    throw NotFound("no_such_venue", {"The plan has nobody there any more. Order the papers again.",
                                     "배정안에 해당하는 응시자가 없습니다. 문서를 다시 요청하십시오."});
  }

  void add_people(VenueIndex venue) {
    for (const Placement& placed : planned_.plan.placements) {
      if (placed.venue == venue) box_.add_person(planned_.exam[placed.applicant].id);
    }
  }

  void print_one(const Sheets& sheets, VenueIndex venue) {
    const std::string& school = venue.exists() ? schools_[venue.value] : all_;
    if (edition_ && edition_->has_same(sheets, venue, plain_)) {
      box_.add_unchanged();
    } else {
      documents::Paper paper = documents::render_paper(sheets.kind->name, sheets.format, planned_, venue, context_);
      box_.add(fmt::format("{}/{}.{}", school, file_name_of(sheets.kind->title.in(wish_.language)),
                           documents::spell(sheets.format)),
               std::move(paper.bytes), paper.pages);
      box_.add_missing(paper.missing);
      for (const documents::MissingGlyph& glyph : paper.missing) lacking_.insert(glyph.character);
    }
    progress_.report(++done_, school);
  }

  // Whose names have a mark in place of a character, by their numbers, and what has to be installed. The list stands in the
  // file of the school, which is sealed as its papers are.
  void list_lacking(VenueIndex venue) {
    const Exam& exam = planned_.exam;
    std::string list = "\xEF\xBB\xBF";  // for Excel
    package::CsvWriter csv([&](std::string_view bytes) { list += bytes; }, {"applicant_number", "characters", "font_package"});
    bool any = false;
    for (const Placement& placed : planned_.plan.placements) {
      if (placed.venue != venue) continue;
      std::string characters;
      std::set<std::string> fonts;
      for (const char32_t character : lacking_) {
        if (exam[placed.applicant].name.find(spell_code_point(character)) == std::string::npos) continue;
        characters += (characters.empty() ? "" : " ") + name_code_point(character);
        if (std::string font = documents::font_package_for(character); !font.empty()) fonts.insert(std::move(font));
      }
      if (characters.empty()) continue;
      std::string packages;
      for (const std::string& font : fonts) packages += (packages.empty() ? "" : " ") + font;
      csv.cell(placed.number.text()).cell(characters).cell(packages).end_row();
      any = true;
    }
    csv.finish();
    lacking_.clear();
    if (!any) return;
    box_.add(fmt::format("{}/{}.csv", schools_[venue.value],
                         Text{"names that no font can draw", "글꼴이 없는 성명"}.in(wish_.language)),
             std::move(list), 0);
  }

  // Whose row does not open, for the office: lists have a remark in place of the name, nobody knows their birth date, photo and
  // support, and no slip was printed for them. Said even where every paper of the school reads as before.
  void list_unreadable(VenueIndex venue) {
    std::string list = "\xEF\xBB\xBF";
    package::CsvWriter csv([&](std::string_view bytes) { list += bytes; }, {"applicant_number"});
    bool any = false;
    for (const Placement& placed : planned_.plan.placements) {
      if (placed.venue != venue || !is_unreadable(planned_.exam[placed.applicant])) continue;
      csv.cell(placed.number.text()).end_row();
      box_.add_unreadable(placed.number);
      any = true;
    }
    csv.finish();
    if (!any) return;
    box_.add(fmt::format("{}/{}.csv", schools_[venue.value],
                         Text{"people whose data cannot be opened", "자료를 열 수 없는 응시자"}.in(wish_.language)),
             std::move(list), 0);
  }

  void tell_unsaid_times(const std::vector<VenueIndex>& venues) {
    const documents::UnsaidTimes unsaid = documents::find_unsaid_times(planned_, venues, context_.templates);
    const auto codes_of = [&](const std::vector<UnitIndex>& units) {
      std::vector<std::string> codes;
      for (const UnitIndex unit : units) codes.push_back(planned_.exam[unit].code.text());
      return codes;
    };
    box_.set_unsaid(codes_of(unsaid.starts_at), codes_of(unsaid.seated_by));
  }

  const PlannedExam& planned_;
  const PaperWish& wish_;
  // Without what the edition before adds, and without photos, so that contents alone are compared: a person's photo is the
  // same in both.
  const PaperContext plain_;
  PaperContext context_;
  documents::PortraitShelf portraits_;
  PaperBox& box_;
  Progress& progress_;
  std::optional<Edition> edition_;
  std::string all_;
  std::vector<std::string> schools_;  // by VenueIndex, as names of folders
  std::set<char32_t> lacking_;  // what no font has, on the papers of the venue that is printed
  std::uint64_t done_ = 0;
};

// Each of them is a whole plan in memory.
PlannedExam load_for_papers(ExamRepository& exams, const JobCall& call, const std::string& digest) {
  call.progress.stage({"Reading the exam and the plan", "시험과 배정안 읽기"}, 0);
  return load_listed_exam(exams, ExamCode(call.job.order.exam), digest);
}

PaperContext context_of(const Job& job, const PlannedExam& planned, Language language, Instant now,
                        const documents::Templates* templates) {
  PaperContext context;
  context.language = language;
  context.printed_at = now;
  context.plan_digest = planned.plan.digest;
  context.taken_by = job.author;
  context.templates = templates;
  return context;
}

}  // namespace

std::optional<PapersMade> parse_papers_made(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || !read.contains("plan") || !read.contains("files")) return std::nullopt;
  const auto number = [&](const char* key) { return read.value(key, std::int64_t{0}); };
  PapersMade made;
  made.plan = read.value("plan", std::string());
  made.files = number("files");
  made.papers = number("papers");
  made.pages = number("pages");
  made.bytes = number("bytes");
  made.missing = number("missing");
  made.lost_photos = number("lost_photos");
  made.unchanged = number("unchanged");
  made.fonts = read.value("fonts", made.fonts);
  made.unreadable = number("unreadable");
  made.unreadable_numbers = read.value("unreadable_numbers", made.unreadable_numbers);
  made.without_start = read.value("without_start", made.without_start);
  made.without_seating = read.value("without_seating", made.without_seating);
  return made;
}

JobWork papers_work(ExamRepository& exams, PaperSetRepository& sets, const Clock& clock,
                    TemplateSource templates, std::string check_url, SubjectNameSource subjects, PortraitsOfExam portraits) {
  return [&exams, &sets, &clock, templates = std::move(templates), check_url = std::move(check_url),
          subjects = std::move(subjects), portraits = std::move(portraits)](const JobCall& call) {
    return make_and_offer(call, sets, clock, [&] {
      const PaperWish wish = parse_paper_wish(call.job.order.request);
      const PlannedExam planned = load_for_papers(exams, call, wish.plan);
      std::optional<PlannedExam> before;
      if (!wish.since.empty()) before.emplace(load_for_papers(exams, call, wish.since));
      const auto own = templates ? templates() : nullptr;
      const Instant now = clock.now();
      PaperBox box(sets, call.job, PaperContent::papers, planned, now);
      PaperContext context = context_of(call.job, planned, wish.language, now, own.get());
      context.check_url = check_url;
      if (subjects) context.subjects = subjects(planned.exam.header.code);
      PaperPrinter(planned, before ? &*before : nullptr, wish, context,
                   portraits ? portraits(planned.exam.header.code) : nullptr, box, call.progress)
          .print();
      call.progress.stage({"Keeping the files", "파일 보관"}, 0);
      return box.finish();
    });
  };
}

JobWork notices_work(ExamRepository& exams, PaperSetRepository& sets, const Clock& clock,
                     TemplateSource templates, ContactSource contacts) {
  return [&exams, &sets, &clock, templates = std::move(templates), contacts = std::move(contacts)](const JobCall& call) {
    return make_and_offer(call, sets, clock, [&] {
      const json request = json::parse(call.job.order.request);
      const Language language = request.value("language", "ko") == "en" ? Language::english : Language::korean;
      const PlannedExam planned = load_for_papers(exams, call, request.at("plan").get<std::string>());
      const PlannedExam before = load_listed_exam(exams, ExamCode(call.job.order.exam), request.at("before").get<std::string>());
      const auto own = templates ? templates() : nullptr;
      call.progress.stage({"Comparing with what people were told", "안내한 배정안과 비교"}, 0);
      const Instant now = clock.now();
      PaperBox box(sets, call.job, PaperContent::notices, planned, now);
      const PlanRows told = package::rows_of_plan(before.exam, before.plan);
      ChangeLists lists = render_change_lists(planned.exam, told, planned.plan, &before.exam, {}, language);
      if (contacts && request.value("contacts", false)) {
        call.progress.stage({"Reading telephone numbers and e-mail addresses", "연락처 읽기"}, 0);
        std::vector<ApplicantId> people;
        for (const replanning::Notice& notice : lists.notices) people.push_back(notice.applicant);
        lists = render_change_lists(planned.exam, told, planned.plan, &before.exam, contacts(people), language);
      }
      call.progress.stage({"Making the lists", "목록 만드는 중"}, 0);
      documents::Paper printed = render_notices_pdf(
          planned, lists.notices, context_of(call.job, planned, language, now, own.get()));
      std::set<std::string> noticed;
      for (const replanning::Notice& notice : lists.notices) {
        box.add_person(notice.applicant);
        noticed.insert(notice.applicant.text());
      }
      // Of those alone whom the notices concern.
      for (const Placement& placed : planned.plan.placements) {
        const auto& person = planned.exam[placed.applicant];
        if (is_unreadable(person) && noticed.contains(person.id.text())) box.add_unreadable(placed.number);
      }
      for (auto& [name, bytes] : lists.files) box.add(name, std::move(bytes), 0);
      box.add("notices.pdf", std::move(printed.bytes), printed.pages);
      box.add_missing(printed.missing);
      return box.finish();
    });
  };
}

}  // namespace hanjari::services

#include "hanjari/papers/own_papers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/documents/csv.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/portraits.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/papers/papers_job.h"
#include "hanjari/papers/school_names.h"
#include "papers/memory_zip.h"

namespace hanjari::services {
namespace {

constexpr std::size_t most_own_bytes = 64U << 20U;
constexpr std::size_t digits_of_digest = 12;
constexpr std::size_t bytes_of_mark = 6;
constexpr std::size_t digits_of_print = 24;
// Of more files, such as those of a whole city, no digests are recorded.
constexpr std::size_t most_prints_kept = 2'000;
constexpr std::size_t takings_read = 50;
constexpr const char* action_of_own_papers = "own_papers.zip";
// What stands before the digest in the detail of an entry.
constexpr std::string_view plan_of_taking = "plan ";

[[noreturn]] void throw_not_own() {
  throw NotAllowed("not_your_venue",
                   {"Your account may not open this venue's papers.", "이 시험장의 서류를 열 권한이 없는 계정입니다."});
}

// The words are read and judged as those of an order are: 응시자 명부 is the roster, XLSX is xlsx.
OwnPapersWish read_own_wish(OwnPapersWish wish) {
  if (wish.papers.empty() || wish.formats.empty()) {
    throw InvalidInput("nothing_chosen", {"Tick at least one paper and one format.", "문서와 형식을 하나 이상 고르십시오."});
  }
  PaperWish order;
  order.papers = wish.papers;
  order.formats = wish.formats;
  const PaperWish read = parse_paper_wish(write_paper_wish(order));
  wish.papers = read.papers;
  wish.formats = read.formats;
  return wish;
}

std::vector<VenueSummary> own_venues_of(const OwnPapersDesk& desk, const ExamCode& exam, const VenueCode& wanted) {
  std::vector<VenueSummary> own = list_own_venues(desk.plans, desk.actor, exam, desk.own_venue);
  if (!wanted.empty()) {
    std::erase_if(own, [&](const VenueSummary& venue) { return venue.code != wanted; });
    if (own.empty()) throw_not_own();
  }
  std::erase_if(own, [](const VenueSummary& venue) { return venue.people == 0; });
  if (own.empty()) {
    throw NotFound("no_own_venues", {"The live plan has nobody at your venues.", "확정 배정안에 담당 시험장의 응시자가 없습니다."});
  }
  return own;
}

// Tabs part what identifies a file: codes have none.
std::string key_of_print(const VenueCode& venue, const std::string& paper, documents::PaperFormat format, Language language) {
  return fmt::format("{}\t{}\t{}\t{}", venue.text(), paper, documents::spell(format), language == Language::english ? "en" : "ko");
}

std::vector<std::string> split_at(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// A line for each file: its key and its digest.
std::string write_prints(const std::map<std::string, std::string>& prints) {
  std::string lines;
  for (const auto& [key, print] : prints) lines += fmt::format("{}\t{}\n", key, print);
  return lines;
}

void read_prints(std::string_view lines, std::map<std::string, std::string>& prints) {
  for (const std::string& line : split_at(lines, '\n')) {
    const std::size_t end = line.rfind('\t');
    if (end != std::string::npos) prints.emplace(line.substr(0, end), line.substr(end + 1));
  }
}

OwnEdition find_edition(const OwnPapersDesk& desk, const ExamCode& exam, const std::string& since) {
  if (desk.trail != nullptr && since.size() >= digits_of_digest) {
    for (OwnEdition& edition : list_own_editions(*desk.trail, desk.actor, exam)) {
      if (edition.plan.starts_with(since)) return std::move(edition);
    }
  }
  throw NotFound("edition_not_taken", {"Your account took no papers of this edition. Take all of them.",
                                       "이 판의 문서를 받은 기록이 없는 계정입니다. 전체를 받으십시오."});
}

// What a file says, without who takes it, when, and of which plan: a reader could not tell two of the same digest apart.
documents::PaperContext without_copy(documents::PaperContext context) {
  constexpr std::chrono::hours some_day{24 * 14'610};  // any, but always the same
  context.printed_at = Instant(some_day);
  context.plan_digest = std::string(64, '0');
  context.replaces.clear();
  context.taken_by.clear();
  context.mark.clear();
  return context;
}

// The list that goes with what changed.
class ChangeSheet {
 public:
  explicit ChangeSheet(Language language) : language_(language) {
    csv_.add_line({say("Venue code", "시험장 코드"), say("Venue", "시험장"), say("Paper", "문서"), say("Format", "형식"),
                   say("To do", "할 일")});
  }
  void add(const std::string& key, const std::string& venue, const Text& to_do) {
    const std::vector<std::string> parts = split_at(key, '\t');
    if (parts.size() != 4) return;
    const documents::PaperKind* kind = documents::find_paper_kind(parts[1]);
    csv_.add_line({parts[0], venue, kind == nullptr ? parts[1] : kind->title.in(language_), parts[2], to_do.in(language_)});
  }
  std::string name() const { return say("What changed.csv", "달라진 문서.csv"); }
  std::string take() { return csv_.take(); }

 private:
  std::string say(const char* en, const char* ko) const { return language_ == Language::english ? en : ko; }

  Language language_;
  documents::PeopleCsv csv_;
};

bool is_wished(const OwnPapersWish& wish, const documents::PaperKind& kind, documents::PaperFormat format) {
  return std::find(wish.papers.begin(), wish.papers.end(), kind.name) != wish.papers.end() &&
         std::find(wish.formats.begin(), wish.formats.end(), documents::spell(format)) != wish.formats.end();
}

std::size_t files_of_a_school(const OwnPapersWish& wish) {
  std::size_t files = 0;
  for (const documents::PaperKind& kind : documents::paper_kinds()) {
    files += static_cast<std::size_t>(std::count_if(kind.formats.begin(), kind.formats.end(), [&](documents::PaperFormat format) {
      return is_wished(wish, kind, format);
    }));
  }
  return files;
}

class OwnPapersPrinter {
 public:
  // `edition`: null where everything is wanted; it outlives the printer. Each file is drawn a second time for its digest, and only
  // where that is kept or compared: of more files than are kept nobody waits for it.
  OwnPapersPrinter(const OwnPapersWish& wish, documents::PaperContext context, const OwnEdition* edition, std::size_t schools,
                   const LocalTime& time)
      : wish_(wish),
        plain_(without_copy(context)),
        context_(std::move(context)),
        edition_(edition),
        needs_prints_(edition != nullptr || schools * files_of_a_school(wish) <= most_prints_kept),
        changes_(wish.language),
        zip_(time) {}

  // Whether any file of the school is in the ZIP.
  bool print(const VenueSummary& school, const PlannedExam& planned) {
    const VenueIndex venue = planned.exam.find(school.code);
    const std::string folder = file_name_of(fmt::format("{} ({})", school.name, school.code.text()));
    bool any = false;
    for (const documents::PaperKind& kind : documents::paper_kinds()) {
      for (const documents::PaperFormat format : kind.formats) {
        if (!is_wished(wish_, kind, format)) continue;
        if (!is_changed(school, kind.name, format, planned, venue)) continue;
        any = true;
        add(fmt::format("{}/{}.{}", folder, file_name_of(kind.title.in(wish_.language)), documents::spell(format)),
            documents::render_paper(kind.name, format, planned, venue, context_).bytes);
      }
    }
    return any;
  }
  const std::map<std::string, std::string>& prints() const { return prints_; }
  int unchanged() const { return unchanged_; }
  // `schools`: all that are printed. What was taken of others is to be thrown away, unless one school alone was asked for.
  std::string finish(const std::vector<VenueSummary>& schools) {
    if (edition_ == nullptr) return zip_.close();
    for (const auto& taken : edition_->prints) {
      const std::string& key = taken.first;
      const bool is_known = std::any_of(schools.begin(), schools.end(), [&](const VenueSummary& school) {
        return key.starts_with(school.code.text() + "\t");
      });
      if (!is_known && wish_.venue.empty()) changes_.add(key, "", {"throw away", "폐기"});
    }
    add(changes_.name(), changes_.take());
    return zip_.close();
  }

 private:
  bool is_changed(const VenueSummary& school, const std::string& paper, documents::PaperFormat format, const PlannedExam& planned,
                  VenueIndex venue) {
    if (!needs_prints_) return true;
    const std::string key = key_of_print(school.code, paper, format, wish_.language);
    std::string print = sha256(documents::render_paper(paper, format, planned, venue, plain_).bytes).hex().substr(0, digits_of_print);
    const std::string& now = prints_[key] = std::move(print);
    if (edition_ == nullptr) return true;
    const auto before = edition_->prints.find(key);
    const bool is_new = before == edition_->prints.end();
    const bool changed = is_new || before->second != now;
    if (!changed) ++unchanged_;
    changes_.add(key, school.name, is_new ? Text{"new", "새 문서"} : changed ? Text{"replace", "교체"} : Text{"keep", "그대로 사용"});
    return changed;
  }
  void add(const std::string& name, std::string bytes) {
    if (zip_.size() + bytes.size() > most_own_bytes) {
      throw InvalidInput("too_many_papers", {"These are more than 64 MB. Choose fewer papers, or one venue at a time.",
                                             "64MB를 넘습니다. 문서를 줄이거나 시험장을 하나씩 고르십시오."});
    }
    zip_.add(name, std::move(bytes));
  }

  const OwnPapersWish& wish_;
  const documents::PaperContext plain_;
  documents::PaperContext context_;
  const OwnEdition* edition_;
  const bool needs_prints_;
  ChangeSheet changes_;
  MemoryZip zip_;
  std::map<std::string, std::string> prints_;
  int unchanged_ = 0;
};

documents::PaperContext context_of_copy(const OwnPapersDesk& desk, const LiveExam& exam, const OwnPapersWish& wish,
                                        const documents::Templates* templates, const std::string& mark, Instant now) {
  documents::PaperContext context;
  context.language = wish.language;
  context.printed_at = now;
  context.plan_digest = exam.plan_digest;
  context.taken_by = desk.actor.account;
  context.mark = mark;
  context.templates = templates;
  context.subjects = desk.subjects;
  return context;
}

std::string place_of(const OwnPapersDesk& desk, const OwnPapersWish& wish) {
  if (!wish.venue.empty()) return wish.venue.text();
  if (desk.actor.role == Role::venue_chief && desk.own_venue) return desk.own_venue->text();
  return desk.actor.district ? desk.actor.district->text() : std::string("all");
}

// Whoever keeps papers of several schools looks for them by name: the school, as the folder in the ZIP is called, or the district
// with its code where they are of several schools.
std::string name_of_zip(const OwnPapersDesk& desk, const LiveExam& exam, const OwnPapersWish& wish,
                        const std::vector<VenueSummary>& own) {
  std::string place = Text{"All venues", "전체"}.in(wish.language);
  if (own.size() == 1 && (!wish.venue.empty() || desk.actor.role == Role::venue_chief)) {
    place = fmt::format("{} ({})", own.front().name, own.front().code.text());
  } else if (desk.actor.district) {
    place = name_of_district(desk.actor.district->text()).in(wish.language);
  }
  return fmt::format("papers-{}-{}-{}.zip", exam.code.text(), exam.plan_digest.substr(0, digits_of_digest),
                     beginning_of_file_name(file_name_of(place), longest_school_in_name));
}

}  // namespace

std::vector<OwnEdition> list_own_editions(AuditTrail& trail, const Actor& actor, const ExamCode& exam) {
  const std::string beginning = exam.text() + "/";
  AuditFilter filter;
  filter.author = actor.account;
  filter.action = action_of_own_papers;
  filter.subject = beginning;
  filter.limit = takings_read;
  std::vector<OwnEdition> editions;
  for (const AuditEntry& entry : trail.list_entries(filter)) {
    const AuditNote& note = entry.note;
    if (entry.change.author != actor.account || note.action != filter.action || !note.subject.starts_with(beginning)) continue;
    // The code of another exam may begin alike and go on behind a slash; places have none.
    if (note.subject.find('/', beginning.size()) != std::string::npos) continue;
    if (!note.after || note.after->empty() || !note.detail.starts_with(plan_of_taking)) continue;
    const std::size_t end = std::min(note.detail.find(','), note.detail.size());
    const std::string plan = note.detail.substr(plan_of_taking.size(), end - plan_of_taking.size());
    auto found = std::find_if(editions.begin(), editions.end(), [&](const OwnEdition& edition) { return edition.plan == plan; });
    if (found == editions.end()) {
      editions.push_back(OwnEdition{plan, entry.change.at, {}});
      found = std::prev(editions.end());
    }
    read_prints(*note.after, found->prints);  // of files that were taken twice the later one stays
  }
  return editions;
}

OwnPapers take_own_papers(const OwnPapersDesk& desk, const LiveExam& exam, const OwnPapersWish& typed,
                          const documents::Templates* templates, Instant now) {
  const std::vector<VenueSummary> own = own_venues_of(desk, exam.code, typed.venue);
  const OwnPapersWish wish = read_own_wish(typed);
  std::optional<OwnEdition> edition;
  if (!wish.since.empty()) edition = find_edition(desk, exam.code, wish.since);
  OwnPapers taken;
  taken.mark = draw_token(bytes_of_mark);
  documents::PaperContext context = context_of_copy(desk, exam, wish, templates, taken.mark, now);
  if (edition && edition->plan != exam.plan_digest) context.replaces = edition->plan;
  const std::string place = place_of(desk, wish);
  AuditNote note{action_of_own_papers, exam.code.text() + "/" + place,
                 fmt::format("{}{}, mark {}", plan_of_taking, exam.plan_digest, taken.mark)};
  if (edition) note.detail += ", since " + edition->plan;
  note.exam = exam.code.text();
  documents::PortraitShelf portraits(desk.portraits);
  context.portraits = portraits.source();
  OwnPapersPrinter printer(wish, std::move(context), edition ? &*edition : nullptr, own.size(), local_time(now, exam.time_zone));
  for (const VenueSummary& school : own) {
    const auto planned = desk.plans.find_venue_plan(exam.code, school.code);
    // Of two plans at once nobody can make papers that fit together.
    if (!planned || (!planned->plan.digest.empty() && planned->plan.digest != exam.plan_digest)) {
      throw Conflict("plan_just_changed", {"The live plan has just changed. Take the papers again.",
                                           "확정 배정안이 방금 변경되었습니다. 문서를 다시 받으십시오."});
    }
    const bool any = printer.print(school, *planned);
    portraits.clear();
    if (!any) continue;
    for (const Applicant& person : planned->exam.applicants) note.whose.push_back(person.id.text());
  }
  taken.bytes = printer.finish(own);
  taken.unchanged = printer.unchanged();
  taken.name = name_of_zip(desk, exam, wish, own);
  if (!printer.prints().empty() && printer.prints().size() <= most_prints_kept) note.after = write_prints(printer.prints());
  if (desk.has_rights_still && !desk.has_rights_still()) throw_not_own();
  desk.accesses.record_access(change_of(desk.actor, "", now), note);
  return taken;
}

}  // namespace hanjari::services

#include "hanjari/papers/own_papers.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/documents/papers.h"
#include "hanjari/papers/papers_job.h"
#include "hanjari/papers/school_names.h"
#include "papers/memory_zip.h"

namespace hanjari::services {
namespace {

constexpr std::size_t most_own_bytes = 64U << 20U;
constexpr std::size_t digits_of_digest = 12;
constexpr std::size_t bytes_of_mark = 6;

[[noreturn]] void throw_not_own() {
  throw NotAllowed("not_your_venue",
                   {"Your account may not open this venue's papers.", "이 시험장의 서류를 열 권한이 없는 계정입니다."});
}

// The words are judged as those of an order are.
void check_own_wish(const OwnPapersWish& wish) {
  if (wish.papers.empty() || wish.formats.empty()) {
    throw InvalidInput("nothing_chosen", {"Tick at least one paper and one format.", "문서와 형식을 하나 이상 고르십시오."});
  }
  PaperWish order;
  order.papers = wish.papers;
  order.formats = wish.formats;
  parse_paper_wish(write_paper_wish(order));
}

std::vector<VenueSummary> own_venues_of(PlanRepository& plans, const Actor& actor, const ExamCode& exam,
                                        const VenueCode& wanted) {
  std::vector<VenueSummary> own = list_own_venues(plans, actor, exam);
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

class OwnPapersPrinter {
 public:
  OwnPapersPrinter(const OwnPapersWish& wish, documents::PaperContext context, const LocalTime& time)
      : wish_(wish), context_(std::move(context)), zip_(time) {}

  void print(const VenueSummary& school, const PlannedExam& planned) {
    const VenueIndex venue = planned.exam.find(school.code);
    const std::string folder = file_name_of(fmt::format("{} ({})", school.name, school.code.text()));
    for (const documents::PaperKind& kind : documents::paper_kinds()) {
      if (std::find(wish_.papers.begin(), wish_.papers.end(), kind.name) == wish_.papers.end()) continue;
      for (const documents::PaperFormat format : kind.formats) {
        if (std::find(wish_.formats.begin(), wish_.formats.end(), documents::spell(format)) == wish_.formats.end()) continue;
        add(fmt::format("{}/{}.{}", folder, file_name_of(kind.title.in(wish_.language)), documents::spell(format)),
            documents::render_paper(kind.name, format, planned, venue, context_).bytes);
      }
    }
  }
  std::string finish() { return zip_.close(); }

 private:
  void add(const std::string& name, std::string bytes) {
    if (zip_.size() + bytes.size() > most_own_bytes) {
      throw InvalidInput("too_many_papers", {"These are more than 64 MB. Choose fewer papers, or one venue at a time.",
                                             "64MB를 넘습니다. 문서를 줄이거나 시험장을 하나씩 고르십시오."});
    }
    zip_.add(name, std::move(bytes));
  }

  const OwnPapersWish& wish_;
  documents::PaperContext context_;
  MemoryZip zip_;
};

}  // namespace

OwnPapers take_own_papers(PlanRepository& plans, AccessRecord& accesses, const Actor& actor, const LiveExam& exam,
                          const OwnPapersWish& wish, const documents::Templates* templates, Instant now,
                          documents::SubjectNames subjects) {
  const std::vector<VenueSummary> own = own_venues_of(plans, actor, exam.code, wish.venue);
  check_own_wish(wish);
  OwnPapers taken;
  taken.mark = draw_token(bytes_of_mark);
  documents::PaperContext context;
  context.language = wish.language;
  context.printed_at = now;
  context.plan_digest = exam.plan_digest;
  context.taken_by = actor.account;
  context.mark = taken.mark;
  context.templates = templates;
  context.subjects = std::move(subjects);
  const std::string place = !wish.venue.empty()  ? wish.venue.text()
                            : actor.district ? actor.district->text()
                                             : std::string("all");
  AuditNote note{"own_papers.zip", exam.code.text() + "/" + place,
                 fmt::format("plan {}, mark {}", exam.plan_digest, taken.mark)};
  note.exam = exam.code.text();
  OwnPapersPrinter printer(wish, context, local_time(now, exam.time_zone));
  for (const VenueSummary& school : own) {
    const auto planned = plans.find_venue_plan(exam.code, school.code);
    // Of two plans at once nobody can make papers that fit together.
    if (!planned || (!planned->plan.digest.empty() && planned->plan.digest != exam.plan_digest)) {
      throw Conflict("plan_just_changed", {"The live plan has just changed. Take the papers again.",
                                           "확정 배정안이 방금 변경되었습니다. 문서를 다시 받으십시오."});
    }
    for (const Applicant& person : planned->exam.applicants) note.whose.push_back(person.id.text());
    printer.print(school, *planned);
  }
  taken.bytes = printer.finish();
  taken.name = fmt::format("papers-{}-{}-{}.zip", exam.code.text(), place, exam.plan_digest.substr(0, digits_of_digest));
  accesses.record_access(change_of(actor, "", now), note);
  return taken;
}

}  // namespace hanjari::services

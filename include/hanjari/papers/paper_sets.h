// Papers of a stored plan, and the lists of what it changes, as ZIP files that a job makes. They are kept sealed until a
// day, and whoever takes one is recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"

namespace hanjari::services {

// How long files can be taken; papers of an older edition are a danger by then.
inline constexpr std::chrono::hours papers_are_kept{24 * 7};

// papers: what is printed for the exam day. notices: what the plan changes for people who were told another one.
enum class PaperContent { papers, notices };
std::string_view spell(PaperContent content);

// One ZIP: the papers of one venue, those over all venues, or notices.
struct PaperFile {
  std::string id;        // nobody guesses it
  std::string job;       // that made it
  std::int64_t run = 1;  // which start of the job (Job::starts): what a broken-off start left is never offered
  int number = 1;        // within the job
  ExamCode exam;
  std::string plan;  // digest
  PaperContent content = PaperContent::papers;
  VenueCode venue{};  // whose papers it holds; empty: those over all venues, or notices
  std::string name;  // codes only: "papers-seoul-2021-1-0123456789ab-1-V0001.zip"
  std::int64_t bytes = 0;
  std::int64_t people = 0;  // whose data it holds
  Instant made_at{};
  Instant ends_at{};
};

// A file with all that is in it.
struct PaperBytes {
  PaperFile file;
  std::vector<std::string> whose;  // applicant_ids
  std::string bytes;
};

class PaperSetRepository {
 public:
  virtual ~PaperSetRepository() = default;
  // Keeps a file that is not offered yet.
  virtual void add_file(const PaperBytes& made) = 0;
  // Offers the files of this start of the job, all at once, with their audit entry. Throws Conflict
  // (papers_made_elsewhere) when those of another start are offered, or the job was begun anew since.
  virtual void offer_files(const std::string& job, std::int64_t run, const ExamCode& exam, Instant ends_at,
                           const Change& change) = 0;
  // Takes away what this start made and has not offered.
  virtual void discard_files(const std::string& job, std::int64_t run) = 0;
  // Those that are offered now, newest job first, by number. `plan`: its whole digest, empty for all plans of the exam.
  virtual std::vector<PaperFile> list_files(const ExamCode& exam, const std::string& plan, Instant now) = 0;
  // Those of one job, offered now or not any more.
  virtual std::vector<PaperFile> list_files_of_job(const std::string& job) = 0;
  // Nothing when it is not of this exam, is not offered, or its time is over.
  virtual std::optional<PaperBytes> find_file(const ExamCode& exam, const std::string& id, Instant now) = 0;
  // Takes a few files away whose time is over, and what broken-off work left; true when there may be more.
  virtual bool remove_expired(Instant now) = 0;
};

// Hands a file out: recorded with everybody whose data it holds, before it is given. Throws NotFound (no_such_file).
PaperBytes take_paper_file(PaperSetRepository&, AccessRecord&, const ExamCode& exam, const std::string& id,
                           const Change& change);

// A file that somebody took, as the audit trail tells it.
struct PaperTaking {
  Instant at{};
  std::string account;
  std::string name;  // of the file
  std::string plan;  // digest
  PaperContent content = PaperContent::papers;
};

// Of this exam, newest first, at most `most`; taken again is said again. Read from the audit trail, so that it is never
// more or less than what is recorded.
std::vector<PaperTaking> list_takings(AuditTrail&, const ExamCode& exam, std::size_t most);
// The plans whose papers were taken, each once, the one that was taken last first: what schools may hold on paper.
std::vector<std::string> list_taken_plans(const std::vector<PaperTaking>& takings);

}  // namespace hanjari::services

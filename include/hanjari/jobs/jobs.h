// Jobs: work that takes longer than a request may. A job is a row of a table that all programs share; one of them claims
// it, keeps its lease while it works, and says how far it is. After a crash the lease runs out and another program
// begins the job anew, so every kind of work must bear being begun twice.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/text.h"

namespace hanjari::services {

// waiting -> running -> done, failed or cancelled; running -> waiting when its program stops in an orderly way.
enum class JobState { waiting, running, done, failed, cancelled };
std::string_view spell(JobState state);
std::optional<JobState> parse_job_state(std::string_view word);
Text name_of(JobState state);
inline bool is_over(JobState state) { return state != JobState::waiting && state != JobState::running; }

// What is to be done. Exam and request hold codes and settings only, nothing about a person: they are stored openly.
struct JobOrder {
  std::string kind;     // "plan": lower-case letters and underscores, at most 40
  std::string exam;     // code of the exam, empty for work that concerns all; of one kind and exam only one job waits or runs
  std::string request;  // JSON of the kind's own settings, at most 4,000 bytes
  bool keeps_reason = false;  // with a file: whether find_reason tells why it was sent
};

struct JobProgress {
  Text stage;
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // 0: unknown
  std::string note;         // a short word beside it, such as the current gap
};

struct Job {
  std::string id;
  JobOrder order;
  JobState state = JobState::waiting;
  std::string author;  // account that ordered it
  JobProgress progress;
  std::string claim;  // of the program that works on it; empty while nobody does
  int starts = 0;
  bool cancel_asked = false;
  std::int64_t version = 0;  // grows with every change that a reader can see
  std::string result;        // JSON of the kind's own, codes and numbers only
  std::string fault_code;    // of a failed job
  Text fault;
  std::vector<Text> faults{};  // with end_job: every fault of what the job was given, or the warnings of a job that is
                               // done, a line each; read by list_faults
  Instant asked_at{};
  std::optional<Instant> begun_at;
  std::optional<Instant> ended_at;
};

// Stages that a job has begun, oldest first: its history.
struct JobStage {
  Text name;
  Instant begun_at{};
};

// A figure that a job said while it worked: a note that is a whole number.
struct JobPoint {
  std::string stage;  // in English
  int starts = 0;     // of the job, when it was said
  std::uint64_t done = 0;
  std::int64_t figure = 0;
  Instant at{};
};

// The number that a note is, as "36,109"; nothing for other notes.
std::optional<std::int64_t> figure_of_note(std::string_view note);

// It ended before it could be cancelled (job_over).
class JobOver : public Conflict {
 public:
  explicit JobOver(Text message) : Conflict("job_over", std::move(message)) {}
};

struct JobFilter {
  std::string exam{};  // empty: of all exams
  std::string kind{};  // empty: of all kinds
  std::size_t limit = 50;
};

// How long the faults of a failed job can be read. They quote what was sent, also of a package whose exam was never
// stored, so that no destruction would reach them.
inline constexpr std::chrono::hours faults_are_kept{24 * 30};

// A file that a job leaves, sealed, for whoever ordered it. sent: the package that it looked at, to be imported; marked: the officer's
// workbook with its bad cells marked.
enum class JobOutput { sent, marked };

// How long such files can be taken: they hold data of people, also of an exam that was never stored.
inline constexpr std::chrono::hours outputs_are_kept{24};

class JobRepository {
 public:
  virtual ~JobRepository() = default;
  // Adds the job, or gives the one of the same kind and exam that waits or runs already; with its audit entry.
  virtual Job add_job(const JobOrder& order, const std::string& id, const Change& change) = 0;
  // The same with a file that the work needs. It is kept sealed, with the exam's key, until the job is over, and removed
  // in the transaction of its end. Throws Conflict (job_running) where add_job would give another job: that one has
  // another file.
  virtual Job add_job_with_file(const JobOrder& order, const std::string& id, std::string_view file,
                                const Change& change) = 0;
  // Throws NotFound (job_file_gone) when the job is over or had none.
  virtual std::string load_job_file(const Job& job) = 0;
  // Of a failed job: every fault of what it was given; of one that is done: the warnings. They may quote data of people,
  // so they are kept sealed.
  virtual std::vector<Text> list_faults(const Job& job) = 0;
  virtual std::optional<Job> find_job(const std::string& id) = 0;
  virtual std::vector<JobStage> list_stages(const std::string& id) = 0;
  // Figures that the job has said, oldest first, at most one for each word of progress.
  virtual std::vector<JobPoint> list_points(const std::string& /*id*/) { return {}; }
  // Newest first.
  virtual std::vector<Job> list_jobs(const JobFilter& filter) = 0;
  // Takes the oldest job of these kinds that waits, or whose lease ran out; nothing when there is none.
  virtual std::optional<Job> claim_job(const std::vector<std::string>& kinds, const std::string& claim, Instant now,
                                       std::chrono::seconds lease) = 0;
  // Prolongs the lease and says how far the work is. lost: the claim is no longer this one's; cancel: somebody asked the
  // work to stop.
  enum class Kept { yes, cancel, lost };
  virtual Kept keep_job(const Job& claimed, const JobProgress& progress, Instant now, std::chrono::seconds lease) = 0;
  // Ends the job, once; false when the claim is no longer this one's. `ended`: state done, failed or cancelled with
  // result or fault; waiting gives it back for another program. With the end the job's file goes.
  virtual bool end_job(const Job& ended, const Change& change) = 0;
  // A waiting job is cancelled at once, a running one is asked to stop. Throws NotFound (unknown_job),
  // JobOver.
  virtual void cancel_job(const std::string& id, const Change& change) = 0;
  // Keeps a file of the job, in place of an earlier one of its kind; nothing when the claim is no longer this one's.
  virtual void keep_output(const Job& /*claimed*/, JobOutput, std::string_view /*bytes*/) {}
  virtual bool has_output(const Job&, JobOutput) { return false; }
  // Why the job's file was sent, of an order that keeps it, as long as an output of it would be kept; empty where nothing was
  // said, or where it cannot be read any more.
  virtual std::string find_reason(const Job&) { return {}; }
  // The file, for somebody who takes it: recorded in the same transaction. Throws NotFound (job_file_gone) when there is none.
  virtual std::string take_output(const Job&, JobOutput, const Change&) {
    throw NotFound("job_file_gone", {"The file of this job is gone. Send it again.", "이 작업의 파일이 없습니다. 다시 보내십시오."});
  }
  // Takes the faults of some jobs away that ended before this moment; true when there may be more. Outputs go
  // as much earlier as they are kept shorter.
  virtual bool remove_faults(Instant /*ended_before*/) { return false; }
};

}  // namespace hanjari::services

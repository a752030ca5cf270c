#include "cli/paper_press.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/documents/templates.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;
using documents::Paper;
using documents::PaperContext;
using documents::PaperFormat;
using documents::PaperKind;
using documents::PaperScope;

std::atomic<int> stop_signal{0};

// Takes interrupts for as long as it lives, so that no half-made file stays behind.
class SignalWatch {
 public:
  SignalWatch() {
    stop_signal = 0;
    struct sigaction action = {};
    action.sa_handler = [](int signal) { stop_signal = signal; };
    ::sigaction(SIGINT, &action, &old_interrupt_);
    ::sigaction(SIGTERM, &action, &old_end_);
  }
  ~SignalWatch() {
    ::sigaction(SIGINT, &old_interrupt_, nullptr);
    ::sigaction(SIGTERM, &old_end_, nullptr);
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  struct sigaction old_interrupt_ = {};
  struct sigaction old_end_ = {};
};

struct Task {
  const PaperKind* paper;
  PaperFormat format;
  VenueIndex venue;
  std::string file;  // inside the folder
};

// What is done so far, beside the papers while they are being made: the first line says for which order and with which
// print time, every other one names a finished file.
class Journal {
 public:
  Journal(fs::path folder, std::string order, Instant& printed_at) : path_(std::move(folder) / ".unfinished") {
    std::ifstream before(path_);
    std::string word;
    std::int64_t seconds = 0;
    if (before >> word >> seconds && word == order) {
      printed_at = Instant(std::chrono::seconds(seconds));
      std::getline(before, word);
      for (std::string line; std::getline(before, line);) done_.insert(line);
    }
    before.close();
    fs::create_directories(path_.parent_path());
    out_.open(path_, std::ios::trunc);
    out_ << order << ' ' << std::chrono::duration_cast<std::chrono::seconds>(printed_at.time_since_epoch()).count()
         << '\n';
    for (const std::string& file : done_) out_ << file << '\n';
    out_.flush();
    if (!out_) {
      throw Unavailable("file_not_written", {fmt::format("{}: cannot be written", path_.string()),
                                             fmt::format("{}: 쓸 수 없습니다", path_.string())});
    }
  }
  bool has(const std::string& file) const { return done_.contains(file); }
  void add(const std::string& file) { out_ << file << '\n' << std::flush; }
  void remove() {
    out_.close();
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  fs::path path_;
  std::set<std::string> done_;
  std::ofstream out_;
};

// Everything the bytes of the files depend on but the print time.
std::string order_digest(const PlannedExam& planned, const PressOrder& order) {
  Sha256 digest;
  const PaperContext& context = order.context;
  for (const std::string& part : {planned.exam.input_sha256, planned.plan.digest, context.version, context.taken_by,
                                  context.check_url, std::string(context.language == Language::korean ? "ko" : "en")}) {
    digest.update(part).update(std::string_view("\0", 1));
  }
  if (context.templates != nullptr) digest.update(context.templates->digest());
  return digest.finish().hex();
}

std::vector<Task> list_tasks(const PlannedExam& planned, const PressOrder& order) {
  std::vector<Task> tasks;
  for (const PaperKind* paper : order.papers) {
    for (const PaperFormat format : order.formats) {
      if (std::find(paper->formats.begin(), paper->formats.end(), format) == paper->formats.end()) continue;
      for (const VenueIndex venue : order.venues) {
        tasks.push_back({paper, format, venue,
                         fmt::format("{}/{}.{}", paper->name, planned.exam[venue].code.text(), spell(format))});
      }
      if (order.scope == PaperScope::venue_and_city && paper->scope == PaperScope::venue_and_city) {
        tasks.push_back({paper, format, VenueIndex::none(), fmt::format("{}/_all.{}", paper->name, spell(format))});
      }
    }
  }
  return tasks;
}

class Press {
 public:
  Press(const PlannedExam& planned, const PressOrder& order, std::vector<Task> tasks, Journal& journal,
        Progress& progress)
      : planned_(planned), order_(order), tasks_(std::move(tasks)), journal_(journal), progress_(progress) {}

  PressResult run() {
    const unsigned processors = std::max(1u, std::thread::hardware_concurrency());
    const std::size_t wanted = order_.threads > 0 ? static_cast<std::size_t>(order_.threads) : processors;
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min(wanted, tasks_.size()); ++i) threads.emplace_back([this] { work(); });
    work();
    for (std::thread& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(result_);
  }

 private:
  void work() {
    while (stop_signal == 0) {
      const std::size_t at = next_++;
      if (at >= tasks_.size()) return;
      try {
        make(tasks_[at]);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        next_ = tasks_.size();
      }
    }
  }

  void make(const Task& task) {
    const fs::path path = order_.folder / task.file;
    Paper paper;
    const bool there = journal_.has(task.file) && fs::exists(path);
    if (!there) {
      paper = render_paper(task.paper->name, task.format, planned_, task.venue, order_.context);
      AtomicFile file(path);
      file.write(paper.bytes);
      file.commit();
    }
    const std::lock_guard lock(mutex_);
    if (there) {
      ++result_.already_there;
    } else {
      if (!journal_.has(task.file)) journal_.add(task.file);
      ++result_.files;
      result_.pages += static_cast<std::uint64_t>(paper.pages);
    }
    for (const documents::MissingGlyph& missing : paper.missing) found_missing_.emplace(missing.character, task.file);
    progress_.report(++done_, task.file);
    if (done_ == tasks_.size()) list_missing();
  }

  void list_missing() {
    constexpr std::size_t most = 20;
    for (const auto& one : found_missing_) {
      if (result_.missing.size() < most) {
        result_.missing.push_back(one);
      } else {
        ++result_.more_missing;
      }
    }
  }

  const PlannedExam& planned_;
  const PressOrder& order_;
  const std::vector<Task> tasks_;
  Journal& journal_;
  Progress& progress_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  std::set<std::pair<char32_t, std::string>> found_missing_;
  PressResult result_;
  std::exception_ptr failure_;
};

}  // namespace

PressResult print_papers(const PlannedExam& planned, PressOrder order, const Terminal& terminal) {
  const auto began = system_clock().elapsed();
  std::vector<Task> tasks = list_tasks(planned, order);
  Journal journal(order.folder, order_digest(planned, order), order.context.printed_at);
  PressResult result;
  {
    const SignalWatch watch;
    terminal.progress.stage({"printing papers", "문서 만드는 중"}, tasks.size());
    result = Press(planned, order, std::move(tasks), journal, terminal.progress).run();
  }
  if (stop_signal != 0) {
    terminal.say(
        {fmt::format("stopped after {} files; the same command goes on from here", result.files),
         fmt::format("파일 {}개를 만들고 멈추었습니다. 같은 명령을 다시 실행하면 이어서 만듭니다", result.files)});
    ::raise(stop_signal);  // the shell learns how it ended
  }
  journal.remove();
  result.seconds = seconds_between(began, system_clock().elapsed());
  return result;
}

std::vector<bool> changed_venues(const Exam& exam, const Plan& before, const Plan& after) {
  std::vector<bool> changed(exam.venues.size());
  const auto same = [](const Placement& a, const Placement& b) {
    return a.number == b.number && a.venue == b.venue && a.room == b.room && a.seat_no == b.seat_no &&
           a.desk == b.desk && a.booklet == b.booklet;
  };
  auto old = before.placements.begin();
  for (const Placement& now : after.placements) {
    for (; old != before.placements.end() && old->applicant < now.applicant; ++old) changed[old->venue.value] = true;
    const bool known = old != before.placements.end() && old->applicant == now.applicant;
    if (!known || !same(*old, now)) changed[now.venue.value] = true;
    if (!known) continue;
    if (!same(*old, now)) changed[old->venue.value] = true;
    ++old;
  }
  for (; old != before.placements.end(); ++old) changed[old->venue.value] = true;
  return changed;
}

}  // namespace hanjari::cli

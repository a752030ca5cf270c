#include "papers/commands/paper_press.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/changed_papers.h"
#include "hanjari/documents/templates.h"
#include "hanjari/papers/school_names.h"
#include "papers/commands/child_workers.h"
#include "papers/commands/school_zip.h"

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
  std::string file;   // inside the folder
  std::string shown;  // what people find there in the end
  std::string zip;    // that the file goes into; empty: none
};

// Where files wait until their school's ZIP is made.
constexpr const char* packing_folder = ".packing";

// What a killed run was writing: files beside the papers under names of their own.
void remove_parts(const fs::path& folder) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.') && name.find(".part-") != std::string::npos) fs::remove(entry->path(), error);
    if (error) return;
  }
}

using Characters = std::set<char32_t>;

// What is done so far, beside the papers while they are being made: the first line says for which order and with which
// print time, every other one names a finished file and, behind tabs, the characters that no font has.
class Journal {
 public:
  // Reads what a stopped run of the same order left; begin() is to follow.
  Journal(fs::path folder, std::string order, Instant& printed_at)
      : path_(std::move(folder) / ".unfinished"), order_(std::move(order)), printed_at_(printed_at) {
    std::ifstream before(path_);
    std::string word;
    std::int64_t seconds = 0;
    unfinished_ = before.is_open();
    if (before >> word >> seconds && word == order_) {
      same_order_ = true;
      printed_at = Instant(std::chrono::seconds(seconds));
      std::getline(before, word);
      for (std::string line; std::getline(before, line);) read_line(line);
    }
  }
  // A run of the same order was stopped: what it made and had no time to note is no file of somebody else.
  bool goes_on() const { return same_order_; }
  void begin() {
    if (unfinished_) remove_parts(path_.parent_path());
    fs::create_directories(path_.parent_path());
    out_.open(path_, std::ios::trunc);
    out_ << order_ << ' ' << std::chrono::duration_cast<std::chrono::seconds>(printed_at_.time_since_epoch()).count()
         << '\n';
    for (const auto& [file, missing] : done_) write_line(file, missing);
    out_.flush();
    if (!out_) {
      throw Unavailable("file_not_written", {fmt::format("{}: cannot be written", path_.string()),
                                             fmt::format("{}: 쓸 수 없습니다", path_.string())});
    }
  }
  // Null when the file was not finished.
  const Characters* find(const std::string& file) const {
    const auto found = done_.find(file);
    return found == done_.end() ? nullptr : &found->second;
  }
  void add(const std::string& file, const Characters& missing) {
    write_line(file, missing);
    out_.flush();
  }
  void remove() {
    out_.close();
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  void read_line(const std::string& line) {
    std::istringstream words(line);
    std::string file;
    std::getline(words, file, '\t');
    Characters& missing = done_[file];
    for (std::uint32_t code = 0; words >> std::hex >> code;) missing.insert(char32_t{code});
  }
  void write_line(const std::string& file, const Characters& missing) {
    out_ << file;
    for (const char32_t character : missing) out_ << fmt::format("\t{:X}", static_cast<std::uint32_t>(character));
    out_ << '\n';
  }

  fs::path path_;
  std::string order_;
  Instant& printed_at_;
  bool unfinished_ = false;
  bool same_order_ = false;
  std::map<std::string, Characters> done_;
  std::ofstream out_;
};

// Which files there will be, and all that their bytes depend on but the print time.
std::string order_digest(const PlannedExam& planned, const PressOrder& order) {
  Sha256 digest;
  const PaperContext& context = order.context;
  for (const std::string& part :
       {planned.exam.input_sha256, planned.plan.digest, context.version, context.taken_by, context.replaces,
        context.check_url, order.before, std::string(context.language == Language::korean ? "ko" : "en")}) {
    digest.update(part).update(std::string_view("\0", 1));
  }
  if (context.templates != nullptr) digest.update(context.templates->digest());
  const auto add = [&digest](std::string_view word) { digest.update(word).update(std::string_view("\0", 1)); };
  add(fmt::format("{} {}", static_cast<int>(order.packing), static_cast<int>(order.scope)));
  add(context.portraits ? "photos" : "frames");
  for (const PaperKind* paper : order.papers) add(paper->name);
  add({});
  for (const PaperFormat format : order.formats) add(spell(format));
  add({});
  for (const VenueIndex venue : order.venues) add(planned.exam[venue].code.text());
  return digest.finish().hex();
}

// Venues at which a paper has a sheet to print again, by subject; every venue when all papers are wanted.
class VenuesToPrint {
 public:
  VenuesToPrint(const PlannedExam& planned, const documents::PaperPart* only) : only_(only) {
    if (only == nullptr) return;
    rooms_.resize(planned.exam.venues.size());
    people_.resize(planned.exam.venues.size());
    for (const Placement& one : planned.plan.placements) {
      if (only->rooms[one.room.value]) rooms_[one.venue.value] = true;
      if (only->people[one.applicant.value]) people_[one.venue.value] = true;
    }
  }
  bool has(const PaperKind& paper, VenueIndex venue) const {
    if (only_ == nullptr) return true;
    switch (paper.subject) {
      case documents::PaperSubject::room:
        return rooms_[venue.value];
      case documents::PaperSubject::person:
        return people_[venue.value];
      case documents::PaperSubject::venue:
        break;
    }
    return only_->tables.at(paper.name)[venue.value];
  }
  // Whether a table over all venues differs.
  bool any(const PaperKind& paper) const {
    if (only_ == nullptr) return true;
    const std::vector<bool>& flags = only_->tables.at(paper.name);
    return std::find(flags.begin(), flags.end(), true) != flags.end();
  }

 private:
  const documents::PaperPart* only_;
  std::vector<bool> rooms_;
  std::vector<bool> people_;
};

// Where each file goes.
class FilePlaces {
 public:
  FilePlaces(const PlannedExam& planned, const PressOrder& order)
      : planned_(planned),
        packing_(order.packing),
        language_(order.context.language),
        all_(Text{"All venues", "전체"}.in(language_)),
        schools_(services::file_names_of_venues(planned.exam, {all_, "changed.csv", "changed.xlsx"})) {}

  Task task(const PaperKind& paper, PaperFormat format, VenueIndex venue) const {
    Task task{&paper, format, venue, {}, {}, {}};
    if (packing_ == Packing::by_paper) {
      task.file = fmt::format("{}/{}.{}", paper.name, venue.exists() ? planned_.exam[venue].code.text() : "_all",
                              spell(format));
      task.shown = task.file;
      return task;
    }
    const std::string school = venue.exists() ? schools_[venue.value] : all_;
    const std::string inside = fmt::format("{}/{}.{}", school, services::file_name_of(paper.title.in(language_)), spell(format));
    if (packing_ == Packing::school_zips) task.zip = school + ".zip";
    task.file = task.zip.empty() ? inside : fmt::format("{}/{}", packing_folder, inside);
    task.shown = task.zip.empty() ? inside : task.zip + "/" + inside;
    return task;
  }

 private:
  const PlannedExam& planned_;
  Packing packing_;
  Language language_;
  std::string all_;
  std::vector<std::string> schools_;
};

std::vector<Task> list_tasks(const PlannedExam& planned, const PressOrder& order) {
  std::vector<Task> tasks;
  const VenuesToPrint venues(planned, order.context.only);
  const FilePlaces places(planned, order);
  for (const PaperKind* paper : order.papers) {
    for (const PaperFormat format : order.formats) {
      if (std::find(paper->formats.begin(), paper->formats.end(), format) == paper->formats.end()) continue;
      for (const VenueIndex venue : order.venues) {
        if (venues.has(*paper, venue)) tasks.push_back(places.task(*paper, format, venue));
      }
      if (order.scope == PaperScope::venue_and_city && paper->scope == PaperScope::venue_and_city &&
          venues.any(*paper)) {
        tasks.push_back(places.task(*paper, format, VenueIndex::none()));
      }
    }
  }
  return tasks;
}

// What a finished paper has to say to whoever keeps the journal.
struct Printed {
  std::uint64_t pages = 0;
  Characters missing;

  std::string packed() const {
    std::string bytes = std::to_string(pages);
    for (const char32_t character : missing) bytes += ' ' + std::to_string(static_cast<std::uint32_t>(character));
    return bytes;
  }
  static Printed unpack(std::string_view bytes) {
    Printed printed;
    std::istringstream words{std::string(bytes)};
    words >> printed.pages;
    for (std::uint32_t code = 0; words >> code;) printed.missing.insert(char32_t{code});
    return printed;
  }
};

Printed print_one(const PlannedExam& planned, const PressOrder& order, const Task& task) {
  const Paper paper = render_paper(task.paper->name, task.format, planned, task.venue, order.context);
  write_file(order.folder / task.file, paper.bytes);
  Printed printed{static_cast<std::uint64_t>(paper.pages), {}};
  for (const documents::MissingGlyph& missing : paper.missing) printed.missing.insert(missing.character);
  return printed;
}

// The characters that no font has, by the people in whose names they stand; those of other words by file.
class MissingList {
 public:
  explicit MissingList(const PlannedExam& planned) : planned_(planned) {}
  void add(const Task& task, const Characters& missing) {
    for (const char32_t character : missing) {
      if (!looked_for_.insert({task.venue.value, character}).second) continue;
      const std::string spelled = spell_code_point(character);
      bool in_a_name = false;
      for (const Placement& placed : planned_.plan.placements) {
        if (task.venue.exists() && placed.venue != task.venue) continue;
        if (planned_.exam[placed.applicant].name.find(spelled) == std::string::npos) continue;
        in_a_name = true;
        note(planned_.exam[placed.applicant].id.text(), placed.number, task.shown, character);
      }
      if (!in_a_name) note("", {}, task.shown, character);
    }
  }
  void move_to(PressResult& result) const {
    constexpr std::size_t most = 20;
    for (const bool people : {true, false}) {
      for (const auto& [key, one] : found_) {
        if (one.person.empty() == people) continue;
        if (result.missing.size() < most) {
          result.missing.push_back(one);
        } else {
          ++result.more_missing;
        }
      }
    }
  }

 private:
  void note(const std::string& person, const ApplicantNumber& number, const std::string& file, char32_t character) {
    auto& one = found_[{person, person.empty() ? file : std::string()}];
    one.person = ApplicantId(person);
    one.number = number;
    if (one.file.empty()) one.file = file;
    one.characters.insert(character);
  }

  const PlannedExam& planned_;
  std::set<std::pair<std::uint32_t, char32_t>> looked_for_;
  std::map<std::pair<std::string, std::string>, MissingCharacters> found_;
};

PressResult run_press(const PlannedExam& planned, const PressOrder& order, const std::vector<Task>& tasks,
                      Journal& journal, Progress& progress) {
  PressResult result;
  MissingList missing(planned);
  std::vector<const Task*> open;
  for (const Task& task : tasks) {
    const Characters* known = journal.find(task.file);
    const bool packed = !task.zip.empty() && journal.find(task.zip) != nullptr && fs::exists(order.folder / task.zip);
    if (known != nullptr && (packed || fs::exists(order.folder / task.file))) {
      ++result.already_there;
      missing.add(task, *known);
    } else {
      open.push_back(&task);
    }
  }
  const int processors = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  share_work({.tasks = open.size(),
              .processes = order.processes > 0 ? order.processes : processors,
              .work = [&](std::size_t at) { return print_one(planned, order, *open[at]).packed(); },
              .heard =
                  [&](std::size_t at, std::string_view said) {
                    const Printed printed = Printed::unpack(said);
                    const std::string& file = open[at]->file;
                    journal.add(file, printed.missing);
                    missing.add(*open[at], printed.missing);
                    ++result.files;
                    result.pages += printed.pages;
                    progress.report(result.already_there + result.files, open[at]->shown);
                  },
              .stop = stop_signal});
  missing.move_to(result);
  return result;
}

// Packs what was printed, school by school; a stopped run goes on behind the last one.
void pack_schools(const PlannedExam& planned, const PressOrder& order, const std::vector<Task>& tasks,
                  Journal& journal) {
  const LocalTime printed = local_time(order.context.printed_at, planned.exam.header.time_zone);
  std::set<std::string> zips;
  for (const Task& task : tasks) {
    if (!task.zip.empty()) zips.insert(task.zip);
  }
  for (const std::string& zip : zips) {
    if (stop_signal != 0) return;
    const fs::path staged = order.folder / packing_folder / zip;
    const fs::path school = fs::path(staged).replace_extension();
    if (!fs::exists(school)) continue;  // packed by the run that was stopped
    pack_folder(school, staged, printed);
    fs::rename(staged, order.folder / zip);
    journal.add(zip, {});
    fs::remove_all(school);
  }
  fs::remove_all(order.folder / packing_folder);
}

// What the folder holds in the end.
std::vector<std::string> list_files(const std::vector<Task>& tasks, const Journal& journal) {
  std::vector<std::string> files;
  std::set<std::string> zips;
  for (const Task& task : tasks) {
    if (!task.zip.empty()) {
      zips.insert(task.zip);
    } else if (journal.find(task.file) == nullptr) {
      files.push_back(task.file);
    }
  }
  files.insert(files.end(), zips.begin(), zips.end());
  return files;
}

}  // namespace

PressResult print_papers(const PlannedExam& planned, PressOrder order, const Terminal& terminal) {
  const auto began = system_clock().elapsed();
  const std::vector<Task> tasks = list_tasks(planned, order);
  Journal journal(order.folder, order_digest(planned, order), order.context.printed_at);
  if (!journal.goes_on()) {
    require_free_files(order.folder, list_files(tasks, journal), order.existing);
    std::error_code ignored;
    fs::remove_all(order.folder / packing_folder, ignored);  // of another order that was stopped
  }
  journal.begin();
  PressResult result;
  {
    const SignalWatch watch;
    terminal.progress.stage({"printing papers", "문서 만드는 중"}, tasks.size());
    result = run_press(planned, order, tasks, journal, terminal.progress);
    if (stop_signal == 0) pack_schools(planned, order, tasks, journal);
  }
  if (stop_signal != 0) {
    terminal.say(
        {fmt::format("stopped after {}; the same command goes on from here",
                     count_of(static_cast<long long>(result.files), "file", "files")),
         fmt::format("파일 {}개를 만들고 멈추었습니다. 같은 명령을 다시 실행하면 이어서 만듭니다", result.files)});
    ::raise(stop_signal);  // the shell learns how it ended
    return result;         // where the signal is ignored
  }
  journal.remove();
  result.seconds = seconds_between(began, system_clock().elapsed());
  return result;
}

}  // namespace hanjari::cli

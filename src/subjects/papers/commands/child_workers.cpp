#include "papers/commands/child_workers.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <vector>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

// What a child says: a head, then so many bytes.
enum class Word : std::uint32_t { done, failed };
struct Head {
  Word word = Word::done;
  std::uint32_t bytes = 0;
  std::uint64_t task = 0;
};

// The next task to begin, seen by all processes.
class Counter {
 public:
  Counter() {
    void* memory = ::mmap(nullptr, sizeof *next_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    next_ = new (memory) std::atomic<std::size_t>(0);
    static_assert(std::atomic<std::size_t>::is_always_lock_free, "processes share it without a lock");
  }
  ~Counter() { ::munmap(next_, sizeof *next_); }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  std::size_t take() { return (*next_)++; }
  void end_at(std::size_t tasks) { *next_ = tasks; }

 private:
  std::atomic<std::size_t>* next_ = nullptr;
};

// An Error as bytes: its kind, code and both messages, each ended by a zero. Lists of faults stay behind.
std::string pack(const Error& error) {
  char kind = 'u';
  if (dynamic_cast<const InvalidInput*>(&error) != nullptr) kind = 'i';
  if (dynamic_cast<const NotFound*>(&error) != nullptr) kind = 'f';
  if (dynamic_cast<const NotAllowed*>(&error) != nullptr) kind = 'a';
  if (dynamic_cast<const Conflict*>(&error) != nullptr) kind = 'c';
  std::string bytes(1, kind);
  for (const std::string* part : {&error.code(), &error.message().en, &error.message().ko}) bytes += *part + '\0';
  return bytes;
}

[[noreturn]] void throw_packed(std::string_view bytes) {
  std::array<std::string, 3> parts;
  std::size_t at = 1;
  for (std::string& part : parts) {
    const std::size_t end = bytes.find('\0', at);
    part = bytes.substr(at, end - at);
    at = end + 1;
  }
  const Text message{parts[1], parts[2]};
  switch (bytes.front()) {
    case 'i':
      throw InvalidInput(parts[0], message);
    case 'f':
      throw NotFound(parts[0], message);
    case 'a':
      throw NotAllowed(parts[0], message);
    case 'c':
      throw Conflict(parts[0], message);
    default:
      throw Unavailable(parts[0], message);
  }
}

bool write_all(int pipe, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(pipe, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool send(int pipe, Word word, std::size_t task, const std::string& said) {
  const Head head{word, static_cast<std::uint32_t>(said.size()), task};
  return write_all(pipe, &head, sizeof head) && write_all(pipe, said.data(), said.size());
}

// Never returns: a child must not run what this process does afterwards.
[[noreturn]] void be_child(const SharedWork& shared, Counter& counter, int pipe) {
  int status = 0;
  while (shared.stop == 0) {
    const std::size_t task = counter.take();
    if (task >= shared.tasks) break;
    std::string said;
    Word word = Word::done;
    try {
      said = shared.work(task);
    } catch (const Error& error) {
      word = Word::failed;
      said = pack(error);
    } catch (...) {
      status = 1;  // a bug; the other side says that a child was lost
      break;
    }
    if (!send(pipe, word, task, said) || word == Word::failed) break;
  }
  ::_exit(status);
}

struct Child {
  pid_t process = 0;
  int pipe = -1;
  std::string unread;
};

class Children {
 public:
  explicit Children(const SharedWork& shared) : shared_(shared) {
    const pid_t parent = ::getpid();
    const auto most = static_cast<int>(std::min<std::size_t>(shared.tasks, 256));
    for (int i = 0; i < std::min(shared.processes, most); ++i) {
      int ends[2];
      if (::pipe2(ends, O_CLOEXEC) != 0) throw_lost();
      const pid_t process = ::fork();
      if (process < 0) throw_lost();
      if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(1);
        ::signal(SIGPIPE, SIG_IGN);
        ::close(ends[0]);
        for (const Child& other : children_) ::close(other.pipe);
        be_child(shared, counter_, ends[1]);
      }
      ::close(ends[1]);
      children_.push_back({process, ends[0], {}});
    }
  }
  ~Children() {
    counter_.end_at(shared_.tasks);
    for (Child& child : children_) {
      if (child.pipe >= 0) ::close(child.pipe);
      wait_for(child);
    }
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  void listen() {
    while (std::any_of(children_.begin(), children_.end(), [](const Child& child) { return child.pipe >= 0; })) {
      std::vector<pollfd> waiting;
      for (const Child& child : children_) waiting.push_back({child.pipe, POLLIN, 0});
      const int woken = ::poll(waiting.data(), waiting.size(), -1);
      if (shared_.stop != 0) counter_.end_at(shared_.tasks);  // the signal may have come to this process alone
      if (woken < 0) continue;
      for (std::size_t i = 0; i < children_.size(); ++i) {
        if (waiting[i].revents != 0) read_from(children_[i]);
      }
    }
    if (!failure_.empty()) throw_packed(failure_);
    if (lost_) throw_lost();
  }

 private:
  [[noreturn]] static void throw_lost() {
    throw Unavailable("worker_lost",
                      {"a process that was at work has ended before its time; the same command goes on from here",
                       "작업하던 프로세스가 도중에 끝났습니다. 같은 명령을 다시 실행하면 이어서 합니다"});
  }

  static int wait_for(Child& child) {
    int status = 0;
    while (child.process > 0 && ::waitpid(child.process, &status, 0) < 0 && errno == EINTR) {
    }
    child.process = 0;
    return status;
  }

  void read_from(Child& child) {
    char buffer[1 << 16];
    const ssize_t count = ::read(child.pipe, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) {
      ::close(child.pipe);
      child.pipe = -1;
      if (wait_for(child) != 0 || !child.unread.empty()) {
        lost_ = true;
        counter_.end_at(shared_.tasks);
      }
      return;
    }
    child.unread.append(buffer, static_cast<std::size_t>(count));
    std::size_t at = 0;
    Head head;
    while (child.unread.size() - at >= sizeof head) {
      std::memcpy(&head, child.unread.data() + at, sizeof head);
      if (child.unread.size() - at - sizeof head < head.bytes) break;
      const std::string_view said = std::string_view(child.unread).substr(at + sizeof head, head.bytes);
      if (head.word == Word::done) {
        shared_.heard(static_cast<std::size_t>(head.task), said);
      } else {
        if (failure_.empty()) failure_ = said;
        counter_.end_at(shared_.tasks);
      }
      at += sizeof head + head.bytes;
    }
    child.unread.erase(0, at);
  }

  const SharedWork& shared_;
  Counter counter_;
  std::vector<Child> children_;
  std::string failure_;
  bool lost_ = false;
};

}  // namespace

void share_work(const SharedWork& shared) {
  if (shared.processes > 1 && shared.tasks > 1) {
    Children(shared).listen();
    return;
  }
  for (std::size_t task = 0; task < shared.tasks && shared.stop == 0; ++task) shared.heard(task, shared.work(task));
}

}  // namespace hanjari::cli

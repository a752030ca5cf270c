// One deadline for a whole call to another service, whatever is spoken there.
#pragma once

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

namespace hanjari::outgoing {

// A limit for each read lets a service that drips bytes hold a thread for hours. From the deadline's end on the connection
// that it holds is cut: whoever reads or writes there, in a handshake too, meets its end at once. Made before the
// connection, gone after it. Looking a host's name up has the limits of the system's resolver.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds whole);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // The descriptor of the connected socket; one of a deadline. Throws Poco::IOException when the machine has neither a
  // descriptor nor a thread left.
  void hold(int socket);
  // Whether it cut the connection: what then looks like the end of an answer is none.
  bool has_cut() const;

 private:
  void keep();
  std::chrono::steady_clock::time_point end_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  bool cut_ = false;
  int socket_ = -1;  // a descriptor of our own: the number of the other one may belong to another file by then
  std::thread thread_;
  sigset_t masked_before_{};
};

}  // namespace hanjari::outgoing

// Counts of what the listeners answered, in the text form that Prometheus reads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hanjari/site/routes.h"

namespace prometheus {
class Counter;
class Histogram;
}  // namespace prometheus

namespace hanjari::web {

// Where one kind of answer is counted. Finding a tally costs time, counting does not.
struct Tally {
  prometheus::Counter* answers = nullptr;
  prometheus::Histogram* seconds = nullptr;
  void count(double taken) const;
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  void begin(Listener listener);
  // `route` is a pattern; "-" when none matched.
  void end(Listener listener, std::string_view route, std::string_view method, int status, double seconds);
  Tally find(Listener listener, std::string_view route, std::string_view method, int status);
  void connection_opened(Listener listener);
  // `because`: done, idle, too_slow, gone, malformed, full, stopping.
  void connection_closed(Listener listener, std::string_view because);
  // Requests that wait for a worker now.
  void waiting(Listener listener, std::size_t requests);
  std::string write() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::web

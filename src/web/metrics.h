// Counts of what the listeners answered, in the text form that Prometheus reads.
#pragma once

#include <memory>
#include <string>

#include "hanjari/web/routes.h"

namespace hanjari::web {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  void begin(Listener listener);
  // `route` is a pattern; "-" when none matched.
  void end(Listener listener, const std::string& route, const std::string& method, int status, double seconds);
  std::string write() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::web

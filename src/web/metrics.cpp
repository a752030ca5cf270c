#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace hanjari::web {
namespace {

// Seconds; a page from memory takes a millisecond, a sign-in a tenth of a second.
const prometheus::Histogram::BucketBoundaries bounds{0.001, 0.005, 0.025, 0.1, 0.5, 2, 10};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& answers = prometheus::BuildCounter()
                                                         .Name("hanjari_http_answers_total")
                                                         .Help("Answers by listener, route pattern, method and status")
                                                         .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("hanjari_http_seconds")
          .Help("Seconds from a request to its answer, by listener and route pattern")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& running = prometheus::BuildGauge()
                                                       .Name("hanjari_http_running")
                                                       .Help("Requests being answered now, by listener")
                                                       .Register(registry);

  prometheus::Gauge& running_at(Listener listener) { return running.Add({{"listener", std::string(spell(listener))}}); }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::begin(Listener listener) {
  state_->running_at(listener).Increment();
}

void Metrics::end(Listener listener, const std::string& route, const std::string& method, int status, double seconds) {
  const std::string name(spell(listener));
  state_->running_at(listener).Decrement();
  state_->answers.Add({{"listener", name}, {"route", route}, {"method", method}, {"status", std::to_string(status)}})
      .Increment();
  state_->seconds.Add({{"listener", name}, {"route", route}}, bounds).Observe(seconds);
}

std::string Metrics::write() const {
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace hanjari::web

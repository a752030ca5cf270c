#include "site/metrics.h"

#include <array>
#include <functional>
#include <map>
#include <shared_mutex>
#include <tuple>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace hanjari::web {
namespace {

// Seconds; a kept answer takes some microseconds, a page a millisecond, a sign-in a tenth of a second.
const prometheus::Histogram::BucketBoundaries bounds{0.0001, 0.001, 0.005, 0.025, 0.1, 0.5, 2, 10};

using Series = std::tuple<Listener, std::string, std::string, int>;
using SeriesView = std::tuple<Listener, std::string_view, std::string_view, int>;

struct Earlier {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return SeriesView(std::get<0>(a), std::get<1>(a), std::get<2>(a), std::get<3>(a)) <
           SeriesView(std::get<0>(b), std::get<1>(b), std::get<2>(b), std::get<3>(b));
  }
};

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
  prometheus::Family<prometheus::Counter>& closed = prometheus::BuildCounter()
                                                        .Name("hanjari_http_connections_closed_total")
                                                        .Help("Connections closed, by listener and reason")
                                                        .Register(registry);
  std::array<prometheus::Gauge*, 3> running = gauges("hanjari_http_running", "Requests being answered now");
  std::array<prometheus::Gauge*, 3> open = gauges("hanjari_http_connections", "Open connections");
  std::array<prometheus::Gauge*, 3> waiting = gauges("hanjari_http_waiting", "Requests that wait for a worker");

  std::shared_mutex mutex;
  std::map<Series, Tally, Earlier> tallies;

  std::array<prometheus::Gauge*, 3> gauges(const char* name, const std::string& help) {
    auto& family = prometheus::BuildGauge().Name(name).Help(help + ", by listener").Register(registry);
    std::array<prometheus::Gauge*, 3> all{};
    for (const Listener listener : {Listener::portal, Listener::office, Listener::operations}) {
      all.at(static_cast<std::size_t>(listener)) = &family.Add({{"listener", std::string(spell(listener))}});
    }
    return all;
  }
};

void Tally::count(double taken) const {
  answers->Increment();
  seconds->Observe(taken);
}

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::begin(Listener listener) {
  state_->running.at(static_cast<std::size_t>(listener))->Increment();
}

Tally Metrics::find(Listener listener, std::string_view route, std::string_view method, int status) {
  const SeriesView wanted{listener, route, method, status};
  {
    const std::shared_lock lock(state_->mutex);
    if (const auto found = state_->tallies.find(wanted); found != state_->tallies.end()) return found->second;
  }
  const std::string name(spell(listener));
  const std::string pattern(route);
  const std::string verb(method);
  const Tally tally{&state_->answers.Add(
                        {{"listener", name}, {"route", pattern}, {"method", verb}, {"status", std::to_string(status)}}),
                    &state_->seconds.Add({{"listener", name}, {"route", pattern}}, bounds)};
  const std::unique_lock lock(state_->mutex);
  return state_->tallies.emplace(Series{listener, pattern, verb, status}, tally).first->second;
}

void Metrics::end(Listener listener, std::string_view route, std::string_view method, int status, double seconds) {
  state_->running.at(static_cast<std::size_t>(listener))->Decrement();
  find(listener, route, method, status).count(seconds);
}

void Metrics::connection_opened(Listener listener) {
  state_->open.at(static_cast<std::size_t>(listener))->Increment();
}

void Metrics::connection_closed(Listener listener, std::string_view because) {
  state_->open.at(static_cast<std::size_t>(listener))->Decrement();
  state_->closed.Add({{"listener", std::string(spell(listener))}, {"reason", std::string(because)}}).Increment();
}

void Metrics::waiting(Listener listener, std::size_t requests) {
  state_->waiting.at(static_cast<std::size_t>(listener))->Set(static_cast<double>(requests));
}

std::string Metrics::write() const {
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace hanjari::web

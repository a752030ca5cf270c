#include "hanjari/site/routes.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

namespace hanjari::web {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);  // the leading slash
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

// The name inside "{name}" or behind "word.{name}", and the word; an empty name for a fixed segment.
struct Slot {
  std::string_view word;
  std::string_view name;
};

Slot slot_of(std::string_view segment) {
  const auto open = segment.find('{');
  if (open == std::string_view::npos) return {segment, {}};
  return {segment.substr(0, open), segment.substr(open + 1, segment.size() - open - 2)};
}

bool well_formed(std::string_view pattern) {
  if (!pattern.starts_with('/')) return false;
  for (const auto segment : segments_of(pattern)) {
    const auto open = segment.find('{');
    const auto close = segment.find('}');
    if (open == std::string_view::npos && close == std::string_view::npos) continue;
    if (close != segment.size() - 1 || open + 1 >= close || segment.find('{', open + 1) != std::string_view::npos)
      return false;
    if (open > 0 && segment[open - 1] != '.') return false;
  }
  return true;
}

// The pattern without the names of its slots: no path could tell two patterns of one shape apart.
std::string shape_of(std::string_view pattern) {
  std::string shape;
  for (const auto segment : segments_of(pattern)) {
    const Slot slot = slot_of(segment);
    shape += '/';
    shape += slot.word;
    if (!slot.name.empty()) shape += "{}";
  }
  return shape;
}

bool match_segment(std::string_view pattern, std::string_view segment, PathValues& values) {
  const Slot slot = slot_of(pattern);
  if (slot.name.empty()) return segment == slot.word;
  if (!segment.starts_with(slot.word)) return false;
  auto value = decode_percent(segment.substr(slot.word.size()), false);
  if (!value || value->empty()) return false;
  if (slot.name == "language" && *value != "ko" && *value != "en") return false;
  values.insert_or_assign(std::string(slot.name), std::move(*value));
  return true;
}

std::optional<PathValues> match_path(std::string_view pattern, const std::vector<std::string_view>& segments) {
  // Most patterns are told apart by this already, and every request asks many of them.
  if (std::count(pattern.begin(), pattern.end(), '/') != std::ssize(segments)) return std::nullopt;
  const auto parts = segments_of(pattern);
  PathValues values;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (!match_segment(parts[at], segments[at], values)) return std::nullopt;
  }
  return values;
}

// Of a well-formed pattern: no segment of it has more than one slot.
std::ptrdiff_t fixed_segments(std::string_view pattern) {
  return std::count(pattern.begin(), pattern.end(), '/') - std::count(pattern.begin(), pattern.end(), '{');
}

// No role reaches further than the rules of the domain let it (domain, "who may do what").
bool goes_too_far(const Grant& grant) {
  switch (grant.role) {
    case services::Role::applicant:
      return grant.reach != Reach::own;
    case services::Role::district_coordinator:
      return grant.reach == Reach::everything;
    case services::Role::venue_chief:
      return grant.reach == Reach::everything || grant.reach == Reach::own_district;
    default:
      return false;
  }
}

void check_permission(const Route& route) {
  if (route.permission.needs_sign_in() && route.permission.grants().empty()) {
    throw std::logic_error("a route that names nobody: " + route.pattern);
  }
  for (const Grant& grant : route.permission.grants()) {
    if (goes_too_far(grant)) throw std::logic_error("a role reaches beyond what is its own: " + route.pattern);
  }
  const bool names_exam = route.pattern.find("/exams/{code}") != std::string::npos;
  if (names_exam != (route.permission.state() != ExamState::not_named)) {
    throw std::logic_error("a route that names an exam says in which state it must be, and no other: " + route.pattern);
  }
}

}  // namespace

std::string_view spell(Listener listener) {
  switch (listener) {
    case Listener::portal:
      return "portal";
    case Listener::office:
      return "office";
    case Listener::operations:
      return "operations";
  }
  return "";
}

std::string_view spell(Reach reach) {
  switch (reach) {
    case Reach::everything:
      return "everything";
    case Reach::own_district:
      return "own_district";
    case Reach::own_venue:
      return "own_venue";
    case Reach::own:
      return "own";
  }
  return "";
}

std::string_view spell(ExamState state) {
  return state == ExamState::live ? "live" : state == ExamState::any ? "any" : "not_named";
}

std::optional<Reach> Permission::reach_of(services::Role role) const {
  for (const Grant& grant : grants_) {
    if (grant.role == role) return grant.reach;
  }
  return std::nullopt;
}

void take_members(std::vector<Route>& routes, const std::vector<TakenMembers>& taken) {
  for (const TakenMembers& one : taken) {
    const auto route = std::find_if(routes.begin(), routes.end(), [&](const Route& other) {
      return other.method == Method::post && other.api && other.pattern == one.pattern;
    });
    if (route == routes.end()) throw std::logic_error("members of a route that is not there: " + std::string(one.pattern));
    route->api->members = one.members;
  }
}

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::map<std::tuple<Listener, Method, std::string>, std::string> taken;
  for (const Route& route : routes_) {
    if (!well_formed(route.pattern)) throw std::logic_error("malformed route pattern: " + route.pattern);
    check_permission(route);
    if (route.handler == nullptr) throw std::logic_error("a route without handler: " + route.pattern);
    if (route.keep && (route.permission.needs_sign_in() || route.method != Method::get)) {
      throw std::logic_error("only answers to everybody's GET can be kept: " + route.pattern);
    }
    const auto [other, first] = taken.emplace(std::tuple(route.listener, route.method, shape_of(route.pattern)), route.pattern);
    if (!first) throw std::logic_error("two routes for one path: " + other->second + " and " + route.pattern);
  }
  // The most exact first, so that find() may take the first that fits.
  std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
    return fixed_segments(a.pattern) > fixed_segments(b.pattern);
  });
}

Match RouteTable::find(Listener listener, Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  const auto segments = segments_of(path);
  for (const Route& route : routes_) {
    if (route.listener != listener) continue;
    auto values = match_path(route.pattern, segments);
    if (!values) continue;
    if (route.method == method) return {&route, std::move(*values), {}};
    match.allowed.push_back(route.method);
  }
  return match;
}

}  // namespace hanjari::web

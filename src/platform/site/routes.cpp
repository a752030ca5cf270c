#include "hanjari/site/routes.h"

#include <algorithm>
#include <stdexcept>

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

// Same shape: no path could tell the two apart.
bool same_shape(std::string_view a, std::string_view b) {
  const auto left = segments_of(a);
  const auto right = segments_of(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](std::string_view x, std::string_view y) {
    const Slot one = slot_of(x);
    const Slot other = slot_of(y);
    return one.word == other.word && one.name.empty() == other.name.empty();
  });
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
  const auto parts = segments_of(pattern);
  if (parts.size() != segments.size()) return std::nullopt;
  PathValues values;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (!match_segment(parts[at], segments[at], values)) return std::nullopt;
  }
  return values;
}

std::ptrdiff_t fixed_segments(std::string_view pattern) {
  const auto parts = segments_of(pattern);
  return std::count_if(parts.begin(), parts.end(),
                       [](std::string_view part) { return part.find('{') == std::string_view::npos; });
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
  for (std::size_t at = 0; at < routes_.size(); ++at) {
    const Route& route = routes_[at];
    if (!well_formed(route.pattern)) throw std::logic_error("malformed route pattern: " + route.pattern);
    check_permission(route);
    if (route.handler == nullptr) throw std::logic_error("a route without handler: " + route.pattern);
    if (route.keep && (route.permission.needs_sign_in() || route.method != Method::get)) {
      throw std::logic_error("only answers to everybody's GET can be kept: " + route.pattern);
    }
    for (std::size_t before = 0; before < at; ++before) {
      const Route& other = routes_[before];
      if (other.listener == route.listener && other.method == route.method &&
          same_shape(other.pattern, route.pattern)) {
        throw std::logic_error("two routes for one path: " + other.pattern + " and " + route.pattern);
      }
    }
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

#include "exact/search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "exact/ledger.h"

namespace hanjari::exact {
namespace {

constexpr double without_end = std::numeric_limits<double>::infinity();
constexpr double nearly_whole = 1e-6;
constexpr std::size_t cut_rounds_at_root = 30;
constexpr std::size_t idle_cut_rounds = 4;  // without a higher bound; then the cuts are enough
constexpr std::size_t cut_rounds = 3;
constexpr std::uint64_t most_search_steps = 20'000;
constexpr std::uint64_t trial_steps = 30;
constexpr std::size_t most_trials = 8;  // columns tried at a node
constexpr int enough_tries = 3;
constexpr std::uint64_t nodes_always_rounded = 20;
constexpr std::uint64_t nodes_between_roundings = 6;
constexpr int most_additions = 12;  // rooms added for people who have no seat after rounding

double fraction_of(double value) {
  return value - std::floor(value);
}

bool is_whole(double value) {
  return std::abs(value - std::round(value)) <= nearly_whole;
}

}  // namespace

Search::Search(const Reading& reading, Model& model, const Filler& filler, const Budget& budget)
    : reading_(reading), model_(model), filler_(filler), budget_(budget), room_of_(reading.type_of.size()) {
  best_.unseated = static_cast<std::int64_t>(room_of_.size());
}

void Search::offer(const Values& values, const std::vector<RoomIndex>& room_of) {
  if (values >= best_) return;
  best_ = values;
  room_of_ = room_of;
}

std::int64_t Search::best_on_level() const {
  switch (level_) {
    case level_unseated:
      return best_.unseated - static_cast<std::int64_t>(reading_.nowhere.size());
    case level_changed:
      return best_.changed;
    case level_farther:
      return best_.farther;
    case level_over_cap:
      return best_.over_cap;
    case level_total:
      break;
  }
  return best_.total;
}

// What a node has to stay below. A plan that is better on an earlier level may be worse on this one: what was left out
// for the sake of the plan before stays left out.
std::int64_t Search::cutoff() {
  cutoff_ = std::min(cutoff_, best_on_level());
  return cutoff_;
}

bool Search::spent() {
  if (work() > most_work_) return true;
  if (!stopped_ && budget_.stop()) stopped_ = true;
  return stopped_;
}

std::int64_t Search::run(Level level, std::uint64_t most_work) {
  level_ = level;
  most_work_ = work() + most_work;
  Simplex& lp = model_.lp;
  lp.set_costs(model_.cost[level], model_.guide(level));
  lp.limit_work(lp.work() + most_work);
  root_lower_.clear();
  root_upper_.clear();
  for (std::uint32_t column = 0; column < lp.columns(); ++column) {
    root_lower_.push_back(lp.lower(column));
    root_upper_.push_back(lp.upper(column));
  }
  const std::vector<std::int64_t> lower_before = root_lower_;
  const std::vector<std::int64_t> upper_before = root_upper_;
  experience_.assign(lp.columns(), {});
  open_ = {};
  dive_.clear();
  dive_.push_back({});
  nodes_ = 0;
  cutoff_ = best_on_level();
  while (!dive_.empty() || !open_.empty()) {
    if (spent()) break;
    Node node = take_next();
    if (node.bound >= cutoff()) continue;
    enter(node);
    const bool is_root = nodes_++ == 0;
    const State state = relax(node);
    if (is_root && state == State::fractional) {
      round();
      fix_by_resistance();
      model_.lp.drop_idle_cuts();
    }
    if (state == State::whole) offer_whole();
    if (state == State::pruned || node.bound >= cutoff()) continue;
    if (leaf()) {
      offer_whole();
      continue;
    }
    if (state == State::fractional && (nodes_ < nodes_always_rounded || nodes_ % nodes_between_roundings == 0)) round();
    std::vector<double> values;
    const std::uint32_t column = choose_branch(values);
    branch(std::move(node), column, values[column]);
  }
  std::int64_t bound = cutoff();
  for (const Node& node : dive_) bound = std::min(bound, node.bound);
  if (!open_.empty()) bound = std::min(bound, open_.top().bound);
  for (std::uint32_t column = 0; column < lp.columns(); ++column) {
    lp.set_bounds(column, lower_before[column], upper_before[column]);
  }
  return bound;
}

// Goes on downwards as long as there is a child, then takes the open node with the lowest bound.
Search::Node Search::take_next() {
  Node node;
  if (!dive_.empty()) {
    node = std::move(dive_.back());
    dive_.pop_back();
  } else {
    node = open_.top();
    open_.pop();
  }
  return node;
}

void Search::enter(const Node& node) {
  for (std::uint32_t column = 0; column < root_lower_.size(); ++column) {
    model_.lp.set_bounds(column, root_lower_[column], root_upper_[column]);
  }
  for (const Change& change : node.changes) model_.lp.set_bounds(change.column, change.lower, change.upper);
}

Search::State Search::relax(Node& node) {
  Simplex& lp = model_.lp;
  const bool is_root = nodes_ <= 1;
  const std::size_t rounds = is_root ? cut_rounds_at_root : cut_rounds;
  std::size_t idle = 0;
  for (std::size_t number = 0;; ++number) {
    const std::int64_t bound_before = node.bound;
    Simplex::Outcome outcome = lp.solve(static_cast<double>(cutoff()) + 0.5, most_search_steps);
    if (outcome == Simplex::Outcome::gave_up && lp.prove_bound() < cutoff())
      outcome = lp.solve(without_end, most_search_steps);
    if (outcome == Simplex::Outcome::infeasible) return lp.prove_infeasible() ? State::pruned : State::unknown;
    node.bound = std::max(node.bound, lp.prove_bound());
    if (node.bound >= cutoff()) return State::pruned;
    if (outcome == Simplex::Outcome::gave_up) return State::unknown;
    if (is_root && number == 0) round();
    if (node.bound >= cutoff()) return State::pruned;
    idle = number > 0 && node.bound == bound_before ? idle + 1 : 0;
    if (number >= rounds || idle >= idle_cut_rounds || spent() || model_.cut() == 0) break;
  }
  for (const std::uint32_t column : model_.whole) {
    if (!is_whole(lp.value(column))) return State::fractional;
  }
  return State::whole;
}

// A column cannot move so far from its best bound that the cost reaches the best known one.
void Search::fix_by_resistance() {
  if (model_.lp.proven_bound() <= 0) return;  // the sum may have been less
  const auto resistances = model_.lp.resistances();
  const std::int64_t room = cutoff() - model_.lp.proven_bound();
  for (std::uint32_t column = 0; column < resistances.size(); ++column) {
    const Simplex::Resistance& own = resistances[column];
    if (own.per_unit <= 0) continue;
    const std::int64_t moves = room / own.per_unit;
    if (moves >= root_upper_[column] - root_lower_[column]) continue;
    if (own.at_lower) {
      root_upper_[column] = root_lower_[column] + moves;
    } else {
      root_lower_[column] = root_upper_[column] - moves;
    }
  }
}

bool Search::is_open(std::uint32_t column) const {
  const Simplex& lp = model_.lp;
  return lp.lower(column) == lp.upper(column) ? lp.lower(column) > 0 : lp.value(column) >= 0.5;
}

// The slot of every unit at every venue where it could be in several: the one it is in most of all in the relaxed answer.
// One alone, also where two halves look alike, or the unit would share two rooms.
std::map<std::pair<UnitIndex, VenueIndex>, std::uint32_t> Search::choose_slots() const {
  std::map<std::pair<UnitIndex, VenueIndex>, std::uint32_t> chosen;
  std::map<std::pair<UnitIndex, VenueIndex>, double> most;
  for (std::uint32_t slot = 0; slot < model_.slots.size(); ++slot) {
    for (const auto& [unit, column] : model_.slots[slot].member) {
      if (model_.lp.upper(column) == 0) continue;
      const double part = model_.lp.lower(column) > 0 ? 1 : model_.lp.value(column);
      const std::pair key(unit, model_.slots[slot].venue);
      const auto known = most.find(key);
      if (known != most.end() && part <= known->second) continue;
      most[key] = part;
      chosen[key] = slot;
    }
  }
  return chosen;
}

Filler::Toll Search::toll() const {
  const std::int64_t weight = reading_.exam->policy.weights.unit_at_venue;
  return [this, weight, slots = choose_slots()](const Bin& bin, const Share& share) -> std::int64_t {
    const UnitIndex unit = reading_.types[share.type].unit;
    if (bin.slot != nothing && model_.slots[bin.slot].member.contains(unit)) {
      const auto chosen = slots.find({unit, reading_.kinds[bin.kind].venue});
      if (chosen == slots.end() || chosen->second != bin.slot) return -1;
    }
    const auto pair = model_.pair_open.find({unit, reading_.kinds[bin.kind].venue});
    return pair != model_.pair_open.end() && !is_open(pair->second) ? weight : 0;
  };
}

// Rooms as the relaxed answer has them, the parts of rooms to whom has most of one.
void Search::round() {
  struct Part {
    double fraction;
    std::uint32_t bin;
  };
  std::vector<std::int64_t> rooms;
  std::vector<Part> parts;
  for (std::uint32_t bin = 0; bin < model_.bins.size(); ++bin) {
    const double value = model_.lp.value(model_.bins[bin].rooms) + nearly_whole;
    rooms.push_back(static_cast<std::int64_t>(std::floor(value)));
    if (fraction_of(value) > 0.01) parts.push_back({fraction_of(value), bin});
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.fraction > b.fraction; });
  Ledger ledger(reading_, model_);
  if (!ledger.add_all(rooms)) return;
  for (const Part& part : parts) {
    if (!ledger.may_add(part.bin)) continue;
    ledger.add(part.bin);
    ++rooms[part.bin];
  }
  try_rooms(std::move(rooms));
}

void Search::offer_whole() {
  std::vector<std::int64_t> rooms;
  for (const Bin& bin : model_.bins) rooms.push_back(std::llround(model_.lp.value(bin.rooms)));
  if (leaf()) {
    for (std::size_t bin = 0; bin < rooms.size(); ++bin) rooms[bin] = model_.lp.lower(model_.bins[bin].rooms);
  }
  Ledger ledger(reading_, model_);
  if (ledger.add_all(rooms)) try_rooms(std::move(rooms));
}

void Search::try_rooms(std::vector<std::int64_t> rooms) {
  for (int additions = 0;; ++additions) {
    const Filling filling = filler_.fill(rooms, toll());
    own_work_ += std::uint64_t{200} * (model_.bins.size() + reading_.types.size());
    if (filling.values < best_) offer(filling.values, filler_.name_rooms(filling));
    if (filling.values.unseated <= best_.unseated && additions > 0) return;
    if (additions >= most_additions || !add_rooms(rooms, filling)) return;
  }
}

// A room for everybody without a seat: the one where the first such type would go for the least.
bool Search::add_rooms(std::vector<std::int64_t>& rooms, const Filling& filling) const {
  Ledger ledger(reading_, model_);
  if (!ledger.add_all(rooms)) return false;
  bool any = false;
  for (std::uint32_t type = 0; type < filling.unseated.size(); ++type) {
    if (filling.unseated[type] == 0) continue;
    const Filler::Option* best = nullptr;
    std::int64_t best_cost = 0;
    for (const Filler::Option& option : filler_.options(type)) {
      if (!ledger.may_add(option.bin)) continue;
      const Place& place = reading_.types[type].places[model_.bins[option.bin].shares[option.share].place];
      const std::int64_t cost = place.changed * 1'000'000 + place.travel;
      if (best != nullptr && cost >= best_cost) continue;
      best = &option;
      best_cost = cost;
    }
    if (best == nullptr) continue;
    ledger.add(best->bin);
    ++rooms[best->bin];
    any = true;
  }
  return any;
}

bool Search::leaf() const {
  return std::all_of(model_.whole.begin(), model_.whole.end(),
                     [&](std::uint32_t column) { return model_.lp.lower(column) == model_.lp.upper(column); });
}

// How much the cost rises when a column is held to one side.
double Search::try_side(std::uint32_t column, std::int64_t lower, std::int64_t upper) {
  Simplex& lp = model_.lp;
  const std::int64_t lower_before = lp.lower(column);
  const std::int64_t upper_before = lp.upper(column);
  lp.set_bounds(column, lower, upper);
  const auto most = static_cast<double>(cutoff()) + 1;
  const Simplex::Outcome outcome = lp.solve(most, trial_steps);
  const double cost = outcome == Simplex::Outcome::infeasible ? most : std::min(most, lp.cost());
  lp.set_bounds(column, lower_before, upper_before);
  return cost;
}

// The column whose both sides raise the bound most, by trial or by what was learnt.
std::uint32_t Search::choose_branch(std::vector<double>& values) {
  Simplex& lp = model_.lp;
  values.clear();
  for (std::uint32_t column = 0; column < lp.columns(); ++column) values.push_back(lp.value(column));
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t column : model_.whole) {
    const bool inside = values[column] > static_cast<double>(lp.lower(column)) &&
                        values[column] < static_cast<double>(lp.upper(column));
    if (inside && !is_whole(values[column])) candidates.push_back(column);
  }
  if (candidates.empty()) {
    for (const std::uint32_t column : model_.whole) {
      if (lp.lower(column) == lp.upper(column)) continue;
      const auto value = std::clamp(std::llround(values[column]), static_cast<long long>(lp.lower(column)),
                                    static_cast<long long>(lp.upper(column)));
      values[column] = static_cast<double>(value) + (value < lp.upper(column) ? 0 : -0.5);
      return column;
    }
  }
  const auto middle = [&](std::uint32_t column) { return std::abs(fraction_of(values[column]) - 0.5); };
  std::stable_sort(candidates.begin(), candidates.end(), [&](std::uint32_t a, std::uint32_t b) {
    return model_.priority[a] != model_.priority[b] ? model_.priority[a] > model_.priority[b] : middle(a) < middle(b);
  });
  const double cost = lp.cost();
  std::size_t trials = 0;
  std::uint32_t best = candidates.front();
  double best_score = -1;
  for (const std::uint32_t column : candidates) {
    Experience& own = experience_[column];
    const double fraction = fraction_of(values[column]);
    double gain[2];
    if (std::min(own.tries[0], own.tries[1]) < enough_tries && trials < most_trials && !spent()) {
      ++trials;
      const auto floor = static_cast<std::int64_t>(std::floor(values[column]));
      gain[0] = std::max(0.0, try_side(column, lp.lower(column), floor) - cost);
      gain[1] = std::max(0.0, try_side(column, floor + 1, lp.upper(column)) - cost);
      own.gain[0] += gain[0] / fraction;
      own.gain[1] += gain[1] / (1 - fraction);
      ++own.tries[0];
      ++own.tries[1];
    } else {
      gain[0] = own.tries[0] > 0 ? own.gain[0] / own.tries[0] * fraction : 0;
      gain[1] = own.tries[1] > 0 ? own.gain[1] / own.tries[1] * (1 - fraction) : 0;
    }
    const double score = std::max(gain[0], 1e-3) * std::max(gain[1], 1e-3);
    if (score > best_score * 1.000001) {
      best = column;
      best_score = score;
    }
  }
  return best;
}

void Search::branch(Node node, std::uint32_t column, double value) {
  const std::int64_t lower = model_.lp.lower(column);
  const std::int64_t upper = model_.lp.upper(column);
  const auto floor = static_cast<std::int64_t>(std::floor(value));
  Node down = node;
  down.changes.push_back({column, lower, floor});
  down.number = 2 * nodes_;
  Node up = std::move(node);
  up.changes.push_back({column, floor + 1, upper});
  up.number = 2 * nodes_ + 1;
  const bool up_first = fraction_of(value) >= 0.4;
  open_.push(up_first ? std::move(down) : std::move(up));
  dive_.push_back(up_first ? std::move(up) : std::move(down));
}

}  // namespace hanjari::exact

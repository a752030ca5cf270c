// The rule wrong_report: what the plan says about itself is what its placements say.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/random.h"
#include "hanjari/domain/spelling.h"
#include "verification/figures.h"
#include "verification/own_travel.h"
#include "verification/rules.h"

namespace hanjari::verification {
namespace {

class ReportJudge {
 public:
  ReportJudge(const Reading& reading, Findings& findings)
      : reading_(reading), report_(reading.rows.report), findings_(findings) {}

  void judge_status();
  void judge_keep_apart();
  void judge_objective(const Figures& figures);
  void judge_detours(const Figures& figures);
  void judge_over_detour(const Figures& figures);
  void judge_bound(const Figures& figures);

 private:
  void tell(const std::string& key, const std::string& en, const std::string& ko) {
    findings_.add(Code::wrong_report, [&] { return std::pair(key, Text{en, ko}); });
  }
  // One figure with the difference that is tolerated.
  void compare(const std::string& key, std::int64_t claimed, std::int64_t found, std::uint64_t tolerated = 0) {
    if (distance(claimed, found) <= tolerated) return;
    tell(key, fmt::format("says {}, the placements give {}", claimed, found),
         in_korean("{}[으로/로] 되어 있으나 배정 결과는 {}입니다", claimed, found));
  }
  void compare_gap(const std::string& key, const std::optional<double>& claimed, std::int64_t difference,
                   std::int64_t least_base, std::int64_t most_base);
  bool everybody_seated() const { return reading_.unseated() == 0; }

  const Reading& reading_;
  const PlanReport& report_;
  Findings& findings_;
};

void ReportJudge::judge_status() {
  const auto placed = static_cast<std::int64_t>(reading_.placed());
  const auto unseated = static_cast<std::int64_t>(reading_.unseated());
  compare("seated", report_.seated, placed);
  compare("unseated", report_.unseated, unseated);
  const bool claims_everybody = report_.status == PlanStatus::optimal || report_.status == PlanStatus::feasible;
  if (claims_everybody != everybody_seated()) {
    tell("status", fmt::format("says {}, but {} {} unseated", spell(report_.status), count_people(unseated),
                              word_for(unseated, "is", "are")),
         in_korean("{}[으로/로] 되어 있으나 미배정 인원은 {}명입니다", spell(report_.status), unseated));
  }
  if (!parse_seed(report_.seed)) {
    tell("seed", fmt::format("'{}' is not 1 to 64 hexadecimal digits", report_.seed),
         in_korean("'{}'[은/는] 1~64자리 16진수가 아닙니다", report_.seed));
  }
  const std::string& digest = reading_.exam.input_sha256;
  if (!digest.empty() && !reading_.exam.is_input(report_.input_sha256)) {
    tell("input_sha256",
         fmt::format("the plan was made from other input: {}, this package is {}", report_.input_sha256, digest),
         fmt::format("다른 입력으로 만든 배정안입니다. 배정안: {}, 이 시험: {}", report_.input_sha256, digest));
  }
}

// People with one word who sit within one row and one column of each other are no violation, hiding it is.
void ReportJudge::judge_keep_apart() {
  using Pair = std::tuple<std::string_view, std::string_view, std::string_view>;  // word, both ids in byte order
  const Exam& exam = reading_.exam;
  std::set<Pair> found;
  std::vector<RowIndex> bound;
  for (std::size_t room = 0; room < exam.rooms.size(); ++room) {
    bound.clear();
    for (const RowIndex row : reading_.people_in(RoomIndex(room))) {
      const Applicant* person = reading_.applicant(row);
      if (person != nullptr && !exam.words[person->keep_apart].empty()) bound.push_back(row);
    }
    for (std::size_t i = 0; i < bound.size(); ++i) {
      for (std::size_t j = i + 1; j < bound.size(); ++j) {
        const PlacementRow& a = reading_[bound[i]];
        const PlacementRow& b = reading_[bound[j]];
        const WordIndex word = reading_.applicant(bound[i])->keep_apart;
        const bool near = distance(a.row, b.row) <= 1 && distance(a.column, b.column) <= 1;
        if (word != reading_.applicant(bound[j])->keep_apart || !near) continue;
        const auto& [first, second] = std::minmax(a.applicant_id.text(), b.applicant_id.text());
        found.emplace(exam.words[word], first, second);
      }
    }
  }
  std::set<Pair> listed;
  for (const KeepApartRow& row : reading_.rows.keep_apart_broken) {
    const auto& [first, second] = std::minmax(row.first.text(), row.second.text());
    listed.emplace(row.word, first, second);
  }
  for (const Pair& pair : found) {
    if (listed.contains(pair)) continue;
    const auto& [word, first, second] = pair;
    tell("keep_apart_broken", fmt::format("{} and {} ({}) sit side by side and are not listed", first, second, word),
         in_korean("{}[과/와] {}({})[이/가] 이웃해 앉으나 명단에 없습니다", first, second, word));
  }
  for (const Pair& pair : listed) {
    if (found.contains(pair)) continue;
    const auto& [word, first, second] = pair;
    tell("keep_apart_broken", fmt::format("{} and {} ({}) are listed but do not sit side by side", first, second, word),
         in_korean("{}[과/와] {}({})[은/는] 명단에 있으나 이웃해 앉지 않습니다", first, second, word));
  }
}

void ReportJudge::judge_objective(const Figures& figures) {
  compare("objective.total", report_.objective.total, figures.objective.total);
  compare("objective.travel_m", report_.objective.travel_m, figures.objective.travel_m);
  compare("objective.rooms_opened", report_.objective.rooms_opened, figures.objective.rooms_opened);
  compare("objective.unit_venue_pairs", report_.objective.unit_venue_pairs, figures.objective.unit_venue_pairs);
  compare("objective.venues_opened", report_.objective.venues_opened, figures.objective.venues_opened);
}

// A detour is the claimed travel less our own travel to the nearest venue: a metre of tolerance per person.
void ReportJudge::judge_detours(const Figures& figures) {
  const auto people = static_cast<std::int64_t>(figures.detours.size());
  const DetourDistribution& claimed = report_.detour_m;
  compare("detour_m.total", claimed.total, figures.detour_total, figures.detours.size());
  compare("detour_m.p50", claimed.p50, nearest_rank(figures.detours, 50), 1);
  compare("detour_m.p95", claimed.p95, nearest_rank(figures.detours, 95), 1);
  compare("detour_m.max", claimed.max, nearest_rank(figures.detours, 100), 1);
  const double mean = people == 0 ? 0 : static_cast<double>(claimed.total) / static_cast<double>(people);
  constexpr double rounded_to_metres = 0.5;
  if (!(std::abs(claimed.mean - mean) <= rounded_to_metres)) {
    tell("detour_m.mean", fmt::format("says {}, total / people is {:.2f}", claimed.mean, mean),
         in_korean("{}[으로/로] 되어 있으나 합계 / 인원은 {:.2f}입니다", claimed.mean, mean));
  }
}

void ReportJudge::judge_over_detour(const Figures& figures) {
  const auto& listed = reading_.rows.over_detour;
  if (report_.over_detour_cap < figures.over_cap_at_least || report_.over_detour_cap > figures.over_cap_at_most) {
    compare("over_detour_cap", report_.over_detour_cap, figures.over_cap_at_least);
  } else {
    compare("over_detour_cap", report_.over_detour_cap, static_cast<std::int64_t>(listed.size()));
  }
  if (report_.over_detour_bound && *report_.over_detour_bound > report_.over_detour_cap) {
    compare("over_detour_bound", *report_.over_detour_bound, report_.over_detour_cap);
  }
  // The list, person by person: who is over the cap, travel and detour.
  const Exam& exam = reading_.exam;
  const OwnTravel travel(exam);
  std::vector<const OverDetourRow*> row_of(exam.applicants.size(), nullptr);
  for (const OverDetourRow& row : listed) {
    const ApplicantIndex person = exam.find(row.applicant_id);
    if (!person.exists() || row_of[person.value] != nullptr) {
      tell("over_detour.csv", fmt::format("{} is unknown or listed twice", row.applicant_id.text()),
           in_korean("{}[은/는] 응시자가 아니거나 두 번 있습니다", row.applicant_id.text()));
      continue;
    }
    row_of[person.value] = &row;
  }
  const auto cap = exam.policy.detour_cap_m;
  std::vector<bool> placed(exam.applicants.size(), false);
  for (std::size_t at = 0; at < reading_.rows.placements.size(); ++at) {
    if (reading_.is_repeat(RowIndex(at))) continue;
    const ApplicantIndex person = reading_.applicant_index(RowIndex(at));
    placed[person.value] = true;
    const OverDetourRow* row = row_of[person.value];
    const PlacementRow& placement = reading_[RowIndex(at)];
    const std::string& id = placement.applicant_id.text();
    const std::optional<Metres> nearest = cap ? travel.nearest(exam[person]) : std::nullopt;
    const Metres detour = nearest ? placement.travel_m - *nearest : 0;
    const bool over_for_certain = nearest && detour - 1 > *cap;
    const bool over_perhaps = nearest && detour >= *cap;
    if (row == nullptr && over_for_certain) {
      tell("over_detour.csv", fmt::format("{} is over the detour cap and not listed", id),
           in_korean("{}[은/는] 우회 한도를 넘었으나 명단에 없습니다", id));
    } else if (row != nullptr && !over_perhaps) {
      tell("over_detour.csv", fmt::format("{} is listed but not over the detour cap", id),
           in_korean("{}[은/는] 명단에 있으나 우회 한도를 넘지 않았습니다", id));
    } else if (row != nullptr && (row->travel_m != placement.travel_m || distance(row->detour_m, detour) > 1)) {
      tell("over_detour.csv",
           fmt::format("{}: says {} m and a detour of {} m, the placement gives {} m and {} m", id, row->travel_m,
                       row->detour_m, placement.travel_m, detour),
           fmt::format("{}: 이동 {} m, 우회 {} m로 되어 있으나 배정 결과는 {} m, {} m입니다", id, row->travel_m,
                       row->detour_m, placement.travel_m, detour));
    }
  }
  for (std::size_t person = 0; person < row_of.size(); ++person) {
    if (row_of[person] == nullptr || placed[person]) continue;
    const std::string& id = exam.applicants[person].id.text();
    tell("over_detour.csv", fmt::format("{} is listed but has no seat", id),
         in_korean("{}[은/는] 명단에 있으나 좌석이 없습니다", id));
  }
}

// A fraction rounded up to six decimals. The base may be known only within a tolerance: then any value between is
// right.
void ReportJudge::compare_gap(const std::string& key, const std::optional<double>& claimed, std::int64_t difference,
                              std::int64_t least_base, std::int64_t most_base) {
  if (least_base <= 0) return;  // unknown, or too near to unknown to say
  const auto micros = [&](std::int64_t base) {
    return std::ceil(static_cast<long double>(difference) * 1'000'000 / static_cast<long double>(base));
  };
  const long double least = micros(most_base);
  const long double most = micros(least_base);
  const long double claimed_micros = claimed ? static_cast<long double>(*claimed) * 1'000'000 : -1;
  if (claimed && claimed_micros > least - 0.01L && claimed_micros < most + 0.01L) return;
  const std::string said = claimed ? fmt::format("{:.6f}", *claimed) : "null";
  const double expected = static_cast<double>(most / 1'000'000);
  tell(key, fmt::format("says {}, the bound gives {:.6f}", said, expected),
       in_korean("{}[으로/로] 되어 있으나 이론적 최솟값으로 계산하면 {:.6f}입니다", said, expected));
}

void ReportJudge::judge_bound(const Figures& figures) {
  const bool comparable = report_.bound && everybody_seated();
  const std::int64_t total = figures.objective.total;
  if (!comparable) {
    for (const auto& [key, claimed] :
         {std::pair("gap.of_total", report_.gap.of_total), std::pair("gap.of_detour", report_.gap.of_detour)}) {
      if (claimed) {
        tell(key, "is given although there is no bound or somebody is unseated",
             "이론적 최솟값이 없거나 미배정 응시자가 있는데 값이 있습니다");
      }
    }
    if (report_.status == PlanStatus::optimal && everybody_seated()) {
      tell("status", "says optimal without a bound", "이론적 최솟값 없이 optimal로 되어 있습니다");
    }
    return;
  }
  const std::int64_t bound = report_.bound->total;
  if (bound > total) {
    tell("bound.total", fmt::format("is {}, more than the total {}", bound, total),
         in_korean("이론적 최솟값 {}[이/가] 합계 {}보다 큽니다", bound, total));
    return;
  }
  if (report_.status == PlanStatus::optimal && bound != total) {
    tell("status", fmt::format("says optimal, but the total {} is above the bound {}", total, bound),
         in_korean("optimal로 되어 있으나 합계 {}[이/가] 이론적 최솟값 {}보다 큽니다", total, bound));
  }
  Sum difference;
  difference.add(total);
  difference.add_product(bound, -1);
  if (!difference.value()) return;
  compare_gap("gap.of_total", report_.gap.of_total, *difference.value(), bound, bound);
  const auto people = static_cast<std::int64_t>(figures.detours.size());
  Sum least_base;
  Sum most_base;
  const std::int64_t weight = reading_.exam.policy.weights.travel;
  least_base.add(bound);
  least_base.add_product(-weight, figures.nearest_total + people);
  most_base.add(bound);
  most_base.add_product(-weight, figures.nearest_total - people);
  if (!least_base.value() || !most_base.value()) return;
  compare_gap("gap.of_detour", report_.gap.of_detour, *difference.value(), *least_base.value(), *most_base.value());
}

}  // namespace

void judge_report(const Reading& reading, Findings& findings) {
  const auto& placements = reading.rows.placements;
  const auto unsorted = std::adjacent_find(placements.begin(), placements.end(), [](const auto& a, const auto& b) {
    return a.applicant_id > b.applicant_id;
  });
  if (unsorted != placements.end()) {
    findings.add(Code::wrong_report, [&] {
      const std::string& id = (unsorted + 1)->applicant_id.text();
      return std::pair(std::string("placements.csv"),
                       Text{fmt::format("is not sorted by applicant_id: {} stands too late", id),
                            fmt::format("applicant_id 순서가 아닙니다: {}", id)});
    });
  }
  if (!reading.rows.has_report) return;
  ReportJudge judge(reading, findings);
  judge.judge_status();
  judge.judge_keep_apart();
  const auto figures = compute_figures(reading);
  if (!figures) return;
  judge.judge_objective(*figures);
  judge.judge_detours(*figures);
  judge.judge_over_detour(*figures);
  judge.judge_bound(*figures);
}

}  // namespace hanjari::verification

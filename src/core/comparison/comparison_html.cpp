#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "comparison/pictures.h"
#include "hanjari/base/markup.h"
#include "hanjari/comparison/compare.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::comparison {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#1e2124;--dim:#58616a;--line:#cdd1d5;--paper:#fff;--mark:#0b50d0;--warn:#b42318}
@media(prefers-color-scheme:dark){:root{--ink:#f4f5f6;--dim:#b1b8be;--line:#464c53;--paper:#131416;--mark:#6aa2ff;--warn:#ff8f84}}
body{font:16px/1.6 "Pretendard GOV","Noto Sans KR","NanumGothic",sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:1100px;padding:24px 16px 64px}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 4px}h2{font-size:1.2rem;margin:40px 0 8px}h3{font-size:1rem;margin:16px 0 4px}
p{margin:4px 0;color:var(--dim)}.scroll{overflow-x:auto}table{border-collapse:collapse;min-width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}th:first-child,td:first-child{text-align:left}
thead th{border-bottom:2px solid var(--ink);font-weight:600}.swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px}
.warn{color:var(--warn);font-weight:600}.maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:16px}figure{margin:0}figcaption{font-weight:600}
svg{width:100%;height:auto;font-size:12px}svg text{fill:var(--dim)}.grid{stroke:var(--line)}.curve{fill:none;stroke-width:2.5}
.venue{fill:var(--mark);stroke:var(--mark)}.unused{fill:none;stroke:var(--dim)}
@media print{body{max-width:none;padding:0}h2{break-after:avoid}figure,tr{break-inside:avoid}}
)";

class Page {
 public:
  Page(const Exam& exam, const Comparison& comparison, Language language)
      : exam_(exam), comparison_(comparison), language_(language) {}

  std::string render() {
    const bool korean = language_ == Language::korean;
    const std::string title = say("Plans compared", "배정안 비교");
    html_ = fmt::format(
        R"(<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">)"
        "<title>{}</title><style>{}</style></head><body>",
        korean ? "ko" : "en", title, style);
    html_ += fmt::format("<h1>{}</h1><p>{} · {}</p>", title,
                         escape_markup(korean ? exam_.header.name_ko : exam_.header.name_en),
                         format_date(exam_.header.exam_on));
    summary();
    moves();
    section("Detours", "우회 거리", "How far people travel beyond the nearest school. The higher the line, the better.",
            "가장 가까운 시험장보다 더 이동하는 거리입니다. 선이 위에 있을수록 좋습니다.");
    html_ += draw_detour_curves(comparison_, language_);
    maps();
    fairness();
    use_of_districts();
    use_of_venues();
    return html_ + "</body></html>\n";
  }

 private:
  std::string say(const char* en, const char* ko) const { return language_ == Language::korean ? ko : en; }

  void section(const char* en, const char* ko, const char* en_note = "", const char* ko_note = "") {
    html_ += fmt::format("<h2>{}</h2>", say(en, ko));
    if (*en_note != '\0') html_ += fmt::format("<p>{}</p>", say(en_note, ko_note));
  }

  static std::string number(std::int64_t value) { return group_digits(value); }
  static std::string kilometres(double metres) { return fmt::format("{:.2f} km", metres / 1000); }
  static std::string percent(const std::optional<double>& fraction) {
    return fraction ? fmt::format("{:.4f} %", *fraction * 100) : "–";
  }

  std::string plan_name(std::size_t plan) const {
    return fmt::format(R"(<span class="swatch" style="background:{}"></span>{})", plan_colour(plan),
                       escape_markup(comparison_.plans[plan].name));
  }

  void head_of_plans(const std::string& first) {
    html_ += fmt::format(R"(<div class="scroll"><table><thead><tr><th scope="col">{}</th>)", first);
    for (std::size_t plan = 0; plan < comparison_.plans.size(); ++plan)
      html_ += fmt::format(R"(<th scope="col">{}</th>)", plan_name(plan));
    html_ += "</tr></thead><tbody>";
  }
  void end_table() { html_ += "</tbody></table></div>"; }

  template <class Value>
  void row(const std::string& name, Value value) {
    html_ += fmt::format(R"(<tr><th scope="row">{}</th>)", name);
    for (const PlanFigures& plan : comparison_.plans) html_ += "<td>" + value(plan) + "</td>";
    html_ += "</tr>";
  }

  // A row for whatever one of the plans has, found by its name in the others: packages may differ in what they hold.
  template <class List, class Name, class Value>
  void rows_of_all(List list_of, Name name_of, Value value_of) {
    std::vector<std::string> names;  // in the order of the plan that has it first
    std::vector<std::map<std::string, std::size_t>> positions;
    for (const PlanFigures& plan : comparison_.plans) {
      auto& known = positions.emplace_back();
      const auto& list = list_of(plan);
      for (std::size_t at = 0; at < list.size(); ++at) {
        const std::string name = name_of(plan, list[at]);
        const bool is_new =
            std::none_of(positions.begin(), positions.end() - 1, [&](const auto& one) { return one.contains(name); });
        if (is_new) names.push_back(name);
        known.emplace(name, at);
      }
    }
    for (const std::string& name : names) {
      row(escape_markup(name), [&](const PlanFigures& plan) {
        const auto& known = positions[static_cast<std::size_t>(&plan - comparison_.plans.data())];
        const auto found = known.find(name);
        return found == known.end() ? std::string("·") : value_of(list_of(plan)[found->second]);
      });
    }
  }

  void summary() {
    section("At a glance", "한눈에 보기");
    head_of_plans("");
    row(say("Status", "상태"), [this](const PlanFigures& plan) { return name_of(plan.status).in(language_); });
    row(say("Seated", "배정 인원"), [](const PlanFigures& plan) { return number(plan.seated); });
    row(say("Unseated", "미배정"), [](const PlanFigures& plan) {
      return plan.unseated == 0 ? std::string("0") : "<span class=\"warn\">" + number(plan.unseated) + "</span>";
    });
    row(say("With weights", "가중치 포함"),
        [](const PlanFigures& plan) { return number(plan.objective.total / 1000) + " km"; });
    row(say("Travel in all", "거리 합계"),
        [](const PlanFigures& plan) { return number(plan.objective.travel_m / 1000) + " km"; });
    row(say("Mean detour", "평균 우회 거리"), [](const PlanFigures& plan) { return kilometres(plan.detour.mean); });
    row(say("Detour of one in twenty above", "상위 5 % 우회 거리"),
        [](const PlanFigures& plan) { return kilometres(static_cast<double>(plan.detour.p95)); });
    row(say("Longest detour", "최장 우회 거리"),
        [](const PlanFigures& plan) { return kilometres(static_cast<double>(plan.detour.max)); });
    if (exam_.policy.detour_cap_m) {
      row(say("Over the detour cap", "우회 상한 초과"),
          [](const PlanFigures& plan) { return number(plan.over_detour_cap); });
    }
    row(say("Rooms opened", "사용 시험실"),
        [](const PlanFigures& plan) { return number(plan.objective.rooms_opened); });
    row(say("Spare exam rooms", "남은 시험실"), [](const PlanFigures& plan) { return number(plan.rooms_spare); });
    row(say("Venues opened", "사용 시험장"),
        [](const PlanFigures& plan) { return number(plan.objective.venues_opened); });
    row(say("(Unit, venue) pairs", "모집단위·시험장 조합"),
        [](const PlanFigures& plan) { return number(plan.objective.unit_venue_pairs); });
    row(say("Gap to the theoretical minimum", "이론적 최솟값과의 차이"), [](const PlanFigures& plan) { return percent(plan.gap.of_total); });
    row(say("Gap of the detour", "우회 거리 기준 차이"),
        [](const PlanFigures& plan) { return percent(plan.gap.of_detour); });
    row(say("Digest", "다이제스트"),
        [](const PlanFigures& plan) { return "<code>" + plan.digest.substr(0, 16) + "</code>"; });
    end_table();
  }

  void moves() {
    if (comparison_.moves.empty()) return;
    section("Who moves between the plans", "배정안 사이의 이동", "Everybody counts once, by the highest change.",
            "한 사람은 가장 큰 변경으로 한 번만 셉니다.");
    html_ += R"(<div class="scroll"><table><thead><tr>)";
    for (const std::string& column :
         {say("From → to", "기준 → 비교"), say("Other venue", "시험장 변경"), say("Other room", "시험실 변경"),
          say("Other seat", "좌석 변경"), say("Added", "추가"), say("Removed", "제외"), say("Unmoved", "변경 없음")}) {
      html_ += fmt::format(R"(<th scope="col">{}</th>)", column);
    }
    html_ += "</tr></thead><tbody>";
    for (const Moves& moves : comparison_.moves) {
      html_ += fmt::format(R"(<tr><th scope="row">{} → {}</th>)", plan_name(moves.from), plan_name(moves.to));
      for (const std::int64_t count : {moves.venue, moves.room, moves.seat, moves.added, moves.removed, moves.unmoved})
        html_ += "<td>" + number(count) + "</td>";
      html_ += "</tr>";
    }
    end_table();
  }

  void maps() {
    section("Venues", "시험장 지도",
            "A circle's area is the number of people; the darker, the farther they come on average.",
            "원의 넓이는 인원, 짙을수록 평균 이동 거리가 깁니다.");
    html_ += R"(<div class="maps">)";
    for (std::size_t plan = 0; plan < comparison_.plans.size(); ++plan) {
      html_ += fmt::format("<figure><figcaption>{}</figcaption>{}</figure>", plan_name(plan),
                           draw_venue_map(*comparison_.plans[plan].exam, comparison_.plans[plan], language_));
    }
    html_ += "</div>";
  }

  void fairness() {
    section("Fairness", "형평성",
            "Mean detour of each group. Marked: farther than everybody else beyond chance (three standard errors) and "
            "by more than a tenth.",
            "집단별 평균 우회 거리입니다. 표시된 집단은 우연(표준오차 3배)을 넘어 10 % 이상 더 멀리 배정되었습니다.");
    if (comparison_.plans.empty()) return;
    const auto& dimensions = comparison_.plans.front().fairness;
    for (std::size_t dimension = 0; dimension < dimensions.size(); ++dimension) {
      html_ += fmt::format("<h3>{}</h3>", dimensions[dimension].name.in(language_));
      head_of_plans(say("Group", "집단"));
      const auto groups_of = [dimension](const PlanFigures& plan) -> const std::vector<Group>& {
        return plan.fairness[dimension].groups;
      };
      const auto name_of_group = [this](const PlanFigures&, const Group& group) { return group.name.in(language_); };
      rows_of_all(groups_of, name_of_group, [](const Group& figures) {
        if (figures.people == 0) return std::string("–");
        const std::string value = kilometres(figures.mean_detour_m) + " (" + number(figures.people) + ")";
        return figures.farther ? R"(<span class="warn">▲ )" + value + "</span>" : value;
      });
      end_table();
    }
  }

  void use_of_districts() {
    section("Districts of the venues", "시험장 시군구별", "People / rooms opened / spare exam rooms",
            "인원 / 사용 시험실 / 남은 시험실");
    if (comparison_.plans.empty()) return;
    head_of_plans(say("District", "시군구"));
    rows_of_all([](const PlanFigures& plan) -> const std::vector<DistrictUse>& { return plan.districts; },
                [this](const PlanFigures& plan, const DistrictUse& use) {
                  return name_of_district(plan.exam->words[use.district]).in(language_);
                },
                [](const DistrictUse& use) {
                  return fmt::format("{} / {} / {}", number(use.people), use.rooms_opened, use.rooms_spare);
                });
    end_table();
  }

  void use_of_venues() {
    section("Venues one by one", "시험장별", "People / rooms opened / units, mean travel",
            "인원 / 사용 시험실 / 모집단위, 평균 이동 거리");
    head_of_plans(say("Venue", "시험장"));
    const auto name_of_venue = [](const PlanFigures& plan, const VenueUse& use) {
      return (*plan.exam)[use.venue].code.text() + " " + (*plan.exam)[use.venue].name;
    };
    rows_of_all([](const PlanFigures& plan) -> const std::vector<VenueUse>& { return plan.venues; }, name_of_venue,
                [](const VenueUse& use) {
                  if (use.people == 0) return std::string("–");
                  return fmt::format("{} / {} / {}, {}", number(use.people), use.rooms_opened, use.units,
                                     kilometres(use.mean_travel_m));
                });
    end_table();
  }

  const Exam& exam_;
  const Comparison& comparison_;
  Language language_;
  std::string html_;
};

}  // namespace

std::string render_comparison_html(const Exam& exam, const Comparison& comparison, Language language) {
  return Page(exam, comparison, language).render();
}

}  // namespace hanjari::comparison

#include "selection/second_decision.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace second {
namespace {

using Big = boost::multiprecision::cpp_int;
using Number = long long;  // marks in hundredths
namespace sel = hanjari::selection;

struct Paper {
  bool elective;
  Number raw;
};

struct Human {
  std::string number, unit;
  bool woman = false, sat = false;
  sel::Bonuses words;
  std::map<std::string, Paper> papers;
  // decided
  bool below = false;
  std::vector<std::string> failed;
  Number own = 0, full = 0;
  int kind = 0;  // 0 none, 1 veteran, 2 hero
  std::string preference, licence;
  std::string treated;  // last word about the preference
  bool thanks = false;
  std::string outcome = "absent", why = "absent";
  Number rank = 0;
};

struct Place {
  sel::UnitRow row;
  std::vector<Human*> humans;
};

std::string decimal(Number n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  while (digits.size() < 3) digits = "0" + digits;
  return (n < 0 ? "-" : "") + digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2);
}

Big floor_of(const Big& top, const Big& bottom) {  // bottom > 0
  Big quotient = top / bottom;
  if (quotient * bottom > top) --quotient;
  return quotient;
}

// Is 2 * steps - 1 <= 2 * scale * (x - mean) / sd, that is: does the rounded value reach `steps` steps above fifty?
// Both sides are brought to squares with their signs.
bool reaches(const Big& steps, const Big& scale, const Big& distance, const Big& variance_top,
             const Big& variance_bottom) {
  // right = 2 scale distance / sqrt(variance), with variance = variance_top / variance_bottom
  const Big left = 2 * steps - 1;
  const Big right = 2 * scale * distance;
  const auto signed_square = [](const Big& value) { return value < 0 ? Big(-(value * value)) : Big(value * value); };
  return signed_square(left) * variance_top <= signed_square(right) * variance_bottom;
}

class Sums {
 public:
  void add(Number raw) { marks_.push_back(raw); }

  // In hundredths.
  Number adjusted(Number x, const sel::Rules& rules) const {
    const Big n = marks_.size();
    Big sum = 0, deviations = 0;
    for (const Number mark : marks_) sum += mark;
    for (const Number mark : marks_) deviations += (n * mark - sum) * (n * mark - sum);  // n^2 * sum of squares
    if (deviations == 0) return 5000 + x - marks_.front();
    Number step = 1;  // hundredths in one step of the last decimal
    for (int i = rules.adjusted_decimals; i < 2; ++i) step *= 10;
    // distance / sqrt(variance) with both multiplied by n: n x - sum over sqrt(deviations / n or / (n - 1)).
    const Big divisor = rules.adjusted_sd == sel::Deviation::population ? n : Big(n - 1);
    const Big distance = n * x - sum;
    const Big scale = 1000 / step;
    Big low = -1, high = 1;
    while (reaches(low, scale, distance, deviations, divisor) == false) low *= 2;
    while (reaches(high, scale, distance, deviations, divisor)) high *= 2;
    while (high - low > 1) {
      const Big middle = floor_of(low + high, 2);
      (reaches(middle, scale, distance, deviations, divisor) ? low : high) = middle;
    }
    return 5000 + low.convert_to<Number>() * step;
  }

 private:
  std::vector<Number> marks_;
};

Number of_percent(Number number, const sel::Percent& share, const char* how) {
  const Big exact = Big(number) * share.hundredths;  // over 10000
  const Big down = exact / 10000;
  const Big rest = exact % 10000;
  const std::string word = how;
  const bool up = word == "up" ? rest > 0 : word == "half up" ? rest >= 5000 : false;
  return (down + (up ? 1 : 0)).convert_to<Number>();
}

// Rule 10, read aloud: one look at everybody for every person.
enum class Fate { out, by_own, thanks, shut };
Fate fate(const Human& human, Number v, const std::vector<Human*>& pool, const Number left[3], bool ties_all) {
  if (human.own >= v) return Fate::by_own;
  if (human.full < v) return Fate::out;
  Number higher = 0, at_least_as_high = 0;
  for (const Human* other : pool) {
    if (other->kind != human.kind || !(other->own < v && v <= other->full)) continue;
    if (other->full > human.full || (other->full == human.full && other->own > human.own)) ++higher;
    if (other->full > human.full || (other->full == human.full && other->own >= human.own)) ++at_least_as_high;
  }
  if (left[human.kind] < 0) return Fate::thanks;  // no cap
  return (ties_all ? higher < left[human.kind] : at_least_as_high <= left[human.kind]) ? Fate::thanks : Fate::shut;
}

bool passes(Fate f) {
  return f == Fate::by_own || f == Fate::thanks;
}

Number passing(Number v, const std::vector<Human*>& pool, const Number left[3], bool ties_all) {
  Number count = 0;
  for (const Human* human : pool) count += passes(fate(*human, v, pool, left, ties_all)) ? 1 : 0;
  return count;
}

// The mark of rules 11 and 12, found by trying every mark from the top.
bool find_mark(Number wanted, const Number* floor, const std::vector<Human*>& pool, const Number left[3],
               const sel::Rules& rules, sel::Ties ties, Number& found) {
  std::set<Number, std::greater<>> marks;
  for (const Human* human : pool) marks.insert({human->own, human->full});
  const bool cap_all = rules.ties_cap == sel::Ties::all;
  if (ties == sel::Ties::none) {
    Number best = 0;
    for (const Number v : marks) {
      if (floor != nullptr && v < *floor) continue;
      const Number count = passing(v, pool, left, cap_all);
      if (count <= wanted) best = std::max(best, count);
    }
    if (best == 0) return false;
    wanted = best;
  }
  for (const Number v : marks) {
    if (floor != nullptr && v < *floor) continue;
    if (passing(v, pool, left, cap_all) < wanted) continue;
    found = v;
    return true;
  }
  return false;
}

// Lets pass at v; returns the lowest full of those who do.
std::vector<Human*> let_pass(Number v, const std::vector<Human*>& pool, Number left[3], const sel::Rules& rules,
                             const std::string& outcome, Number by[3]) {
  std::vector<std::pair<Human*, Fate>> fates;
  for (Human* human : pool) fates.emplace_back(human, fate(*human, v, pool, left, rules.ties_cap == sel::Ties::all));
  std::vector<Human*> passed;
  for (auto& [human, f] : fates) {
    if (passes(f)) {
      human->outcome = outcome;
      passed.push_back(human);
    }
    if (f == Fate::thanks) {
      human->thanks = true;
      ++by[human->kind];
      if (left[human->kind] >= 0) left[human->kind] = std::max<Number>(0, left[human->kind] - 1);
    }
    if (f == Fate::shut) {
      human->full = human->own;
      human->treated = human->kind == 1 ? "veteran_cap" : "hero_cap";
    }
  }
  return passed;
}

struct Exam {
  std::map<std::string, Place> units;
  std::vector<Human> humans;
  std::map<std::string, Sums> sums;  // by elective, or unit/elective
  std::map<std::string, Number> subjects;
  std::map<std::string, bool> has_cut;
};

void read(Exam& exam, const sel::ResultRows& rows) {
  for (const auto& row : rows.units) exam.units[row.unit.code.text()].row = row;
  std::map<std::string, std::size_t> where;
  for (const auto& row : rows.people) {
    Human human;
    human.number = rows.numbers[row.number];
    human.unit = rows.words[row.unit];
    human.woman = *row.sex == hanjari::Sex::female;
    human.sat = *row.attendance != sel::Attendance::absent;
    human.words = row.bonuses;
    exam.humans.push_back(human);
  }
  std::sort(exam.humans.begin(), exam.humans.end(), [](const Human& a, const Human& b) {
    return std::make_pair(a.unit, a.number) < std::make_pair(b.unit, b.number);
  });
  for (std::size_t i = 0; i < exam.humans.size(); ++i) where[exam.humans[i].number] = i;
  for (const auto& row : rows.scores) {
    exam.humans[where.at(rows.numbers[row.number])].papers[rows.words[row.subject]] = {
        *row.kind == sel::SubjectKind::elective, row.raw};
  }
  for (Human& human : exam.humans) exam.units[human.unit].humans.push_back(&human);
}

std::string key_of(const Human& human, const std::string& subject, const sel::Rules& rules) {
  return rules.adjusted_scope == sel::Scope::exam ? subject : human.unit + "/" + subject;
}

void score(Exam& exam, const sel::Rules& rules) {
  for (const Human& human : exam.humans) {
    for (const auto& [subject, paper] : human.papers) {
      if (paper.elective) exam.sums[key_of(human, subject, rules)].add(paper.raw);
    }
  }
  const Number line = rules.fail_line_percent.hundredths;
  for (Human& human : exam.humans) {
    if (!human.sat) continue;
    const auto total = [&](Number bonus) {
      Number sum = 0;
      for (const auto& [subject, paper] : human.papers) {
        sum += paper.elective ? exam.sums[key_of(human, subject, rules)].adjusted(paper.raw + bonus, rules)
                              : paper.raw + bonus;
      }
      return sum;
    };
    for (const auto& [subject, paper] : human.papers) {
      if (paper.raw >= line) continue;
      if (paper.elective && exam.sums[key_of(human, subject, rules)].adjusted(paper.raw, rules) >= line) continue;
      human.failed.push_back(subject);
    }
    if (!human.failed.empty()) {
      human.outcome = "below_line";
      human.below = true;
      human.own = human.full = total(0);
      continue;
    }
    const Number licence = human.words.licence_5 ? 500 : human.words.licence_3 ? 300 : 0;
    human.licence = human.words.licence_5 ? "licence_5" : human.words.licence_3 ? "licence_3" : "";
    const Number veteran = human.words.veteran_10 ? 1000 : human.words.veteran_5 ? 500 : 0;
    const Number hero = human.words.hero_5 ? 500 : human.words.hero_3 ? 300 : 0;
    if (veteran > 0 && veteran >= hero) {
      human.kind = 1;
      human.preference = human.words.veteran_10 ? "veteran_10" : "veteran_5";
    } else if (hero > 0) {
      human.kind = 2;
      human.preference = human.words.hero_5 ? "hero_5" : "hero_3";
    }
    human.outcome = "not_passed";
    human.own = total(licence);
    human.full = total(licence + (human.kind == 1 ? veteran : human.kind == 2 ? hero : 0));
    human.treated = human.preference;
  }
}

Number number_to_pass(const sel::UnitRow& row, const sel::Rules& rules) {
  if (row.to_pass) return *row.to_pass;
  Number best_from = -1, number = 0;
  for (const auto& entry : rules.pass_table) {
    if (entry.posts_from > row.unit.posts || entry.posts_from < best_from) continue;
    best_from = entry.posts_from;
    number = entry.how == sel::PassTableRow::How::number ? entry.amount
             : entry.how == sel::PassTableRow::How::plus ? row.unit.posts + entry.amount
                                                         : of_percent(row.unit.posts, sel::Percent{entry.amount}, "up");
  }
  return number;
}

std::string cut_line(Exam& exam, const std::string& code, Place& place, const sel::Rules& rules) {
  const Number posts = place.row.unit.posts;
  Number sat = 0;
  std::set<std::string> common(place.row.common_subjects.begin(), place.row.common_subjects.end());
  Number electives = place.row.electives.value_or(0);
  std::vector<Human*> pool;
  for (Human* human : place.humans) {
    if (!human->sat) continue;
    ++sat;
    Number taken = 0;
    for (const auto& [subject, paper] : human->papers) {
      if (paper.elective) ++taken;
      if (!paper.elective && place.row.common_subjects.empty()) common.insert(subject);
    }
    if (!place.row.electives) electives = std::max(electives, taken);
    if (!human->below) pool.push_back(human);
  }
  const Number subjects = static_cast<Number>(common.size()) + electives;
  exam.subjects[code] = subjects;

  Number left[3] = {0, -1, -1};
  const bool capped = sat > posts && !rules.cap_exempt(hanjari::UnitCode(code));
  std::string veteran_cap, hero_cap;
  if (capped) {
    left[1] = of_percent(posts, rules.veteran_cap_percent, "down");
    left[2] = of_percent(posts, rules.hero_cap_percent, "down");
    veteran_cap = std::to_string(left[1]);
    hero_cap = std::to_string(left[2]);
    for (Human* human : pool) {
      if (human->kind == 0 || left[human->kind] != 0) continue;
      human->full = human->own;
      human->kind = 0;
      human->treated = "preference_not_given";
    }
  }

  const Number k = number_to_pass(place.row, rules);
  Number by[3] = {0, 0, 0};
  bool has_cut = false, everybody = false;
  Number cut = 0;
  if (static_cast<Number>(pool.size()) <= k) {
    everybody = true;
    for (Human* human : pool) {
      human->outcome = "passed";
      if (!has_cut || human->full < cut) cut = human->full;
      has_cut = true;
    }
  } else if (find_mark(k, nullptr, pool, left, rules, rules.ties_cut, cut)) {
    has_cut = true;
    let_pass(cut, pool, left, rules, "passed", by);
  }

  std::string target_text, equality_cut;
  Number added = 0;
  if (posts >= rules.equality.min_posts && !rules.equality_exempt(hanjari::UnitCode(code)) && has_cut) {
    const Number target =
        of_percent(k, rules.equality.percent, posts >= rules.equality.half_up_from ? "half up" : "down");
    target_text = std::to_string(target);
    Number passed[2] = {0, 0};
    for (const Human* human : pool) passed[human->woman] += human->outcome == "passed";
    if ((passed[0] < target) != (passed[1] < target)) {
      const bool women = passed[1] < target;
      const Number missing = target - passed[women];
      std::vector<Human*> waiting;
      for (Human* human : pool) {
        if (human->woman == women && human->outcome == "not_passed") waiting.push_back(human);
      }
      const Number floor = cut - rules.equality.margin_points.hundredths * subjects;
      if (passing(floor, waiting, left, rules.ties_cap == sel::Ties::all) < missing) {
        const auto let = let_pass(floor, waiting, left, rules, "passed_equality", by);
        added = static_cast<Number>(let.size());
        for (const Human* human : let) {
          if (equality_cut.empty()) equality_cut = std::to_string(human->full);
          equality_cut = std::to_string(std::min<Number>(std::stoll(equality_cut), human->full));
        }
        if (!equality_cut.empty()) equality_cut = decimal(std::stoll(equality_cut));
      } else {
        Number mark = 0;
        if (find_mark(missing, &floor, waiting, left, rules, rules.ties_equality, mark)) {
          added = static_cast<Number>(let_pass(mark, waiting, left, rules, "passed_equality", by).size());
          equality_cut = decimal(mark);
        }
      }
    }
  }

  Number passed = 0;
  for (Human* human : pool) {
    human->rank = 1;
    for (const Human* other : pool) human->rank += other->full > human->full ? 1 : 0;
    if (human->outcome == "passed") {
      human->why = everybody ? "all_pass" : human->full == cut ? "at_cut" : "above_cut";
    } else {
      human->why = human->outcome == "passed_equality" ? "equality" : "below_cut";
    }
    passed += human->outcome == "not_passed" ? 0 : 1;
  }
  std::string mean;
  if (has_cut) mean = decimal(floor_of(Big(cut) * 2 + subjects, Big(subjects) * 2).convert_to<Number>());
  const auto text = [](Number n) { return std::to_string(n); };
  return code + "," + text(posts) + "," + text(static_cast<Number>(place.humans.size())) + "," + text(sat) + "," +
         text(k) + "," + text(passed) + "," + (has_cut ? decimal(cut) : "") + "," + equality_cut + "," +
         text(subjects) + "," + mean + "," + text(added) + "," + target_text + "," + veteran_cap + "," +
         (capped ? text(by[1]) : "") + "," + hero_cap + "," + (capped ? text(by[2]) : "") + "\n";
}

std::string decision_line(const Human& human) {
  std::string reasons;
  const auto say = [&](const std::string& word) {
    if (!word.empty()) reasons += (reasons.empty() ? "" : ";") + word;
  };
  if (human.below) {
    for (const std::string& subject : human.failed) say("fail_line:" + subject);
  } else {
    say(human.why);
    say(human.treated);
    if (human.thanks) say("thanks_to_preference");
    say(human.licence);
  }
  const bool above = human.sat && !human.below;
  return human.number + "," + human.unit + "," + human.outcome + "," + (human.sat ? decimal(human.full) : "") + "," +
         (above ? std::to_string(human.rank) : "") + "," + reasons + "," + (human.sat ? decimal(human.own) : "") + "\n";
}

}  // namespace

void decide_final(Files& files, const sel::ResultRows& rows, const sel::Rules& rules, Exam& exam);

Files decide(const sel::ResultRows& rows, const sel::Rules& rules) {
  Exam exam;
  read(exam, rows);
  score(exam, rules);
  Files files;
  files.cuts =
      "unit_code,posts,applied,sat,to_pass,passed,cut,equality_cut,subjects,cut_mean,passed_equality,equality_target,"
      "veteran_cap,by_veteran,hero_cap,by_hero\n";
  files.decisions = "applicant_number,unit_code,outcome,total,rank,reasons,own_total\n";
  for (auto& [code, place] : exam.units) files.cuts += cut_line(exam, code, place, rules);
  for (const Human& human : exam.humans) files.decisions += decision_line(human);
  if (!rows.interviews.empty()) decide_final(files, rows, rules, exam);
  return files;
}

// ---- the final stage ------------------------------------------------------------------------------------------------

namespace {

struct Sheet {
  std::map<std::string, std::map<std::string, sel::GradeMark>> by_examiner;

  std::string grade() const {
    const std::size_t all = by_examiner.size();
    std::size_t high = 0, two_low = 0;
    std::map<std::string, std::size_t> low;
    for (const auto& [examiner, items] : by_examiner) {
      std::size_t highs = 0, lows = 0;
      for (const auto& [item, mark] : items) {
        highs += mark == sel::GradeMark::high;
        lows += mark == sel::GradeMark::low;
        low[item] += mark == sel::GradeMark::low;
      }
      high += highs == items.size();
      two_low += lows >= 2;
    }
    if (high * 2 > all) return "excellent";
    if (two_low * 2 > all) return "poor";
    for (const auto& [item, count] : low) {
      if (count * 2 > all) return "poor";
    }
    return "ordinary";
  }
};

struct Final {
  Human* human;
  std::string grade, outcome, why;
  Number reserve = 0;
};

// Who of them (by total) gets a place: with ties all, whoever has fewer than `places` above; with none, whoever has at
// most `places` at least as high.
bool gets_place(const Final& one, const std::vector<Final*>& all, Number places, sel::Ties ties) {
  Number above = 0, at_least = 0;
  for (const Final* other : all) {
    above += other->human->full > one.human->full;
    at_least += other->human->full >= one.human->full;
  }
  return ties == sel::Ties::all ? above < places : at_least <= places;
}

}  // namespace

void decide_final(Files& files, const sel::ResultRows& rows, const sel::Rules& rules, Exam& exam) {
  std::map<std::string, Sheet> sheets;
  for (const auto& row : rows.interviews) {
    sheets[rows.numbers[row.number]].by_examiner[rows.words[row.examiner]][rows.words[row.item]] = *row.grade;
  }
  files.decisions_final = "applicant_number,unit_code,outcome,grade,total,rank,reserve_rank,reasons\n";
  files.cuts_final = "unit_code,posts,interviewed,excellent,ordinary,poor,passed,passed_equality,cut\n";
  for (auto& [code, place] : exam.units) {
    const Number posts = place.row.unit.posts;
    std::vector<Final> finals;
    Number came = 0;
    std::vector<Human*> waiting;
    for (Human* human : place.humans) {
      const bool passed = human->outcome == "passed" || human->outcome == "passed_equality";
      if (passed && sheets.contains(human->number)) ++came;
      if (human->outcome == "not_passed") waiting.push_back(human);
    }
    const Number calls = came < posts ? 3 * (posts - came) / 2 : 0;
    for (Human* human : place.humans) {
      const bool passed = human->outcome == "passed" || human->outcome == "passed_equality";
      Number above = 0;
      for (const Human* other : waiting) above += other->full > human->full;
      const bool called = human->outcome == "not_passed" && above < calls;
      if (!passed && !called) continue;
      const bool interviewed = sheets.contains(human->number);
      Final one{human, interviewed ? sheets[human->number].grade() : "", "", "", 0};
      one.outcome = one.why = interviewed ? (one.grade == "poor" ? "poor" : "not_passed")
                              : passed    ? "absent"
                                          : "call_up";
      finals.push_back(one);
    }
    std::map<std::string, std::vector<Final*>> by_grade;
    for (Final& one : finals) by_grade[one.grade].push_back(&one);
    Number passed = 0, cut = 0, added = 0;
    bool has_cut = false;
    const auto pass = [&](Final& one, Number& lowest, bool& has) {
      one.outcome = "passed";
      ++passed;
      if (!has || one.human->full < lowest) lowest = one.human->full;
      has = true;
    };
    const auto excellent = by_grade["excellent"];
    for (Final* one : excellent) {
      one->why = "excess_excellent";
      if (rules.final.excess_excellent == sel::ExcessExcellent::by_written &&
          !gets_place(*one, excellent, posts, rules.final.ties)) {
        continue;
      }
      pass(*one, cut, has_cut);
      one->why = "excellent";
    }
    const auto ordinary = by_grade["ordinary"];
    const Number places = posts - passed;
    Number ordinary_cut = 0;
    bool has_ordinary = false;
    for (Final* one : ordinary) {
      one->why = places > 0 ? "below_cut" : "posts_filled";
      if (places > 0 && gets_place(*one, ordinary, places, rules.final.ties)) pass(*one, ordinary_cut, has_ordinary);
    }
    if (has_ordinary) {
      has_cut = true;
      cut = ordinary_cut;
      for (Final* one : ordinary) {
        if (one->outcome != "passed") continue;
        one->why = static_cast<Number>(ordinary.size()) <= places ? "all_pass"
                   : one->human->full == cut                      ? "at_cut"
                                                                  : "above_cut";
      }
    }
    if (posts >= rules.equality.min_posts && !rules.equality_exempt(hanjari::UnitCode(code)) && has_cut) {
      const Number target =
          of_percent(posts, rules.equality.percent, posts >= rules.equality.half_up_from ? "half up" : "down");
      Number by_sex[2] = {0, 0};
      for (const Final& one : finals) by_sex[one.human->woman] += one.outcome == "passed";
      if ((by_sex[0] < target) != (by_sex[1] < target)) {
        const bool women = by_sex[1] < target;
        std::vector<Final*> next;
        for (Final& one : finals) {
          if (one.human->woman == women && one.outcome == "not_passed" &&
              one.human->full >= cut - rules.equality.margin_points.hundredths * exam.subjects[code]) {
            next.push_back(&one);
          }
        }
        std::vector<Final*> taken;
        for (Final* one : next) {
          if (gets_place(*one, next, target - by_sex[women], rules.ties_equality)) taken.push_back(one);
        }
        for (Final* one : taken) {
          one->outcome = "passed_equality";
          one->why = "equality";
          ++passed;
          ++added;
        }
      }
    }
    for (Final* one : ordinary) {
      if (one->outcome != "not_passed") continue;
      one->reserve = 1;
      for (const Final* other : ordinary) {
        one->reserve += other->outcome == "not_passed" && other->human->full > one->human->full;
      }
    }
    for (const Final& one : finals) {
      files.decisions_final += one.human->number + "," + code + "," + one.outcome + "," + one.grade + "," +
                               decimal(one.human->full) + "," + std::to_string(one.human->rank) + "," +
                               (one.reserve > 0 ? std::to_string(one.reserve) : "") + "," + one.why + "\n";
    }
    const auto count = [&](const char* grade) { return std::to_string(by_grade[grade].size()); };
    files.cuts_final += code + "," + std::to_string(posts) + "," +
                        std::to_string(excellent.size() + ordinary.size() + by_grade["poor"].size()) + "," +
                        count("excellent") + "," + count("ordinary") + "," + count("poor") + "," +
                        std::to_string(passed) + "," + std::to_string(added) + "," + (has_cut ? decimal(cut) : "") +
                        "\n";
  }
}

}  // namespace second

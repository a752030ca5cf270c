#include "hanjari/sample/results.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/base/random.h"
#include "hanjari/selection/decision.h"

namespace hanjari::sample {
namespace {

using namespace selection;

constexpr std::array<std::string_view, 3> common_names{"korean", "english", "history"};
constexpr std::array<std::string_view, 4> elective_names{"administration", "law", "tax", "accounting"};
constexpr std::int64_t people_in_room = 15;
constexpr std::int64_t rooms_in_venue = 24;

class Draw {
 public:
  Draw(std::uint64_t seed, std::string_view name) : stream_(*parse_seed(fmt::format("{:x}", seed)), name) {}
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(bound)));
  }
  bool chance(std::int64_t per_thousand) { return below(1000) < per_thousand; }
  // Bell-shaped around zero, from -2 spread to 2 spread.
  std::int64_t bell(std::int64_t spread) {
    std::int64_t sum = 0;
    for (int i = 0; i < 4; ++i) sum += below(spread + 1);
    return sum - 2 * spread;
  }

 private:
  RandomStream stream_;
};

// Twenty questions of five points, around the person's ability.
std::int32_t draw_mark(Draw& draw, std::int64_t ability) {
  const std::int64_t questions = std::clamp<std::int64_t>((ability + draw.bell(12) + 2) / 5, 0, 20);
  return static_cast<std::int32_t>(questions * 500);
}

Bonuses draw_bonuses(Draw& draw) {
  Bonuses bonuses;
  bonuses.veteran_10 = draw.chance(12);
  bonuses.veteran_5 = draw.chance(40);
  bonuses.hero_5 = draw.chance(2);
  bonuses.hero_3 = draw.chance(3);
  bonuses.licence_5 = draw.chance(30);
  bonuses.licence_3 = draw.chance(60);
  return bonuses;
}

// Larger units first: unit u gets a share of 1 / (u + 2).
std::vector<std::int64_t> share_people(std::int64_t people, std::int64_t units) {
  std::vector<std::int64_t> sizes;
  std::int64_t whole = 0;
  for (std::int64_t u = 0; u < units; ++u) whole += 1'000'000 / (u + 2);
  std::int64_t given = 0;
  for (std::int64_t u = 0; u < units; ++u) {
    sizes.push_back(people * (1'000'000 / (u + 2)) / whole);
    given += sizes.back();
  }
  sizes.front() += people - given;
  return sizes;
}

class Maker {
 public:
  explicit Maker(const ResultSampleRequest& request) : request_(request), draw_(request.seed, "results") {
    for (const std::string_view name : common_names) common_.push_back(rows_.words.intern(name));
    for (const std::string_view name : elective_names) electives_.push_back(rows_.words.intern(name));
  }

  ResultRows make() {
    rows_.people_have_rooms = true;
    rows_.counts.emplace();
    const auto sizes = share_people(request_.people, request_.units);
    for (std::size_t u = 0; u < sizes.size(); ++u) {
      const std::string code = fmt::format("{:02}", u + 1);
      add_unit(code, sizes[u]);
      const WordIndex unit = rows_.words.intern(code);
      for (std::int64_t p = 0; p < sizes[u]; ++p) add_person(fmt::format("{}{:06}", code, p + 1), unit);
    }
    return std::move(rows_);
  }

 private:
  void add_unit(const std::string& code, std::int64_t size) {
    UnitRow row;
    row.line = static_cast<std::uint32_t>(rows_.units.size() + 2);
    row.unit.code = UnitCode(code);
    row.unit.series_en = "Series " + code;
    row.unit.series_ko = "직렬 " + code;
    row.unit.posts = static_cast<int>(std::max<std::int64_t>(1, size / 11));
    row.unit.subject_set = "sample";
    row.electives = request_.electives;
    rows_.units.push_back(std::move(row));
  }

  void add_person(const std::string& number, WordIndex unit) {
    PersonRow row;
    row.line = static_cast<std::uint32_t>(rows_.people.size() + 2);
    row.number = rows_.numbers.intern(number);
    row.unit = unit;
    row.sex = draw_.chance(430) ? Sex::male : Sex::female;
    row.attendance = draw_.chance(request_.absent_percent * 10) ? Attendance::absent
                     : draw_.chance(3)                          ? Attendance::moved
                                                                : Attendance::present;
    row.bonuses = draw_bonuses(draw_);
    const auto position = static_cast<std::int64_t>(rows_.people.size());
    const std::int64_t room = position / people_in_room;
    row.venue = rows_.words.intern(fmt::format("V{:04}", room / rooms_in_venue + 1));
    row.room_no = static_cast<std::int32_t>(room % rooms_in_venue + 1);
    // Neighbouring electives, so that some are rarer than others.
    const std::int64_t first = std::min(draw_.below(4), draw_.below(4));
    std::string chosen;
    std::vector<WordIndex> subjects = common_;
    for (std::int64_t e = 0; e < request_.electives; ++e) {
      subjects.push_back(electives_[static_cast<std::size_t>((first + e) % 4)]);
      chosen += (chosen.empty() ? "" : ";") + rows_.words[subjects.back()];
    }
    row.chosen = rows_.words.intern(chosen);
    if (row.attendance != Attendance::absent) add_marks(row, subjects);
    count(row);
    rows_.people.push_back(row);
  }

  void add_marks(const PersonRow& person, const std::vector<WordIndex>& subjects) {
    const std::int64_t ability = 62 + draw_.bell(17);
    for (std::size_t s = 0; s < subjects.size(); ++s) {
      ScoreRow row;
      row.line = static_cast<std::uint32_t>(rows_.scores.size() + 2);
      row.number = person.number;
      row.unit = person.unit;
      row.subject = subjects[s];
      row.kind = s < common_.size() ? SubjectKind::common : SubjectKind::elective;
      row.raw = draw_mark(draw_, ability);
      rows_.scores.push_back(row);
    }
  }

  void count(const PersonRow& person) {
    auto& counts = *rows_.counts;
    if (counts.empty() || counts.back().venue != person.venue || counts.back().room_no != person.room_no) {
      counts.push_back({static_cast<std::uint32_t>(counts.size() + 2), person.venue, person.room_no, 0, 0, 0});
    }
    if (person.attendance == Attendance::absent) return;
    ++counts.back().present;
    ++counts.back().sheets;
    ++counts.back().scored;
  }

  const ResultSampleRequest& request_;
  Draw draw_;
  ResultRows rows_;
  std::vector<WordIndex> common_;
  std::vector<WordIndex> electives_;
};

}  // namespace

ResultRows make_sample_results(const ResultSampleRequest& request) {
  return Maker(request).make();
}

void add_sample_interviews(ResultRows& rows, const Rules& rules, std::uint64_t seed) {
  const Results results = pass_gate(rows, rules);
  const Decision decision = decide(results, rules);
  Draw draw(seed, "interviews");
  for (std::size_t i = 0; i < results.people.size(); ++i) {
    const Outcome outcome = decision.people[i].outcome;
    if ((outcome != Outcome::passed && outcome != Outcome::passed_equality) || draw.chance(20)) continue;
    const std::int64_t strength = draw.below(100);
    for (int examiner = 1; examiner <= 3; ++examiner) {
      for (int item = 1; item <= 5; ++item) {
        InterviewRow row;
        row.line = static_cast<std::uint32_t>(rows.interviews.size() + 2);
        row.number = rows.numbers.intern(results.people[i].number.text());
        row.examiner = rows.words.intern(fmt::format("examiner{}", examiner));
        row.item = rows.words.intern(fmt::format("item{}", item));
        const std::int64_t luck = strength + draw.bell(8);
        row.grade = luck >= 85 ? GradeMark::high : luck < 8 ? GradeMark::low : GradeMark::middle;
        rows.interviews.push_back(row);
      }
    }
  }
}

}  // namespace hanjari::sample

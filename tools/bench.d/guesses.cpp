// How many seats an hour somebody finds who knows applicant numbers and guesses birth dates, from one address and from
// many, against the limits as the program has them. The hour is a number that is passed in, so this takes seconds. A
// guesser of this kind takes the most frequent birth date of the exam and, where a name is asked for, the most frequent
// name; what is printed is the number of guesses that were judged times the share of people whom such a guess meets.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "hanjari/actor/attempts.h"
#include "hanjari/plans/plans.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/sample/sample.h"
#include "stage/memory_attempts.h"

namespace {

using namespace hanjari;

// Nobody is found: what counts is how often somebody was looked for.
class CountedPlans : public services::PlanRepository {
 public:
  std::vector<services::LiveExam> list_live_exams() override { return {}; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date) override {
    ++judged;
    return std::nullopt;
  }
  std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) override { return std::nullopt; }
  std::vector<services::VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>&) override {
    return {};
  }
  std::optional<PlannedExam> find_venue_plan(const ExamCode&, const VenueCode&) override { return std::nullopt; }
  std::int64_t judged = 0;
};

template <class Key>
double largest_share(const std::map<Key, std::int64_t>& counts, std::size_t people) {
  std::int64_t largest = 0;
  for (const auto& [key, count] : counts) largest = std::max(largest, count);
  return static_cast<double>(largest) / static_cast<double>(people);
}

struct Guessed {
  std::int64_t by_date = 0;
  std::int64_t by_name = 0;
};

// Every source tries every ten seconds of an hour, at another number each time, without a name while that is judged.
Guessed guess_for_an_hour(int sources) {
  CountedPlans plans;
  tests::MemoryAttempts attempts;
  Guessed guessed;
  const ExamCode exam("seoul-2021-1");
  int number = 0;
  for (int second = 0; second < 3'600; second += 10) {
    const Instant now{std::chrono::seconds(1'600'000'000 + second)};
    for (int source = 0; source < sources; ++source) {
      for (const char* name : {"", "a frequent name"}) {
        const std::int64_t before = plans.judged;
        try {
          services::look_up_seat(plans, attempts, exam, ApplicantNumber(std::to_string(1'000'000 + number++)), Date{0},
                                 "source " + std::to_string(source), now, name);
        } catch (const services::TooManyAttempts&) {
        }
        (*name == '\0' ? guessed.by_date : guessed.by_name) += plans.judged - before;
      }
    }
  }
  return guessed;
}

}  // namespace

int main() {
  const Exam exam = sample::make_sample({});
  std::map<std::int32_t, std::int64_t> births;
  std::map<std::string, std::int64_t> names;
  for (const Applicant& person : exam.applicants) {
    ++births[person.birth_on.days];
    ++names[person.name];
  }
  const double date = largest_share(births, exam.applicants.size());
  const double name = largest_share(names, exam.applicants.size());
  std::printf("%zu people; the most frequent birth date is that of one in %.0f, the most frequent name that of one in %.0f\n",
              exam.applicants.size(), 1 / date, 1 / name);
  std::printf("%8s %16s %16s %14s\n", "sources", "guesses by date", "with a name", "seats an hour");
  for (const int sources : {1, 500}) {
    const Guessed guessed = guess_for_an_hour(sources);
    std::printf("%8d %16lld %16lld %14.4f\n", sources, static_cast<long long>(guessed.by_date),
                static_cast<long long>(guessed.by_name),
                date * (static_cast<double>(guessed.by_date) + name * static_cast<double>(guessed.by_name)));
  }
  return 0;
}

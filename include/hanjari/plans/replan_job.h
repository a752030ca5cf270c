// A re-plan made by a job: the exam as it is stored now, the plan that people were told, and the fewest of them moved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// Orders it from the plan that people were told (find_told_plan); gives the job that does so already when there is one.
// `population`: the input_sha256 of the changed list, empty for the newest. `change.reason` is for the plan's history too
// and must not name people. `from`: digest of another stored plan that is changed instead, such as a draft to which a school was
// added. Throws NotFound (exam_not_found, population_not_found, plan_not_found), Conflict (no_live_plan; job_running: of another plan).
Job order_replan(ExamRepository& exams, JobRepository& jobs, const ExamCode& code, const std::string& population,
                 const Change& change, const std::string& from = {});

// Rooms that are missing in a district; no code: outside of the districts.
struct RoomsMissing {
  std::string district_code;
  std::int64_t rooms = 0;
  std::int64_t capacity = 0;  // people that each of them holds
  std::string venue_kind{};   // as in venues.csv and rooms.csv; empty: what an earlier program wrote, of any
  std::string room_use{};
};

// What a finished job says of its plan, which is stored and not live.
struct ReplanMade {
  std::string digest;
  std::string from;  // digest of the plan that was live, or that was named
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  bool infeasible = false;  // proven that not everybody can have a seat
  std::int64_t venue = 0;   // people by their largest change
  std::int64_t room = 0;
  std::int64_t seat = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;
  std::int64_t weighted = 0;
  std::int64_t floor_weighted = 0;  // no plan of the changed exam can do with less
  // Where the policy limits how much farther somebody is moved: people beyond it, and the fewest of any plan that moves as few.
  std::optional<Metres> farther_cap_m{};
  std::int64_t farther = 0;
  std::int64_t floor_farther = 0;
  std::int64_t missing_rooms = 0;   // the fewest that would have to be added; 0 where rooms do not help
  std::vector<RoomsMissing> missing{};  // the same by district
};
std::optional<ReplanMade> parse_replan_made(const std::string& json);
// A line for every district in which rooms are missing.
std::vector<Text> tell_missing_rooms(const ReplanMade& made);

// `version`: of the program, for the plan's report. The work fails with Conflict (live_plan_changed) when another plan
// has gone live since it was ordered.
JobWork replan_work(ExamRepository& exams, const Clock& clock, std::string version);

}  // namespace hanjari::services

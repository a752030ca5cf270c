// The closed word lists of the contract as lists to choose from; spelling.h says what each word stands for.
#pragma once

#include <string_view>

namespace hanjari::package::word_lists {

constexpr std::string_view mixing[] = {"never", "same_series", "leftover", "free"};
constexpr std::string_view travel[] = {"haversine", "table"};
constexpr std::string_view seat_order[] = {"column_down", "column_serpentine", "row_major", "row_serpentine", "random"};
constexpr std::string_view seat_origin[] = {"front_left", "front_right", "back_left", "back_right"};
constexpr std::string_view seat_numbers[] = {"desks", "used"};
constexpr std::string_view number_prefix[] = {"unit_code", "none"};
constexpr std::string_view quota_group[] = {"general", "disabled", "low_income", "veterans_referral",
                                            "high_school_leaver"};
constexpr std::string_view sex[] = {"M", "F"};
constexpr std::string_view routing[] = {"", "isolation", "reserve"};
constexpr std::string_view venue_kind[] = {"regular", "isolation", "accommodation"};
constexpr std::string_view room_use[] = {"exam", "reserve", "separate"};
constexpr std::string_view hand_move[] = {"move", "swap_rooms"};
constexpr std::string_view pin_kind[] = {"person", "room", "venue"};
constexpr std::string_view plan_status[] = {"optimal", "feasible", "infeasible", "gave_up"};
constexpr std::string_view bound_of[] = {"assignment", "plan"};

constexpr std::string_view attendance[] = {"present", "absent", "moved"};
constexpr std::string_view special_case[] = {"misconduct", "withdrawal", "late_documents", "annulled"};
constexpr std::string_view subject_kind[] = {"common", "elective"};

constexpr std::string_view duty_role[] = {"chief", "corridor", "invigilator", "reserve"};
constexpr std::string_view duty_conflict_kind[] = {"applicant", "invigilator", "venue", "unit"};
constexpr std::string_view conflict_reach[] = {"room", "venue"};
constexpr std::string_view unfilled_reason[] = {"no_person", "conflict", "no_role"};
constexpr std::string_view staffing_status[] = {"filled", "infeasible", "gave_up"};

}  // namespace hanjari::package::word_lists

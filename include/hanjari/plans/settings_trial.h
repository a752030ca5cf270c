// What another setting would mean for the people of a plan, before anything is stored: capacity counted exactly, people
// counted where they sit. It makes no plan: whether everybody finds a lawful seat a what-if says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/plans/plan_copies.h"

namespace hanjari::services {

// What is tried; what is not said stays as it is.
struct SettingsWish {
  std::optional<int> people_cap{};       // per room, from 1
  std::optional<int> min_gap_cm{};       // between occupied desks, from 0
  std::optional<int> reserve_rooms{};    // kept free at every venue, from 0
  std::optional<Metres> detour_cap_m{};  // from 0
};

struct DistrictTrial {
  std::string code;
  Text name;
  std::int64_t people = 0;           // who sit in its exam rooms in the plan
  std::int64_t capacity_before = 0;  // of its exam rooms; the reserve is taken off, the smallest rooms first
  std::int64_t capacity_after = 0;
  std::int64_t displaced = 0;  // who would have to leave their room
  std::int64_t missing = 0;    // who would find no seat in the district
  std::int64_t rooms = 0;      // the fewest more, as large as its largest, that would seat them
};

struct SettingsTrial {
  std::vector<DistrictTrial> districts;  // of venues, by code
  std::int64_t people = 0;    // who sit in exam rooms of the plan, and `unseated`
  std::int64_t unseated = 0;  // whom the plan seats nowhere and who can only sit in an exam room
  std::int64_t capacity_before = 0;
  std::int64_t capacity_after = 0;
  std::int64_t displaced = 0;
  std::int64_t missing = 0;  // in the whole city: no plan seats these, whoever is moved where
  std::int64_t rooms = 0;    // the fewest more, as large as the largest of all
  std::int64_t over_cap_before = 0;  // people of the plan beyond the detour limit
  std::int64_t over_cap_after = 0;
};

// Throws InvalidInput with a fault for every number that no exam can have.
SettingsTrial try_settings(const PlanCopy& copy, const SettingsWish& wish);

// Why a plan seats somebody nowhere, in the words of officers, by the reason code of `Plan::unseated`. The detail beside the
// code is English in stored plans, and may say anything in a plan that was made by hand.
Text tell_why_unseated(std::string_view reason);

}  // namespace hanjari::services

// Where the rules put what they find.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/verification/verify.h"

namespace hanjari::verification {

// In the order of violation_codes().
enum class Code : std::uint8_t {
  double_seat,
  missing_person,
  unknown_person,
  person_twice,
  over_capacity,
  mixed_room,
  mixed_time,
  blocked_desk,
  desk_too_near,
  not_accessible,
  wrong_room_use,
  wrong_unit,
  unknown_venue,
  unknown_room,
  duplicate_number,
  wrong_seat_no,
  wrong_booklet,
  wrong_travel,
  wrong_report,
  number_form,
  number_order
};
constexpr std::size_t code_count = static_cast<std::size_t>(Code::number_order) + 1;

class Findings {
 public:
  static constexpr std::size_t kept_per_code = 1000;

  // Counts one violation; `describe` makes its subject and message and is called only while they are kept, so that a
  // plan wrong in millions of places is judged as fast as a good one.
  template <class Describe>
  void add(Code code, Describe describe) {
    std::uint64_t& count = counts_[static_cast<std::size_t>(code)];
    if (count++ >= kept_per_code) return;
    std::pair<std::string, Text> described = describe();
    kept_.push_back({code, std::move(described.first), std::move(described.second)});
  }

  // Moves everything found into a verdict, sorted.
  void hand_over(Verdict& verdict) &&;

 private:
  struct Found {
    Code code;
    std::string subject;
    Text message;
  };
  std::vector<Found> kept_;
  std::array<std::uint64_t, code_count> counts_{};
};

}  // namespace hanjari::verification

// The exam of these tests.
#pragma once

#include "hanjari/sample/sample.h"

namespace hanjari::whatif {

inline Exam small_exam() {
  sample::SampleRequest options;
  options.applicants = 300;
  options.venues = 6;
  options.units = 3;
  return sample::make_sample(options);
}

}  // namespace hanjari::whatif

#include "hanjari/base/progress.h"

namespace hanjari {
namespace {

class NoProgress : public Progress {
 public:
  void stage(const Text&, std::uint64_t) override {}
  void report(std::uint64_t, const std::string&) override {}
};

}  // namespace

Progress& no_progress() {
  static NoProgress progress;
  return progress;
}

}  // namespace hanjari

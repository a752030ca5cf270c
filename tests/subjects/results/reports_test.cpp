// The reports of a decision, which the service and `hanjari decide` write by the same function.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/progress.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "results/small_results.h"

namespace hanjari::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class Reports : public ::testing::Test {
 protected:
  static Decided decide(const hanjari::tests::ResultFiles& files) {
    return decide_package(package::load_results(files, selection::Stage::written, package::Encoding::utf8, no_progress()));
  }
  hanjari::tests::ResultFiles write(const ReportedBeside& beside) const {
    hanjari::tests::ResultFiles files;
    write_reports(decided, beside, [&files](const std::string& name, std::string_view bytes) { files[name] = bytes; });
    return files;
  }

  const Decided decided = decide(hanjari::tests::small_results());
};

TEST_F(Reports, OfTheWrittenStageHaveItsPassList) {
  EXPECT_THAT(write({}), UnorderedElementsAre(Key("passed.en.html"), Key("passed.ko.html"), Key("report.en.html"), Key("report.ko.html"),
                                              Key("report.json")));
}

TEST_F(Reports, OfTheFinalStageHaveItsListByAnotherName) {
  selection::FinalDecision final;
  final.units.resize(decided.decision.units.size());
  ReportedBeside beside;
  beside.final = &final;
  EXPECT_THAT(write(beside), UnorderedElementsAre(Key("passed_final.en.html"), Key("passed_final.ko.html"), Key("report.en.html"),
                                                  Key("report.ko.html"), Key("report.json")));
}

TEST_F(Reports, OfASuppositionHaveNoListToPutUpAndSayWhatWasSupposed) {
  ReportedBeside beside;
  beside.pass_list = false;
  beside.supposed = "--set to_pass.U=3";
  const auto files = write(beside);
  EXPECT_THAT(files, UnorderedElementsAre(Key("report.en.html"), Key("report.ko.html"), Key("report.json")));
  EXPECT_THAT(files.at("report.en.html"), HasSubstr("to_pass.U"));
  EXPECT_THAT(write({}).at("report.en.html"), Not(HasSubstr("to_pass.U")));
}

}  // namespace
}  // namespace hanjari::services

// Words that options take: those that officers use in files and forms, too.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "accounts/commands/commands.h"
#include "hanjari/base/error.h"
#include "intake/commands/commands.h"
#include "papers/commands/commands.h"
#include "plans/commands/commands.h"
#include "results/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

struct TakenWord {
  Command command;
  std::string option;
  std::vector<std::string> meant;
};

class OptionWords : public ::testing::Test {
 protected:
  // Whether the word is taken: the command goes on to what is not there.
  bool takes(const TakenWord& of, const std::string& word) const {
    const std::string nowhere = (folder.path() / "nowhere").string();
    Arguments arguments;
    arguments.positionals = {nowhere, nowhere};
    arguments.options = {{"out", (folder.path() / "out").string()}, {"config", nowhere}, {"applicants", "30"}, {"no-password", ""}};
    arguments.options[of.option] = word;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    bool taken = true;
    try {
      of.command.run(arguments, Terminal{Language::english, no_progress()});
    } catch (const WrongUsage&) {
      taken = false;
    } catch (const Error&) {
      taken = true;
    }
    ::testing::internal::GetCapturedStdout();
    ::testing::internal::GetCapturedStderr();
    std::filesystem::remove_all(folder.path() / "out");
    return taken;
  }

  hanjari::tests::TestFolder folder{"words"};
};

// Red while a command said of 최종 that it is neither written nor final.
TEST_F(OptionWords, AreThoseOfOfficersToo) {
  const std::vector<TakenWord> options = {
      {curve_command(), "of", {"detour_cap", "Detour-Cap", "우회 상한", "시험장별 모집단위 수", "혼합", "시험실 공용"}},
      {decide_command(), "stage", {"final", "FINAL", "필기", "최종 합격"}},
      {sample_command(), "area", {"national", "전국", "서울특별시"}},
      {papers_command(), "format", {"pdf,XLSX", "엑셀", "Excel, csv"}},
      {papers_command(), "paper", {"seat_chart", "응시자 명부"}},
      {papers_command(), "language", {"en", "KO", "영문", "한국어"}},
      {papers_command(), "pack", {"zip", "폴더", "압축 파일"}},
      {intake_applications_command(), "state", {"paid", "결제 완료", "접수 취소", "무효"}},
      {intake_decide_item_command(), "decision", {"granted", "승인", "불승인"}},
      {account_add_command(), "role", {"exam_officer", "Exam Officer", "시험담당관", "감사관", "시스템 관리자"}},
      {approval_rule_command(), "second-officer", {"yes", "예", "아니요"}},
  };
  for (const TakenWord& of : options) {
    for (const std::string& word : of.meant) EXPECT_TRUE(takes(of, word)) << of.command.name << " --" << of.option << " " << word;
    EXPECT_FALSE(takes(of, "다른말")) << of.command.name << " --" << of.option;
  }
}

}  // namespace
}  // namespace hanjari::cli

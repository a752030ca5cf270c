#include "papers/commands/child_workers.h"

#include <unistd.h>

#include <csignal>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

std::atomic<int> never{0};

SharedWork squares(std::map<std::size_t, std::string>& heard, int processes) {
  return {.tasks = 40,
          .processes = processes,
          .work = [](std::size_t task) { return std::to_string(task * task); },
          .heard = [&heard](std::size_t task, std::string_view said) { heard.emplace(task, said); },
          .stop = never};
}

TEST(ChildWorkers, DoEveryTaskOnceInOneProcessOrSeveral) {
  for (const int processes : {1, 2, 7}) {
    std::map<std::size_t, std::string> heard;
    share_work(squares(heard, processes));
    ASSERT_EQ(heard.size(), 40U) << processes;
    for (const auto& [task, said] : heard) EXPECT_EQ(said, std::to_string(task * task));
  }
}

TEST(ChildWorkers, BringAnswersOfAnyLengthAndBytes) {
  std::map<std::size_t, std::string> heard;
  SharedWork shared = squares(heard, 3);
  shared.work = [](std::size_t task) { return std::string(task * 50'000, '\0') + "end"; };
  share_work(shared);
  ASSERT_EQ(heard.size(), 40U);
  EXPECT_EQ(heard.at(39).size(), 39U * 50'000 + 3);
}

TEST(ChildWorkers, WorkInOtherProcesses) {
  std::map<std::size_t, std::string> heard;
  SharedWork shared = squares(heard, 2);
  shared.work = [](std::size_t) {
    ::usleep(2'000);
    return std::to_string(::getpid());
  };
  share_work(shared);
  std::set<std::string> processes;
  for (const auto& [task, said] : heard) processes.insert(said);
  EXPECT_EQ(processes.size(), 2U);
  EXPECT_FALSE(processes.contains(std::to_string(::getpid())));
}

TEST(ChildWorkers, ThrowWhatTheWorkThrew) {
  for (const int processes : {1, 3}) {
    std::map<std::size_t, std::string> heard;
    SharedWork shared = squares(heard, processes);
    shared.work = [](std::size_t task) -> std::string {
      if (task == 5) throw NotFound("lost_paper", {"no such paper", "그런 문서가 없습니다"});
      return "";
    };
    try {
      share_work(shared);
      FAIL() << "nothing was thrown";
    } catch (const NotFound& error) {
      EXPECT_EQ(error.code(), "lost_paper");
      EXPECT_EQ(error.message().ko, "그런 문서가 없습니다");
    }
    EXPECT_LT(heard.size(), 40U);
  }
}

TEST(ChildWorkers, SayThatAChildWasKilled) {
  std::map<std::size_t, std::string> heard;
  SharedWork shared = squares(heard, 2);
  shared.work = [](std::size_t task) -> std::string {
    if (task == 3) ::raise(SIGKILL);
    return "";
  };
  try {
    share_work(shared);
    FAIL() << "nobody noticed";
  } catch (const Unavailable& error) {
    EXPECT_EQ(error.code(), "worker_lost");
  }
  EXPECT_FALSE(heard.contains(3));
}

TEST(ChildWorkers, BeginNothingAfterAStop) {
  for (const int processes : {1, 2}) {
    std::atomic<int> stop{0};
    std::size_t heard = 0;
    share_work({.tasks = 1000,
                .processes = processes,
                .work =
                    [](std::size_t) {
                      ::usleep(20'000);  // long beside what it takes to hear a stop on a busy machine
                      return std::string();
                    },
                .heard =
                    [&](std::size_t, std::string_view) {
                      if (++heard == 10) stop = SIGINT;
                    },
                .stop = stop});
    EXPECT_GE(heard, 10U);
    EXPECT_LT(heard, 100U) << processes;
  }
}

}  // namespace
}  // namespace hanjari::cli

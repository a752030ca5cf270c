// Files of papers in memory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/papers/paper_sets.h"

namespace hanjari::tests {

class MemoryPaperSets : public services::PaperSetRepository {
 public:
  void add_file(const services::PaperBytes& made) override {
    if (on_add) on_add();
    files.push_back(made);
  }
  void offer_files(const std::string& job, std::int64_t run, const ExamCode&, Instant ends_at,
                   const services::Change&) override {
    for (const services::PaperBytes& one : files) {
      if (one.file.job == job && one.file.run != run && one.file.ends_at != Instant{})
        throw Conflict("papers_made_elsewhere", {"made", "만들어짐"});
    }
    for (services::PaperBytes& one : files) {
      if (one.file.job == job && one.file.run == run) one.file.ends_at = ends_at;
    }
  }
  void discard_files(const std::string& job, std::int64_t run) override {
    std::erase_if(files, [&](const services::PaperBytes& one) {
      return one.file.job == job && one.file.run == run && one.file.ends_at == Instant{};
    });
  }
  std::vector<services::PaperFile> list_files(const ExamCode& code, const std::string& plan, Instant now) override {
    std::vector<services::PaperFile> listed;
    for (const services::PaperBytes& one : files) {
      if (one.file.exam == code && (plan.empty() || one.file.plan == plan) && one.file.ends_at > now)
        listed.push_back(one.file);
    }
    return listed;
  }
  std::vector<services::PaperFile> list_files_of_job(const std::string& job) override {
    std::vector<services::PaperFile> listed;
    for (const services::PaperBytes& one : files) {
      if (one.file.job == job && one.file.ends_at != Instant{}) listed.push_back(one.file);
    }
    return listed;
  }
  std::optional<services::PaperBytes> find_file(const ExamCode& code, const std::string& id, Instant now) override {
    for (const services::PaperBytes& one : files) {
      if (one.file.exam == code && one.file.id == id && one.file.ends_at > now) return one;
    }
    return std::nullopt;
  }
  bool remove_expired(Instant now) override {
    return std::erase_if(files, [&](const services::PaperBytes& one) { return one.file.ends_at <= now; }) > 0;
  }

  std::vector<services::PaperBytes> files;
  std::function<void()> on_add;  // before a file is kept
};

}  // namespace hanjari::tests

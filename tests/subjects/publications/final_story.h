// The story of a publication as it goes on to the final stage.
#pragma once

#include <string>
#include <vector>

#include "hanjari/publications/final_stage.h"
#include "publications/publication_story.h"

namespace hanjari::services::publication_story {

class AccessOfFinals : public AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const Change&, const AuditNote& note) override { notes.push_back(note); }
  std::vector<AuditNote> notes;
};

class FinalStory : public PublicationStory {
 protected:
  // `version`: of the entries that the officer saw before.
  void enter(const std::string& officer, const std::string& rows, std::int64_t version = 0) {
    enter_interviews(interviews, exam, read_interview_table("applicant_number,examiner,item,grade\n" + rows, package::Encoding::utf8),
                     version, by(officer));
  }
  // Both officers say the same.
  void settle(const std::string& rows, std::int64_t version = 0) {
    enter("kim", rows, version);
    enter("lee", rows, version);
  }
  StoredFinal decide(const std::string& officer = "kim") {
    return decide_final_stage({exams, publications, results, interviews, accesses}, exam, by(officer));
  }

  AccessOfFinals accesses;
};

}  // namespace hanjari::services::publication_story

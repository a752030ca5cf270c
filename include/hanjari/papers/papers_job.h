// Making the papers of a plan, or the lists of what it changes, as a job.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/templates.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/papers/paper_sets.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/change_lists.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// What an officer asks of papers.
struct PaperWish {
  std::string plan;                    // digest, or at least 12 digits of it; whole once it is ordered
  std::string venue{};                 // code of the one venue; empty: see district
  std::string district{};              // code of the one district; empty: the whole city, with the papers over all venues
  std::vector<std::string> papers{};   // by name (documents::paper_kinds); empty: all
  std::vector<std::string> formats{};  // pdf, xlsx, csv; empty: pdf
  Language language = Language::korean;
  bool incomplete = false;  // although people have no seat
  std::string since{};      // as `plan`: only the papers that read otherwise than those of this plan; empty: all
  bool operator==(const PaperWish&) const = default;
};

std::string write_paper_wish(const PaperWish& wish);
// Throws InvalidInput with every fault of it in one message: bad_request (a value of another type, a word that is no format or paper,
// venue and district together), paper_not_in_format (a paper named that can be had in none of the formats).
PaperWish parse_paper_wish(const std::string& json);

// Orders the papers; gives the job that makes the very same already when there is one. Throws NotFound (plan_not_found,
// no_such_venue, no_such_district), Conflict (exam_destroyed; plan_incomplete; same_edition: `since` is the plan itself;
// papers_being_made: other papers of the exam).
Job order_papers(ExamRepository&, JobRepository&, const ExamCode& code, const PaperWish& wish, const Change& change);

// Digest of the plan that people were told before this one: the live plan, or, of the live plan itself, the one that
// gave way when it was published, whatever decisions on single people have changed since. Empty where nobody was told
// another.
std::string find_told_before(ExamRepository&, ApprovalRepository&, const ExamCode& code, const StoredPlan& plan);

// Whether the lists of notices have telephone and e-mail of everybody in them.
enum class ContactsInNotices { no, yes };

// Orders the notices and the list of changes of a plan against what people were told before it. Throws as order_papers,
// and Conflict (nothing_before) where people were told no other plan.
Job order_notices(ExamRepository&, ApprovalRepository&, JobRepository&, const ExamCode& code, const std::string& plan,
                  Language language, const Change& change, ContactsInNotices contacts = ContactsInNotices::no);

// What a finished job says of its files.
struct PapersMade {
  std::string plan;
  std::int64_t files = 0;    // ZIPs
  std::int64_t papers = 0;   // inside
  std::int64_t pages = 0;
  std::int64_t bytes = 0;
  std::int64_t unchanged = 0;  // papers left out because they read as they did in the edition before
  std::int64_t lost_photos = 0;  // people whose photo did not open: papers have a frame in its place
  std::int64_t missing = 0;  // characters that no font has: a mark stands in their place
  std::vector<std::string> fonts{};            // packages that would bring them; whose names they are stands in the ZIP
  std::int64_t unreadable = 0;  // people whose row does not open: lists say so in place of the name, and they have no slip
  std::vector<std::string> unreadable_numbers{};  // their applicant numbers, the first hundred; all stand in the ZIP
  std::vector<std::string> without_start{};    // codes of units whose papers say no start, because nobody has said one
  std::vector<std::string> without_seating{};  // the same of the time to be seated by
  bool operator==(const PapersMade&) const = default;
};
std::optional<PapersMade> parse_papers_made(const std::string& json);

// What papers are printed by when a job begins; none for the program's own.
using TemplateSource = std::function<std::shared_ptr<const documents::Templates>()>;

// What the chosen subjects of an exam are called; none for what the exam itself says.
using SubjectNameSource = std::function<documents::SubjectNames(const ExamCode&)>;

// The photos of the people of an exam; null where the program has none of them.
using PortraitsOfExam = std::function<documents::PortraitSource(const ExamCode&)>;

// Telephone and e-mail of those of these people whom the program knows; none where it takes no applications.
using ContactSource = std::function<NoticeContacts(const std::vector<ApplicantId>&)>;

// `check_url`: of the portal's check page, for the codes on slips; empty: none.
// Cancelled or broken off, the work leaves nothing that is offered. Photos are read venue by venue, of the people printed.
JobWork papers_work(ExamRepository&, PaperSetRepository&, const Clock&,
                    TemplateSource templates, std::string check_url = {}, SubjectNameSource subjects = {},
                    PortraitsOfExam portraits = {});
JobWork notices_work(ExamRepository&, PaperSetRepository&, const Clock&,
                     TemplateSource templates, ContactSource contacts = {});

}  // namespace hanjari::services

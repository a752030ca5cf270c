// An exam of six people in two districts with its plan, and repositories that hold it in memory.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/accounts/identity_provider.h"
#include "hanjari/base/error.h"
#include "hanjari/http/http.h"
#include "hanjari/invigilators/venue_staff.h"
#include "hanjari/plans/approvals.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"
#include "hanjari/plans/seat_views.h"
#include "hanjari/publications/release_desk.h"
#include "hanjari/site/site.h"
#include "stage/memory_accounts.h"
#include "stage/memory_attempts.h"
#include "stage/memory_intake.h"
#include "stage/memory_invigilators.h"
#include "stage/memory_approvals.h"
#include "stage/memory_jobs.h"
#include "stage/papers/memory_papers.h"
#include "stage/memory/memory_publications.h"
#include "stage/memory/memory_interviews.h"
#include "stage/memory/memory_results.h"
#include "stage/memory/workbench.h"
#include "stage/venues/memory_venue_chiefs.h"
#include "stage/materials/memory_briefings.h"
#include "stage/materials/memory_materials.h"
#include "stage/desk/memory_waiting.h"
#include "stage/venues/memory_venue_files.h"
#include "stage/venues/memory_venue_letters.h"
#include "stage/memory/paper_templates.h"
#include "stage/venues/memory_venue_library.h"
#include "stage/venues/memory_venue_offers.h"
#include "stage/sample_notice.h"

namespace hanjari::web::testing {

// Stands still until it is told to move.
class HeldClock : public Clock {
 public:
  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return now_.time_since_epoch(); }
  void pass(std::chrono::seconds time) { now_ += time; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_ = Instant(std::chrono::hours(24 * 18782));  // 2021-06-04
};

// Venue V1 (district 11110) with rooms 1 and 2, venue V2 (district 11140) with room 1, venue V3 (11110) empty.
// Applicant numbers 01000001 to 01000006; A1 is 김한자, born 1997-03-05, room 2, seat 3.
PlannedExam make_small_exam();

class MemoryPlans : public services::PlanRepository {
 public:
  std::vector<services::LiveExam> list_live_exams() override;
  std::vector<services::LiveExam> list_withdrawn_exams() override { return withdrawn; }
  std::optional<PlannedExam> find_seat(const ExamCode&, const ApplicantNumber&, Date birth_on) override;
  std::optional<PlannedExam> find_place(const ExamCode&, const ApplicantNumber&) override;
  std::optional<PlannedExam> find_own_seat(const ExamCode&, const ApplicantId&) override;
  std::optional<Room> find_room(const ExamCode&, const VenueCode&, std::int64_t room_no) override;
  std::vector<services::VenueSummary> list_venues(const ExamCode&, const std::optional<DistrictCode>&) override;
  std::vector<Unit> list_units(const ExamCode&) override;
  std::optional<PlannedExam> find_venue_plan(const ExamCode&, const VenueCode&) override;

  std::vector<PlannedExam> live{make_small_exam()};
  std::vector<services::LiveExam> withdrawn;
  bool tells_fairness = false;  // of every live exam
  // Thrown by every call when set.
  std::exception_ptr failure;
  int more_venues = 0;  // besides the three, to fill pages
  std::function<void()> while_read;  // what happens, once, while the plan of a venue is read

 private:
  void fail_if_told() const;
};

using MemoryAccounts = hanjari::tests::MemoryAccounts;

using MemoryAttempts = hanjari::tests::MemoryAttempts;

struct Access {
  std::string account, action, subject;
  std::vector<std::string> whose;
  std::string detail{};
};

class MemoryAccess : public services::AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const services::Change& change, const services::AuditNote& note) override;
  std::vector<Access> records;
};

// No exam package is stored: pages of applicants ask for plans only.
class NoExams : public services::ExamRepository {
 public:
  services::ImportOutcome save_exam(const Exam&, const Plan*, const services::Change&, Progress&) override {
    return {};
  }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return std::nullopt; }
  std::vector<services::StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override { return std::nullopt; }
  void set_live_plan(const ExamCode&, const services::StoredPlan&, std::int64_t, const services::Change&) override {}
};

// The small exam with one stored plan that is not live; another one, of the same seats, may be.
class OneStoredExam : public NoExams {
 public:
  std::optional<Exam> find_exam(const ExamCode& code, const std::string&) override {
    ++exams_read;
    if (code != stored_.exam.header.code) return std::nullopt;
    return stored_.exam;
  }
  std::optional<services::ExamHead> find_head(const ExamCode& code) override {
    const ExamHeader& header = stored_.exam.header;
    if (const auto other = others.find(code); other != others.end()) return other->second;
    if (code != header.code) return std::nullopt;
    return services::ExamHead{header.name_ko, header.name_en, header.exam_on, header.time_zone, 6};
  }
  std::vector<services::StoredPopulation> list_populations(const ExamCode& code) override {
    if (code != stored_.exam.header.code) return {};
    std::vector<services::StoredPopulation> populations = newer;
    populations.push_back({stored_.exam.input_sha256, 6, {}});
    return populations;
  }
  std::vector<ExamCode> list_exams() override {
    std::vector<ExamCode> codes{stored_.exam.header.code};
    for (const auto& [code, head] : others) codes.push_back(code);
    return codes;
  }
  std::vector<std::string> list_venues_gone(const ExamCode&, const services::StoredPlan&) override { return venues_gone; }
  std::vector<services::StoredPlan> list_plans(const ExamCode& code) override {
    if (code != stored_.exam.header.code) return {};
    std::vector<services::StoredPlan> plans{{std::string(64, 'a'), stored_.exam.input_sha256, PlanStatus::feasible, 6, 0, {}}};
    plans.insert(plans.end(), more_plans.begin(), more_plans.end());
    return plans;
  }
  std::vector<Unit> list_units(const ExamCode&, const std::string&) override { return units; }
  std::vector<services::VenueSummary> list_venues(const ExamCode&, const services::StoredPlan& plan) override {
    if (const auto own = venues_of.find(plan.digest); own != venues_of.end()) return own->second;
    return {{VenueCode("V1"), "한빛 <중>학교", DistrictCode("11110"), "Street 1", 2, 4},
            {VenueCode("V2"), "Second School", DistrictCode("11140"), "Street 2", 1, 2}};
  }
  std::vector<services::MovedPerson> find_people(const ExamCode&, const services::StoredPlan&,
                                                 const std::vector<ApplicantId>& people) override {
    std::vector<services::MovedPerson> found;
    for (const ApplicantId& person : people) found.push_back({person, ApplicantNumber("01000002"), "이순신"});
    return found;
  }
  std::optional<std::string> find_figures(const ExamCode&, const services::StoredPlan& plan,
                                          const services::StoredPlan& told) override {
    const auto kept = figures.find(plan.digest + told.digest);
    return kept == figures.end() ? std::nullopt : std::optional(kept->second);
  }
  void keep_figures(const ExamCode&, const services::StoredPlan& plan, const services::StoredPlan& told,
                    const std::string& counted) override {
    figures[plan.digest + told.digest] = counted;
  }
  std::optional<Plan> find_plan(const Exam&, const std::string& digest) override {
    if (!live && digest != std::string(64, 'a')) return std::nullopt;
    Plan plan = stored_.plan;
    plan.digest = digest;
    plan.unseated = unseated;
    std::erase_if(plan.placements, [&](const Placement& placed) {
      return std::any_of(unseated.begin(), unseated.end(),
                         [&](const Unseated& one) { return one.applicant == placed.applicant; });
    });
    return plan;
  }
  std::optional<services::LivePointer> find_live_plan(const ExamCode&) override { return live; }
  std::optional<services::LivePointer> find_withdrawn_plan(const ExamCode&) override { return withdrawn; }
  std::vector<HistoryStep> find_history(const ExamCode&, const services::StoredPlan& plan) override {
    return histories[plan.digest];
  }

  std::optional<services::LivePointer> live;
  std::optional<services::LivePointer> withdrawn;
  std::vector<services::StoredPopulation> newer;  // than that of the plan
  std::vector<std::string> venues_gone;
  std::map<ExamCode, services::ExamHead> others;  // exams of which nothing else is stored
  std::vector<Unseated> unseated;  // whom the plan seats nowhere
  std::vector<services::StoredPlan> more_plans;  // behind the first
  std::map<std::string, std::vector<services::VenueSummary>> venues_of;  // by digest, of plans with others than the first
  std::map<std::string, std::vector<HistoryStep>> histories;  // by digest
  std::map<std::string, std::string> figures;                 // by both digests
  int exams_read = 0;                                         // how often a whole exam was asked for
  std::vector<Unit> units = make_small_exam().exam.units;

 private:
  PlannedExam stored_ = make_small_exam();
};

class MemorySeatViews : public services::SeatViewRepository {
 public:
  std::optional<services::SeatView> find_seat_view(const ApplicationId& id) override {
    const auto found = views.find(id);
    return found == views.end() ? std::nullopt : std::optional(found->second);
  }
  void save_seat_view(const ApplicationId& id, const ExamCode&, const services::SeatView& view,
                      const services::Change&) override {
    views[id] = view;
  }
  std::map<ApplicationId, services::SeatView> views;
};

class MemoryTrail : public services::AuditTrail {
 public:
  void record(const services::Change& change, const services::AuditNote& note) override {
    entries.push_back({static_cast<std::int64_t>(entries.size()) + 1, change, note});
  }
  std::vector<services::AuditEntry> list_entries(const services::AuditFilter& filter) override {
    std::vector<services::AuditEntry> found;
    for (auto entry = entries.rbegin(); entry != entries.rend() && found.size() < filter.limit; ++entry) {
      if (filter.before_number != 0 && entry->number >= filter.before_number) continue;
      const std::vector<std::string>& whose = entry->note.whose;
      const bool of_person = filter.whose.empty() || std::find(whose.begin(), whose.end(), filter.whose) != whose.end();
      const bool of_action = filter.action.empty() || entry->note.action == filter.action;
      const bool of_author = filter.author.empty() || entry->change.author == filter.author;
      const bool in_time = (!filter.from || entry->change.at >= *filter.from) && (!filter.until || entry->change.at < *filter.until);
      if (of_author && of_action && of_person && in_time) found.push_back(*entry);
    }
    return found;
  }
  services::AuditReport verify(Progress&) override { return {}; }
  std::string anchor(Instant) override { return entries.empty() ? "" : "signed after " + entries.back().note.action; }

  std::vector<services::AuditEntry> entries;
};

// Vouches for `subject` when it is asked with its own keepsake.
class MemoryProvider : public services::IdentityProvider {
 public:
  const std::string& issuer() const override { return name_; }
  services::ProviderQuestion ask(Instant) override { return {name_ + "/auth?state=s", "keep.sake"}; }
  services::VouchedIdentity check(const std::string& keepsake, const services::ProviderAnswer& answer,
                                  Instant) override {
    if (!answers) throw Unavailable("provider_silent", {"the provider does not answer", "응답이 없음"});
    if (keepsake != "keep.sake" || answer.state != "s" || answer.code != "c")
      throw NotAllowed("provider_refused", {"not begun here", "여기에서 시작하지 않음"});
    return {name_, subject, second_factor};
  }
  std::string subject = "person-1";
  bool second_factor = false;
  bool answers = true;

 private:
  std::string name_ = "https://id.example.kr";
};

// Everything a Site needs, with a log to read afterwards.
struct Office {
  HeldClock clock;
  MemoryPlans plans;
  MemoryAccounts accounts;
  MemoryAttempts attempts;
  MemoryAccess access;
  NoExams exams;
  OneStoredExam stored;
  hanjari::tests::MemoryApprovals approvals;
  hanjari::tests::MemoryJobs jobs;
  hanjari::tests::MemoryPaperSets papers;
  hanjari::tests::MemoryInvigilators invigilators;
  hanjari::tests::MemoryResults results;
  hanjari::tests::MemoryInterviews interviews;
  hanjari::tests::MemoryWorkbench edits;
  services::Workbench workbench{edits};
  hanjari::tests::MemoryVenueOffers venue_offers;
  hanjari::tests::MemoryVenueLetters venue_letters;
  hanjari::tests::MemoryVenueFiles venue_files;
  hanjari::tests::MemoryPublications publications;
  services::ReleaseDesk desk{publications, results, clock};
  hanjari::tests::MemoryVenueChiefs venue_chiefs;
  hanjari::tests::MemoryVenueLibrary venue_library;
  hanjari::tests::MemoryPaperTemplates saved_templates;
  services::PaperTemplates paper_templates{saved_templates, {}};
  hanjari::tests::MemoryMaterials materials;
  hanjari::tests::MemoryBriefings briefings;
  services::StaffOfDuties venue_staff{invigilators, stored, access};
  hanjari::tests::MemoryWaiting waiting;
  MemorySeatViews seat_views;
  MemoryTrail trail;
  MemoryProvider provider;
  hanjari::tests::MemoryIntake applying{exams, plans, access, clock};
  bool database_answers = true;

  SiteServices services();
  // Adds the account and opens a session of it; the token for the cookie.
  std::string sign_in(const std::string& name, services::Role role, const std::string& district);
  // A full session, as after password and code.
  std::string open_session(const services::Actor& actor);
  int sessions_opened = 0;
  // Opens a session of an applicant of the portal.
  std::string sign_in_applicant(const std::string& account);
};

}  // namespace hanjari::web::testing

// What the handlers work with: repositories, clock and settings, handed in by whoever starts the program.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/documents/templates.h"
#include "hanjari/plans/plans.h"
#include "hanjari/site/institution.h"

namespace hanjari::services {
class ApprovalRepository;
class BriefingRepository;
class ExamRepository;
class IdentityProvider;
class InterviewRepository;
class InvigilatorRepository;
class JobRepository;
class MaterialRepository;
class MessageOutbox;
class PaperSetRepository;
class PaperTemplates;
class PublicationRepository;
class ReleaseDesk;
class ResultRepository;
class SeatViewRepository;
class VenueChiefRepository;
class VenueFileRepository;
class VenueLetterRepository;
class VenueLibraryRepository;
class VenueOfferRepository;
class VenueStaff;
class WaitingRepository;
struct UseCases;
struct Workbench;
}  // namespace hanjari::services

namespace hanjari::web {

class AssetPack;
class Metrics;
class Pages;
class RouteTable;

struct SiteSettings {
  // Readers always come over an encrypted connection: cookies get Secure and answers Strict-Transport-Security.
  bool behind_tls = false;
  // What slips and pages say of the exam day: words, seal, ways to schools. Null: the program's own.
  std::shared_ptr<const documents::Templates> templates{};
  // Of the portal's check page, for the codes on slips. Empty: slips that are taken on this machine itself name the address
  // they were asked at, all others carry no code.
  std::string check_url{};
  Institution institution{};
  // Of the portal as the world knows it, without a slash at its end, for links in messages. Empty: none can be made.
  std::string portal_address{};
};

struct OfficeFault {
  std::string code;
  Text detail;
};

struct SiteServices {
  services::PlanRepository& plans;
  services::AccountRepository& accounts;
  services::AttemptLimit& attempts;
  services::AccessRecord& access;
  const Clock& clock;
  // Asks the database for a sign of life and opens the keys; throws when there is none or they do not open.
  std::function<void()> check_ready;
  // Null where applications are not taken: their pages then do not exist.
  services::UseCases* intake = nullptr;
  services::SeatViewRepository* seat_views = nullptr;
  services::AuditTrail* audit = nullptr;
  // Null where the staff sign in with passwords only.
  services::IdentityProvider* provider = nullptr;
  // What cannot be read although the program works: the scopes of keys that do not open.
  std::function<std::vector<std::string>()> list_damaged_keys{};
  // Null where no plan is made: the pages of jobs and plans then do not exist.
  services::JobRepository* jobs = nullptr;
  services::ExamRepository* exams = nullptr;
  services::ApprovalRepository* approvals = nullptr;
  // Null where no message can be sent: applicants can then not sign up.
  services::MessageOutbox* outbox = nullptr;
  // Null where no papers are made by jobs.
  services::PaperSetRepository* papers = nullptr;
  // Null where no invigilators are kept.
  services::InvigilatorRepository* invigilators = nullptr;
  // Null where no results are kept.
  services::ResultRepository* results = nullptr;
  // Null where no plan is looked at and edited.
  services::Workbench* workbench = nullptr;
  // Null where no venues are asked for.
  services::VenueOfferRepository* venue_offers = nullptr;
  services::VenueLetterRepository* venue_letters = nullptr;
  services::VenueFileRepository* venue_files = nullptr;
  // Null where nothing of results is published.
  services::PublicationRepository* publications = nullptr;
  // Null in a program without the office: shares are given to the office's program only.
  services::ReleaseDesk* release_desk = nullptr;
  services::VenueChiefRepository* venue_chiefs = nullptr;
  services::VenueLibraryRepository* venue_library = nullptr;
  // Null where no materials are handed over.
  services::MaterialRepository* materials = nullptr;
  services::BriefingRepository* briefings = nullptr;
  // Null where no duties are kept.
  services::VenueStaff* venue_staff = nullptr;
  // Null where nobody counts what waits in the office.
  services::WaitingRepository* waiting = nullptr;
  // Null where templates of papers are files only.
  services::PaperTemplates* paper_templates = nullptr;
  // Null where no grades of interviews are entered.
  services::InterviewRepository* interviews = nullptr;
  // What the office prints by now: saved templates over the files of the settings. Without it those of the settings alone. Throws
  // InvalidInput where a saved one does not fit the program any more.
  std::function<std::shared_ptr<const documents::Templates>()> load_templates{};
  // Why marks and verdicts do not open here although this program serves the office; nothing while they do.
  std::function<std::optional<OfficeFault>()> find_office_fault{};
  // Whether something of the exam is asked of the actor's district. Where this is not set, of nobody.
  std::function<bool(const services::Actor&, const ExamCode&)> is_asked{};
};

class Site {
 public:
  Site(SiteServices services, SiteSettings settings, RouteTable routes);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  services::PlanRepository& plans() { return services_.plans; }
  services::AccountRepository& accounts() { return services_.accounts; }
  services::AttemptLimit& attempts() { return services_.attempts; }
  services::AccessRecord& access() { return services_.access; }
  services::UseCases* intake() { return services_.intake; }
  services::SeatViewRepository* seat_views() { return services_.seat_views; }
  services::AuditTrail* audit() { return services_.audit; }
  services::IdentityProvider* provider() { return services_.provider; }
  services::JobRepository* jobs() { return services_.jobs; }
  services::ExamRepository* exams() { return services_.exams; }
  services::ApprovalRepository* approvals() { return services_.approvals; }
  services::MessageOutbox* outbox() { return services_.outbox; }
  services::PaperSetRepository* papers() { return services_.papers; }
  services::InvigilatorRepository* invigilators() { return services_.invigilators; }
  services::ResultRepository* results() { return services_.results; }
  services::InterviewRepository* interviews() { return services_.interviews; }
  services::Workbench* workbench() { return services_.workbench; }
  services::VenueOfferRepository* venue_offers() { return services_.venue_offers; }
  services::VenueLetterRepository* venue_letters() { return services_.venue_letters; }
  services::VenueFileRepository* venue_files() { return services_.venue_files; }
  services::PublicationRepository* publications() { return services_.publications; }
  services::ReleaseDesk* release_desk() { return services_.release_desk; }
  services::VenueChiefRepository* venue_chiefs() { return services_.venue_chiefs; }
  services::PaperTemplates* paper_templates() { return services_.paper_templates; }
  services::VenueLibraryRepository* venue_library() { return services_.venue_library; }
  services::MaterialRepository* materials() { return services_.materials; }
  services::BriefingRepository* briefings() { return services_.briefings; }
  services::VenueStaff* venue_staff() { return services_.venue_staff; }
  services::WaitingRepository* waiting() { return services_.waiting; }
  const Clock& clock() const { return services_.clock; }
  Instant now() const { return services_.clock.now(); }
  void check_ready() const { services_.check_ready(); }
  std::optional<OfficeFault> find_office_fault() const {
    return services_.find_office_fault ? services_.find_office_fault() : std::nullopt;
  }
  std::vector<std::string> list_damaged_keys() const {
    return services_.list_damaged_keys ? services_.list_damaged_keys() : std::vector<std::string>{};
  }
  // From now on the program is not ready, so that a proxy sends new people elsewhere.
  void begin_stopping() { stopping_ = true; }
  bool is_stopping() const { return stopping_; }
  const SiteSettings& settings() const { return settings_; }
  const RouteTable& routes() const { return *routes_; }
  // Those of papers that the staff take themselves, so that they say what the papers of an order say. Throws as load_templates.
  std::shared_ptr<const documents::Templates> printed_templates() const {
    return services_.load_templates ? services_.load_templates() : templates_;
  }
  // The same for slips, seats and the day of a venue. Nobody is left without them where a saved template does not fit the program
  // any more: then those of the settings stand in.
  std::shared_ptr<const documents::Templates> shown_templates() const;
  const AssetPack& assets() const { return *assets_; }
  const Pages& pages() const { return *pages_; }
  Metrics& metrics() { return *metrics_; }

  // The live exam of this code; throws NotFound (unknown_exam), Conflict (seats_withdrawn).
  services::LiveExam load_live_exam(const std::string& code);
  // The one rule of which exams are there for coordinators and venue chiefs: those with a live plan, or one that is being decided
  // again, and for the district of which something is asked those that are only being prepared. For everybody else every exam is
  // there as far as it is stored.
  bool knows_exam(const services::Actor& actor, const ExamCode& code);
  // Throws NotFound (exam_not_found) otherwise, in the words for a code that nobody has given.
  void require_known_exam(const services::Actor& actor, const ExamCode& code);

 private:
  SiteServices services_;
  SiteSettings settings_;
  std::shared_ptr<const documents::Templates> templates_;
  std::unique_ptr<RouteTable> routes_;
  std::unique_ptr<AssetPack> assets_;
  std::unique_ptr<Pages> pages_;
  std::unique_ptr<Metrics> metrics_;
  std::atomic<bool> stopping_{false};
};

}  // namespace hanjari::web

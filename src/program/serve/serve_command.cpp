// hanjari serve: pages for applicants, the office and operations, over the database.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/korean.h"
#include "hanjari/desk/freezing.h"
#include "hanjari/documents/subject_names.h"
#include "hanjari/documents/templates.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/intake/health_job.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/receipts.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/papers/papers_job.h"
#include "hanjari/plans/edit_sessions.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/replan_job.h"
#include "hanjari/plans/whatif_job.h"
#include "hanjari/publications/fairness_reports.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/publications/release_desk.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/server/server.h"
#include "hanjari/venues/venue_adoption.h"
#include "papers/commands/template_folder.h"
#include "program/opening/database_options.h"
#include "program/opening/open_intake.h"
#include "program/opening/open_provider.h"
#include "program/opening/receipt_key.h"
#include "program/operator_commands.h"
#include "program/pages/site_routes.h"
#include "program/serve/institution.h"
#include "program/serve/notice_contacts.h"
#include "program/serve/open_files.h"
#include "program/serve/periodic_work.h"
#include "program/serve/server_log.h"
#include "program/serve/service_manager.h"
#include "program/serve/stop_signals.h"
#include "program/serve/upkeep_jobs.h"

namespace hanjari::cli {
namespace {

constexpr std::chrono::seconds grace{10};
// A submission holds its thread until its commit: fewer of them make smaller commits in the hour before closing.
constexpr int rush_workers = 64;
// Work on keys goes on where it was, however often the server is restarted meanwhile.
constexpr int most_upkeep_starts = 1'000;
// A closing goes on where it was, and an import begins anew; what brings the program down every time ends soon.
constexpr int most_taking_starts = 10;

// The option comes before the configuration's key.
std::uint16_t port_of(const Arguments& arguments, const Configuration& configuration, const std::string& listener,
                      std::uint16_t otherwise) {
  const std::string option = listener + "-port";
  const std::int64_t port = arguments.has(option) ? arguments.integer(option, 0, 65535)
                                                  : configuration.integer(listener + ".port", otherwise, 0, 65535);
  return static_cast<std::uint16_t>(port);
}

web::ServerSettings server_settings(const Arguments& arguments, const Configuration& configuration) {
  web::ServerSettings settings;
  settings.address = arguments.find("address").value_or(configuration.text("listen.address", settings.address));
  settings.portal_port = port_of(arguments, configuration, "portal", settings.portal_port);
  settings.office_port = port_of(arguments, configuration, "office", settings.office_port);
  settings.operations_port = port_of(arguments, configuration, "operations", settings.operations_port);
  settings.office = configuration.flag("office.serve", settings.office);
  settings.trusted_proxies = configuration.words("listen.trusted_proxies");
  settings.proxy_protocol = configuration.flag("listen.proxy_protocol", false);
  settings.client_field = configuration.text("listen.client_field", "");
  if (!settings.client_field.empty() && settings.client_field != "forwarded" &&
      settings.client_field != "x-forwarded-for") {
    throw InvalidInput("bad_configuration",
                       {"listen.client_field is forwarded or x-forwarded-for, the field that your proxy writes",
                        "listen.client_field는 프록시가 쓰는 헤더인 forwarded 또는 x-forwarded-for입니다"});
  }
  settings.tls.certificate = configuration.text("tls.certificate", "");
  settings.tls.key = configuration.text("tls.key", "");
  if (settings.tls.wanted() != !settings.tls.key.empty()) {
    throw InvalidInput("bad_configuration", {"tls.certificate and tls.key belong together: give both or none",
                                             "tls.certificate와 tls.key는 함께 지정하거나 모두 빼야 합니다"});
  }
  const auto count = [&](const char* key, auto& value, std::int64_t most) {
    using Value = std::remove_reference_t<decltype(value)>;
    value = static_cast<Value>(configuration.integer(key, static_cast<std::int64_t>(value), 1, most));
  };
  settings.workers = rush_workers;
  count("listen.workers", settings.workers, 1'000);
  count("listen.portal_loops", settings.portal_loops, 64);
  count("listen.queue", settings.queue, 100'000);
  count("listen.connections", settings.connections, 1'000'000);
  count("listen.connections_of_source", settings.connections_of_source, 1'000'000);
  const auto seconds = [&](const char* key, std::chrono::milliseconds& value) {
    value = std::chrono::seconds(configuration.integer(key, value.count() / 1000, 1, 3'600));
  };
  seconds("listen.header_seconds", settings.header_deadline);
  seconds("listen.body_seconds", settings.body_deadline);
  seconds("listen.queue_seconds", settings.queue_deadline);
  seconds("listen.answer_seconds", settings.answer_deadline);
  seconds("listen.total_seconds", settings.total_deadline);
  seconds("listen.idle_seconds", settings.idle_deadline);
  return settings;
}

template <class Value>
Value word_of(const Configuration& configuration, const std::string& key, const std::string& otherwise,
              std::optional<Value> (*parse)(std::string_view), const char* words) {
  const std::string word = configuration.text(key, otherwise);
  if (const auto value = parse(word)) return *value;
  throw InvalidInput("bad_configuration",
                     {fmt::format("{} is one of {}, not '{}'", key, words, word),
                      in_korean("{}[은/는] {} 가운데 하나입니다. '{}'[은/는] 쓸 수 없습니다", key, words, word)});
}

void set_log(ServerLog& log, const Configuration& configuration) {
  log.set(word_of<LogLevel>(configuration, "log.level", "info", parse_log_level, "debug, info, warning, error"),
          word_of<LogRequests>(configuration, "log.requests", "all", parse_log_requests, "all, errors, none"));
}

services::ReminderHours reminder_hours(const Configuration& configuration) {
  services::ReminderHours hours;
  hours.from = static_cast<int>(configuration.integer("reminders.from_hour", hours.from, 0, 23));
  hours.until = static_cast<int>(configuration.integer("reminders.until_hour", hours.until, 1, 24));
  return hours;
}

std::string address_of(const web::ServerSettings& settings, std::uint16_t port, bool encrypted) {
  const bool bracketed = settings.address.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}/", encrypted ? "https" : "http",
                     bracketed ? "[" + settings.address + "]" : settings.address, port);
}

void say_ready(const Terminal& terminal, const web::ServerSettings& settings, const web::Server& server) {
  const auto line = [&](const Text& name, web::Listener listener) {
    const std::string address =
        address_of(settings, server.port(listener), settings.tls.wanted() && listener != web::Listener::operations);
    terminal.say({fmt::format("{:<12}{}", name.en, address), fmt::format("{:<12}{}", name.ko, address)});
  };
  line({"portal", "포털"}, web::Listener::portal);
  if (settings.office) line({"office", "업무"}, web::Listener::office);
  line({"operations", "운영"}, web::Listener::operations);
  terminal.say({"ready; Ctrl-C stops", "준비되었습니다. 끝내려면 Ctrl-C를 누르십시오"});
}

// What can change while the program runs: the log and the certificate.
void reload(const Arguments& arguments, ServerLog& log, web::Server& server, bool with_tls) {
  try {
    const Configuration configuration = configuration_of(arguments);
    set_log(log, configuration);
    log.write(events::log_changed, {{"log_level", configuration.text("log.level", "info")},
                                    {"log_requests", configuration.text("log.requests", "all")}});
  } catch (const Error& error) {
    log.write(events::configuration_refused, {{"code", error.code()}, {"detail", error.message().en}});
  }
  if (!with_tls) return;
  try {
    server.reload_tls();
    log.write(events::tls_reloaded);
  } catch (const Error& error) {
    log.write(events::tls_refused, {{"code", error.code()}, {"detail", error.message().en}});
  }
}

// Reads files, which may take long (a folder of another machine): not in the thread that waits for signals.
PeriodicWork reload_when_wanted(std::atomic<bool>& wanted, std::function<void()> reload_now) {
  return {"reload", std::chrono::milliseconds(0), std::chrono::milliseconds(200),
          [&wanted, reload_now = std::move(reload_now)](const std::stop_token&) {
            if (wanted.exchange(false)) reload_now();
            return false;
          }};
}

// What goes on is done again by the next program; it may be broken off at any moment.
[[noreturn]] void break_off(ServerLog& log, const std::vector<std::string>& unfinished) {
  log.write(events::stopped, {{"unfinished", fmt::format("{}", fmt::join(unfinished, ", "))}});
  log.flush();
  std::_Exit(0);
}

// People wait for its answers: a database that is silent for ten seconds is as good as away.
std::unique_ptr<storage::Database> open_serving_database(const Arguments& arguments, const Configuration& configuration,
                                                         const Terminal& terminal) {
  storage::DatabaseSettings settings = database_settings(arguments, configuration);
  settings.answer_limit = std::chrono::seconds(10);
  auto database = std::make_unique<storage::Database>(settings, storage::SchemaUpgrade::automatic, system_clock(),
                                                      terminal.progress);
  database->watch();
  return database;
}

// Those of the customer; null for the program's own.
std::shared_ptr<const documents::Templates> templates_of(const Configuration& configuration) {
  const auto folder = configuration.find("papers.templates");
  if (!folder) return nullptr;
  return std::make_shared<const documents::Templates>(load_templates(*folder));
}

// Those of the customer as files, in whose place come those that officers save; none for the program's own.
documents::Templates::Files template_files_of(const Configuration& configuration) {
  const auto folder = configuration.find("papers.templates");
  if (!folder) return {};
  return read_template_files(*folder);
}

// The names of chosen subjects, for papers that the office prints.
services::SubjectNameSource subject_names_by(services::UseCases& intake) {
  return [&intake](const ExamCode& exam) {
    const auto notice = services::find_notice_of_exam(&intake, exam);
    return documents::subject_names_of(notice == nullptr ? nullptr : &notice->notice);
  };
}

// A program that does not read the key of the office leaves the office's work to one that does.
std::map<std::string, services::JobWork> works_within(const storage::DatabaseSettings& settings,
                                                      std::map<std::string, services::JobWork> works) {
  if (settings.office_key == storage::OfficeKeyUse::none)
    std::erase_if(works, [](const auto& work) { return services::is_for_office(work.first); });
  return works;
}

// A program of the office that has not its key now leaves work on marks and verdicts waiting, for one that has it or until the file is
// there: begun here it would only fail.
std::function<bool(const std::string&)> able_by_key(const storage::Database& database) {
  return [&database](const std::string& kind) { return !services::is_for_office(kind) || database.has_office_key(); };
}

// What officers wait for, what they print and what the installation needs hold each other up in nothing.
class JobRunners {
 public:
  JobRunners(storage::Database& database, services::Workbench& workbench, services::UseCases& intake,
             const storage::DatabaseSettings& settings, const services::TemplateSource& templates,
             const std::string& check_url, const services::NoteSigner& notes, ServerLog& log)
      : on_fault_([&log](const Error& error) {
          log.write(events::jobs_failed, {{"code", error.code()}, {"detail", detail_of(error)}});
        }),
        plans_(database.jobs(),
               {{services::plan_job_kind, services::plan_work(database.exams(), system_clock(), HANJARI_VERSION)},
                {services::replan_job_kind, services::replan_work(database.exams(), system_clock(), HANJARI_VERSION)},
                {services::edited_plan_job_kind,
                 services::edited_plan_work(database.exams(), workbench, system_clock(), HANJARI_VERSION)},
                {services::whatif_job_kind, services::whatif_work(database.exams(), system_clock())},
                {services::staffing_job_kind,
                 services::staffing_work(database.exams(), database.invigilators(), system_clock())},
                {services::fairness_report_job_kind,
                 services::fairness_report_work(database.exams(), database.publications(), system_clock())}},
               system_clock(), on_fault_),
        taking_(database.jobs(),
                works_within(
                    settings,
                    {{services::closing_job_kind, services::closing_work(intake.closing, system_clock())},
                     {services::freezing_job_kind,
                      services::freezing_work({intake, database.exams(), &database.venue_offers()}, system_clock())},
                     {services::health_job_kind, services::health_work(intake.health, system_clock())},
                     {services::application_keys_job_kind, services::application_keys_work(intake.table)},
                     {services::import_job_kind, services::import_work(database.exams(), database.jobs(), system_clock())},
                     {services::venues_job_kind,
                      services::adoption_work(database.exams(), database.venue_offers(), system_clock())},
                     {services::result_import_job_kind,
                      services::result_import_work(database.results(), database.jobs(), system_clock(), &database.exams())},
                     {services::decision_job_kind,
                      services::decision_work(database.exams(), database.results(), system_clock())},
                     {services::publication_job_kind,
                      services::publication_work(database.exams(), database.results(), database.publications(), notes,
                                                 system_clock(), &database.interviews())}}),
                system_clock(), on_fault_, {.most_starts = most_taking_starts, .can_do = able_by_key(database)}),
        papers_(database.jobs(),
                {{services::papers_job_kind,
                  services::papers_work(database.exams(), database.paper_sets(), system_clock(), templates, check_url,
                                        subject_names_by(intake),
                                        [&intake](const ExamCode& exam) { return services::portraits_of(&intake, exam); })},
                 {services::notices_job_kind,
                  services::notices_work(database.exams(), database.paper_sets(), system_clock(), templates,
                                         contacts_by(database.applications()))}},
                system_clock(), on_fault_),
        upkeep_(database.jobs(), upkeep_works(settings, system_clock(), log), system_clock(), on_fault_,
                {.most_starts = most_upkeep_starts}) {
    // Nobody has to know that an upgrade left something to be indexed; a fault of it stops nobody.
    try {
      services::order_missing_keys(intake.table, database.jobs(), {"program", "after an upgrade", system_clock().now(), "program"});
    } catch (const Error& error) {
      on_fault_(error);
    }
  }

  // Tells all of them to stop, and gives each so long; the names of those that go on.
  std::vector<std::string> finish(std::chrono::milliseconds limit) {
    const std::vector<std::pair<const char*, services::JobRunner*>> runners{
        {"plans", &plans_}, {"closing and import", &taking_}, {"papers", &papers_}, {"upkeep", &upkeep_}};
    std::vector<std::string> unfinished;
    for (const auto& [name, runner] : runners) runner->finish(std::chrono::milliseconds(0));
    for (const auto& [name, runner] : runners) {
      // Whoever waited in vain for one does not wait again.
      if (!runner->finish(unfinished.empty() ? limit : std::chrono::milliseconds(0))) unfinished.emplace_back(name);
    }
    return unfinished;
  }

 private:
  std::function<void(const Error&)> on_fault_;
  services::JobRunner plans_;
  services::JobRunner taking_;  // an hour of planning holds up neither a closing nor an import
  services::JobRunner papers_;
  services::JobRunner upkeep_;
};

// The key of the receipts signs what is published too: one public key is enough to check both.
services::NoteSigner note_signer(storage::Database& database, const storage::DatabaseSettings& settings) {
  const auto signer = std::make_shared<const services::ReceiptSigner>(open_receipt_signer(database, settings));
  return {parse_hex(signer->public_key()).value(),
          [signer](std::string_view text) { return parse_hex(signer->sign_text(text)).value(); }};
}

// Releases what is due; often, because the minute is a promise.
PeriodicWork release_when_due(services::ReleaseDesk& desk) {
  return {"releases", std::chrono::milliseconds(0), std::chrono::milliseconds(100), [&desk](const std::stop_token&) {
            desk.look();
            return false;
          }};
}

web::SiteServices site_services(storage::Database& database, services::Workbench& workbench,
                                services::UseCases& intake, services::IdentityProvider* provider,
                                services::ReleaseDesk& desk, const web::ServerSettings& listeners) {
  web::SiteServices services{database.plans(),    database.accounts(), database.attempts(),
                             database.accesses(), system_clock(),      [&database] { database.check_ready(); }};
  services.intake = &intake;
  services.outbox = &database.outbox();
  services.seat_views = &database.seat_views();
  services.audit = &database.audit();
  services.provider = provider;
  services.list_damaged_keys = [&database] { return database.list_damaged_keys(); };
  services.find_office_fault = [&database]() -> std::optional<web::OfficeFault> {
    if (const auto fault = database.find_office_fault()) return web::OfficeFault{fault->code, fault->detail};
    return std::nullopt;
  };
  services.jobs = &database.jobs();
  services.exams = &database.exams();
  services.approvals = &database.approvals();
  services.papers = &database.paper_sets();
  services.invigilators = &database.invigilators();
  // Nothing on the portal asks for them, and a program of the portal alone opens none.
  if (listeners.office) {
    services.results = &database.results();
    services.interviews = &database.interviews();
  }
  services.workbench = &workbench;
  services.venue_offers = &database.venue_offers();
  services.is_asked = [&database](const services::Actor& actor, const ExamCode& exam) {
    return services::is_asked(database.venue_offers(), actor, exam);
  };
  services.venue_letters = &database.venue_letters();
  services.venue_files = &database.venue_files();
  services.publications = &database.publications();
  services.release_desk = &desk;
  services.venue_chiefs = &database.venue_chiefs();
  services.venue_library = &database.venue_library();
  services.materials = &database.materials();
  services.briefings = &database.briefings();
  services.venue_staff = &database.venue_staff();
  services.waiting = &database.waiting();
  return services;
}

void refuse_unprotected_audit(storage::Database& database) {
  if (database.audit_is_protected()) return;
  throw Unavailable("audit_unprotected",
                    {"the database account may change or delete entries of the audit trail, by a right of its own, of a "
                     "role or of PUBLIC (SHOW GRANTS), by a trigger of a table to which it writes (SHOW TRIGGERS), or by a "
                     "foreign key of the trail that cascades (SHOW CREATE TABLE audit_people); give it the rights that "
                     "docs/operations.md names, and the owner's account to upgrades only",
                     "데이터베이스 계정이 자체 권한이나 역할(ROLE), PUBLIC의 권한(SHOW GRANTS로 확인), 쓰는 테이블의 "
                     "트리거(SHOW TRIGGERS), 감사 기록의 연쇄 외래 키(SHOW CREATE TABLE audit_people)로 감사 기록을 고치거나 "
                     "지울 수 있습니다. docs/operations.md에 적힌 권한만 주고, 소유자 계정은 갱신에만 쓰십시오"});
}

// Without its key marks and decisions do not open here; everything else is served all the same.
void prepare_office_key(const storage::Database& database, const Terminal& terminal, ServerLog& log) {
  try {
    database.prepare_office_key();
  } catch (const Error& error) {
    log.write(events::office_key_refused, {{"code", error.code()}, {"detail", detail_of(error)}});
    terminal.say(error.message());
  }
}

Exit run(const Arguments& arguments, const Terminal& terminal) {
  const Configuration configuration = configuration_of(arguments);
  web::ServerSettings settings = server_settings(arguments, configuration);
  const std::chrono::seconds drain(configuration.integer("listen.drain_seconds", 0, 0, 600));
  hold_back_signals();
  std::signal(SIGPIPE, SIG_IGN);  // a reader of the log that leaves is no reason to stop
  settings.connections = connections_within(
      raise_open_files(), database_settings(arguments, configuration).connections, settings.connections);
  ServerLog log(STDOUT_FILENO);
  set_log(log, configuration);
  log.write(events::started, {{"version", HANJARI_VERSION}});
  // An upgrade of the schema may be broken off at every step, as by a power cut: the next start goes on with it.
  auto end_while_opening = std::make_unique<EndWhileOpening>([&log] { break_off(log, {"opening"}); });
  const auto database = open_serving_database(arguments, configuration, terminal);
  refuse_unprotected_audit(*database);
  prepare_office_key(*database, terminal, log);

  OpenIntake applying(*database, database_settings(arguments, configuration), configuration);
  delivery::SmtpCarrier email(mail_settings(configuration));
  delivery::SmsCarrier sms(sms_settings(configuration));
  const auto provider = open_provider(configuration);
  const auto templates = templates_of(configuration);
  services::PaperTemplates paper_templates(database->paper_templates(), template_files_of(configuration));
  services::Workbench workbench(database->workbench());
  const services::NoteSigner notes = note_signer(*database, database_settings(arguments, configuration));
  services::ReleaseDesk desk(database->publications(), database->results(), system_clock());
  // Before anything can be done here: a program that is killed in its first minute has signed a head.
  anchor_audit(*database, log);
  JobRunners jobs(*database, workbench, applying.intake(),
                  database_settings(arguments, configuration), [&paper_templates] { return paper_templates.load(); },
                  configuration.text("papers.check_url", ""),
                  notes, log);

  web::SiteSettings site_settings;
  site_settings.behind_tls = configuration.flag("listen.behind_tls", false);
  site_settings.templates = templates;
  site_settings.check_url = configuration.text("papers.check_url", "");
  site_settings.institution = institution_of(configuration);
  site_settings.portal_address = configuration.text("portal.address", "");
  web::SiteServices services_of_site = site_services(*database, workbench, applying.intake(), provider.get(), desk, settings);
  services_of_site.paper_templates = &paper_templates;
  services_of_site.load_templates = [&paper_templates] { return paper_templates.load(); };
  web::Site site(services_of_site, site_settings, web::site_routes());
  web::Edge edge(site, [&log](const web::AccessEntry& entry) { log.write(entry); });
  edge.ask_whether_away([&database] { return database->is_away(); });
  web::Server server(edge, settings);
  say_ready(terminal, settings, server);
  log.write(events::ready, {{"portal", std::to_string(server.port(web::Listener::portal))},
                            {"office", std::to_string(server.port(web::Listener::office))},
                            {"operations", std::to_string(server.port(web::Listener::operations))}});
  log.flush();
  tell_service_manager("READY=1");

  std::atomic<bool> reload_wanted{false};
  auto works =
      periodic_works({*database, database_settings(arguments, configuration), applying.intake().paying,
                      applying.intake().paying.test_provider(), email, sms, reminder_hours(configuration),
                      {static_cast<int>(configuration.integer("messages.senders", 2, 1, 32)),
                       static_cast<int>(configuration.integer("messages.code_senders", 4, 1, 32)),
                       letterhead_of(configuration)},
                      workbench.copies, log, services::parse_officer_mail(configuration.text("publications.told_at", ""))});
  works.push_back(reload_when_wanted(reload_wanted, [&] { reload(arguments, log, server, settings.tls.wanted()); }));
  works.push_back(release_when_due(desk));
  PeriodicRunner periodic(std::move(works), [&log](const std::string& name, const Error& error) {
    log.write(events::periodic_work_failed, {{"work", name}, {"code", error.code()}, {"detail", detail_of(error)}});
  });
  end_while_opening.reset();
  wait_for_stop([&] { reload_wanted = true; });
  terminal.say({"stopping", "끝내는 중입니다"});
  tell_service_manager("STOPPING=1");
  log.write(events::stopping);
  site.begin_stopping();
  // Time for a proxy to see that this program is not ready, while it goes on answering; who asks again need not wait.
  is_asked_to_end(drain);
  jobs.finish(std::chrono::milliseconds(0));
  server.stop(grace);
  auto unfinished = periodic.finish(grace);
  for (std::string& name : jobs.finish(grace)) unfinished.push_back(std::move(name));
  if (!unfinished.empty()) break_off(log, unfinished);
  anchor_audit(*database, log);
  log.write(events::stopped);
  return Exit::done;
}

}  // namespace

Command serve_command() {
  return {"serve",
          {"serves the portal, the office and operations", "포털, 업무, 운영 화면을 제공합니다"},
          {},
          {data_option(),
           config_option(),
           {"address", "ADDRESS", {"address to listen on (127.0.0.1)", "접속을 받을 주소 (127.0.0.1)"}},
           {"portal-port", "PORT", {"port for applicants (8080)", "응시자용 포트 (8080)"}},
           {"office-port", "PORT", {"port for officers and coordinators (8081)", "시험 담당자와 책임관용 포트 (8081)"}},
           {"operations-port", "PORT", {"port for health and metrics (8082)", "상태와 지표용 포트 (8082)"}}},
          run};
}

}  // namespace hanjari::cli

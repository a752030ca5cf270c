// hanjari serve: pages for applicants, the office and operations, over the database.
#include <pthread.h>
#include <signal.h>

#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/commands.h"
#include "cli/database_options.h"
#include "hanjari/web/server.h"

namespace hanjari::cli {
namespace {

constexpr std::chrono::seconds grace{10};

// The option comes before the configuration's key.
std::uint16_t port_of(const Arguments& arguments, const Configuration& configuration, const std::string& listener,
                      std::uint16_t otherwise) {
  const std::string option = listener + "-port";
  const std::int64_t port = arguments.has(option) ? arguments.integer(option, 0, 65535)
                                                  : configuration.integer(listener + ".port", otherwise, 0, 65535);
  return static_cast<std::uint16_t>(port);
}

std::set<std::string> words_of(const std::string& list) {
  std::set<std::string> words;
  std::istringstream stream(list);
  for (std::string word; std::getline(stream, word, ',');) {
    const auto first = word.find_first_not_of(' ');
    if (first != std::string::npos) words.insert(word.substr(first, word.find_last_not_of(' ') - first + 1));
  }
  return words;
}

web::ServerSettings server_settings(const Arguments& arguments, const Configuration& configuration) {
  web::ServerSettings settings;
  settings.address = arguments.find("address").value_or(configuration.text("listen.address", settings.address));
  settings.portal_port = port_of(arguments, configuration, "portal", settings.portal_port);
  settings.office_port = port_of(arguments, configuration, "office", settings.office_port);
  settings.operations_port = port_of(arguments, configuration, "operations", settings.operations_port);
  settings.trusted_proxies = words_of(configuration.text("listen.trusted_proxies", ""));
  return settings;
}

// SIGTERM and SIGINT wait in line instead of ending the program, in this thread and all that it starts.
sigset_t hold_back_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

std::string address_of(const web::ServerSettings& settings, std::uint16_t port) {
  const bool bracketed = settings.address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}/", bracketed ? "[" + settings.address + "]" : settings.address, port);
}

void say_ready(const Terminal& terminal, const web::ServerSettings& settings, const web::Server& server) {
  const auto line = [&](const Text& name, web::Listener listener) {
    const std::string address = address_of(settings, server.port(listener));
    terminal.say({fmt::format("{:<12}{}", name.en, address), fmt::format("{:<12}{}", name.ko, address)});
  };
  line({"portal", "포털"}, web::Listener::portal);
  line({"office", "업무"}, web::Listener::office);
  line({"operations", "운영"}, web::Listener::operations);
  terminal.say({"ready; Ctrl-C stops", "준비되었습니다. 끝내려면 Ctrl-C를 누르십시오"});
}

Exit run(const Arguments& arguments, const Terminal& terminal) {
  const Configuration configuration = configuration_of(arguments);
  const web::ServerSettings settings = server_settings(arguments, configuration);
  const sigset_t signals = hold_back_stop_signals();
  const auto database = open_database(arguments, terminal);

  auto log = std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stdout_sink_mt>());
  log->set_pattern("%v");
  log->flush_on(spdlog::level::info);
  web::SiteSettings site_settings;
  site_settings.behind_tls = configuration.flag("listen.behind_tls", false);
  web::Site site({database->plans(), database->accounts(), database->attempts(), database->accesses(), system_clock(),
                  [&] { database->check_answers(); }},
                 site_settings);
  web::Edge edge(site, [log](const web::AccessEntry& entry) { log->info(web::format_access_entry(entry)); });
  web::Server server(edge, settings);
  say_ready(terminal, settings, server);

  int signal = 0;
  sigwait(&signals, &signal);
  terminal.say({"stopping", "끝내는 중입니다"});
  server.stop(grace);
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

// A reader without a browser: keeps cookies, fills the form token in, calls the edge directly.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/site/edge.h"
#include "program/pages/site_routes.h"
#include "stage/small_exam.h"

namespace hanjari::web::testing {

// A site over the office's repositories with its edge and what it logged.
struct Running {
  explicit Running(Office& office, SiteSettings settings = {})
      : site(office.services(), with_templates(std::move(settings)), site_routes()), edge(site, [this](const AccessEntry& entry) {
          const std::lock_guard lock(log_mutex);
          log.push_back(entry);
        }) {}
  // Those that are built in are read once, not for every site of every test.
  static SiteSettings with_templates(SiteSettings settings) {
    static const auto embedded = std::make_shared<const documents::Templates>(documents::Templates::embedded());
    if (settings.templates == nullptr) settings.templates = embedded;
    return settings;
  }
  Site site;
  std::mutex log_mutex;  // A server in front of the edge answers on several threads.
  std::vector<AccessEntry> log;
  Edge edge;
};

class Browser {
 public:
  Browser(Running& running, Listener listener) : running_(running), listener_(listener) {}

  Response get(const std::string& address, const Headers& headers = {});
  // Opens `page` first for its form token and cookie.
  Response post(const std::string& page, const std::string& action, const std::map<std::string, std::string>& fields);
  // The same with files: name, file name, content.
  struct File {
    std::string field, name, content;
  };
  Response post_files(const std::string& page, const std::string& action,
                      const std::map<std::string, std::string>& fields, const std::vector<File>& files);
  // As given, without opening anything.
  Response send(Request request);
  void set_cookie(const std::string& name, const std::string& value) { cookies_[name] = value; }
  bool has_cookie(const std::string& name) const { return cookies_.contains(name); }

  static std::string form_token_in(const std::string& page);
  static std::string encode_form(const std::map<std::string, std::string>& fields);

 private:
  Running& running_;
  Listener listener_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace hanjari::web::testing

// Pages from templates and the message catalogues of both languages.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/base/text.h"
#include "hanjari/http/http.h"
#include "hanjari/site/institution.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

class AssetPack;

// What surrounds a page: who reads it, in which language, and where the language switch leads.
struct Frame {
  Language language = Language::korean;
  Listener listener = Listener::portal;
  std::string path = "/";  // of this page
  std::string query;
  const services::Session* session = nullptr;
  std::string form_token;
};

Frame frame_of(const Call& call);

struct Page {
  std::string name;   // of the template
  std::string title;  // of the browser's window; the site's name is added
  nlohmann::json data = nlohmann::json::object();
  int status = 200;
  // A page that answers a POST is had in the other language by posting the same fields again; otherwise by a link.
  std::optional<Values> repost = std::nullopt;
  std::string repost_to = {};  // where they are posted, in the language of this page; empty: to its own address
};

class Pages {
 public:
  // Throws std::logic_error when a catalogue is broken.
  explicit Pages(const AssetPack& assets, Institution institution = {});
  ~Pages();

  // A message by its dotted name, with {name} replaced; throws std::logic_error when there is no such message.
  using Replacements = std::initializer_list<std::pair<std::string_view, std::string>>;
  std::string text(Language language, std::string_view name, Replacements replacements = {}) const;

  Response show(const Frame& frame, const Page& page) const;

 private:
  // The links of the office's menu, for whoever is signed in there.
  void add_menu(const Frame& frame, nlohmann::json& data) const;
  struct Catalogues;
  const Institution institution_;
  const AssetPack& assets_;
  std::unique_ptr<Catalogues> catalogues_;
};

// The page in the frame of this call.
Response show(const Call& call, const Page& page);

std::string_view code_of(Language language);  // "ko", "en"
Language other_than(Language language);

// 2021년 6월 5일 토요일 / Saturday 5 June 2021.
std::string write_day(Date date, Language language);
// As the clock of a zone shows it, and saying so: 2026-11-29 17:12 (Asia/Seoul). The zone is that of the exam, or of this
// machine for what belongs to no exam (machine_time_zone).
std::string write_moment(Instant at, const std::string& zone);
// The same for readers who are no officers, in words: 2021년 3월 5일 금요일 18:00 (한국시간) / Friday 5 March 2021, 18:00 (KST). Every
// page of theirs takes it from here.
std::string write_moment(Instant at, const std::string& zone, Language language);
std::string write_day_and_time(Instant at, const std::string& zone, Language language);
// Of a moment until which something is awaited, for officers and for others: midnight is 24:00 of the day that ends (local_deadline).
std::string write_deadline(Instant at, const std::string& zone);
std::string write_deadline(Instant at, const std::string& zone, Language language);
// Names stay as the school writes them; a floor that is a number gets its word: 2 -> 2층, B1 -> 지하 1층.
std::string write_floor(const Pages& pages, const std::string& floor, Language language);
// Minutes after midnight as 09:20.
std::string write_time(int minutes);

}  // namespace hanjari::web

#include "site/pages/typed_again.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "hanjari/accounts/form_owner.h"
#include "hanjari/base/error.h"
#include "hanjari/base/nesting.h"
#include "hanjari/site/site.h"
#include "site/pages/own_name.h"
#include "site/pages/problems.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

// Of the text in the hidden field; encoded for sending it is three times as much at most.
constexpr std::size_t longest_kept = 16 * 1024;

constexpr const char* kept_field = "kept";
constexpr const char* shown_again_field = "shown_again";

struct ReasonWords {
  TypedAgain why;
  const char* word;
  const char* lead;  // message
};

constexpr std::array<ReasonWords, 3> typed_again_reasons{{{TypedAgain::signed_in, "signed_in", "again.lead_signed_in"},
                                              {TypedAgain::form_expired, "form_expired", "again.lead_expired"},
                                              {TypedAgain::not_taken, "not_taken", "again.lead_not_taken"}}};

const ReasonWords& words_of(TypedAgain why) {
  return typed_again_reasons.at(static_cast<std::size_t>(why));
}

bool is_page(const RouteTable& routes, Listener listener, const std::string& path) {
  const Match match = routes.find(listener, Method::get, path);
  return match.route != nullptr && match.route->permission.needs_sign_in();
}

std::string take_value(Values& values, const char* name) {
  const auto found = values.find(name);
  if (found == values.end()) return {};
  std::string value = std::move(found->second);
  values.erase(found);
  return value;
}

// What was sent to ask for the page of what was typed in the other language: the form inside it, at its new address.
std::optional<TypedForm> switched_form(const RouteTable& routes, Listener listener, const std::string& path, const Values& form) {
  const auto kept = form.find(kept_field);
  if (!form.contains(shown_again_field) || kept == form.end()) return std::nullopt;
  auto typed = read_typed(routes, listener, kept->second);
  if (typed) typed->path = path;
  return typed;
}

bool is_secret(const std::string& name) {
  return name == "form_token" || name == "code" || name.find("password") != std::string::npos || name == "passphrase";
}

// Plain names alone: they come back in a page.
std::string names_of_files(const std::string& before, const std::vector<FormPart>& files) {
  constexpr std::size_t longest_names = 200;
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_,";
  std::string names = before.find_first_not_of(plain) == std::string::npos ? before : std::string();
  for (const FormPart& file : files) {
    const bool is_known = ("," + names + ",").find("," + file.name + ",") != std::string::npos;
    if (!is_known && file.name.find_first_not_of(plain) == std::string::npos) names += (names.empty() ? "" : ",") + file.name;
  }
  return names.size() > longest_names ? std::string() : names;
}

}  // namespace

std::string page_of(const RouteTable& routes, Listener listener, const Request& request) {
  if (is_page(routes, listener, request.path)) return request.path;
  if (request.method != Method::post) return {};
  // A photo that was cut, or a session that was ended from the account's page: there is the form that it came from.
  std::string above = request.path;
  for (std::size_t end = above.rfind('/'); end != std::string::npos && end > 0; end = above.rfind('/')) {
    above.resize(end);
    if (is_page(routes, listener, above)) return above;
  }
  return {};
}

std::optional<TypedForm> keep_typed(Site& site, Listener listener, const Request& request, int most_files) {
  if (!is_page(site.routes(), listener, request.path)) return std::nullopt;
  TypedForm form{request.path, {}, false, {}};
  try {
    refuse_other_sites(request);
    OwnForm sent = read_form(request, most_files);
    if (auto switched = switched_form(site.routes(), listener, request.path, sent.values)) return switched;
    form.values = std::move(sent.values);
    form.owner = take_value(form.values, owner_field);
    const std::string token = take_value(form.values, "form_token");
    if (const std::string mark = services::owner_mark_of(site.accounts(), token); !mark.empty()) form.owner = mark;
    const bool lost_before = form.values.erase(files_lost_field) > 0;
    form.had_files = lost_before || !sent.files.empty();
    form.files_at = names_of_files(take_value(form.values, files_lost_at_field), sent.files);
  } catch (const Refused&) {
    return std::nullopt;
  }
  std::erase_if(form.values, [](const auto& value) { return is_secret(value.first); });
  if (form.values.empty() || write_typed(form).size() > longest_kept) return std::nullopt;
  return form;
}

std::string write_typed(const TypedForm& form) {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, value] : form.values) values[name] = value;
  nlohmann::json written{{"path", form.path}, {"values", values}, {"files", form.had_files}};
  if (!form.owner.empty()) written["owner"] = form.owner;
  if (!form.files_at.empty()) written["files_at"] = form.files_at;
  return written.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<TypedForm> read_typed(const RouteTable& routes, Listener listener, const std::string& text) {
  if (text.empty() || text.size() > longest_kept || nesting_of(text) > deepest_nesting) return std::nullopt;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("path") || !json["path"].is_string() || !json.contains("values") ||
      !json["values"].is_object())
    return std::nullopt;
  TypedForm form{json["path"].get<std::string>(), {}, json.contains("files") && json["files"] == true, {}};
  if (!is_page(routes, listener, form.path)) return std::nullopt;
  if (json.contains("owner") && json["owner"].is_string()) form.owner = json["owner"].get<std::string>();
  if (json.contains("files_at") && json["files_at"].is_string()) form.files_at = json["files_at"].get<std::string>();
  for (const auto& [name, value] : json["values"].items()) {
    if (!value.is_string()) return std::nullopt;
    form.values.emplace(name, value.get<std::string>());
  }
  return form;
}

TypedForm in_language(Language language, TypedForm form) {
  const std::string before = fmt::format("/{}/", code_of(other_than(language)));
  if (form.path.starts_with(before)) form.path = fmt::format("/{}/{}", code_of(language), form.path.substr(before.size()));
  return form;
}

nlohmann::json describe_typed(Site& site, const Frame& frame, const TypedForm& form) {
  const Pages& pages = site.pages();
  nlohmann::json data{{"action", form.path}, {"had_files", form.had_files}, {"hidden", nlohmann::json::array()}, {"goes_to", false}, {"of_another", false}};
  for (const auto& [name, typed] : form.values) {
    // A page cannot hold U+0000: the browser would put the sign of a lost character there and send that.
    std::string value = typed;
    std::erase(value, '\0');
    data["hidden"].push_back({{"name", name}, {"value", value}});
  }
  if (form.had_files) data["hidden"].push_back({{"name", files_lost_field}, {"value", "yes"}});
  if (!form.files_at.empty()) data["hidden"].push_back({{"name", files_lost_at_field}, {"value", form.files_at}});
  data["files"] = nlohmann::json::array();
  // Each may be chosen again beside the words, under the name by which its form knows it.
  for (std::size_t begin = 0; begin < form.files_at.size();) {
    const std::size_t end = std::min(form.files_at.find(',', begin), form.files_at.size());
    const std::string number = std::to_string(data["files"].size() + 1);
    data["files"].push_back({{"name", form.files_at.substr(begin, end - begin)},
                             {"id", "again-file-" + number},
                             {"label", pages.text(frame.language, "again.file", {{"number", number}})}});
    begin = end + 1;
  }
  data["any_file"] = !data["files"].empty();
  if (frame.session == nullptr) return data;
  const std::string account = name_of_account(site, frame.listener, *frame.session);
  const auto say = [&](const char* name) { return pages.text(frame.language, name, {{"account", account}}); };
  if (services::find_owner(site.accounts(), form.owner, frame.session->actor.account) == services::FormOwner::another_account) {
    data["of_another"] = say(account.empty() ? "again.of_another_unnamed" : "again.of_another");
  } else if (!account.empty()) {
    data["goes_to"] = say("again.goes_to");
  }
  return data;
}

Values fields_of_switch(const TypedForm& form, TypedAgain why) {
  return {{kept_field, write_typed(form)}, {shown_again_field, words_of(why).word}};
}

Response show_typed_again(Site& site, const Frame& read, const TypedForm& typed, TypedAgain why) {
  const TypedForm form = in_language(read.language, typed);
  Frame frame = read;
  frame.path = form.path;
  frame.query.clear();
  const Pages& pages = site.pages();
  Page page{.name = "typed_again", .title = pages.text(frame.language, "again.title")};
  page.status = why == TypedAgain::form_expired ? 403 : 200;
  page.data = describe_typed(site, frame, form);
  page.data["heading"] = page.title;
  page.data["lead"] = page.data["of_another"].is_string() ? pages.text(frame.language, "again.lead_other") : pages.text(frame.language, words_of(why).lead);
  page.repost = fields_of_switch(form, why);
  if (frame.listener == Listener::portal && frame.session != nullptr) {
    if (const std::string name = name_of_account(site, frame.listener, *frame.session); !name.empty()) page.data["header_name"] = name;
  }
  return pages.show(frame, page);
}

std::optional<Response> show_typed_switched(Site& site, const Frame& frame, const Values& form) {
  const auto typed = switched_form(site.routes(), frame.listener, frame.path, form);
  if (!typed) return std::nullopt;
  for (const ReasonWords& reason : typed_again_reasons) {
    if (form.at(shown_again_field) == reason.word) return show_typed_again(site, frame, *typed, reason.why);
  }
  return std::nullopt;
}

std::optional<SentWords> find_sent_words(Site& site, const Frame& frame, const Request& request, int most_files) {
  if (request.method != Method::post) return std::nullopt;
  try {
    refuse_other_sites(request);
    OwnForm sent = read_form(request, most_files);
    const std::string token = take_value(sent.values, "form_token");
    // Of a form of entry: back to where people sign in, with what was typed before and without what is secret.
    if (const auto kept = sent.values.find(kept_field); kept != sent.values.end() && !sent.values.contains(shown_again_field)) {
      const auto typed = read_typed(site.routes(), frame.listener, kept->second);
      if (!typed) return std::nullopt;
      const Values fields{{kept_field, kept->second}, {"next", field_of(sent.values, "next")}};
      Values all = fields;
      all["form_token"] = frame.form_token;
      return SentWords{fmt::format("/{}/sign-in", code_of(frame.language)), "again.to_sign_in", std::move(all), fields, typed->had_files};
    }
    const auto typed = keep_typed(site, frame.listener, request, most_files);
    if (!typed) return std::nullopt;
    SentWords words{typed->path, "again.send", typed->values, fields_of_switch(*typed, TypedAgain::not_taken), typed->had_files};
    words.fields["form_token"] = token.empty() ? frame.form_token : token;
    if (typed->had_files) words.fields[files_lost_field] = "yes";
    if (!typed->files_at.empty()) words.fields[files_lost_at_field] = typed->files_at;
    return words;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace hanjari::web

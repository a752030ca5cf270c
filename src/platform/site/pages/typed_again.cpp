#include "site/pages/typed_again.h"

#include "hanjari/base/error.h"
#include "hanjari/base/nesting.h"
#include "site/pages/problems.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

// Of the text in the hidden field; encoded for sending it is three times as much at most.
constexpr std::size_t longest_kept = 16 * 1024;

bool is_page(const RouteTable& routes, Listener listener, const std::string& path) {
  const Match match = routes.find(listener, Method::get, path);
  return match.route != nullptr && match.route->permission.needs_sign_in();
}

}  // namespace

std::string page_of(const RouteTable& routes, Listener listener, const Request& request) {
  return is_page(routes, listener, request.path) ? request.path : std::string();
}

std::optional<TypedForm> keep_typed(const RouteTable& routes, Listener listener, const Request& request,
                                    int most_files) {
  if (page_of(routes, listener, request).empty()) return std::nullopt;
  TypedForm form{request.path, {}, false};
  try {
    refuse_other_sites(request);
    OwnForm sent = read_form(request, most_files);
    form.values = std::move(sent.values);
    const bool lost_before = form.values.erase(files_lost_field) > 0;
    form.had_files = lost_before || !sent.files.empty();
  } catch (const Refused&) {
    return std::nullopt;
  }
  std::erase_if(form.values, [](const auto& value) {
    const std::string& name = value.first;
    return name == "form_token" || name == "code" || name.find("password") != std::string::npos || name == "passphrase";
  });
  if (form.values.empty() || write_typed(form).size() > longest_kept) return std::nullopt;
  return form;
}

std::string write_typed(const TypedForm& form) {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, value] : form.values) values[name] = value;
  return nlohmann::json{{"path", form.path}, {"values", values}, {"files", form.had_files}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<TypedForm> read_typed(const RouteTable& routes, Listener listener, const std::string& text) {
  if (text.empty() || text.size() > longest_kept || nesting_of(text) > deepest_nesting) return std::nullopt;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("path") || !json["path"].is_string() || !json.contains("values") ||
      !json["values"].is_object())
    return std::nullopt;
  TypedForm form{json["path"].get<std::string>(), {}, json.contains("files") && json["files"] == true};
  if (!is_page(routes, listener, form.path)) return std::nullopt;
  for (const auto& [name, value] : json["values"].items()) {
    if (!value.is_string()) return std::nullopt;
    form.values.emplace(name, value.get<std::string>());
  }
  return form;
}

Response show_typed_again(const Pages& pages, const Frame& frame, const TypedForm& form, TypedAgain why) {
  Page page{.name = "typed_again", .title = pages.text(frame.language, "again.title")};
  page.status = why == TypedAgain::form_expired ? 403 : 200;
  page.data = {{"heading", page.title},
               {"lead", pages.text(frame.language,
                                   why == TypedAgain::form_expired ? "again.lead_expired" : "again.lead_signed_in")},
               {"action", form.path},
               {"had_files", form.had_files},
               {"hidden", nlohmann::json::array()}};
  for (const auto& [name, typed] : form.values) {
    // A page cannot hold U+0000: the browser would put the sign of a lost character there and send that.
    std::string value = typed;
    std::erase(value, '\0');
    page.data["hidden"].push_back({{"name", name}, {"value", value}});
  }
  return pages.show(frame, page);
}

}  // namespace hanjari::web

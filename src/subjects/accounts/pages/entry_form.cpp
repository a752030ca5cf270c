#include "accounts/pages/entry_form.h"

#include <algorithm>
#include <utility>

#include "hanjari/site/site.h"
#include "site/pages/typed_again.h"
#include "site/protection.h"

namespace hanjari::web {
namespace {

constexpr std::chrono::hours device_memory{24 * 180};
constexpr std::size_t longest_agent = 200;

std::string hidden_value(const EntryForm& form, const char* name) {
  for (const auto& [hidden, value] : form.hidden) {
    if (hidden == name) return value;
  }
  return {};
}

// What the page in the other language is asked for with, so that it keeps what was typed too: the form itself where the page
// answers it, else the fields that carry it, sent to where this form goes. Such a form is no try.
void keep_in_other_language(const Call& call, const EntryForm& form, Page& page) {
  const std::string kept = hidden_value(form, "kept");
  if (kept.empty()) return;
  auto typed = read_typed(call.site.routes(), call.listener, kept);
  if (typed && typed->path == call.request.path) {
    if (typed->had_files) typed->values.emplace(files_lost_field, "yes");
    if (!typed->files_at.empty()) typed->values.emplace(files_lost_at_field, typed->files_at);
    if (!typed->owner.empty()) typed->values.emplace(owner_field, typed->owner);
    page.repost = std::move(typed->values);
    return;
  }
  page.repost = Values{{"kept", kept}, {"next", hidden_value(form, "next")}};
  page.repost_to = form.action;
}

}  // namespace

std::string kept_in(const Call& call) {
  return field_of(call.form, "kept");
}

bool is_plain_address(std::string_view wanted) {
  return wanted.starts_with('/') && std::none_of(wanted.begin(), wanted.end(), [](const char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '\\' || c == '#';
  });
}

services::Visitor visitor_of(const Call& call) {
  return {call.request.source, call.request.cookie(device_cookie).value_or(""),
          std::string(call.request.header("user-agent").substr(0, longest_agent)), call.request.id,
          call.request.cookie(form_cookie).value_or("")};
}

Response show_busy(const Call& call, const services::SignInBusy& refused,
                   const std::function<Response(const std::string& words)>& show_again) {
  Response response = show_again(refused.message().in(call.language));
  response.status = 503;
  response.set_header("Retry-After", std::to_string(refused.retry_after().count()));
  return response;
}

void set_sign_in_cookies(const Call& call, Response& response, const char* name, const services::SignIn& signed_in) {
  response.set_header("Set-Cookie",
                      write_cookie(name, signed_in.token, SameSite::strict, std::nullopt, is_encrypted(call)));
  if (!signed_in.device.empty()) {
    response.set_header("Set-Cookie", write_cookie(device_cookie, signed_in.device, SameSite::strict, device_memory,
                                                   is_encrypted(call)));
  }
}

void remove_cookie(const Call& call, Response& response, const char* name) {
  response.set_header("Set-Cookie",
                      write_cookie(name, "", SameSite::strict, std::chrono::seconds(0), is_encrypted(call)));
}

Response show_entry(const Call& call, const EntryForm& form) {
  const Pages& pages = call.site.pages();
  const auto said = [&](const std::string& name) { return name.empty() ? name : pages.text(call.language, name); };
  Page page{.name = "entry", .title = said(form.title)};
  keep_in_other_language(call, form, page);
  page.data = {{"heading", page.title}, {"lead", said(form.lead)},   {"button", said(form.button)},
               {"action", form.action}, {"aside", said(form.aside)}, {"has_aside", !form.aside.empty()},
               {"note", said(form.note)}, {"has_note", !form.note.empty()}};
  page.data["fields"] = nlohmann::json::array();
  for (const EntryField& field : form.fields) {
    nlohmann::json one{{"name", field.name},
                       {"label", said(field.label)},
                       {"type", field.type},
                       {"value", field.value},
                       {"autocomplete", field.autocomplete},
                       {"mode", field.mode},
                       {"longest", std::to_string(field.longest)}};
    one["hint"] = field.hint.empty() ? nlohmann::json(false) : nlohmann::json(said(field.hint));
    const auto fault = std::find_if(form.faults.begin(), form.faults.end(),
                                    [&](const EntryFault& candidate) { return candidate.field == field.name; });
    const bool faulty = fault != form.faults.end();
    one["error"] = faulty ? nlohmann::json(fault->what) : nlohmann::json(false);
    std::string described_by = faulty ? field.name + "-error" : std::string();
    if (!field.hint.empty()) described_by += (described_by.empty() ? "" : " ") + field.name + "-hint";
    one["described_by"] = described_by.empty() ? nlohmann::json(false) : nlohmann::json(described_by);
    page.data["fields"].push_back(std::move(one));
  }
  page.data["hidden"] = nlohmann::json::array();
  for (const auto& [name, value] : form.hidden) page.data["hidden"].push_back({{"name", name}, {"value", value}});
  page.data["links"] = nlohmann::json::array();
  nlohmann::json carried = nlohmann::json::array();
  for (const auto& [name, value] : form.links_hidden) carried.push_back({{"name", name}, {"value", value}});
  for (const auto& [address, name] : form.links)
    page.data["links"].push_back({{"address", address}, {"words", said(name)}, {"by_form", !carried.empty()}, {"sent", carried}});
  if (!form.other_way.first.empty()) {
    nlohmann::json way{{"address", form.other_way.first}, {"words", said(form.other_way.second)}, {"sent", nlohmann::json::array()}};
    way["by_form"] = !form.other_way_hidden.empty();
    for (const auto& [name, value] : form.other_way_hidden) way["sent"].push_back({{"name", name}, {"value", value}});
    page.data["other_way"] = std::move(way);
  }
  if (!form.key.is_null()) page.data["key"] = form.key;
  if (!form.way_back.empty()) page.data["way_back"] = form.way_back;
  page.data["any_fault"] = !form.faults.empty();
  if (!form.faults.empty()) {
    page.status = 422;
    page.data["error_title"] = said(form.error_title);
    page.data["faults"] = nlohmann::json::array();
    for (const EntryFault& fault : form.faults) {
      const std::string where = "#" + fault.field;
      page.data["faults"].push_back(
          {{"what", fault.what}, {"where", fault.field.empty() ? nlohmann::json(false) : nlohmann::json(where)}});
    }
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

}  // namespace hanjari::web

#include "papers/pages/template_pages.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/documents/papers.h"
#include "hanjari/papers/paper_templates.h"
#include "hanjari/site/site.h"
#include "site/pages/form_view.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::size_t savings_shown = 100;

services::PaperTemplates& templates_of(const Call& call) {
  if (call.site.paper_templates() != nullptr) return *call.site.paper_templates();
  throw NotFound("no_papers", {"This program makes no papers.", "이 프로그램은 문서를 만들지 않습니다."});
}

std::vector<services::TemplateSaving> savings_of(const Call& call) {
  if (call.site.audit() == nullptr) return {};
  return services::PaperTemplates::list_savings(*call.site.audit(), savings_shown);
}

std::string list_address(const Call& call) {
  return fmt::format("/{}/paper-templates", code_of(call.language));
}

std::string template_address(const Call& call, const std::string& file) {
  return fmt::format("{}/{}", list_address(call), encode_percent(file));
}

// The paper's title, or the name of a file that is of no paper.
std::string title_of_template(const Call& call, const std::string& file) {
  const auto* kind = documents::find_paper_kind(file.substr(0, file.find('.')));
  return kind != nullptr ? kind->title.in(call.language) : file;
}

// A version that was sent; -1 for what is none, which no version is.
std::int64_t version_sent(const std::string& text) {
  std::int64_t version = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  return error == std::errc{} && end == text.data() + text.size() ? version : -1;
}

// Browsers send every line end as two characters.
std::string content_sent(const Call& call) {
  std::string content = field_of(call.form, "content");
  std::erase(content, '\r');
  return content;
}

// A form has at most 50 values: of more conflicts than these one choice decides them all.
constexpr std::size_t most_template_choices = 20;
constexpr std::string_view template_choice = "choice:";

struct TemplateForm {
  std::string content;
  std::string reason;
  std::int64_t version = 0;  // that the content was made from
  std::optional<services::TemplateOutcome> outcome{};  // where somebody else has changed the same places meanwhile
};

std::string value_words(const Call& call, const std::string& path, const std::optional<std::string>& value) {
  return services::name_value(path, value, machine_time_zone()).in(call.language);
}

// What somebody else has changed in this file, and the places where both officers want something else.
void describe_meanwhile(const Call& call, const std::string& file, const services::TemplateOutcome& outcome, json& data) {
  const Pages& pages = call.site.pages();
  json theirs = json::array();
  for (const auto& one : outcome.theirs) {
    theirs.push_back({{"place", services::name_place(one.path).in(call.language)},
                      {"before", value_words(call, one.path, one.before)},
                      {"after", value_words(call, one.path, one.after)}});
  }
  data["others"] = {{"sentence", pages.text(call.language, "setup.changed_by", {{"author", outcome.other_author}})},
                    {"differences", std::move(theirs)}};
  json conflicts{{"rows", json::array()}, {"version", std::to_string(outcome.version)}};
  for (const auto& one : outcome.conflicts) {
    if (conflicts["rows"].size() == most_template_choices) break;
    conflicts["rows"].push_back({{"choice", std::string(template_choice) + one.path},
                                 {"place", services::name_place(one.path).in(call.language)},
                                 {"before", value_words(call, one.path, one.base)},
                                 {"theirs", value_words(call, one.path, one.theirs)},
                                 {"mine", value_words(call, one.path, one.mine)}});
  }
  if (outcome.conflicts.size() > most_template_choices) {
    const auto more = static_cast<long long>(outcome.conflicts.size() - most_template_choices);
    conflicts["more"] = {{"sentence", pages.text(call.language, "setup.more_conflicts", {{"count", group_digits(more)}})}};
  }
  data["conflicts"] = std::move(conflicts);
  data["theirs"] = {{"saved", templates_of(call).content(file, outcome.version)}};
}

services::TemplateEdit edit_sent(const Call& call, const std::string& file) {
  services::TemplateEdit edit;
  edit.file = file;
  edit.content = content_sent(call);
  edit.base_version = version_sent(field_of(call.form, "version"));
  edit.answered_version = version_sent(field_of(call.form, "answered_version"));
  for (const auto& [name, value] : call.form) {
    if (!name.starts_with(template_choice)) continue;
    edit.choices[name.substr(template_choice.size())] = services::parse_side(value).value_or(services::Side::theirs);
  }
  return edit;
}

Response show_template_form(const Call& call, const std::string& file, const TemplateForm& shown, const Error* refused) {
  Page page{.name = "paper_template", .title = title_of_template(call, file)};
  page.data = {{"back", list_address(call)},
               {"heading", page.title},
               {"file", file},
               {"action", template_address(call, file)},
               {"form_token", call.form_token},
               {"content", shown.content},
               {"version", std::to_string(shown.version)},
               {"reason", shown.reason}};
  FormView form;
  if (shown.outcome) {
    describe_meanwhile(call, file, *shown.outcome, page.data);
    page.status = 409;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
    form.add_fault("", services::TemplatesChanged().message().in(call.language));
  }
  if (refused != nullptr) {
    page.status = dynamic_cast<const InvalidInput*>(refused) != nullptr ? 422 : 409;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
    if (const auto* input = dynamic_cast<const InvalidInput*>(refused)) {
      for (const Fault& fault : input->faults().kept()) form.add_fault("", fault.format(call.language));
    }
    if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
  }
  form.describe(page.data);
  return show(call, page);
}

Response preview_of(const Call& call, const std::string& file, const std::string& content) {
  const auto templates = templates_of(call).try_out(file, content);
  Response response;
  services::TemplatePreview preview = services::draw_template_preview(file, templates, call.language, call.site.now());
  const bool printed = preview.format == documents::PaperFormat::pdf;
  response.type = printed ? "application/pdf" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.body = std::move(preview.bytes);
  response.set_header("Content-Disposition",
                      printed ? "inline; filename=\"preview.pdf\"" : "attachment; filename=\"preview.xlsx\"");
  return response;
}

}  // namespace

Response show_templates(const Call& call) {
  templates_of(call);
  Page page{.name = "paper_templates", .title = call.site.pages().text(call.language, "paper_templates.title")};
  page.data = {{"files", json::array()}, {"savings", json::array()}};
  for (const std::string& file : services::PaperTemplates::list_files())
    page.data["files"].push_back({{"file", file}, {"label", title_of_template(call, file)}, {"address", template_address(call, file)}});
  for (const services::TemplateSaving& saving : savings_of(call)) {
    page.data["savings"].push_back({{"version", std::to_string(saving.version)},
                                    {"file", saving.file},
                                    {"author", saving.author},
                                    {"reason", saving.reason.empty() ? std::string("-") : saving.reason},
                                    {"at", write_moment(saving.at, machine_time_zone())},
                                    {"address", fmt::format("{}?version={}", template_address(call, saving.file), saving.version)}});
  }
  page.data["any_saving"] = !page.data["savings"].empty();
  return show(call, page);
}

Response show_template(const Call& call) {
  services::PaperTemplates& templates = templates_of(call);
  const std::string file = call.path.at("template");
  const std::string wanted = field_of(call.query, "version");
  TemplateForm shown;
  shown.version = templates.newest();
  shown.content = templates.content(file, wanted.empty() ? 0 : version_sent(wanted));
  return show_template_form(call, file, shown, nullptr);
}

Response save_shown_template(const Call& call) {
  services::PaperTemplates& templates = templates_of(call);
  const std::string file = call.path.at("template");
  templates.content(file, 0);  // of no other file could the form be shown again
  services::TemplateEdit edit = edit_sent(call, file);
  TemplateForm sent{edit.content, field_of(call.form, "reason"), edit.base_version};
  try {
    if (field_of(call.form, "action") == "preview") return preview_of(call, file, sent.content);
    const services::Change change = services::change_of(call.actor(), sent.reason, call.site.now());
    services::TemplateOutcome outcome = templates.save(call.actor(), edit, change);
    const std::string rest = field_of(call.form, "rest");
    if (!outcome.saved && !rest.empty() && edit.answered_version == outcome.version) {
      for (const auto& one : outcome.conflicts)
        edit.choices.emplace(one.path, services::parse_side(rest).value_or(services::Side::theirs));
      outcome = templates.save(call.actor(), edit, change);
    }
    if (outcome.saved) return redirect(list_address(call));
    sent.outcome = std::move(outcome);
    return show_template_form(call, file, sent, nullptr);
  } catch (const InvalidInput& refused) {
    return show_template_form(call, file, sent, &refused);
  } catch (const services::TemplatesChanged& refused) {
    return show_template_form(call, file, sent, &refused);
  }
}

Response list_templates_by_api(const Call& call) {
  services::PaperTemplates& templates = templates_of(call);
  nlohmann::ordered_json answer{{"version", templates.newest()}, {"templates", nlohmann::ordered_json::array()}};
  for (const std::string& file : services::PaperTemplates::list_files())
    answer["templates"].push_back({{"file", file}, {"content", templates.content(file, 0)}});
  answer["savings"] = nlohmann::ordered_json::array();
  for (const services::TemplateSaving& saving : savings_of(call)) {
    answer["savings"].push_back({{"version", saving.version},
                                 {"file", saving.file},
                                 {"author", saving.author},
                                 {"reason", saving.reason},
                                 {"at", format_instant(saving.at)}});
  }
  return answer_json(answer);
}

namespace {

nlohmann::ordered_json template_value(const std::optional<std::string>& value) {
  return value ? nlohmann::ordered_json::parse(*value) : nlohmann::ordered_json();
}

services::TemplateEdit template_edit_in(const Call& call, const json& body) {
  services::TemplateEdit edit;
  edit.file = call.path.at("template");
  edit.content = text_in(body, "content");
  edit.base_version = count_in(body, "version").value_or(-1);
  edit.answered_version = count_in(body, "answered_version").value_or(0);
  const auto choices = body.find("choices");
  if (choices != body.end()) edit.choices = services::read_choices(choices->dump());
  return edit;
}

}  // namespace

Response save_template_by_api(const Call& call) {
  const json body = read_json(call);
  const services::TemplateOutcome outcome =
      templates_of(call).save(call.actor(), template_edit_in(call, body),
                              services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  nlohmann::ordered_json answer{{"saved", outcome.saved},
                                {"version", outcome.version},
                                {"other_author", outcome.other_author},
                                {"theirs", nlohmann::ordered_json::array()},
                                {"conflicts", nlohmann::ordered_json::array()}};
  for (const auto& one : outcome.theirs) {
    answer["theirs"].push_back(
        {{"path", one.path}, {"before", template_value(one.before)}, {"after", template_value(one.after)}});
  }
  for (const auto& one : outcome.conflicts) {
    answer["conflicts"].push_back({{"path", one.path},
                                   {"base", template_value(one.base)},
                                   {"theirs", template_value(one.theirs)},
                                   {"mine", template_value(one.mine)}});
  }
  return answer_json(answer, outcome.saved ? 201 : 409);
}

}  // namespace hanjari::web

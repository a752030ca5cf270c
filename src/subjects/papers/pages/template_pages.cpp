#include "papers/pages/template_pages.h"

#include <algorithm>
#include <charconv>
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

struct TemplateForm {
  std::string content;
  std::string reason;
  std::int64_t version = 0;  // that the content was made from
  std::string theirs{};      // what somebody else has saved meanwhile; empty while nobody has
};

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
  if (!shown.theirs.empty()) page.data["theirs"] = {{"saved", shown.theirs}};
  FormView form;
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
  const TemplateForm sent{content_sent(call), field_of(call.form, "reason"), version_sent(field_of(call.form, "version"))};
  try {
    if (field_of(call.form, "action") == "preview") return preview_of(call, file, sent.content);
    templates.save(call.actor(), file, sent.content, sent.version,
                   services::change_of(call.actor(), sent.reason, call.site.now()));
    return redirect(list_address(call));
  } catch (const InvalidInput& refused) {
    return show_template_form(call, file, sent, &refused);
  } catch (const services::TemplatesChanged& refused) {
    // What was typed stays, with what is saved now below it: sent once more it is saved over that.
    return show_template_form(call, file, {sent.content, sent.reason, templates.newest(), templates.content(file, 0)},
                              &refused);
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

Response save_template_by_api(const Call& call) {
  const json body = read_json(call);
  const auto version = count_in(body, "version");
  const std::int64_t saved = templates_of(call).save(
      call.actor(), call.path.at("template"), text_in(body, "content"), version.value_or(-1),
      services::change_of(call.actor(), text_in(body, "reason"), call.site.now()));
  return answer_json({{"version", saved}}, 201);
}

}  // namespace hanjari::web

#include "hanjari/papers/paper_templates.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hanjari::services {
namespace {

constexpr const char* saving_action = "paper_templates.save";
constexpr std::string_view version_word = "version ";
constexpr int most_template_saves = 20;

// The keys of a merged file in the order in which the officer wrote them, the others behind.
nlohmann::ordered_json arrange_as(const nlohmann::json& value, const nlohmann::ordered_json& written) {
  using nlohmann::ordered_json;
  if (value.is_object()) {
    ordered_json arranged = ordered_json::object();
    if (written.is_object()) {
      for (const auto& [key, own] : written.items()) {
        if (value.contains(key)) arranged[key] = arrange_as(value.at(key), own);
      }
    }
    for (const auto& [key, own] : value.items()) {
      if (!arranged.contains(key)) arranged[key] = arrange_as(own, {});
    }
    return arranged;
  }
  if (!value.is_array()) return ordered_json::parse(value.dump());
  ordered_json arranged = ordered_json::array();
  for (const nlohmann::json& row : value) {
    // Rows of one list have the same keys.
    const bool known = written.is_array() && !written.empty();
    arranged.push_back(arrange_as(row, known ? written.front() : ordered_json()));
  }
  return arranged;
}

// Comments may stand in a template, as in those of the installation; definitions know none.
nlohmann::ordered_json value_of_template(const std::string& content) {
  return nlohmann::ordered_json::parse(content, nullptr, true, true);
}

std::string without_comments(const std::string& content) {
  return value_of_template(content).dump();
}

// What was merged, as text: that of the one officer where nothing of the other's is in it, so that nobody's lines move.
std::string text_of_merged(const std::string& merged, const std::string& theirs, const std::string& mine) {
  const auto value = nlohmann::json::parse(merged);
  if (value == nlohmann::json::parse(without_comments(theirs))) return theirs;
  if (value == nlohmann::json::parse(without_comments(mine))) return mine;
  return arrange_as(value, value_of_template(mine)).dump(2) + "\n";
}

void require_template(const std::string& file) {
  if (documents::Templates::embedded_files().contains(file) && !documents::is_picture_name(file)) return;
  throw NotFound("no_such_template", {"There is no such template. Choose from the list.",
                                      "해당 양식이 없습니다. 목록에서 고르십시오."});
}

std::int64_t version_in(const std::string& detail) {
  std::int64_t version = 0;
  if (detail.starts_with(version_word))
    std::from_chars(detail.data() + version_word.size(), detail.data() + detail.size(), version);
  return version;
}

}  // namespace

std::string write_template_files(const documents::Templates::Files& files) {
  return nlohmann::json(files).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

documents::Templates::Files parse_template_files(const std::string& text) {
  documents::Templates::Files files;
  const auto read = nlohmann::json::parse(text, nullptr, false);
  if (!read.is_object()) return files;
  for (const auto& [name, content] : read.items()) {
    if (content.is_string()) files[name] = content.get<std::string>();
  }
  return files;
}

TemplatesChanged::TemplatesChanged()
    : Conflict("templates_changed", {"Somebody else has saved templates meanwhile. Look at theirs, then save yours again.",
                                     "그 사이 다른 사람이 양식을 저장했습니다. 저장된 내용을 확인한 뒤 다시 저장하십시오."}) {}

std::vector<std::string> PaperTemplates::list_files() {
  std::vector<std::string> files;
  for (const auto& [name, content] : documents::Templates::embedded_files()) {
    if (!documents::is_picture_name(name)) files.push_back(name);
  }
  return files;
}

TemplateVersion PaperTemplates::load_version(std::int64_t version) {
  auto found = versions_.find_version(version);
  if (found) return std::move(*found);
  if (version == 0) return {};
  throw NotFound("no_such_version", {"There is no such version of the templates.", "해당 판의 양식이 없습니다."});
}

std::string PaperTemplates::content_in(const TemplateVersion& version, const std::string& file) const {
  if (const auto saved = version.files.find(file); saved != version.files.end()) return saved->second;
  if (const auto own = base_.find(file); own != base_.end()) return own->second;
  return documents::Templates::embedded_files().at(file);
}

std::string PaperTemplates::content(const std::string& file, std::int64_t version) {
  require_template(file);
  return content_in(load_version(version), file);
}

std::int64_t PaperTemplates::newest() {
  return versions_.newest_version();
}

std::shared_ptr<const documents::Templates> PaperTemplates::load() {
  const std::int64_t wanted = newest();
  {
    const std::lock_guard<std::mutex> held(loading_);
    if (loaded_ != nullptr && loaded_version_ == wanted) return loaded_;
  }
  TemplateVersion version = load_version(0);
  version.files.insert(base_.begin(), base_.end());  // keeps the saved ones
  auto made = std::make_shared<const documents::Templates>(documents::Templates::parse(version.files));
  const std::lock_guard<std::mutex> held(loading_);
  loaded_ = made;
  loaded_version_ = version.version;
  return made;
}

documents::Templates PaperTemplates::try_out(const std::string& file, const std::string& content) {
  require_template(file);
  documents::Templates::Files files = load_version(0).files;
  files.insert(base_.begin(), base_.end());
  files[file] = content;
  return documents::Templates::parse(files);
}

TemplateOutcome PaperTemplates::merge(const TemplateEdit& edit, const TemplateVersion& newest) {
  const std::string base = content_in(edit.base_version == 0 ? TemplateVersion{} : load_version(edit.base_version), edit.file);
  const std::string theirs = content_in(newest, edit.file);
  TemplateOutcome outcome;
  outcome.version = newest.version;
  outcome.content = edit.content;
  if (theirs == base) return outcome;  // whatever others saved, it was of other files
  for (std::int64_t version = newest.version; version > edit.base_version && outcome.other_author.empty(); --version) {
    if (const TemplateVersion one = load_version(version); one.file == edit.file) outcome.other_author = one.author;
  }
  const std::string base_value = without_comments(base);
  const std::string their_value = without_comments(theirs);
  outcome.theirs = compare_definitions(base_value, their_value);
  const auto choices = edit.answered_version == newest.version ? edit.choices : std::map<std::string, Side>{};
  MergedDefinition merged = merge_definitions(base_value, their_value, without_comments(edit.content), choices);
  outcome.conflicts = std::move(merged.undecided);
  outcome.content = text_of_merged(merged.definition, theirs, edit.content);
  return outcome;
}

TemplateOutcome PaperTemplates::save(const Actor& actor, const TemplateEdit& edit, const Change& change) {
  if (actor.role != Role::exam_officer) {
    throw NotAllowed("role_not_allowed", {"Only an exam officer may change templates.",
                                          "양식은 시험 담당자만 변경할 수 있습니다."});
  }
  if (edit.base_version < 0)
    throw InvalidInput("bad_request", {"Say from which version this was made.", "바탕이 된 판의 번호를 적으십시오."});
  try_out(edit.file, edit.content);
  if (change.reason.empty()) {
    throw InvalidInput("reason_missing", {"Say why the template is changed.", "양식을 변경하는 사유를 적으십시오."});
  }
  for (int turn = 1;; ++turn) {
    TemplateVersion next = load_version(0);
    TemplateOutcome outcome = merge(edit, next);
    if (!outcome.conflicts.empty()) return outcome;
    outcome.saved = true;
    if (content_in(next, edit.file) == outcome.content) return outcome;  // it says already what the officer wants
    try_out(edit.file, outcome.content);
    ++next.version;
    next.file = edit.file;
    next.files[edit.file] = outcome.content;
    next.author = change.author;
    next.saved_at = change.at;
    try {
      versions_.save_version(next, change);
      outcome.version = next.version;
      return outcome;
    } catch (const TemplatesChanged&) {
      if (turn == most_template_saves) throw;  // what was saved meanwhile is taken in, and asked about, first
    }
  }
}

std::vector<TemplateSaving> PaperTemplates::list_savings(AuditTrail& trail, std::size_t most) {
  AuditFilter filter;
  filter.action = saving_action;
  filter.limit = most;
  std::vector<TemplateSaving> savings;
  for (const AuditEntry& entry : trail.list_entries(filter)) {
    if (entry.note.action != saving_action) continue;
    savings.push_back({version_in(entry.note.detail), entry.note.subject, entry.change.author, entry.change.reason,
                       entry.change.at});
  }
  return savings;
}

}  // namespace hanjari::services

#include "hanjari/papers/paper_templates.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hanjari::services {
namespace {

constexpr const char* saving_action = "paper_templates.save";
constexpr std::string_view version_word = "version ";

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

std::string PaperTemplates::content(const std::string& file, std::int64_t version) {
  require_template(file);
  const TemplateVersion stored = load_version(version);
  if (const auto saved = stored.files.find(file); saved != stored.files.end()) return saved->second;
  if (const auto own = base_.find(file); own != base_.end()) return own->second;
  return documents::Templates::embedded_files().at(file);
}

std::int64_t PaperTemplates::newest() {
  return load_version(0).version;
}

std::shared_ptr<const documents::Templates> PaperTemplates::load() {
  documents::Templates::Files files = load_version(0).files;
  files.insert(base_.begin(), base_.end());  // keeps the saved ones
  return std::make_shared<const documents::Templates>(documents::Templates::parse(files));
}

documents::Templates PaperTemplates::try_out(const std::string& file, const std::string& content) {
  require_template(file);
  documents::Templates::Files files = load_version(0).files;
  files.insert(base_.begin(), base_.end());
  files[file] = content;
  return documents::Templates::parse(files);
}

std::int64_t PaperTemplates::save(const Actor& actor, const std::string& file, const std::string& content,
                                  std::int64_t expected, const Change& change) {
  if (actor.role != Role::exam_officer) {
    throw NotAllowed("role_not_allowed", {"Only an exam officer may change templates.",
                                          "양식은 시험 담당자만 변경할 수 있습니다."});
  }
  try_out(file, content);
  if (change.reason.empty()) {
    throw InvalidInput("reason_missing", {"Say why the template is changed.", "양식을 변경하는 사유를 적으십시오."});
  }
  TemplateVersion next = load_version(0);
  if (next.version != expected) throw TemplatesChanged();
  if (this->content(file, 0) == content) return expected;
  next.version = expected + 1;
  next.file = file;
  next.files[file] = content;
  next.author = change.author;
  next.saved_at = change.at;
  versions_.save_version(next, change);
  return next.version;
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

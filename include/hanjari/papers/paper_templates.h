// Templates of papers as officers change them in the office: titles, columns, notes, times of the day. Every saving is a
// version of all of them together; why it was saved stands in the audit trail. Two officers who change different texts, or
// different places of one, do not stand in each other's way.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/text.h"
#include "hanjari/definitions/definitions.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/templates.h"

namespace hanjari::services {

// Somebody else has saved templates meanwhile (templates_changed).
class TemplatesChanged : public Conflict {
 public:
  TemplatesChanged();
};

struct TemplateVersion {
  std::int64_t version = 0;  // from 1; 0: nothing was saved yet
  std::string file{};        // that this saving changed
  documents::Templates::Files files{};  // all that officers have changed so far
  std::string author{};
  Instant saved_at{};
};

// Files with their contents as one text, and back; what is not such a text is no file at all.
std::string write_template_files(const documents::Templates::Files& files);
documents::Templates::Files parse_template_files(const std::string& text);

class PaperTemplateRepository {
 public:
  virtual ~PaperTemplateRepository() = default;
  // 0 while there is none. Cheap: asked for each slip.
  virtual std::int64_t newest_version() = 0;
  // 0: the newest. Nothing when there is none.
  virtual std::optional<TemplateVersion> find_version(std::int64_t version) = 0;
  // Stores it as the newest, with its audit entry. Throws TemplatesChanged unless the newest is the one before.
  virtual void save_version(const TemplateVersion& next, const Change& change) = 0;
};

// One saving, as the audit trail tells it.
struct TemplateSaving {
  std::int64_t version = 0;
  std::string file;
  std::string author;
  std::string reason;
  Instant at{};
};

// A template as an officer wants it, made from the version that the form showed.
struct TemplateEdit {
  std::string file;
  std::string content;
  std::int64_t base_version = 0;  // 0: nothing was saved then
  // Where both officers changed the same place: answers to the conflicts with version `answered_version`. With a newer one
  // they are asked for again.
  std::int64_t answered_version = 0;
  std::map<std::string, Side> choices{};
};

struct TemplateOutcome {
  bool saved = false;
  std::int64_t version = 0;               // of what was saved; else the newest, which the conflicts are with
  std::string content{};                  // of the file as it was or would be saved, undecided places as the others have them
  std::string other_author{};             // who changed this file last since the version that the form showed
  std::vector<FieldDifference> theirs{};  // what others changed in this file since then
  std::vector<FieldConflict> conflicts{};  // undecided; nothing is saved while there are any
};

class PaperTemplates {
 public:
  // `base`: what the installation has beside the program's own (papers.templates), in whose place saved ones come.
  PaperTemplates(PaperTemplateRepository& versions, documents::Templates::Files base)
      : versions_(versions), base_(std::move(base)) {}

  // Files that can be edited, by name: those of the program that are no pictures.
  static std::vector<std::string> list_files();
  // The content of a file in a version (0: now). Throws NotFound (no_such_template, no_such_version).
  std::string content(const std::string& file, std::int64_t version);
  // 0 while nothing was saved.
  std::int64_t newest();
  // What papers are printed by now; throws InvalidInput where a saved file does not fit the program any more. Read anew only
  // where another version was saved since. May be called by several threads at once.
  std::shared_ptr<const documents::Templates> load();
  // What they would be with this content. Throws NotFound (no_such_template), InvalidInput with every fault and its place.
  documents::Templates try_out(const std::string& file, const std::string& content);
  // Saves what the officer wants on top of what others have saved since: what only one of them changed is taken, what both
  // changed is asked for. Nothing is stored where nothing changes. Throws NotAllowed (role_not_allowed) unless the actor is
  // an exam officer, InvalidInput (reason_missing, bad_request), NotFound (no_such_version), as try_out, and
  // TemplatesChanged where others save again and again meanwhile.
  TemplateOutcome save(const Actor&, const TemplateEdit&, const Change&);
  // Newest first.
  static std::vector<TemplateSaving> list_savings(AuditTrail&, std::size_t most);

 private:
  TemplateVersion load_version(std::int64_t version);
  std::string content_in(const TemplateVersion& version, const std::string& file) const;
  TemplateOutcome merge(const TemplateEdit& edit, const TemplateVersion& newest);

  PaperTemplateRepository& versions_;
  documents::Templates::Files base_;
  std::mutex loading_;
  std::shared_ptr<const documents::Templates> loaded_;  // under loading_; null: nothing was loaded yet
  std::int64_t loaded_version_ = 0;
};

struct TemplatePreview {
  std::string bytes;
  documents::PaperFormat format = documents::PaperFormat::pdf;  // XLSX of a paper that is never printed
};
// The paper that the file is of, on an invented exam: nobody's data is opened for it.
TemplatePreview draw_template_preview(const std::string& file, const documents::Templates& templates, Language language,
                                  Instant now);

}  // namespace hanjari::services

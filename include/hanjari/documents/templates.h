// What a customer may change on papers without compiling: titles, columns, notes, footers, times of the day.
// One JSON file per paper; docs/papers.md describes them.
#pragma once

#include <map>
#include <memory>
#include <string>

namespace hanjari::documents {

struct TemplateContent;

class Templates {
 public:
  // Files by name ("roster.json") with their contents.
  using Files = std::map<std::string, std::string>;

  // The program's own.
  static const Templates& embedded();
  static const Files& embedded_files();

  // The program's own with `files` in place of those of the same name. Throws InvalidInput with every fault: not JSON,
  // an unknown file, key or field, a column without width.
  static Templates parse(const Files& files);

  const TemplateContent& content() const { return *content_; }

 private:
  explicit Templates(std::shared_ptr<const TemplateContent> content) : content_(std::move(content)) {}

  std::shared_ptr<const TemplateContent> content_;
};

}  // namespace hanjari::documents

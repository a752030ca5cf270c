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
  // SHA-256 of the files, hex: papers made with other templates are other papers.
  const std::string& digest() const { return digest_; }

 private:
  Templates(std::shared_ptr<const TemplateContent> content, std::string digest)
      : content_(std::move(content)), digest_(std::move(digest)) {}

  std::shared_ptr<const TemplateContent> content_;
  std::string digest_;
};

}  // namespace hanjari::documents

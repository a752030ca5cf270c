// What a customer may change on papers without compiling: titles, columns, notes, footers, times of the day, ways to
// schools, who issues slips. One JSON file per paper, and the picture of a seal; docs/papers.md describes them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari::documents {

struct TemplateContent;

// Whether a file beside the templates is a picture, or what people take for one (.gif, .pdf): templates may name PNG
// and JPEG alone, and for the others the fault says what they are.
bool is_picture_name(std::string_view name);

class Templates {
 public:
  // Files by name ("roster.json", "seal.png") with their contents.
  using Files = std::map<std::string, std::string>;

  // The program's own.
  static const Templates& embedded();
  static const Files& embedded_files();

  // The program's own with `files` in place of those of the same name. Throws InvalidInput with every fault: not JSON,
  // an unknown file, key or field, a column without width.
  static Templates parse(const Files& files);

  // What applicants are told to bring, for pages that say what slips say.
  const std::vector<Text>& bring() const;
  // How to get to the school; null where nobody has said it.
  const Text* way_to(std::string_view venue_code) const;

  const TemplateContent& content() const { return *content_; }
  // Venue codes of ways.json, for whoever knows which schools there are.
  std::vector<std::string> venues_with_ways() const;
  // SHA-256 of the files, hex: papers made with other templates are other papers.
  const std::string& digest() const { return digest_; }

 private:
  Templates(std::shared_ptr<const TemplateContent> content, std::string digest)
      : content_(std::move(content)), digest_(std::move(digest)) {}

  std::shared_ptr<const TemplateContent> content_;
  std::string digest_;
};

}  // namespace hanjari::documents

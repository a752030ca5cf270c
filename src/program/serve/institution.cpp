#include "program/serve/institution.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"

namespace hanjari::cli {
namespace {

constexpr std::size_t largest_emblem = 100'000;

// Korean pages and English ones: where one name is given it stands on both.
Text text_of(const Configuration& configuration, const std::string& key) {
  const std::string ko = configuration.text(key, "");
  const std::string en = configuration.text(key + "_en", ko);
  return {en, ko.empty() ? en : ko};
}

struct PictureKind {
  const char* type;
  const char* ending;
};

PictureKind kind_of_emblem(const std::string& bytes, const std::string& file) {
  if (bytes.size() <= largest_emblem) {
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return {"image/png", "png"};
    if (bytes.substr(0, 1'024).find("<svg") != std::string::npos) return {"image/svg+xml", "svg"};
  }
  throw InvalidInput("bad_emblem",
                     {fmt::format("institution.emblem: {} is no PNG or SVG picture of at most 100,000 bytes", file),
                      in_korean("institution.emblem: {}[은/는] 100,000바이트까지의 PNG나 SVG 그림이 아닙니다", file)});
}

}  // namespace

web::Institution institution_of(const Configuration& configuration) {
  web::Institution institution;
  institution.name = text_of(configuration, "institution.name");
  institution.department = text_of(configuration, "institution.department");
  institution.telephone = configuration.text("institution.telephone", "");
  institution.official = configuration.flag("institution.official", false);
  const auto file = configuration.find("institution.emblem");
  if (!file) return institution;
  institution.emblem = read_file(*file);
  const PictureKind kind = kind_of_emblem(institution.emblem, *file);
  institution.emblem_type = kind.type;
  institution.emblem_name = fmt::format("emblem.{}.{}", sha256(institution.emblem).hex().substr(0, 12), kind.ending);
  return institution;
}

services::Letterhead letterhead_of(const Configuration& configuration) {
  std::string portal = configuration.text("portal.address", "");
  while (portal.ends_with('/')) portal.pop_back();
  return {text_of(configuration, "institution.name"), text_of(configuration, "institution.department"),
          configuration.text("institution.telephone", ""), std::move(portal)};
}

}  // namespace hanjari::cli

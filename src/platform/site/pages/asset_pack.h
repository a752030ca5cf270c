// Everything the pages are made of besides code, bound into the program: templates, messages, style, fonts, pictures.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace hanjari::web {

struct Asset {
  std::string type;          // media type
  std::string etag;          // with its quotes
  std::string_view plain;    // bytes inside the program
  std::string_view gzipped;  // empty when compression gains nothing
};

// Names: "template/NAME", "message/LANGUAGE", and "asset/NAME.DIGEST.EXT" for files that browsers ask for; the digest
// in the name changes with the content, so such a file may be kept for ever.
class AssetPack {
 public:
  // Reads the pack written by web/build_assets.mjs; throws std::logic_error when it is damaged.
  explicit AssetPack(std::string_view pack);
  // The pack that was bound into this program.
  static std::string_view bound_in();

  // Null when there is none.
  const Asset* find(std::string_view name) const;
  // Path of a file under its source name: "site.css" -> "/assets/site.1a2b3c4d.css". Throws std::logic_error.
  const std::string& address_of(std::string_view source_name) const;
  const std::map<std::string, Asset, std::less<>>& all() const { return assets_; }

 private:
  std::map<std::string, Asset, std::less<>> assets_;
  std::map<std::string, std::string, std::less<>> addresses_;
};

}  // namespace hanjari::web

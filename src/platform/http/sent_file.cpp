#include "http/sent_file.h"

#include <algorithm>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::web {
namespace {

// Endings that the systems of our readers open as what it is; the first is given to names without any of them.
std::vector<std::string_view> endings_of(std::string_view media_type) {
  if (media_type == "application/pdf") return {".pdf"};
  if (media_type == "image/jpeg") return {".jpg", ".jpeg"};
  if (media_type == "image/png") return {".png"};
  return {};
}

bool ends_like(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  name.remove_prefix(name.size() - ending.size());
  return std::equal(name.begin(), name.end(), ending.begin(),
                    [](char given, char wanted) { return given == wanted || (given >= 'A' && given <= 'Z' && given - 'A' + 'a' == wanted); });
}

// At most so many bytes, whole characters of them.
void cut_to(std::string& name, std::size_t most) {
  if (name.size() <= most) return;
  std::size_t size = most;
  while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) --size;
  name.resize(size);
}

}  // namespace

std::string shown_name(std::string_view file_name, std::string_view media_type) {
  constexpr std::size_t longest = 100;
  const auto slash = file_name.find_last_of("/\\");
  if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
  std::string name = clean_line(file_name);
  const auto endings = endings_of(media_type);
  const auto own = std::find_if(endings.begin(), endings.end(), [&](std::string_view one) { return ends_like(name, one); });
  std::string ending = own != endings.end() ? name.substr(name.size() - own->size()) : std::string(endings.empty() ? "" : endings.front());
  if (own != endings.end()) name.resize(name.size() - own->size());
  cut_to(name, longest - ending.size());
  // Points and blanks at the ends hide a file, or are dropped by the system that keeps it.
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  name.erase(0, std::min(name.find_first_not_of(". "), name.size()));
  return (name.empty() ? "document" : name) + ending;
}

void send_as_file(Response& response, const std::string& media_type, std::string_view name) {
  constexpr std::string_view more_than_names = "<>:\"|?*";
  std::string plain(name);
  std::replace_if(plain.begin(), plain.end(), [&](char c) { return more_than_names.find(c) != std::string_view::npos; }, '_');
  response.type = media_type;
  response.set_header("Content-Disposition", "attachment; filename=\"" + shown_name("", media_type) + "\"; filename*=UTF-8''" +
                                                 encode_percent(shown_name(plain, media_type)));
}

}  // namespace hanjari::web

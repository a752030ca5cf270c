#include "intake/pages/files/attachment_view.h"

#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

services::Attachment load_own(const Call& call, services::AttachmentKind kind) {
  auto found =
      load_intake(call).attachments.find_attachment(applicant_of(call), AttachmentId(call.path.at("attachment")));
  if (!found || found->kind != kind)
    throw NotFound("no_such_attachment", {"There is no such file.", "해당 파일이 없습니다."});
  return std::move(*found);
}

constexpr std::size_t longest_shown_name = 100;  // bytes
constexpr std::size_t longest_ending = 10;        // .xlsx and the like, with its dot

// Cut in the middle: what comes behind the last dot says to programs what the file is, and stays.
std::string shorten_file_name(const std::string& name) {
  const auto dot = name.rfind('.');
  const bool ends = dot != std::string::npos && dot > 0 && name.size() - dot <= longest_ending;
  const std::string ending = ends ? name.substr(dot) : std::string();
  std::size_t size = std::min(name.size(), longest_shown_name - ending.size());
  while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) --size;
  return name.substr(0, size) + ending;
}

}  // namespace

const FormPart* find_file(const Call& call, std::string_view field) {
  const auto found =
      std::find_if(call.files.begin(), call.files.end(), [&](const FormPart& part) { return part.name == field; });
  return found == call.files.end() ? nullptr : &*found;
}

std::optional<std::string> document_type_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  return std::nullopt;
}

std::string shown_name(std::string_view file_name) {
  const auto slash = file_name.find_last_of("/\\");
  if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
  std::string name = plain_value(file_name).value_or("");
  std::erase_if(name, [](unsigned char byte) { return byte < 0x20; });
  // A Korean name that comes in pieces of letters is three times as long as it reads.
  name = normalize_nfc(name);
  if (name.size() > longest_shown_name) name = shorten_file_name(name);
  return name.empty() ? "document" : name;
}

std::string download_name(const std::string& name, std::string_view media_type) {
  std::string small = name;
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto ends_as = [&](std::string_view ending) { return small.ends_with(ending); };
  if (media_type == "application/pdf" && !ends_as(".pdf")) return name + ".pdf";
  if (media_type == "image/png" && !ends_as(".png")) return name + ".png";
  if (media_type == "image/jpeg" && !ends_as(".jpg") && !ends_as(".jpeg")) return name + ".jpg";
  return name;
}

Response send_own_photo(const Call& call) {
  Response response;
  response.type = "image/jpeg";
  response.body = load_own(call, services::AttachmentKind::photo).bytes;
  return response;
}

Response download_own_document(const Call& call) {
  services::Attachment document = load_own(call, services::AttachmentKind::document);
  Response response;
  response.type = document.media_type;
  response.body = std::move(document.bytes);
  // Never shown in a page of ours: a file of a stranger runs nowhere.
  response.set_header("Content-Disposition",
                      "attachment; filename=\"document\"; filename*=UTF-8''" + encode_percent(download_name(document.name, document.media_type)));
  return response;
}

}  // namespace hanjari::web

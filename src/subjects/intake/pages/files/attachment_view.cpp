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
  std::size_t size = std::min<std::size_t>(name.size(), 100);
  while (size > 0 && size < name.size() && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) --size;
  name.resize(size);
  return name.empty() ? "document" : normalize_nfc(name);
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
                      "attachment; filename=\"document\"; filename*=UTF-8''" + encode_percent(document.name));
  return response;
}

}  // namespace hanjari::web

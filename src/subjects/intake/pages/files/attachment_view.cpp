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

Response send_own_photo(const Call& call) {
  Response response;
  response.type = "image/jpeg";
  response.body = load_own(call, services::AttachmentKind::photo).bytes;
  return response;
}

Response download_own_document(const Call& call) {
  services::Attachment document = load_own(call, services::AttachmentKind::document);
  Response response;
  response.body = std::move(document.bytes);
  send_as_file(response, document.media_type, document.name);
  return response;
}

}  // namespace hanjari::web

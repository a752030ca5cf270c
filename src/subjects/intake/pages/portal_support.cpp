// Accommodations: each item asked for by itself, with its reason and its documents.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/files/attachment_view.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

std::string id_of(std::size_t item) {
  return fmt::format("item-{}", item + 1);
}

const AccommodationRequest* find_request(const ApplicationForm& form, const std::string& item) {
  const auto found = std::find_if(form.accommodations.begin(), form.accommodations.end(),
                                  [&](const AccommodationRequest& one) { return one.item == item; });
  return found == form.accommodations.end() ? nullptr : &*found;
}

constexpr std::string_view consent_field = "consents_sensitive";

struct ItemFault {
  std::string id;  // of the item; empty: of the whole form
  std::string what;
};

// accommodations.1.reason -> the item that stands there.
std::string faulty_item(const ApplicationForm& form, const std::string& field) {
  const std::size_t at = field.find('.') + 1;
  const std::size_t position =
      at < field.size() ? static_cast<std::size_t>(field[at] - '0') : form.accommodations.size();
  if (position >= form.accommodations.size()) return {};
  const auto& items = accommodation_items();
  const auto found = std::find(items.begin(), items.end(), form.accommodations[position].item);
  return found == items.end() ? std::string{} : id_of(static_cast<std::size_t>(found - items.begin()));
}

std::vector<ItemFault> told(const Call& call, const ApplicationForm& form, const std::vector<FieldFault>& faults) {
  std::vector<ItemFault> list;
  for (const FieldFault& fault : faults) {
    const bool of_consent = fault.field == consent_field;
    list.push_back({of_consent ? fault.field : faulty_item(form, fault.field), fault.what.in(call.language)});
  }
  return list;
}

Response show_support_step(const Call& call, Applying& applying, const std::vector<ItemFault>& faults,
                           bool saved_elsewhere) {
  const Pages& pages = call.site.pages();
  Page page{.name = "apply_support", .title = pages.text(call.language, "apply.support_title")};
  describe_steps(call, applying, ApplyStep::support, page.data);
  page.data["action"] = apply_address(call, applying, ApplyStep::support);
  page.data["note"] =
      saved_elsewhere ? nlohmann::json(pages.text(call.language, "apply.saved_elsewhere")) : nlohmann::json(false);
  page.data["items"] = nlohmann::json::array();
  const auto& items = accommodation_items();
  FormView form;
  for (std::size_t at = 0; at < items.size(); ++at) {
    const AccommodationRequest* request = find_request(applying.draft.form, items[at]);
    const auto fault =
        std::find_if(faults.begin(), faults.end(), [&](const ItemFault& one) { return one.id == id_of(at); });
    nlohmann::json item{{"id", id_of(at)},
                        {"name", name_of_accommodation(items[at]).in(call.language)},
                        {"note", false},
                        {"chosen", request != nullptr},
                        {"reason", request == nullptr ? "" : request->reason},
                        {"error", fault == faults.end() ? nlohmann::json(false) : nlohmann::json(fault->what)},
                        {"has_documents", request != nullptr && !request->documents.empty()},
                        {"documents", nlohmann::json::array()}};
    if (request != nullptr) {
      for (const AttachmentId& id : request->documents) {
        const auto document = applying.intake.attachments.find_attachment(applying.applicant, id);
        item["documents"].push_back(
            {{"name", document ? document->name : id.text()},
             {"address", fmt::format("/{}/my/documents/{}", code_of(call.language), encode_percent(id.text()))},
             {"remove", "remove-" + id.text()}});
      }
    }
    form.add({.kind = FieldKind::checks, .id = id_of(at), .label = {}});
    page.data["items"].push_back(std::move(item));
  }
  form.add({.kind = FieldKind::checks, .id = std::string(consent_field), .label = {}});
  const auto refused =
      std::find_if(faults.begin(), faults.end(), [](const ItemFault& one) { return one.id == consent_field; });
  page.data["consented"] = applying.draft.form.consents_sensitive;
  page.data["consent_error"] = refused == faults.end() ? nlohmann::json(false) : nlohmann::json(refused->what);
  page.data["consent_address"] = fmt::format("/{}/about/consent", code_of(call.language));
  for (const ItemFault& fault : faults) form.add_fault(fault.id, fault.what);
  form.describe(page.data);
  if (form.any_fault()) {
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

// The document of the item's file field, stored; nothing when none was chosen. A fault is told instead of thrown, so
// that the rest of the form is kept.
std::optional<AttachmentId> save_document(const Call& call, const Applying& applying, const std::string& id,
                                          std::vector<ItemFault>& faults) {
  const Pages& pages = call.site.pages();
  const FormPart* file = find_file(call, id + "-document");
  if (file == nullptr) return std::nullopt;
  const auto type = document_type_of(file->content);
  if (!type) {
    faults.push_back({id, pages.text(call.language, "apply.document_kind")});
    return std::nullopt;
  }
  if (file->content.size() > services::longest_document) {
    faults.push_back({id, pages.text(call.language, "apply.document_size")});
    return std::nullopt;
  }
  services::Attachment document;
  document.exam = applying.notice().header.code;
  document.kind = services::AttachmentKind::document;
  document.media_type = *type;
  document.name = shown_name(file->file_name.value_or(""));
  document.bytes = std::string(file->content);
  document.at = call.site.now();
  try {
    return applying.intake.attachments.save_attachment(applying.applicant, std::move(document));
  } catch (const InvalidInput& refused) {
    faults.push_back({id, refused.message().in(call.language)});
    return std::nullopt;
  }
}

std::vector<AccommodationRequest> read_requests(const Call& call, const Applying& applying,
                                                std::vector<ItemFault>& faults) {
  std::vector<AccommodationRequest> requests;
  const auto& items = accommodation_items();
  for (std::size_t at = 0; at < items.size(); ++at) {
    const std::string id = id_of(at);
    const std::string reason = typed_lines(call, id + "-reason");
    const bool has_file = find_file(call, id + "-document") != nullptr;
    // Whoever wrote a reason or chose a file meant the item.
    if (!is_ticked(call, id) && reason.empty() && !has_file) continue;
    AccommodationRequest request{items[at], reason, {}};
    if (const AccommodationRequest* before = find_request(applying.draft.form, items[at])) {
      for (const AttachmentId& document : before->documents) {
        if (!is_ticked(call, "remove-" + document.text())) request.documents.push_back(document);
      }
    }
    if (!is_ticked(call, id) && !has_file && find_request(applying.draft.form, items[at]) != nullptr)
      continue;  // the tick was taken away
    if (const auto document = save_document(call, applying, id, faults)) request.documents.push_back(*document);
    requests.push_back(std::move(request));
  }
  return requests;
}

}  // namespace

Response show_apply_support(const Call& call) {
  Applying applying = open_applying(call);
  return show_support_step(call, applying, {}, false);
}

Response save_apply_support(const Call& call) {
  Applying applying = open_applying(call);
  std::vector<ItemFault> faults;
  applying.draft.form.accommodations = read_requests(call, applying, faults);
  applying.draft.form.consents_sensitive = is_ticked(call, "consent_sensitive");
  if (!save_step(call, applying)) return show_support_step(call, applying, faults, true);
  if (faults.empty()) faults = told(call, applying.draft.form, faults_of(applying, ApplyStep::support));
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_support_step(call, applying, faults, false);
  return go_on(call, applying, ApplyStep::support);
}

}  // namespace hanjari::web

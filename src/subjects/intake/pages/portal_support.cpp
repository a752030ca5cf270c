// Accommodations: each item asked for by itself, with its reason and its documents.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/files/attachment_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/typed_again.h"

namespace hanjari::web {
namespace {

// What is chosen, said and proved together: one item with a box to tick, or the extra times, of which one can be had.
struct SupportEntry {
  std::string id;  // of its fields on the page
  std::vector<std::string> items;
  bool is_exclusive() const { return id == "extra_time"; }  // also where a notice offers one alone
  bool holds(const std::string& item) const { return std::find(items.begin(), items.end(), item) != items.end(); }
};

// In the order of the contract, in which the extra times stand together.
const std::vector<SupportEntry>& support_entries() {
  static const std::vector<SupportEntry> entries = [] {
    std::vector<SupportEntry> all;
    const auto& items = accommodation_items();
    for (std::size_t at = 0; at < items.size(); ++at) {
      if (!items[at].starts_with("extra_time")) {
        all.push_back({fmt::format("item-{}", at + 1), {items[at]}});
      } else if (!all.empty() && all.back().id == "extra_time") {
        all.back().items.push_back(items[at]);
      } else {
        all.push_back({"extra_time", {items[at]}});
      }
    }
    return all;
  }();
  return entries;
}

// Those that the notice offers. What was asked for before the notice left it out stays on the page, so that it can be
// taken away.
std::vector<SupportEntry> entries_of(const Recruitment& notice, const ApplicationForm& form) {
  std::vector<SupportEntry> shown;
  for (SupportEntry entry : support_entries()) {
    std::erase_if(entry.items, [&](const std::string& item) {
      const bool asked = std::any_of(form.accommodations.begin(), form.accommodations.end(),
                                     [&](const AccommodationRequest& one) { return one.item == item; });
      return !asked && !notice.offers_accommodation(item);
    });
    if (!entry.items.empty()) shown.push_back(std::move(entry));
  }
  return shown;
}

// Which papers the notice asks for, of all items of the entry.
std::string papers_of(const Recruitment& notice, const SupportEntry& entry, Language language) {
  std::string papers;
  for (const std::string& item : entry.items) {
    const OfferedAccommodation* offered = notice.find_accommodation(item);
    const std::string words = offered == nullptr ? std::string() : offered->documents.in(language);
    if (words.empty() || papers.find(words) != std::string::npos) continue;
    papers += (papers.empty() ? "" : "; ") + words;
  }
  return papers;
}

const AccommodationRequest* find_request(const ApplicationForm& form, const SupportEntry& entry) {
  const auto found = std::find_if(form.accommodations.begin(), form.accommodations.end(),
                                  [&](const AccommodationRequest& one) { return entry.holds(one.item); });
  return found == form.accommodations.end() ? nullptr : &*found;
}

// What the form chose of it; empty when it chose nothing.
std::string chosen_item(const Call& call, const SupportEntry& entry) {
  if (!entry.is_exclusive()) return is_ticked(call, entry.id) ? entry.items.front() : std::string();
  const std::string chosen = field_of(call.form, entry.id.c_str());
  return entry.holds(chosen) ? chosen : std::string();
}

constexpr std::string_view consent_field = "consents_sensitive";

// Which entry of an item a fault is about; `item` stands for the choice itself.
enum class ItemPart { item, reason, document };

struct ItemFault {
  std::string id;  // of the item; empty: of the whole form
  std::string what;
  ItemPart part = ItemPart::item;
};

// The id of the entry on the page.
std::string place_of_part(const std::string& id, ItemPart part) {
  if (id.empty() || part == ItemPart::item) return id;
  return id + (part == ItemPart::reason ? "-reason" : "-document");
}

ItemPart part_of_field(const std::string& field) {
  if (field.ends_with(".reason")) return ItemPart::reason;
  return field.ends_with(".documents") ? ItemPart::document : ItemPart::item;
}

nlohmann::json error_of_part(const std::vector<ItemFault>& faults, const std::string& id, ItemPart part) {
  const auto fault = std::find_if(faults.begin(), faults.end(),
                                  [&](const ItemFault& one) { return one.id == id && one.part == part; });
  return fault == faults.end() ? nlohmann::json(false) : nlohmann::json(fault->what);
}

// accommodations.1.reason -> the item that stands there.
std::string faulty_item(const ApplicationForm& form, const std::string& field) {
  const std::size_t at = field.find('.') + 1;
  const std::size_t position =
      at < field.size() ? static_cast<std::size_t>(field[at] - '0') : form.accommodations.size();
  if (position >= form.accommodations.size()) return {};
  for (const SupportEntry& entry : support_entries()) {
    if (entry.holds(form.accommodations[position].item)) return entry.id;
  }
  return {};
}

std::vector<ItemFault> told(const Call& call, const ApplicationForm& form, const std::vector<FieldFault>& faults) {
  std::vector<ItemFault> list;
  for (const FieldFault& fault : faults) {
    const bool of_consent = fault.field == consent_field;
    list.push_back({of_consent ? fault.field : faulty_item(form, fault.field), fault.what.in(call.language),
                    part_of_field(fault.field)});
  }
  return list;
}

nlohmann::json describe_support_choices(const Call& call, const SupportEntry& entry, const AccommodationRequest* request) {
  nlohmann::json choices = nlohmann::json::array();
  choices.push_back({{"value", "none"},
                     {"label", call.site.pages().text(call.language, "apply.support_none")},
                     {"selected", request == nullptr}});
  for (const std::string& item : entry.items)
    choices.push_back({{"value", item},
                       {"label", name_of_accommodation(item).in(call.language)},
                       {"selected", request != nullptr && request->item == item}});
  return choices;
}

// What it is called, and its boxes or its choices.
nlohmann::json describe_support_entry(const Call& call, const SupportEntry& entry, const AccommodationRequest* request) {
  nlohmann::json item{{"id", entry.id}, {"single", false}, {"exclusive", false}};
  if (entry.is_exclusive()) {
    item["name"] = call.site.pages().text(call.language, "apply.support_extra_time");
    item["exclusive"] = {{"choices", describe_support_choices(call, entry, request)}};
  } else {
    item["name"] = name_of_accommodation(entry.items.front()).in(call.language);
    item["single"] = {{"chosen", request != nullptr}};
  }
  return item;
}

// The items of the step, and their entries for the list of faults. `newest_unsaved`: the form on the page is not the one
// that is stored, so the page itself names the documents that it shows.
nlohmann::json describe_support_items(const Call& call, const Applying& applying, const std::vector<ItemFault>& faults,
                                      bool newest_unsaved, FormView& form) {
  nlohmann::json list = nlohmann::json::array();
  const auto names = applying.intake.attachments.list_document_names(applying.applicant, applying.notice().header.code);
  for (const SupportEntry& entry : entries_of(applying.notice(), applying.draft.form)) {
    const std::string& id = entry.id;
    const AccommodationRequest* request = find_request(applying.draft.form, entry);
    nlohmann::json item = describe_support_entry(call, entry, request);
    const std::string papers = papers_of(applying.notice(), entry, call.language);
    item["papers"] = papers.empty() ? nlohmann::json(false) : nlohmann::json(papers);
    item["error"] = error_of_part(faults, id, ItemPart::item);
    item["reason_error"] = error_of_part(faults, id, ItemPart::reason);
    item["document_error"] = error_of_part(faults, id, ItemPart::document);
    // Of a reason without a choice, what was typed is kept although no request holds it.
    const bool lacks_choice = request == nullptr && item["error"] != false;
    item["reason"] = request != nullptr ? request->reason : lacks_choice ? typed_lines(call, id + "-reason") : std::string();
    item["has_documents"] = request != nullptr && !request->documents.empty();
    item["documents"] = nlohmann::json::array();
    item["any_error"] = item["error"] != false || item["reason_error"] != false || item["document_error"] != false;
    if (request != nullptr) {
      for (const AttachmentId& document_id : request->documents) {
        const auto name = names.find(document_id.text());
        item["documents"].push_back(
            {{"name", name != names.end() && !name->second.empty() ? name->second : document_id.text()},
             {"address", fmt::format("/{}/my/documents/{}", code_of(call.language), encode_percent(document_id.text()))},
             {"keep", newest_unsaved ? nlohmann::json("keep-" + document_id.text()) : nlohmann::json(false)},
             {"of", id},
             {"remove", "remove-" + document_id.text()}});
      }
    }
    for (const ItemPart part : {ItemPart::item, ItemPart::reason, ItemPart::document})
      form.add({.kind = FieldKind::checks, .id = place_of_part(id, part), .label = {}});
    list.push_back(std::move(item));
  }
  return list;
}

Response show_support_step(const Call& call, Applying& applying, const std::vector<ItemFault>& faults,
                           SavedStep saved) {
  const Pages& pages = call.site.pages();
  Page page{.name = "apply_support", .title = pages.text(call.language, "apply.support_title")};
  describe_steps(call, applying, ApplyStep::support, page.data);
  page.data["action"] = apply_address(call, applying, ApplyStep::support);
  page.data["note"] =
      saved == SavedStep::saved ? nlohmann::json(false) : nlohmann::json(why_not_saved(call, saved));
  FormView form;
  page.data["items"] = describe_support_items(call, applying, faults, saved != SavedStep::saved, form);
  form.add({.kind = FieldKind::checks, .id = std::string(consent_field), .label = {}});
  const auto refused =
      std::find_if(faults.begin(), faults.end(), [](const ItemFault& one) { return one.id == consent_field; });
  page.data["consented"] = applying.draft.form.consents_sensitive;
  page.data["consent_error"] = refused == faults.end() ? nlohmann::json(false) : nlohmann::json(refused->what);
  // The version that the step of the person showed: one consent is about one text.
  const std::string& agreed = applying.draft.form.consent_text;
  page.data["consent_address"] =
      fmt::format("/{}/about/consent{}", code_of(call.language),
                  agreed.empty() ? std::string() : "?version=" + encode_percent(agreed.substr(0, agreed.find(' '))));
  for (const ItemFault& fault : faults) form.add_fault(place_of_part(fault.id, fault.part), fault.what);
  form.describe(page.data);
  if (form.any_fault()) {
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  // As the other steps: a script that sends the files tells what is said here only of an answer that is no success.
  if (saved != SavedStep::saved) page.status = 409;
  return show(call, page);
}

// The document of the item's file field, stored; nothing when none was chosen. A fault is told instead of thrown, so
// that the rest of the form is kept.
std::optional<AttachmentId> save_document(const Call& call, const Applying& applying, const std::string& id,
                                          std::vector<ItemFault>& faults) {
  const Pages& pages = call.site.pages();
  const FormPart* file = find_file(call, id + "-document");
  if (file == nullptr) return std::nullopt;
  const std::string name = shown_name(file->file_name.value_or(""));
  const auto refuse = [&](const std::string& why) {
    faults.push_back({id, fmt::format("{}: {}", name, why), ItemPart::document});
  };
  const auto type = document_type_of(file->content);
  if (!type) {
    refuse(pages.text(call.language, "apply.document_kind"));
    return std::nullopt;
  }
  if (file->content.size() > services::longest_document) {
    refuse(pages.text(call.language, "apply.document_size"));
    return std::nullopt;
  }
  services::Attachment document;
  document.exam = applying.notice().header.code;
  document.kind = services::AttachmentKind::document;
  document.media_type = *type;
  document.name = shown_name(file->file_name.value_or(""), *type);
  document.bytes = std::string(file->content);
  document.at = call.site.now();
  try {
    return applying.intake.attachments.save_attachment(applying.applicant, std::move(document));
  } catch (const InvalidInput& refused) {
    refuse(refused.message().in(call.language));
    return std::nullopt;
  }
}

// What the page showed as attached although another device had saved the form without it: sent again by its id.
void add_kept(const Call& call, const Applying& applying, const std::string& item,
              std::vector<AttachmentId>& documents) {
  constexpr std::string_view mark = "keep-";
  std::map<std::string, std::string> names;
  const auto is_own = [&](const AttachmentId& id) {
    if (names.empty())
      names = applying.intake.attachments.list_document_names(applying.applicant, applying.notice().header.code);
    return names.contains(id.text());
  };
  for (const auto& [name, value] : call.form) {
    if (!name.starts_with(mark) || value != item) continue;
    const AttachmentId id(name.substr(mark.size()));
    if (is_ticked(call, "remove-" + id.text()) || std::find(documents.begin(), documents.end(), id) != documents.end())
      continue;
    if (is_own(id)) documents.push_back(id);
  }
}

std::vector<AccommodationRequest> read_requests(const Call& call, const Applying& applying,
                                                std::vector<ItemFault>& faults) {
  std::vector<AccommodationRequest> requests;
  for (const SupportEntry& entry : entries_of(applying.notice(), applying.draft.form)) {
    const std::string& id = entry.id;
    const std::string reason = typed_lines(call, id + "-reason");
    const bool has_file = find_file(call, id + "-document") != nullptr;
    std::string item = chosen_item(call, entry);
    // Whoever wrote a reason or chose a file meant the item.
    if (item.empty() && reason.empty() && !has_file) continue;
    const AccommodationRequest* before = find_request(applying.draft.form, entry);
    if (item.empty() && !has_file && before != nullptr) continue;  // the choice was taken away
    if (item.empty() && before != nullptr) item = before->item;
    if (item.empty() && entry.is_exclusive()) {
      faults.push_back({id, call.site.pages().text(call.language, "apply.support_choose"), ItemPart::item});
      continue;
    }
    AccommodationRequest request{item.empty() ? entry.items.front() : item, reason, {}};
    // Another extra time keeps the documents of the one before.
    for (const AccommodationRequest& one : applying.draft.form.accommodations) {
      if (!entry.holds(one.item)) continue;
      for (const AttachmentId& document : one.documents) {
        if (!is_ticked(call, "remove-" + document.text())) request.documents.push_back(document);
      }
    }
    add_kept(call, applying, id, request.documents);
    if (const auto document = save_document(call, applying, id, faults)) request.documents.push_back(*document);
    requests.push_back(std::move(request));
  }
  return requests;
}

// Documents that were sent with a session that had ended are not here: said where each is chosen.
void tell_lost_documents(const Call& call, const Applying& applying, std::vector<ItemFault>& faults) {
  const std::string lost = "," + field_of(call.form, files_lost_at_field) + ",";
  for (const SupportEntry& entry : entries_of(applying.notice(), applying.draft.form)) {
    if (lost.find("," + place_of_part(entry.id, ItemPart::document) + ",") == std::string::npos) continue;
    if (find_file(call, place_of_part(entry.id, ItemPart::document)) != nullptr) continue;
    faults.push_back({entry.id, call.site.pages().text(call.language, "apply.document_lost"), ItemPart::document});
  }
}

}  // namespace

Response show_apply_support(const Call& call) {
  Applying applying = open_applying(call);
  return show_support_step(call, applying, {}, SavedStep::saved);
}

Response save_apply_support(const Call& call) {
  Applying applying = open_applying(call);
  std::vector<ItemFault> faults;
  applying.draft.form.accommodations = read_requests(call, applying, faults);
  applying.draft.form.consents_sensitive = is_ticked(call, "consent_sensitive");
  if (const SavedStep saved = save_step(call, applying); saved != SavedStep::saved) return show_support_step(call, applying, faults, saved);
  if (faults.empty()) faults = told(call, applying.draft.form, faults_of(applying, ApplyStep::support));
  if (is_ticked(call, files_lost_field)) tell_lost_documents(call, applying, faults);
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_support_step(call, applying, faults, SavedStep::saved);
  return go_on(call, applying, ApplyStep::support);
}

}  // namespace hanjari::web

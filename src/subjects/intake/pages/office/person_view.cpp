#include "intake/pages/office/person_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_words.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

const AccommodationDecision* find_decision(const Application& application, const std::string& item) {
  const auto found = std::find_if(application.decisions.begin(), application.decisions.end(),
                                  [&](const AccommodationDecision& one) { return one.item == item; });
  return found == application.decisions.end() ? nullptr : &*found;
}

}  // namespace

std::string file_address(const Call& call, const Application& application, const AttachmentId& file) {
  return fmt::format("{}/files/{}", person_address(call, application.exam, application.id), encode_percent(file.text()));
}

json describe_person_facts(const Call& call, const services::PersonFile& person) {
  const Pages& pages = call.site.pages();
  const Application& application = person.application;
  const ApplicationForm& form = application.form;
  const Recruitment& notice = person.stored->notice;
  const std::string& zone = notice.header.time_zone;
  json facts = json::array();
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.push_back({{"what", pages.text(call.language, name)}, {"value", value}});
  };
  add("table.unit", write_unit_of(call, notice, form.unit));
  add("table.state", name_of(application.state).in(call.language));
  add("table.name", form.name);
  add("table.birth", form.birth_on ? format_date(*form.birth_on) : std::string());
  if (form.sex) add("table.sex", pages.text(call.language, *form.sex == Sex::female ? "table.female" : "table.male"));
  add("table.phone", form.phone);
  add("table.email", form.email);
  add("person.address", form.address);
  const Area* area = notice.find_area(form.area);
  if (area != nullptr) add("person.area", area->name.in(call.language));
  add("table.district", write_district(call, area == nullptr ? DistrictCode() : area->district));
  add("person.licence", form.licence_number);
  add("person.quota_proof", form.quota_proof);
  add("table.submitted", write_moment(application.submitted_at, zone));
  if (application.paid_at) add("table.paid", write_moment(*application.paid_at, zone));
  add("table.fee", write_won(pages, application.fee, call.language));
  add("person.account", application.account);
  return facts;
}

json describe_items(const Call& call, const services::PersonFile& person) {
  const Application& application = person.application;
  json items = json::array();
  for (const AccommodationRequest& request : application.form.accommodations) {
    const AccommodationDecision* decided = find_decision(application, request.item);
    const ItemDecision decision = decided == nullptr ? ItemDecision::asked : decided->decision;
    json item{{"item", request.item},
              {"item_name", name_of_accommodation(request.item).in(call.language)},
              {"why_asked", request.reason},
              {"decision", name_of(decision).in(call.language)},
              {"open", decision == ItemDecision::asked && !application.is_over()},
              {"documents", json::array()}};
    if (decided != nullptr && !decided->reason.empty()) item["told"] = {{"why", decided->reason}};
    for (std::size_t at = 0; at < request.documents.size(); ++at) {
      item["documents"].push_back(
          {{"document_address", file_address(call, application, request.documents[at])},
           {"document_name", call.site.pages().text(call.language, "person.document", {{"number", std::to_string(at + 1)}})}});
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace hanjari::web

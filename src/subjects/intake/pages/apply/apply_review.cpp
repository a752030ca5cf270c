#include "intake/pages/apply/apply_review.h"
#include "intake/pages/portal_call.h"

#include <fmt/format.h>

#include "hanjari/base/written_day.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

void add_row(json& rows, const std::string& what, const std::string& value) {
  rows.push_back({{"what", what}, {"value", value.empty() ? json(false) : json(value)}});
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

json describe_person_rows(const Call& call, const Recruitment& notice, const ApplicationForm& form) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  json rows = json::array();
  add_row(rows, say("apply.name"), form.name);
  add_row(rows, say("apply.birth"), form.birth_on ? write_plain_day(*form.birth_on).in(call.language) : "");
  add_row(rows, say("apply.phone"), form.phone);
  add_row(rows, say("apply.email"), form.email);
  const Area* area = notice.find_area(form.area);
  add_row(rows, say("apply.area"), area == nullptr ? "" : area->name.in(call.language));
  add_row(rows, say("apply.address"), form.address);
  return rows;
}

json describe_claim_rows(const Call& call, const NoticeUnit* unit, const ApplicationForm& form) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  json rows = json::array();
  if (unit != nullptr && unit->electives_to_choose > 0) {
    std::vector<std::string> names;
    for (const Elective& elective : unit->electives) {
      for (const std::string& chosen : form.electives) {
        if (chosen == elective.code) names.push_back(elective.name.in(call.language));
      }
    }
    add_row(rows, say("apply.electives_chosen"), list_of(names));
  }
  if (unit != nullptr && unit->unit.quota_group != QuotaGroup::general)
    add_row(rows, say("apply.quota_proof"), form.quota_proof);
  if (unit != nullptr && !unit->eligibility.licences.empty()) {
    std::string licence;
    for (const Licence& one : unit->eligibility.licences) {
      if (one.code == form.licence) licence = one.name.in(call.language);
    }
    if (!licence.empty() && !form.licence_number.empty()) licence += " · " + form.licence_number;
    add_row(rows, say("apply.licence"), licence);
  }
  std::vector<std::string> bonuses;
  for (const BonusClaim& claim : form.bonuses)
    bonuses.push_back(name_of(claim.kind).in(call.language) + (claim.proof.empty() ? "" : " (" + claim.proof + ")"));
  add_row(rows, say("apply.bonuses"), bonuses.empty() ? say("apply.no_claim") : list_of(bonuses));
  add_row(rows, say("apply.waiver"), form.waiver_proof.empty() ? say("apply.no_claim") : form.waiver_proof);
  return rows;
}

void describe_review(const Call& call, const Applying& applying, json& data) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  const ApplicationForm& form = applying.draft.form;
  const NoticeUnit* unit = applying.unit();
  data["sections"] = json::array();
  const auto add_section = [&](ApplyStep step, const char* name, json rows, const std::string& photo = {}) {
    data["sections"].push_back({{"name", say(name)},
                                {"address", apply_address(call, applying, step)},
                                {"rows", std::move(rows)},
                                {"photo_address", photo.empty() ? json(false) : json(photo)}});
  };
  json unit_rows = json::array();
  add_row(unit_rows, say("notice.unit"), unit == nullptr ? "" : write_unit(pages, unit->unit, call.language));
  if (unit != nullptr)
    add_row(unit_rows, say("home.exam_day"), write_day(applying.notice().calendar_of(*unit).exam_on, call.language));
  add_section(ApplyStep::unit, "apply.unit", std::move(unit_rows));
  add_section(ApplyStep::person, "apply.person", describe_person_rows(call, applying.notice(), form));
  json photo_rows = json::array();
  add_row(photo_rows, say("apply.photo"), form.photo.empty() ? "" : say("apply.photo_there"));
  add_section(ApplyStep::photo, "apply.photo", std::move(photo_rows),
              form.photo.empty() ? "" : photo_address(call, form.photo));
  add_section(ApplyStep::claims, "apply.claims", describe_claim_rows(call, unit, form));
  json support_rows = json::array();
  if (form.accommodations.empty()) add_row(support_rows, say("apply.support"), say("apply.no_claim"));
  for (const AccommodationRequest& request : form.accommodations)
    add_row(support_rows, name_of_accommodation(request.item).in(call.language),
            fmt::format("{} ({})", request.reason,
                        pages.text(call.language, "apply.documents_count",
                                   {{"count", std::to_string(request.documents.size())}})));
  add_section(ApplyStep::support, "apply.support", std::move(support_rows));

  data["fee"] = unit == nullptr ? "–" : write_won(pages, fee_of(*unit, form), call.language);
  const auto closes = closing_of(call, applying);
  data["closes_words"] = closes ? write_moment(*closes, applying.notice().header.time_zone, call.language) : "–";
  // A fee can be paid until its own deadline, which may come after closing; nothing is to be paid without one.
  const bool owes = unit != nullptr && fee_of(*unit, form) > 0;
  data["pay_by"] = owes ? json(write_moment(applying.notice().calendar_of(*unit).payment_closes(),
                                            applying.notice().header.time_zone, call.language))
                        : json(false);
  data["key"] = applying.draft.submission_key;
  data["submit_action"] =
      fmt::format("/{}/apply/{}/submit", code_of(call.language), encode_percent(applying.notice().header.code.text()));
}

}  // namespace hanjari::web

// Forms as JSON.
#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/recruitment_file.h"
#include "package/json_reader.h"
#include "package/notice_json.h"

namespace hanjari::package {
namespace {

using nlohmann::json;

constexpr std::size_t longest_list = 20;  // elements
constexpr std::string_view sexes[] = {"M", "F"};
constexpr std::string_view residences[] = {"none", "on_day", "three_years"};
constexpr std::string_view bonuses[] = {"veterans_10", "veterans_5", "heroes_5", "heroes_3", "licence_5", "licence_3"};
constexpr std::string_view languages[] = {"ko", "en"};

// What stands in a form is judged when it is typed, never when it is read again: a form that could be stored can be
// opened, whatever it holds.
std::string read_value(JsonObject& object, const std::string& key) {
  return object.typed(key).value_or("");
}

void refuse_long_list(JsonObject& object, const std::string& key, std::size_t size) {
  if (size <= longest_list) return;
  object.add_fault(
      key, {fmt::format("there are more than {}", longest_list), fmt::format("{}개보다 많습니다", longest_list)},
      {"leave some out", "일부를 빼십시오"});
}

void put(json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

json texts_of(const std::vector<AttachmentId>& ids) {
  json list = json::array();
  for (const AttachmentId& id : ids) list.push_back(id.text());
  return list;
}

void read_lists(JsonObject& root, ApplicationForm& form) {
  form.electives = root.typed_list("electives");
  refuse_long_list(root, "electives", form.electives.size());
  for (JsonObject& object : root.objects("bonuses")) {
    BonusClaim claim;
    object.require("kind");
    if (const auto at = object.word("kind", bonuses)) claim.kind = *parse_bonus_kind(bonuses[*at]);
    claim.proof = read_value(object, "proof");
    form.bonuses.push_back(std::move(claim));
  }
  refuse_long_list(root, "bonuses", form.bonuses.size());
  for (JsonObject& object : root.objects("accommodations")) {
    AccommodationRequest request;
    request.item = read_value(object, "item");
    request.reason = read_value(object, "reason");
    for (std::string& id : object.typed_list("documents")) request.documents.emplace_back(std::move(id));
    refuse_long_list(object, "documents", request.documents.size());
    form.accommodations.push_back(std::move(request));
  }
  refuse_long_list(root, "accommodations", form.accommodations.size());
}

}  // namespace

ApplicationForm parse_form(std::string_view text) {
  Faults faults;
  std::vector<Fault> warnings;
  JsonFile file("form", std::string(text), faults, warnings);
  JsonObject root(file, file.root());
  ApplicationForm form;
  form.unit = UnitCode(read_value(root, "unit"));
  form.name = read_value(root, "name");
  form.birth_on = read_day(root, "birth_on");
  if (const auto at = root.word("sex", sexes)) form.sex = *parse_word<Sex>(sexes[*at]);
  form.identity_hash = read_value(root, "identity_hash");
  form.phone = read_value(root, "phone");
  form.email = read_value(root, "email");
  form.area = read_value(root, "area");
  form.address = read_value(root, "address");
  const auto lat = root.number("lat");
  const auto lon = root.number("lon");
  if (lat && lon && *lat >= -90 && *lat <= 90 && *lon >= -180 && *lon <= 180) form.home = Point{*lat, *lon};
  if (const auto at = root.word("residence", residences)) form.residence = *parse_residence_claim(residences[*at]);
  form.licence = read_value(root, "licence");
  form.licence_number = read_value(root, "licence_number");
  form.quota_proof = read_value(root, "quota_proof");
  form.waiver_proof = read_value(root, "waiver_proof");
  read_lists(root, form);
  form.photo = AttachmentId(read_value(root, "photo"));
  form.consents = root.flag("consents").value_or(false);
  form.consents_identifier = root.flag("consents_identifier").value_or(false);
  form.consents_sensitive = root.flag("consents_sensitive").value_or(false);
  form.consent_text = read_value(root, "consent_text");
  if (const auto at = root.word("language", languages)) form.language = *at == 1 ? Language::english : Language::korean;
  if (!faults.empty())
    throw InvalidInput("bad_form", {"the form cannot be read", "지원서를 읽을 수 없습니다"}, std::move(faults));
  return form;
}

std::string render_form(const ApplicationForm& form) {
  json root = json::object();
  put(root, "unit", form.unit.text());
  put(root, "name", form.name);
  if (form.birth_on) root["birth_on"] = format_date(*form.birth_on);
  if (form.sex) root["sex"] = spell(*form.sex);
  put(root, "identity_hash", form.identity_hash);
  put(root, "phone", form.phone);
  put(root, "email", form.email);
  put(root, "area", form.area);
  put(root, "address", form.address);
  if (form.home) {
    root["lat"] = form.home->lat;
    root["lon"] = form.home->lon;
  }
  if (form.residence != ResidenceClaim::none) root["residence"] = spell(form.residence);
  put(root, "licence", form.licence);
  put(root, "licence_number", form.licence_number);
  put(root, "quota_proof", form.quota_proof);
  put(root, "waiver_proof", form.waiver_proof);
  if (!form.electives.empty()) root["electives"] = form.electives;
  for (const BonusClaim& claim : form.bonuses)
    root["bonuses"].push_back({{"kind", spell(claim.kind)}, {"proof", claim.proof}});
  for (const AccommodationRequest& request : form.accommodations) {
    root["accommodations"].push_back(
        {{"item", request.item}, {"reason", request.reason}, {"documents", texts_of(request.documents)}});
  }
  put(root, "photo", form.photo.text());
  if (form.consents) root["consents"] = true;
  if (form.consents_identifier) root["consents_identifier"] = true;
  if (form.consents_sensitive) root["consents_sensitive"] = true;
  put(root, "consent_text", form.consent_text);
  if (form.language == Language::english) root["language"] = "en";
  return root.dump();
}

}  // namespace hanjari::package

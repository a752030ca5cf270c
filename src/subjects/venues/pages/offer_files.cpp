#include "venues/pages/offer_files.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_files.h"
#include "http/sent_file.h"
#include "intake/pages/files/attachment_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

constexpr std::int64_t bytes_of_kb = 1000;

services::VenueFileRepository& files_of(const Call& call) {
  if (call.site.venue_files() != nullptr) return *call.site.venue_files();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
}

// By its first bytes, whatever it is called. Throws InvalidInput (document_kind).
std::string judged_type(std::string_view bytes) {
  if (auto type = document_type_of(bytes)) return std::move(*type);
  throw InvalidInput("document_kind", {"Send a PDF, JPEG or PNG file.", "PDF, JPEG, PNG 파일만 올릴 수 있습니다."});
}

}  // namespace

nlohmann::json describe_offer_files(const Call& call, const services::VenueOffer& offer) {
  nlohmann::json rows = nlohmann::json::array();
  if (call.site.venue_files() == nullptr) return rows;
  for (const services::VenueFile& file : call.site.venue_files()->list_files(offer.id)) {
    const std::string address = fmt::format("{}/files/{}", address_of_offer(call, offer), file.id);
    rows.push_back({{"name", file.name},
                    {"address", address},
                    {"removal", address + "/removals"},
                    {"size", fmt::format("{} kB", group_digits((file.size + bytes_of_kb - 1) / bytes_of_kb))},
                    {"author", file.author}});
  }
  return rows;
}

void attach_sent_file(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueCode code(call.path.at("venue_code"));
  services::open_offer(of.offers, call.actor(), of.exam, code);  // whose it is comes before what was sent
  services::VenueFile file;
  if (const FormPart* part = find_file(call, "attachment")) {
    file.media_type = judged_type(part->content);
    file.name = shown_name(part->file_name.value_or(""), file.media_type);
    file.bytes = std::string(part->content);
  }
  services::attach_file(of.offers, files_of(call), call.actor(), of.exam, code, std::move(file), call.site.now());
}

Response download_offer_file(const Call& call) {
  const OffersCall of = offers_of(call);
  services::VenueFile file =
      services::take_venue_file(of.offers, files_of(call), call.site.access(), call.actor(), of.exam,
                                VenueCode(call.path.at("venue_code")), call.path.at("file"), call.site.now());
  Response response;
  response.body = std::move(file.bytes);
  send_as_file(response, file.media_type, file.name);
  return response;
}

Response list_files_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const services::VenueOffer offer =
      services::open_offer(of.offers, call.actor(), of.exam, VenueCode(call.path.at("venue_code")));
  nlohmann::ordered_json answer{{"files", nlohmann::ordered_json::array()}};
  for (const services::VenueFile& file : files_of(call).list_files(offer.id)) {
    answer["files"].push_back({{"id", file.id},
                               {"name", file.name},
                               {"media_type", file.media_type},
                               {"bytes", file.size},
                               {"sent_by", file.author},
                               {"sent_at", format_instant(file.at)}});
  }
  return answer_json(answer);
}

Response send_file_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueCode code(call.path.at("venue_code"));
  services::open_offer(of.offers, call.actor(), of.exam, code);  // whose it is comes before what was sent
  services::VenueFile file;
  file.media_type = judged_type(call.request.body);
  file.name = shown_name(field_of(call.query, "name"), file.media_type);
  file.bytes = call.request.body;
  services::attach_file(of.offers, files_of(call), call.actor(), of.exam, code, std::move(file), call.site.now());
  return list_files_by_api(call);
}

Response remove_file_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  read_json(call);
  services::remove_venue_file(of.offers, files_of(call), call.actor(), of.exam, VenueCode(call.path.at("venue_code")),
                              call.path.at("file"), call.site.now());
  return list_files_by_api(call);
}

Response remove_offer_file(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueCode code(call.path.at("venue_code"));
  services::remove_venue_file(of.offers, files_of(call), call.actor(), of.exam, code, call.path.at("file"), call.site.now());
  return redirect(fmt::format("{}/{}", address_of_offers(call, of.exam), encode_percent(code.text())));
}

}  // namespace hanjari::web

#include "venues/pages/offer_files.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_files.h"
#include "intake/pages/files/attachment_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

constexpr std::int64_t bytes_of_kb = 1000;

services::VenueFileRepository& files_of(const Call& call) {
  if (call.site.venue_files() != nullptr) return *call.site.venue_files();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
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
    const auto type = document_type_of(part->content);
    if (!type) {
      throw InvalidInput("document_kind", {"Send a PDF, JPEG or PNG file.", "PDF, JPEG, PNG 파일만 올릴 수 있습니다."});
    }
    file.media_type = *type;
    file.name = shown_name(part->file_name.value_or(""));
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
  response.type = file.media_type;
  response.body = std::move(file.bytes);
  response.set_header("Content-Disposition", fmt::format("attachment; filename*=UTF-8''{}", encode_percent(file.name)));
  return response;
}

Response remove_offer_file(const Call& call) {
  const OffersCall of = offers_of(call);
  const VenueCode code(call.path.at("venue_code"));
  services::remove_venue_file(of.offers, files_of(call), call.actor(), of.exam, code, call.path.at("file"), call.site.now());
  return redirect(fmt::format("{}/{}", address_of_offers(call, of.exam), encode_percent(code.text())));
}

}  // namespace hanjari::web

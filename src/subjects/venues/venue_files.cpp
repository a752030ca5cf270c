#include "hanjari/venues/venue_files.h"

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

[[noreturn]] void throw_no_such_file() {
  throw NotFound("no_such_file", {"There is no such file.", "해당 파일이 없습니다."});
}

VenueFile take_file_of(const VenueOffer& offer, VenueFileRepository& files, AccessRecord& accesses, const Actor& actor,
                       const std::string& id, Instant now) {
  auto file = files.find_file(offer.id, id);
  if (!file) throw_no_such_file();
  AuditNote note{"venue_file.read", fmt::format("{}/{}", offer.exam.text(), offer.code.text()), id};
  note.exam = offer.exam.text();
  accesses.record_access(change_of(actor, "", now), note);
  return std::move(*file);
}

}  // namespace

void attach_file(VenueOfferRepository& offers, VenueFileRepository& files, const Actor& actor, const ExamCode& exam,
                 const VenueCode& code, VenueFile file, Instant now) {
  const VenueOffer offer = open_offer(offers, actor, exam, code);
  if (file.bytes.empty()) {
    throw InvalidInput("file_missing", {"Choose a PDF, JPEG or PNG file.", "PDF, JPEG, PNG 파일을 고르십시오."});
  }
  if (file.bytes.size() > longest_venue_file) {
    throw InvalidInput("file_too_large", {"A file has at most 5 MB.", "파일은 하나에 5MB까지 올릴 수 있습니다."});
  }
  file.id = draw_token();
  file.offer = offer.id;
  file.exam = exam;
  file.size = static_cast<std::int64_t>(file.bytes.size());
  file.author = actor.account;
  file.at = now;
  files.add_file(file, change_of(actor, "", now));
}

VenueFile take_venue_file(VenueOfferRepository& offers, VenueFileRepository& files, AccessRecord& accesses,
                          const Actor& actor, const ExamCode& exam, const VenueCode& code, const std::string& id,
                          Instant now) {
  return take_file_of(open_offer(offers, actor, exam, code), files, accesses, actor, id, now);
}

VenueFile take_file_of_the_day(VenueOfferRepository& offers, VenueFileRepository& files, AccessRecord& accesses, const Actor& actor,
                               const ExamCode& exam, const VenueCode& code, const std::string& id, Instant now) {
  const auto offer = offers.find_offer(exam, code);
  if (!offer) throw_no_such_file();
  return take_file_of(*offer, files, accesses, actor, id, now);
}

void remove_venue_file(VenueOfferRepository& offers, VenueFileRepository& files, const Actor& actor,
                       const ExamCode& exam, const VenueCode& code, const std::string& id, Instant now) {
  files.remove_file(open_offer(offers, actor, exam, code).id, id, change_of(actor, "", now));
}

}  // namespace hanjari::services

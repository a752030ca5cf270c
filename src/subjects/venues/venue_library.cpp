#include "hanjari/venues/venue_library.h"

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/legible.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

LibrarySchool find_own_school(VenueLibraryRepository& library, const Actor& actor, const DistrictCode& named,
                              const VenueCode& code) {
  if (code.empty()) {
    throw InvalidInput("school_missing", {"Choose a school of the library.", "보관된 학교를 고르십시오."});
  }
  DistrictCode district = named;
  if (!is_of_city(actor)) {
    if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
    district = *actor.district;
  }
  auto school = library.find_school(district, code);
  if (school) return std::move(*school);
  if (!is_of_city(actor)) throw_not_your_district();
  throw NotFound("no_such_school", {"The library has no such school.", "보관된 학교가 아닙니다."});
}

}  // namespace

std::vector<LibrarySchool> list_own_schools(VenueLibraryRepository& library, const Actor& actor) {
  if (is_of_city(actor)) return library.list_schools(std::nullopt);
  if (actor.role != Role::district_coordinator || !actor.district) throw_not_your_district();
  return library.list_schools(actor.district);
}

LibrarySchool keep_in_library(VenueOfferRepository& offers, VenueLibraryRepository& library, const Actor& actor,
                              const ExamCode& exam, const VenueCode& code, Instant now) {
  const VenueOffer offer = open_offer(offers, actor, exam, code);
  const auto before = library.find_school(offer.district, offer.code);
  LibrarySchool school;
  school.district = offer.district;
  school.code = offer.code;
  school.name = offer.name;
  school.address = offer.address;
  school.at = offer.at;
  school.kind = offer.kind;
  school.phone = offer.phone;
  school.access_note = offer.access_note;
  school.note = offer.note;
  school.contact = offer.contact;
  school.rooms = offer.rooms;
  school.from = exam;
  school.version = (before ? before->version : 0) + 1;
  school.author = actor.account;
  school.changed_at = now;
  library.save_school(school, change_of(actor, "", now));
  return school;
}

VenueOffer offer_from_library(VenueOfferRepository& offers, VenueLibraryRepository& library, const Actor& actor,
                              const ExamCode& exam, const DistrictCode& district, const VenueCode& code, Instant now) {
  const LibrarySchool school = find_own_school(library, actor, district, code);
  VenueOffer offer;
  offer.exam = exam;
  offer.district = school.district;
  offer.code = school.code;
  offer.name = school.name;
  offer.address = school.address;
  offer.at = school.at;
  offer.kind = school.kind;
  offer.phone = school.phone;
  offer.access_note = school.access_note;
  offer.note = school.note;
  offer.contact = school.contact;
  offer.rooms = school.rooms;
  return save_known_offer(offers, actor, std::move(offer), now);
}

int bring_files(VenueOfferRepository& offers, VenueLibraryRepository& library, VenueFileRepository& files, const Actor& actor,
                const VenueOffer& made, Instant now) {
  const auto school = library.find_school(made.district, made.code);
  if (!school) return 0;
  // The school is offered by now: what cannot be read any more of the exam before keeps nobody from going on with it.
  std::string source;
  std::vector<VenueFile> list;
  read_legibly([&] {
    const auto offer = offers.find_own_offer(school->from, made.code, made.district);
    if (!offer || offer->id == made.id) return;
    source = offer->id;
    list = files.list_files(source);
  });
  int brought = 0;
  // One after the other: each may have megabytes.
  for (const VenueFile& listed : list) {
    std::optional<VenueFile> file;
    read_legibly([&] { file = files.find_file(source, listed.id); });
    if (!file) continue;  // taken away meanwhile, or damaged
    file->id = draw_token();
    file->offer = made.id;
    file->exam = made.exam;
    file->author = actor.account;
    file->at = now;
    files.add_file(*file, change_of(actor, "", now));
    ++brought;
  }
  return brought;
}

void remove_from_library(VenueLibraryRepository& library, const Actor& actor, const DistrictCode& district,
                         const VenueCode& code, Instant now) {
  const LibrarySchool school = find_own_school(library, actor, district, code);
  library.remove_school(school.district, school.code, change_of(actor, "", now));
}

}  // namespace hanjari::services

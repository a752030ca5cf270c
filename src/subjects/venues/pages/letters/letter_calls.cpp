#include "venues/pages/letters/letter_calls.h"

#include "hanjari/base/error.h"
#include "intake/pages/files/attachment_view.h"

namespace hanjari::web {

services::VenueLetterRepository& letters_of(const Call& call) {
  if (call.site.venue_letters() != nullptr) return *call.site.venue_letters();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
}

std::int64_t count_unread_letters(const Call& call, const ExamCode& exam) {
  std::int64_t sum = 0;
  if (call.site.venue_letters() == nullptr) return sum;
  for (const auto& [where, count] : services::count_own_unread(*call.site.venue_letters(), call.actor(), exam)) sum += count;
  return sum;
}

services::LetterGround letter_ground_of(const Call& call, const OffersCall& of) {
  return {of.offers, &call.site.plans()};
}

bool chooses_exchange(const Call& call, const Values& named) {
  return call.actor().role != services::Role::exam_officer || !field_of(named, "district").empty() ||
         !field_of(named, "venue").empty();
}

services::Exchange exchange_of(const Call& call, const OffersCall& of, const Values& named) {
  if (!chooses_exchange(call, named)) {
    throw InvalidInput("district_missing", {"Choose the district or the venue that this is about.",
                                            "어느 자치구 또는 시험장에 관한 글인지 고르십시오."});
  }
  return services::choose_exchange(letter_ground_of(call, of), call.actor(), of.exam, DistrictCode(field_of(named, "district")),
                                   VenueCode(field_of(named, "venue")));
}

std::vector<services::LetterFile> files_of_letter(const Call& call) {
  std::vector<services::LetterFile> files;
  for (const FormPart& part : call.files) {
    // A field in which no file was chosen comes without bytes and without a name.
    if (part.name != "attachment" || (part.content.empty() && part.file_name.value_or("").empty())) continue;
    services::LetterFile file;
    file.name = shown_name(part.file_name.value_or(""));
    file.bytes = std::string(part.content);
    if (!file.bytes.empty()) {
      const auto type = document_type_of(part.content);
      if (!type) {
        throw InvalidInput("document_kind", {"Send a PDF, JPEG or PNG file.", "PDF, JPEG, PNG 파일만 올릴 수 있습니다."});
      }
      file.media_type = *type;
    }
    files.push_back(std::move(file));
  }
  return files;
}

void confirm_instruction(const Call& call, std::int64_t number) {
  if (number < 1) {
    throw InvalidInput("bad_request", {"Name the number of the instruction: a whole number from 1.",
                                       "지침의 번호를 1 이상의 정수로 적으십시오."});
  }
  const OffersCall of = asked_of(call);
  services::confirm_reading(letter_ground_of(call, of), letters_of(call), call.actor(), of.exam, number, call.site.now());
}

}  // namespace hanjari::web

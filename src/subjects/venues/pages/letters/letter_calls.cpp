#include "venues/pages/letters/letter_calls.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/proof/signed_note.h"
#include "intake/pages/files/attachment_view.h"
#include "site/pages/json_call.h"

namespace hanjari::web {
namespace {

// By its first bytes, whatever it is called. An empty one is refused with the letter.
void judge_type(services::LetterFile& file) {
  if (file.bytes.empty()) return;
  const auto type = document_type_of(file.bytes);
  if (!type) throw InvalidInput("document_kind", {"Send a PDF, JPEG or PNG file.", "PDF, JPEG, PNG 파일만 올릴 수 있습니다."});
  file.media_type = *type;
}

[[noreturn]] void throw_no_files() {
  throw InvalidInput("bad_request", {"'files' is a list of objects with 'name' and 'content', the bytes of the file in base 64.",
                                     "'files' 값은 'name'과 'content'(base64로 쓴 파일 내용)가 있는 객체의 목록이어야 합니다."});
}

}  // namespace

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
  return services::choose_exchange(letter_ground_of(call, of), call.actor(), of.exam, district_in(field_of(named, "district")),
                                   VenueCode(clean_signs(field_of(named, "venue"))));
}

std::vector<services::LetterFile> files_of_letter(const Call& call) {
  std::vector<services::LetterFile> files;
  for (const FormPart& part : call.files) {
    // A field in which no file was chosen comes without bytes and without a name.
    if (part.name != "attachment" || (part.content.empty() && part.file_name.value_or("").empty())) continue;
    services::LetterFile file;
    file.bytes = std::string(part.content);
    judge_type(file);
    file.name = shown_name(part.file_name.value_or(""), file.media_type);
    files.push_back(std::move(file));
  }
  return files;
}

std::vector<services::LetterFile> files_in_body(const nlohmann::json& body) {
  std::vector<services::LetterFile> files;
  const auto sent = body.find("files");
  if (sent == body.end()) return files;
  if (!sent->is_array()) throw_no_files();
  // Each is opened before it is counted with the others: of more than a letter bears none is.
  if (sent->size() > services::most_letter_files) {
    throw InvalidInput("too_many_files", {fmt::format("A letter has at most {} files.", services::most_letter_files),
                                          fmt::format("글 하나에 파일은 {}개까지 붙일 수 있습니다.", services::most_letter_files)});
  }
  for (const nlohmann::json& one : *sent) {
    if (!one.is_object()) throw_no_files();
    require_known_members(one, {"name", "content"});
    auto bytes = proof::decode_base64(text_in(one, "content"));
    if (!bytes) throw_no_files();
    services::LetterFile file;
    file.bytes = std::move(*bytes);
    judge_type(file);
    file.name = shown_name(text_in(one, "name"), file.media_type);
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

// What the page and the API of letters share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/venues/venue_letters.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {

// Throws NotFound (no_venue_requests) where this program keeps no letters.
services::VenueLetterRepository& letters_of(const Call& call);
// Letters of an exam that the account has not read; 0 where this program keeps none.
std::int64_t count_unread_letters(const Call& call, const ExamCode& exam);
services::LetterGround letter_ground_of(const Call& call, const OffersCall& of);
// Of the names "district" and "venue". Whether one is chosen: the city may look at none.
bool chooses_exchange(const Call& call, const Values& named);
// Throws InvalidInput (district_missing) when the city names none, and as services::choose_exchange.
services::Exchange exchange_of(const Call& call, const OffersCall& of, const Values& named);
// What came with the form in the field "attachment". Throws InvalidInput (document_kind).
std::vector<services::LetterFile> files_of_letter(const Call& call);
// "files" of a JSON body: objects with "name" and "content", the bytes in base 64. Throws InvalidInput (document_kind, bad_request,
// too_many_files).
std::vector<services::LetterFile> files_in_body(const nlohmann::json& body);
// Throws InvalidInput (bad_request) for what is no number of an instruction.
void confirm_instruction(const Call& call, std::int64_t number);

}  // namespace hanjari::web

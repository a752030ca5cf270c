// The keyed columns of applications: made here and nowhere else, whoever writes or looks for a row.
#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "hanjari/domain/application.h"
#include "hanjari/intake/application_table.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// Hashes of 16 bytes, each keyed with the look-up key and bound to the exam: the same name has another hash in another
// exam.
struct ApplicationKeys {
  std::string district;
  std::string name;
  std::string person;  // name and birth date
  bool photo = false;
  services::AccommodationStage accommodation = services::AccommodationStage::none;
};

std::string district_key(const FieldCipher& cipher, const ExamCode& exam, const DistrictCode& district);
// Blanks and the case of Latin letters make no other name.
std::string name_key(const FieldCipher& cipher, const ExamCode& exam, const std::string& name);
ApplicationKeys keys_of(const FieldCipher& cipher, const ExamCode& exam, const ApplicationForm& form,
                        const DistrictCode& district, const std::vector<AccommodationDecision>& decisions);

// Marks the standing applications of these persons (hashes) wherever there are several; in the transaction that wrote
// one of them. Reads without locks, as claims are looked for: two that come at the same moment are found by the job that
// counts anew.
void mark_twins_of(Connection& connection, const ExamCode& exam, std::vector<std::string> persons);

// Takes the mark off an application that has just ended, and off the one that alone is left of its person.
void unmark_ended_twin(Connection& connection, const ApplicationId& ended);

}  // namespace hanjari::storage

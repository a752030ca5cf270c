// The sealed columns of applying, named in one place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/domain/application.h"
#include "hanjari/intake/self_reports.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// Where a value of an exam's people stands, so that it dies with the exam's key.
FieldPlace exam_place(const ExamCode& exam, std::string_view row, std::string_view column);

std::string seal_form(const FieldCipher& cipher, const ExamCode& exam, const std::string& row, std::string_view column,
                      const ApplicationForm& form);
ApplicationForm open_form(const FieldCipher& cipher, const ExamCode& exam, const std::string& row, std::string_view column,
                          const std::string& sealed);
constexpr std::string_view draft_form_column = "application_drafts.form";
constexpr std::string_view application_form_column = "applications.form";

std::string seal_decisions(const FieldCipher& cipher, const Application& application);
std::vector<AccommodationDecision> open_decisions(const FieldCipher& cipher, const ExamCode& exam, const std::string& row,
                                                  const std::string& sealed);

std::string seal_health(const FieldCipher& cipher, const services::SelfReport& report);
void open_health(const FieldCipher& cipher, const std::string& sealed, services::SelfReport& report);
std::string seal_reason(const FieldCipher& cipher, const services::SelfReport& report);
std::string open_reason(const FieldCipher& cipher, const services::SelfReport& report, const std::string& sealed);

// 32 hex digits to the 16 bytes of a column; throws InvalidInput (bad_form) for anything else.
std::string claim_bytes(const std::string& identity_hash);

}  // namespace hanjari::storage

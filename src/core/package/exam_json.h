// exam.json and policy.json.
#pragma once

#include <string>

#include "hanjari/domain/exam.h"
#include "package/json_reader.h"

namespace hanjari::package {

// Absent keys get the contract's defaults; faults go to the file.
ExamHeader read_header(JsonFile& file);
// The same keys of an object that holds more than them.
ExamHeader read_header_of(JsonObject& root);
Policy read_policy(JsonFile& file);

// Every key, sorted, two blanks of indentation, one line feed at the end: the canonical text of the digest.
std::string write_header(const ExamHeader& header);
std::string write_policy(const Policy& policy);

}  // namespace hanjari::package

// The bytes behind a CsvReader, which its header leaves out.
#pragma once

#include "hanjari/package/csv.h"
#include "package/csv/csv_input.h"

namespace hanjari::package {

struct CsvReader::Input : CsvInput {
  using CsvInput::CsvInput;
};

}  // namespace hanjari::package

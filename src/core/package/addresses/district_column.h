// Districts as tables name them: by code, or by name in Korean or English.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "hanjari/domain/words.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {

// The column of one table. Offices give accounts and requests to districts by their codes, so a name is read as the code
// that it stands for, with a warning; of a name that several districts have nothing is guessed.
class DistrictColumn {
 public:
  DistrictColumn(CsvReader& reader, std::size_t column) : reader_(reader), column_(column) {}
  // Of the row that the reader is at, whose value is not empty: without the .0 that a spreadsheet puts behind a code. A fault
  // for what is no code.
  std::optional<std::string> read();
  // The same as a word that many rows share; the empty one for an empty value.
  WordIndex read_word(Words& words);
  // What was read last, as it stands there, where it is the name of a district; null for a code. Valid as long as the column.
  const std::string* name() const { return name_; }

 private:
  struct Name {
    std::string code;  // of the one district that is meant; empty where none is certain
    Text what;         // to be told of the row; empty where nothing is
    Text fix;
  };
  using Names = std::unordered_map<std::string, Name>;
  const Names::value_type& look_up(std::string_view typed);

  CsvReader& reader_;
  std::size_t column_;
  Names names_;  // of values that are not digits alone
  const std::string* name_ = nullptr;
};

}  // namespace hanjari::package

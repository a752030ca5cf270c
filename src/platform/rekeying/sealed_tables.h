// Where sealed values stand, for who seals them anew. A test holds the list to the schema.
#pragma once

#include <string>
#include <vector>

namespace hanjari::storage {

struct SealedColumn {
  std::string column;  // of the table
  std::string name;    // to which the value is bound (FieldPlace::column)
};

enum class KeyKind { numbers, texts };

struct SealedTable {
  std::string table;
  std::string from;  // with joins; the table is t
  KeyKind kind = KeyKind::texts;
  std::vector<std::string> keys;  // one or two columns of the primary key
  std::string exam;               // SQL: code of the exam, or ''
  std::string population;         // SQL: FieldPlace::population
  std::string row;                // SQL: FieldPlace::row
  std::vector<SealedColumn> columns;
  int rows_at_once = 500;
};

const std::vector<SealedTable>& sealed_tables();

}  // namespace hanjari::storage

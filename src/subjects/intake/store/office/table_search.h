// Searching the table of applications: every page is led by one index that stands in the table's order, or by one that
// finds few, so that it reads about as much as it shows however many applications there are.
#pragma once

#include "database/connection.h"
#include "hanjari/intake/application_table.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

services::TablePage search_table(Connection& connection, const FieldCipher& cipher, const services::TableWish& wish);
services::TableCount count_table(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                                 const services::TableFilter& filter);

}  // namespace hanjari::storage

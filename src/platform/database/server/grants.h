// What the program's account may do in the database. It works with every table but may only add to the audit trail and
// read it: not change, delete or empty it, and not change any table's shape. Those are for the owner of the schema,
// whom only upgrades, backups and restores use.
#pragma once

#include <string>

#include "database/connection.h"

namespace hanjari::storage {

// The account that a private server's program works with.
constexpr const char* program_account = "hanjari_program";

// Gives an account its rights on every table of the schema, by the owner's connection. The account may be there
// already. `account`: 'name'@'host' as SQL writes it; `password`: hexadecimal digits, empty for an account that is
// there.
void grant_program_rights(Connection& owner, const std::string& account, const std::string& password);

// Whether some table of the schema is not among the account's rights yet.
bool lacks_rights(Connection& owner, const std::string& account);

// Whether the account of this connection can neither change nor delete entries of the audit trail nor give itself the
// right to: by rights on everything, on the schema (its name may be a pattern), on the tables or on their columns, of its
// own, of everybody's (PUBLIC) or of any role that it may take on; and whether it can act as no other account (PROXY).
// And whether no foreign key of the trail's own tables deletes or changes entries when another row goes. Triggers are shown to
// the owner of the schema alone: with a connection of `owner`, which may be null, one that stands on a table to which the
// account may write counts too, because it does what whoever made it may do.
// Takes on the account's roles one after the other: the connection is not to be used for anything else afterwards.
bool audit_is_protected(Connection& connection, Connection* owner);

// Throws Unavailable (audit_unprotected) when a table of the schema has a trigger: the program makes none, and whoever serves
// without the owner's account sees none.
void refuse_triggers(Connection& owner);

}  // namespace hanjari::storage

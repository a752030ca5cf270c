// The rooms of an offered venue as a workbook: taken, sent, and sent back with its wrong cells marked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hanjari/site/routes.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::web {

// The file when one was chosen, else what was pasted. The wrong cells of a workbook are added to `bad`.
std::vector<Room> rooms_of_form(const Call& call, package::BadCells& bad);

// How the sender calls what rooms_of_form reads, also rows that were pasted.
std::string name_of_sent_rooms(const Call& call);

// An address that holds the workbook of the form with its wrong cells marked; empty where no cell is wrong, and of a file so large
// that browsers do not take it from an address.
std::string address_of_marked(const Call& call, const package::BadCells& bad);

Response download_room_workbook(const Call& call);
// The workbook as the body, the version that is changed in the query. A workbook with wrong cells comes back marked where the query
// says marked=yes.
Response send_rooms_by_api(const Call& call);

}  // namespace hanjari::web

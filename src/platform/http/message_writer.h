// Answers as the bytes of an HTTP/1.1 message.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/http/http.h"

namespace hanjari::web {

// What the connection is told besides the answer itself.
enum class After { keep, keep_and_say_so, close };

// The status line and the fields that do not depend on the moment. Throws std::logic_error for a line break in a field.
std::string write_lasting_head(const Response& response);
// Date, request id, what becomes of the connection, and the empty line.
void append_moment(std::string& message, std::string_view request_id, After after);

// Whether an answer of this status has a body.
bool has_body(int status);

// The whole head of an answer.
std::string write_head(const Response& response, std::string_view request_id, After after);

}  // namespace hanjari::web

// Files that somebody sent, as others are given them: under which name, and never as a page of ours.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/http/http.h"

namespace hanjari::web {

// The name as it may be shown and kept: the last part of a path, clean as all typed text, at most 100 bytes; "document" where
// nothing is left. It ends as files of `media_type` do, which was judged by the bytes, because whoever opens a file goes by its
// ending.
std::string shown_name(std::string_view file_name, std::string_view media_type = {});

// Has the answer taken as a file of that name, without what a file system takes for more than a name. What was kept under
// another name, by an earlier version, is named anew.
void send_as_file(Response& response, const std::string& media_type, std::string_view name);

}  // namespace hanjari::web

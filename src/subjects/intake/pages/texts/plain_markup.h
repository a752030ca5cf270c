// Texts that officers write, as HTML in which nothing of theirs is markup of ours.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::web {

// Line by line: "# " and "## " begin headings of the second and third rank, "- " an item of a list, "? " a question whose
// answer is what follows up to the next question or heading. Other lines are paragraphs, one each time an empty line
// stands between. Everything else is text and comes out as it was typed.
std::string draw_plain_markup(std::string_view text);

}  // namespace hanjari::web

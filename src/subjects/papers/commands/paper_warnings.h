// What a run of papers tells people before and after it.
#pragma once

#include "hanjari/cli/command.h"
#include "papers/commands/paper_press.h"
#include "papers/commands/photo_folder.h"

namespace hanjari::cli {

// Before printing: units without a start or a time to be seated by, of which papers will say no time; schools of
// ways.json that the exam does not have, and schools without a way.
void say_what_is_unsaid(const PlannedExam& planned, const PressOrder& order, const Terminal& terminal);

// Whether any file of the order has places for photos.
bool shows_photos(const PressOrder& order);

// Before printing: how many people will have a frame, because the photo that the package names does not lie there or is none.
void say_lost_photos(const PlannedExam& planned, const PressOrder& order, const PhotoFolder& photos, const Terminal& terminal);

// After it: whose names hold characters that no font has, and what to install.
void say_missing(const PressResult& result, const Terminal& terminal);

}  // namespace hanjari::cli

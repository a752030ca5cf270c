// What a pin can ask for.
#pragma once

#include "hanjari/base/fault.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/domain/plan_rows.h"

namespace hanjari {

// A pin keeps what a published plan has; it moves nobody. So a person's pin that names a place is a fault unless the
// published plan has the person there, and always where there is no published plan (null).
Faults find_misplaced_pins(const Exam& exam, const PlanRows* published);

// The pins as an officer knows them: the file or the sheet that was sent or, of a stored exam, its table. To stand in a sentence.
Text name_of_pins(const Exam& exam);
// What to do about a pin, with the page and the call that change the pins where the exam is a stored one.
Text mend_pins(const Exam& exam, Text how);

}  // namespace hanjari

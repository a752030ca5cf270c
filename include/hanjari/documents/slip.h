// The admission slip (응시표): what one applicant brings to the exam.
#pragma once

#include <string>

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// One A4 page, and more where the templates say more (a long way to the school) than stands on it in letters that can
// be read. Throws NotFound (applicant_not_seated) when the plan has no placement of the applicant.
Paper render_slip_pdf(const PlannedExam& planned, ApplicantIndex applicant, const PaperContext& context);

// The slips of everybody at a venue in one file, by room and seat.
Paper render_slips_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

// What the slip says about the place, shortened: the first 12 hex digits of the SHA-256 of exam code, applicant number,
// exam date, venue code, room_no and seat_no, each ended by a line feed. The check page compares it with the live
// plan's to tell whether a slip is still right. Holds nothing about the person but the number.
std::string slip_mark(const Exam& exam, const Placement& placement);

// What the QR code says: CHECK_URL?exam=CODE&number=NUMBER&mark=MARK, values percent-encoded.
std::string slip_check_address(const std::string& check_url, const Exam& exam, const Placement& placement);

}  // namespace hanjari::documents

// The first page of the office with what waits, the path of an exam, and the search.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/desk/exam_thread.h"
#include "hanjari/desk/waiting.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// Officers see every exam with its state, what comes next and what waits; coordinators exams with a live plan or asked
// venues and what waits in their district; where there is one live exam only and nothing waits, its venues at once.
Response show_office_home(const Call& call);
// To the page where venues are asked for, of an exam that is not stored yet.
Response open_venue_request(const Call& call);
Response show_exam_thread(const Call& call);
Response show_desk_search(const Call& call);
Response search_shown(const Call& call);
Response show_failed_messages(const Call& call);
// Of the notice of this exam: which days are ready, whose schools they get, and the order.
Response show_freezing(const Call& call);
Response order_shown_freezing(const Call& call);

// The same as JSON.
Response describe_exam_thread(const Call& call);
Response list_waiting_work(const Call& call);
Response search_by_api(const Call& call);
Response describe_freezing(const Call& call);
Response order_freezing_by_api(const Call& call);

// What these pages share.
// What is known of an exam at this moment. Throws NotFound (unknown_exam).
services::ThreadFacts gather_facts(const Call& call, const ExamCode& code);
// When a stage is due or was: a moment, of the exam's day the day. Empty where nothing is known.
std::string write_when(const Call& call, const services::ThreadStage& stage, const services::ThreadFacts& facts);
// Where what is to be done in a stage is done; empty where no page does it.
std::string address_of_stage(const Call& call, const ExamCode& exam, services::Stage stage, bool has_notice);
// Everything that waits, with the deadlines that the notices and exams say; for a coordinator what waits in the own district.
// Empty where nobody counts it.
std::vector<services::WaitingWork> gather_waiting(const Call& call);
// Rows for the template, the nearest deadline first.
nlohmann::json describe_waiting(const Call& call);

}  // namespace hanjari::web

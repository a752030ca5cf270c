// The pages of an exam's set-up: what is missing, the forms and versions with their differences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/intake/notice_setup.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// A notice from nothing: its name, its first calendar and its first unit; everything else has its form.
Response show_new_notice(const Call& call);
Response create_shown_notice(const Call& call);
Response show_setup(const Call& call);
Response take_setup_step(const Call& call);
Response copy_shown_notice(const Call& call);
Response declare_shown_relative(const Call& call);
Response show_setup_form(const Call& call);
Response save_setup_form(const Call& call);
Response show_setup_versions(const Call& call);
// The notice as applicants will see it, whatever its state.
Response preview_notice(const Call& call);

// What these pages share.
services::NoticeSetup& setup_of(const Call& call);
ExamCode notice_code(const Call& call);
// "/en/recruitments/CODE" and what stands below it.
std::string setup_address(const Call& call, const std::string& below);
// A step of a notice: announce, withdraw, propose, confirm, confirm_dates, second_on, second_off. `version`: of the
// notice that was seen. Throws InvalidInput (bad_step) for another word, and what the use case throws.
void take_notice_step(const Call& call, const std::string& step, std::int64_t version, std::int64_t concerned,
                      const std::string& reason);
// What becomes of the own proposal that waits: grows, gives_way; it stays for any other word.
services::NoticeSaving::Pending pending_wish_of(const std::string& word);
// Places with their values before and after, in words; `time_zone`: of moments. At most so many.
nlohmann::json describe_differences(const Call& call, const std::vector<services::FieldDifference>& differences,
                                    const std::string& time_zone, std::size_t most);
// What a version changes for people who have applied, with the number that its tick says; nothing where it concerns nobody.
nlohmann::json describe_effects(const Call& call, const services::NoticeEffects& effects);
// A whole number, -1 for anything else.
std::int64_t number_typed(const std::string& text);
// By how many weeks a copy moves. Throws InvalidInput (bad_weeks).
int read_weeks(std::int64_t weeks);

}  // namespace hanjari::web

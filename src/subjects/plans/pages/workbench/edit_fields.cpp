#include "plans/pages/workbench/edit_fields.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"

namespace hanjari::web {
namespace {

using services::EditKind;
using services::EditWish;

[[noreturn]] void refuse_field(const char* name) {
  throw InvalidInput("bad_request", {fmt::format("'{}' is a whole number from 0.", name),
                                     in_korean("'{}'[은/는] 0 이상의 정수입니다.", name)});
}

std::int64_t number_of(const std::string& typed, const char* name) {
  if (clean_signs(typed).empty()) return 0;
  const auto number = parse_typed_integer(typed, name);
  constexpr std::int64_t most = 1'000'000'000'000;  // as count_in takes
  if (!number || *number < 0 || *number > most) refuse_field(name);
  return *number;
}

EditKind kind_of_word(const std::string& word) {
  const auto kind = parse_meant(word, services::parse_edit_kind);
  if (kind) return *kind;
  throw InvalidInput("bad_request",
                     {"'kind' is person, swap_people, room, swap_rooms, unit, close_venue, lock or unlock.",
                      "'kind'는 person, swap_people, room, swap_rooms, unit, close_venue, lock, unlock 가운데 "
                      "하나입니다."});
}

// The same fields by whatever road.
template <class Text, class Number>
EditWish wish_of(Text text, Number number) {
  EditWish wish;
  wish.kind = kind_of_word(text("kind"));
  wish.number = ApplicantNumber(clean_signs(text("number")));
  wish.other_number = ApplicantNumber(clean_signs(text("other_number")));
  wish.venue = VenueCode(clean_line(text("venue")));
  wish.room_no = number("room_no");
  wish.unit = UnitCode(clean_line(text("unit")));
  wish.to_venue = VenueCode(clean_line(text("to_venue")));
  wish.to_room_no = number("to_room_no");
  wish.seat_no = number("seat_no");
  return wish;
}

}  // namespace

OpenEdits edits_of_path(const Call& call) {
  Bench bench = bench_of(call);
  services::EditSession session = services::find_edits(bench.workbench, bench.code, call.path.at("session"));
  return {std::move(bench), std::move(session)};
}

services::EditWish wish_of_form(const Values& form) {
  return wish_of([&](const char* name) { return field_of(form, name); },
                 [&](const char* name) { return number_of(field_of(form, name), name); });
}

services::EditWish wish_of_json(const nlohmann::json& body) {
  return wish_of([&](const char* name) { return text_in(body, name); },
                 [&](const char* name) { return count_in(body, name).value_or(0); });
}

services::EditTurn turn_of_word(const std::string& word) {
  if (word == "undo") return services::EditTurn::undo;
  if (word == "redo") return services::EditTurn::redo;
  throw InvalidInput("bad_request", {"'turn' is undo or redo.", "'turn'은 undo 또는 redo입니다."});
}

std::int64_t version_of_form(const Values& form) {
  return number_of(field_of(form, "version"), "version");
}

namespace {

void add_people(const services::EditContent& content, std::set<std::string>& people) {
  constexpr std::string_view person = "person ";
  for (const HandMove& move : content.moves) people.insert(move.applicant.text());
  if (content.locked.starts_with(person)) people.insert(content.locked.substr(person.size()));
}

// Whether the id stands in the text by itself, and not as a part of another one.
bool stands_in(const std::string& text, const std::string& id) {
  const auto is_of_id = [](char sign) {
    return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '-' || sign == '_';
  };
  for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id, at + 1)) {
    const std::size_t end = at + id.size();
    if ((at == 0 || !is_of_id(text[at - 1])) && (end == text.size() || !is_of_id(text[end]))) return true;
  }
  return false;
}

void record_people(const Call& call, const services::EditSession& session, const std::set<std::string>& people) {
  if (people.empty()) return;
  services::AuditNote note{"plan.open_edits", session.exam.text(), "session " + session.id};
  note.exam = session.exam.text();
  note.whose.assign(people.begin(), people.end());
  call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
}

}  // namespace

std::map<std::string, std::string> people_named(const Exam& exam, const services::EditAnswer& answer) {
  std::map<std::string, std::string> named;
  if (answer.broken.empty()) return named;
  std::string told;
  for (const verification::Violation& broken : answer.broken) told += broken.subject + "\n" + broken.message.en + "\n";
  std::set<std::string> moved;
  for (const HandMove& move : answer.content.moves) moved.insert(move.applicant.text());
  std::set<RoomIndex> rooms;
  for (const Placement& placed : answer.plan.placements) {
    if (moved.contains(exam[placed.applicant].id.text())) rooms.insert(placed.room);
  }
  for (const Placement& placed : answer.plan.placements) {
    const std::string& id = exam[placed.applicant].id.text();
    if (!rooms.contains(placed.room) || !stands_in(told, id)) continue;
    const bool is_new = std::find(answer.seated.begin(), answer.seated.end(), placed.applicant) != answer.seated.end();
    named[id] = is_new ? id : placed.number.text();
  }
  return named;
}

void record_edits_shown(const Call& call, const services::EditedPlan& edited, const services::EditAnswer* answer,
                        const std::vector<ApplicantIndex>& listed) {
  std::set<std::string> people;
  for (const ApplicantIndex person : listed) people.insert(edited.base->planned.exam[person].id.text());
  for (const services::EditContent& content : edited.contents) add_people(content, people);
  if (answer != nullptr) {
    add_people(answer->content, people);
    for (const auto& [id, number] : people_named(edited.base->planned.exam, *answer)) people.insert(id);
  }
  record_people(call, edited.session, people);
}

void record_answer_shown(const Call& call, const OpenEdits& open, const services::EditAnswer& answer) {
  std::set<std::string> people;
  add_people(answer.content, people);
  if (!answer.broken.empty()) {
    services::StoredPlan stored;
    stored.digest = open.session.plan_digest;
    stored.input_sha256 = open.session.input_sha256;
    const auto base = open.bench.workbench.copies.find(open.bench.exams, open.session.exam, stored);
    for (const auto& [id, number] : people_named(base->planned.exam, answer)) people.insert(id);
  }
  record_people(call, open.session, people);
}

services::JobRepository& jobs_of_edits(const Call& call) {
  if (call.site.jobs() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

}  // namespace hanjari::web

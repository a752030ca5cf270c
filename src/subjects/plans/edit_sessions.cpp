#include "hanjari/plans/edit_sessions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/history_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/edit.h"
#include "plans/edit_wishes.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t longest_edit_reason = 600;  // bytes
constexpr std::size_t most_held_named = 20;

struct KindWord {
  EditKind kind;
  std::string_view word;
  const char* en;
  const char* ko;
};
constexpr std::array<KindWord, 8> kind_words{{{EditKind::person, "person", "Move or seat a person", "응시자 이동·좌석 지정"},
                                              {EditKind::swap_people, "swap_people", "Swap two people", "응시자 맞바꾸기"},
                                              {EditKind::room, "room", "Move a room", "시험실 이동"},
                                              {EditKind::swap_rooms, "swap_rooms", "Swap two rooms", "시험실 맞바꾸기"},
                                              {EditKind::unit, "unit", "Move a unit", "모집단위 이동"},
                                              {EditKind::close_venue, "close_venue", "Close a venue", "시험장 비우기"},
                                              {EditKind::lock, "lock", "Lock", "고정"},
                                              {EditKind::unlock, "unlock", "Unlock", "고정 해제"}}};

// Of everybody the last word counts. People stand in the order in which they were first named: who was seated by an earlier
// edit keeps the number that the officer saw then.
std::vector<HandMove> join_moves(const std::vector<StoredEdit>& edits, const std::vector<EditContent>& contents) {
  std::map<ApplicantId, std::size_t> place_of;
  std::vector<HandMove> moves;
  for (std::size_t at = 0; at < edits.size(); ++at) {
    if (edits[at].state != EditState::done) continue;
    for (const HandMove& move : contents[at].moves) {
      const auto [place, is_new] = place_of.try_emplace(move.applicant, moves.size());
      if (is_new) {
        moves.push_back(move);
      } else {
        moves[place->second] = move;
      }
    }
  }
  return moves;
}

// Whoever was moved and came back to the seat of the stored plan is not moved.
void drop_returned(const PlannedExam& planned, std::vector<HandMove>& moves) {
  std::erase_if(moves, [&](const HandMove& move) {
    const Placement* placed = find_seat_of(planned.plan, planned.exam.find(move.applicant));
    return placed != nullptr && move.kind == HandMoveKind::move && move.venue == planned.exam[placed->venue].code &&
           move.room_no == planned.exam[placed->room].room_no && move.seat_no == placed->seat_no;
  });
}

// A venue that was closed is locked too: a later edit, or the closing of another venue, puts nobody into it before it is
// unlocked.
std::set<std::string> locked_by(const std::vector<StoredEdit>& edits, const std::vector<EditContent>& contents) {
  std::set<std::string> locked;
  for (std::size_t at = 0; at < edits.size(); ++at) {
    if (edits[at].state != EditState::done) continue;
    if (contents[at].kind == EditKind::lock) locked.insert(contents[at].locked);
    if (contents[at].kind == EditKind::close_venue) locked.insert(lock_of_venue(VenueCode(contents[at].subject)));
    if (contents[at].kind == EditKind::unlock) locked.erase(contents[at].locked);
  }
  return locked;
}

// Whom a move concerns and which rooms, of people who are moved in fact.
void refuse_locked(const EditedPlan& edited, const Plan& after, const std::vector<ApplicantIndex>& moved) {
  const Exam& exam = edited.base->planned.exam;
  std::set<std::string> held;  // in the words of officers
  const auto ask = [&](const std::string& lock, const std::string& name) {
    if (edited.locked.contains(lock)) held.insert(name);
  };
  for (const ApplicantIndex person : moved) {
    const Placement* seat = find_seat_of(edited.plan, person);
    ask(lock_of_person(exam[person].id), seat == nullptr ? exam[person].id.text() : seat->number.text());
    for (const Plan* plan : {&edited.plan, &after}) {
      const Placement* placed = find_seat_of(*plan, person);
      if (placed == nullptr) continue;
      const VenueCode& venue = exam[placed->venue].code;
      ask(lock_of_venue(venue), venue.text());
      ask(lock_of_room(venue, exam[placed->room].room_no), fmt::format("{}/{}", venue.text(), exam[placed->room].room_no));
    }
  }
  if (held.empty()) return;
  std::string list;
  std::size_t named = 0;
  for (const std::string& one : held) {
    if (++named > most_held_named) break;
    list += (list.empty() ? "" : ", ") + one;
  }
  if (held.size() > most_held_named) list += ", …";
  throw InvalidInput("locked", {fmt::format("This is locked: {}. Unlock it first.", list),
                                fmt::format("고정되어 있습니다: {}. 먼저 고정을 푸십시오.", list)});
}

void require_other_lock(const EditedPlan& edited, EditKind kind, const EditContent& content) {
  const bool locked = edited.locked.contains(content.locked);
  if (locked == (kind == EditKind::unlock)) return;
  if (locked) {
    throw InvalidInput("locked", {fmt::format("{} is locked already.", content.subject),
                                  in_korean("{}[은/는] 이미 고정되어 있습니다.", content.subject)});
  }
  throw InvalidInput("not_locked", {fmt::format("{} is not locked.", content.subject),
                                    in_korean("{}[은/는] 고정되어 있지 않습니다.", content.subject)});
}

Metres travel_of(const Plan& plan) {
  Metres sum = 0;
  for (const Placement& placed : plan.placements) sum += placed.travel_m;
  return sum;
}

bool is_same_seat(const Placement& one, const Placement& other) {
  return one.room == other.room && one.seat_no == other.seat_no;
}

// Who sits elsewhere afterwards, or had no seat before.
std::vector<ApplicantIndex> list_moved(const Plan& before, const Plan& after) {
  std::vector<ApplicantIndex> moved;
  for (const Placement& placed : after.placements) {
    const Placement* seat = find_seat_of(before, placed.applicant);
    if (seat == nullptr || !is_same_seat(*seat, placed)) moved.push_back(placed.applicant);
  }
  return moved;
}

// With the seat that everybody got, so that no later computation chooses again.
std::vector<HandMove> with_seats(const Exam& exam, const Plan& after, const std::vector<ApplicantIndex>& moved) {
  std::vector<HandMove> moves;
  for (const ApplicantIndex person : moved) {
    const Placement* placed = find_seat_of(after, person);
    if (placed == nullptr) continue;
    HandMove& move = moves.emplace_back();
    move.applicant = exam[person].id;
    move.venue = exam[placed->venue].code;
    move.room_no = exam[placed->room].room_no;
    move.seat_no = placed->seat_no;
  }
  return moves;
}

}  // namespace

std::string_view spell(EditKind kind) {
  for (const KindWord& word : kind_words) {
    if (word.kind == kind) return word.word;
  }
  return "person";
}

std::optional<EditKind> parse_edit_kind(std::string_view text) {
  for (const KindWord& word : kind_words) {
    if (word.word == text) return word.kind;
  }
  return std::nullopt;
}

Text name_of(EditKind kind) {
  for (const KindWord& word : kind_words) {
    if (word.kind == kind) return {word.en, word.ko};
  }
  return {};
}

std::string write_edit(const EditContent& content) {
  json written{{"kind", spell(content.kind)}, {"subject", content.subject}, {"to", content.to}, {"locked", content.locked}};
  if (!content.moves.empty()) written["moves"] = package::write_moves(content.moves);
  return written.dump(-1, ' ', false, json::error_handler_t::replace);
}

EditContent read_edit(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  EditContent content;
  if (!read.is_object()) throw std::logic_error("an edit that this program did not write");
  content.kind = parse_edit_kind(read.value("kind", std::string())).value_or(EditKind::person);
  content.subject = read.value("subject", std::string());
  content.to = read.value("to", std::string());
  content.locked = read.value("locked", std::string());
  const std::string moves = read.value("moves", std::string());
  if (!moves.empty()) content.moves = package::read_moves(moves);
  return content;
}

EditSession open_edits(ExamRepository& exams, Workbench& workbench, const ExamCode& code, const std::string& digest,
                       const Change& change) {
  require_not_destroyed(exams, code);
  const StoredPlan plan = find_stored_plan(exams, code, digest);
  for (EditSession& open : workbench.repository.list_sessions(code)) {
    const bool same = open.plan_digest == plan.digest && open.input_sha256 == plan.input_sha256;
    if (same && open.author == change.author && open.version == 1) return std::move(open);
  }
  EditSession session;
  session.id = draw_token();
  session.exam = code;
  session.plan_digest = plan.digest;
  session.input_sha256 = plan.input_sha256;
  session.author = change.author;
  session.opened_at = change.at;
  session.version = 1;
  workbench.repository.add_session(session, change);
  return session;
}

EditSession find_edits(Workbench& workbench, const ExamCode& code, const std::string& id) {
  auto session = workbench.repository.find_session(id);
  if (session && session->exam == code) return std::move(*session);
  throw NotFound("no_such_session", {"There are no such edits of this exam.", "이 시험에 그런 편집이 없습니다."});
}

EditedPlan load_edited_plan(ExamRepository& exams, Workbench& workbench, const EditSession& session) {
  EditedPlan edited;
  edited.session = session;
  StoredPlan stored;
  stored.digest = session.plan_digest;
  stored.input_sha256 = session.input_sha256;
  edited.base = workbench.copies.find(exams, session.exam, stored);
  edited.edits = workbench.repository.list_edits(session);
  for (const StoredEdit& edit : edited.edits) edited.contents.push_back(read_edit(edit.content));
  edited.moves = join_moves(edited.edits, edited.contents);
  drop_returned(edited.base->planned, edited.moves);
  edited.locked = locked_by(edited.edits, edited.contents);
  const PlannedExam& planned = edited.base->planned;
  if (edited.moves.empty()) {
    edited.plan = planned.plan;
  } else {
    edited.plan = replanning::apply_moves(planned.exam, planned.plan, edited.moves);
    edited.plan.digest = package::digest_plan(planned.exam, edited.plan);
  }
  return edited;
}

EditAnswer try_wish(const EditedPlan& edited, const EditWish& wish) {
  const Exam& exam = edited.base->planned.exam;
  EditAnswer answer;
  answer.content = content_of_wish(exam, edited.plan, wish, edited.locked);
  answer.travel_before = travel_of(edited.plan);
  answer.travel_after = answer.travel_before;
  answer.over_cap_before = std::ssize(edited.plan.over_detour);
  answer.over_cap_after = answer.over_cap_before;
  if (wish.kind == EditKind::lock || wish.kind == EditKind::unlock) {
    require_other_lock(edited, wish.kind, answer.content);
    return answer;
  }
  const VenueIndex given_up = wish.kind == EditKind::close_venue ? exam.find(wish.venue) : VenueIndex::none();
  JudgedEdit judged = try_edit(exam, edited.plan, answer.content.moves, edited.base->broken, given_up);
  const std::vector<ApplicantIndex> moved = list_moved(edited.plan, judged.plan);
  if (moved.empty()) {
    throw InvalidInput("nobody_moves", {"Nobody would sit elsewhere.", "자리가 바뀌는 사람이 없습니다."});
  }
  refuse_locked(edited, judged.plan, moved);
  answer.content.moves = with_seats(exam, judged.plan, moved);
  answer.broken = std::move(judged.broken);
  answer.people = std::ssize(moved);
  for (const ApplicantIndex person : moved) {
    if (find_seat_of(edited.plan, person) == nullptr) answer.seated.push_back(person);
  }
  answer.travel_after = travel_of(judged.plan);
  answer.over_cap_after = std::ssize(judged.plan.over_detour);
  answer.plan = std::move(judged.plan);
  return answer;
}

namespace {

[[noreturn]] void throw_edited_elsewhere() {
  throw SessionChanged({"Somebody else has edited this plan meanwhile. Nothing was changed; look again.",
                        "그사이 다른 담당자가 이 배정안을 편집했습니다. 아무것도 바꾸지 않았으니 다시 확인하십시오."});
}

// What is refused because of edits that the officer has not seen is said to be changed, not wrong.
EditAnswer try_unless_changed(Workbench& workbench, const EditedPlan& edited, const EditWish& wish) {
  try {
    return try_wish(edited, wish);
  } catch (const InvalidInput&) {
    const auto now = workbench.repository.find_session(edited.session.id);
    if (now && now->version != edited.session.version) throw_edited_elsewhere();
    throw;
  }
}

}  // namespace

EditAnswer make_edit(ExamRepository& exams, Workbench& workbench, const EditSession& session, std::int64_t seen_version,
                     const EditWish& wish, const Change& change) {
  const std::string reason = clean_line(change.reason);
  if (reason.empty() || reason.size() > longest_edit_reason) {
    throw InvalidInput("reason_missing", {"Say why, in one line.", "사유를 한 줄로 적으십시오."});
  }
  if (session.version != seen_version) {
    throw_edited_elsewhere();
  }
  EditAnswer answer = try_unless_changed(workbench, load_edited_plan(exams, workbench, session), wish);
  if (!answer.broken.empty()) return answer;
  StoredEdit edit;
  edit.id = draw_token();
  edit.content = write_edit(answer.content);
  edit.author = change.author;
  edit.reason = reason;
  edit.at = change.at;
  workbench.repository.add_edit(session, {draw_token(), seen_version}, edit, change);
  return answer;
}

void turn_edit(Workbench& workbench, const EditSession& session, std::int64_t seen_version, EditTurn turn,
               const Change& change) {
  const EditStep step{draw_token(), seen_version};
  if (turn == EditTurn::undo) {
    workbench.repository.undo_edit(session, step, change);
  } else {
    workbench.repository.redo_edit(session, step, change);
  }
}

}  // namespace hanjari::services

#include "hanjari/package/history_package.h"

#include <map>
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"
#include "package/csv/typed_codes.h"
#include "package/json_reader.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const HandMove& move) {
  ordered_json object = {{"action", spell(move.kind)}};
  if (move.kind == HandMoveKind::move) object["applicant_id"] = move.applicant.text();
  object["venue_code"] = move.venue.text();
  object["room_no"] = move.room_no;
  if (move.seat_no > 0) object["seat_no"] = move.seat_no;
  if (move.kind == HandMoveKind::swap_rooms) {
    object["with_venue_code"] = move.with_venue.text();
    object["with_room_no"] = move.with_room_no;
  }
  return object;
}

HandMove read_move(JsonObject& object) {
  HandMove move;
  const auto kind = parse_hand_move_kind(object.text("action").value_or(""));
  if (!kind) {
    object.add_fault("action", {"is neither move nor swap_rooms", "move도 swap_rooms도 아닙니다"},
                     {"leave history.json as the program wrote it", "history.json을 고치지 마십시오"});
  }
  move.kind = kind.value_or(HandMoveKind::move);
  move.applicant = ApplicantId(object.text("applicant_id").value_or(""));
  move.venue = VenueCode(object.text("venue_code").value_or(""));
  move.room_no = object.integer("room_no", 0, most_integer).value_or(0);
  move.seat_no = object.integer("seat_no", 0, most_integer).value_or(0);
  move.with_venue = VenueCode(object.text("with_venue_code").value_or(""));
  move.with_room_no = object.integer("with_room_no", 0, most_integer).value_or(0);
  return move;
}

}  // namespace

std::vector<HistoryStep> load_history(const std::filesystem::path& folder) {
  std::vector<HistoryStep> steps;
  const auto path = folder / "history.json";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return steps;
  Faults faults;
  std::vector<Fault> warnings;
  JsonFile file(path, Encoding::utf8, faults, warnings);
  JsonObject root(file, file.root());
  for (JsonObject& object : root.objects("steps")) {
    HistoryStep& step = steps.emplace_back();
    const auto kind = parse_step_kind(object.text("kind").value_or(""));
    if (!kind) {
      object.add_fault("kind", {"is none of plan, given, replan, edit", "plan, given, replan, edit 중 하나가 아닙니다"},
                       {"leave history.json as the program wrote it", "history.json을 고치지 마십시오"});
    }
    step.kind = kind.value_or(StepKind::given);
    step.input_sha256 = object.text("input_sha256").value_or("");
    step.digest = object.text("digest").value_or("");
    step.version = object.text("version").value_or("");
    step.seed = object.text("seed").value_or("");
    step.rounds = object.integer("rounds", 0, most_integer).value_or(0);
    step.author = object.text("author").value_or("");
    step.reason = object.text("reason").value_or("");
    step.at = object.text("at").value_or("");
    for (JsonObject& move : object.objects("moves")) step.moves.push_back(read_move(move));
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return steps;
}

std::string render_history(const std::vector<HistoryStep>& steps) {
  ordered_json list = ordered_json::array();
  for (const HistoryStep& step : steps) {
    ordered_json object = {{"kind", spell(step.kind)}, {"input_sha256", step.input_sha256}, {"digest", step.digest}};
    if (!step.version.empty()) object["version"] = step.version;
    if (step.kind == StepKind::plan) {
      object["seed"] = step.seed;
      object["rounds"] = step.rounds;
    }
    if (!step.author.empty()) object["author"] = step.author;
    if (!step.reason.empty()) object["reason"] = step.reason;
    if (!step.at.empty()) object["at"] = step.at;
    if (step.kind == StepKind::edit) {
      object["moves"] = ordered_json::array();
      for (const HandMove& move : step.moves) object["moves"].push_back(json_of(move));
    }
    list.push_back(std::move(object));
  }
  return ordered_json{{"steps", std::move(list)}}.dump(2) + "\n";
}

std::string write_moves(const std::vector<HandMove>& moves) {
  ordered_json list = ordered_json::array();
  for (const HandMove& move : moves) list.push_back(json_of(move));
  return ordered_json{{"moves", std::move(list)}}.dump();
}

std::vector<HandMove> read_moves(const std::string& text) {
  Faults faults;
  std::vector<Fault> warnings;
  JsonFile file("moves", text, faults, warnings);
  JsonObject root(file, file.root());
  std::vector<HandMove> moves;
  for (JsonObject& move : root.objects("moves")) moves.push_back(read_move(move));
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return moves;
}

namespace {

// The numbers of a plan, of which the first that is not known makes them ready for all that follow.
class NumbersOfPlan {
 public:
  explicit NumbersOfPlan(const PlanRows& plan) : plan_(plan) {}

  std::optional<NearCode> find_near(std::string_view number) {
    if (!near_) {
      near_.emplace("placements.csv");
      for (const PlacementRow& row : plan_.placements) near_->add(row.applicant_number.text());
    }
    return near_->find(number);
  }

 private:
  const PlanRows& plan_;
  std::optional<NearCodes> near_;
};

}  // namespace

std::vector<HandMove> load_moves(TableFile& file, Encoding encoding, const PlanRows& plan, Faults& faults,
                                 std::vector<Fault>& warnings) {
  enum Column : std::size_t { action, applicant, venue, room, seat, with_venue, with_room, number };
  std::map<std::string_view, const PlacementRow*> by_number;
  for (const PlacementRow& row : plan.placements) by_number.emplace(row.applicant_number.text(), &row);
  std::vector<HandMove> moves;
  constexpr std::int64_t largest = 1'000'000;
  CsvReader reader = file.open("moves|옮기기|자리이동|이동|배정변경",
                               {{"action"},
                                {"applicant_id", Presence::optional},
                                {"venue_code"},
                                {"room_no"},
                                {"seat_no", Presence::optional},
                                {"with_venue_code", Presence::optional},
                                {"with_room_no", Presence::optional},
                                {"applicant_number", Presence::optional}},
                               encoding, faults, warnings);
  RepeatedFaults empty;
  NumbersOfPlan numbers(plan);
  while (reader.next()) {
    HandMove& move = moves.emplace_back();
    move.line = reader.line();
    const auto missing = [&](const char* column) {
      empty.add(file.placed(Fault{{},
                             reader.line(),
                             column,
                             {"is empty", "비어 있습니다"},
                             {"say who or what is moved, and where to", "누구를 어디로 옮길지 적으십시오"}}),
                reader.line());
    };
    const auto kind = reader.word(action, word_lists::hand_move);
    if (!kind) continue;
    move.kind = *parse_hand_move_kind(word_lists::hand_move[*kind]);
    move.venue = VenueCode(read_typed_code(reader, venue));
    if (move.venue.empty()) missing("venue_code");
    move.room_no = reader.integer(room, 1, largest).value_or(0);
    if (move.kind == HandMoveKind::move) {
      move.applicant = ApplicantId(read_typed_code(reader, applicant));
      // Officers know people by their numbers; the plan says who that is.
      if (const std::string named = read_typed_code(reader, number); !named.empty()) {
        const auto found = by_number.find(named);
        if (found == by_number.end()) {
          auto near = numbers.find_near(named);
          reader.add_fault(number,
                           near ? std::move(near->what)
                                : Text{fmt::format("{} is no applicant number of the plan", show(named)),
                                       in_korean("{}[은/는] 배정안에 없는 응시번호입니다", show(named))},
                           near
                               ? std::move(near->fix)
                               : Text{"take the number from placements.csv; whoever has no seat is named by applicant_id",
                                      "placements.csv의 응시번호를 적으십시오. 좌석이 없는 응시자는 applicant_id로 적으십시오"});
          continue;
        }
        if (!move.applicant.empty() && move.applicant != found->second->applicant_id) {
          reader.add_fault(number,
                           {fmt::format("the number {} is of {}, not of {}", show(named),
                                        show(found->second->applicant_id.text()), show(move.applicant.text())),
                            in_korean("응시번호 {}[은/는] {}의 번호이며 {}의 번호가 아닙니다", show(named),
                                        show(found->second->applicant_id.text()), show(move.applicant.text()))},
                           {"name the person by one of the two", "둘 가운데 하나로만 적으십시오"});
          continue;
        }
        move.applicant = found->second->applicant_id;
      }
      if (move.applicant.empty()) missing("applicant_id");
      if (!reader.text(seat).empty()) move.seat_no = reader.integer(seat, 1, largest).value_or(0);
    } else {
      move.with_venue = VenueCode(read_typed_code(reader, with_venue));
      if (move.with_venue.empty()) missing("with_venue_code");
      move.with_room_no = reader.integer(with_room, 1, largest).value_or(0);
    }
  }
  empty.hand_over(faults);
  if (faults.empty() && moves.empty()) {
    faults.add(file.placed(Fault{{},
                                 0,
                                 "",
                                 {"has no moves", "옮길 내용이 없습니다"},
                                 {"write one line per move", "한 줄에 하나씩 적으십시오"}}));
  }
  return moves;
}

}  // namespace hanjari::package

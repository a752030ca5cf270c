#include "hanjari/package/duty_history_package.h"

#include <set>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "package/staffing/duty_report.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kind_words[] = {"move", "swap", "take_off", "lock", "unlock", "undo"};

ordered_json json_of(const std::optional<DutyPlace>& place) {
  if (!place) return nullptr;
  return {{"venue_code", place->venue_code.text()},
          {"room_no", place->room_no > 0 ? ordered_json(place->room_no) : ordered_json()},
          {"role", spell(place->role)}};
}

ordered_json json_of(const DutyStep& step) {
  ordered_json object = {{"action", spell(step.kind)}};
  if (step.undoes > 0) object["undoes"] = step.undoes;
  if (!step.person.empty()) object["invigilator_id"] = step.person.text();
  object["shifts"] = ordered_json::array();
  for (const DutyShift& shift : step.shifts) {
    object["shifts"].push_back(
        {{"invigilator_id", shift.person.text()}, {"from", json_of(shift.from)}, {"to", json_of(shift.to)}});
  }
  object["author"] = step.author;
  object["reason"] = step.reason;
  object["at"] = step.at;
  return object;
}

std::optional<DutyPlace> read_place(JsonObject& shift, const char* key) {
  if (!shift.has_value(key)) return std::nullopt;
  JsonObject object = shift.object(key);
  DutyPlace place;
  place.venue_code = VenueCode(object.text("venue_code").value_or(""));
  place.room_no = object.integer_or_null("room_no", 1, most_room_no).value_or(0);
  object.require("role");
  place.role = static_cast<DutyRole>(object.word("role", word_lists::duty_role).value_or(0));
  return place;
}

DutyStep read_step(JsonObject& object) {
  DutyStep step;
  object.require("action");
  step.kind = static_cast<DutyEditKind>(object.word("action", kind_words).value_or(0));
  step.undoes = object.integer("undoes", 1, most_integer).value_or(0);
  step.person = InvigilatorId(object.text("invigilator_id").value_or(""));
  for (JsonObject& shift : object.objects("shifts")) {
    step.shifts.push_back(
        {InvigilatorId(shift.text("invigilator_id").value_or("")), read_place(shift, "from"), read_place(shift, "to")});
  }
  step.author = object.text("author").value_or("");
  step.reason = object.text("reason").value_or("");
  step.at = object.text("at").value_or("");
  return step;
}

DutyHistory read_history(const std::string& text, Faults& faults) {
  std::vector<Fault> warnings;
  JsonFile file("history.json", text, Encoding::utf8, faults, warnings);
  JsonObject root(file, file.root());
  DutyHistory history;
  history.duties_sha256 = root.text("duties_sha256").value_or("");
  if (root.has_value("base")) {
    JsonObject base = root.object("base");
    history.base = read_duty_report(base);
  }
  for (JsonObject& step : root.objects("steps")) history.steps.push_back(read_step(step));
  return history;
}

// Who, where and with whom, as far as the action needs it.
class EditReader {
 public:
  EditReader(TableFile& file, Encoding encoding, std::vector<Fault>& warnings)
      : file_(file),
        reader_(file.open("edits|고치기|위촉변경|변경",
                          {{"action"},
                           {"invigilator_id", Presence::optional},
                           {"with_invigilator_id", Presence::optional},
                           {"venue_code", Presence::optional},
                           {"room_no", Presence::optional},
                           {"role", Presence::optional}},
                          encoding, faults_, warnings)) {
    // The header alone was read so far: what is said of a column of it is that its heading means nothing.
    for (const Fault& warning : warnings) {
      if (file_.is_told_of(warning) && !warning.column.empty())
        unknown_ += fmt::format("{}'{}'", unknown_.empty() ? "" : ", ", warning.column);
    }
  }

  std::vector<DutyEdit> read() {
    std::vector<DutyEdit> edits;
    while (reader_.next()) {
      DutyEdit& edit = edits.emplace_back();
      edit.line = reader_.line();
      const auto word = reader_.word(action, kind_words);
      if (!word) continue;
      edit.kind = static_cast<DutyEditKind>(*word);
      if (edit.kind == DutyEditKind::undo) continue;
      edit.person = InvigilatorId(needed(person, "invigilator_id"));
      if (edit.kind == DutyEditKind::swap) edit.with = InvigilatorId(needed(with, "with_invigilator_id"));
      if (edit.kind == DutyEditKind::move) read_place(edit.place);
    }
    empty_.hand_over(faults_);
    if (!faults_.empty()) throw InvalidInput(std::move(faults_));
    return edits;
  }

 private:
  enum Column : std::size_t { action, person, with, venue, room, role };

  std::string needed(Column column, const char* key) {
    std::string value(reader_.text(column));
    if (!reader_.has(column)) {
      tell_missing(key);
    } else if (value.empty()) {
      empty_.add(file_.placed(Fault{{},
                                    reader_.line(),
                                    key,
                                    {"is empty", "비어 있습니다"},
                                    {"say who is meant, and where to", "누구를 어디로 할지 적으십시오"}}),
                 reader_.line());
    }
    return value;
  }
  // Once, however many edits want the column.
  void tell_missing(const char* key) {
    if (!missing_.insert(key).second) return;
    empty_.add(file_.placed(
        Fault{{},
              0,
              key,
              {unknown_.empty() ? std::string("the column is missing")
                                : fmt::format("the column is missing; these headings mean nothing here: {}", unknown_),
               unknown_.empty() ? std::string("열이 없습니다") : fmt::format("열이 없습니다. 알 수 없는 열 이름: {}", unknown_)},
              {"add it to the header and fill it", "첫 줄에 열을 더하고 값을 채우십시오"}}));
  }
  void read_place(DutyPlace& place) {
    place.venue_code = VenueCode(needed(venue, "venue_code"));
    if (!reader_.text(room).empty()) place.room_no = reader_.integer(room, 1, most_room_no).value_or(0);
    if (needed(role, "role").empty()) return;
    if (const auto word = reader_.word(role, word_lists::duty_role)) place.role = static_cast<DutyRole>(*word);
  }

  TableFile& file_;
  Faults faults_;
  RepeatedFaults empty_;
  std::set<std::string> missing_;  // columns that edits want
  std::string unknown_;            // headings that mean nothing
  CsvReader reader_;
};

}  // namespace

DutyHistory load_duty_history(const std::filesystem::path& folder) {
  std::error_code ignored;
  PackedFiles files;
  for (const char* name : {"duties.csv", "report.json", "history.json"}) {
    if (std::filesystem::exists(folder / name, ignored)) files[name] = read_file(folder / name);
  }
  return load_duty_history(files);
}

DutyHistory load_duty_history(const PackedFiles& files) {
  Faults faults;
  DutyHistory history;
  const auto duties = files.find("duties.csv");
  if (const auto file = files.find("history.json"); file != files.end()) history = read_history(file->second, faults);
  if (faults.empty() && !history.duties_sha256.empty() && duties != files.end() &&
      history.duties_sha256 == sha256(duties->second).hex())
    return history;
  history = DutyHistory();
  if (const auto file = files.find("report.json"); file != files.end())
    history.base = read_duty_report(file->second, faults);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return history;
}

std::string render_duty_history(const DutyHistory& history) {
  ordered_json steps = ordered_json::array();
  for (const DutyStep& step : history.steps) steps.push_back(json_of(step));
  return ordered_json{{"duties_sha256", history.duties_sha256},
                      {"base", history.base ? ordered_json(duty_report_json(*history.base)) : ordered_json()},
                      {"steps", std::move(steps)}}
             .dump(2) +
         "\n";
}

std::vector<DutyEdit> load_duty_edits(TableFile& file, Encoding encoding, std::vector<Fault>& warnings) {
  return EditReader(file, encoding, warnings).read();
}

}  // namespace hanjari::package

#include "hanjari/venues/venue_adoption.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/exam_sheets.h"
#include "hanjari/package/packed_exam.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

bool any_accepted(const std::vector<VenueOffer>& offers) {
  return std::any_of(offers.begin(), offers.end(),
                     [](const VenueOffer& offer) { return offer.state == OfferState::accepted; });
}

bool is_accepted(const std::vector<VenueOffer>& offers, const VenueCode& code) {
  return std::any_of(offers.begin(), offers.end(), [&](const VenueOffer& offer) {
    return offer.state == OfferState::accepted && offer.code == code;
  });
}

[[noreturn]] void throw_nothing_accepted() {
  throw Conflict("nothing_accepted", {"No venue of this exam is accepted yet.", "수락한 시험장이 아직 없습니다."});
}

[[noreturn]] void throw_exam_changed() {
  throw Conflict("exam_changed", {"Another version of the exam was imported meanwhile. Order this again.",
                                  "그사이 시험의 다른 판이 반입되었습니다. 다시 실행하십시오."});
}

const Venue* find_venue_before(const Exam* before, const VenueCode& code) {
  if (before == nullptr) return nullptr;
  const VenueIndex index = before->find(code);
  return index.exists() ? &(*before)[index] : nullptr;
}

std::vector<std::string> split_columns(const std::string& heading) {
  std::vector<std::string> columns;
  for (std::size_t at = 0; at <= heading.size();) {
    const std::size_t comma = std::min(heading.find(',', at), heading.size());
    columns.push_back(heading.substr(at, comma - at));
    at = comma + 1;
  }
  return columns;
}

// Adds the rows of the exam's own table whose venue is none of the accepted ones, in the columns that the text has.
void add_other_rows(const package::TableRows& own, const std::vector<VenueOffer>& offers, std::string& csv) {
  const std::vector<std::string> wanted = split_columns(csv.substr(0, csv.find('\n')));
  const std::vector<std::string_view> heading(wanted.begin(), wanted.end());
  std::map<std::string, std::size_t> places;
  for (std::size_t at = 0; at < own.columns.size(); ++at) places.emplace(own.columns[at].name, at);
  std::string rows;
  package::CsvWriter writer([&rows](std::string_view piece) { rows += piece; }, std::span(heading));
  for (const std::vector<std::string>& row : own.rows) {
    if (is_accepted(offers, VenueCode(row.at(places.at("venue_code"))))) continue;
    for (const std::string& column : wanted) {
      const auto place = places.find(column);
      writer.cell(place == places.end() ? std::string() : row.at(place->second));
    }
    writer.end_row();
  }
  writer.finish();
  csv += rows.substr(rows.find('\n') + 1);
}

// An order of an older program says nothing of them.
bool keeps_others(const Job& job) {
  const nlohmann::json request = nlohmann::json::parse(job.order.request, nullptr, false);
  return request.is_object() && request.value("others", std::string()) == "stay";
}

// The files of the exam with these venues instead, or besides.
package::PackedFiles files_with_venues(const Exam& before, const std::vector<VenueOffer>& offers, OtherVenues others, Progress& progress) {
  Exam kept = before;
  if (others == OtherVenues::go)
    std::erase_if(kept.travel, [&](const TravelRow& row) { return !is_accepted(offers, before[row.venue].code); });
  package::PackedFiles files = package::render_exam(kept, progress);
  AcceptedTables tables = write_accepted(offers, &before, others);
  if (others == OtherVenues::stay) {
    for (const package::TableRows& own : package::tables_of_exam(before, progress)) {
      if (own.name == "venues") add_other_rows(own, offers, tables.venues);
      if (own.name == "rooms") add_other_rows(own, offers, tables.rooms);
    }
  }
  files["venues.csv"] = std::move(tables.venues);
  files["rooms.csv"] = std::move(tables.rooms);
  if (kept.travel.empty()) files.erase("travel.csv");
  return files;
}

std::string write_adoption_made(const Exam& exam, bool again, std::size_t warnings) {
  return nlohmann::json{{"input_sha256", exam.input_sha256},
                        {"again", again},
                        {"people", exam.applicants.size()},
                        {"units", exam.units.size()},
                        {"venues", exam.venues.size()},
                        {"rooms", exam.rooms.size()},
                        {"warnings", warnings}}
      .dump();
}

}  // namespace

AcceptedTables write_accepted(const std::vector<VenueOffer>& offers, const Exam* before, OtherVenues others) {
  AcceptedTables tables;
  package::CsvWriter venues([&tables](std::string_view piece) { tables.venues += piece; },
                            {"venue_code", "name", "district_code", "address", "lat", "lon", "kind", "opening_cost",
                             "phone", "merged_into"});
  package::CsvWriter rooms([&tables](std::string_view piece) { tables.rooms += piece; },
                           {"venue_code", "room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
                            "column_pitch_cm", "blocked", "people_cap", "features", "use"});
  for (const VenueOffer& offer : offers) {
    if (offer.state != OfferState::accepted) continue;
    ++tables.venue_count;
    const Venue* known = find_venue_before(before, offer.code);
    venues.cell(offer.code.text()).cell(offer.name).cell(offer.district.text()).cell(offer.address);
    venues.decimal(offer.at.lat).decimal(offer.at.lon).cell(spell(offer.kind));
    venues.cell(std::int64_t{known == nullptr ? 0 : known->opening_cost}).cell(offer.phone);
    const bool taken_over = known != nullptr && (others == OtherVenues::stay || is_accepted(offers, known->merged_into));
    venues.cell(taken_over ? known->merged_into.text() : std::string()).end_row();
    for (const Room& room : offer.rooms) {
      rooms.cell(offer.code.text()).cell(room.room_no).cell(room.building).cell(room.floor).cell(room.row_count);
      rooms.cell(room.column_count).cell(room.row_pitch_cm).cell(room.column_pitch_cm).cell(spell_desks(room.blocked));
      rooms.cell(room.people_cap ? std::to_string(*room.people_cap) : std::string());
      rooms.cell(room.accessible ? "accessible" : "").cell(spell(room.use)).end_row();
    }
  }
  venues.finish();
  rooms.finish();
  return tables;
}

Job order_adoption(VenueOfferRepository& offers, ExamRepository& exams, JobRepository& jobs, const Actor& actor,
                   const ExamCode& exam, const std::string& reason, Instant now, OtherVenues others) {
  require_city(actor);
  require_not_destroyed(exams, exam);
  choose_population(exams, exam, {});
  if (!any_accepted(offers.list_offers(exam, std::nullopt))) throw_nothing_accepted();
  const nlohmann::json request{{"others", others == OtherVenues::stay ? "stay" : "go"}};
  Job job = jobs.add_job({venues_job_kind, exam.text(), request.dump()}, draw_token(), change_of(actor, reason, now));
  if (keeps_others(job) != (others == OtherVenues::stay)) {
    throw Conflict("job_running", {"The accepted venues are being taken in already, with another choice for the other venues. Wait for its end.",
                                   "다른 시험장을 다르게 처리하는 반영 작업이 이미 진행 중입니다. 끝난 뒤에 다시 요청하십시오."});
  }
  return job;
}

JobWork adoption_work(ExamRepository& exams, VenueOfferRepository& offers, const Clock& clock) {
  return [&exams, &offers, &clock](const JobCall& call) {
    call.progress.stage({"Reading the exam", "시험 읽기"}, 0);
    const ExamCode code(call.job.order.exam);
    require_not_destroyed(exams, code);
    const StoredPopulation newest = choose_population(exams, code, {});
    const auto before = exams.find_exam(code, newest.input_sha256);
    const std::vector<VenueOffer> offered = offers.list_offers(code, std::nullopt);
    if (!before || !any_accepted(offered)) throw_nothing_accepted();
    const OtherVenues others = keeps_others(call.job) ? OtherVenues::stay : OtherVenues::go;
    const package::LoadedExam loaded = package::load_exam(files_with_venues(*before, offered, others, call.progress),
                                                          package::Encoding::utf8, call.progress);
    // Whoever imported meanwhile is not undone.
    if (choose_population(exams, code, {}).input_sha256 != newest.input_sha256) throw_exam_changed();
    tell_warnings(call, loaded.warnings);
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    const ImportOutcome outcome = import_exam(exams, loaded.exam, nullptr, change, call.progress);
    return write_adoption_made(loaded.exam, outcome.population == Stored::already_there, loaded.warnings.size());
  };
}

}  // namespace hanjari::services

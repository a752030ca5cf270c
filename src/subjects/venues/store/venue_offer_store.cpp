#include "venues/store/venue_offer_store.h"

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/snapshot.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "messages/store/message_store.h"
#include "vault/listed_value.h"
#include "venues/store/offer_rows.h"

namespace hanjari::storage {
namespace {

using services::DistrictWish;
using services::OfferStep;
using services::SchoolQuestion;
using services::VenueOffer;
using services::VenueRequest;

// clang-format off
constexpr const char* request_columns =
    "exam_code, min_gap_cm, people_cap, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', due_at), note, version, author, "
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at), city_email_sealed";
constexpr const char* insert_request =
    "INSERT INTO venue_requests (exam_code, min_gap_cm, people_cap, due_at, note, version, author, changed_at, "
    "city_email_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* update_request =
    "UPDATE venue_requests SET min_gap_cm = ?, people_cap = ?, due_at = ?, note = ?, version = ?, author = ?, changed_at = "
    "?, city_email_sealed = ? WHERE exam_code = ? AND version = ?";
constexpr const char* insert_wish =
    "INSERT INTO venue_request_districts (exam_code, district_code, seats, email_sealed) VALUES (?, ?, ?, ?)";
constexpr const char* insert_step =
    "INSERT INTO venue_offer_steps (offer_id, version, state, told, seats, author, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* insert_question =
    "INSERT INTO venue_confirmations (ticket_hash, offer_id, offer_version, code_hash, misses, used, expires_at) VALUES (?, "
    "?, ?, ?, 0, FALSE, ?)";
constexpr const char* select_spent_links =
    "SELECT o.offer_id FROM venue_confirmations c JOIN venue_offers o ON o.offer_id = c.offer_id AND o.version = c.offer_version "
    "WHERE o.exam_code = ? AND c.used = FALSE AND c.misses >= ?";
constexpr const char* questions_at_once = "200";
// clang-format on

std::string row_of_wish(const std::string& exam, const std::string& district) {
  return exam + "/" + district;
}

FieldPlace place_of_email(const std::string& exam, const std::string& row) {
  FieldPlace place;
  place.row = row;
  place.column = "venue_request_districts.email";
  place.exam = exam;
  return place;
}

FieldPlace place_of_city_email(const std::string& exam) {
  FieldPlace place;
  place.row = exam;
  place.column = "venue_requests.city_email";
  place.exam = exam;
  return place;
}

std::optional<std::string> seal_city_email(const FieldCipher& cipher, const VenueRequest& request) {
  std::optional<std::string> sealed;
  const std::string& exam = request.exam.text();
  if (!request.city_email.empty()) sealed = cipher.seal(place_of_city_email(exam), request.city_email);
  return sealed;
}

VenueRequest read_request_row(Rows& rows, const FieldCipher& cipher) {
  VenueRequest request;
  request.exam = ExamCode(rows.text());
  request.rule.min_gap_cm = static_cast<int>(rows.integer());
  if (const auto cap = rows.maybe_integer()) request.rule.people_cap = static_cast<int>(*cap);
  request.due_at = from_microseconds(rows.integer());
  request.note = rows.text();
  request.version = rows.integer();
  request.author = rows.text();
  request.changed_at = from_microseconds(rows.integer());
  const std::string& exam = request.exam.text();
  if (const auto sealed = rows.maybe_text())
    request.city_email = open_listed(cipher, place_of_city_email(exam), *sealed);
  return request;
}

void read_wishes(Connection& connection, const FieldCipher& cipher, VenueRequest& request) {
  const std::string& exam = request.exam.text();
  Rows rows = connection.select(
      "SELECT district_code, seats, email_sealed FROM venue_request_districts WHERE exam_code = ? ORDER BY district_code",
      exam);
  while (rows.next()) {
    DistrictWish wish;
    wish.district = DistrictCode(rows.text());
    wish.seats = rows.integer();
    const std::string sealed = rows.text();
    const std::string row = row_of_wish(exam, wish.district.text());
    if (!sealed.empty()) wish.email = open_listed(cipher, place_of_email(exam, row), sealed);
    request.districts.push_back(std::move(wish));
  }
}

std::int64_t version_of_request(Connection& connection, const std::string& exam) {
  Rows rows = connection.select("SELECT version FROM venue_requests WHERE exam_code = ? FOR UPDATE", exam);
  return rows.next() ? rows.integer() : 0;
}

// Whether the very same change was stored by an attempt whose commit was not heard.
bool was_stored(Connection& connection, const VenueRequest& next) {
  Rows rows = connection.select("SELECT author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM venue_requests "
                                "WHERE exam_code = ? AND version = ?",
                                next.exam.text(), next.version);
  if (!rows.next()) return false;
  const std::string author = rows.text();
  return author == next.author && from_microseconds(rows.integer()) == next.changed_at;
}

void write_request(Connection& connection, const FieldCipher& cipher, const VenueRequest& next) {
  const std::string& exam = next.exam.text();
  std::uint64_t changed = 0;
  if (next.version == 1) {
    changed = insert_unless_there(connection, insert_request, exam, next.rule.min_gap_cm, next.rule.people_cap,
                                  sql_time(next.due_at), next.note, next.version, next.author, sql_time(next.changed_at),
                                  seal_city_email(cipher, next))
                  ? 1
                  : 0;
  } else {
    changed = connection.change(update_request, next.rule.min_gap_cm, next.rule.people_cap, sql_time(next.due_at), next.note,
                                next.version, next.author, sql_time(next.changed_at), seal_city_email(cipher, next), exam,
                                next.version - 1);
  }
  if (changed == 0) {
    throw Conflict("request_changed", {"Somebody changed this request meanwhile. Look at it again.",
                                       "그사이 다른 사람이 이 요청을 바꾸었습니다. 다시 확인하십시오."});
  }
  connection.change("DELETE FROM venue_request_districts WHERE exam_code = ?", exam);
  for (const DistrictWish& wish : next.districts) {
    const std::string row = row_of_wish(exam, wish.district.text());
    connection.change(insert_wish, exam, wish.district.text(), wish.seats, cipher.seal(place_of_email(exam, row), wish.email));
  }
}

services::AuditNote note_of_offer(const VenueOffer& offer, std::int64_t seats) {
  services::AuditNote note{"venue_offer." + std::string(services::spell(offer.state)),
                           fmt::format("{}/{}", offer.exam.text(), offer.code.text()),
                           fmt::format("version {}, {}, {}", offer.version, count_of(std::ssize(offer.rooms), "room", "rooms"),
                                       count_of(seats, "seat", "seats"))};
  note.exam = offer.exam.text();
  return note;
}

[[noreturn]] void throw_offer_changed() {
  throw Conflict("offer_changed", {"Somebody changed this venue meanwhile. Look at it again before you go on.",
                                   "그사이 다른 사람이 이 시험장의 내용을 바꾸었습니다. 다시 확인한 뒤 진행하십시오."});
}

// True when an earlier attempt stored this very step.
bool has_step(Connection& connection, const VenueOffer& next) {
  Rows rows = connection.select("SELECT author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM "
                                "venue_offer_steps WHERE offer_id = ? AND version = ?",
                                next.id, next.version);
  if (!rows.next()) return false;
  const std::string author = rows.text();
  return author == next.author && from_microseconds(rows.integer()) == next.changed_at;
}

void take_question(Connection& connection, const std::string& ticket_hash) {
  if (connection.change("UPDATE venue_confirmations SET used = TRUE WHERE ticket_hash = ? AND used = FALSE", ticket_hash) > 0)
    return;
  throw Conflict("question_answered", {"This was answered already.", "이미 답한 요청입니다."});
}

// Offers of one exam take their turns, so that several at once exceed no number.
void require_room_in_district(Connection& connection, const VenueOffer& next) {
  Rows rows = connection.select("SELECT COUNT(*) FROM venue_offers WHERE exam_code = ? AND district_code = ?", next.exam.text(),
                                next.district.text());
  if (rows.next() && rows.integer() >= static_cast<std::int64_t>(services::most_offers_of_district))
    services::throw_too_many_offers();
}

void write_offer(Connection& connection, const FieldCipher& cipher, const VenueOffer& next) {
  if (next.version > 1) {
    if (!update_offer(connection, cipher, next)) throw_offer_changed();
    return;
  }
  Rows rows = connection.select("SELECT offer_id FROM venue_offers WHERE exam_code = ? AND venue_code = ? FOR UPDATE",
                                next.exam.text(), next.code.text());
  if (rows.next()) {
    throw Conflict("code_taken", {"A venue with this code is there already. Open it, or choose another code.",
                                  "같은 코드의 시험장이 이미 있습니다. 그 시험장을 열거나 다른 코드를 쓰십시오."});
  }
  require_room_in_district(connection, next);
  insert_offer(connection, cipher, next);
}

}  // namespace

std::optional<VenueRequest> VenueOfferStore::find_request(const ExamCode& exam) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueRequest> {
    std::optional<VenueRequest> request;
    {
      Rows rows = connection.select(fmt::format("SELECT {} FROM venue_requests WHERE exam_code = ?", request_columns),
                                    exam.text());
      if (rows.next()) request = read_request_row(rows, store_.cipher);
    }
    if (request) read_wishes(connection, store_.cipher, *request);
    return request;
  });
}

std::vector<VenueRequest> VenueOfferStore::list_requests() {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<VenueRequest> requests;
    {
      Rows rows = connection.select(
          fmt::format("SELECT {} FROM venue_requests ORDER BY changed_at DESC, exam_code", request_columns));
      while (rows.next()) requests.push_back(read_request_row(rows, store_.cipher));
    }
    for (VenueRequest& request : requests) read_wishes(connection, store_.cipher, request);
    return requests;
  });
}

void VenueOfferStore::save_request(const VenueRequest& next, const std::vector<services::Message>& messages,
                                   const services::Change& change) {
  const std::string& exam = next.exam.text();
  // Venues are asked for before the exam's people are there; what is personal ends with the exam all the same.
  store_.cipher.data_keys().make_for_import(exam);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    store_.cipher.data_keys().refuse_destroyed(exam);
    version_of_request(connection, exam);
    if (attempt.number > 1 && was_stored(connection, next)) return;
    write_request(connection, store_.cipher, next);
    write_messages(connection, store_.cipher, messages, next.changed_at);
    services::AuditNote note{"venue_request.save", exam,
                             fmt::format("version {}, {}", next.version, count_of(std::ssize(next.districts), "district", "districts"))};
    note.exam = exam;
    write_audit(connection, store_, change, note);
  });
}

std::vector<VenueOffer> VenueOfferStore::list_offers(const ExamCode& exam, const std::optional<DistrictCode>& district) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) {
    if (!district) return read_offers(connection, store_.cipher, "t.exam_code = ?", {exam.text()});
    return read_offers(connection, store_.cipher, "t.exam_code = ? AND t.district_code = ?",
                       {exam.text(), district->text()});
  });
}

std::optional<VenueOffer> VenueOfferStore::find_offer(const ExamCode& exam, const VenueCode& code) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueOffer> {
    auto found = read_offers(connection, store_.cipher, "t.exam_code = ? AND t.venue_code = ?", {exam.text(), code.text()});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::optional<VenueOffer> VenueOfferStore::find_own_offer(const ExamCode& exam, const VenueCode& code,
                                                          const DistrictCode& district) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueOffer> {
    auto found = read_offers(connection, store_.cipher, "t.exam_code = ? AND t.venue_code = ? AND t.district_code = ?",
                             {exam.text(), code.text(), district.text()});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::optional<VenueOffer> VenueOfferStore::find_offer_by_id(const std::string& id) {
  return in_snapshot(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<VenueOffer> {
    auto found = read_offers(connection, store_.cipher, "t.offer_id = ?", {id});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::vector<OfferStep> VenueOfferStore::list_steps(const std::string& offer) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<OfferStep> steps;
    Rows rows = connection.select(
        "SELECT version, state, told, seats, author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', changed_at) FROM "
        "venue_offer_steps WHERE offer_id = ? ORDER BY version",
        offer);
    while (rows.next()) {
      OfferStep step;
      step.version = rows.integer();
      step.state = services::parse_offer_state(rows.text()).value_or(services::OfferState::draft);
      step.told = rows.text();
      step.seats = rows.integer();
      step.author = rows.text();
      step.at = from_microseconds(rows.integer());
      steps.push_back(std::move(step));
    }
    return steps;
  });
}

void VenueOfferStore::save_offer(const VenueOffer& next, const services::OfferSaving& saving,
                                 const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    store_.cipher.data_keys().refuse_destroyed(next.exam.text());
    // Offers of one exam take their turns at its request, so that two cannot take one code.
    version_of_request(connection, next.exam.text());
    if (attempt.number > 1 && has_step(connection, next)) return;
    if (!saving.answered.empty()) take_question(connection, saving.answered);
    write_offer(connection, store_.cipher, next);
    replace_offered_rooms(connection, next);
    connection.change(insert_step, next.id, next.version, services::spell(next.state), next.told, saving.seats, next.author,
                      sql_time(next.changed_at));
    if (saving.question) {
      const SchoolQuestion& question = *saving.question;
      connection.change("DELETE FROM venue_confirmations WHERE offer_id = ?", next.id);
      connection.change(insert_question, question.ticket_hash, next.id, question.offer_version, question.code_hash,
                        sql_time(question.expires_at));
    }
    write_messages(connection, store_.cipher, saving.messages, next.changed_at);
    write_audit(connection, store_, change, note_of_offer(next, saving.seats));
  });
}

std::optional<SchoolQuestion> VenueOfferStore::find_question(const std::string& ticket_hash, Instant now) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<SchoolQuestion> {
    Rows rows = connection.select(
        "SELECT offer_id, offer_version, code_hash, misses, used, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', expires_at) "
        "FROM venue_confirmations WHERE ticket_hash = ? AND expires_at > ?",
        ticket_hash, sql_time(now));
    if (!rows.next()) return std::nullopt;
    SchoolQuestion question;
    question.ticket_hash = ticket_hash;
    question.offer = rows.text();
    question.offer_version = rows.integer();
    question.code_hash = rows.text();
    question.misses = static_cast<int>(rows.integer());
    question.used = rows.integer() != 0;
    question.expires_at = from_microseconds(rows.integer());
    return question;
  });
}

bool VenueOfferStore::reserve_question_try(const std::string& ticket_hash) {
  // The tries with this one, as an attempt of this very call has counted them: should the answer to its commit not be
  // heard, a right code is neither counted twice nor refused as one too many.
  std::int64_t counted = 0;
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    std::int64_t misses = 0;
    {
      Rows rows = connection.select("SELECT misses FROM venue_confirmations WHERE ticket_hash = ? AND used = FALSE FOR UPDATE",
                                    ticket_hash);
      if (!rows.next()) return false;
      misses = rows.integer();
    }
    if (counted > 0 && misses >= counted) return true;
    if (misses >= services::most_question_misses) return false;
    connection.change("UPDATE venue_confirmations SET misses = ? WHERE ticket_hash = ?", misses + 1, ticket_hash);
    counted = misses + 1;
    return true;
  });
}

std::string VenueOfferStore::hash_question_code(const std::string& ticket_hash, const std::string& code) {
  return store_.cipher.blind_index("secret venue question", ticket_hash + code);
}

std::set<std::string> VenueOfferStore::list_spent_links(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::set<std::string> spent;
    Rows rows = connection.select(select_spent_links, exam.text(), std::int64_t{services::most_question_misses});
    while (rows.next()) spent.insert(rows.text());
    return spent;
  });
}

bool VenueOfferStore::remove_expired_questions(Instant now) {
  return in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt) {
    return connection.change(
               fmt::format("DELETE FROM venue_confirmations WHERE expires_at <= ? LIMIT {}", questions_at_once),
               sql_time(now)) > 0;
  });
}

}  // namespace hanjari::storage

// Requests and offers of venues in memory, under the rules that the database holds.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::tests {

class MemoryVenueOffers : public services::VenueOfferRepository {
 public:
  std::optional<services::VenueRequest> find_request(const ExamCode& exam) override {
    const auto found = requests.find(exam);
    return found == requests.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::VenueRequest> list_requests() override {
    std::vector<services::VenueRequest> list;
    for (const auto& [exam, request] : requests) list.push_back(request);
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.changed_at > b.changed_at; });
    return list;
  }
  void save_request(const services::VenueRequest& next, const std::vector<services::Message>& told,
                    const services::Change&) override {
    if (requests[next.exam].version != next.version - 1) throw Conflict("request_changed", {"changed", "바뀜"});
    requests[next.exam] = next;
    messages.insert(messages.end(), told.begin(), told.end());
  }
  std::vector<services::VenueOffer> list_offers(const ExamCode& exam,
                                                const std::optional<DistrictCode>& district) override {
    std::vector<services::VenueOffer> list;
    for (const auto& [id, offer] : offers) {
      if (offer.exam == exam && (!district || offer.district == *district)) list.push_back(offer);
    }
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    return list;
  }
  std::optional<services::VenueOffer> find_own_offer(const ExamCode& exam, const VenueCode& code,
                                                     const DistrictCode& district) override {
    for (const auto& [id, offer] : offers) {
      if (offer.exam == exam && offer.code == code && offer.district == district) return offer;
    }
    return std::nullopt;
  }
  std::optional<services::VenueOffer> find_offer(const ExamCode& exam, const VenueCode& code) override {
    ++offers_read;
    for (const auto& [id, offer] : offers) {
      if (offer.exam == exam && offer.code == code) return offer;
    }
    return std::nullopt;
  }
  std::optional<services::VenueOffer> find_offer_by_id(const std::string& id) override {
    const auto found = offers.find(id);
    return found == offers.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<services::OfferStep> list_steps(const std::string& offer) override { return steps[offer]; }
  void save_offer(const services::VenueOffer& next, const services::OfferSaving& saving,
                  const services::Change&) override {
    if (before_save) before_save();
    if (!saving.answered.empty() && std::exchange(questions[saving.answered].used, true))
      throw Conflict("question_answered", {"answered", "답함"});
    const auto known = offers.find(next.id);
    if ((known == offers.end() ? 0 : known->second.version) != next.version - 1)
      throw Conflict("offer_changed", {"changed", "바뀜"});
    if (known == offers.end() && find_offer(next.exam, next.code)) throw Conflict("code_taken", {"taken", "있음"});
    offers[next.id] = next;
    steps[next.id].push_back({next.version, next.state, next.told, saving.seats, next.author, next.changed_at});
    if (saving.question) {
      std::erase_if(questions, [&](const auto& one) { return one.second.offer == next.id; });
      questions[saving.question->ticket_hash] = *saving.question;
    }
    messages.insert(messages.end(), saving.messages.begin(), saving.messages.end());
  }
  std::optional<services::SchoolQuestion> find_question(const std::string& ticket_hash, Instant now) override {
    const auto found = questions.find(ticket_hash);
    if (found == questions.end() || found->second.expires_at <= now) return std::nullopt;
    return found->second;
  }
  bool reserve_question_try(const std::string& ticket_hash) override {
    services::SchoolQuestion& question = questions[ticket_hash];
    if (question.used || question.misses >= services::most_question_misses) return false;
    ++question.misses;
    return true;
  }
  std::string hash_question_code(const std::string& ticket_hash, const std::string& code) override {
    return sha256(ticket_hash + code).hex().substr(0, 16);
  }
  std::set<std::string> list_spent_links(const ExamCode& exam) override {
    std::set<std::string> spent;
    for (const auto& [hash, question] : questions) {
      const auto offer = offers.find(question.offer);
      if (offer == offers.end() || offer->second.exam != exam || offer->second.version != question.offer_version) continue;
      if (!question.used && question.misses >= services::most_question_misses) spent.insert(question.offer);
    }
    return spent;
  }
  bool remove_expired_questions(Instant) override { return false; }

  // A request for these districts, with a venue of one room of 25 desks in each.
  void plant(const std::string& exam, const std::vector<std::pair<std::string, std::string>>& venues) {
    services::VenueRequest request;
    request.exam = ExamCode(exam);
    request.version = 1;
    request.due_at = Instant(std::chrono::hours(24 * 30'000));
    for (const auto& [district, code] : venues) {
      request.districts.push_back({DistrictCode(district), 100, {}});
      services::VenueOffer offer;
      offer.id = "offer-" + code;
      offer.exam = request.exam;
      offer.district = DistrictCode(district);
      offer.code = VenueCode(code);
      offer.name = "School " + code;
      offer.at = {37.5, 127.0};
      offer.rooms.push_back(room(1));
      offer.version = 1;
      offers[offer.id] = offer;
    }
    requests[request.exam] = request;
  }
  static Room room(int number) {
    Room made;
    made.room_no = number;
    made.floor = "1";
    made.row_count = 5;
    made.column_count = 5;
    made.row_pitch_cm = 150;
    made.column_pitch_cm = 150;
    return made;
  }

  std::map<ExamCode, services::VenueRequest> requests;
  std::map<std::string, services::VenueOffer> offers;  // by id
  int offers_read = 0;  // by their code alone, whosever they are
  std::map<std::string, std::vector<services::OfferStep>> steps;
  std::map<std::string, services::SchoolQuestion> questions;  // by hash of the ticket
  std::vector<services::Message> messages;
  std::function<void()> before_save;  // what somebody else does meanwhile
};

}  // namespace hanjari::tests

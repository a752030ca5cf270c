// Requests for venues, offers and the questions to schools in the database. Whom one asks at a school, and where a
// district is told, stands sealed.
#pragma once

#include "audit/store.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::storage {

class VenueOfferStore : public services::VenueOfferRepository {
 public:
  explicit VenueOfferStore(const Store& store) : store_(store) {}
  std::optional<services::VenueRequest> find_request(const ExamCode& exam) override;
  std::vector<services::VenueRequest> list_requests() override;
  void save_request(const services::VenueRequest& next, const std::vector<services::Message>& messages,
                    const services::Change& change) override;
  std::vector<services::VenueOffer> list_offers(const ExamCode& exam,
                                                const std::optional<DistrictCode>& district) override;
  std::optional<services::VenueOffer> find_offer(const ExamCode& exam, const VenueCode& code) override;
  std::optional<services::VenueOffer> find_own_offer(const ExamCode& exam, const VenueCode& code,
                                                     const DistrictCode& district) override;
  std::optional<services::VenueOffer> find_offer_by_id(const std::string& id) override;
  std::vector<services::OfferStep> list_steps(const std::string& offer) override;
  void save_offer(const services::VenueOffer& next, const services::OfferSaving& saving,
                  const services::Change& change) override;
  std::optional<services::SchoolQuestion> find_question(const std::string& ticket_hash, Instant now) override;
  bool reserve_question_try(const std::string& ticket_hash) override;
  std::string hash_question_code(const std::string& ticket_hash, const std::string& code) override;
  std::set<std::string> list_spent_links(const ExamCode& exam) override;
  bool remove_expired_questions(Instant now) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

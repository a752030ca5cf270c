// Letters and instructions in the database; what letters say is sealed.
#pragma once

#include "audit/store.h"
#include "hanjari/venues/venue_letters.h"

namespace hanjari::storage {

class VenueLetterStore : public services::VenueLetterRepository {
 public:
  explicit VenueLetterStore(const Store& store) : store_(store) {}
  std::vector<services::Letter> list_letters(const services::Exchange& exchange) override;
  std::optional<services::LetterFile> find_letter_file(const services::Exchange& exchange, const std::string& id) override;
  void add_letter(const services::Exchange& exchange, const services::Letter& letter,
                  const std::vector<services::Message>& messages, const services::Change& change) override;
  void mark_read(const services::Exchange& exchange, const std::string& account, std::int64_t number) override;
  services::UnreadLetters count_unread(const ExamCode& exam, const std::string& account, bool of_city) override;
  std::vector<services::Instruction> list_instructions(const ExamCode& exam) override;
  void add_instruction(const ExamCode& exam, const services::Instruction& instruction,
                       const std::vector<services::Message>& messages, const services::Change& change) override;
  void add_receipt(const ExamCode& exam, const services::InstructionReceipt& receipt,
                   const services::Change& change) override;
  std::vector<services::InstructionReceipt> list_receipts(const ExamCode& exam) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage

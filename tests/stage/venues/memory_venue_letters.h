// Letters and instructions in memory, under the rules that the database holds.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_letters.h"

namespace hanjari::tests {

class MemoryVenueLetters : public services::VenueLetterRepository {
 public:
  std::vector<services::Letter> list_letters(const services::Exchange& exchange) override {
    return letters[key_of(exchange)];
  }
  void add_letter(const services::Exchange& exchange, const services::Letter& letter,
                  const std::vector<services::Message>& told, const services::Change&) override {
    if (is_full) throw Conflict("too_many_letters", {"too many", "너무 많음"});
    auto& list = letters[key_of(exchange)];
    list.push_back(letter);
    list.back().number = static_cast<std::int64_t>(list.size());
    for (services::LetterFile& file : list.back().files) {
      kept_files[{key_of(exchange), file.id}] = file;
      file.bytes.clear();
    }
    messages.insert(messages.end(), told.begin(), told.end());
  }
  std::optional<services::LetterFile> find_letter_file(const services::Exchange& exchange, const std::string& id) override {
    std::optional<services::LetterFile> file;
    const auto found = kept_files.find({key_of(exchange), id});
    if (found != kept_files.end()) file = found->second;
    return file;
  }
  void mark_read(const services::Exchange& exchange, const std::string& account, std::int64_t number) override {
    std::int64_t& read = read_until[{key_of(exchange), account}];
    if (read < number) read = number;
  }
  services::UnreadLetters count_unread(const ExamCode& exam, const std::string& account, bool of_city) override {
    services::UnreadLetters unread;
    for (const auto& [key, list] : letters) {
      if (std::get<0>(key) != exam) continue;
      for (const services::Letter& letter : list) {
        if (letter.from_city != of_city && letter.number > read_until[{key, account}])
          ++unread[{std::get<1>(key), std::get<2>(key)}];
      }
    }
    return unread;
  }
  std::vector<services::Instruction> list_instructions(const ExamCode&) override {
    return {instructions.rbegin(), instructions.rend()};
  }
  void add_instruction(const ExamCode&, const services::Instruction& instruction,
                       const std::vector<services::Message>& told, const services::Change&) override {
    instructions.push_back(instruction);
    instructions.back().number = static_cast<std::int64_t>(instructions.size());
    messages.insert(messages.end(), told.begin(), told.end());
  }
  void add_receipt(const ExamCode&, const services::InstructionReceipt& receipt, const services::Change&) override {
    if (receipt.number > static_cast<std::int64_t>(instructions.size()))
      throw NotFound("no_such_instruction", {"none", "없음"});
    for (const services::InstructionReceipt& known : receipts) {
      if (known.number == receipt.number && known.account == receipt.account) return;
    }
    receipts.push_back(receipt);
  }
  std::vector<services::InstructionReceipt> list_receipts(const ExamCode&) override { return receipts; }

  // A file that goes with some letter of the exchange.
  void plant(const services::Exchange& exchange, const std::string& id) {
    services::LetterFile& file = kept_files[{key_of(exchange), id}];
    file.id = id;
    file.media_type = "application/pdf";
    file.name = "plan.pdf";
    file.bytes = "%PDF-1.7";
  }

  using Key = std::tuple<ExamCode, DistrictCode, VenueCode>;
  static Key key_of(const services::Exchange& exchange) { return {exchange.exam, exchange.district, exchange.venue}; }

  std::map<Key, std::vector<services::Letter>> letters;
  std::map<std::pair<Key, std::string>, services::LetterFile> kept_files;  // by exchange and id
  std::map<std::pair<Key, std::string>, std::int64_t> read_until;  // by exchange and account
  std::vector<services::Instruction> instructions;
  std::vector<services::InstructionReceipt> receipts;
  std::vector<services::Message> messages;
  bool is_full = false;  // as many letters as a side may write are there
};

}  // namespace hanjari::tests

#include "materials/signatures.h"

#include <sodium.h>

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

const std::string account_words = "account ";
const std::string code_words = "code ";
constexpr std::size_t longest_signer_name = 100;
constexpr int wrong_codes_of_account = 20;
constexpr std::chrono::minutes code_time{60};

// Ten digits, so that twenty guesses in an hour find nobody among thousands.
std::string draw_signer_code() {
  std::string code;
  for (int digit = 0; digit < 10; ++digit) code += static_cast<char>('0' + randombytes_uniform(10));
  return code;
}

MaterialSigner find_by_code(const MaterialDesk& desk, const std::string& typed) {
  // By account alone: an office signs from one address, and whoever mistypes there must not stop the others.
  Guess guess(desk.attempts, {{"material_code/account/" + desk.actor.account, wrong_codes_of_account, code_time}}, desk.now);
  const auto signer = desk.materials.find_signer(desk.book, desk.materials.hash_signer_code(desk.book, clean_code(typed)));
  if (signer) return *signer;
  guess.was_wrong();
  throw NotAllowed("wrong_code", {"Nobody signs with this code.", "이 코드로 서명할 수 있는 사람이 없습니다."});
}

}  // namespace

void throw_not_own_station() {
  throw NotAllowed("not_your_venue", {"Your account may not open this venue. It belongs to another district, or is not there.",
                                      "이 시험장을 볼 권한이 없습니다. 다른 자치구의 시험장이거나 없는 시험장입니다."});
}

Signature sign_for(const MaterialDesk& desk, const Station& station, const std::string& code) {
  if (is_blank_text(code)) {
    if (!reaches(desk, station)) throw_not_own_station();
    return {account_words + desk.actor.account, {}};
  }
  const MaterialSigner signer = find_by_code(desk, code);
  // A person of a venue signs for its rooms too.
  if (!desk.book.is_dry_run() && !lies_in(station, signer.station)) {
    throw NotAllowed("wrong_code", {"Nobody signs with this code.", "이 코드로 서명할 수 있는 사람이 없습니다."});
  }
  return {code_words + signer.id, signer.issued_by};
}

Signature signature_of(const MaterialDesk& desk, const Entry& entry) {
  Signature signature{entry.signer, {}};
  if (!entry.signer.starts_with(code_words)) return signature;
  const std::string id = entry.signer.substr(code_words.size());
  for (const MaterialSigner& signer : desk.materials.list_signers(desk.book)) {
    if (signer.id == id) signature.issued_by = signer.issued_by;
  }
  return signature;
}

void require_two_people(const Signature& giver, const Signature& receiver) {
  const auto is_issuer = [](const Signature& one, const Signature& other) {
    return !one.issued_by.empty() && account_words + one.issued_by == other.signer;
  };
  // Whoever issued both codes has seen both.
  const bool one_issuer = !giver.issued_by.empty() && giver.issued_by == receiver.issued_by;
  if (giver.signer != receiver.signer && !one_issuer && !is_issuer(giver, receiver) && !is_issuer(receiver, giver)) return;
  throw NotAllowed("same_person", {"Two different people sign a handover. Whoever gave cannot receive, and whoever issued a code "
                                   "cannot sign against it, nor issue both codes.",
                                   "인계와 인수는 서로 다른 두 사람이 확인해야 합니다. 인계한 사람은 인수할 수 없고, 코드를 발급한 사람은 "
                                   "그 코드의 상대방으로 서명할 수 없으며, 한 사람이 발급한 두 코드로 함께 서명할 수도 없습니다."});
}

std::string issue_signer(const MaterialDesk& desk, const std::string& station, const std::string& name) {
  MaterialSigner signer;
  signer.station = open_station(desk, station);
  signer.name = clean_line(name);
  if (signer.name.empty() || signer.name.size() > longest_signer_name) {
    throw InvalidInput("name_missing", {"Give the name of the person who signs, up to 100 bytes.",
                                        "서명할 사람의 이름을 30자 이내로 적으십시오."});
  }
  const std::string code = draw_signer_code();
  signer.id = draw_token();
  signer.issued_by = desk.actor.account;
  signer.code_hash = desk.materials.hash_signer_code(desk.book, code);
  signer.at = desk.now;
  desk.materials.add_signer(desk.book, signer, change_of(desk.actor, "", desk.now));
  return code;
}

std::vector<MaterialSigner> list_own_signers(const MaterialDesk& desk) {
  std::vector<MaterialSigner> signers = desk.materials.list_signers(desk.book);
  std::erase_if(signers, [&](const MaterialSigner& signer) { return !reaches(desk, signer.station); });
  return signers;
}

}  // namespace hanjari::services

// Keys of officers for tests of publications.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "hanjari/publications/publications.h"

namespace hanjari::tests {

// As make_own_release_key does. Stretching a passphrase takes its time on purpose: once for all tests of a program.
inline void give_release_key(services::PublicationRepository& publications, const std::string& passphrase, const services::Change& change) {
  static std::map<std::pair<std::string, std::string>, embargo::OfficerKey> made;
  const std::pair whose(change.author, passphrase);
  auto key = made.find(whose);
  if (key == made.end()) key = made.emplace(whose, embargo::make_officer_key(passphrase)).first;
  publications.save_officer_key({change.author, key->second, change.at}, change);
}

}  // namespace hanjari::tests

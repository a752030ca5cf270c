#include "site/pages/own_name.h"

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/domain/legible.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"

namespace hanjari::web {

std::string name_of_account(Site& site, Listener listener, const services::Session& session) {
  if (listener == Listener::office) return session.actor.account;
  std::string name;
  try {
    services::read_legibly([&] {
      const auto account = site.accounts().find_applicant(session.actor.account);
      if (account) name = services::mask_contact({account->channel, account->contact});
    });
  } catch (const Error&) {
    name.clear();  // the database is away
  }
  return name;
}

std::string own_name_of(const Call& call) {
  return call.listener == Listener::portal && call.session ? name_of_account(call.site, call.listener, *call.session) : std::string();
}

Response send_own_name(const Call& call) {
  nlohmann::ordered_json answer = nlohmann::ordered_json::object();
  if (const std::string name = own_name_of(call); !name.empty()) answer["name"] = name;
  return answer_json(answer);
}

}  // namespace hanjari::web

#include "program/serve/sending_works.h"

#include <memory>
#include <utility>

#include "hanjari/accounts/accounts.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

PeriodicWork sending_work(const char* name, std::chrono::milliseconds pause,
                          std::shared_ptr<services::MessageSender> sender) {
  return {name, 0ms, pause, [sender = std::move(sender)](const std::stop_token& stop) {
            return sender->send_due([&stop] { return stop.stop_requested(); }) > 0;
          }};
}

}  // namespace

services::FindContact contacts_of(services::AccountRepository& accounts) {
  return [&accounts](const std::string& account) -> std::optional<services::AccountContact> {
    const auto applicant = accounts.find_applicant(account);
    if (!applicant) return std::nullopt;
    return services::AccountContact{applicant->channel, applicant->contact, applicant->language};
  };
}

std::vector<PeriodicWork> sending_works(storage::Database& database, services::MessageCarrier& email,
                                        services::MessageCarrier& sms, const SenderCounts& counts, const Clock& clock) {
  std::vector<PeriodicWork> works;
  const auto add = [&](const char* name, std::chrono::milliseconds pause, const services::SendingRules& rules) {
    works.push_back(sending_work(
        name, pause, std::make_shared<services::MessageSender>(database.outbox(), email, sms, clock, rules)));
  };
  for (const auto channel : {services::Channel::email, services::Channel::sms}) {
    services::SendingRules rules;
    rules.limits = &database.attempts();
    rules.contacts = contacts_of(database.accounts());
    rules.letterhead = counts.letterhead;
    rules.lane = {channel, {services::Urgency::soon, services::Urgency::bulk}};
    for (int sender = 0; sender < counts.bulk; ++sender) add("outbox", 1s, rules);
    // One code at a time: the next one is another sender's while this one waits for its answer.
    rules.lane.urgencies = {services::Urgency::code};
    rules.at_once = 1;
    for (int sender = 0; sender < counts.codes; ++sender) add("codes", 500ms, rules);
  }
  return works;
}

}  // namespace hanjari::cli

// A payment provider of its own, complete: books, pages and callbacks, reached over a real socket. It shares no code
// with ours but the words of docs/payments.md, also for signatures.
#pragma once

#include <Poco/Net/HTTPServer.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"

namespace hanjari::tests {

struct HouseOrder {
  std::string state = "waiting";
  std::int64_t amount = 0;
  std::string expires_at;
  std::string paid_at;
  std::string why;
  int refunds = 0;  // that moved money
};

class PayingHouse {
 public:
  PayingHouse(std::string merchant, std::string key, const Clock& clock);
  ~PayingHouse();

  std::string url() const;
  // The payer pays, or the card is refused; false when the order takes no money (any more).
  bool pay(const std::string& order);
  bool refuse(const std::string& order);
  HouseOrder order(const std::string& order);

  struct Callback {
    std::string body;
    std::string signature;
  };
  // Signed now, of the order as it stands; `amount`: another one than is right, 0 for the right one.
  Callback callback(const std::string& order, std::int64_t amount = 0);
  Callback sign_body(const std::string& body);

  // Answers 503 to everything.
  bool closed = false;
  // Answers this status to whatever is asked about the order.
  std::map<std::string, int> refused_orders;
  // Gives money back and does not say so.
  bool silent_refunds = false;
  // Answers 409 to who asks for money that is back already.
  bool strict_refunds = false;
  // Answers about another order, or of another merchant.
  bool confused = false;
  std::vector<std::string> refused_calls;  // whose signature was wrong

 private:
  friend class HouseHandler;
  std::string describe(const std::string& order);
  std::string merchant_;
  std::string key_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, HouseOrder> orders_;
  std::unique_ptr<Poco::Net::HTTPServer> server_;
};

}  // namespace hanjari::tests

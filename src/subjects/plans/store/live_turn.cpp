#include "plans/store/live_turn.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "database/driver_error.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

// The lock lives as long as its connection.
class HeldTurn : public services::LiveTurn {
 public:
  explicit HeldTurn(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

 private:
  std::unique_ptr<Connection> connection_;
};

// A server that is silent for longer may be taken for one that is away (DatabaseSettings::answer_limit).
constexpr std::chrono::seconds longest_silence{3};

// Of a server of a cluster, which knows no such locks.
constexpr int not_supported = 1235;

// 1: it is ours; 0: others had it all the time; nothing: there is no such exam, or the server has a reason of its own.
// Names are the server's, which may have several of our databases.
std::optional<std::int64_t> ask_for_lock(Connection& connection, const ExamCode& code, std::chrono::seconds timeout) {
  for (std::chrono::seconds left = timeout;; left -= longest_silence) {
    Rows rows = connection.select(
        "SELECT GET_LOCK(CONCAT(DATABASE(), '.live.', e.exam_id), ?) FROM exams e WHERE e.exam_code = ?",
        static_cast<std::int64_t>(std::min(left, longest_silence).count()), code.text());
    const std::optional<std::int64_t> got = rows.next() ? rows.maybe_integer() : std::nullopt;
    if (got != 0 || left <= longest_silence) return got;
  }
}

}  // namespace

std::unique_ptr<services::LiveTurn> take_live_turn(ConnectionPool& pool, const ExamCode& code,
                                                   std::chrono::seconds timeout) {
  try {
    auto connection = pool.open_beside();
    const auto got = ask_for_lock(*connection, code, timeout);
    if (!got) return nullptr;
    if (*got == 0) {
      throw Unavailable("live_plan_busy", {"many decisions on this exam are being made; please try again in a moment",
                                           "이 시험에 대한 결정이 몰리고 있습니다. 잠시 뒤에 다시 시도해 주십시오"});
    }
    return std::make_unique<HeldTurn>(std::move(connection));
  } catch (const DriverError& error) {
    if (error.code() == not_supported) return nullptr;
    throw_translated(error);
  }
}

}  // namespace hanjari::storage

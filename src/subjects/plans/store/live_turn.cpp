#include "plans/store/live_turn.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "database/driver_error.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

// The row is held by a transaction that ends with its connection.
class HeldTurn : public services::LiveTurn {
 public:
  explicit HeldTurn(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

 private:
  std::unique_ptr<Connection> connection_;
};

// A server that is silent for longer may be taken for one that is away (DatabaseSettings::answer_limit).
constexpr std::chrono::seconds longest_silence{3};
constexpr int waited_in_vain = 1205;

// Commits the row, so that whoever waits for it waits in the order of asking. Reads without locks: a decision that is
// being made holds its exam. False where the exam is not there.
bool make_row(Connection& connection, const ExamCode& code) {
  if (connection.select("SELECT 1 FROM live_turns WHERE exam_code = ?", code.text()).next()) return true;
  if (!connection.select("SELECT 1 FROM exams WHERE exam_code = ?", code.text()).next()) return false;
  connection.change("INSERT INTO live_turns (exam_code) VALUES (?) ON DUPLICATE KEY UPDATE exam_code = exam_code", code.text());
  return true;
}

// False when others had it all the time.
bool hold_row(Connection& connection, const ExamCode& code, std::chrono::seconds timeout) {
  connection.execute("START TRANSACTION");
  for (std::chrono::seconds left = timeout;; left -= longest_silence) {
    try {
      const auto portion = std::min(left, longest_silence).count();
      return connection
          .select(fmt::format("SELECT 1 FROM live_turns WHERE exam_code = ? FOR UPDATE WAIT {}", portion), code.text())
          .next();
    } catch (const DriverError& error) {
      if (error.code() != waited_in_vain) throw;
    }
    if (left <= longest_silence) return false;
  }
}

}  // namespace

std::unique_ptr<services::LiveTurn> take_live_turn(ConnectionPool& pool, const ExamCode& code,
                                                   std::chrono::seconds timeout) {
  try {
    auto connection = pool.open_beside();
    if (!make_row(*connection, code)) return nullptr;
    if (hold_row(*connection, code, timeout)) return std::make_unique<HeldTurn>(std::move(connection));
  } catch (const DriverError& error) {
    throw_translated(error);
  }
  throw Unavailable("live_plan_busy", {"many decisions on this exam are being made; please try again in a moment",
                                       "이 시험에 대한 결정이 몰리고 있습니다. 잠시 뒤에 다시 시도해 주십시오"});
}

}  // namespace hanjari::storage

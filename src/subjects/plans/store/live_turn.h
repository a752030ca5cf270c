// Turns at the live plan of an exam among the programs of a database: a row that is held, which the server gives up
// by itself when the program that holds it dies.
#pragma once

#include <chrono>
#include <memory>

#include "database/connection_pool.h"
#include "hanjari/plans/exams.h"

namespace hanjari::storage {

// As ExamRepository::wait_for_turn; nothing for an exam that is not there.
std::unique_ptr<services::LiveTurn> take_live_turn(ConnectionPool& pool, const ExamCode& code,
                                                   std::chrono::seconds timeout);

}  // namespace hanjari::storage

// What the driver's codes mean for the work: done again, told, or refused.
#include "database/driver_error.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "hanjari/base/error.h"

namespace hanjari::tests {
namespace {

using storage::DriverError;
using Kind = DriverError::Kind;

std::string code_of(const DriverError& error) {
  try {
    storage::throw_translated(error);
  } catch (const Error& told) {
    EXPECT_FALSE(told.message().ko.empty());
    return told.code();
  }
}

TEST(DriverErrors, OfACommitWhoseOutcomeIsUnknownAreLookedUpAndTriedAgain) {
  for (const int code : {1047, 1180, 2006, 2013}) EXPECT_EQ(DriverError(code, "08S01").kind(), Kind::lost) << code;
  // Galera says so of a node that left while it committed.
  EXPECT_EQ(DriverError(1180, "HY000", "Got error 6 \"No such device or address\" during COMMIT").kind(), Kind::lost);
}

// Red when they were told as a server that does not answer.
TEST(DriverErrors, OfAServerThatTakesNoMoreConnectionsAreTriedAgainAndSayWhatToRaise) {
  for (const int code : {1040, 1203, 1226}) {
    EXPECT_EQ(DriverError(code, "08004").kind(), Kind::lost) << code;
    EXPECT_EQ(code_of(DriverError(code, "08004")), "database_refusing") << code;
  }
  EXPECT_FALSE(DriverError(2013, "08S01").refuses_connections());
}

TEST(DriverErrors, OfTlsAreARefusalAtFirstAndALostLinkLater) {
  const DriverError error(2026, "HY000");
  EXPECT_EQ(error.kind(), Kind::denied);
  EXPECT_EQ(code_of(error), "database_denied");
  EXPECT_EQ(storage::of_working_link(error).kind(), Kind::lost);
  EXPECT_EQ(storage::of_working_link(DriverError(1062, "23000")).kind(), Kind::duplicate);
}

TEST(DriverErrors, OfATransactionThatIsTooLargeSayWhatToSet) {
  for (const auto& [code, words] : {std::pair(1105, "Maximum writeset size exceeded"),
                                    std::pair(1180, "wsrep_max_ws_rows exceeded"),
                                    std::pair(1180, "Got error 90 \"Message too long\" during COMMIT")}) {
    const DriverError error(code, "HY000", words);
    EXPECT_EQ(error.kind(), Kind::too_much) << words;
    EXPECT_EQ(code_of(error), "transaction_too_large");
  }
}

TEST(DriverErrors, OfTheServerItselfSendItsOperatorToTheLog) {
  EXPECT_EQ(DriverError(1105, "HY000").kind(), Kind::broken);
  EXPECT_EQ(code_of(DriverError(1105, "HY000", "Unknown error")), "database_broken");
  // Red as a bug of ours (exit 70): a server that may open few files, or has no memory or thread left.
  for (const int code : {5, 23, 24, 1016, 1037, 1038, 1041, 1135}) EXPECT_EQ(code_of(DriverError(code, "HY000")), "database_broken") << code;
}

// Red as a bug of ours (status 500): whoever wrote other letters than ASCII where an id stands in an address.
TEST(DriverErrors, OfLettersThatAnIdCannotHaveSayThatThereIsNothing) {
  for (const int code : {1267, 1270, 1271}) {
    EXPECT_THROW(storage::throw_translated(DriverError(code, "HY000")), NotFound) << code;
    EXPECT_EQ(code_of(DriverError(code, "HY000")), "nothing_stored") << code;
  }
  const DriverError typed(1267, "HY000",
                          "Illegal mix of collations (ascii_bin,IMPLICIT) and (utf8mb4_nopad_bin,COERCIBLE) for operation '='");
  EXPECT_THROW(storage::throw_translated(typed), NotFound);
  // A fault of ours would be told as nothing that is stored: two columns meet here, and nobody wrote anything.
  const DriverError columns(1267, "HY000",
                            "Illegal mix of collations (utf8mb4_nopad_bin,IMPLICIT) and (utf8mb4_general_ci,IMPLICIT) for operation '='");
  EXPECT_EQ(columns.kind(), DriverError::Kind::other);
  EXPECT_THROW(storage::throw_translated(columns), std::logic_error);
}

TEST(DriverErrors, NameTheColumnOfATextThatIsTooLongAndNoValue) {
  const DriverError error(1406, "22001", "Data too long for column 'subject' at row 1");
  EXPECT_EQ(error.key(), "subject");
  EXPECT_EQ(code_of(error), "value_too_long");
  EXPECT_EQ(std::string(error.what()).find("subject"), std::string::npos);
}

}  // namespace
}  // namespace hanjari::tests

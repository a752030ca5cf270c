// The key that signs receipts: made once for a database, held to it ever after, never made by a second machine.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "hanjari/base/error.h"
#include "program/opening/receipt_key.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

class ReceiptKey : public ::testing::Test {
 protected:
  ReceiptKey() {
    std::string pattern = (fs::temp_directory_path() / "hanjari-test-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    fs::permissions(folder, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    first.data = folder / "data";
    database = std::make_unique<storage::Database>(first, storage::SchemaUpgrade::automatic, system_clock(),
                                                   no_progress());
    second = first;
    second.receipt_file = folder / "second" / "receipt.key";
    fs::create_directories(folder / "second");
  }
  ~ReceiptKey() override {
    database.reset();
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  std::string public_key(const storage::DatabaseSettings& settings) {
    return cli::open_receipt_signer(*database, settings).public_key();
  }
  std::string code_of(const storage::DatabaseSettings& settings) {
    try {
      public_key(settings);
    } catch (const Error& error) {
      return error.code();
    }
    return "opened";
  }
  // A receipt as an earlier version left it, which named no key.
  void store_receipt(const services::ReceiptSigner& signer) {
    const services::Change change{"tester", "", system_clock().now()};
    database->recruitments().save_recruitment(sample_notice("old-1"), services::RecruitmentState::published, 0, change);
    services::Draft draft;
    draft.id = "draft-of-one-000001";
    draft.account = "p-1";
    draft.exam = ExamCode("old-1");
    draft.version = 0;
    draft.submission_key = "key-of-one-000000001";
    draft.form = sample_form(1);
    services::Submission submission;
    submission.draft = database->applications().save_draft(draft, change.at);
    submission.key = draft.submission_key;
    submission.application = ApplicationId(draft.id);
    submission.exam_on = *parse_date("2021-06-05");
    submission.receipt = signer.sign({ExamCode("old-1"), submission.application, 1, UnitCode("101"),
                                      std::string(64, 'a'), 0, change.at});
    submission.received_at = change.at;
    submission.accept_until = change.at + std::chrono::hours(1);
    database->applications().save_submissions(std::span(&submission, 1), [&] { return change.at; });
  }

  fs::path folder;
  storage::DatabaseSettings first;
  storage::DatabaseSettings second;
  std::unique_ptr<storage::Database> database;
};

TEST_F(ReceiptKey, IsMadeOnceAndCopiedToOtherMachines) {
  const std::string key = public_key(first);
  EXPECT_EQ(public_key(first), key);
  EXPECT_EQ(code_of(second), "receipt_key_missing");
  EXPECT_FALSE(fs::exists(second.receipt_file)) << "none was made without a word";
  services::ReceiptSigner::make(second.receipt_file);
  EXPECT_EQ(code_of(second), "wrong_receipt_key");
  fs::copy_file(cli::receipt_key_file(first), second.receipt_file, fs::copy_options::overwrite_existing);
  EXPECT_EQ(public_key(second), key);
}

TEST_F(ReceiptKey, IsTakenUpWhenItsMakingWasCutOff) {
  const std::string key = public_key(first);
  const fs::path file = cli::receipt_key_file(first);
  fs::rename(file, file.string() + ".new");
  EXPECT_EQ(public_key(first), key);
  EXPECT_TRUE(fs::exists(file));
  EXPECT_FALSE(fs::exists(file.string() + ".new"));
}

TEST_F(ReceiptKey, IsTheOneThatSignedTheReceiptsOfAnEarlierVersion) {
  const auto signer = services::ReceiptSigner::make(folder / "kept.key");
  store_receipt(signer);
  EXPECT_EQ(code_of(first), "receipt_key_missing");
  EXPECT_FALSE(fs::exists(cli::receipt_key_file(first)));
  services::ReceiptSigner::make(second.receipt_file);
  EXPECT_EQ(code_of(second), "wrong_receipt_key");
  fs::copy_file(folder / "kept.key", cli::receipt_key_file(first));
  EXPECT_EQ(public_key(first), signer.public_key());
}

}  // namespace
}  // namespace hanjari::tests

// What was released, from the database to a folder that anybody checks: by the command, and by a reader in another language that
// was written from the contract's words.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/hex.h"
#include "hanjari/publications/opened.h"
#include "places.h"
#include "publications/commands/commands.h"
#include "publications/publication_story.h"
#include "results/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class ExportPublication : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Whoever runs the tests on a terminal is not asked.
    ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  }
  ExportPublication() {
    hanjari::tests::copy_prepared_data(data.path());
    std::filesystem::create_directory(out.path());
  }

  services::Change by(const std::string& author, Instant at) {
    services::Change change = hanjari::tests::change_of(clock);
    change.author = author;
    change.at = at;
    return change;
  }
  services::Change by(const std::string& author) { return by(author, clock.now()); }
  void end(storage::Database& database, const services::Job& job, const services::JobWork& work) {
    auto claimed = database.jobs().claim_job({job.order.kind}, job.id, clock.now(), std::chrono::seconds(30));
    ASSERT_TRUE(claimed);
    claimed->result = work({*claimed, no_progress(), {}});
    claimed->state = services::JobState::done;
    ASSERT_TRUE(database.jobs().end_job(*claimed, by("kim")));
  }
  void decide(storage::Database& database) {
    database.exams().save_exam(hanjari::tests::small_exam(), nullptr, by("kim"), no_progress());
    end(database,
        services::order_result_import(database.exams(), database.jobs(), code,
                                      hanjari::tests::zip_of_results(hanjari::tests::small_results()),
                                      package::Encoding::utf8, by("kim")),
        services::result_import_work(database.results(), database.jobs(), clock));
    const std::string digest = services::find_package(database.results(), code, 1).rules_sha256;
    services::propose_rules(database.results(), code, 1, digest, by("kim"));
    services::freeze_rules(database.results(), code, digest, by("lee"));
    end(database, services::order_decision(database.results(), database.jobs(), code, 1, by("kim")),
        services::decision_work(database.exams(), database.results(), clock));
  }
  services::Publication approved(storage::Database& database) {
    for (const char* officer : {"kim", "lee", "park"})
      services::make_own_release_key(database.publications(), passphrase, by(officer));
    services::PublicationOrder order;
    order.decision = 1;
    order.release_at = clock.now() + std::chrono::hours(1);
    order.next_passed = {"Register.", "등록하십시오."};
    order.next_others = {"See the next notice.", "다음 공고를 보십시오."};
    order.objection = {"Write to us.", "서면으로 제출하십시오."};
    order.share_holders = {"kim", "lee", "park"};
    const auto ordered = services::order_publication(database.publications(), database.results(), database.jobs(), code,
                                                     order, by("kim"));
    end(database, *ordered.job,
        services::publication_work(database.exams(), database.results(), database.publications(), signer, clock));
    const std::string digest = services::find_publication(database.publications(), code, 1).state.digest;
    services::propose_publication(database.publications(), code, 1, digest, by("kim"));
    return services::approve_publication(database.publications(), database.results(), code, 1, digest, true, by("lee"));
  }
  // The desk goes by the clock of the machine, as the database does: the minute is long past by it.
  void release(storage::Database& database, const services::Publication& publication) {
    services::ReleaseDesk desk(database.publications(), database.results(), system_clock());
    for (const char* officer : {"kim", "park"}) {
      desk.arm(code, publication.number, passphrase, publication.state.digest, true,
               by(officer, publication.state.release_at));
    }
    desk.look();
    const auto own = services::find_own_result(database.publications(), code, "P1");
    ASSERT_TRUE(own.result);
    write_file(proof(), own.result->proof);
    write_file(certificate(), own.result->certificate);
  }
  std::string certificate() const { return (out.path() / "certificate.txt").string(); }
  std::string proof() const { return (out.path() / "proof.json").string(); }
  std::string folder() const { return (out.path() / "package").string(); }
  // "done" or "not done", or the code of the refusal.
  std::string run(const Command& command, const std::vector<std::string>& words,
                  const std::map<std::string, std::string>& options) {
    Arguments arguments;
    arguments.positionals = words;
    arguments.options = options;
    if (const auto given = options.find("proof"); given != options.end()) arguments.repeated["proof"] = {given->second};
    const Terminal terminal{Language::english, no_progress()};
    try {
      return command.run(arguments, terminal) == Exit::done ? "done" : "not done";
    } catch (const Error& error) {
      return error.code();
    }
  }
  std::string export_it(std::map<std::string, std::string> options = {}) {
    options["data"] = data.path().string();
    options["out"] = folder();
    return run(export_publication_command(), {code.text()}, options);
  }
  std::string verify() {
    return run(verify_publication_command(), {folder()}, {{"key", to_hex(signer.public_key)}, {"proof", proof()}});
  }
  int verify_in_another_language() {
    const std::string command = "node " + std::string(hanjari::tests::source_dir) + "/tests/core/proof/verify_publication.mjs " +
                                folder() + " " + to_hex(signer.public_key) + " " + proof();
    return std::system((command + " >/dev/null 2>&1").c_str());
  }

  hanjari::tests::TestFolder data{"data"};
  hanjari::tests::TestFolder out{"out"};
  hanjari::tests::HeldClock clock;
  const ExamCode code{"test-1"};
  const std::string passphrase = "a passphrase of an officer";
  services::NoteSigner signer = services::publication_story::story_signer();
};

// Red when anything is written before the minute, when a file is not the one that was signed, and when a byte that somebody changed
// afterwards is not noticed.
TEST_F(ExportPublication, WritesWhatAnybodyCanCheckOnceItIsReleased) {
  const auto in_database = [&](const auto& work) {
    storage::Database database(hanjari::tests::test_settings(data.path()), storage::SchemaUpgrade::never, clock,
                               no_progress());
    work(database);
  };
  services::Publication publication;
  in_database([&](storage::Database& database) {
    decide(database);
    publication = approved(database);
  });
  EXPECT_EQ(export_it(), "no_release");
  EXPECT_FALSE(std::filesystem::exists(folder())) << "nothing is written before the minute";
  in_database([&](storage::Database& database) { release(database, publication); });
  EXPECT_EQ(export_it({{"version", "2"}}), "no_release");
  ASSERT_EQ(export_it({{"version", "1"}}), "done");
  EXPECT_EQ(read_file(folder() + "/list.csv"), "unit_code,applicant_number\nU,P1\nU,P2\n");
  EXPECT_EQ(verify(), "done");
  EXPECT_EQ(verify_in_another_language(), 0);
  const auto verify_certificate = [&] {
    return run(verify_certificate_command(), {certificate()}, {{"key", to_hex(signer.public_key)}});
  };
  EXPECT_EQ(verify_certificate(), "done");
  std::string changed = read_file(certificate());
  changed.replace(changed.find("outcome: passed"), 15, "outcome: absent");
  write_file(certificate(), changed);
  EXPECT_EQ(verify_certificate(), "not done");
  write_file(certificate(), "hello");
  EXPECT_EQ(verify_certificate(), "not_a_certificate");
  EXPECT_NE(export_it(), "done") << "nothing is replaced without being told to";
  write_file(folder() + "/list.csv", "unit_code,applicant_number\nU,P1\nU,P4\n");
  EXPECT_EQ(verify(), "not done");
  EXPECT_NE(verify_in_another_language(), 0);
  EXPECT_EQ(export_it({{"replace", ""}}), "done");
  EXPECT_EQ(verify(), "done");
}

}  // namespace
}  // namespace hanjari::cli

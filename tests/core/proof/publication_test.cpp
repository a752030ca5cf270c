#include "hanjari/proof/publication.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/hex.h"
#include "places.h"
#include "proof/signing.h"

namespace hanjari::proof {
namespace {

const TestKey key('k');

Record a_record(int number, const std::string& outcome, std::int64_t version = 1) {
  Record record;
  record.applicant_number = "1" + std::to_string(1000 + number);
  record.exam = "서울-2021";
  record.outcome = outcome;
  record.salt = sha256("salt " + std::to_string(number)).hex();
  if (outcome != "absent") {
    record.rank = number;
    record.total = "371.50";
    record.scores = {{"국어", "85.00"}, {"\"quoted\"", "40.00"}};
  }
  record.unit_code = number % 2 == 0 ? "1" : "가";
  record.version = version;
  return record;
}

PublicationFacts the_facts() {
  PublicationFacts facts;
  facts.exam = "서울-2021";
  facts.released_at = "2021-09-29T01:00:00Z";
  facts.decision_sha256 = sha256("decision").hex();
  facts.rules_sha256 = sha256("rules").hex();
  facts.marks_sha256 = sha256("marks").hex();
  return facts;
}

std::vector<Record> the_records(std::int64_t version = 1) {
  std::vector<Record> records;
  const std::vector<std::string> outcomes = {"passed",     "not_passed", "absent", "passed_equality",
                                             "below_line", "passed",     "passed"};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    records.push_back(a_record(static_cast<int>(i), outcomes[i], version));
  }
  return records;
}

Publication the_publication() {
  return make_publication(the_facts(), the_records(), key.public_key, key.sign);
}

Publication the_correction(const Publication& first) {
  PublicationFacts facts = the_facts();
  facts.version = 2;
  facts.replaces = first.root;
  facts.reason_ko = "채점 오류 정정";
  return make_publication(facts, the_records(2), key.public_key, key.sign);
}

Judged judged(const Publication& publication) {
  Judged given{publication.files, {}, {}};
  for (std::size_t i = 0; i < publication.records.size(); ++i) {
    given.proofs.push_back({"proof-" + std::to_string(i), publication.proof_of(i)});
  }
  return given;
}

std::set<std::string> codes(const Judged& given, const std::string& public_key = key.public_key) {
  std::set<std::string> found;
  for (const Finding& finding : verify_publication(given, public_key)) found.insert(finding.code);
  return found;
}

void replace(std::string& text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  ASSERT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
}

// Signs publication.json as it is now, as somebody with the key could.
void sign_anew(PublicationFiles& files) {
  const std::string text = text_of_note(files.checkpoint).value();
  const std::string kept = text.substr(0, text.find("\npublication ") + 1);
  files.checkpoint = sign_note(kept + "publication " + sha256(files.publication_json).hex() + "\n",
                               origin_of("서울-2021", Stage::written, 1), key.public_key, key.sign);
}

// Somebody with the key signs a list that says something else than the records.
Judged with_signed_list(const std::string& what, const std::string& by) {
  Judged given = judged(the_publication());
  const std::string before = sha256(given.files.list_csv).hex();
  replace(given.files.list_csv, what, by);
  replace(given.files.publication_json, before, sha256(given.files.list_csv).hex());
  sign_anew(given.files);
  return given;
}

using Codes = std::set<std::string>;

TEST(VerifyPublication, FindsNothingInAWholePackageWithEveryProof) {
  EXPECT_EQ(codes(judged(the_publication())), Codes());
}

TEST(VerifyPublication, FindsNothingInACorrectionOfIt) {
  const Publication first = the_publication();
  Judged given = judged(the_correction(first));
  given.previous = first.files;
  EXPECT_EQ(codes(given), Codes());
}

TEST(VerifyPublication, FindsNothingInAWithdrawal) {
  const Publication first = the_publication();
  PublicationFacts facts = the_facts();
  facts.version = 2;
  facts.withdrawn = true;
  facts.replaces = first.root;
  facts.reason_en = "the list was wrong";
  const Publication withdrawal = make_publication(facts, {}, key.public_key, key.sign);
  EXPECT_EQ(withdrawal.files.list_csv, "unit_code,applicant_number\n");
  EXPECT_EQ(codes({withdrawal.files, {}, first.files}), Codes());
}

// Sixty people of two units of whom every second stands on the list, with rates.csv as it should be unless one is given.
Publication with_rates(const std::string& rates = "") {
  std::vector<Record> records;
  for (int i = 0; i < 60; ++i) records.push_back(a_record(i, i % 4 < 2 ? "passed" : "not_passed"));
  PublicationFacts facts = the_facts();
  facts.rates_csv = !rates.empty() ? rates
                                   : "dimension,value,people,passed,percent\nall,,60,30,50.0\ndistrict,\"a, b\",20,10,50.0\ndistrict,c,,,\n"
                                     "sex,F,30,10,33.3\nsex,M,30,20,66.7\nunit,1,30,15,50.0\nunit,가,30,15,50.0\naccommodation,none,60,30,50.0\n";
  return make_publication(facts, std::move(records), key.public_key, key.sign);
}

std::string with(const std::string& what, const std::string& by) {
  std::string rates = with_rates().files.rates_csv;
  replace(rates, what, by);
  return rates;
}

// Red when a file of rates is not bound to what was signed, in either direction.
TEST(VerifyPublication, RatesAreThoseThatWereSigned) {
  Judged given{with_rates().files, {}, {}};
  EXPECT_EQ(codes(given), Codes());
  EXPECT_NE(given.files.publication_json.find("rates_sha256"), std::string::npos);
  const std::string rates = given.files.rates_csv;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    given.files.rates_csv[i] = static_cast<char>(rates[i] ^ 0x01);
    ASSERT_TRUE(codes(given).contains("rates_mismatch")) << i;
    given.files.rates_csv = rates;
  }
  given.files.rates_csv.clear();
  EXPECT_EQ(codes(given), Codes{"rates_mismatch"}) << "they are missing";
  Judged without = judged(the_publication());
  EXPECT_EQ(without.files.publication_json.find("rates"), std::string::npos) << "a package without rates keeps its bytes";
  without.files.rates_csv = rates;
  EXPECT_EQ(codes(without), Codes{"rates_mismatch"}) << "nobody signed them";
}

// Somebody with the key signs rates that say something else than list and leaves, or that tell of a few. Red when a rule is removed.
TEST(VerifyPublication, ComputesTheRatesAgain) {
  const std::vector<std::pair<std::string, std::string>> planted{
      {"all,,60,30,50.0", "all,,61,30,49.2"},
      {"all,,60,30,50.0", "all,,60,31,51.7"},
      {"unit,1,30,15,50.0", "unit,1,30,14,46.7"},
      {"sex,F,30,10,33.3", "sex,F,30,10,33.4"},
      {"sex,F,30,10,33.3", "sex,F,31,11,35.5"},
      {"sex,F,30,10,33.3\nsex,M,30,20,66.7", "sex,F,26,4,15.4\nsex,M,34,26,76.5"},
      {"district,\"a, b\",20,10,50.0", "district,\"a, b\",57,28,49.1"},
      {"sex,F,30,10,33.3\nsex,M,30,20,66.7", "sex,M,30,20,66.7\nsex,F,30,10,33.3"},
      {"accommodation,none,60,30,50.0\n", ""},
      {"accommodation,none", "height,none"},
      {"sex,F,30,10,33.3", "sex,\"F\",30,10,33.3"},
      {"sex,F,30,10,33.3", "sex,F,30,,33.3"},
      {"dimension,value", "value,dimension"}};
  for (const auto& [what, by] : planted) EXPECT_EQ(codes({with_rates(with(what, by)).files, {}, {}}), Codes{"rates_mismatch"}) << by;
}

TEST(VerifyPublication, ReadsAListByUnitAndNumber) {
  EXPECT_EQ(the_publication().files.list_csv, "unit_code,applicant_number\n1,11000\n1,11006\n가,11003\n가,11005\n");
}

TEST(VerifyPublication, NoticesEveryFlippedByteOfEveryFile) {
  Judged given = judged(the_publication());
  for (std::string* file : {&given.files.publication_json, &given.files.list_csv, &given.files.leaves_txt,
                            &given.files.checkpoint}) {
    for (std::size_t i = 0; i < file->size(); ++i) {
      const char before = (*file)[i];
      for (const int change : {0x01, 0x20, 0x80}) {
        (*file)[i] = static_cast<char>(before ^ change);
        ASSERT_FALSE(verify_publication(given, key.public_key).empty()) << *file << " " << i;
      }
      (*file)[i] = before;
    }
  }
}

TEST(VerifyPublication, NoticesEveryFlippedByteOfAProof) {
  Judged given = judged(the_publication());
  std::string& proof = given.proofs[3].bytes;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    const char before = proof[i];
    if (before == ' ' || before == '\n') continue;  // blanks between the values mean nothing
    for (const int change : {0x01, 0x80}) {
      proof[i] = static_cast<char>(before ^ change);
      ASSERT_FALSE(verify_publication(given, key.public_key).empty()) << proof << " " << i;
    }
    proof[i] = before;
  }
}

TEST(VerifyPublication, FindsASignatureOfAnotherKeyOrOfAnotherVersion) {
  EXPECT_EQ(codes(judged(the_publication()), TestKey('o').public_key), Codes{"bad_signature"});
  Judged given = judged(the_publication());
  given.files.checkpoint = the_correction(the_publication()).files.checkpoint;
  EXPECT_TRUE(codes(given).contains("bad_signature"));
}

TEST(VerifyPublication, FindsAPublicationThatWasNotSigned) {
  Judged given = judged(the_publication());
  replace(given.files.publication_json, "2021-09-29T01:00:00Z", "2021-09-29T02:00:00Z");
  EXPECT_EQ(codes(given), Codes{"digest_mismatch"});
}

TEST(VerifyPublication, FindsLeavesThatDoNotGiveTheRoot) {
  Judged given = judged(the_publication());
  given.proofs.clear();
  given.files.leaves_txt.erase(0, 65);
  EXPECT_EQ(codes(given), Codes{"root_mismatch"});
}

TEST(VerifyPublication, FindsACountThatDiffersFromTheCheckpoint) {
  Judged given = judged(the_publication());
  replace(given.files.publication_json, "\"leaves\": 7", "\"leaves\": 8");
  sign_anew(given.files);
  EXPECT_EQ(codes(given), Codes{"root_mismatch"});
}

// Red while 1e40 was made a whole number as it stood, which is undefined.
TEST(VerifyPublication, FindsNumbersThatAreNotWholeOrTooLarge) {
  for (const char* number : {"1e40", "-1e40", "18446744073709551616", "18446744073709551615", "7.0", "7.5"}) {
    for (const std::string name : {"leaves", "version"}) {
      Judged given = judged(the_publication());
      const std::string member = "\"" + name + "\": ";
      const auto at = given.files.publication_json.find(member);
      ASSERT_NE(at, std::string::npos) << name;
      given.files.publication_json.insert(at + member.size(), number);
      given.files.publication_json.erase(at + member.size() + std::string(number).size(), 1);
      sign_anew(given.files);
      EXPECT_THAT(codes(given), testing::Contains("digest_mismatch")) << name << " " << number;
    }
    for (const std::string name : {"index", "leaves"}) {
      Judged given = judged(the_publication());
      std::string& proof = given.proofs[3].bytes;
      const auto at = proof.find("\"" + name + "\"");
      ASSERT_NE(at, std::string::npos) << proof;
      const auto digit = proof.find_first_of("0123456789", at);
      proof.replace(digit, 1, number);
      EXPECT_FALSE(verify_publication(given, key.public_key).empty()) << name << " " << number;
    }
    std::string record = render_record(the_records()[0]);
    const auto version = record.find("\"version\":1");
    ASSERT_NE(version, std::string::npos) << record;
    record.replace(version + 10, 1, number);
    EXPECT_EQ(parse_record(record), std::nullopt) << number;
  }
}

TEST(VerifyPublication, FindsALeafThatStandsTwice) {
  Judged given = judged(the_publication());
  given.files.leaves_txt += given.files.leaves_txt.substr(0, 65);
  EXPECT_TRUE(codes(given).contains("duplicate"));
}

TEST(VerifyPublication, FindsAnotherList) {
  Judged given = judged(the_publication());
  given.proofs.clear();
  replace(given.files.list_csv, "가,11005\n", "");
  EXPECT_EQ(codes(given), Codes{"list_mismatch"});
}

TEST(VerifyPublication, FindsWhoPassedAndIsNotListed) {
  EXPECT_EQ(codes(with_signed_list("가,11005\n", "")), Codes{"not_in_list"});
}

TEST(VerifyPublication, FindsWhoDidNotPassAndIsListed) {
  EXPECT_EQ(codes(with_signed_list("가,11003\n", "가,11001\n가,11003\n")), Codes{"in_list"});
}

TEST(VerifyPublication, FindsRowsOutOfOrderAndRowsTwice) {
  EXPECT_EQ(codes(with_signed_list("1,11000\n1,11006\n", "1,11006\n1,11000\n")), Codes{"unsorted"});
  EXPECT_TRUE(codes(with_signed_list("1,11000\n", "1,11000\n1,11000\n")).contains("duplicate"));
}

TEST(VerifyPublication, FindsAProofOfAnotherVersion) {
  const Publication first = the_publication();
  Judged given = judged(first);
  given.proofs = {{"proof", the_correction(first).proof_of(2)}};
  EXPECT_EQ(codes(given), Codes{"bad_proof"});
}

TEST(VerifyPublication, FindsAVersionThatDoesNotFollow) {
  const Publication first = the_publication();
  const Publication second = the_correction(first);
  Judged given = judged(the_correction(second));  // says that it replaces version 2, and calls itself version 2
  given.previous = first.files;
  EXPECT_EQ(codes(given), Codes{"not_successor"});
  given = judged(second);
  given.previous = second.files;
  EXPECT_EQ(codes(given), Codes{"not_successor"});
}

TEST(VerifyPublication, FindsAFirstVersionThatReplacesSomethingAndALaterOneThatReplacesNothing) {
  PublicationFacts facts = the_facts();
  facts.replaces = sha256("nobody").hex();
  EXPECT_EQ(codes(judged(make_publication(facts, the_records(), key.public_key, key.sign))), Codes{"not_successor"});
  facts.version = 2;
  facts.replaces.reset();
  EXPECT_EQ(codes(judged(make_publication(facts, the_records(2), key.public_key, key.sign))), Codes{"not_successor"});
}

TEST(VerifyPublication, JudgesTheVersionBeforeToo) {
  const Publication first = the_publication();
  Judged given = judged(the_correction(first));
  given.previous = first.files;
  replace(given.previous->list_csv, "1,11000\n", "");
  EXPECT_EQ(codes(given), Codes{"list_mismatch"});
}

TEST(MakePublication, RefusesTwoRecordsOfOneNumberAndRecordsOfOthers) {
  std::vector<Record> records = the_records();
  records.push_back(records.front());
  EXPECT_THROW(make_publication(the_facts(), records, key.public_key, key.sign), std::logic_error);
  EXPECT_THROW(make_publication(the_facts(), the_records(2), key.public_key, key.sign), std::logic_error);
}

TEST(Records, AreReadBackOnlyAsTheyAreWritten) {
  for (const Record& record : the_records()) {
    const std::string bytes = render_record(record);
    EXPECT_EQ(parse_record(bytes), record);
    EXPECT_EQ(parse_record(" " + bytes), std::nullopt);
  }
  EXPECT_EQ(render_record(a_record(2, "absent")),
            "{\"applicant_number\":\"11002\",\"exam\":\"서울-2021\",\"outcome\":\"absent\",\"rank\":null,\"salt\":\"" +
                sha256("salt 2").hex() +
                "\",\"scores\":{},\"stage\":\"written\",\"total\":null,\"unit_code\":\"1\",\"version\":1}");
}

// The contract's words in another language: verify_publication.mjs shares no line with this program.
class SecondReader : public testing::Test {
 protected:
  SecondReader() : folder_(std::filesystem::path(testing::TempDir()) / ("publication-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~SecondReader() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& bytes) { std::ofstream(folder_ / name) << bytes; }
  int run(const Judged& given) {
    write("publication.json", given.files.publication_json);
    write("list.csv", given.files.list_csv);
    write("leaves.txt", given.files.leaves_txt);
    write("checkpoint", given.files.checkpoint);
    std::string command = "node " + std::string(tests::source_dir) + "/tests/core/proof/verify_publication.mjs " +
                          folder_.string() + " " + to_hex(key.public_key);
    for (std::size_t i = 0; i < given.proofs.size(); ++i) {
      const std::string name = "proof-" + std::to_string(i) + ".json";
      write(name, given.proofs[i].bytes);
      command += " " + (folder_ / name).string();
    }
    return std::system((command + " >" + (folder_ / "said").string() + " 2>&1").c_str());
  }
  std::string said() {
    std::ostringstream text;
    text << std::ifstream(folder_ / "said").rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
};

TEST_F(SecondReader, AgreesOnAWholePackageAndOnBrokenOnes) {
  const Judged whole = judged(the_publication());
  EXPECT_EQ(run(whole), 0) << said();
  Judged broken = whole;
  broken.files.list_csv += "1,99999\n";
  EXPECT_NE(run(broken), 0);
  broken = whole;
  broken.files.leaves_txt[5] = broken.files.leaves_txt[5] == '0' ? '1' : '0';
  EXPECT_NE(run(broken), 0);
  broken = whole;
  broken.proofs[2].bytes = the_correction(the_publication()).proof_of(2);
  EXPECT_NE(run(broken), 0);
  EXPECT_NE(run(with_signed_list("가,11005\n", "")), 0);
}

}  // namespace
}  // namespace hanjari::proof

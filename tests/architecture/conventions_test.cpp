// House rules that a machine can check. Every message is the rule itself, with the places that break it.
#include <cctype>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "architecture/repository.h"
#include "places.h"

namespace hanjari::architecture {
namespace {

using Places = std::vector<std::string>;

std::string place(const SourceFile& file, std::size_t at) {
  return file.path + ":" + std::to_string(at + 1);
}

// Lines of code (comments and literals taken out) in which the expression stands.
template <class Wanted>
Places code_with(const std::string& expression, Wanted wanted) {
  const std::regex searched(expression);
  Places places;
  for (const SourceFile& file : product_code()) {
    if (!wanted(file)) continue;
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      if (std::regex_search(file.code[at], searched)) places.push_back(place(file, at));
    }
  }
  return places;
}

bool is_in(const SourceFile& file, const std::set<std::string>& modules) {
  return modules.contains(file.module());
}

// What works on the database: the parts of the platform below it and the stores of the subjects.
bool is_storage(const SourceFile& file) {
  return is_in(file, {"database", "vault", "audit", "rekeying", "program/opening"}) || file.module().ends_with("/store");
}

TEST(Conventions, CommentsAndLiteralsAreNotCode) {
  const std::vector<std::string> lines = {"int a; // double", "/* float", "double */ b('\"', \"x // y\");",
                                          "1'000; \"\\\"z\""};
  EXPECT_EQ(strip_comments(lines), (std::vector<std::string>{"int a; ", "", " b('', \"\");", "1'000; \"\""}));
}

TEST(Conventions, NoFileIsNamedAfterAKind) {
  const std::set<std::string> vague = {"model",  "models", "util",    "utils", "utility",
                                       "common", "helper", "helpers", "misc",  "stuff", "handlers"};
  Places broken;
  for (const SourceFile& file :
       files_below({"src", "include", "tests", "tools", "cmake", "web", "docs", "sql"}, {""})) {
    if (vague.contains(std::filesystem::path(file.path).stem().string())) broken.push_back(file.path);
  }
  EXPECT_TRUE(broken.empty()) << tell(broken,
                                      "a file is named after what it does, not after a kind that never stops growing");
}

TEST(Conventions, WordsAreThoseOfTheGlossary) {
  // Metaphors for which the field has a term; docs/glossary.md says which.
  const std::vector<std::string> metaphors = {"patience", "clerk", "bury", "buried", "in line"};
  Places broken;
  for (const SourceFile& file : product_code()) {
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
      for (const std::string& word : metaphors) {
        const std::string& text = file.lines[line];
        const std::size_t at = text.find(word);
        if (at == std::string::npos) continue;
        const auto is_letter = [&](std::size_t place) {
          return place < text.size() && std::isalpha(static_cast<unsigned char>(text[place])) != 0;
        };
        if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size()))
          broken.push_back(file.path + ":" + std::to_string(line + 1) + " " + word);
      }
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "one word for one thing: see docs/glossary.md");
}

TEST(Conventions, FilesStayReadable) {
  constexpr std::size_t most = 500;
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (file.lines.size() > most) broken.push_back(file.path + " (" + std::to_string(file.lines.size()) + " lines)");
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a file past 500 lines is asking to be two");
}

// A line that a message shows is copied into a shell; one that lacks --data or a folder does something else there.
TEST(Conventions, CommandsAreSuggestedByTheirHelperOnly) {
  const std::regex command("hanjari (plan|verify|replan|changes|compare|whatif|curve|edit|replay|papers|rooms|decide|sample|"
                           "serve|recruitment|intake|import|export|live|withdraw|approval|db|account|keys|destroy|audit|draw|"
                           "invigilators)[ \\-\"]");
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (file.name() == "settings.h") continue;  // where a command has not said yet how it reached the database
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      const std::size_t quote = file.lines[at].find('"');
      if (quote == std::string::npos || file.lines[at].find("//") < quote) continue;
      if (std::regex_search(file.lines[at], command)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "suggest() of cli/suggestion.h writes commands that work when they are copied");
}

TEST(Conventions, NoFolderIsAPile) {
  constexpr int most = 26;
  std::map<std::string, int> files;
  for (const SourceFile& file : files_below({"src", "include", "tests"}, {".h", ".cpp"}))
    ++files[std::filesystem::path(file.path).parent_path().string()];
  Places broken;
  for (const auto& [folder, count] : files) {
    if (count > most) broken.push_back(folder + " (" + std::to_string(count) + " files)");
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a folder of more files than these wants sub-folders");
}

TEST(Conventions, EveryFolderExplainsItself) {
  Places broken;
  // Deeper folders hold only parts of the one above, whose README explains them.
  const std::vector<std::pair<std::string, int>> tops = {{"src", 2},  {"tests", 1}, {"tools", 1},
                                                         {"docs", 1}, {"sql", 0},   {"web", 0}};
  for (const auto& [top, deepest] : tops) {
    for (const std::string& folder : folders_below(top)) {
      const std::filesystem::path path = std::filesystem::path(hanjari::tests::source_dir) / folder;
      const auto depth = std::count(folder.begin(), folder.end(), '/');
      if (depth <= deepest && !std::filesystem::exists(path / "README.md")) broken.push_back(folder);
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "every folder has a README.md that a stranger understands in a minute");
}

TEST(Conventions, EveryHeaderSaysWhatItIs) {
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (file.path.ends_with(".h") && (file.lines.empty() || !file.lines.front().starts_with("// ")))
      broken.push_back(file.path);
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a header begins with a comment that says what it is");
}

TEST(Conventions, HeadersAreGuardedByPragmaOnce) {
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (!file.path.ends_with(".h")) continue;
    if (std::find(file.lines.begin(), file.lines.end(), "#pragma once") == file.lines.end())
      broken.push_back(file.path);
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a header has #pragma once");
}

TEST(Conventions, TransactionsAreEndedBySqlWordsInOnePlace) {
  // Only the storage sees the connector; elsewhere a commit() is that of a file.
  const Places broken = code_with(R"((->|\.)\s*rollback\s*\(|->\s*commit\s*\(|setAutoCommit\s*\()",
                                  is_storage);
  EXPECT_TRUE(broken.empty()) << tell(
      broken,
      "the connector's commit, rollback and setAutoCommit swallow errors: use the Transaction class, which sends "
      "BEGIN, COMMIT and ROLLBACK");
  Places words;
  const std::regex ending(R"re("\s*(BEGIN(?!:)|COMMIT|ROLLBACK|START TRANSACTION)\b)re");
  for (const SourceFile& file : product_code()) {
    // A turn at a live plan is a transaction that holds a row and changes nothing.
    if (file.path == "src/platform/database/transaction.cpp" || file.path == "src/subjects/plans/store/live_turn.cpp") continue;
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      if (std::regex_search(file.lines[at], ending)) words.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(words.empty()) << tell(words, "BEGIN, COMMIT and ROLLBACK are sent by src/platform/database/transaction.cpp alone");
}

TEST(Conventions, NoRowIsInsertedWhateverTheDatabaseThinksOfIt) {
  // IGNORE turns every refusal into a warning: it cuts a text that is too long and leaves out a row for any reason. A row
  // that may be there already is inserted by insert_unless_there or with ON DUPLICATE KEY UPDATE.
  const std::regex ignoring(R"re(\b(INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE\s+TABLE\s+\S+|INFILE\s+\S+)\s+([A-Z_]+\s+)*IGNORE\b)re");
  std::vector<SourceFile> files = product_code();
  for (const SourceFile& file : files_below({"sql"}, {".sql"})) files.push_back(file);
  Places broken;
  for (const SourceFile& file : files) {
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      // A statement may be written as literals of several lines.
      std::string two = file.lines[at] + " " + (at + 1 < file.lines.size() ? file.lines[at + 1] : std::string());
      std::erase(two, '"');
      if (std::regex_search(two, ignoring)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "no IGNORE in SQL: it cuts and leaves out without a word");
  for (const char* statement : {"INSERT IGNORE INTO t", "INSERT LOW_PRIORITY IGNORE INTO t", "UPDATE IGNORE t", "ALTER ONLINE IGNORE TABLE t",
                                "CREATE TABLE t IGNORE SELECT 1"})
    EXPECT_TRUE(std::regex_search(std::string(statement), ignoring)) << statement;
}

// The statements that stand in a file: literals that follow one another are one.
std::vector<std::pair<std::size_t, std::string>> literals_of(const SourceFile& file) {
  std::vector<std::pair<std::size_t, std::string>> literals;
  const std::regex literal(R"re("((?:[^"\\]|\\.)*)")re");
  bool goes_on = false;
  for (std::size_t at = 0; at < file.lines.size(); ++at) {
    const std::string& line = file.lines[at];
    std::size_t from = 0;
    for (std::sregex_iterator found(line.begin(), line.end(), literal), end; found != end; ++found) {
      const auto begin = static_cast<std::size_t>(found->position());
      const bool apart = line.find_first_not_of(' ', from) != begin;
      if (!goes_on || apart) literals.emplace_back(at, std::string());
      literals.back().second += (*found)[1].str();
      goes_on = true;
      from = begin + static_cast<std::size_t>(found->length());
    }
    if (line.find_first_not_of(' ', from) != std::string::npos) goes_on = false;
  }
  return literals;
}

TEST(Conventions, NoInsertSumsUpWhatItSelects) {
  // MariaDB refuses a prepared INSERT ... SELECT with a sum and without GROUP BY when the same connection executes it again
  // (error 1140): it works once after every start.
  const std::regex summing(R"re(^\s*(INSERT|REPLACE)\b[^(]*(\([^)]*\)\s*)?SELECT\b.*\b(MAX|MIN|SUM|COUNT|AVG|GROUP_CONCAT)\()re");
  const auto refused = [&](const std::string& statement) {
    return std::regex_search(statement, summing) && statement.find("GROUP BY") == std::string::npos;
  };
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (!is_storage(file)) continue;
    for (const auto& [at, statement] : literals_of(file)) {
      if (refused(statement)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "what is summed up is read first and inserted as a value");
  SourceFile example;
  example.lines = {"change(", "    \"INSERT INTO t (a, b) SELECT ?, \"", "    \"COALESCE(MAX(s.b), 0) FROM t s\",", "    x);", "f(\"SELECT \", \"COUNT(*)\");"};
  const auto literals = literals_of(example);
  ASSERT_EQ(literals.size(), 3U);
  EXPECT_TRUE(refused(literals[0].second)) << literals[0].second;
  EXPECT_FALSE(refused("INSERT INTO t (a, b) SELECT a, COUNT(*) FROM s GROUP BY a"));
  EXPECT_FALSE(refused("INSERT INTO t (a) SELECT ? FROM DUAL"));
}

TEST(Conventions, TheHostOfARequestIsWrittenNowhere) {
  // Whoever asks says it as they like. It is compared with the Origin and with what a security key signed, and leads from a
  // slip back to this machine itself.
  const std::set<std::string> readers{"src/platform/site/protection.cpp", "src/subjects/seats/pages/slip_response.cpp"};
  const std::regex host(R"re("(host|Host|x-forwarded-host|forwarded)")re");
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (readers.contains(file.path)) continue;
    const bool in_pages = file.path.find("/pages/") != std::string::npos || file.path.starts_with("src/platform/site/");
    for (std::size_t at = 0; in_pages && at < file.lines.size(); ++at) {
      if (std::regex_search(file.lines[at], host)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "absolute addresses come from the configuration, not from the Host of a request");
}

TEST(Conventions, MigrationsAreNumberedOnceEach) {
  const std::regex named(R"(^(\d{3})_[a-z0-9_]+\.sql$)");
  std::set<int> numbers;
  Places misnamed;
  for (const SourceFile& file : files_below({"sql"}, {".sql"})) {
    std::smatch match;
    const std::string name = file.name();
    if (!std::regex_match(name, match, named) || !numbers.insert(std::stoi(match[1])).second)
      misnamed.push_back(file.path);
  }
  EXPECT_TRUE(misnamed.empty()) << tell(misnamed,
                                        "a migration is named NNN_what_it_does.sql, and no number is used twice");
  EXPECT_FALSE(numbers.empty());
}

TEST(Conventions, MessagesStandInBothLanguages) {
  // A pair of literals: the first is English, the second Korean. Words that are the same in both have no letters or are
  // names of formats and keys.
  const std::regex pair(R"re(Text\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\})re");
  Places broken;
  for (const SourceFile& file : product_code()) {
    std::string whole;
    for (const std::string& line : file.lines) whole += line + "\n";
    for (auto at = std::sregex_iterator(whole.begin(), whole.end(), pair); at != std::sregex_iterator(); ++at) {
      const std::string en = (*at)[1];
      const std::string ko = (*at)[2];
      const bool has_words = std::regex_search(en, std::regex("[a-z]{3,}"));
      const bool has_korean =
          std::any_of(ko.begin(), ko.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      if (en.empty() != ko.empty() || (has_words && !has_korean)) {
        const auto line = static_cast<std::size_t>(std::count(whole.begin(), whole.begin() + at->position(), '\n'));
        broken.push_back(place(file, line) + " (" + en + ")");
      }
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "a Text is given in English and in Korean");
}

TEST(Conventions, SelectionComputesInIntegers) {
  const Places broken =
      code_with(R"(\b(double|float)\b|<cmath>)", [](const SourceFile& file) { return is_in(file, {"selection"}); });
  EXPECT_TRUE(broken.empty()) << tell(broken, "decisions are computed in exact integers, never in floating point");
}

TEST(Conventions, RandomnessIsOurOwn) {
  // The storage waits for a random time before it tries a transaction again: no result depends on it.
  const Places broken = code_with(
      R"(std::(shuffle|sample|random_device|mt19937|minstd_rand|default_random_engine|uniform_|normal_|discrete_)|\bs?rand\s*\(|<random>)",
      [](const SourceFile& file) { return !is_storage(file); });
  EXPECT_TRUE(broken.empty()) << tell(
      broken, "library generators and distributions differ between libraries: use RandomStream");
}

TEST(Conventions, ResultsDoNotDependOnTheOrderOfHashTables) {
  const std::set<std::string> pure = {"allocation", "seating",    "selection",    "sample", "package",
                                      "documents",  "comparison", "verification", "domain", "staffing"};
  const std::regex declared(R"(unordered_(?:multi)?(?:map|set)<.*>\s*&?\s*(\w+)\s*[;={(,)])");
  Places broken;
  for (const SourceFile& file : product_code()) {
    if (!is_in(file, pure)) continue;
    std::set<std::string> tables;
    for (const std::string& line : file.code) {
      std::smatch match;
      if (std::regex_search(line, match, declared)) tables.insert(match[1]);
    }
    for (const std::string& table : tables) {
      const std::regex walked(R"(for\s*\([^;]*:\s*\*?)" + table + R"(\s*\)|\b)" + table + R"((\.|->)c?begin\()");
      for (std::size_t at = 0; at < file.code.size(); ++at) {
        if (std::regex_search(file.code[at], walked)) broken.push_back(place(file, at));
      }
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken,
                                      "nobody walks through an unordered table where the order could show in a result");
}

TEST(Conventions, PureModulesAskNobodyForTheTime) {
  const std::set<std::string> pure = {"domain",    "seating",   "allocation", "verification",
                                      "selection", "documents", "comparison", "sample", "staffing"};
  const Places broken =
      code_with(R"(system_clock\s*(\(|::now)|steady_clock::now|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\bgetenv\s*\()",
                [&](const SourceFile& file) { return is_in(file, pure); });
  EXPECT_TRUE(broken.empty()) << tell(broken, "pure modules get time, seed and settings as arguments");
}

TEST(Conventions, NothingNamesAMachine) {
  const std::vector<std::string> folders = {"src", "include", "tests", "tools", "cmake", "web", "docs", "sql"};
  // Written in pieces, so that this file keeps the rule too.
  const std::regex machine(std::string("/(wo") + "rk|ho" + "me|ro" + "ot|Us" + "ers)/[a-z]");
  Places broken;
  for (const SourceFile& file :
       files_below(folders, {".h", ".cpp", ".txt", ".cmake", ".md", ".sql", ".mjs", ".js", ".json", ".mustache", ""})) {
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      if (std::regex_search(file.lines[at], machine)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "nothing in the repository speaks of one machine's folders");
}

TEST(Conventions, NoExceptionIsQuoted) {
  // Where it is decided what of an exception may be said.
  const std::set<std::string> deciding = {"src/core/base/bug.cpp", "src/platform/database/driver_error.cpp",
                                          "src/platform/database/driver_error.h", "include/hanjari/base/error.h"};
  const Places broken = code_with(R"(\bwhat\s*\(\s*\))",
                                  [&](const SourceFile& file) { return !deciding.contains(file.path); });
  EXPECT_TRUE(broken.empty()) << tell(
      broken, "what an exception says may quote a person's words: use describe_bug() or the code of an Error");
}

TEST(Conventions, LinesOfTheLogAreWrittenInOnePlace) {
  const Places broken = code_with(R"(\bspdlog\b|\bsyslog\s*\(|std::(cerr|clog)\b|\blog\.write\s*\()",
                                  [](const SourceFile& file) { return !file.path.starts_with("src/program/serve/"); });
  EXPECT_TRUE(broken.empty()) << tell(broken, "only the server writes its log, where a test looks at every field");
}

TEST(Conventions, NothingIsLeftForLater) {
  Places broken;
  const std::regex later(std::string(R"(\b(TO)") + "DO|FIX" + "ME|XX" + "X|HA" + R"(CK)\b)");
  for (const SourceFile& file : files_below({"src", "include", "tests", "tools", "sql"}, {".h", ".cpp", ".sql"})) {
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
      if (std::regex_search(file.lines[at], later)) broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "what is missing is an issue, not a remark in the code");
}

TEST(Conventions, EveryCommandIsInTheTable) {
  Places broken;
  std::string table;
  for (const SourceFile& file : product_code()) {
    if (file.path != "src/program/commands.cpp") continue;
    for (const std::string& line : file.code) table += line;
  }
  const std::regex defined(R"(^Command (\w+)\(\) \{)");
  for (const SourceFile& file : product_code()) {
    if (!file.module().ends_with("/commands") && file.module() != "program") continue;
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      std::smatch match;
      if (std::regex_search(file.code[at], match, defined) && table.find(match[1].str() + "()") == std::string::npos)
        broken.push_back(place(file, at));
    }
  }
  EXPECT_TRUE(broken.empty()) << tell(broken, "every command stands in the table of src/program/commands.cpp");
}

}  // namespace
}  // namespace hanjari::architecture

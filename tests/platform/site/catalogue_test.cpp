// Both languages say everything, and templates ask for nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "places.h"

namespace hanjari::web {
namespace {

const std::filesystem::path code = std::filesystem::path(hanjari::tests::source_dir) / "src";

void collect(const nlohmann::json& value, const std::string& name, std::map<std::string, std::string>& messages) {
  if (value.is_string()) {
    messages[name] = value.get<std::string>();
    return;
  }
  for (const auto& [key, member] : value.items()) collect(member, name.empty() ? key : name + "." + key, messages);
}

// The files of all folders of pages whose paths end so.
std::vector<std::filesystem::path> files_of_code(const std::string& ending) {
  std::vector<std::filesystem::path> files;
  for (const char* layer : {"platform", "subjects"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(code / layer)) {
      const std::string path = file.path().string();
      if (path.find("/pages/") != std::string::npos && path.ends_with(ending)) files.push_back(file.path());
    }
  }
  return files;
}

// Of all files of a language; no two files say the same message.
std::map<std::string, std::string> messages_of(const std::string& language) {
  std::map<std::string, std::string> messages;
  for (const auto& file : files_of_code("/messages/" + language + ".json")) {
    std::map<std::string, std::string> own;
    collect(nlohmann::json::parse(read_file(file)), "", own);
    for (const auto& [name, message] : own)
      EXPECT_TRUE(messages.emplace(name, message).second) << file << ": another file has " << name;
  }
  EXPECT_GT(messages.size(), 300U);
  return messages;
}

std::set<std::string> matches_of(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

std::string text_of_code(const std::string& ending) {
  std::string text;
  for (const auto& file : files_of_code(ending)) text += read_file(file);
  return text;
}

TEST(Catalogues, HaveTheSameMessagesWithTheSameSlots) {
  const auto korean = messages_of("ko");
  const auto english = messages_of("en");
  for (const auto& [name, message] : korean) {
    ASSERT_TRUE(english.contains(name)) << name << " is missing in English";
    EXPECT_EQ(matches_of(message, R"(\{(\w+)\})"), matches_of(english.at(name), R"(\{(\w+)\})")) << name;
    EXPECT_FALSE(message.empty()) << name;
    EXPECT_FALSE(english.at(name).empty()) << name;
  }
  for (const auto& [name, message] : english) EXPECT_TRUE(korean.contains(name)) << name << " is missing in Korean";
}

TEST(Catalogues, HaveEveryMessageThatPagesAskForAndNoOther) {
  const auto korean = messages_of("ko");
  std::set<std::string> used = matches_of(text_of_code(".mustache"), R"(\{\{t\.([\w.]+)\}\})");
  for (const std::string& name : used) EXPECT_TRUE(korean.contains(name)) << "a template asks for " << name;
  std::set<std::string> groups;
  for (const auto& [name, message] : korean) groups.insert(name.substr(0, name.find('.')));
  std::string any_group;
  for (const std::string& group : groups) any_group += (any_group.empty() ? "" : "|") + group;
  const std::string asked = "\"((?:" + any_group + ")\\.\\w+)\"";
  auto in_code = matches_of(text_of_code(".cpp"), asked);
  // Words of the audit trail's actions, which look alike.
  for (const std::string& action : matches_of(text_of_code("audit_words.cpp"), asked)) in_code.erase(action);
  used.insert(in_code.begin(), in_code.end());
  for (const auto& [name, message] : korean) EXPECT_TRUE(used.contains(name)) << "nothing asks for " << name;
  for (const std::string& name : in_code) {
    const std::string ending = name.substr(name.find('.'));
    const bool names_a_file = std::set<std::string>{".css", ".js", ".json", ".pdf", ".txt"}.contains(ending);
    EXPECT_TRUE(korean.contains(name) || names_a_file) << name;
  }
}

// A message that counts people or things has another one for a single one, whose key ends in _one: "1 people" is no English.
// Red with eleven messages that said "1 posts", "1 days left" and the like.
TEST(Catalogues, SayOneOfAThingInTheSingular) {
  const auto english = messages_of("en");
  const std::regex counts(R"(\{\w+\} (?:past )?(people|persons|posts|days|applicants|applications|seats|rooms|rows|venues|districts|duties|files)\b)");
  const std::string many = "_many";
  int counted = 0;
  for (const auto& [name, message] : english) {
    if (name.ends_with("_one") || !std::regex_search(message, counts)) continue;
    ++counted;
    const std::string stem = name.ends_with(many) ? name.substr(0, name.size() - many.size()) : name;
    EXPECT_TRUE(english.contains(stem + "_one")) << name << ": " << message;
  }
  EXPECT_GT(counted, 10);
}

// The glossary's words; the others mean something else to the people who run exams.
TEST(Catalogues, UseTheWordsOfTheTrade) {
  const std::regex foreign(R"(\b(candidate|user|student|test|centre|hall|roll|proctor|ticket)s?\b)", std::regex::icase);
  for (const auto& [name, message] : messages_of("en"))
    EXPECT_FALSE(std::regex_search(message, foreign)) << name << ": " << message;
  // Words of whoever proves something; officers read the theoretical minimum.
  for (const auto& [name, message] : messages_of("ko")) EXPECT_EQ(message.find("하한"), std::string::npos) << name << ": " << message;
  for (const auto& [name, message] : messages_of("en")) {
    EXPECT_FALSE(std::regex_search(message, std::regex(R"(\b(lower|the) bound\b)", std::regex::icase))) << name << ": " << message;
  }
}

// The messages that applicants read: those of the subjects whose pages are theirs, and of the frame.
std::map<std::string, std::string> messages_for_applicants(const std::string& language) {
  std::map<std::string, std::string> messages;
  for (const char* folder : {"platform/site", "subjects/accounts", "subjects/intake", "subjects/seats"})
    collect(nlohmann::json::parse(read_file(code / folder / "pages" / "messages" / (language + ".json"))), "", messages);
  // Groups of the office stand in the same files.
  const std::set<std::string> theirs{"site",   "problem",  "form",    "busy", "again",  "sign_in",   "home",  "notice",   "apply", "queue", "late",
                                     "my",     "status",   "history", "pay",  "report", "withdraw",  "check", "discard",  "seat",  "map",   "wallet",
                                     "own_seat", "seat_form"};
  std::erase_if(messages, [&](const auto& one) { return !theirs.contains(one.first.substr(0, one.first.find('.'))); });
  EXPECT_GT(messages.size(), 250U);
  return messages;
}

// Words that no public office writes to applicants, each with the one that it writes. Red with the catalogues as they were
// before: 49 Korean and 31 English messages had one.
struct PrivateWord {
  const char* pattern;
  const char* better;
};
const std::vector<PrivateWord> private_korean{{"원서 쓰기|쓰고 있|이어서 쓰", "원서접수, 작성"},
                                              {"고치기|고치던|내용 고침", "수정"},
                                              {"고르십|고릅니다|골라", "선택"},
                                              {"사는 동네|내 동네", "거주지"},
                                              {"낸 원서|원서를 낸|내려는", "제출한 원서"},
                                              {"쉽게 설명", "안내"},
                                              {"가져올|가져오십", "준비물, 지참"},
                                              {"예전", "변경 전, 이전"},
                                              {"제출한 때|결제한 때|확인한 때", "일시"},
                                              {"마감 뒤", "마감 후"},
                                              {"돌려드|돌려드립", "환불"},
                                              {"잊었습니다", "재설정"},
                                              {"계정이 없습니다", "회원가입"},
                                              {"지웁니다|지웠습니다", "삭제"},
                                              {"좌석이 바뀌", "변경"}};
const std::vector<PrivateWord> private_english{{"as the crow flies", "straight-line distance"},
                                               {"\\bgood (for|once)", "expires in, can be used once"},
                                               {"\\bgo on\\b", "continue"},
                                               {"being written", "draft"},
                                               {"giv(e|en|es) back|goes back the way", "refund"},
                                               {"your state\\b", "your condition"},
                                               {"pressing twice", "even if you press twice"},
                                               {"in plain words", "at a glance"},
                                               {"you are known", "you are signed in"},
                                               {"cut it", "crop"},
                                               {"heroes", "persons honoured for righteous acts"},
                                               {"came after", "received after"},
                                               {"present plan", "current assignment"},
                                               {"birth date", "date of birth"}};

TEST(Catalogues, SayToApplicantsWhatAPublicOfficeWouldSay) {
  const auto judge = [](const std::string& language, const std::vector<PrivateWord>& words) {
    for (const auto& [name, message] : messages_for_applicants(language)) {
      for (const PrivateWord& word : words) {
        const std::regex pattern(word.pattern, std::regex::icase);
        EXPECT_FALSE(std::regex_search(message, pattern)) << name << ": " << message << "\n  better: " << word.better;
      }
    }
  };
  judge("ko", private_korean);
  judge("en", private_english);
}

// 합쇼체 throughout: a sentence to applicants ends neither in 요 nor in a bare 다.
TEST(Catalogues, SpeakToApplicantsInOneTone) {
  const std::regex familiar(R"((세요|해요|예요|이에요|까요)[.?!]|[^니]다\.)");
  for (const auto& [name, message] : messages_for_applicants("ko"))
    EXPECT_FALSE(std::regex_search(message, familiar)) << name << ": " << message;
}

}  // namespace
}  // namespace hanjari::web

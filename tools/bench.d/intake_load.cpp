// A crowd that applies through HTTP, a plain program that makes the same inserts, and the judge of what is stored.
//
// usage: intake_load draft PORT EXAM FIRST COUNT PEOPLE        forms filled in by PEOPLE at once
//        intake_load submit PORT EXAM FIRST COUNT PEOPLE RATE  submits; RATE a second by the clock, 0: as fast as
//        answered intake_load pay PORT EXAM FIRST COUNT PEOPLE intake_load campaign PORT EXAM FIRST SECONDS PEOPLE ACKS
//        applies and retries until told; writes what was told intake_load plain DATA EXAM FIRST COUNT CONNECTIONS
//        intake_load judge DATA EXAM ACKS
//        intake_load publish DATA FILE                        recruitment.json into the private database of a service
// Prints one JSON object.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "http_person.h"
#include "plain_inserts.h"

namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

std::string cookie_of(int person) {
  return fmt::format("{:064}", person);
}

std::string key_of(const std::string& exam, int person) {
  return fmt::format("form-{}-{:010}", exam, person);
}

// 1,600 names: people of one name and birth date are looked at by the office, and a whole city of them is none.
std::string name_of(int person) {
  constexpr const char* syllables[] = {"가", "나", "다", "라", "마", "바", "사", "아", "자", "하", "거", "너", "더", "러",
                                       "머", "버", "서", "어", "저", "허", "고", "노", "도", "로", "모", "보", "소", "오",
                                       "조", "호", "구", "누", "두", "루", "무", "부", "수", "우", "주", "후"};
  constexpr int count = 40;
  return fmt::format("김{}{}", syllables[person % count], syllables[person / count % count]);
}

// A form as people fill it in: different in the person, without fault.
std::string form_of(int person, const std::vector<std::string>& units, const std::vector<std::string>& areas) {
  const int year = 70 + person % 30;
  const std::string number = fmt::format("{:02}{:02}{:02}-{}{:06}", year, 1 + person % 12, 1 + person / 12 % 28,
                                         1 + person % 2, person / 336 % 1'000'000);
  const auto pick = [&](const std::vector<std::string>& list, int by) {
    return list[static_cast<std::size_t>(by) % list.size()];
  };
  const json form{{"unit", pick(units, person)},
                  {"name", name_of(person)},
                  {"phone", fmt::format("010-{:04}-{:04}", person / 10'000 % 10'000, person % 10'000)},
                  {"email", fmt::format("applicant-{}@example.com", person)},
                  {"area", pick(areas, person)},
                  {"address", fmt::format("서울특별시 종로구 자하문로 {}", person % 500 + 1)},
                  {"photo", "portrait"},
                  {"quota_proof", "2021-0001"},
                  {"consents", true}};
  return json{{"form", form}, {"resident_number", number}}.dump();
}

struct Notice {
  std::vector<std::string> units;
  std::vector<std::string> areas;
};

Notice read_notice(int port, const std::string& exam) {
  bench::Person person(port);
  const auto answer = person.get("/api/v1/recruitments/" + exam, "");
  const json definition = json::parse(answer.body).at("definition");
  Notice notice;
  for (const json& unit : definition.at("units")) notice.units.push_back(unit.at("unit_code"));
  for (const json& area : definition.at("areas")) notice.areas.push_back(area.at("code"));
  return notice;
}

struct Figures {
  std::mutex mutex;
  std::vector<double> milliseconds;  // of what was acknowledged
  std::map<int, std::int64_t> statuses;
  std::atomic<std::int64_t> free{0};  // applications that were complete at once, because nothing is due
  void add(int status, double took) {
    const std::lock_guard lock(mutex);
    ++statuses[status];
    if (status == 200 || status == 201) milliseconds.push_back(took);
  }
  void print(double seconds) {
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto rank = [&](double share) {
      if (milliseconds.empty()) return 0.0;
      return milliseconds[std::min(milliseconds.size() - 1,
                                   static_cast<std::size_t>(share * static_cast<double>(milliseconds.size())))];
    };
    json counts = json::object();
    for (const auto& [status, count] : statuses) counts[std::to_string(status)] = count;
    fmt::print("{}\n", json{{"acknowledged", milliseconds.size()},
                            {"seconds", seconds},
                            {"per_second", static_cast<double>(milliseconds.size()) / seconds},
                            {"p50_ms", rank(0.50)},
                            {"p99_ms", rank(0.99)},
                            {"max_ms", milliseconds.empty() ? 0.0 : milliseconds.back()},
                            {"free", free.load()},
                            {"statuses", counts}}
                           .dump());
  }
};

// `people` threads take the numbers first..first+count-1 one after the other.
void crowd(int people, int count, const std::function<void(bench::Person&, int)>& work, int port) {
  std::atomic<int> next{0};
  std::vector<std::thread> threads;
  for (int at = 0; at < people; ++at) {
    threads.emplace_back([&] {
      bench::Person person(port);
      for (int number = next++; number < count; number = next++) work(person, number);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

double since(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

// Until it is answered with one of ours; what is put off is sent again when the answer says so.
bench::Answer insist(const std::function<bench::Answer()>& ask) {
  while (true) {
    const bench::Answer answer = ask();
    if (answer.status != 0 && answer.status != 503 && answer.status != 500) return answer;
    std::this_thread::sleep_for(answer.status == 503 ? std::chrono::milliseconds(std::max(1, answer.retry_after) * 500)
                                                     : std::chrono::milliseconds(50));
  }
}

int run_draft(int port, const std::string& exam, int first, int count, int people) {
  const Notice notice = read_notice(port, exam);
  Figures figures;
  const auto began = Clock::now();
  crowd(
      people, count,
      [&](bench::Person& person, int at) {
        const auto asked = Clock::now();
        const auto answer = insist([&] {
          return person.post("/api/v1/recruitments/" + exam + "/drafts", cookie_of(first + at),
                             form_of(first + at, notice.units, notice.areas));
        });
        figures.add(answer.status, since(asked) * 1000);
      },
      port);
  figures.print(since(began));
  return 0;
}

int run_submit(int port, const std::string& exam, int first, int count, int people, double rate) {
  Figures figures;
  const auto began = Clock::now();
  crowd(
      people, count,
      [&](bench::Person& person, int at) {
        auto due = Clock::now();
        if (rate > 0) {
          due = began + std::chrono::microseconds(static_cast<std::int64_t>(at * 1e6 / rate));
          std::this_thread::sleep_until(due);
        }
        const auto answer = person.post("/api/v1/recruitments/" + exam + "/applications", cookie_of(first + at), "{}",
                                        key_of(exam, first + at));
        figures.add(answer.status, since(due) * 1000);
      },
      port);
  figures.print(since(began));
  return 0;
}

int run_submit_all(int port, const std::string& exam, int first, int count, int people) {
  Figures figures;
  const auto began = Clock::now();
  crowd(
      people, count,
      [&](bench::Person& person, int at) {
        const auto asked = Clock::now();
        const auto answer = insist([&] {
          return person.post("/api/v1/recruitments/" + exam + "/applications", cookie_of(first + at), "{}",
                             key_of(exam, first + at));
        });
        figures.add(answer.status, since(asked) * 1000);
        if (answer.body.find("\"state\":\"paid\"") != std::string::npos) ++figures.free;
      },
      port);
  figures.print(since(began));
  return 0;
}

int run_pay(int port, const std::string& exam, int first, int count, int people) {
  Figures figures;
  const auto began = Clock::now();
  crowd(
      people, count,
      [&](bench::Person& person, int at) {
        const auto asked = Clock::now();
        const std::string cookie = cookie_of(first + at);
        const auto listed = insist([&] { return person.get("/api/v1/applications", cookie); });
        const json own = json::parse(listed.body);
        for (const json& application : own.at("applications")) {
          if (application.at("exam") != exam || application.at("state") != "submitted") continue;
          const std::string path = "/api/v1/applications/" + application.at("id").get<std::string>() + "/payments";
          const auto begun = insist([&] { return person.post(path, cookie, "{}"); });
          // The last part of the address of its page, which only the payer knows.
          const std::string page = json::parse(begun.body).at("address");
          const std::string order = page.substr(page.rfind('/') + 1);
          // One in ten notifications comes twice.
          const char* outcome = at % 10 == 0 ? "double_notice" : "success";
          const auto decided = insist([&] {
            return person.post("/api/v1/test-orders/" + order + "/decisions", cookie,
                               json{{"outcome", outcome}}.dump());
          });
          figures.add(decided.status, since(asked) * 1000);
        }
      },
      port);
  figures.print(since(began));
  return 0;
}

// People who come again whatever happens, and write down what they were told.
int run_campaign(int port, const std::string& exam, int first, double seconds, int people, const std::string& file) {
  Notice notice;
  while (notice.units.empty()) {
    try {
      notice = read_notice(port, exam);
    } catch (const std::exception&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  std::ofstream acks(file);
  std::mutex mutex;
  Figures figures;
  std::atomic<int> next{first};
  std::atomic<std::int64_t> twice{0};
  std::vector<std::thread> threads;
  const auto began = Clock::now();
  double longest_silence = 0;
  auto last_told = began;
  for (int at = 0; at < people; ++at) {
    threads.emplace_back([&, at] {
      bench::Person person(port);
      std::minstd_rand chance(static_cast<unsigned>(at) + 1);
      // ACKS.enough sends everybody home before the time.
      while (since(began) < seconds && !std::filesystem::exists(file + ".enough")) {
        const int number = next++;
        const std::string cookie = cookie_of(number);
        const std::string path = "/api/v1/recruitments/" + exam;
        const auto asked = Clock::now();
        const auto draft =
            insist([&] { return person.post(path + "/drafts", cookie, form_of(number, notice.units, notice.areas)); });
        if (draft.status != 200) {
          figures.add(draft.status, 0);
          continue;
        }
        const auto send = [&] { return person.post(path + "/applications", cookie, "{}", key_of(exam, number)); };
        const auto told = insist(send);
        figures.add(told.status, since(asked) * 1000);
        if (told.status != 200 && told.status != 201) continue;
        const json answer = json::parse(told.body);
        // One in four taps again and must read the same.
        if (chance() % 4 == 0) {
          const auto again = insist(send);
          if (again.status != 200 || json::parse(again.body).at("receipt") != answer.at("receipt")) ++twice;
        }
        const std::lock_guard lock(mutex);
        longest_silence = std::max(longest_silence, std::chrono::duration<double>(Clock::now() - last_told).count());
        last_told = Clock::now();
        acks << json{{"account", number},
                     {"id", answer.at("id")},
                     {"receipt", answer.at("receipt")},
                     {"at", since(began)}}
                    .dump()
             << "\n";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  acks.flush();
  fmt::print(stderr, "{} receipts differed on a second tap; longest silence {:.1f} s\n", twice.load(), longest_silence);
  figures.print(since(began));
  return twice == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto number = [&](std::size_t at) { return std::stoi(words.at(at)); };
  try {
    if (words.at(0) == "draft") return run_draft(number(1), words.at(2), number(3), number(4), number(5));
    if (words.at(0) == "submit")
      return run_submit(number(1), words.at(2), number(3), number(4), number(5), std::stod(words.at(6)));
    if (words.at(0) == "submit-all") return run_submit_all(number(1), words.at(2), number(3), number(4), number(5));
    if (words.at(0) == "pay") return run_pay(number(1), words.at(2), number(3), number(4), number(5));
    if (words.at(0) == "campaign")
      return run_campaign(number(1), words.at(2), number(3), std::stod(words.at(4)), number(5), words.at(6));
    if (words.at(0) == "plain") return bench::run_plain(words.at(1), words.at(2), number(3), number(4), number(5));
    if (words.at(0) == "publish") return bench::run_publish(words.at(1), words.at(2));
    if (words.at(0) == "judge") return bench::run_judge(words.at(1), words.at(2), words.at(3));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 70;
  }
  return 64;
}

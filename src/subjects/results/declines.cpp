#include "hanjari/results/declines.h"

#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/csv.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t longest_decline_reason = 300;
constexpr const char* declines_file = "declines.csv";

Instant moment_in(const json& value, const char* name) {
  return parse_instant(value.at(name).get<std::string>()).value();
}

Decline& waiting_decline_of(CandidateRegister& candidates, const std::string& number) {
  const auto found = candidates.declines.find(number);
  if (found == candidates.declines.end()) {
    throw Conflict("no_decline", {"No decline of this number is recorded. Look at the register again.",
                                  "이 응시번호의 포기 기록이 없습니다. 명부를 다시 확인하십시오."});
  }
  if (found->second.counts()) {
    throw Conflict("decline_confirmed", {"This decline was confirmed. It stays in the record.",
                                         "이미 확인된 포기입니다. 기록은 그대로 남습니다."});
  }
  return found->second;
}

std::string judge_decline_reason(const std::string& typed) {
  std::string reason = clean_line(typed);
  Faults faults;
  if (reason.empty()) {
    faults.add({"", 0, "reason", {"the reason is missing", "사유가 없습니다"},
                {"say what the decline rests on, such as a letter and its date", "포기서와 날짜 등 근거를 적으십시오"}});
  } else if (auto fault = find_text_fault(reason, longest_decline_reason)) {
    faults.add({"", 0, "reason", std::move(fault->what), std::move(fault->fix)});
  }
  if (!faults.empty()) throw InvalidInput("bad_decline", {"The decline cannot be recorded.", "포기를 기록할 수 없습니다."}, std::move(faults));
  return reason;
}

[[noreturn]] void throw_nothing_to_decline(const Decided& decided, const std::vector<selection::PersonIndex>& people) {
  Faults faults;
  for (const selection::PersonIndex person : people) {
    const std::string& number = decided.loaded.results.people[person.value].number.text();
    faults.add({declines_file, 0, "applicant_number",
                {"'" + number + "' neither passed nor stands in the reserve", "'" + number + "': 합격자도 예비 순위자도 아닙니다"},
                {"take the number out", "이 응시번호를 빼십시오"}});
  }
  throw InvalidInput("bad_declines", {"Somebody declines who has nothing to decline.", "포기할 합격이나 예비 순위가 없는 사람이 있습니다."},
                     std::move(faults));
}

}  // namespace

std::string write_register(const CandidateRegister& candidates) {
  json written{{"version", candidates.version}, {"declines", json::object()}, {"registered", json::object()}};
  for (const auto& [number, one] : candidates.declines)
    written["declines"][number] = {{"reason", one.reason},
                                   {"entered_by", one.entered_by},
                                   {"entered_at", format_instant(one.entered_at)},
                                   {"confirmed_by", one.confirmed_by}};
  for (const auto& [number, one] : candidates.registered)
    written["registered"][number] = {{"entered_by", one.entered_by}, {"entered_at", format_instant(one.entered_at)}};
  return written.dump();
}

CandidateRegister read_register(const std::string& words) {
  const json read = json::parse(words);
  CandidateRegister candidates;
  candidates.version = read.at("version").get<std::int64_t>();
  for (const auto& [number, one] : read.at("declines").items())
    candidates.declines[number] = {one.at("reason").get<std::string>(), one.at("entered_by").get<std::string>(),
                                   moment_in(one, "entered_at"), one.at("confirmed_by").get<std::string>()};
  for (const auto& [number, one] : read.at("registered").items())
    candidates.registered[number] = {one.at("entered_by").get<std::string>(), moment_in(one, "entered_at")};
  return candidates;
}

std::string write_declines(const CandidateRegister& candidates) {
  std::string csv;
  for (const auto& [number, one] : candidates.declines) {
    if (!one.counts()) continue;
    if (csv.empty()) csv = "applicant_number\n";
    csv += number + "\n";
  }
  return csv;
}

std::vector<ApplicantNumber> read_declines(std::string_view csv) {
  std::vector<ApplicantNumber> numbers;
  if (csv.empty()) return numbers;
  Faults faults;
  std::vector<Fault> warnings;
  std::set<std::string> seen;
  {
    package::CsvReader reader(declines_file, csv, {{"applicant_number"}}, package::Encoding::utf8, faults, warnings);
    while (reader.next()) {
      const auto number = reader.identifier(0);
      if (!number) continue;
      if (seen.insert(std::string(*number)).second) {
        numbers.emplace_back(std::string(*number));
        continue;
      }
      reader.add_fault(0, {"the number stands there twice", "같은 응시번호가 두 번 있습니다"}, {"keep one", "하나만 남기십시오"});
    }
  }
  if (!faults.empty()) throw InvalidInput("bad_declines", {"The declines cannot be read.", "포기 명단을 읽을 수 없습니다."}, std::move(faults));
  return numbers;
}

selection::FinalDecision decide_finally(const Decided& decided, std::string_view declines_csv) {
  const selection::Results& results = decided.loaded.results;
  selection::FinalDecision final = selection::decide_final(results, decided.loaded.rules, decided.decision);
  std::vector<selection::PersonIndex> declining;
  Faults faults;
  for (const ApplicantNumber& number : read_declines(declines_csv)) {
    const selection::PersonIndex person = results.find(number);
    if (person.exists()) {
      declining.push_back(person);
      continue;
    }
    faults.add({declines_file, 0, "applicant_number",
                {"nobody has the applicant number '" + number.text() + "'", "응시번호 '" + number.text() + "'인 사람이 없습니다"},
                {"correct the number", "번호를 바로잡으십시오"}});
  }
  if (!faults.empty()) throw InvalidInput("bad_declines", {"Somebody declines whom nobody knows.", "알 수 없는 응시번호가 있습니다."}, std::move(faults));
  const auto wrong = selection::apply_declines(results, decided.loaded.rules, declining, final);
  if (!wrong.empty()) throw_nothing_to_decline(decided, wrong);
  return final;
}

CandidateRegister enter_decline_in(CandidateRegister candidates, const std::string& number, const std::string& typed_reason,
                                   const Change& change) {
  if (candidates.declines.contains(number)) {
    throw Conflict("decline_there", {"A decline of this number is recorded already.", "이 응시번호의 포기가 이미 기록되어 있습니다."});
  }
  candidates.declines[number] = {judge_decline_reason(typed_reason), change.author, change.at, ""};
  ++candidates.version;
  return candidates;
}

CandidateRegister confirm_decline_in(CandidateRegister candidates, const std::string& number, const Change& change) {
  Decline& decline = waiting_decline_of(candidates, number);
  if (decline.entered_by == change.author) {
    throw Conflict("same_officer", {"You recorded this decline yourself. Another officer has to confirm it.",
                                    "본인이 기록한 포기입니다. 다른 담당자가 확인해야 합니다."});
  }
  decline.confirmed_by = change.author;
  candidates.registered.erase(number);
  ++candidates.version;
  return candidates;
}

CandidateRegister take_back_decline_in(CandidateRegister candidates, const std::string& number, const Change&) {
  waiting_decline_of(candidates, number);
  candidates.declines.erase(number);
  ++candidates.version;
  return candidates;
}

CandidateRegister register_candidate_in(CandidateRegister candidates, const std::string& number, const Change& change) {
  if (candidates.declines.contains(number)) {
    throw Conflict("decline_there", {"A decline of this number is recorded already.", "이 응시번호의 포기가 이미 기록되어 있습니다."});
  }
  if (candidates.registered.contains(number)) {
    throw Conflict("registered_already", {"This candidate is registered already.", "이미 등록된 채용후보자입니다."});
  }
  candidates.registered[number] = {change.author, change.at};
  ++candidates.version;
  return candidates;
}

}  // namespace hanjari::services

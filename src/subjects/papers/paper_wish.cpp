// What an officer asks of papers, and ordering them.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/papers/papers_job.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t most_words = 40;
constexpr std::size_t longest_code = 160;

// What is wrong with a wish, all of it at once: each a sentence that says what to do.
class WishFaults {
 public:
  void add(const char* code, const Text& sentence) {
    if (code_.empty()) code_ = code;
    text_.en += (text_.en.empty() ? "" : " ") + sentence.en;
    text_.ko += (text_.ko.empty() ? "" : " ") + sentence.ko;
  }
  void throw_if_any() const {
    if (!code_.empty()) throw InvalidInput(code_, text_);
  }

 private:
  std::string code_;
  Text text_;
};

std::string text_of(const json& read, const char* key, WishFaults& faults) {
  const auto found = read.find(key);
  if (found == read.end()) return {};
  if (found->is_string() && found->get_ref<const std::string&>().size() <= longest_code) return found->get<std::string>();
  faults.add("bad_request", {fmt::format("'{}' must be a short text.", key), fmt::format("'{}' 값은 짧은 글자여야 합니다.", key)});
  return {};
}

void add_once(std::vector<std::string>& words, std::string word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
}

std::vector<std::string> words_of_wish(const json& read, const char* key, WishFaults& faults) {
  std::vector<std::string> words;
  const auto found = read.find(key);
  if (found == read.end()) return words;
  const bool is_list = found->is_array() && found->size() <= most_words &&
                       std::all_of(found->begin(), found->end(), [](const json& one) { return one.is_string(); });
  if (!is_list) {
    faults.add("bad_request", {fmt::format("'{}' must be a list of texts.", key), fmt::format("'{}' 값은 글자의 목록이어야 합니다.", key)});
    return words;
  }
  for (const json& one : *found) add_once(words, one.get<std::string>());
  return words;
}

void check_words(const PaperWish& wish, WishFaults& faults) {
  for (const std::string& format : wish.formats) {
    if (documents::parse_paper_format(format)) continue;
    faults.add("bad_request", {fmt::format("There is no format '{}': choose PDF, XLSX or CSV.", format),
                               fmt::format("'{}' 형식은 없습니다. PDF, XLSX, CSV 가운데 고르십시오.", format)});
  }
  for (const std::string& paper : wish.papers) {
    const documents::PaperKind* kind = documents::find_paper_kind(paper);
    if (kind == nullptr) {
      faults.add("bad_request", {fmt::format("There is no paper '{}': choose from the list of papers.", paper),
                                 fmt::format("'{}' 문서는 없습니다. 문서 목록에서 고르십시오.", paper)});
      continue;
    }
    const bool can_be_had = std::any_of(kind->formats.begin(), kind->formats.end(), [&](documents::PaperFormat format) {
      return std::find(wish.formats.begin(), wish.formats.end(), documents::spell(format)) != wish.formats.end();
    });
    if (can_be_had) continue;
    std::string formats;
    for (const documents::PaperFormat format : kind->formats)
      formats += (formats.empty() ? "" : ", ") + std::string(documents::spell(format));
    faults.add("paper_not_in_format",
               {fmt::format("'{}' cannot be had in the formats chosen: choose {} too.", kind->title.en, formats),
                fmt::format("'{}' 문서는 고른 형식으로 만들 수 없습니다. {} 형식도 고르십시오.", kind->title.ko, formats)});
  }
  if (!wish.venue.empty() && !wish.district.empty()) {
    faults.add("bad_request", {"Both a venue and a district are named: choose one of them.",
                               "시험장과 자치구를 함께 골랐습니다. 하나만 고르십시오."});
  }
}

[[noreturn]] void throw_no_place(const char* code, const Text& what) {
  throw NotFound(code, {fmt::format("The plan has nobody in this {}. Choose from the list.", what.en),
                        fmt::format("이 배정안에는 해당 {}의 응시자가 없습니다. 목록에서 고르십시오.", what.ko)});
}

void require_places(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan, const PaperWish& wish) {
  if (wish.venue.empty() && wish.district.empty()) return;
  const auto venues = exams.list_venues(code, plan);
  const bool has_venue = std::any_of(venues.begin(), venues.end(), [&](const VenueSummary& venue) {
    return venue.code.text() == wish.venue;
  });
  const bool has_district = std::any_of(venues.begin(), venues.end(), [&](const VenueSummary& venue) {
    return venue.district.text() == wish.district;
  });
  if (!wish.venue.empty() && !has_venue) throw_no_place("no_such_venue", {"venue", "시험장"});
  if (!wish.district.empty() && !has_district) throw_no_place("no_such_district", {"district", "자치구"});
}

// Of one kind and exam one job waits or runs: whoever asks for something else must know that it is not coming.
Job add_or_refuse(JobRepository& jobs, const JobOrder& order, const Change& change) {
  const Job job = jobs.add_job(order, draw_token(), change);
  if (job.order.request == order.request) return job;
  throw Conflict("papers_being_made",
                 {"Other files of this exam are being made. Wait until that job is done, or cancel it, and order again.",
                  "이 시험의 다른 파일을 만드는 중입니다. 그 작업이 끝난 뒤 또는 취소한 뒤 다시 요청하십시오."});
}

// What people were told before this live plan: what gave way when it was published. Decisions on single people since
// then are passed over, because they tell only whom they move, and everybody else's notice would be lost. Of an exam
// whose first live plan is only changed by decisions, it is that plan. Empty when there was none.
std::string live_before(ApprovalRepository& approvals, const ExamCode& code, const std::string& plan) {
  const std::vector<LiveChange> changes = approvals.list_live_changes(code);
  const auto own = std::find_if(changes.begin(), changes.end(),
                                [&](const LiveChange& change) { return change.plan_digest == plan; });
  const auto published = std::find_if(own, changes.end(), [](const LiveChange& change) { return !change.by_decision; });
  if (published == changes.end()) return {};
  const std::string& before = published->before.empty() ? published->plan_digest : published->before;
  return before == plan ? std::string() : before;
}

}  // namespace

std::string write_paper_wish(const PaperWish& wish) {
  return json{{"plan", wish.plan},
              {"venue", wish.venue},
              {"district", wish.district},
              {"papers", wish.papers},
              {"formats", wish.formats},
              {"language", wish.language == Language::korean ? "ko" : "en"},
              {"incomplete", wish.incomplete},
              {"since", wish.since}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

PaperWish parse_paper_wish(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) {
    throw InvalidInput("bad_request", {"An order of papers is a JSON object.", "문서 요청은 JSON 객체여야 합니다."});
  }
  WishFaults faults;
  PaperWish wish;
  wish.plan = text_of(read, "plan", faults);
  wish.since = text_of(read, "since", faults);
  wish.venue = text_of(read, "venue", faults);
  wish.district = text_of(read, "district", faults);
  for (const std::string& typed : words_of_wish(read, "papers", faults)) {
    const documents::PaperKind* kind = documents::find_named_paper(typed);
    add_once(wish.papers, kind == nullptr ? typed : kind->name);
  }
  for (const std::string& typed : words_of_wish(read, "formats", faults)) {
    const auto format = parse_meant(typed, documents::parse_paper_format);
    add_once(wish.formats, format ? std::string(documents::spell(*format)) : typed);
  }
  if (wish.formats.empty()) wish.formats = {"pdf"};
  const std::string language = text_of(read, "language", faults);
  constexpr std::string_view languages[] = {"ko", "en"};
  const std::size_t meant = find_meant_word(language, languages);
  if (!language.empty() && meant == std::size(languages)) {
    faults.add("bad_request", {"The language is ko or en.", "언어는 ko 또는 en입니다."});
  }
  wish.language = meant == 1 ? Language::english : Language::korean;
  if (const auto incomplete = read.find("incomplete"); incomplete != read.end()) {
    if (incomplete->is_boolean()) {
      wish.incomplete = incomplete->get<bool>();
    } else {
      faults.add("bad_request", {"'incomplete' is true or false.", "'incomplete' 값은 true 또는 false입니다."});
    }
  }
  check_words(wish, faults);
  faults.throw_if_any();
  return wish;
}

Job order_papers(ExamRepository& exams, JobRepository& jobs, const ExamCode& code, const PaperWish& wish,
                 const Change& change) {
  require_not_destroyed(exams, code);
  PaperWish checked = parse_paper_wish(write_paper_wish(wish));
  const StoredPlan plan = find_stored_plan(exams, code, checked.plan);
  checked.plan = plan.digest;
  require_places(exams, code, plan, checked);
  if (!checked.since.empty()) checked.since = find_stored_plan(exams, code, checked.since).digest;
  if (checked.since == checked.plan) {
    throw Conflict("same_edition", {"The papers of this very plan were taken: nothing can differ. Choose an earlier plan, or everything.",
                                    "같은 배정안끼리는 달라지는 문서가 없습니다. 이전 배정안을 고르거나 전체를 고르십시오."});
  }
  if (plan.unseated > 0 && !checked.incomplete) {
    throw Conflict("plan_incomplete",
                   {fmt::format("The plan leaves {} without a seat. Tick that papers are wanted of those who have one, or make "
                                "another plan.",
                                count_people(plan.unseated)),
                    fmt::format("좌석이 없는 응시자가 {}명 있습니다. 좌석이 있는 응시자의 문서만 만든다는 칸에 표시하거나 "
                                "배정안을 새로 만드십시오.",
                                plan.unseated)});
  }
  return add_or_refuse(jobs, {papers_job_kind, code.text(), write_paper_wish(checked)}, change);
}

std::string find_told_before(ExamRepository& exams, ApprovalRepository& approvals, const ExamCode& code,
                             const StoredPlan& plan) {
  const auto live = exams.find_live_plan(code);
  if (!live) {
    // Seats that were withdrawn are what people were told all the same.
    const auto withdrawn = exams.find_withdrawn_plan(code);
    return withdrawn && withdrawn->plan_digest != plan.digest ? withdrawn->plan_digest : std::string();
  }
  return live->plan_digest == plan.digest ? live_before(approvals, code, plan.digest) : live->plan_digest;
}

Job order_notices(ExamRepository& exams, ApprovalRepository& approvals, JobRepository& jobs, const ExamCode& code,
                  const std::string& plan, Language language, const Change& change, ContactsInNotices contacts) {
  require_not_destroyed(exams, code);
  const StoredPlan stored = find_stored_plan(exams, code, plan);
  const std::string before = find_told_before(exams, approvals, code, stored);
  if (before.empty()) {
    throw Conflict("nothing_before", {"Nobody was told another plan before this one, so there is nothing to tell.",
                                      "이 배정안 전에 안내한 배정안이 없어 알릴 변경 사항이 없습니다."});
  }
  json request{{"plan", stored.digest}, {"before", before}, {"language", language == Language::korean ? "ko" : "en"}};
  if (contacts == ContactsInNotices::yes) request["contacts"] = true;
  return add_or_refuse(jobs, {notices_job_kind, code.text(), request.dump()}, change);
}

}  // namespace hanjari::services

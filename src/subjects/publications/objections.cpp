#include "hanjari/publications/objections.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/publications/opened.h"

namespace hanjari::services {
namespace {

std::string judge_objection_words(const std::string& typed, const char* field, const Text& missing) {
  std::string words = clean_lines(typed);
  Faults faults;
  if (is_blank_text(words)) {
    faults.add({"", 0, field, missing, {"write a few sentences", "몇 문장으로 적으십시오"}});
  } else if (words.size() > longest_objection) {
    faults.add({"", 0, field, {"this is too long", "너무 깁니다"}, {"write at most 2,000 letters", "2,000자 이내로 적으십시오"}});
  }
  if (!faults.empty()) throw InvalidInput("bad_objection", {"The words cannot be taken.", "적은 내용을 접수할 수 없습니다."}, std::move(faults));
  return words;
}

bool is_waiting(const Objection& one) {
  return one.outcome == ObjectionOutcome::waits;
}

}  // namespace

std::string_view spell(ObjectionOutcome outcome) {
  if (outcome == ObjectionOutcome::waits) return "";
  return outcome == ObjectionOutcome::upheld ? "upheld" : "dismissed";
}

std::optional<ObjectionOutcome> parse_objection_outcome(std::string_view word) {
  for (const auto one : {ObjectionOutcome::waits, ObjectionOutcome::upheld, ObjectionOutcome::dismissed}) {
    if (spell(one) == word) return one;
  }
  return std::nullopt;
}

std::string write_objection_content(const Objection& one) {
  return nlohmann::json{{"number", one.number},
                        {"words", one.words},
                        {"account", one.sender.account},
                        {"language", one.sender.language == Language::english ? "en" : "ko"}}
      .dump();
}

void read_objection_content(const std::string& content, Objection& one) {
  const nlohmann::json read = nlohmann::json::parse(content);
  one.number = read.at("number").get<std::string>();
  one.words = read.at("words").get<std::string>();
  one.sender.account = read.at("account").get<std::string>();
  one.sender.language = read.at("language").get<std::string>() == "en" ? Language::english : Language::korean;
}

std::optional<Instant> objections_close(const Publication& released, const std::string& zone) {
  const auto last = parse_date(released.order.objection_until);
  if (!last) return std::nullopt;
  return instant_of(Date{last->days + 1}, 0, zone);
}

bool takes_objections(const Publication& released, const std::string& zone, Instant now) {
  if (released.order.withdrawal) return false;
  const auto close = objections_close(released, zone);
  return !close || now < *close;
}

Objection send_objection(PublicationRepository& publications, const ExamCode& exam, proof::Stage stage, const std::string& number,
                         const ObjectionSender& sender, const std::string& typed_words, const std::string& zone, const Change& change) {
  const OwnResult own = find_own_result(publications, exam, number, stage);
  if (own.is != OwnResult::Is::open) {
    throw Conflict("not_released", {"There is no result to object to.", "이의를 제기할 결과가 없습니다."});
  }
  if (!takes_objections(*own.released, zone, change.at)) {
    throw Conflict("objections_closed", {"The last day to object to this result is over.", "이 결과에 대한 이의제기 기간이 지났습니다."});
  }
  const std::vector<Objection> earlier = list_own_objections(publications, exam, stage, number);
  if (earlier.size() >= most_objections) {
    throw Conflict("too_many_objections", {"You have objected as often as can be taken here. Write to the office.",
                                           "이 화면에서 접수할 수 있는 횟수를 넘었습니다. 기관에 서면으로 제출하십시오."});
  }
  Objection sent;
  sent.words = judge_objection_words(typed_words, "words", {"the objection is missing", "이의제기 내용이 없습니다"});
  sent.id = draw_token();
  sent.exam = exam;
  sent.stage = stage;
  sent.release = own.released->version;
  sent.number = number;
  sent.sender = sender;
  sent.sent_at = change.at;
  return publications.add_objection(sent, change);
}

std::vector<Objection> list_own_objections(PublicationRepository& publications, const ExamCode& exam, proof::Stage stage,
                                           const std::string& number) {
  std::vector<Objection> own = publications.list_objections(exam, number);
  std::erase_if(own, [stage](const Objection& one) { return one.stage != stage; });
  return own;
}

std::vector<Objection> open_objections(PublicationRepository& publications, AccessRecord& accesses, const ExamCode& exam,
                                       const Change& change) {
  std::vector<Objection> all = publications.list_objections(exam, std::nullopt);
  std::stable_partition(all.begin(), all.end(), is_waiting);
  AuditNote note{"objection.read", exam.text(), ""};
  note.exam = exam.text();
  for (const Objection& one : all) note.whose.push_back(one.number);
  accesses.record_access(change, note);
  return all;
}

Objection answer_objection(PublicationRepository& publications, const ExamCode& exam, std::int64_t no, ObjectionOutcome outcome,
                           const std::string& typed_answer, const Change& change) {
  if (outcome == ObjectionOutcome::waits) {
    Faults faults;
    faults.add({"", 0, "outcome", {"the outcome is missing", "결과를 고르지 않았습니다"}, {"choose one", "하나를 고르십시오"}});
    throw InvalidInput("bad_objection", {"The answer is not complete.", "답변이 완전하지 않습니다."}, std::move(faults));
  }
  for (Objection& one : publications.list_objections(exam, std::nullopt)) {
    if (one.no != no) continue;
    one.answer = judge_objection_words(typed_answer, "answer", {"the answer is missing", "답변이 없습니다"});
    one.outcome = outcome;
    one.answered_by = change.author;
    one.answered_at = change.at;
    publications.answer_objection(one, change);
    return std::move(one);
  }
  throw NotFound("unknown_objection", {"There is no such objection.", "그런 이의제기가 없습니다."});
}

void tell_of_answer(MessageOutbox& outbox, const Objection& answered, const Text& exam_name, Instant now) {
  const Language language = answered.sender.language;
  const Text subject{exam_name.en + ": your objection was answered", exam_name.ko + ": 이의제기 답변 안내"};
  const Text body{"Your objection to your result in " + exam_name.en +
                      " was answered. Sign in where you applied, open your result, and read the answer under \"Object to my result\".\n",
                  exam_name.ko + " 결과에 대해 제출하신 이의제기에 답변하였습니다. 원서를 낸 사이트에 로그인하여 결과 화면의 '내 결과에 이의제기'에서 확인하십시오.\n"};
  Message message;
  message.dedupe_id = "objection/" + answered.id;
  message.account = answered.sender.account;
  message.exam = answered.exam.text();
  message.language = language;
  message.subject = subject.in(language);
  message.body = body.in(language);
  outbox.enqueue(message, now);
}

}  // namespace hanjari::services

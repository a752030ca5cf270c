// The school's answer by a link with a code, without an account.
#include "venues/school_questions.h"

#include <algorithm>

#include <sodium.h>

#include <fmt/format.h>

#include "hanjari/actor/attempts.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/base/written_day.h"
#include "venues/offer_notices.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

constexpr std::size_t ticket_length = 64;
constexpr int wrong_codes_of_source = 30;
constexpr std::chrono::minutes code_hour{60};
const char* const school_account = "school";

[[noreturn]] void throw_question_over() {
  throw NotFound("question_over", {"This link is no longer good: it was answered, it is too old, or the venue was changed "
                                   "since. The district sends a new one.",
                                   "더 이상 쓸 수 없는 링크입니다. 이미 답했거나 기한이 지났거나 그 뒤에 내용이 바뀌었습니다. 자치구에 새 "
                                   "링크를 요청하십시오."});
}

std::string first_letter_of(const std::string& text) {
  constexpr unsigned char of_following_bytes = 0xC0;
  constexpr unsigned char following_byte = 0x80;
  std::size_t end = text.empty() ? 0 : 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & of_following_bytes) == following_byte) ++end;
  return text.substr(0, end);
}

// Who is asked at the school is part of what it says yes to, and stands in the way of nobody who has the link alone: mail programs and
// their guards open links too. How long each part is, is not told either.
SchoolContact mask_school_contact(const SchoolContact& contact) {
  constexpr std::size_t digits_shown = 4;
  SchoolContact masked;
  if (!contact.name.empty()) masked.name = first_letter_of(contact.name) + "○○";
  if (!contact.email.empty())
    masked.email = first_letter_of(contact.email) + "***" + contact.email.substr(std::min(contact.email.find('@'), contact.email.size()));
  if (contact.phone.empty()) return masked;
  std::string digits;
  for (const char sign : contact.phone) {
    if (sign >= '0' && sign <= '9') digits += sign;
  }
  masked.phone = digits.size() < 2 * digits_shown ? "***" : "***-" + digits.substr(digits.size() - digits_shown);
  return masked;
}

struct AskedOffer {
  SchoolQuestion question;
  VenueOffer offer;
};

AskedOffer find_asked(VenueOfferRepository& offers, const std::string& ticket, Instant now) {
  if (ticket.size() != ticket_length) throw_question_over();
  auto question = offers.find_question(sha256(ticket).hex(), now);
  if (!question || question->used) throw_question_over();
  auto offer = offers.find_offer_by_id(question->offer);
  if (!offer || offer->version != question->offer_version || offer->state != OfferState::proposed) throw_question_over();
  return {std::move(*question), std::move(*offer)};
}

bool is_right_code(VenueOfferRepository& offers, const SchoolQuestion& question, const std::string& typed) {
  const std::string given = offers.hash_question_code(question.ticket_hash, clean_code(typed));
  return given.size() == question.code_hash.size() &&
         sodium_memcmp(given.data(), question.code_hash.data(), given.size()) == 0;
}

}  // namespace

Instant end_of_link(Instant asked_at, const ExamWords& exam) {
  const Instant usual = asked_at + question_length;
  if (!exam.on) return usual;
  const Instant begins = instant_of(*exam.on, 0, exam.zone);
  const Instant ends = instant_of(Date{exam.on->days + 1}, 0, exam.zone);
  const Instant last = asked_at < begins ? begins : ends;
  return asked_at < last ? std::min(usual, last) : usual;
}

bool SchoolLinks::is_over(const VenueOffer& offer) const {
  if (offer.state != OfferState::proposed) return false;
  return now > end_of_link(offer.changed_at, exam) || spent.contains(offer.id);
}

SchoolLinks read_school_links(VenueOfferRepository& offers, const ExamCode& code, const ExamWords& exam, Instant now) {
  return {exam, now, offers.list_spent_links(code)};
}

std::string draw_school_code() {
  return fmt::format("{:06}", randombytes_uniform(1'000'000));
}

Message school_message(const VenueOffer& offer, const SchoolQuestion& question, const std::string& link,
                       const std::string& code, const ExamWords& exam) {
  const Text until = write_plain_deadline(question.expires_at, exam.zone);
  const std::string on = exam.on ? fmt::format(" of an exam on {}", write_plain_day(*exam.on).en) : std::string();
  const std::string day = exam.on ? fmt::format("시험일: {}.\n", write_plain_day(*exam.on).ko) : std::string();
  Message message = message_to_office(
      "venue-question/" + question.ticket_hash.substr(0, 32), offer.exam, offer.contact.email,
      {fmt::format("{}: please confirm your school's rooms", exam.name.en),
       fmt::format("{}: 시험장 사용 확인 요청", exam.name.ko)},
      {fmt::format("{} is asked for as a venue{}.\nPlease look at the rooms and answer until {}. You need no account.\n{}\nCode: {}",
                   offer.name, on, until.en, link, code),
       fmt::format("시험장으로 요청한 학교: {}\n{}아래 주소에서 시험실을 확인하고 {}까지 답해 주십시오. 계정은 필요하지 않습니다.\n"
                   "{}\n인증 번호: {}",
                   offer.name, day, until.ko, link, code)});
  message.useless_after = question.expires_at;
  return message;
}

SchoolView open_question(VenueOfferRepository& offers, const std::string& ticket, Instant now) {
  AskedOffer asked = find_asked(offers, ticket, now);
  SchoolView view;
  view.seats = count_seats(asked.offer.rooms, load_request(offers, asked.offer.exam).rule).seats;
  view.expires_at = asked.question.expires_at;
  view.offer = std::move(asked.offer);
  view.contact = mask_school_contact(view.offer.contact);
  view.offer.contact = {};
  view.offer.note.clear();  // the district's word to the city
  return view;
}

VenueOffer answer_question(VenueOfferRepository& offers, AttemptLimit& attempts, const std::string& ticket,
                           const std::string& code, SchoolAnswer answer, const std::string& told,
                           const std::string& source, Instant now) {
  AskedOffer asked = find_asked(offers, ticket, now);
  // What cannot be taken whatever the code is costs no try.
  const std::string words = answer == SchoolAnswer::no ? require_told(told) : std::string();
  // The tries are those of the link, which nobody else has. Schools of one network share an address: whoever has the right
  // code gets in, however often others there were wrong. Only wrong ones count.
  if (!offers.reserve_question_try(asked.question.ticket_hash)) throw_question_over();
  if (!is_right_code(offers, asked.question, code)) {
    LookUpGuess guess(attempts, {{"venue_code/source/" + source_of_limits(source), wrong_codes_of_source, code_hour}}, now);
    guess.was_wrong();
    throw NotAllowed("wrong_code", {"The code is wrong. It stands in the mail with the link.",
                                    "인증 번호가 올바르지 않습니다. 링크와 함께 받은 전자우편에서 확인하십시오."});
  }
  VenueOffer next = asked.offer;
  next.state = answer == SchoolAnswer::yes ? OfferState::confirmed : OfferState::asked_back;
  next.told = words;
  ++next.version;
  next.author = school_account;
  next.changed_at = now;
  OfferSaving saving;
  saving.answered = asked.question.ticket_hash;
  const VenueRequest request = load_request(offers, next.exam);
  saving.seats = count_seats(next.rooms, request.rule).seats;
  tell_of_school_answer(request, asked.offer, answer, words, saving.messages);
  offers.save_offer(next, saving, Change{school_account, "", now, "program", source});
  return next;
}

}  // namespace hanjari::services

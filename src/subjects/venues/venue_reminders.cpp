// Reminders of schools that were asked or accepted, and of the city while something waits for it.
#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/legible.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/offer_notices.h"
#include "venues/offer_rights.h"

namespace hanjari::services {
namespace {

constexpr std::array<int, 2> days_after_question{3, 6};
constexpr std::array<int, 3> days_before_exam{14, 3, 1};
constexpr int told_of_acceptance_for = 2;      // days: who starts this program later tells nobody of what is long over
constexpr int told_of_silence_for = 2;        // days, likewise
constexpr int first_minute_of_notices = 9 * 60;  // of the day: mail at midnight is read by nobody

template <std::size_t count>
bool is_one_of(const std::array<int, count>& days, int day) {
  return std::find(days.begin(), days.end(), day) != days.end();
}

Message reminder_of_question(const VenueOffer& offer, const ExamWords& exam, int days) {
  const Text until = write_plain_deadline(end_of_link(offer.changed_at, exam), exam.zone);
  return message_to_office(
      fmt::format("venue-question-reminder/{}/{}/{}", offer.id, offer.version, days), offer.exam, offer.contact.email,
      {fmt::format("{}: please confirm your school's rooms", exam.name.en), fmt::format("{}: 시험장 확인 재요청", exam.name.ko)},
      {fmt::format("You were sent a link and a code to confirm the rooms of {}. The link is good until {}. If you cannot find "
                   "that mail, ask your district for a new one.",
                   offer.name, until.en),
       fmt::format("시험실 확인을 위한 링크와 인증 번호를 보내 드렸습니다. 학교: {}, 답변 기한: {}. 전자우편을 찾을 수 없으면 "
                   "자치구에 다시 보내 달라고 요청해 주십시오.",
                   offer.name, until.ko)});
}

// Of every day to which the exam is moved there are reminders of its own.
Message reminder_of_exam_day(const VenueOffer& offer, const ExamWords& exam, const Text& day, int left) {
  return message_to_office(
      fmt::format("venue-day-reminder/{}/{}/{}/{}", offer.id, offer.version, format_date(*exam.on), left), offer.exam,
      offer.contact.email,
      {fmt::format("{}: your school is a venue on {}", exam.name.en, day.en),
       fmt::format("{}: 시험일 안내({})", exam.name.ko, day.ko)},
      {fmt::format("Your school is a venue of the exam on {}: {}. Please keep the confirmed rooms free, and tell your district "
                   "if one of them is not to be had.",
                   day.en, offer.name),
       fmt::format("시험일은 {}입니다. 학교: {}. 확인해 주신 시험실을 비워 두시고, 쓸 수 없는 시험실이 있으면 자치구에 알려 "
                   "주십시오.",
                   day.ko, offer.name)});
}

Message notice_of_silence(const VenueOffer& offer, const ExamWords& exam, const std::string& email) {
  return message_to_office(
      fmt::format("venue-question-over/{}/{}", offer.id, offer.version), offer.exam, email,
      {fmt::format("{}: no answer from {}", exam.name.en, offer.name), fmt::format("{}: 학교 미응답({})", exam.name.ko, offer.name)},
      {fmt::format("{} has not answered, and its link is no longer good. Call the school, and send it a new link in the office.",
                   offer.name),
       fmt::format("학교가 답하지 않은 채 링크의 기한이 지났습니다. 학교: {}. 학교에 연락하고 업무 시스템에서 링크를 다시 보내십시오.",
                   offer.name)});
}

// After the exam nothing waits any more, whatever was left open.
bool is_over(const ExamWords& exam, const Date& today) {
  return exam.on && exam.on->days < today.days;
}

// A day that the exam has by now, some time after the acceptance told of another one, or of none.
Message notice_of_other_day(const VenueOffer& offer, const ExamWords& exam, const Text& day) {
  return message_to_office(
      id_of_accepted_day(offer, offer.version, exam), offer.exam, offer.contact.email,
      {fmt::format("{}: the exam day is {}", exam.name.en, day.en), fmt::format("{}: 시험일이 정해졌습니다({})", exam.name.ko, day.ko)},
      {fmt::format("The day of the exam for which your school is a venue is now {}: {}. Please keep the confirmed rooms free on that "
                   "day. If that cannot be, tell your district at once.",
                   day.en, offer.name),
       fmt::format("시험일이 바뀌었거나 새로 정해졌습니다. 시험일: {}, 학교: {}. 그날 확인해 주신 시험실을 비워 두시고, 어려우면 바로 "
                   "자치구에 알려 주십시오.",
                   day.ko, offer.name)});
}

// What schools of this list were told of their acceptance, by ids.
std::set<std::string> find_told_acceptances(MessageOutbox& outbox, const std::vector<VenueOffer>& offers, const ExamWords& exam) {
  std::vector<std::string> ids;
  for (const VenueOffer& offer : offers) {
    if (offer.state != OfferState::accepted) continue;
    ids.push_back(id_of_accepted_day(offer, offer.version, exam));
    ids.push_back(id_of_acceptance_before(offer));
  }
  return ids.empty() ? std::set<std::string>() : outbox.find_known(ids);
}

// The link of a school that was asked is over, for not so long that everybody knows it.
bool is_silence_news(const VenueOffer& offer, const SchoolLinks& links) {
  return links.is_over(offer) &&
         links.now <= end_of_link(offer.changed_at, links.exam) + std::chrono::hours(24 * told_of_silence_for);
}

// What is due to this school today. `told`: as find_told_acceptances.
std::vector<Message> due_to_school(const VenueOffer& offer, const SchoolLinks& links, const std::set<std::string>& told, Date today) {
  const ExamWords& exam = links.exam;
  std::vector<Message> due;
  if (offer.contact.email.empty()) return due;
  const int since = today.days - local_time(offer.changed_at, exam.zone).day.days;
  // Of a link that ends sooner nobody is reminded once it is over.
  const Date last = local_time(end_of_link(offer.changed_at, exam) - std::chrono::seconds(1), exam.zone).day;
  if (offer.state == OfferState::proposed && !links.is_over(offer) && today.days <= last.days && is_one_of(days_after_question, since))
    due.push_back(reminder_of_question(offer, exam, since));
  if (offer.state != OfferState::accepted) return due;
  // The step has told of it and of the day of then; where another day is set since, it is told once, whenever that is.
  const bool is_told = told.contains(id_of_accepted_day(offer, offer.version, exam)) || told.contains(id_of_acceptance_before(offer));
  if (!is_told && !is_over(exam, today)) {
    const bool is_new = since < told_of_acceptance_for;
    if (is_new) due.push_back(notice_of_acceptance(offer, offer.version, exam));
    if (!is_new && exam.on) due.push_back(notice_of_other_day(offer, exam, write_plain_day(*exam.on)));
  }
  if (exam.on && is_one_of(days_before_exam, exam.on->days - today.days))
    due.push_back(reminder_of_exam_day(offer, exam, write_plain_day(*exam.on), exam.on->days - today.days));
  return due;
}

Message reminder_of_city(const VenueRequest& request, const ExamWords& exam, std::int64_t waiting, Date today) {
  const std::string count = group_digits(waiting);
  return message_to_office(
      fmt::format("venue-city/{}/{}", request.exam.text(), format_date(today)), request.exam, request.city_email,
      {fmt::format("{}: venues wait for you", exam.name.en), fmt::format("{}: 처리할 시험장이 있습니다", exam.name.ko)},
      {fmt::format("Venues that their schools confirmed and that wait for your answer: {}. Sign in to the office.", count),
       fmt::format("학교가 확인하여 수락을 기다리는 시험장: {}곳. 업무 시스템에 로그인하여 처리하십시오.", count)});
}

// Each exam that schools are asked for, at an hour when its mail is read, and its day. One whose rows do not open keeps nobody
// else from being told.
void for_each_exam_by_day(VenueOfferRepository& offers, const std::function<ExamWords(const ExamCode&)>& words_of, Instant now,
                          const std::function<void(const VenueRequest&, const ExamWords&, const Date& today)>& tell) {
  for (const VenueRequest& request : offers.list_requests()) {
    read_legibly([&] {
      const ExamWords exam = words_of(request.exam);
      const LocalTime there = local_time(now, exam.zone);
      if (there.minute >= first_minute_of_notices) tell(request, exam, there.day);
    });
  }
}

}  // namespace

std::int64_t remind_schools(VenueOfferRepository& offers, MessageOutbox& outbox,
                            const std::function<ExamWords(const ExamCode&)>& words_of, Instant now) {
  std::int64_t due = 0;
  for_each_exam_by_day(offers, words_of, now, [&](const VenueRequest& request, const ExamWords& exam, const Date& today) {
    const SchoolLinks links = read_school_links(offers, request.exam, exam, now);
    const std::vector<VenueOffer> list = offers.list_offers(request.exam, std::nullopt);
    const std::set<std::string> told = find_told_acceptances(outbox, list, exam);
    for (const VenueOffer& offer : list) {
      // A school whose mail cannot be written keeps no other from its own.
      read_legibly([&] {
        for (const Message& message : due_to_school(offer, links, told, today)) {
          outbox.enqueue(message, now);
          ++due;
        }
      });
    }
  });
  return due;
}

std::int64_t tell_of_silent_schools(VenueOfferRepository& offers, MessageOutbox& outbox,
                                    const std::function<ExamWords(const ExamCode&)>& words_of, Instant now) {
  std::int64_t due = 0;
  for_each_exam_by_day(offers, words_of, now, [&](const VenueRequest& request, const ExamWords& exam, const Date& today) {
    if (is_over(exam, today)) return;
    const SchoolLinks links = read_school_links(offers, request.exam, exam, now);
    for (const VenueOffer& offer : offers.list_offers(request.exam, std::nullopt)) {
      const DistrictWish* wish = request.find(offer.district);
      if (wish == nullptr || wish->email.empty() || !is_silence_news(offer, links)) continue;
      read_legibly([&] {
        outbox.enqueue(notice_of_silence(offer, exam, wish->email), now);
        ++due;
      });
    }
  });
  return due;
}

std::int64_t remind_city(VenueOfferRepository& offers, MessageOutbox& outbox,
                         const std::function<ExamWords(const ExamCode&)>& words_of, Instant now) {
  std::int64_t due = 0;
  for_each_exam_by_day(offers, words_of, now, [&](const VenueRequest& request, const ExamWords& exam, const Date& today) {
    if (request.city_email.empty() || is_over(exam, today)) return;
    const std::vector<VenueOffer> list = offers.list_offers(request.exam, std::nullopt);
    const auto waiting = std::count_if(list.begin(), list.end(),
                                       [](const VenueOffer& offer) { return offer.state == OfferState::confirmed; });
    if (waiting == 0) return;
    outbox.enqueue(reminder_of_city(request, exam, waiting, today), now);
    ++due;
  });
  return due;
}

}  // namespace hanjari::services

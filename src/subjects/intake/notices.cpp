#include "intake/notices.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/written_day.h"
#include "hanjari/domain/application_number.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

// As people read it out.
std::string spoken_number(const Application& application) {
  return write_application_number(application.id);
}

Text name_of_exam(const Recruitment& recruitment) {
  return {recruitment.header.name_en, recruitment.header.name_ko};
}

Text why_returned(MoneyReturn why) {
  switch (why) {
    case MoneyReturn::too_late:
      return {"it came after the time for paying was over.", "결제 기간이 지난 뒤에 결제되었습니다."};
    case MoneyReturn::application_over:
      return {"the application no longer waits for a payment.", "더 이상 결제를 기다리지 않는 원서입니다."};
    case MoneyReturn::order_over:
      return {"this payment had expired or had been replaced by another.",
              "유효 시간이 지났거나 다른 결제로 바뀐 주문입니다."};
    case MoneyReturn::claim_held:
      return {"your identity has to be confirmed first; please call the exam office.",
              "먼저 본인 확인이 필요합니다. 시험 담당 부서에 문의하십시오."};
    case MoneyReturn::fee_changed:
      break;
  }
  return {"the fee is another one since you changed your application.", "원서를 고치신 뒤 응시수수료가 달라졌습니다."};
}

// A receipt that still waits must not come after this message: it says what is no longer so.
Message in_place_of_receipt(Message message, const Application& application) {
  message.digest = "receipt/" + application.id.text();
  return message;
}

}  // namespace

Message message_to(const Application& application, const std::string& what, const Text& subject, const Text& body) {
  Message message;
  message.dedupe_id = fmt::format("{}/{}", what, application.id.text());
  message.account = application.account;
  message.application = application.id.text();
  message.exam = application.exam.text();
  message.language = application.form.language;
  message.subject = subject.in(message.language);
  const Text greeting{"Dear applicant,", application.form.name.empty() ? "안녕하십니까." : application.form.name + " 님, 안녕하십니까."};
  message.body = greeting.in(message.language) + "\n\n" + body.in(message.language);
  return message;
}

Message receipt_message(const Recruitment& recruitment, const Application& application, const std::string& receipt) {
  const Text exam = name_of_exam(recruitment);
  const bool due = application.state == ApplicationState::submitted;
  const Text pay_by =
      write_plain_moment(calendar_of(recruitment, application).payment_closes(), recruitment.header.time_zone);
  const bool proof = due && application.fee == 0;
  const std::string en_fee =
      proof ? std::string("It is complete once your identity has been confirmed: please call the exam office before "
                          "applications close.\n\n")
      : due ? fmt::format(
                "The fee of {} won is still due: pay it under \"My applications\" by {}, or the application lapses.\n\n",
                group_digits(application.fee), pay_by.en)
          : std::string();
  const std::string ko_fee =
      proof ? std::string("본인 확인이 되어야 접수가 완료됩니다. 접수 마감 전에 시험 담당 부서에 문의하십시오.\n\n")
      : due ? fmt::format(
                "응시수수료 {}원이 아직 결제되지 않았습니다. {}까지 \'내 원서\'에서 결제하십시오. "
                "결제하지 않으면 접수가 무효가 됩니다.\n\n",
                group_digits(application.fee), pay_by.ko)
          : std::string();
  Message message = message_to(
      application, fmt::format("receipt/{}", application.version),
      {fmt::format("{}: we have your application", exam.en), fmt::format("{}: 원서가 제출되었습니다", exam.ko)},
      {fmt::format("{}\n\nWe have your application {}.\n\n{}This is your receipt; keep it. It can be checked with the "
                   "public key on our pages.\n\n{}",
                   exam.en, spoken_number(application), en_fee, receipt),
       fmt::format(
           "{}\n\n접수번호 {}의 원서가 제출되었습니다.\n\n{}아래는 접수증입니다. 보관해 주십시오. 누리집에 게시된 "
           "공개키로 진위를 확인할 수 있습니다.\n\n{}",
           exam.ko, spoken_number(application), ko_fee, receipt)});
  // The first one at once; of the changes of some minutes the last one, whose receipt holds what counts.
  if (application.version > 1) {
    message.not_before = application.submitted_at + digest_pause;
    return in_place_of_receipt(std::move(message), application);
  }
  return message;
}

Message paid_message(const Recruitment& recruitment, const Application& application) {
  const Text exam = name_of_exam(recruitment);
  return in_place_of_receipt(
      message_to(
          application, "paid",
          {fmt::format("{}: fee paid, application complete", exam.en), fmt::format("{}: 결제 및 접수 완료", exam.ko)},
          {fmt::format("{}\n\nYour fee for application {} is paid. Your application is complete. You find its receipt under "
                       "\"My applications\".",
                       exam.en, spoken_number(application)),
           fmt::format("{}\n\n접수번호 {}의 응시수수료가 결제되어 접수가 완료되었습니다. 접수증은 \'내 원서\'에서 받을 수 "
                       "있습니다.",
                       exam.ko, spoken_number(application))}),
      application);
}

Message returned_message(const Recruitment& recruitment, const Application& application, const Payment& payment,
                         MoneyReturn why) {
  const Text exam = name_of_exam(recruitment);
  const Text reason = why_returned(why);
  const std::string amount = group_digits(payment.amount);
  return message_to(
      application, "returned/" + payment.id,
      {fmt::format("{}: your payment is given back", exam.en), fmt::format("{}: 결제 금액 환불 안내", exam.ko)},
      {fmt::format("{}\n\nYour payment of {} won for application {} cannot be counted: {} It is given back the way it was "
                   "paid. How your application stands now is shown on your status page.",
                   exam.en, amount, spoken_number(application), reason.en),
       fmt::format("{}\n\n접수번호 {}의 결제 금액 {}원은 응시수수료로 처리되지 않았습니다. {} 결제하신 수단으로 환불됩니다. "
                   "현재 접수 상태는 \'내 원서\'에서 확인하십시오.",
                   exam.ko, spoken_number(application), amount, reason.ko)});
}

Message taken_back_message(const Recruitment& recruitment, const Application& application, const Payment& payment) {
  const Text exam = name_of_exam(recruitment);
  const std::string amount = group_digits(payment.amount);
  return message_to(
      application, "taken_back/" + payment.id,
      {fmt::format("{}: your payment was taken back", exam.en), fmt::format("{}: 결제 취소 확인 안내", exam.ko)},
      {fmt::format("{}\n\nThe payment provider tells us that your payment of {} won for application {} was cancelled or taken back. "
                   "Your application still counts until the exam office has decided; you will be told. If you did not "
                   "cancel it, please call the exam office.",
                   exam.en, amount, spoken_number(application)),
       fmt::format("{}\n\n접수번호 {}의 결제 금액 {}원이 취소되었다고 결제 대행사가 알려 왔습니다. 시험 담당 부서가 결정할 "
                   "때까지 접수는 유효하며, 결정되면 알려 드립니다. 직접 취소하지 않으셨다면 시험 담당 부서에 문의하십시오.",
                   exam.ko, spoken_number(application), amount)});
}

Message taken_back_decided_message(const Recruitment& recruitment, const Application& application, const Payment& payment,
                                   TakenBackDecision decision, const std::string& told) {
  const Text exam = name_of_exam(recruitment);
  const bool kept = decision == TakenBackDecision::keep;
  const Text outcome = kept ? Text{"Your application stays valid.", "접수는 그대로 유효합니다."}
                            : Text{"Your application has ended.", "접수가 종료되었습니다."};
  return message_to(
      application, "taken_back_decided/" + payment.id,
      {fmt::format("{}: decision on the payment that was taken back", exam.en), fmt::format("{}: 결제 취소 건 결정 안내", exam.ko)},
      {fmt::format("{}\n\nThe exam office has decided on the payment for application {} that was taken back. {}\n\n{}", exam.en,
                   spoken_number(application), outcome.en, told),
       fmt::format("{}\n\n접수번호 {}의 취소된 결제에 대하여 시험 담당 부서가 결정하였습니다. {}\n\n{}", exam.ko,
                   spoken_number(application), outcome.ko, told)});
}

Message withdrawn_message(const Recruitment& recruitment, const Application& application, bool refunded) {
  const Text exam = name_of_exam(recruitment);
  return in_place_of_receipt(
      message_to(application, fmt::format("withdrawn/{}", application.version),
                 {fmt::format("{}: application withdrawn", exam.en), fmt::format("{}: 접수 취소", exam.ko)},
                 {fmt::format("{}\n\nYour application {} is withdrawn.{}", exam.en, spoken_number(application),
                              refunded ? " The fee will be given back the way it was paid." : ""),
                  fmt::format("{}\n\n접수번호 {}의 접수가 취소되었습니다.{}", exam.ko, spoken_number(application),
                              refunded ? " 응시수수료는 결제하신 수단으로 환불됩니다." : "")}),
      application);
}

Message yielded_message(const Application& ended) {
  return in_place_of_receipt(
      message_to(
          ended, "claim_yielded", {"Your application has ended", "원서 접수가 종료되었습니다"},
          {fmt::format(
               "Your application {} has ended: somebody else has shown that its resident registration number is "
               "theirs. A fee that you paid is given back. If the number is yours, please call the exam office.",
               spoken_number(ended)),
           fmt::format(
               "접수번호 {}의 접수가 종료되었습니다. 입력하신 주민등록번호의 본인이 따로 확인되었습니다. 결제하신 "
               "응시수수료는 환불됩니다. 본인의 번호가 맞으면 시험 담당 부서에 문의하십시오.",
               spoken_number(ended))}),
      ended);
}

Message lapsed_message(const Application& lapsed) {
  const Text why = lapsed.fee > 0 ? Text{"its fee was not paid in time", "기한까지 응시수수료가 결제되지 않아"}
                                  : Text{"your identity was not confirmed in time", "기한까지 본인 확인이 되지 않아"};
  return in_place_of_receipt(
      message_to(lapsed, "lapsed", {"Your application has lapsed", "원서 접수가 무효로 처리되었습니다"},
                 {fmt::format("Your application {} has lapsed: {}. You cannot sit this exam with it. If you think this is "
                              "wrong, please call the exam office.",
                              spoken_number(lapsed), why.en),
                  fmt::format("접수번호 {}의 원서는 {} 접수가 무효로 처리되었습니다. 이 원서로는 응시할 수 없습니다. 사실과 "
                              "다르면 시험 담당 부서에 문의하십시오.",
                              spoken_number(lapsed), why.ko)}),
      lapsed);
}

Message released_message(const Recruitment& recruitment, const Application& application, const std::string& told) {
  const Text exam = name_of_exam(recruitment);
  return in_place_of_receipt(
      message_to(
          application, "claim_released",
          {fmt::format("{}: your application has ended", exam.en), fmt::format("{}: 원서 접수 종료", exam.ko)},
          {fmt::format("{}\n\nThe exam office has ended your application {}. Any fee you paid will be refunded.\n{}", exam.en,
                       spoken_number(application), told),
           fmt::format("{}\n\n시험 담당 부서에서 접수번호 {}의 접수를 종료하였습니다. 결제하신 응시수수료는 환불됩니다.\n{}",
                       exam.ko, spoken_number(application), told)}),
      application);
}

Message accommodation_message(const Recruitment& recruitment, const Application& application,
                              const AccommodationDecision& decision) {
  const Text exam = name_of_exam(recruitment);
  const Text item = name_of_accommodation(decision.item);
  const Text outcome = name_of(decision.decision);
  return message_to(
      application, fmt::format("accommodation/{}/{}", decision.item, application.version),
      {fmt::format("{}: your accommodation was decided", exam.en), fmt::format("{}: 편의지원 심사 결과", exam.ko)},
      {fmt::format("{}\n\nYour request for an accommodation has been decided.\n{}: {}.\n{}", exam.en, item.en, outcome.en,
                   decision.reason),
       fmt::format("{}\n\n신청하신 편의지원의 심사 결과를 알려 드립니다.\n{}: {}\n{}", exam.ko, item.ko, outcome.ko,
                   decision.reason)});
}

Message question_message(const Recruitment& recruitment, const Application& application, const std::string& item,
                         const std::string& question) {
  const Text exam = name_of_exam(recruitment);
  const Text name = name_of_accommodation(item);
  Message message = message_to(
      application, fmt::format("question/{}/{}", item, application.version),
      {fmt::format("{}: a question about your accommodation", exam.en),
       fmt::format("{}: 편의지원 관련 문의", exam.ko)},
      {fmt::format("{}\n\n{}\n{}\nWhile applications are open you can answer by editing your application; afterwards please "
                   "answer the exam office.",
                   exam.en, name.en, question),
       fmt::format("{}\n\n{}\n{}\n접수 기간에는 원서를 수정하여 답하실 수 있습니다. 접수가 끝났으면 시험 담당 부서로 답해 "
                   "주십시오.",
                   exam.ko, name.ko, question)});
  message.urgency = Urgency::soon;
  return message;
}

Message corrected_message(const Recruitment& recruitment, const Application& application, const std::string& why,
                          const std::string& receipt) {
  const Text exam = name_of_exam(recruitment);
  return in_place_of_receipt(
      message_to(
          application, fmt::format("corrected/{}", application.version),
          {fmt::format("{}: your application was corrected", exam.en), fmt::format("{}: 원서 정정 안내", exam.ko)},
          {fmt::format("{}\n\nThe exam office has corrected your application {}.\n{}\n\nThis receipt takes the place of the "
                       "earlier one; keep it.\n\n{}",
                       exam.en, spoken_number(application), why, receipt),
           fmt::format("{}\n\n시험 담당 부서에서 접수번호 {}의 원서를 정정하였습니다.\n{}\n\n아래 접수증이 이전 접수증을 "
                       "대신합니다. 보관해 주십시오.\n\n{}",
                       exam.ko, spoken_number(application), why, receipt)}),
      application);
}

Message report_message(const Recruitment& recruitment, const Application& application, const SelfReport& report) {
  const Text exam = name_of_exam(recruitment);
  const Text decision = name_of(report.decision);
  const bool moved = !report.new_place.empty();
  Message message = message_to(
      application, fmt::format("self_report/{}", report.id),
      {fmt::format("{}: your health report was decided", exam.en), fmt::format("{}: 건강 자진신고 처리 결과", exam.ko)},
      {fmt::format("{}\n\nYour health report has been decided.\n{}.\n{}{}", exam.en, decision.en, report.reason,
                   moved ? "\nYou have a new seat: open your status page for the new admission slip." : ""),
       fmt::format("{}\n\n건강 상태 신고의 처리 결과를 알려 드립니다.\n{}\n{}{}", exam.ko, decision.ko, report.reason,
                   moved ? "\n좌석이 변경되었습니다. \'내 원서\'에서 새 응시표를 확인하십시오." : "")});
  message.urgency = Urgency::soon;  // in the last days before the exam
  return message;
}

}  // namespace hanjari::services

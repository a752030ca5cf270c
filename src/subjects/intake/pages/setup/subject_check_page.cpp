#include "intake/pages/setup/subject_check_page.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/domain/contact.h"
#include "hanjari/intake/office/subject_checks.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/setup_parts.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::size_t longest_author = 128;  // of the trail

services::KeyedHash hash_of_site(const Call& call) {
  return [&accounts = call.site.accounts()](std::string_view purpose, std::string_view word) {
    return accounts.hash_secret(purpose, word);
  };
}

// What the link of the path says, and what it opens at this moment.
struct OpenedLink {
  services::CheckerTicket ticket;
  services::OwnChecks own;
};

OpenedLink open_link(const Call& call) {
  auto ticket = services::read_checker_ticket(hash_of_site(call), call.path.at("ticket"), call.site.now());
  auto own = load_intake(call).setup.open_own_checks(ticket.exam, ticket.checker);
  return {std::move(ticket), std::move(own)};
}

services::Change change_of_checker(const Call& call, const std::string& checker) {
  services::Change change;
  change.author = checker.size() <= longest_author ? checker : "subject checker";
  change.at = call.site.now();
  change.role = "subject_checker";
  change.source = call.request.source;
  change.request = call.request.id;
  return change;
}

// Also for a link that nobody ever sent, so that nothing is learned by trying.
Response show_link_over(const Call& call, const Error& refused) {
  Page page{.name = "subject_check", .title = call.site.pages().text(call.language, "subject_check.over")};
  page.data = {{"over", {{"words", refused.message().in(call.language)}}}};
  page.status = 409;
  return show(call, page);
}

json describe_own_subject(const Call& call, const package::ExamSubject& subject, const std::string& zone) {
  json row{{"code", subject.code},
           {"name", subject.name.in(call.language)},
           {"state", services::name_value("", json(package::spell(subject.state)).dump(), zone).in(call.language)},
           {"due", subject.due_on ? write_day(*subject.due_on, call.language) : std::string("–")}};
  if (subject.state == package::SubjectState::drafted) row["may_mark"] = {{"subject", subject.code}};
  return row;
}

enum class Shown { question, subjects };

Response show_check_page(const Call& call, const OpenedLink& link, Shown shown, const Error* refused) {
  const ExamHeader& header = link.own.header;
  Page page{.name = "subject_check", .title = call.site.pages().text(call.language, "subject_check.title")};
  page.data = {{"action", fmt::format("/{}/subject-checks/{}", code_of(call.language), encode_percent(call.path.at("ticket")))},
               {"form_token", call.form_token}};
  json part{{"exam", name_of_exam(header, call.language)},
            {"until", write_deadline(link.ticket.expires_at, header.time_zone, call.language)}};
  if (refused != nullptr) {
    part["error"] = {{"sentence", refused->message().in(call.language)}};
    page.status = 422;
  }
  if (shown == Shown::question) {
    page.data["question"] = std::move(part);
    return show(call, page);
  }
  part["checker"] = link.ticket.checker;
  part["code"] = field_of(call.form, "code");
  part["undeclared"] = !link.own.has_relative.has_value();
  part["barred"] = link.own.has_relative.value_or(false);
  const bool may_check = link.own.has_relative.has_value() && !*link.own.has_relative;
  part["subjects"] = json::array();
  for (const package::ExamSubject& subject : link.own.subjects) {
    json row = describe_own_subject(call, subject, header.time_zone);
    if (!may_check) row.erase("may_mark");
    part["subjects"].push_back(std::move(row));
  }
  page.data["own"] = std::move(part);
  return show(call, page);
}

void take_check_step(const Call& call, const services::CheckerTicket& ticket) {
  services::NoticeSetup& setup = load_intake(call).setup;
  const std::string step = field_of(call.form, "step");
  const services::Change change = change_of_checker(call, ticket.checker);
  if (step == "declare") {
    const std::string said = field_of(call.form, "relative");
    if (said != "yes" && said != "no")
      throw InvalidInput("answer_missing", {"Choose yes or no.", "예 또는 아니요를 고르십시오."});
    setup.declare_own_relative(ticket.exam, ticket.checker, said == "yes", change);
  } else if (step == "checked") {
    setup.mark_checked(ticket.exam, ticket.checker, field_of(call.form, "subject"), change);
  }
}

// The step, and the page as it is afterwards; what is refused is said on it.
Response show_after_step(const Call& call, const services::CheckerTicket& ticket) {
  try {
    take_check_step(call, ticket);
  } catch (const InvalidInput& refused) {
    return show_check_page(call, open_link(call), Shown::subjects, &refused);
  } catch (const Conflict& refused) {
    return show_check_page(call, open_link(call), Shown::subjects, &refused);
  }
  return show_check_page(call, open_link(call), Shown::subjects, nullptr);
}

Instant send_link(const Call& call, const std::string& typed_checker, const std::string& typed_email, const std::string& reason) {
  const ExamCode code = notice_code(call);
  services::NoticeSetup& setup = setup_of(call);
  const Instant now = std::chrono::floor<std::chrono::seconds>(call.site.now());
  services::CheckerTicket ticket{code, setup.require_checker(call.actor(), code, typed_checker),
                                 now + services::checker_link_length};
  ContactFault fault;
  const auto email = read_email(typed_email, fault);
  if (!email) throw InvalidInput("bad_contact", fault.what);
  const std::string& portal = call.site.settings().portal_address;
  if (portal.empty() || call.site.outbox() == nullptr) {
    throw Conflict("no_portal_address",
                   {"The address of the portal is not set, or no mail is sent, so that no link can go out. Whoever runs the program sets portal.address.",
                    "포털 주소나 메일 발송이 설정되지 않아 링크를 보낼 수 없습니다. 운영자에게 portal.address 설정을 요청하십시오."});
  }
  const ExamHeader header = setup.load_notice(call.actor(), code)->notice.header;
  services::AuditNote note{"subject_check.invite", code.text()};
  note.exam = code.text();
  note.after = ticket.checker;
  call.site.access().record_access(services::change_of(call.actor(), reason, call.site.now()), note);
  const services::CheckerLink link = services::make_checker_link(hash_of_site(call), ticket);
  call.site.outbox()->enqueue(services::checker_letter(ticket, link, *email, {header.name_en, header.name_ko}, portal,
                                                       write_moment(ticket.expires_at, header.time_zone)),
                              call.site.now());
  return ticket.expires_at;
}

}  // namespace

Response send_shown_checker_link(const Call& call) {
  send_link(call, field_of(call.form, "checker"), field_of(call.form, "email"), "");
  return redirect(setup_address(call, "/setup") + "#links-title");
}

Response send_checker_link_by_api(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  setup_of(call).load_notice(call.actor(), notice_code(call));
  const json body = read_json(call);
  const Instant end = send_link(call, text_in(body, "checker"), text_in(body, "email"), text_in(body, "reason"));
  return answer_json({{"sent", true}, {"expires_at", format_instant(end)}}, 201);
}

Response show_subject_check(const Call& call) {
  try {
    return show_check_page(call, open_link(call), Shown::question, nullptr);
  } catch (const NotFound& refused) {
    return show_link_over(call, refused);
  }
}

Response answer_subject_check(const Call& call) {
  try {
    const OpenedLink link = open_link(call);
    try {
      services::require_checker_code(hash_of_site(call), call.site.attempts(), call.path.at("ticket"), field_of(call.form, "code"),
                                     call.request.source, call.site.now());
    } catch (const InvalidInput& refused) {
      return show_check_page(call, link, Shown::question, &refused);
    } catch (const NotAllowed& refused) {
      return show_check_page(call, link, Shown::question, &refused);
    }
    return show_after_step(call, link.ticket);
  } catch (const NotFound& refused) {
    return show_link_over(call, refused);
  }
}

}  // namespace hanjari::web

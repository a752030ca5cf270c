#include "hanjari/publications/hold_messages.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/accounts/accounts.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

[[noreturn]] void throw_no_officer_mail(const std::string& pair) {
  throw InvalidInput("bad_configuration",
                     {"publications.told_at: '" + pair + "' is no account with its e-mail address, such as kim = kim@example.kr",
                      "publications.told_at: kim = kim@example.kr처럼 계정과 이메일 주소로 적으십시오: '" + pair + "'"});
}

std::string minute_of(Instant at, const std::string& zone) {
  const LocalTime local = local_time(at, zone);
  return fmt::format("{} {}", format_date(local.day), format_time_of_day(local.minute));
}

// Both languages in one letter: no language of an officer is known.
Message letter_of_hold(const HoldLetters& letters, const Publication& held, const std::string& officer, const std::string& address) {
  const Text exam = letters.name_of_exam(held.exam);
  const std::string at = minute_of(held.state.release_at, letters.zone_of_exam(held.exam));
  Message message;
  // What the shares were given on tells one hold of a version from the next.
  message.dedupe_id = fmt::format("hold/{}/{}/{}", held.id, sha256(held.state.armed_on).hex().substr(0, 16), sha256(officer).hex().substr(0, 16));
  message.channel = Channel::email;
  message.to = address;
  message.language = Language::korean;
  message.subject = fmt::format("{}: 합격자 발표 보류 / release on hold", exam.ko);
  message.body = fmt::format(
      "{0} 결과 발표(공고 {2}번, {3} 발표 예정)가 보류되었습니다. 두 담당자가 키 조각을 낸 뒤 결정되거나 바뀐 것이 있습니다. 업무 사이트의 공고 화면에서 "
      "내용을 확인한 뒤 철회하거나, 그래도 발표하려면 조각을 다시 내십시오.\n\n"
      "The release of {1} (publication {2}, due at {3}) is on hold: something was decided or changed after two officers gave their shares. "
      "Read what it is on the page of the publication in the office, then withdraw the version or give your share again.\n",
      exam.ko, exam.en, held.number, at);
  message.exam = held.exam.text();
  message.urgency = Urgency::soon;
  return message;
}

std::vector<Message> letters_of_hold(const HoldLetters& letters, const Publication& held) {
  std::vector<Message> written;
  for (const std::string& officer : held.order.share_holders) {
    const auto address = letters.mail.find(officer);
    if (address == letters.mail.end() || held.state.armed_first == officer) continue;
    written.push_back(letter_of_hold(letters, held, officer, address->second));
  }
  return written;
}

}  // namespace

OfficerMail parse_officer_mail(std::string_view setting) {
  OfficerMail mail;
  while (!setting.empty()) {
    const std::size_t end = std::min(setting.find(','), setting.size());
    const std::string pair = clean_line(setting.substr(0, end));
    setting.remove_prefix(std::min(end + 1, setting.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) throw_no_officer_mail(pair);
    const std::string account = clean_line(std::string_view(pair).substr(0, equals));
    const auto contact = parse_contact(clean_line(std::string_view(pair).substr(equals + 1)));
    if (account.empty() || !contact || contact->channel != Channel::email || !mail.emplace(account, contact->address).second)
      throw_no_officer_mail(pair);
  }
  return mail;
}

std::int64_t tell_of_holds(const HoldLetters& letters, const ExamCode& exam, Instant now) {
  std::vector<Message> written;
  for (const Publication& one : letters.publications.list_publications(exam)) {
    if (!one.state.on_hold()) continue;
    for (Message& message : letters_of_hold(letters, one)) written.push_back(std::move(message));
  }
  if (written.empty()) return 0;
  std::vector<std::string> ids;
  for (const Message& message : written) ids.push_back(message.dedupe_id);
  const std::set<std::string> known = letters.outbox.find_known(ids);
  std::int64_t told = 0;
  for (const Message& message : written) {
    if (known.contains(message.dedupe_id)) continue;
    letters.outbox.enqueue(message, now);
    ++told;
  }
  return told;
}

}  // namespace hanjari::services

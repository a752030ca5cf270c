#include "hanjari/desk/search.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/intake/use_cases.h"

namespace hanjari::services {
namespace {

constexpr std::size_t shortest_search = 2;  // bytes; one Korean syllable is three
constexpr std::size_t longest_search = 200;
constexpr std::size_t longest_number = 32;

// What numbers of applications and of applicants are made of.
bool may_be_number(std::string_view typed) {
  return typed.size() <= longest_number && std::all_of(typed.begin(), typed.end(), [](unsigned char sign) {
           return (sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z') || (sign >= 'a' && sign <= 'z') || sign == '-';
         });
}

// Letters of other scripts have no case here.
std::string lower_latin(std::string_view text) {
  std::string lower(text);
  for (char& sign : lower) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
  }
  return lower;
}

void find_people(const SearchNeeds& needs, const Actor& actor, const std::string& typed, Found& found) {
  if (needs.intake == nullptr) return;
  OfficeTable& table = needs.intake->table;
  const std::optional<ApplicationId> spelled = read_application_number(typed);
  if (spelled || may_be_number(typed)) {
    const ApplicationId id = spelled ? *spelled : ApplicationId(typed);
    if (auto person = table.find_person(actor, id)) found.people.push_back(std::move(*person));
  }
  for (const auto& stored : needs.intake->officers.list_all_notices(actor)) {
    if (found.people.size() >= most_found) {
      found.more = true;
      return;
    }
    TableWish wish;
    wish.exam = stored->notice.header.code;
    wish.filter.name_key = table.key_of_name(actor, wish.exam, typed);
    wish.order = TableOrder::number;
    wish.falling = false;
    wish.most = static_cast<int>(most_found - found.people.size());
    const TableAnswer answer = table.look_through(actor, wish, true);
    for (const TableRow& row : answer.page.rows) {
      const bool known = std::any_of(found.people.begin(), found.people.end(),
                                     [&](const Application& one) { return one.id == row.application.id; });
      if (!known && !row.destroyed) found.people.push_back(row.application);
    }
    found.more = found.more || answer.page.next.has_value();
  }
}

void find_seats(const SearchNeeds& needs, const Actor& actor, const std::string& typed, Instant now, Found& found) {
  if (!may_be_number(typed)) return;
  for (const LiveExam& exam : needs.plans.list_live_exams()) {
    const auto place = needs.plans.find_place(exam.code, ApplicantNumber(typed));
    if (!place || place->exam.venues.empty() || place->exam.rooms.empty()) continue;
    const Venue& venue = place->exam.venues.front();
    AuditNote note{"seat.search", exam.code.text() + "/" + venue.code.text()};
    note.exam = exam.code.text();
    needs.accesses.record_access(change_of(actor, "", now), note);
    found.seats.push_back({exam.code, ApplicantNumber(typed), venue.code, venue.name, place->exam.rooms.front().room_no});
  }
}

void find_venues(const SearchNeeds& needs, const std::string& typed, Found& found) {
  const std::string wanted = lower_latin(typed);
  for (const LiveExam& exam : needs.plans.list_live_exams()) {
    for (const VenueSummary& venue : needs.plans.list_venues(exam.code, std::nullopt)) {
      const std::string text = lower_latin(venue.name + "\n" + venue.code.text() + "\n" + venue.address);
      if (text.find(wanted) == std::string::npos) continue;
      if (found.venues.size() == most_found) {
        found.more = true;
        return;
      }
      found.venues.push_back({exam.code, venue});
    }
  }
}

}  // namespace

Found search_office(const SearchNeeds& needs, const Actor& actor, const std::string& typed, Instant now) {
  if (actor.role != Role::exam_officer)
    throw NotAllowed("role_not_allowed", {"Only exam officers may do this.", "시험 담당자만 할 수 있습니다."});
  const std::string query = clean_line(typed);
  if (query.size() < shortest_search || query.size() > longest_search) {
    throw InvalidInput("nothing_searched",
                       {"Enter a number, a whole name, or at least two characters of a venue.",
                        "번호, 성명 전체 또는 시험장 이름을 두 글자 이상 입력하십시오."});
  }
  Found found;
  find_people(needs, actor, query, found);
  find_seats(needs, actor, query, now, found);
  find_venues(needs, query, found);
  return found;
}

}  // namespace hanjari::services

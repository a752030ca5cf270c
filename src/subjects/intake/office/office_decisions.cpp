// Accommodations that wait: one after the other, asking back, and one decision for many.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/office_table.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

bool waits_for(const Application& application, const std::string& item) {
  const auto& asked = application.form.accommodations;
  if (std::none_of(asked.begin(), asked.end(), [&](const AccommodationRequest& one) { return one.item == item; }))
    return false;
  return std::none_of(application.decisions.begin(), application.decisions.end(),
                      [&](const AccommodationDecision& one) {
                        return one.item == item && one.decision != ItemDecision::asked;
                      });
}

void require_version(const Application& application, std::int64_t version) {
  if (application.version == version) return;
  throw Conflict("application_changed", {"The application was changed meanwhile. Look at it again.",
                                         "그사이 원서가 변경되었습니다. 다시 확인하십시오."});
}

TableWish waiting_of(const ExamCode& exam, const UnitCode& unit, const ApplicationId& after, int most) {
  TableWish wish;
  wish.exam = exam;
  wish.filter.unit = unit;
  wish.filter.accommodation = AccommodationStage::waiting;
  wish.order = TableOrder::number;
  wish.falling = false;
  wish.most = most;
  if (!after.empty()) wish.after = TablePlace{std::nullopt, after};
  return wish;
}

void add_once(std::vector<ApplicationId>& people, const ApplicationId& id) {
  if (std::find(people.begin(), people.end(), id) == people.end()) people.push_back(id);
}

// What was withdrawn or lapsed waits for nobody. Those before the first that do not open are named.
const Application* first_standing(const TablePage& page, std::vector<ApplicationId>& unreadable) {
  for (const TableRow& row : page.rows) {
    if (row.application.is_over()) continue;
    if (row.application.legible == Legible::yes) return &row.application;
    if (!row.destroyed) add_once(unreadable, row.application.id);
  }
  return nullptr;
}

std::string digest_people_of(const std::vector<ApplicationId>& people) {
  std::string ids;
  for (const ApplicationId& id : people) ids += id.text() + "\n";
  return sha256(ids).hex().substr(0, 32);
}

[[noreturn]] void throw_concern_unsaid(const ManyConcerned& concerned) {
  const auto count = static_cast<long long>(concerned.people.size());
  throw Conflict("concern_unsaid",
                 {fmt::format("Others wait now than when you looked: {}. Look at them again.", count_people(count)),
                  fmt::format("그사이 대상이 바뀌어 지금은 {}명입니다. 다시 확인하십시오.", group_digits(count))});
}

}  // namespace

WaitingPerson OfficeTable::next_waiting(const Actor& actor, const ExamCode& exam, const ApplicationId& after) {
  require_officer(actor);
  const auto stored = load_stored(exam);
  WaitingPerson next;
  // What was withdrawn or lapsed keeps its mark and is none of this work.
  for (const ApplicationState state : {ApplicationState::submitted, ApplicationState::paid}) {
    TableFilter filter;
    filter.state = state;
    filter.accommodation = AccommodationStage::waiting;
    const TableCount count = needs_.table.count_rows(exam, filter);
    next.waiting.people += count.people;
    next.waiting.more = next.waiting.more || count.more;
  }
  // Behind the last one it begins again, once.
  for (ApplicationId from = is_plain_number(after.text()) ? after : ApplicationId();; from = ApplicationId()) {
    std::optional<TablePlace> place;
    TableWish wish = waiting_of(exam, {}, from, most_table_rows);
    do {
      if (place) wish.after = place;
      const TablePage page = needs_.table.list_rows(wish);
      if (const Application* found = first_standing(page, next.unreadable)) {
        next.person = gather(actor, stored, found->id, "application.read");
        record_unreadable(actor, exam, next.unreadable);
        return next;
      }
      place = page.next;
    } while (place);
    if (from.empty()) break;
  }
  record_unreadable(actor, exam, next.unreadable);
  return next;
}

// Being on the list tells that somebody asked for an accommodation.
void OfficeTable::record_unreadable(const Actor& actor, const ExamCode& exam, const std::vector<ApplicationId>& people) {
  if (people.empty()) return;
  AuditNote note{"applications.waiting", exam.text(), "unreadable"};
  note.exam = exam.text();
  for (const ApplicationId& id : people) note.whose.push_back(id.text());
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
}

void OfficeTable::ask_back(const Actor& actor, const ExamCode& exam, const ApplicationId& id, std::int64_t version,
                           const std::string& item, const std::string& told, const Change& change) {
  require_officer(actor);
  const auto stored = load_stored(exam);
  const Application application = load_of(exam, id);
  require_alive(application);
  require_version(application, version);
  if (!waits_for(application, item)) {
    throw Conflict("item_decided", {"This item is decided already, or was not asked for.",
                                    "이미 결정되었거나 신청하지 않은 편의지원입니다."});
  }
  if (is_blank_text(told)) {
    throw InvalidInput("question_missing",
                       {"Write the question that the applicant reads.", "응시자에게 보낼 질문을 입력하십시오."});
  }
  Application after = application;
  ++after.version;
  needs_.table.ask_back(application, item, {question_message(stored->notice, after, item, clean_lines(told))}, change);
}

void OfficeTable::decide(const Actor& actor, const ExamCode& exam, const ApplicationId& id, std::int64_t version,
                         const std::string& item, ItemDecision decision, const std::string& told,
                         const Change& change) {
  require_officer(actor);
  load_stored(exam);
  require_version(load_of(exam, id), version);
  needs_.officers.decide_accommodation(actor, id, item, decision, told, change);
}

ManyConcerned OfficeTable::list_concerned(const Actor& actor, const ExamCode& exam, const std::string& item,
                                          const UnitCode& unit) {
  require_officer(actor);
  load_stored(exam);
  const auto& items = accommodation_items();
  if (std::find(items.begin(), items.end(), item) == items.end())
    throw InvalidInput("unknown_item", {"There is no such accommodation.", "그런 편의지원 항목이 없습니다."});
  ManyConcerned concerned;
  TableWish wish = waiting_of(exam, unit, {}, most_table_rows);
  std::optional<TablePlace> place;
  AuditNote note{"applications.waiting", exam.text(), item};
  note.exam = exam.text();
  do {
    if (place) wish.after = place;
    const TablePage page = needs_.table.list_rows(wish);
    for (const TableRow& row : page.rows) {
      const Application& application = row.application;
      if (application.is_over()) continue;
      if (application.legible != Legible::yes) {
        if (!row.destroyed) concerned.unreadable.push_back(application.id);
        continue;
      }
      if (!waits_for(application, item)) continue;
      concerned.people.push_back(application.id);
      note.whose.push_back(application.id.text());
    }
    place = page.next;
    concerned.too_many = concerned.people.size() > static_cast<std::size_t>(most_decided_at_once);
  } while (place && !concerned.too_many);
  concerned.digest = digest_people_of(concerned.people);
  for (const ApplicationId& id : concerned.unreadable) note.whose.push_back(id.text());
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return concerned;
}

ManyDecided OfficeTable::decide_many(const Actor& actor, const ExamCode& exam, const std::string& item,
                                     const UnitCode& unit, ItemDecision decision, const std::string& told,
                                     const std::string& digest, const Change& change) {
  const ManyConcerned concerned = list_concerned(actor, exam, item, unit);
  if (concerned.digest != digest) throw_concern_unsaid(concerned);
  if (concerned.too_many) {
    throw InvalidInput("too_many_people",
                       {fmt::format("At most {} are decided at once: choose a unit.", count_people(most_decided_at_once)),
                        fmt::format("한 번에 {}명까지 결정할 수 있습니다. 모집단위를 선택하십시오.",
                                    group_digits(most_decided_at_once))});
  }
  if (decision == ItemDecision::refused && is_blank_text(told)) {
    throw InvalidInput("reason_missing", {"A refusal needs a reason that the applicant can read.",
                                          "불승인에는 응시자에게 알릴 사유가 필요합니다."});
  }
  ManyDecided done;
  for (const ApplicationId& id : concerned.people) {
    // What changed since the people were listed is left to be looked at by itself.
    try {
      needs_.officers.decide_accommodation(actor, id, item, decision, told, change);
      ++done.decided;
    } catch (const Conflict&) {
      done.changed_meanwhile.push_back(id);
    } catch (const InvalidInput&) {
      done.changed_meanwhile.push_back(id);
    }
  }
  return done;
}

}  // namespace hanjari::services

// Looking through applications, opening one person's, and corrections. What waits for decisions: office_decisions.cpp;
// figures: office_figures.cpp.
#include "hanjari/intake/office_table.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application_text.h"
#include "hanjari/intake/refusals.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr std::int64_t most_unkeyed_counted = 1'000;

[[noreturn]] void throw_bad_place() {
  throw InvalidInput("bad_place", {"This address names no place in the table. Open the table anew.",
                                   "주소가 가리키는 위치를 알 수 없습니다. 목록을 다시 여십시오."});
}

[[noreturn]] void throw_unknown_person() {
  throw NotFound("unknown_application", {"There is no such application.", "해당 원서가 없습니다."});
}

bool is_microseconds(const std::string& text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string::npos;
}

// A place comes from an address that anybody may have changed.
void require_place(const TableWish& wish) {
  if (!wish.after) return;
  const bool by_time = wish.order == TableOrder::submitted || wish.order == TableOrder::paid;
  const auto& value = wish.after->value;
  const bool in_words = wish.order == TableOrder::number || (value && !value->empty());
  bool fits = by_time ? (value ? is_microseconds(*value) : wish.order == TableOrder::paid) : in_words;
  if (wish.order == TableOrder::state && value) fits = fits && is_plain_number(*value);
  if (!fits || !is_plain_number(wish.after->id.text())) throw_bad_place();
}

// Whoever is found by a condition is told by the list itself, whatever its columns.
bool tells_of_people(const TableFilter& filter) {
  return filter.district || filter.accommodation || filter.photo || filter.suspected || !filter.name_key.empty();
}

void require_reader(const Actor& actor, bool personal) {
  if (actor.role == Role::auditor && !personal) return;
  require_officer(actor);
}

std::set<std::string> files_of(const ApplicationForm& form) {
  std::set<std::string> ids;
  if (!form.photo.empty()) ids.insert(form.photo.text());
  for (const AccommodationRequest& request : form.accommodations) {
    for (const AttachmentId& document : request.documents) ids.insert(document.text());
  }
  return ids;
}

// What an officer may correct; everything else is as it was.
ApplicationForm corrected_form(const ApplicationForm& before, const ApplicationForm& wanted) {
  ApplicationForm form = before;
  form.name = wanted.name;
  form.phone = wanted.phone;
  form.email = wanted.email;
  form.address = wanted.address;
  form.licence_number = wanted.licence_number;
  form.quota_proof = wanted.quota_proof;
  form.area = wanted.area;
  // A place that was found for the old address says nothing of the new one: the area's centre counts.
  if (form.area != before.area || form.address != before.address) form.home.reset();
  return clean_form(form);
}

// What the correction would make wrong. What was wrong before is none of its making.
void require_no_new_faults(const Recruitment& notice, const ApplicationForm& before, const ApplicationForm& after) {
  const auto old = judge_form(notice, before);
  Faults told;
  std::size_t count = 0;
  for (const FieldFault& fault : judge_form(notice, after)) {
    if (std::find(old.begin(), old.end(), fault) != old.end()) continue;
    told.add({"form", 0, fault.field, fault.what, {"", ""}});
    ++count;
  }
  if (count == 0) return;
  throw FormIncomplete({fmt::format("{} of the correction {} missing or wrong.",
                                    count_of(static_cast<long long>(count), "entry", "entries"),
                                    word_for(static_cast<long long>(count), "is", "are")),
                        fmt::format("정정 내용에 빠지거나 잘못된 항목이 {}개 있습니다.", count)},
                       std::move(told));
}

}  // namespace

std::shared_ptr<const StoredRecruitment> OfficeTable::load_stored(const ExamCode& exam) {
  return load_recruitment(needs_.recruitments, exam);
}

// One of another recruitment is not told apart from none.
Application OfficeTable::load_of(const ExamCode& exam, const ApplicationId& id) {
  Application application = load_application(needs_.applications, id);
  if (application.exam != exam) throw_unknown_person();
  return application;
}

TableAnswer OfficeTable::look_through(const Actor& actor, const TableWish& wish, bool personal) {
  require_reader(actor, personal);
  require_place(wish);
  const auto stored = load_stored(wish.exam);
  TableWish bounded = wish;
  bounded.most = std::clamp(wish.most, 1, most_table_rows);
  TableAnswer answer;
  answer.stored = stored;
  answer.page = needs_.table.list_rows(bounded);
  answer.count = needs_.table.count_rows(wish.exam, wish.filter);
  answer.unkeyed = needs_.table.count_unkeyed(wish.exam, most_unkeyed_counted);
  AuditNote note{"applications.table", wish.exam.text(), fmt::format("{} by {}", answer.page.rows.size(), spell(wish.order))};
  note.exam = wish.exam.text();
  for (TableRow& row : answer.page.rows) {
    if (personal || tells_of_people(wish.filter)) note.whose.push_back(row.application.id.text());
    if (personal) continue;
    ApplicationForm form;
    form.unit = row.application.form.unit;
    row.application.form = std::move(form);
    row.application.decisions.clear();
    row.application.account.clear();
  }
  // Nobody sees what is not recorded: this throws before anything is handed out.
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return answer;
}

std::string OfficeTable::key_of_name(const Actor& actor, const ExamCode& exam, const std::string& name) {
  require_officer(actor);
  load_stored(exam);
  if (is_blank_text(name)) throw InvalidInput("name_missing", {"Enter a whole name.", "성명을 입력하십시오."});
  return needs_.table.key_of_name(exam, name);
}

PersonFile OfficeTable::gather(const Actor& actor, const std::shared_ptr<const StoredRecruitment>& stored,
                               const ApplicationId& id, const char* action) {
  PersonFile person;
  person.stored = stored;
  person.application = load_of(stored->notice.header.code, id);
  person.events = needs_.applications.list_events(id);
  person.messages = needs_.table.list_messages(id);
  person.payments = needs_.payments.list_payments(id);
  if (!person.application.is_over()) {
    person.claimants = needs_.applications.list_claimants(id);
    std::erase_if(person.claimants, [&](const Claimant& one) { return one.id == id; });
  }
  AuditNote note{action, id.text()};
  note.exam = person.application.exam.text();
  note.whose = {id.text()};
  for (const Claimant& one : person.claimants) note.whose.push_back(one.id.text());
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return person;
}

std::optional<Application> OfficeTable::find_person(const Actor& actor, const ApplicationId& id) {
  require_officer(actor);
  std::optional<Application> found;
  try {
    found = needs_.applications.find_as_listed(id);
  } catch (const NotFound&) {
    return std::nullopt;
  }
  if (!found || found->legible == Legible::destroyed) return std::nullopt;
  AuditNote note{"application.search", id.text()};
  note.exam = found->exam.text();
  note.whose = {id.text()};
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return found;
}

PersonFile OfficeTable::open_person(const Actor& actor, const ExamCode& exam, const ApplicationId& id) {
  require_officer(actor);
  return gather(actor, load_stored(exam), id, "application.read");
}

void OfficeTable::require_person_of(const Actor& actor, const ExamCode& exam, const ApplicationId& id) {
  require_officer(actor);
  load_stored(exam);
  if (load_as_listed(needs_.applications, id).exam != exam) throw_unknown_person();
}

Attachment OfficeTable::open_file(const Actor& actor, const ExamCode& exam, const ApplicationId& id,
                                  const AttachmentId& file) {
  require_officer(actor);
  const Application application = load_of(exam, id);
  std::optional<Attachment> found;
  if (files_of(application.form).contains(file.text())) found = needs_.attachments.find_attachment(file);
  if (!found || found->account != application.account)
    throw NotFound("unknown_attachment", {"The application has no such file.", "원서에 그런 파일이 없습니다."});
  AuditNote note{"application.file", id.text(), file.text()};
  note.exam = exam.text();
  note.whose = {id.text()};
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return std::move(*found);
}

Application OfficeTable::correct(const Actor& actor, const ExamCode& exam, const ApplicationId& id,
                                 std::int64_t version, const ApplicationForm& wanted, const std::string& told,
                                 const Change& change) {
  require_officer(actor);
  const auto stored = load_stored(exam);
  const Application before = load_of(exam, id);
  require_alive(before);
  if (before.version != version) {
    throw Conflict("application_changed", {"The application was changed meanwhile. Look at it again.",
                                           "그사이 원서가 변경되었습니다. 다시 확인하십시오."});
  }
  if (is_blank_text(told)) {
    throw InvalidInput("reason_missing",
                       {"Give a reason that the applicant can read.", "응시자에게 알릴 사유가 필요합니다."});
  }
  Correction correction{before, corrected_form(before.form, wanted), {}, {}, "correction-" + draw_token(16)};
  if (correction.form == clean_form(before.form))
    throw InvalidInput("nothing_changed", {"The correction changes nothing.", "바뀌는 내용이 없습니다."});
  require_no_new_faults(stored->notice, before.form, correction.form);
  if (const Area* area = stored->notice.find_area(correction.form.area)) correction.district = area->district;
  Application after = before;
  after.form = correction.form;
  ++after.version;
  correction.receipt = needs_.signer.sign({exam, id, after.version, after.form.unit, digest_form(after.form), after.fee,
                                           change.at, std::string(spell(actor.role)), after.form.consent_text});
  correction.messages = {corrected_message(stored->notice, after, clean_lines(told), correction.receipt)};
  needs_.table.correct(correction, change);
  return after;
}

RefundPage OfficeTable::list_refunds(const Actor& actor, const ExamCode& exam, PaymentState state,
                                     const std::string& after, int most) {
  require_officer(actor);
  load_stored(exam);
  if (!is_plain_number(after)) throw_bad_place();
  RefundPage page = needs_.table.list_refunds(exam, state, after, std::clamp(most, 1, most_table_rows));
  AuditNote note{"applications.refunds", exam.text(), fmt::format("{} {}", page.payments.size(), spell(state))};
  note.exam = exam.text();
  for (const Payment& payment : page.payments) note.whose.push_back(payment.application.text());
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return page;
}

}  // namespace hanjari::services

// One decision for everybody who waits for the same item: first whom it concerns, then the decision for exactly these.
#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

constexpr std::size_t people_listed = 50;

std::string many_sentence(const Call& call, std::size_t people, const std::string& item) {
  return call.site.pages().text(call.language, people == 1 ? "many.sentence_one" : "many.sentence",
                                {{"count", group_digits(static_cast<long long>(people))},
                                 {"item", name_of_accommodation(item).in(call.language)}});
}

void describe_concerned(const Call& call, const ExamCode& exam, const std::string& item, const UnitCode& unit,
                        json& data) {
  const auto concerned = load_intake(call).table.list_concerned(call.actor(), exam, item, unit);
  describe_unreadable(call, exam, concerned.unreadable, data);
  if (concerned.people.empty()) {
    data["none_concerned"] = true;
    return;
  }
  json preview{{"sentence", many_sentence(call, concerned.people.size(), item)},
               {"chosen_item", item},
               {"chosen_unit", unit.text()},
               {"digest", concerned.digest},
               {"may_decide", !concerned.too_many},
               {"people", json::array()},
               {"form_token", call.form_token}};
  for (const ApplicationId& id : concerned.people) {
    if (preview["people"].size() == people_listed) break;
    preview["people"].push_back({{"number", write_application_number(id)}, {"own_page", person_address(call, exam, id)}});
  }
  if (concerned.people.size() > people_listed)
    preview["further"] = {{"count", group_digits(static_cast<long long>(concerned.people.size() - people_listed))}};
  data["preview"] = std::move(preview);
}

}  // namespace

Response show_many(const Call& call) {
  const ExamCode exam = notice_of(call);
  services::UseCases& intake = load_intake(call);
  intake.officers.require_notice(call.actor(), exam);
  const auto stored = intake.officers.find_notice(call.actor(), exam);
  const Pages& pages = call.site.pages();
  const std::string item = field_of(call.query, "item");
  const UnitCode unit(field_of(call.query, "unit"));
  Page page{.name = "decide_many", .title = pages.text(call.language, "many.title")};
  page.data = {{"waiting_address", recruitment_address(call, exam) + "/accommodations"},
               {"action", call.request.path},
               {"item_choices", json::array()},
               {"unit_choices", json::array({choice_of("", pages.text(call.language, "table.any"), unit.empty())})}};
  for (const std::string& one : accommodation_items())
    page.data["item_choices"].push_back(choice_of(one, name_of_accommodation(one).in(call.language), one == item));
  for (const NoticeUnit& one : stored->notice.units)
    page.data["unit_choices"].push_back(
        choice_of(one.unit.code.text(), write_unit_of(call, stored->notice, one.unit.code), one.unit.code == unit));
  if (!item.empty()) describe_concerned(call, exam, item, unit, page.data);
  const std::int64_t decided = whole_number(field_of(call.query, "decided"));
  const std::int64_t left = whole_number(field_of(call.query, "left"));
  if (decided >= 0)
    page.data["done"] = pages.text(call.language, "many.done",
                                   {{"count", group_digits(decided)}, {"left", group_digits(std::max<std::int64_t>(left, 0))}});
  return show(call, page);
}

Response decide_shown_many(const Call& call) {
  const auto decision = parse_item_decision(field_of(call.form, "answer"));
  if (!decision || *decision == ItemDecision::asked)
    throw InvalidInput("no_decision", {"Choose a decision.", "결정을 선택하십시오."});
  const std::string told = typed_lines(call, "told");
  const auto done = load_intake(call).table.decide_many(
      call.actor(), notice_of(call), field_of(call.form, "item"), UnitCode(field_of(call.form, "unit")), *decision, told,
      field_of(call.form, "digest"), services::change_of(call.actor(), told, call.site.now()));
  return redirect(fmt::format("{}?decided={}&left={}", call.request.path, done.decided, done.changed_meanwhile.size()));
}

}  // namespace hanjari::web

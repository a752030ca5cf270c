// Accommodations that wait, one person after the other: decided, or asked back, and on to the next.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/person_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// What officers write most often; chosen instead of typed, and added to by typing.
json describe_phrases(const Call& call) {
  const Pages& pages = call.site.pages();
  json phrases = json::array();
  for (const std::string& phrase :
       {pages.text(call.language, "waiting.phrase_document"), pages.text(call.language, "waiting.phrase_unclear"),
        pages.text(call.language, "waiting.phrase_not_needed"), pages.text(call.language, "waiting.phrase_other_item")})
    phrases.push_back({{"phrase", phrase}});
  return phrases;
}

// The chosen sentence, and what was typed behind it.
std::string told_words(const Call& call) {
  const std::string phrase = typed(call, "phrase");
  const std::string more = typed_lines(call, "told");
  if (phrase.empty()) return more;
  return more.empty() ? phrase : phrase + "\n" + more;
}

}  // namespace

Response show_waiting(const Call& call) {
  const ExamCode exam = notice_of(call);
  const Pages& pages = call.site.pages();
  const auto next =
      load_intake(call).table.next_waiting(call.actor(), exam, ApplicationId(field_of(call.query, "after")));
  Page page{.name = "waiting", .title = pages.text(call.language, "waiting.title")};
  const std::string back = recruitment_address(call, exam);
  page.data = {{"table_address", back + "/applications"},
               {"many_address", back + "/accommodation-decisions"},
               {"waiting_count", write_count(call, next.waiting)},
               {"form_token", call.form_token},
               {"action", call.request.path},
               {"nobody", !next.person.has_value()}};
  if (field_of(call.query, "done") == "decided") page.data["done"] = pages.text(call.language, "waiting.decided");
  if (field_of(call.query, "done") == "asked") page.data["done"] = pages.text(call.language, "waiting.asked");
  describe_unreadable(call, exam, next.unreadable, page.data);
  if (!next.unreadable.empty()) page.data["nobody"] = false;
  if (!next.person) return show(call, page);
  const services::PersonFile& person = *next.person;
  json shown{{"number", write_application_number(person.application.id)},
             {"application", person.application.id.text()},
             {"version", std::to_string(person.application.version)},
             {"own_page", person_address(call, exam, person.application.id)},
             {"facts", describe_person_facts(call, person)},
             {"items", describe_items(call, person)},
             {"phrases", describe_phrases(call)},
             {"next_address", fmt::format("{}?after={}", call.request.path, encode_percent(person.application.id.text()))}};
  bool first = true;
  for (json& item : shown["items"]) {
    if (!item["open"].get<bool>()) continue;
    item["first_open"] = first;
    first = false;
  }
  page.data["person"] = std::move(shown);
  return show(call, page);
}

Response decide_waiting(const Call& call) {
  services::OfficeTable& table = load_intake(call).table;
  const ExamCode exam = notice_of(call);
  const ApplicationId id(field_of(call.form, "application"));
  const std::int64_t version = whole_number(field_of(call.form, "version"));
  const std::string item = field_of(call.form, "item");
  const std::string answer = field_of(call.form, "answer");
  const std::string told = told_words(call);
  const auto change = services::change_of(call.actor(), told, call.site.now());
  if (answer == "question") {
    table.ask_back(call.actor(), exam, id, version, item, told, change);
    return redirect(fmt::format("{}?done=asked&after={}", call.request.path, encode_percent(id.text())));
  }
  const auto decision = parse_item_decision(answer);
  if (!decision || *decision == ItemDecision::asked)
    throw InvalidInput("no_decision", {"Choose a decision.", "결정을 선택하십시오."});
  table.decide(call.actor(), exam, id, version, item, *decision, told, change);
  // Another item of the same person comes before the next person.
  const auto person = table.open_person(call.actor(), exam, id);
  const bool more = services::stage_of(person.application.form, person.application.decisions) ==
                    services::AccommodationStage::waiting;
  const std::string place = more ? std::string() : "&after=" + encode_percent(id.text());
  return redirect(fmt::format("{}?done=decided{}", call.request.path, place));
}

}  // namespace hanjari::web

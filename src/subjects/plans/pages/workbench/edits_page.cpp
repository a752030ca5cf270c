#include "plans/pages/workbench/edits_page.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/hand_edit.h"
#include "hanjari/plans/settings_trial.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/edit_fields.h"
#include "plans/pages/workbench/edit_forms.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::EditAnswer;
using services::EditedPlan;
using services::EditState;

constexpr std::size_t most_broken_shown = 50;
constexpr std::size_t most_seatless_shown = 100;

std::string address_of_edits(const Call& call, const std::string& session) {
  return fmt::format("{}/edits/{}", address_of_exam(call), encode_percent(session));
}

json describe_edit(const Call& call, const EditedPlan& edited, std::size_t at) {
  const services::StoredEdit& edit = edited.edits[at];
  const services::EditContent& content = edited.contents[at];
  json row{{"no", std::to_string(edit.number)},
           {"kind", services::name_of(content.kind).in(call.language)},
           {"subject", content.subject},
           {"people", group_digits(std::ssize(content.moves))},
           {"author", edit.author},
           {"reason", edit.reason},
           {"at", write_moment(edit.at, edited.base->planned.exam.header.time_zone)}};
  if (!content.to.empty()) row["towards"] = {{"to", content.to}};
  if (edit.state == EditState::undone) row["undone"] = true;
  if (edit.state == EditState::dropped) row["dropped"] = true;
  return row;
}

bool is_part_of_id(char sign) {
  return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '-' || sign == '_';
}

// Rows, seats and people are counted in up to three digits: an id of so few cannot be told from them and stays.
bool may_be_count(const std::string& word) {
  return word.size() <= 3 && std::all_of(word.begin(), word.end(), [](char sign) { return sign >= '0' && sign <= '9'; });
}

// Every word of the text that is an id becomes the number, and the particle behind it that of the number.
std::string with_numbers(const std::string& text, const std::map<std::string, std::string>& numbers) {
  std::string said;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_part_of_id(text[end])) ++end;
    if (end == at) {
      said += text[at++];
      continue;
    }
    const std::string word = text.substr(at, end - at);
    const auto known = may_be_count(word) ? numbers.end() : numbers.find(word);
    said += known == numbers.end() ? word : known->second;
    at = end;
    for (const std::string_view particle : {"과", "와"}) {
      if (known == numbers.end() || text.compare(at, particle.size(), particle) != 0) continue;
      said = settle_particles(said + "[과/와]");
      at += particle.size();
      break;
    }
  }
  return said;
}

json describe_answer(const Call& call, const Exam& exam, const EditAnswer& answer) {
  const std::map<std::string, std::string> numbers = people_named(exam, answer);
  json shown{{"people", group_digits(answer.people)},
             {"before", write_km(answer.travel_before)},
             {"after", write_km(answer.travel_after)},
             {"over_before", group_digits(answer.over_cap_before)},
             {"over_after", group_digits(answer.over_cap_after)},
             {"broken", json::array()}};
  for (std::size_t at = 0; at < std::min(answer.broken.size(), most_broken_shown); ++at) {
    const verification::Violation& broken = answer.broken[at];
    // A subject is one person, or a place whose parts are no ids.
    const auto person = numbers.find(broken.subject);
    shown["broken"].push_back({{"subject", person == numbers.end() ? broken.subject : person->second},
                               {"what", with_numbers(broken.message.in(call.language), numbers)}});
  }
  if (answer.broken.size() > most_broken_shown)
    shown["more"] = {{"count", group_digits(std::ssize(answer.broken) - static_cast<long long>(most_broken_shown))}};
  return shown;
}

bool has_state(const EditedPlan& edited, EditState state) {
  return std::any_of(edited.edits.begin(), edited.edits.end(),
                     [&](const services::StoredEdit& edit) { return edit.state == state; });
}

// The codes of the plan's venues with names, for lists in the forms.
json offer_venues(const Exam& exam) {
  json venues = json::array();
  for (const Venue& venue : exam.venues) venues.push_back({{"code", venue.code.text()}, {"name", venue.name}});
  return venues;
}

// People whom the edited plan seats nowhere: the first of them, each with a link that begins the edit which seats them.
std::vector<ApplicantIndex> first_seatless(const Plan& plan) {
  std::vector<ApplicantIndex> people;
  for (const Unseated& one : plan.unseated) {
    if (people.size() == most_seatless_shown) break;
    people.push_back(one.applicant);
  }
  return people;
}

// People whom the exam pins where they are and an officer moved all the same: not refused, and said.
std::int64_t count_pinned_moved(const EditedPlan& edited) {
  std::set<ApplicantId> people;
  for (const HandMove& move : edited.moves) people.insert(move.applicant);
  return services::count_moved_pins(edited.base->planned.exam, people);
}

json describe_seatless(const Call& call, const EditedPlan& edited, const std::string& address) {
  const Exam& exam = edited.base->planned.exam;
  json rows = json::array();
  for (const Unseated& one : edited.plan.unseated) {
    if (rows.size() == most_seatless_shown) break;
    const hanjari::Applicant& person = exam[one.applicant];
    rows.push_back({{"id", person.id.text()},
                    {"unit", exam[person.unit].code.text()},
                    {"why", services::tell_why_unseated(one.reason).in(call.language)},
                    {"seat", fmt::format("{}?kind=person&seatless={}&version={}", address, rows.size() + 1,
                                         edited.session.version)}});
  }
  const auto all = std::ssize(edited.plan.unseated);
  json shown{{"count", group_digits(all)}, {"rows", std::move(rows)}};
  if (all > static_cast<std::ptrdiff_t>(most_seatless_shown))
    shown["more"] = {{"count", group_digits(all - static_cast<std::ptrdiff_t>(most_seatless_shown))}};
  return shown;
}

// What is said above a session: nothing, what was wrong with the step that was asked for, or what the verifier said of it.
struct SessionNews {
  const Error* refused = nullptr;
  const EditAnswer* answer = nullptr;
  int status = 200;
};

void describe_refusal(const Call& call, const Exam& exam, const SessionNews& news, Page& page) {
  FormView form;
  if (news.refused != nullptr) form.add_refusal(*news.refused, call.language);
  if (news.answer != nullptr) page.data["answer"] = describe_answer(call, exam, *news.answer);
  if (news.status != 200) {
    page.status = news.status;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
}

// What the forms of edits begin with: the edit that was sent, or what the address says. An address names nobody: whoever
// has no seat is named by the place in the list, which holds for the version of the session that was shown.
Values typed_of(const Call& call, const EditedPlan& edited) {
  if (!field_of(call.form, "kind").empty()) return call.form;
  Values typed = call.query;
  typed.erase("number");
  typed.erase("other_number");
  if (field_of(call.query, "version") != std::to_string(edited.session.version)) return typed;
  const std::vector<ApplicantIndex> people = first_seatless(edited.plan);
  for (std::size_t at = 0; at < people.size(); ++at) {
    if (field_of(call.query, "seatless") == std::to_string(at + 1))
      typed["number"] = edited.base->planned.exam[people[at]].id.text();
  }
  return typed;
}

Response show_session(const Call& call, const OpenEdits& open, const SessionNews& news) {
  const EditedPlan edited = services::load_edited_plan(open.bench.exams, open.bench.workbench, open.session);
  record_edits_shown(call, edited, news.answer, first_seatless(edited.plan));
  Page page{.name = "plan_edits", .title = call.site.pages().text(call.language, "workbench.edits")};
  const std::string address = address_of_edits(call, open.session.id);
  page.data = {{"exam", head_of_exam(call, open.bench)},
               {"base", open.session.plan_digest.substr(0, 12)},
               {"base_name", name_of_plan(call, open.bench.exams.list_plans(open.bench.code), open.session.plan_digest,
                                          open.session.input_sha256)},
               {"plan", address_of_plan(call, open.session.plan_digest)},
               {"list", address_of_exam(call) + "/edits"},
               {"imports", fmt::format("/{}/imports", code_of(call.language))},
               {"address", address},
               {"version", std::to_string(open.session.version)},
               {"form_token", call.form_token},
               {"moved", group_digits(std::ssize(edited.moves))},
               {"may_undo", has_state(edited, EditState::done)},
               {"may_redo", has_state(edited, EditState::undone)},
               {"may_store", !edited.moves.empty()},
               {"venues", offer_venues(edited.base->planned.exam)},
               {"forms", describe_edit_forms(call, all_edit_kinds(), typed_of(call, edited))},
               {"edits", json::array()}};
  if (const std::int64_t pinned = count_pinned_moved(edited); pinned > 0) page.data["pinned"] = {{"count", group_digits(pinned)}};
  if (!edited.plan.unseated.empty()) page.data["seatless"] = describe_seatless(call, edited, address);
  page.data["may_turn"] = has_state(edited, EditState::done) || has_state(edited, EditState::undone);
  for (std::size_t at = 0; at < edited.edits.size(); ++at)
    page.data["edits"].push_back(describe_edit(call, edited, at));
  page.data["any"] = !edited.edits.empty();
  describe_refusal(call, edited.base->planned.exam, news, page);
  return show(call, page);
}

// A refused step is said on the page of the session, with what was typed and with what others did meanwhile.
template <class Step>
Response take_shown_step(const Call& call, Step step) {
  const OpenEdits open = edits_of_path(call);
  try {
    return step(open);
  } catch (const InvalidInput& refused) {
    return show_session(call, open, {&refused, nullptr, 422});
  } catch (const Conflict& refused) {
    return show_session(call, edits_of_path(call), {&refused, nullptr, 409});
  }
}

// A second click on the same button asks for what the first one did: whether this officer has just made this edit.
bool has_made_edit(const Call& call, const OpenEdits& now, const services::Change& change) {
  if (now.session.version != version_of_form(call.form) + 1) return false;
  const auto edits = now.bench.workbench.repository.list_edits(now.session);
  if (edits.empty()) return false;
  const services::StoredEdit& last = edits.back();
  return last.state == EditState::done && last.author == change.author && last.reason == clean_line(change.reason) &&
         services::spell(services::read_edit(last.content).kind) == field_of(call.form, "kind");
}

}  // namespace

Response open_shown_edits(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const services::EditSession session =
      services::open_edits(bench.exams, bench.workbench, bench.code, plan.digest,
                           services::change_of(call.actor(), "", call.site.now()));
  return redirect(address_of_edits(call, session.id));
}

Response list_shown_edits(const Call& call) {
  const Bench bench = bench_of(call);
  const std::string digest = field_of(call.query, "plan");
  const auto head = bench.exams.find_head(bench.code).value_or(services::ExamHead{});
  Page page{.name = "plan_edit_sessions", .title = call.site.pages().text(call.language, "workbench.sessions")};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"plans", address_of_exam(call) + "/plans"},
               {"sessions", json::array()}};
  for (const services::EditSession& session : bench.workbench.repository.list_sessions(bench.code)) {
    if (!digest.empty() && session.plan_digest != digest) continue;
    page.data["sessions"].push_back({{"address", address_of_edits(call, session.id)},
                                     {"at", write_moment(session.opened_at, head.time_zone)},
                                     {"author", session.author},
                                     {"edits", group_digits(session.edits)},
                                     {"plan", address_of_plan(call, session.plan_digest)},
                                     {"digest", session.plan_digest.substr(0, 12)}});
  }
  page.data["any"] = !page.data["sessions"].empty();
  if (!digest.empty()) page.data["of_plan"] = {{"whole", address_of_exam(call) + "/edits"}, {"digest", digest.substr(0, 12)}};
  return show(call, page);
}

Response show_edits(const Call& call) {
  return show_session(call, edits_of_path(call), {});
}

Response make_shown_edit(const Call& call) {
  const services::Change change =
      services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now());
  return take_shown_step(call, [&](const OpenEdits& open) {
    try {
      const EditAnswer answer =
          services::make_edit(open.bench.exams, open.bench.workbench, open.session, version_of_form(call.form),
                              wish_of_form(call.form), change);
      if (!answer.broken.empty()) return show_session(call, open, {nullptr, &answer, 422});
    } catch (const services::SessionChanged&) {
      if (!has_made_edit(call, edits_of_path(call), change)) throw;
    }
    return redirect(address_of_edits(call, open.session.id));
  });
}

Response turn_shown_edit(const Call& call) {
  return take_shown_step(call, [&](const OpenEdits& open) {
    services::turn_edit(open.bench.workbench, open.session, version_of_form(call.form),
                        turn_of_word(field_of(call.form, "turn")),
                        services::change_of(call.actor(), clean_line(field_of(call.form, "reason")), call.site.now()));
    return redirect(address_of_edits(call, open.session.id));
  });
}

Response order_shown_edited_plan(const Call& call) {
  return take_shown_step(call, [&](const OpenEdits& open) {
    const services::Job job = services::order_edited_plan(
        open.bench.exams, open.bench.workbench, jobs_of_edits(call), open.session, version_of_form(call.form),
        services::change_of(call.actor(), "", call.site.now()));
    return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
  });
}

}  // namespace hanjari::web

#include "results/pages/interview_pages.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "results/pages/interview_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::InterviewBook;
using services::InterviewDifference;

constexpr std::size_t differences_shown = 50;
// More rows are sent as a file, and none are put into a field.
constexpr std::size_t most_rows_in_field = 2'000;

std::string address_of_interviews(const Call& call) {
  return fmt::format("/{}/exams/{}/interviews", code_of(call.language), encode_percent(call.path.at("code")));
}

std::string name_of_grade(const Call& call, const std::optional<selection::GradeMark>& grade) {
  const Pages& pages = call.site.pages();
  if (!grade) return pages.text(call.language, "interviews.none");
  switch (*grade) {
    case selection::GradeMark::high:
      return pages.text(call.language, "interviews.high");
    case selection::GradeMark::middle:
      return pages.text(call.language, "interviews.middle");
    case selection::GradeMark::low:
      break;
  }
  return pages.text(call.language, "interviews.low");
}

struct RefusedInterviews {
  const Error& why;
  int status;
  const char* place;  // of the form that it came from
};

json describe_interview_entry(const Call& call, const std::optional<services::InterviewEntry>& entry, const char* name, const std::string& zone) {
  json row{{"name", call.site.pages().text(call.language, name)}, {"missing", !entry.has_value()}};
  if (entry)
    row["entry"] = {{"officer", entry->officer}, {"at", write_moment(entry->at, zone)}, {"rows", group_digits(std::ssize(entry->grades))}};
  return row;
}

json describe_difference(const Call& call, const InterviewBook& book, const InterviewDifference& one, std::size_t no) {
  const bool first = may_see_interviews(call, book, true);
  const bool second = may_see_interviews(call, book, false);
  const std::string hidden = call.site.pages().text(call.language, "interviews.hidden");
  json row{{"no", std::to_string(no)},
           {"number", one.place.number},
           {"examiner", one.place.examiner},
           {"item", one.place.item},
           {"first", first ? name_of_grade(call, one.first) : hidden},
           {"second", second ? name_of_grade(call, one.second) : hidden}};
  if (first && second) {
    json choices = json::array();
    using selection::GradeMark;
    for (const std::optional<GradeMark>& grade : {std::optional(GradeMark::high), std::optional(GradeMark::middle),
                                                  std::optional(GradeMark::low), std::optional<GradeMark>()})
      choices.push_back({{"word", word_of_grade(grade)}, {"label", name_of_grade(call, grade)}});
    row["settle"] = {{"seen_first", word_of_grade(one.first)}, {"seen_second", word_of_grade(one.second)}, {"choices", std::move(choices)}};
  }
  return row;
}

void add_differences(const Call& call, const InterviewBook& book, Page& page) {
  const std::vector<InterviewDifference> differences = services::list_interview_differences(book);
  const auto from = std::min(static_cast<std::size_t>(case_count_in(field_of(call.query, "from"))), differences.size());
  const std::size_t end = std::min(from + differences_shown, differences.size());
  page.data["differences"] = json::array();
  for (std::size_t at = from; at < end; ++at) page.data["differences"].push_back(describe_difference(call, book, differences[at], at + 1));
  page.data["any_difference"] = !differences.empty();
  page.data["open"] = group_digits(std::ssize(differences));
  page.data["settled"] = group_digits(services::count_settled_interviews(book));
  page.data["both"] = book.first && book.second;
  if (end < differences.size()) page.data["next_page"] = {{"address", fmt::format("{}?from={}", address_of_interviews(call), end)}};
  if (book.first && book.second && differences.empty())
    page.data["file"] = {{"address", fmt::format("/api/v1/exams/{}/interview.csv", encode_percent(call.path.at("code")))},
                         {"final_stage", fmt::format("/{}/exams/{}/final-decisions", code_of(call.language),
                                                     encode_percent(call.path.at("code")))}};
}

void tell_interview_refusal(const Call& call, const RefusedInterviews& refused, FormView& form, Page& page) {
  const auto* input = dynamic_cast<const InvalidInput*>(&refused.why);
  if (input != nullptr && !input->faults().empty()) {
    for (const Fault& fault : input->faults().kept()) form.add_fault_at(refused.place, fault.format(call.language));
  } else {
    form.add_fault_at(refused.place, refused.why.message().in(call.language));
  }
  page.status = refused.status;
  page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
}

// The form of whoever may enter: with the own rows, so that those that differ can be corrected.
void add_entry_form(const Call& call, const InterviewBook& book, bool typed, Page& page) {
  const services::InterviewEntry* own = own_interviews(call, book);
  if (own == nullptr && book.first && book.second) return;
  std::string rows = typed ? field_of(call.form, "rows") : std::string();
  if (!typed && own != nullptr && own->grades.size() <= most_rows_in_field) rows = services::write_interview_table(own->grades);
  page.data["enter"] = {{"version", std::to_string(own == nullptr ? 0 : own->version)}, {"rows", rows}, {"again", own != nullptr}};
}

Response show_interviews_page(const Call& call, const RefusedInterviews* refused) {
  const Pages& pages = call.site.pages();
  services::InterviewRepository& interviews = interviews_of(call);
  const ResultsCall of = results_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const InterviewBook book = services::open_interviews(interviews, call.site.access(), of.code, change_of_call(call, ""));
  Page page{.name = "interviews", .title = pages.text(call.language, "interviews.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                 {"on", write_day(head.exam_on, call.language)}}},
               {"results", fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address_of_interviews(call)},
               {"form_token", call.form_token},
               {"entries",
                {describe_interview_entry(call, book.first, "interviews.first", head.time_zone),
                 describe_interview_entry(call, book.second, "interviews.second", head.time_zone)}}};
  add_differences(call, book, page);
  add_entry_form(call, book, refused != nullptr && call.form.contains("rows"), page);
  FormView form;
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    tell_interview_refusal(call, *refused, form, page);
    frame.path = address_of_interviews(call);  // of the page in the other language
  }
  form.describe(page.data);
  return pages.show(frame, page);
}

std::string_view sent_interview_table(const Call& call) {
  for (const FormPart& part : call.files) {
    if (part.name == "file" && !part.content.empty()) return part.content;
  }
  return {};
}

}  // namespace

Response show_interviews(const Call& call) {
  return show_interviews_page(call, nullptr);
}

Response enter_shown_interviews(const Call& call) {
  const std::string_view file = sent_interview_table(call);
  const std::string rows = field_of(call.form, "rows");
  try {
    enter_sent_interviews(call, file.empty() ? std::string_view(rows) : file, file.empty() ? "utf8" : field_of(call.form, "encoding"),
                          case_count_in(field_of(call.form, "version")));
  } catch (const InvalidInput& why) {
    const RefusedInterviews refused{why, 422, "#rows"};
    return show_interviews_page(call, &refused);
  } catch (const Conflict& why) {
    const RefusedInterviews refused{why, 409, "#entries"};
    return show_interviews_page(call, &refused);
  }
  return redirect(address_of_interviews(call));
}

Response settle_shown_interview(const Call& call) {
  const auto typed = [&](const char* name) { return field_of(call.form, name); };
  try {
    settle_sent_interview(call, {{typed("applicant_number"), typed("examiner"), typed("item")}, typed("first"), typed("second"), typed("grade"),
                                 typed("reason")});
  } catch (const InvalidInput& why) {
    const RefusedInterviews refused{why, 422, "#differences"};
    return show_interviews_page(call, &refused);
  } catch (const Conflict& why) {
    const RefusedInterviews refused{why, 409, "#differences"};
    return show_interviews_page(call, &refused);
  }
  return redirect(address_of_interviews(call));
}

}  // namespace hanjari::web

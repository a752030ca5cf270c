#include "intake/pages/apply/apply_steps.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/base/store_errors.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application_text.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/typed_again.h"

namespace hanjari::web {
namespace {

struct StepWords {
  ApplyStep step;
  std::string_view word;
  std::string_view name;  // message
};

constexpr std::array<StepWords, 6> all_steps{{{ApplyStep::unit, "unit", "apply.unit"},
                                              {ApplyStep::person, "person", "apply.person"},
                                              {ApplyStep::photo, "photo", "apply.photo"},
                                              {ApplyStep::claims, "claims", "apply.claims"},
                                              {ApplyStep::support, "support", "apply.support"},
                                              {ApplyStep::review, "review", "apply.review"}}};

bool is_begun(const ApplicationForm& form, ApplyStep step) {
  switch (step) {
    case ApplyStep::unit:
      return !form.unit.empty();
    case ApplyStep::person:
      return !form.name.empty();
    case ApplyStep::photo:
      return !form.photo.empty();
    case ApplyStep::claims:
    case ApplyStep::support:
      // What may stay empty counts as seen once what comes before is there.
      return !form.unit.empty() && !form.name.empty() && !form.photo.empty();
    case ApplyStep::review:
      break;
  }
  return false;
}

// Nobody begins a change that could not be submitted, although other units of the notice may be open.
void require_changeable(const Call& call, services::UseCases& intake, const services::Applicant& applicant,
                        const services::StoredRecruitment& stored) {
  if (!services::takes_applications(stored, call.site.now())) return;  // which is told as for everybody
  for (const Application& application : intake.own.list_own_applications(applicant)) {
    const NoticeUnit* unit = stored.notice.find_unit(application.form.unit);
    if (application.exam != stored.notice.header.code || application.is_over() || unit == nullptr ||
        services::takes_applications(stored, stored.notice.calendar_of(*unit), call.site.now()))
      continue;
    throw services::NotOpen({"Applications for your unit have closed, so your application cannot be changed any more.",
                             "지원한 모집단위의 접수가 마감되어 원서를 더 이상 수정할 수 없습니다."});
  }
}

// Of the form that the page showed; 0, which no form has, for what is none.
std::int64_t version_shown(const Call& call) {
  std::int64_t version = 0;
  for (const char digit : typed(call, "version")) {
    if (digit < '0' || digit > '9' || version > 1'000'000'000) return 0;
    version = version * 10 + (digit - '0');
  }
  return version;
}

// Whether the form that is stored has nothing in it: whoever puts something into it changes nobody's words.
bool is_untouched(const Applying& applying) {
  const auto stored = applying.intake.forms.find_draft(applying.applicant, applying.notice().header.code);
  if (!stored || !stored->edits.empty()) return !stored;
  ApplicationForm nothing;
  nothing.language = stored->form.language;
  return clean_form(stored->form) == clean_form(nothing);
}

}  // namespace

std::string_view word_of(ApplyStep step) {
  return all_steps.at(static_cast<std::size_t>(step)).word;
}

ApplyStep step_after(ApplyStep step) {
  return step == ApplyStep::review ? step : static_cast<ApplyStep>(static_cast<int>(step) + 1);
}

ApplyStep step_of_field(std::string_view field) {
  const std::string_view head = field.substr(0, field.find('.'));
  const auto among = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), head) != names.end();
  };
  if (head == "unit") return ApplyStep::unit;
  if (head == "photo") return ApplyStep::photo;
  if (head == "accommodations" || head == "consents_sensitive") return ApplyStep::support;
  if (among({"electives", "licence", "licence_number", "quota_proof", "waiver_proof", "bonuses"}))
    return ApplyStep::claims;
  return ApplyStep::person;
}

Applying open_applying(const Call& call) {
  services::UseCases& intake = load_intake(call);
  const ExamCode code(call.path.at("notice"));
  services::Applicant applicant = applicant_of(call);
  auto stored = intake.notices.load_notice(code);
  if (!intake.forms.find_draft(applicant, code)) require_changeable(call, intake, applicant, *stored);
  services::Draft draft = intake.forms.open_draft(applicant, code);
  return {intake, std::move(applicant), std::move(stored), std::move(draft), true};
}

std::string apply_address(const Call& call, const Applying& applying, ApplyStep step) {
  return fmt::format("/{}/apply/{}/{}", code_of(call.language), encode_percent(applying.notice().header.code.text()),
                     word_of(step));
}

std::string my_address(const Call& call) {
  return fmt::format("/{}/my", code_of(call.language));
}

std::string application_address(const Call& call, const ApplicationId& id) {
  return fmt::format("/{}/my/{}", code_of(call.language), encode_percent(id.text()));
}

const FieldFault* find_bar(const std::vector<FieldFault>& faults) {
  const auto found = std::find_if(faults.begin(), faults.end(), [](const FieldFault& fault) {
    return fault.code == "unit_closed" || fault.code == "unit_not_open" || fault.code == "other_day";
  });
  return found == faults.end() ? nullptr : &*found;
}

std::optional<Instant> closing_of(const Call& call, const Applying& applying) {
  const NoticeUnit* unit = applying.unit();
  if (unit == nullptr) return next_closing(*applying.stored, call.site.now());
  const Calendar& calendar = applying.notice().calendar_of(*unit);
  Instant closes = calendar.applications.closes;
  if (applying.draft.edits.empty()) return closes;
  for (const Application& edited : applying.intake.own.list_own_applications(applying.applicant)) {
    const NoticeUnit* before = applying.notice().find_unit(edited.form.unit);
    if (edited.id != applying.draft.edits || before == nullptr) continue;
    // The list of a day is final once nobody withdraws from it any more.
    const Calendar& left = applying.notice().calendar_of(*before);
    if (left.exam_on != calendar.exam_on) closes = std::min(closes, left.cancel_until);
  }
  return closes;
}

void describe_steps(const Call& call, const Applying& applying, ApplyStep current, nlohmann::json& data) {
  const Pages& pages = call.site.pages();
  const Recruitment& notice = applying.notice();
  data["notice_name"] = name_of_exam(notice.header, call.language);
  data["notice_address"] =
      fmt::format("/{}/notices/{}", code_of(call.language), encode_percent(notice.header.code.text()));
  data["version"] = std::to_string(applying.draft.version);
  data["draft"] = applying.draft.id;
  data["steps"] = nlohmann::json::array();
  const auto faults = applying.intake.forms.review_draft(applying.draft);
  const FieldFault* bar = find_bar(faults);
  data["editing"] = bar == nullptr && !applying.draft.edits.empty();
  data["bar_above"] = true;
  data["barred"] = bar == nullptr ? nlohmann::json(false) : nlohmann::json(bar->what.in(call.language));
  int number = 0;
  for (const StepWords& step : all_steps) {
    const bool sound = std::none_of(faults.begin(), faults.end(),
                                    [&](const FieldFault& fault) { return step_of_field(fault.field) == step.step; });
    const bool done = step.step != current && sound && is_begun(applying.draft.form, step.step);
    data["steps"].push_back({{"name", pages.text(call.language, step.name)},
                             {"mark", done ? "✓" : std::to_string(number + 1)},
                             {"position", fmt::format("{}/{}", number + 1, all_steps.size())},
                             {"address", apply_address(call, applying, step.step)},
                             {"current", step.step == current},
                             {"done", done}});
    ++number;
  }
  if (const auto closes = closing_of(call, applying); closes && bar == nullptr)
    data["countdown"] = describe_countdown(pages, *closes, call.site.now(), notice.header.time_zone, call.language);
}

std::string typed(const Call& call, const std::string& name) {
  const auto found = call.form.find(name);
  return found == call.form.end() ? std::string{} : clean_line(found->second);
}

std::string typed_lines(const Call& call, const std::string& name) {
  const auto found = call.form.find(name);
  return found == call.form.end() ? std::string{} : clean_lines(found->second);
}

bool is_ticked(const Call& call, const std::string& name) {
  return call.form.contains(name);
}

SavedStep save_step(const Call& call, Applying& applying) {
  const ApplicationForm form = applying.draft.form;
  const std::string shown = typed(call, "draft");
  const bool of_another = !shown.empty() && shown != applying.draft.id;
  if (of_another && !is_untouched(applying)) return SavedStep::of_another_form;
  const std::int64_t version = of_another ? 0 : version_shown(call);
  try {
    applying.draft = applying.intake.forms.save_draft(applying.applicant, applying.notice().header.code,
                                                      version == 0 ? applying.draft.version : version, form);
    return SavedStep::saved;
  } catch (const ValueTooLong&) {
    // More than a form may hold: the fields say which of them is too long, and nothing of it is lost on the page.
    applying.kept = false;
    return SavedStep::saved;
  } catch (const services::DraftChanged&) {
  }
  applying.draft = applying.intake.forms.open_draft(applying.applicant, applying.notice().header.code);
  applying.draft.form = form;
  return SavedStep::newer_elsewhere;
}

std::string why_not_saved(const Call& call, SavedStep saved) {
  if (saved == SavedStep::saved) return {};
  return call.site.pages().text(call.language, saved == SavedStep::newer_elsewhere ? "apply.saved_elsewhere" : "apply.of_another_form");
}

Page step_page(const Call& call, const Applying& applying, ApplyStep step, const char* name, const char* title) {
  Page page{.name = name, .title = call.site.pages().text(call.language, title)};
  describe_steps(call, applying, step, page.data);
  page.data["action"] = apply_address(call, applying, step);
  page.data["heading"] = page.title;
  return page;
}

Response show_step(const Call& call, Page page, const FormView& form, SavedStep saved) {
  form.describe(page.data);
  if (saved != SavedStep::saved) page.data["note"] = why_not_saved(call, saved);
  if (!page.data.contains("note")) page.data["note"] = false;
  if (form.any_fault() || saved != SavedStep::saved) {
    page.status = saved == SavedStep::saved ? 422 : 409;
    if (form.any_fault())
      page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

std::vector<FieldFault> faults_of(Applying& applying, ApplyStep step) {
  auto faults = applying.intake.forms.review_draft(applying.draft);
  std::erase_if(faults, [&](const FieldFault& fault) { return step_of_field(fault.field) != step; });
  return faults;
}

Response go_on(const Call& call, const Applying& applying, ApplyStep from) {
  // What was typed is saved; the files beside it are chosen again there.
  if (is_ticked(call, files_lost_field)) return redirect(apply_address(call, applying, from));
  if (is_ticked(call, "later")) return redirect(my_address(call));
  return redirect(apply_address(call, applying, step_after(from)));
}

}  // namespace hanjari::web

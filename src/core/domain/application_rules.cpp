// What is wrong with a form: one rule, one function, one sentence.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/application.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/domain/spelling.h"

namespace hanjari {
namespace {

class Judge {
 public:
  Judge(const ApplicationForm& judged_form, std::vector<FieldFault>& faults) : form(judged_form), faults_(faults) {}
  void add(std::string field, std::string code, Text what) {
    faults_.push_back({std::move(field), std::move(code), std::move(what)});
  }
  // The value must be there, and be a text that every later step takes.
  void require(const std::string& value, const char* field, Text what, std::size_t most_bytes = longest_proof) {
    if (is_blank_text(value)) return add(field, "missing", std::move(what));
    check(value, field, most_bytes);
  }
  void check(const std::string& value, const char* field, std::size_t most_bytes = longest_proof) {
    if (const auto fault = find_text_fault(value, most_bytes)) add(field, "unusable_text", sentence_of(*fault));
  }
  const ApplicationForm& form;

 private:
  std::vector<FieldFault>& faults_;
};

void judge_age(const Eligibility& rule, Judge& judge) {
  if (!judge.form.birth_on) return;
  const int age = age_on(*judge.form.birth_on, rule.age_on);
  const Text day = write_plain_day(rule.age_on);
  if (rule.least_age && age < *rule.least_age) {
    judge.add("birth_on", "too_young",
              {fmt::format("For this unit you must be at least {} years old on {}. By your registration number you will be {}.",
                           *rule.least_age, day.en, age),
               fmt::format("이 모집단위는 {} 기준 만 {}세 이상이어야 합니다. 주민등록번호상 생년월일로는 만 {}세입니다.",
                           day.ko, *rule.least_age, age)});
  }
  if (rule.most_age && age > *rule.most_age) {
    judge.add("birth_on", "too_old",
              {fmt::format("For this unit you must be no older than {} on {}. By your registration number you will be {}.",
                           *rule.most_age, day.en, age),
               fmt::format("이 모집단위는 {} 기준 만 {}세 이하여야 합니다. 주민등록번호상 생년월일로는 만 {}세입니다.",
                           day.ko, *rule.most_age, age)});
  }
}

void judge_residence(const Eligibility& rule, Judge& judge) {
  if (rule.residence == ResidenceRule::none) return;
  const bool met =
      judge.form.residence == ResidenceClaim::on_day ||
      (judge.form.residence == ResidenceClaim::three_years && rule.residence == ResidenceRule::on_day_or_three_years);
  if (met) return;
  const Text day = write_plain_day(rule.residence_on);
  if (rule.residence == ResidenceRule::on_day) {
    judge.add("residence", "residence_rule",
              {fmt::format("This unit is for people registered in {} on {}.", rule.residence_area.en, day.en),
               fmt::format("이 모집단위는 {} 현재 {}에 주민등록이 되어 있어야 지원할 수 있습니다.", day.ko,
                           rule.residence_area.ko)});
  } else {
    judge.add(
        "residence", "residence_rule",
        {fmt::format("This unit is for people registered in {0} on {1}, or for a total of three years or more.",
                     rule.residence_area.en, day.en),
         fmt::format("이 모집단위는 {} 현재 {}에 주민등록이 되어 있거나 주민등록 기간이 모두 합하여 3년 이상이어야 "
                     "지원할 수 있습니다.",
                     day.ko, rule.residence_area.ko)});
  }
}

void judge_licence(const Eligibility& rule, Judge& judge) {
  if (rule.licences.empty()) return;
  const bool known = std::any_of(rule.licences.begin(), rule.licences.end(),
                                 [&](const Licence& licence) { return licence.code == judge.form.licence; });
  if (!known) {
    judge.add("licence", "licence_needed",
              {"This unit needs one of the licences listed; choose yours.",
               "이 모집단위는 자격증이 필요합니다. 목록에서 소지한 자격증을 선택하십시오."});
  } else {
    judge.require(judge.form.licence_number, "licence_number",
                  {"Enter the number of your licence.", "자격증 번호를 입력하십시오."});
  }
}

void judge_quota_group(const NoticeUnit& unit, Judge& judge) {
  if (unit.unit.quota_group == QuotaGroup::general) return;
  const Text group = name_of(unit.unit.quota_group);
  judge.require(judge.form.quota_proof, "quota_proof",
                {fmt::format("This unit is for the group: {}. Enter the number of your certificate.", group.en),
                 fmt::format("이 모집단위는 {} 구분모집입니다. 증명서 번호를 입력하십시오.", group.ko)});
}

void judge_electives(const NoticeUnit& unit, Judge& judge) {
  const auto& chosen = judge.form.electives;
  const std::set<std::string> different(chosen.begin(), chosen.end());
  const bool known = std::all_of(chosen.begin(), chosen.end(), [&](const std::string& code) {
    return std::any_of(unit.electives.begin(), unit.electives.end(),
                       [&](const Elective& elective) { return elective.code == code; });
  });
  if (known && different.size() == chosen.size() && static_cast<int>(chosen.size()) == unit.electives_to_choose) return;
  judge.add(
      "electives", "electives_to_choose",
      {unit.electives_to_choose == 0
           ? std::string("This unit has no elective subjects; remove the choice.")
           : fmt::format("Choose {} different elective subjects of this unit.", unit.electives_to_choose),
       unit.electives_to_choose == 0
           ? std::string("이 모집단위에는 선택과목이 없습니다. 선택을 지우십시오.")
           : fmt::format("이 모집단위의 선택과목 가운데 서로 다른 {}과목을 선택하십시오.", unit.electives_to_choose)});
}

void judge_bonuses(Judge& judge) {
  std::set<int> groups;
  for (std::size_t at = 0; at < judge.form.bonuses.size(); ++at) {
    const BonusClaim& claim = judge.form.bonuses[at];
    const bool licence = claim.kind == BonusKind::licence_3 || claim.kind == BonusKind::licence_5;
    judge.require(claim.proof, fmt::format("bonuses.{}.proof", at).c_str(),
                  {"Enter the number of the certificate for the extra points.", "가산점 증명서 번호를 입력하십시오."});
    if (!groups.insert(licence ? 1 : 0).second) {
      judge.add(fmt::format("bonuses.{}.kind", at), "bonus_twice",
                licence ? Text{"Only the best licence counts; keep one.",
                               "자격증 가산점은 가장 유리한 하나만 인정됩니다. "
                               "하나만 남기십시오."}
                        : Text{"Preference for veterans and for persons honoured for righteous acts exclude each other; keep one.",
                               "취업지원대상자 가산점과 의사상자 가산점은 함께 받을 수 없습니다. 하나만 남기십시오."});
    }
  }
}

void judge_accommodations(const Recruitment& recruitment, Judge& judge) {
  std::set<std::string> asked;
  int extra_times = 0;
  for (std::size_t at = 0; at < judge.form.accommodations.size(); ++at) {
    const AccommodationRequest& request = judge.form.accommodations[at];
    const std::string field = fmt::format("accommodations.{}", at);
    const auto& known = accommodation_items();
    if (std::find(known.begin(), known.end(), request.item) == known.end() || !asked.insert(request.item).second) {
      judge.add(field + ".item", "unknown_or_twice",
                {"Choose each accommodation from the list once.", "편의지원은 목록에서 한 번씩만 선택하십시오."});
      continue;
    }
    const Text name = name_of_accommodation(request.item);
    if (!recruitment.offers_accommodation(request.item)) {
      judge.add(field + ".item", "not_offered",
                {fmt::format("This notice does not offer this accommodation: {}. Remove the request.", name.en),
                 fmt::format("이 공고에서 제공하지 않는 편의지원입니다: {}. 선택을 지우십시오.", name.ko)});
      continue;
    }
    if (request.item.starts_with("extra_time") && ++extra_times == 2) {
      judge.add(field + ".item", "extra_time_twice",
                {"Choose one extra time only.", "시험시간 연장은 한 가지만 선택하십시오."});
    }
    judge.require(request.reason, (field + ".reason").c_str(),
                  {fmt::format("Say why you need this accommodation: {}.", name.en),
                   fmt::format("{}: 편의지원이 필요한 사유를 입력하십시오.", name.ko)},
                  longest_reason);
    const OfferedAccommodation* offered = recruitment.find_accommodation(request.item);
    if (request.documents.empty() && (offered == nullptr || offered->proof_needed)) {
      judge.add(field + ".documents", "missing",
                {fmt::format("Add a document for this accommodation: {}.", name.en),
                 fmt::format("{}: 편의지원 증빙서류를 첨부하십시오.", name.ko)});
    }
  }
}

// The law asks for these apart from the rest; whoever was shown the words has to have said yes to each.
void judge_separate_consents(Judge& judge) {
  judge.check(judge.form.consent_text, "consents");
  if (judge.form.consent_text.empty()) return;
  if (!judge.form.consents_identifier) {
    judge.add("consents_identifier", "missing",
              {"Agree to the use of your registration number; without it you cannot apply.",
               "고유식별정보 처리에 동의해 주십시오. 동의하지 않으면 원서를 접수할 수 없습니다."});
  }
  if (!judge.form.accommodations.empty() && !judge.form.consents_sensitive) {
    judge.add("consents_sensitive", "missing",
              {"Agree to the use of sensitive data for accommodations, or remove the requests.",
               "편의지원을 받으려면 민감정보 처리에 동의해 주십시오. 동의하지 않으면 편의지원 신청을 지우십시오."});
  }
}

void judge_person(const Recruitment& recruitment, Judge& judge) {
  const ApplicationForm& form = judge.form;
  judge.require(form.name, "name", {"Enter your name.", "성명을 입력하십시오."}, longest_person_name);
  if (!is_blank_text(form.name)) {
    if (const auto fault = find_name_fault(form.name)) judge.add("name", "no_name", sentence_of(*fault));
  }
  if (form.identity_hash.empty() || !form.birth_on || !form.sex) {
    judge.add("identity", "missing",
              {"Enter your resident or foreigner registration number; it is used to confirm who you are and is not stored.",
               "주민등록번호 또는 외국인등록번호를 입력하십시오. 본인 확인과 중복 지원 확인에만 사용하며 저장하지 않습니다."});
  }
  if (form.birth_on) {
    const NoticeUnit* unit = recruitment.find_unit(form.unit);
    const Date exam_on = unit == nullptr ? recruitment.header.exam_on : recruitment.calendar_of(*unit).exam_on;
    if (const auto fault = find_birth_fault(*form.birth_on, exam_on))
      judge.add("birth_on", "impossible_birth", sentence_of(*fault));
  }
  ContactFault fault;
  if (!read_phone(form.phone, fault)) judge.add("phone", fault.code, fault.what);
  if (!read_email(form.email, fault)) judge.add("email", fault.code, fault.what);
  if (recruitment.find_area(form.area) == nullptr) {
    judge.add("area", "missing",
              {"Choose the neighbourhood where you live; it is used to assign you a venue nearby.",
               "거주지(동)를 선택하십시오. 가까운 시험장을 배정하는 데 사용됩니다."});
  }
  judge.require(form.address, "address", {"Enter your address.", "주소를 입력하십시오."}, longest_person_address);
  judge.check(form.waiver_proof, "waiver_proof");
}

}  // namespace

std::vector<FieldFault> judge_eligibility(const NoticeUnit& unit, const ApplicationForm& form) {
  std::vector<FieldFault> faults;
  Judge judge(form, faults);
  judge_age(unit.eligibility, judge);
  judge_residence(unit.eligibility, judge);
  judge_licence(unit.eligibility, judge);
  judge_quota_group(unit, judge);
  return faults;
}

std::vector<FieldFault> judge_form(const Recruitment& recruitment, const ApplicationForm& form) {
  std::vector<FieldFault> faults;
  Judge judge(form, faults);
  const NoticeUnit* unit = recruitment.find_unit(form.unit);
  if (unit == nullptr) {
    judge.add("unit", "missing", {"Choose the unit you apply for.", "지원할 모집단위를 선택하십시오."});
  }
  judge_person(recruitment, judge);
  if (unit != nullptr) {
    for (FieldFault& fault : judge_eligibility(*unit, form)) faults.push_back(std::move(fault));
    judge_electives(*unit, judge);
  }
  judge_bonuses(judge);
  judge_accommodations(recruitment, judge);
  if (form.photo.empty()) {
    judge.add("photo", "missing", {"Add your photo.", "사진을 등록하십시오."});
  }
  if (!form.consents) {
    judge.add(
        "consents", "missing",
        {"Agree to the use of your personal data; without it you cannot apply.",
         "개인정보 수집·이용에 동의해 주십시오. 동의하지 않으면 원서를 접수할 수 없습니다."});
  }
  judge_separate_consents(judge);
  return faults;
}

}  // namespace hanjari

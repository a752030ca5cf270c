#include "proofreading/expected_words.h"

#include <map>
#include <string_view>

namespace hanjari::proofreading {
namespace {

using Sentences = std::map<std::string, Text, std::less<>>;

std::optional<std::string> look_up(const Sentences& sentences, const std::string& word, Language language) {
  const auto found = sentences.find(word);
  if (found == sentences.end()) return std::nullopt;
  return found->second.in(language);
}

std::optional<std::string> final_verdict_words(const std::string& outcome, Language language) {
  static const Sentences expected{
      {"passed", {"You passed the exam.", "최종 합격하셨습니다."}},
      {"passed_equality",
       {"You passed the exam by the gender equality target.", "양성평등채용목표제에 따라 최종 합격하셨습니다."}},
      {"not_passed", {"You did not pass the exam.", "최종 합격하지 못하셨습니다."}},
      {"poor", {"You did not pass the interview.", "면접시험에 합격하지 못하셨습니다."}},
      {"call_up", {"You are called up for an interview.", "면접시험 추가 응시 대상자로 결정되었습니다."}},
      {"declined", {"You declined the place.", "합격을 포기하신 것으로 처리되었습니다."}},
      {"absent", {"You are recorded as absent from the interview.", "면접시험에 결시하신 것으로 처리되었습니다."}}};
  return look_up(expected, outcome, language);
}

std::optional<std::string> final_reason_words(const std::string& reason, Language language) {
  static const Sentences expected{
      {"above_cut", {"The total of the written exam is above the cut.", "필기시험 총점이 최종 합격선보다 높습니다."}},
      {"absent", {"Absent from the interview: no grade is counted.", "면접시험에 결시하여 등급이 없습니다."}},
      {"additional",
       {"A place became free because somebody who passed has declined; those next by the written exam pass.",
        "합격자의 포기로 빈자리가 생겨 필기시험 총점이 다음으로 높은 사람이 추가로 합격합니다."}},
      {"declined", {"The office recorded that you do not want the place.", "본인이 합격을 포기한 것으로 기록되었습니다."}},
      {"all_pass",
       {"There were posts for everybody whose interview was graded ordinary.",
        "선발예정인원 안에서 보통 등급을 받은 사람이 모두 합격합니다."}},
      {"at_cut", {"The total of the written exam is equal to the cut.", "필기시험 총점이 최종 합격선과 같습니다."}},
      {"below_cut", {"The total of the written exam is below the cut.", "필기시험 총점이 최종 합격선보다 낮습니다."}},
      {"call_up",
       {"Fewer people were interviewed than there are posts; those next by the written exam are called up.",
        "면접시험 응시인원이 선발예정인원에 미치지 못하여 필기시험 총점이 다음으로 높은 사람을 추가로 부릅니다."}},
      {"equality",
       {"The gender equality target adds this place; nobody loses one by it.",
        "양성평등채용목표제로 추가된 합격이며, 이 때문에 탈락한 사람은 없습니다."}},
      {"excellent", {"The interview was graded excellent.", "면접시험 등급이 우수입니다."}},
      {"excess_excellent",
       {"More people were graded excellent than there are posts; those with the highest written totals pass.",
        "우수 등급을 받은 사람이 선발예정인원보다 많아 필기시험 총점이 높은 순서로 합격합니다."}},
      {"poor", {"The interview was graded poor.", "면접시험 등급이 미흡입니다."}},
      {"posts_filled",
       {"Those who were graded excellent filled all posts.", "우수 등급을 받은 사람으로 선발예정인원이 모두 채워졌습니다."}}};
  return look_up(expected, reason, language);
}

const std::set<std::string>& final_page_labels(Language language) {
  static const std::set<std::string> english{"Exam",
                                             "Applicant number",
                                             "Recruitment unit",
                                             "Total of the written exam",
                                             "Rank in the written exam",
                                             "Grade of the interview",
                                             "Place in the reserve",
                                             "Final cut of the unit",
                                             "Released",
                                             "Version",
                                             "Correction",
                                             "What decided",
                                             "Marks of the written exam by subject",
                                             "Subject",
                                             "Mark",
                                             "What comes next",
                                             "How to object"};
  static const std::set<std::string> korean{"시험",          "응시번호",      "모집단위",  "필기시험 총점",
                                            "필기시험 순위", "면접시험 등급", "예비 순위", "모집단위 최종 합격선",
                                            "발표 일시",     "판",            "정정 내용", "결정 근거",
                                            "필기시험 과목별 점수", "과목",   "점수",      "다음 절차",
                                            "이의제기 방법"};
  return language == Language::korean ? korean : english;
}

}  // namespace

std::optional<std::string> verdict_words(const std::string& outcome, Language language, Stage stage) {
  if (stage == Stage::final) return final_verdict_words(outcome, language);
  static const Sentences expected{
      {"passed", {"You passed the written exam.", "필기시험에 합격하셨습니다."}},
      {"passed_equality",
       {"You passed the written exam by the gender equality target.",
        "양성평등채용목표제에 따라 필기시험에 합격하셨습니다."}},
      {"not_passed", {"You did not pass the written exam.", "필기시험에 합격하지 못하셨습니다."}},
      {"below_line",
       {"You did not pass the written exam: a subject is below the fail line.",
        "과락 과목이 있어 필기시험에 합격하지 못하셨습니다."}},
      {"void",
       {"Your written exam does not count, by a decision on your case.", "별도의 결정에 따라 필기시험이 무효로 처리되었습니다."}},
      {"absent", {"You are recorded as absent from the exam.", "시험에 결시하신 것으로 처리되었습니다."}}};
  return look_up(expected, outcome, language);
}

std::optional<std::string> reason_words(const std::string& reason, Language language, Stage stage) {
  if (stage == Stage::final) return final_reason_words(reason, language);
  static const Sentences expected{
      {"absent", {"Absent: no marks are counted.", "결시하여 점수가 없습니다."}},
      {"above_cut", {"The total is above the cut.", "총점이 합격선보다 높습니다."}},
      {"all_pass",
       {"Everybody above the fail line passes in this unit.", "이 모집단위에서는 과락이 없는 사람이 모두 합격합니다."}},
      {"at_cut", {"The total is equal to the cut.", "총점이 합격선과 같습니다."}},
      {"below_cut", {"The total is below the cut.", "총점이 합격선보다 낮습니다."}},
      {"equality",
       {"The gender equality target adds this place; nobody loses one by it.",
        "양성평등채용목표제로 추가된 합격이며, 이 때문에 탈락한 사람은 없습니다."}},
      {"hero_3", {"Preference of 3 percent for heroes' families is counted.", "의사상자 등 가점 3%를 적용하였습니다."}},
      {"hero_5", {"Preference of 5 percent for heroes' families is counted.", "의사상자 등 가점 5%를 적용하였습니다."}},
      {"hero_cap",
       {"The limit of passes by heroes' preference is reached; the preference is not counted.",
        "의사상자 등 합격 상한에 이르러 가점을 적용하지 않았습니다."}},
      {"licence_3", {"A licence adds 3 percent.", "자격증 가산점 3%를 적용하였습니다."}},
      {"licence_5", {"A licence adds 5 percent.", "자격증 가산점 5%를 적용하였습니다."}},
      {"late_documents",
       {"Documents came too late: no preference or licence is counted.", "증빙서류를 기한까지 내지 않아 가점을 적용하지 않았습니다."}},
      {"misconduct", {"Misconduct in the exam was established.", "시험에서 부정행위를 한 것으로 결정되었습니다."}},
      {"withdrawal", {"You withdrew from the exam.", "본인이 응시를 포기한 것으로 처리되었습니다."}},
      {"annulled", {"The exam was annulled by a decision on your case.", "개별 결정에 따라 응시한 시험이 무효로 처리되었습니다."}},
      {"preference_not_given",
       {"This unit has too few posts for a preference.", "선발예정인원이 적어 가점을 적용하지 않는 모집단위입니다."}},
      {"thanks_to_preference", {"The preference made the difference.", "가점을 더하여 합격선에 들었습니다."}},
      {"veteran_10", {"Veterans' preference of 10 percent is counted.", "취업지원대상자 가점 10%를 적용하였습니다."}},
      {"veteran_5", {"Veterans' preference of 5 percent is counted.", "취업지원대상자 가점 5%를 적용하였습니다."}},
      {"veteran_cap",
       {"The limit of passes by veterans' preference is reached; the preference is not counted.",
        "취업지원대상자 합격 상한에 이르러 가점을 적용하지 않았습니다."}}};
  if (reason.rfind("fail_line:", 0) == 0) {
    const std::string subject = reason.substr(10);
    return language == Language::korean ? "과락 과목: " + subject : "Below the fail line: " + subject + ".";
  }
  return look_up(expected, reason, language);
}

std::string grade_of_interview(const std::string& grade, Language language) {
  static const Sentences expected{{"excellent", {"Excellent", "우수"}}, {"ordinary", {"Ordinary", "보통"}}, {"poor", {"Poor", "미흡"}}};
  if (grade.empty()) return "";
  return look_up(expected, grade, language).value_or("?");
}

std::vector<std::string> page_order(const PageParts& parts, Language language, Stage stage) {
  const bool final = stage == Stage::final;
  std::vector<std::string> order{"=verdict"};
  const auto add = [&](const Text& label, const char* field) {
    order.push_back(label.in(language));
    if (field != nullptr) order.push_back(field);
  };
  add({"Exam", "시험"}, "=exam");
  add({"Applicant number", "응시번호"}, "=number");
  add({"Recruitment unit", "모집단위"}, "=unit");
  if (parts.total) add(final ? Text{"Total of the written exam", "필기시험 총점"} : Text{"Total", "총점"}, "=total");
  if (parts.rank) add(final ? Text{"Rank in the written exam", "필기시험 순위"} : Text{"Rank in the unit", "모집단위 내 순위"}, "=rank");
  if (parts.grade) add({"Grade of the interview", "면접시험 등급"}, "=grade");
  if (parts.reserve) add({"Place in the reserve", "예비 순위"}, "=reserve");
  if (parts.cut) add(final ? Text{"Final cut of the unit", "모집단위 최종 합격선"} : Text{"Cut of the unit", "모집단위 합격선"}, "=cut");
  add({"Released", "발표 일시"}, "=released");
  add({"Version", "판"}, "=version");
  if (parts.correction) add({"Correction", "정정 내용"}, "=correction");
  add({"What decided", "결정 근거"}, nullptr);
  for (std::size_t i = 0; i < parts.reasons; ++i) order.emplace_back("=reason");
  if (parts.marks > 0) {
    add(final ? Text{"Marks of the written exam by subject", "필기시험 과목별 점수"} : Text{"Marks by subject", "과목별 점수"}, nullptr);
    add({"Subject", "과목"}, nullptr);
    add({"Mark", "점수"}, nullptr);
  }
  for (std::size_t i = 0; i < parts.marks; ++i) {
    order.emplace_back("=subject");
    order.emplace_back("=score");
  }
  add({"What comes next", "다음 절차"}, "=next");
  add({"How to object", "이의제기 방법"}, "=objection");
  return order;
}

const std::set<std::string>& page_labels(Language language, Stage stage) {
  if (stage == Stage::final) return final_page_labels(language);
  static const std::set<std::string> english{"Exam",        "Applicant number", "Recruitment unit",  "Total",
                                             "Rank in the unit", "Cut of the unit", "Released",      "Version",
                                             "Correction",  "What decided",     "Marks by subject",  "Subject",
                                             "Mark",        "What comes next",  "How to object"};
  static const std::set<std::string> korean{"시험",      "응시번호",  "모집단위", "총점", "모집단위 내 순위",
                                            "모집단위 합격선", "발표 일시", "판", "정정 내용", "결정 근거",
                                            "과목별 점수", "과목",      "점수",     "다음 절차", "이의제기 방법"};
  return language == Language::korean ? korean : english;
}

const std::set<std::string>& list_labels(Language language) {
  static const std::set<std::string> english{"Passed:"};
  static const std::set<std::string> korean{"합격 인원:"};
  return language == Language::korean ? korean : english;
}

const std::set<std::string>& notice_labels(Language language, Stage stage) {
  static const std::set<std::string> english{"Results of the written exam", "Exam", "Released", "Version", "Correction",
                                             "How to object"};
  static const std::set<std::string> korean{"필기시험 결과 공고", "시험", "발표 일시", "판", "정정 내용",
                                            "이의제기 방법"};
  static const std::set<std::string> final_english{"Final results", "Exam", "Released", "Version", "Correction", "How to object"};
  static const std::set<std::string> final_korean{"최종 결과 공고", "시험", "발표 일시", "판", "정정 내용", "이의제기 방법"};
  if (stage == Stage::final) return language == Language::korean ? final_korean : final_english;
  return language == Language::korean ? korean : english;
}

const ListFileWords& list_file_words(Language language, Stage stage) {
  static const ListFileWords english{"Passed the written exam", "Released", "Version", "Correction", "Passed", "Unit", "Name",
                                     "Applicant number", "Numbers", "Units"};
  static const ListFileWords korean{"필기시험 합격자 명단", "발표 일시", "판", "정정 내용", "합격 인원", "모집단위", "이름",
                                    "응시번호", "응시번호", "모집단위"};
  static const ListFileWords final_english{"Passed the exam", "Released", "Version", "Correction", "Passed", "Unit", "Name",
                                           "Applicant number", "Numbers", "Units"};
  static const ListFileWords final_korean{"최종합격자 명단", "발표 일시", "판", "정정 내용", "합격 인원", "모집단위", "이름",
                                          "응시번호", "응시번호", "모집단위"};
  if (stage == Stage::final) return language == Language::korean ? final_korean : final_english;
  return language == Language::korean ? korean : english;
}

}  // namespace hanjari::proofreading

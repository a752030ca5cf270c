#include "hanjari/selection/rule_book.h"

#include <array>
#include <string>

namespace hanjari::selection {
namespace {

const Text decree{"Decree on Examinations for Public Officials", "공무원임용시험령"};
const Text veterans_act{"Act on the Honorable Treatment of Persons of National Merit, employment preference",
                        "국가유공자 등 예우 및 지원에 관한 법률(취업지원)"};
const Text heroes_act{"Act on the Honorable Treatment of Persons who Died or Were Injured for Others",
                      "의사상자 등 예우 및 지원에 관한 법률"};
const Text equality_guideline{"Guideline on the gender equality target of recruitment", "양성평등채용목표제 실시지침"};
const Text practice{"Practice of the examination office, a setting of the exam", "시험 시행기관의 관행(시험별 설정)"};
const Text own{"Our own form of the files (docs/formats.md)", "자체 파일 형식(docs/formats.md)"};

const std::array<RuleEntry, 20> rules{{
    {1,
     "gate",
     {"Gate", "검수"},
     {"Nothing is ranked before everybody is accounted for: who sat has every mark once, who was absent has none, and "
      "people, "
      "sheets and scored sheets agree.",
      "응시자는 모든 과목 점수가 한 번씩 있고 결시자는 점수가 없으며 응시 인원·회수 매수·채점 매수가 같아야 순위를 "
      "정합니다."},
     {"Losses of December 2020 and July 2021", "2020년 12월, 2021년 7월 사고"}},
    {2,
     "sat",
     {"Who sat", "응시"},
     {"Present and moved people sat; absent people have no total and no rank and stand in no statistic.",
      "응시자와 이동 응시자만 응시한 것으로 보며, 결시자는 총점도 순위도 없고 통계에 들어가지 않습니다."},
     decree},
    {3,
     "number_to_pass",
     {"Number to pass", "합격 예정 인원"},
     {"How many pass is frozen before marks are opened: the unit's own number, or the pass table by its posts.",
      "합격 예정 인원은 채점 전에 정합니다. 모집단위의 값이 있으면 그 값, 없으면 선발예정 인원별 표에 따릅니다."},
     practice},
    {4,
     "elective_statistics",
     {"Mean and deviation", "평균과 표준편차"},
     {"An elective's mean and deviation are those of everybody who sat it, unrounded and without bonus.",
      "선택과목의 평균과 표준편차는 그 과목 응시자 전원의 원점수로, 가산 없이, 반올림하지 않고 구합니다."},
     decree},
    {5,
     "adjusted_mark",
     {"Adjusted mark", "조정점수"},
     {"An elective's adjusted mark is 50 plus ten times the distance from the mean in deviations, rounded once.",
      "선택과목 조정점수는 (점수 - 평균) ÷ 표준편차 × 10 + 50이며 한 번만 반올림합니다."},
     decree},
    {6,
     "fail_line",
     {"Fail line", "과락"},
     {"A subject below 40 % fails the exam; an elective only if its adjusted mark is below 40 too.",
      "한 과목이라도 만점의 40% 미만이면 불합격입니다. 선택과목은 조정점수도 40점 미만일 때만 과락입니다."},
     decree},
    {7,
     "bonus",
     {"Bonus", "가산점"},
     {"Above the fail line the best licence and the best preference are added on every subject.",
      "과락이 아닌 사람에게 가장 높은 자격증 가산 하나와 가장 높은 취업지원 등 가산 하나를 과목마다 더합니다."},
     veterans_act},
    {8,
     "totals",
     {"Totals", "총점"},
     {"The own total holds the licence bonus, the full total the preference as well.",
      "자기 총점에는 자격증 가산만, 전체 총점에는 취업지원 등 가산까지 더합니다."},
     decree},
    {9,
     "caps",
     {"Caps on preference", "가산 합격 상한"},
     {"At most 30 % of the posts are passed thanks to veterans' preference, at most 10 % thanks to that of heroes' "
      "families.",
      "취업지원 가산으로 합격하는 사람은 선발예정 인원의 30%, 의사상자 등 가산은 10%를 넘지 못합니다."},
     veterans_act},
    {10,
     "passing_at_a_mark",
     {"Who passes at a mark", "어떤 점수에서 합격하는 사람"},
     {"Own marks pass first; who needs the preference passes in the order of totals while the cap has room.",
      "자기 점수로 이르는 사람이 합격하고, 가산이 필요한 사람은 상한이 남는 동안 총점 순으로 합격합니다."},
     heroes_act},
    {11,
     "cut",
     {"Cut", "합격선"},
     {"The cut is the highest mark at which enough people pass; everybody tied at it passes.",
      "합격선은 합격 예정 인원 이상이 합격하는 가장 높은 점수이며 동점자는 모두 합격합니다."},
     decree},
    {12,
     "equality",
     {"Equality target", "양성평등"},
     {"If one sex falls short of its target, its next people within three points a subject pass in addition.",
      "한 성이 목표에 모자라면 과목당 3점 이내의 다음 사람들이 추가로 합격합니다."},
     equality_guideline},
    {13,
     "rank",
     {"Total and rank", "총점과 순위"},
     {"The rank is one more than the people of the unit with a higher total.",
      "순위는 모집단위에서 총점이 더 높은 사람 수에 1을 더한 값입니다."},
     practice},
    {14,
     "outcome",
     {"Outcome and reasons", "결과와 사유"},
     {"Everybody gets one outcome and the reasons for it.", "모든 사람에게 결과 하나와 그 사유를 적습니다."},
     own},
    {15,
     "files",
     {"Files", "결과 파일"},
     {"decisions.csv tells of every person, cuts.csv of every unit.",
      "decisions.csv는 사람마다, cuts.csv는 모집단위마다 적습니다."},
     own},
    {16,
     "bytes",
     {"Bytes", "바이트"},
     {"The same input gives the same bytes, whatever the order of its rows.",
      "행의 순서와 관계없이 같은 입력은 같은 바이트를 냅니다."},
     own},
    {17,
     "interview_grade",
     {"Interview grade", "면접 등급"},
     {"Excellent if a majority gave high on every item; poor if a majority gave low on two items, or on the same one.",
      "위원 과반수가 모든 요소를 상으로 평정하면 우수, 과반수가 두 요소 이상 또는 같은 요소를 하로 평정하면 "
      "미흡입니다."},
     decree},
    {18,
     "final_list",
     {"Final list", "최종 합격"},
     {"Excellent people pass, poor ones fail even when posts stay empty, ordinary ones fill the posts by written "
      "total.",
      "우수는 합격, 미흡은 자리가 남아도 불합격이며, 보통은 필기 총점 순으로 선발예정 인원까지 합격합니다."},
     decree},
    {19,
     "final_equality",
     {"Equality target of the final list", "최종 양성평등"},
     {"The equality target is asked again of the final list, over those not poor.",
      "최종 합격자에도 미흡을 뺀 사람들로 양성평등 목표를 다시 적용합니다."},
     equality_guideline},
    {20,
     "additional_passes",
     {"Additional passes", "추가 합격"},
     {"If fewer came to the interview than there are posts, the next of the written order are called up; ordinary "
      "people who did "
      "not pass are the reserve.",
      "면접 응시자가 선발예정 인원보다 적으면 필기 다음 순위자를 부르고, 합격하지 못한 보통은 예비 순위가 됩니다."},
     decree},
}};

struct ReasonEntry {
  std::string_view word;
  Text message;
};

const std::array<ReasonEntry, 28> reasons{{
    {"absent", {"You were absent.", "결시하였습니다."}},
    {"fail_line", {"A subject is below the fail line.", "과락 과목이 있습니다."}},
    {"all_pass",
     {"Everybody above the fail line passes in this unit.", "이 모집단위는 과락이 아닌 사람이 모두 합격합니다."}},
    {"at_cut", {"Your total is the cut.", "총점이 합격선과 같습니다."}},
    {"above_cut", {"Your total is above the cut.", "총점이 합격선보다 높습니다."}},
    {"equality", {"You pass in addition for the equality target.", "양성평등 목표에 따라 추가 합격입니다."}},
    {"below_cut", {"Your total does not reach the cut.", "총점이 합격선에 미치지 못합니다."}},
    {"veteran_10",
     {"Veterans' preference of 10 points a subject was counted.", "취업지원대상자 가산 10점을 과목마다 더했습니다."}},
    {"veteran_5",
     {"Veterans' preference of 5 points a subject was counted.", "취업지원대상자 가산 5점을 과목마다 더했습니다."}},
    {"hero_5",
     {"Preference for heroes' families of 5 points a subject was counted.",
      "의사상자 등 가산 5점을 과목마다 더했습니다."}},
    {"hero_3",
     {"Preference for heroes' families of 3 points a subject was counted.",
      "의사상자 등 가산 3점을 과목마다 더했습니다."}},
    {"preference_not_given",
     {"The unit has too few posts for your preference.", "선발예정 인원이 적어 가산을 드릴 수 없는 모집단위입니다."}},
    {"veteran_cap",
     {"The places for veterans' preference went to higher marks.",
      "취업지원 가산 합격 상한이 더 높은 점수로 채워졌습니다."}},
    {"hero_cap",
     {"The places for preference of heroes' families went to higher marks.",
      "의사상자 등 가산 합격 상한이 더 높은 점수로 채워졌습니다."}},
    {"thanks_to_preference", {"You pass thanks to the preference.", "가산으로 합격하였습니다."}},
    {"licence_5", {"A licence of 5 points a subject was counted.", "자격증 가산 5점을 과목마다 더했습니다."}},
    {"licence_3", {"A licence of 3 points a subject was counted.", "자격증 가산 3점을 과목마다 더했습니다."}},
    {"misconduct", {"Your exam is void for misconduct.", "부정행위로 시험이 무효입니다."}},
    {"withdrawal", {"You withdrew from the exam.", "응시를 포기하였습니다."}},
    {"annulled", {"Your exam was annulled by a decision.", "별도의 결정으로 시험이 무효로 처리되었습니다."}},
    {"late_documents",
     {"Documents came too late: no preference or licence was counted.", "증빙서류가 늦어 가산을 더하지 않았습니다."}},
    {"poor", {"You were graded poor in the interview.", "면접에서 미흡 등급을 받았습니다."}},
    {"excellent", {"You were graded excellent in the interview.", "면접에서 우수 등급을 받았습니다."}},
    {"excess_excellent",
     {"More people were graded excellent than there are posts.", "우수 등급이 선발예정 인원보다 많습니다."}},
    {"posts_filled", {"People graded excellent took every post.", "우수 등급자로 선발예정 인원이 채워졌습니다."}},
    {"call_up",
     {"You are next in the written order and called to an interview.", "필기 다음 순위자로 추가 면접 대상입니다."}},
    {"additional", {"Somebody who passed has declined; you are next in the reserve.", "합격자의 포기로 예비 순위에 따라 추가 합격하였습니다."}},
    {"declined", {"You declined the place.", "합격을 포기하였습니다."}},
}};

}  // namespace

std::span<const RuleEntry> rule_book() {
  return rules;
}

Text message_of_reason(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon != std::string_view::npos) {
    const std::string subject(word.substr(colon + 1));
    return {subject + ": below the fail line.", subject + ": 과락입니다."};
  }
  for (const ReasonEntry& entry : reasons) {
    if (entry.word == word) return entry.message;
  }
  return {std::string(word), std::string(word)};
}

}  // namespace hanjari::selection

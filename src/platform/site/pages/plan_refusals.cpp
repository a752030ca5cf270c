#include "site/pages/plan_refusals.h"

#include <cstddef>
#include <string_view>

namespace hanjari::web {
namespace {

struct PageRefusal {
  std::string_view code;
  Text words;
};
const PageRefusal page_refusals[] = {
    {"other_base",
     {"This plan was not made from the live plan; nothing was changed. Its page lists what going live would undo. If that "
      "is meant, tick there that the live plan gives way. If not, re-plan from the live plan on the page of plans.",
      "확정 배정안에서 만든 배정안이 아니어서 아무것도 바꾸지 않았습니다. 그대로 확정하면 없어지는 변경이 배정안 화면에 "
      "나옵니다. 그래도 되면 그 화면에서 확정 배정안을 버린다는 칸에 표시하십시오. 아니면 배정안 목록에서 확정 배정안을 "
      "기준으로 재배정하십시오."}},
    {"not_the_live_plan",
     {"Another plan is live by now. Open the page of this plan again and look at what it changes.",
      "그사이 다른 배정안이 확정되었습니다. 이 배정안 화면을 다시 열어 달라지는 점을 확인하십시오."}},
    {"plan_not_found",
     {"This exam has no such plan. Choose one from the list of plans.",
      "이 시험에 그런 배정안이 없습니다. 배정안 목록에서 고르십시오."}},
    {"bad_digest",
     {"This address names no plan. Choose one from the list of plans.",
      "배정안의 주소가 아닙니다. 배정안 목록에서 고르십시오."}},
    {"ambiguous_digest",
     {"This address fits several plans. Choose one from the list of plans.",
      "주소에 맞는 배정안이 여러 개입니다. 배정안 목록에서 고르십시오."}}};

const PageRefusal api_refusals[] = {
    {"other_base",
     {"This plan was not made from the live plan; nothing was changed. Going live would undo the steps in 'lost' and give "
      "'concerned' people another place than they were told. If that is meant, send what 'options' names; if not, re-plan "
      "from the live plan.",
      "확정 배정안에서 만든 배정안이 아니어서 아무것도 바꾸지 않았습니다. 확정하면 'lost'의 변경이 없어지고 'concerned'의 "
      "인원만큼 안내받은 자리가 달라집니다. 그래도 되면 'options'의 값을 함께 보내고, 아니면 확정 배정안을 기준으로 "
      "재배정하십시오."}},
    {"not_the_live_plan",
     {"Another plan is live by now; nothing was changed. Look again at what this one changes.",
      "그사이 다른 배정안이 확정되어 아무것도 바꾸지 않았습니다. 무엇이 달라지는지 다시 확인하십시오."}}};

template <std::size_t count>
const Text* find_words(const PageRefusal (&refusals)[count], const Error& refusal) {
  for (const PageRefusal& known : refusals) {
    if (known.code == refusal.code()) return &known.words;
  }
  return nullptr;
}

}  // namespace

const Text* words_on_pages(const Error& refusal) {
  return find_words(page_refusals, refusal);
}

const Text* words_in_api(const Error& refusal) {
  return find_words(api_refusals, refusal);
}

}  // namespace hanjari::web

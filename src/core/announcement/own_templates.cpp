// The templates of the program: one for each kind of text and language.
#include "announcement/final_templates.h"
#include "hanjari/announcement/announcement.h"
#include "hanjari/base/digest.h"

namespace hanjari::announcement {
namespace {

const char* const page_en = R"(<article class="result" lang="en">
<h2 data-field="verdict">{{verdict}}</h2>
<dl>
<dt>Exam</dt><dd data-field="exam">{{exam}}</dd>
<dt>Applicant number</dt><dd data-field="number">{{number}}</dd>
<dt>Recruitment unit</dt><dd data-field="unit">{{unit}}</dd>
{{#total}}<dt>Total</dt><dd data-field="total">{{total}}</dd>
{{/total}}{{#rank}}<dt>Rank in the unit</dt><dd data-field="rank">{{rank}}</dd>
{{/rank}}{{#cut}}<dt>Cut of the unit</dt><dd data-field="cut">{{cut}}</dd>
{{/cut}}<dt>Released</dt><dd data-field="released">{{released}}</dd>
<dt>Version</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>Correction</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>What decided</h3>
<ul>{{#reasons}}<li data-field="reason">{{text}}</li>{{/reasons}}</ul>
{{#any_score}}<table class="venue-table"><caption>Marks by subject</caption>
<thead><tr><th scope="col">Subject</th><th scope="col">Mark</th></tr></thead>
<tbody>{{#scores}}<tr><th scope="row" data-field="subject">{{subject}}</th><td class="num" data-field="score">{{score}}</td></tr>{{/scores}}</tbody></table>
{{/any_score}}<h3>What comes next</h3>
<p data-field="next">{{next}}</p>
<h3>How to object</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const page_ko = R"(<article class="result" lang="ko">
<h2 data-field="verdict">{{verdict}}</h2>
<dl>
<dt>시험</dt><dd data-field="exam">{{exam}}</dd>
<dt>응시번호</dt><dd data-field="number">{{number}}</dd>
<dt>모집단위</dt><dd data-field="unit">{{unit}}</dd>
{{#total}}<dt>총점</dt><dd data-field="total">{{total}}</dd>
{{/total}}{{#rank}}<dt>모집단위 내 순위</dt><dd data-field="rank">{{rank}}</dd>
{{/rank}}{{#cut}}<dt>모집단위 합격선</dt><dd data-field="cut">{{cut}}</dd>
{{/cut}}<dt>발표 일시</dt><dd data-field="released">{{released}}</dd>
<dt>판</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>정정 내용</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>결정 근거</h3>
<ul>{{#reasons}}<li data-field="reason">{{text}}</li>{{/reasons}}</ul>
{{#any_score}}<table class="venue-table"><caption>과목별 점수</caption>
<thead><tr><th scope="col">과목</th><th scope="col">점수</th></tr></thead>
<tbody>{{#scores}}<tr><th scope="row" data-field="subject">{{subject}}</th><td class="num" data-field="score">{{score}}</td></tr>{{/scores}}</tbody></table>
{{/any_score}}<h3>다음 절차</h3>
<p data-field="next">{{next}}</p>
<h3>이의제기 방법</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const list_en = R"(<article class="result-list" lang="en">
{{#units}}<section><h2><span data-field="code">{{code}}</span> <span data-field="name">{{name}}</span></h2>
<p>Passed: <span data-field="count">{{count}}</span></p>
<ul>{{#numbers}}<li data-field="number">{{number}}</li>{{/numbers}}</ul></section>
{{/units}}</article>
)";

const char* const list_ko = R"(<article class="result-list" lang="ko">
{{#units}}<section><h2><span data-field="code">{{code}}</span> <span data-field="name">{{name}}</span></h2>
<p>합격 인원: <span data-field="count">{{count}}</span></p>
<ul>{{#numbers}}<li data-field="number">{{number}}</li>{{/numbers}}</ul></section>
{{/units}}</article>
)";

const char* const notice_en = R"(<article class="result-notice" lang="en">
<h2>Results of the written exam</h2>
<dl>
<dt>Exam</dt><dd data-field="exam">{{exam}}</dd>
<dt>Released</dt><dd data-field="released">{{released}}</dd>
<dt>Version</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>Correction</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>How to object</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const notice_ko = R"(<article class="result-notice" lang="ko">
<h2>필기시험 결과 공고</h2>
<dl>
<dt>시험</dt><dd data-field="exam">{{exam}}</dd>
<dt>발표 일시</dt><dd data-field="released">{{released}}</dd>
<dt>판</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>정정 내용</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>이의제기 방법</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const message_en =
    "{{#withdrawn}}{{{exam}}}: the results of the written exam were taken back at {{{released}}} (version "
    "{{{version}}}).\nReason: {{{correction}}}\n{{/withdrawn}}"
    "{{^withdrawn}}{{{exam}}}: the results of the written exam can be seen since {{{released}}} (version {{{version}}}). Sign in "
    "where you applied and open your application.\n{{#correction}}Correction: {{{correction}}}\n{{/correction}}{{/withdrawn}}";
const char* const message_ko =
    "{{#withdrawn}}{{{exam}}}: 발표했던 필기시험 결과를 {{{released}}}에 취소하였습니다(제{{{version}}}판).\n사유: "
    "{{{correction}}}\n{{/withdrawn}}"
    "{{^withdrawn}}{{{exam}}}: 필기시험 결과를 {{{released}}}부터 확인할 수 있습니다(제{{{version}}}판). 원서를 낸 사이트에 로그인하여 "
    "내 원서에서 확인하십시오.\n{{#correction}}정정 내용: {{{correction}}}\n{{/correction}}{{/withdrawn}}";

}  // namespace

const Templates& own_templates(Stage stage) {
  static const Templates written{
      {page_en, page_ko}, {list_en, list_ko}, {notice_en, notice_ko}, {message_en, message_ko}};
  static const Templates final{{final_page_en, final_page_ko},
                               {list_en, list_ko},
                               {final_notice_en, final_notice_ko},
                               {final_message_en, final_message_ko}};
  return stage == Stage::final ? final : written;
}

std::string digest_templates(const Templates& templates) {
  Sha256 digest;
  for (const Text* one : {&templates.page, &templates.list, &templates.notice, &templates.message}) {
    // The digest of each, so that no text can move from one template into the next.
    digest.update(sha256(one->en).hex()).update(sha256(one->ko).hex());
  }
  return digest.finish().hex();
}

}  // namespace hanjari::announcement

// The templates of the final stage. Lists have those of the written one: they hold numbers under the same labels.
#include "announcement/final_templates.h"

namespace hanjari::announcement {

const char* const final_page_en = R"(<article class="result" lang="en">
<h2 data-field="verdict">{{verdict}}</h2>
<dl>
<dt>Exam</dt><dd data-field="exam">{{exam}}</dd>
<dt>Applicant number</dt><dd data-field="number">{{number}}</dd>
<dt>Recruitment unit</dt><dd data-field="unit">{{unit}}</dd>
{{#total}}<dt>Total of the written exam</dt><dd data-field="total">{{total}}</dd>
{{/total}}{{#rank}}<dt>Rank in the written exam</dt><dd data-field="rank">{{rank}}</dd>
{{/rank}}{{#grade}}<dt>Grade of the interview</dt><dd data-field="grade">{{grade}}</dd>
{{/grade}}{{#reserve}}<dt>Place in the reserve</dt><dd data-field="reserve">{{reserve}}</dd>
{{/reserve}}{{#cut}}<dt>Final cut of the unit</dt><dd data-field="cut">{{cut}}</dd>
{{/cut}}<dt>Released</dt><dd data-field="released">{{released}}</dd>
<dt>Version</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>Correction</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>What decided</h3>
<ul>{{#reasons}}<li data-field="reason">{{text}}</li>{{/reasons}}</ul>
{{#any_score}}<table class="venue-table"><caption>Marks of the written exam by subject</caption>
<thead><tr><th scope="col">Subject</th><th scope="col">Mark</th></tr></thead>
<tbody>{{#scores}}<tr><th scope="row" data-field="subject">{{subject}}</th><td class="num" data-field="score">{{score}}</td></tr>{{/scores}}</tbody></table>
{{/any_score}}<h3>What comes next</h3>
<p data-field="next">{{next}}</p>
<h3>How to object</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const final_page_ko = R"(<article class="result" lang="ko">
<h2 data-field="verdict">{{verdict}}</h2>
<dl>
<dt>시험</dt><dd data-field="exam">{{exam}}</dd>
<dt>응시번호</dt><dd data-field="number">{{number}}</dd>
<dt>모집단위</dt><dd data-field="unit">{{unit}}</dd>
{{#total}}<dt>필기시험 총점</dt><dd data-field="total">{{total}}</dd>
{{/total}}{{#rank}}<dt>필기시험 순위</dt><dd data-field="rank">{{rank}}</dd>
{{/rank}}{{#grade}}<dt>면접시험 등급</dt><dd data-field="grade">{{grade}}</dd>
{{/grade}}{{#reserve}}<dt>예비 순위</dt><dd data-field="reserve">{{reserve}}</dd>
{{/reserve}}{{#cut}}<dt>모집단위 최종 합격선</dt><dd data-field="cut">{{cut}}</dd>
{{/cut}}<dt>발표 일시</dt><dd data-field="released">{{released}}</dd>
<dt>판</dt><dd data-field="version">{{version}}</dd>
</dl>
{{#correction}}<h3>정정 내용</h3>
<p data-field="correction">{{correction}}</p>
{{/correction}}<h3>결정 근거</h3>
<ul>{{#reasons}}<li data-field="reason">{{text}}</li>{{/reasons}}</ul>
{{#any_score}}<table class="venue-table"><caption>필기시험 과목별 점수</caption>
<thead><tr><th scope="col">과목</th><th scope="col">점수</th></tr></thead>
<tbody>{{#scores}}<tr><th scope="row" data-field="subject">{{subject}}</th><td class="num" data-field="score">{{score}}</td></tr>{{/scores}}</tbody></table>
{{/any_score}}<h3>다음 절차</h3>
<p data-field="next">{{next}}</p>
<h3>이의제기 방법</h3>
<p data-field="objection">{{objection}}</p>
</article>
)";

const char* const final_notice_en = R"(<article class="result-notice" lang="en">
<h2>Final results</h2>
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

const char* const final_notice_ko = R"(<article class="result-notice" lang="ko">
<h2>최종 결과 공고</h2>
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

const char* const final_message_en =
    "{{#withdrawn}}{{{exam}}}: the final results were taken back at {{{released}}} (version "
    "{{{version}}}).\nReason: {{{correction}}}\n{{/withdrawn}}"
    "{{^withdrawn}}{{{exam}}}: the final results can be seen since {{{released}}} (version {{{version}}}). Sign in "
    "where you applied and open your application.\n{{#correction}}Correction: {{{correction}}}\n{{/correction}}{{/withdrawn}}";
const char* const final_message_ko =
    "{{#withdrawn}}{{{exam}}}: 발표했던 최종 결과를 {{{released}}}에 취소하였습니다(제{{{version}}}판).\n사유: "
    "{{{correction}}}\n{{/withdrawn}}"
    "{{^withdrawn}}{{{exam}}}: 최종 결과를 {{{released}}}부터 확인할 수 있습니다(제{{{version}}}판). 원서를 낸 사이트에 로그인하여 "
    "내 원서에서 확인하십시오.\n{{#correction}}정정 내용: {{{correction}}}\n{{/correction}}{{/withdrawn}}";

}  // namespace hanjari::announcement

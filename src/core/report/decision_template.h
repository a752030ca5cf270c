// The pages of a decision.
#pragma once

#include <string_view>

namespace hanjari::report {

inline constexpr std::string_view decision_template = R"html(<!DOCTYPE html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
<style>
body { font-family: "Pretendard GOV", "Noto Sans KR", "NanumGothic", sans-serif; color: #1e2124; margin: 0 auto; max-width: 960px; padding: 24px; line-height: 1.5; }
table { border-collapse: collapse; width: 100%; margin: 8px 0 24px; }
th, td { border-bottom: 1px solid #cdd1d5; padding: 4px 8px; text-align: left; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; max-width: 656px; font-size: 12px; }
rect.failed { fill: #b1b8be; }
rect.others { fill: #256ef4; }
line.cut { stroke: #de3412; stroke-width: 2; }
line.equality { stroke: #8a4b00; stroke-width: 2; stroke-dasharray: 5 3; }
text.cut { fill: #bd2c0f; }
text.equality { fill: #6d3b00; }
section { border-top: 2px solid #1e2124; margin-top: 32px; break-inside: avoid; }
code { overflow-wrap: anywhere; font-size: 0.85em; }
.supposed { border: 3px solid #bd2c0f; color: #bd2c0f; font-weight: 700; padding: 12px 16px; }
.appendix { break-before: page; break-inside: auto; }
.note { background: #f4f5f6; padding: 12px 16px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
h2, h3 { break-after: avoid; }
.long { break-inside: auto; }
@page { size: A4; margin: 14mm 14mm 16mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 10pt; line-height: 1.4; }
  section { margin-top: 14px; }
  svg { max-width: 460px; font-size: 15px; }
  ul { margin: 6px 0; }
  p { margin: 6px 0; }
  a { color: inherit; text-decoration: none; }
}
</style>
</head>
<body>
<h1>{{title}}</h1>
{{#supposed}}<p class="supposed">{{supposed}}</p>{{/supposed}}
<table class="exam">
{{#exam}}<tr><th scope="row">{{label_exam}}</th><td>{{exam}}</td></tr>{{/exam}}
{{#exam_on}}<tr><th scope="row">{{label_exam_on}}</th><td>{{exam_on}}</td></tr>{{/exam_on}}
<tr><th scope="row">{{label_stage}}</th><td>{{stage}}</td></tr>
</table>
<p>{{summary}}</p>
<section class="long"><h2>{{label_results}}</h2>
<table><thead><tr><th>{{label_unit}}</th><th class="number">{{label_posts}}</th><th class="number">{{label_sat}}</th><th class="number">{{label_to_pass}}</th><th class="number">{{label_passed}}</th><th class="number">{{label_cut}}</th><th class="number">{{label_equality}}</th>{{#is_final}}<th class="number">{{label_final}}</th>{{/is_final}}</tr></thead>
{{#units}}<tr><td><a href="#u{{position}}">{{code}} {{name}}</a></td><td class="number">{{posts}}</td><td class="number">{{sat}}</td><td class="number">{{to_pass}}</td><td class="number">{{passed}}</td><td class="number">{{cut}}</td><td class="number">{{equality_cut}}</td>{{#is_final}}<td class="number">{{final_passed}}</td>{{/is_final}}</tr>
{{/units}}</table></section>
{{#units}}
<section id="u{{position}}"><h2>{{code}} {{name}}</h2>
{{{chart}}}
<ul>{{#sentences}}<li>{{sentence}}</li>{{/sentences}}</ul>
{{#tied}}<p>{{label_tied}}: {{tied}}</p>{{/tied}}
{{#shut_out}}<p>{{label_shut_out}}: {{shut_out}}</p>{{/shut_out}}
</section>
{{/units}}
<section class="long"><h2>{{label_rule_book}}</h2>
<table>{{#rules}}<tr><th scope="row" class="number">{{number}}</th><td><strong>{{rule_title}}</strong>. {{rule_sentence}} <small>({{rule_source}})</small></td></tr>
{{/rules}}</table>
<p>{{label_settings}}: <code>{{settings}}</code></p>
</section>
<section><h2>{{label_provenance}}</h2>
<table>
<tr><th scope="row">{{label_rules}}</th><td><code>{{rules_sha256}}</code></td></tr>
<tr><th scope="row">{{label_input}}</th><td><code>{{input_sha256}}</code></td></tr>
</table>
</section>
{{#has_appendix}}<section class="appendix"><h2>{{label_appendix}}</h2>
{{#comparison}}
<h3>{{heading}}</h3>
<p class="note">{{text}}</p>
{{#has_cuts}}<table><thead><tr><th>{{label_unit}}</th><th class="number">{{label_cut_before}}</th><th class="number">{{label_cut_after}}</th><th class="number">{{label_passed_before}}</th><th class="number">{{label_passed_after}}</th></tr></thead>
{{#cuts}}<tr><td>{{unit}}</td><td class="number">{{before}}</td><td class="number">{{after}}</td><td class="number">{{passed_before}}</td><td class="number">{{passed_after}}</td></tr>
{{/cuts}}</table>{{/has_cuts}}
{{#has_verdicts}}<table><thead><tr><th>{{label_number}}</th><th>{{label_unit}}</th><th>{{label_before}}</th><th>{{label_after}}</th></tr></thead>
{{#verdicts}}<tr><td>{{number}}</td><td>{{unit}}</td><td>{{before}}</td><td>{{after}}</td></tr>
{{/verdicts}}</table>{{/has_verdicts}}
{{#more}}<p>{{more}}</p>{{/more}}
{{/comparison}}
</section>{{/has_appendix}}
</body>
</html>
)html";

// The list of who passed, for A4: numbers in columns, a unit never parted from its first numbers.
inline constexpr std::string_view pass_list_template = R"html(<!DOCTYPE html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}{{#exam}} - {{exam}}{{/exam}}</title>
<style>
@page { size: A4; margin: 16mm 14mm; }
body { font-family: "Pretendard GOV", "Noto Sans KR", "NanumGothic", sans-serif; color: #1e2124; margin: 0 auto; max-width: 760px; padding: 24px; line-height: 1.5; }
@media print { body { padding: 0; max-width: none; } }
h1 { text-align: center; margin: 0 0 4px; }
.exam { text-align: center; margin: 0 0 20px; }
.exam strong { display: block; font-size: 1.1em; }
.supposed { border: 3px solid #bd2c0f; color: #bd2c0f; font-weight: 700; padding: 12px 16px; }
h2 { font-size: 1.05em; border-bottom: 2px solid #1e2124; margin: 20px 0 6px; padding-bottom: 2px; break-after: avoid; }
h2 span { float: right; font-weight: 400; }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5em, 1fr)); }
li { padding: 1px 0; font-variant-numeric: tabular-nums; break-inside: avoid; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>{{title}}</h1>
{{#supposed}}<p class="supposed">{{supposed}}</p>{{/supposed}}
<p class="exam">{{#exam}}<strong>{{exam}}</strong>{{/exam}}{{#exam_on}}{{exam_on}} · {{/exam_on}}{{total}}</p>
{{#units}}<h2>{{code}} {{name}} ({{group}})<span>{{count}}</span></h2>
{{#nobody}}<p>{{label_nobody}}</p>{{/nobody}}<ul>{{#numbers}}<li>{{number}}</li>{{/numbers}}</ul>
{{/units}}
</body>
</html>
)html";

}  // namespace hanjari::report

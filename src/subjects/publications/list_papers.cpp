#include "publications/list_papers.h"

#include "hanjari/documents/pass_list_paper.h"
#include "hanjari/documents/workbook.h"

namespace hanjari::services {
namespace {

const Text list_title{"Passed the written exam", "필기시험 합격자 명단"};
const Text final_list_title{"Passed the exam", "최종합격자 명단"};
const Text released_label{"Released", "발표 일시"};
const Text version_label{"Version", "판"};
const Text correction_label{"Correction", "정정 내용"};
const Text passed_label{"Passed", "합격 인원"};
const Text unit_label{"Unit", "모집단위"};
const Text unit_name_label{"Name", "이름"};
const Text number_label{"Applicant number", "응시번호"};
const Text numbers_sheet{"Numbers", "응시번호"};
const Text units_sheet{"Units", "모집단위"};

}  // namespace

std::string make_list_workbook(const std::vector<announcement::UnitList>& units, Language language) {
  documents::Sheet numbers{numbers_sheet.in(language), {{unit_label.in(language), 14}, {number_label.in(language), 20}}, {}};
  documents::Sheet counts{units_sheet.in(language),
                          {{unit_label.in(language), 14}, {unit_name_label.in(language), 36}, {passed_label.in(language), 12}},
                          {}};
  for (const announcement::UnitList& unit : units) {
    counts.rows.push_back({unit.code, unit.name.in(language), static_cast<std::int64_t>(unit.numbers.size())});
    for (const std::string& number : unit.numbers) numbers.rows.push_back({unit.code, number});
  }
  return documents::render_workbook({numbers, counts});
}

std::string make_list_paper(const announcement::Edition& edition, const std::vector<announcement::UnitList>& units,
                            Instant made_at, Language language) {
  documents::PassListWords words;
  words.title = (edition.stage == announcement::Stage::final ? final_list_title : list_title).in(language);
  words.exam = edition.exam_name.in(language);
  const auto add = [&](const Text& label, const std::string& value) { words.rows.emplace_back(label.in(language), value); };
  add(released_label, edition.released_at.in(language));
  add(version_label, std::to_string(edition.version));
  if (const std::string& reason = edition.reason.in(language); !reason.empty()) add(correction_label, reason);
  for (const announcement::UnitList& unit : units) {
    words.units.push_back({unit.code + " " + unit.name.in(language),
                           passed_label.in(language) + ": " + group_digits(static_cast<long long>(unit.numbers.size())),
                           unit.numbers});
  }
  words.made_at = made_at;
  return documents::render_pass_list_pdf(words).bytes;
}

}  // namespace hanjari::services

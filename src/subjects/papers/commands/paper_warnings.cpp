#include "papers/commands/paper_warnings.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/exam_times.h"
#include "hanjari/documents/font_packages.h"
#include "hanjari/documents/templates.h"

namespace hanjari::cli {
namespace {

// 101, 102, 103 and 28 more.
Text list_codes(const std::vector<std::string>& codes) {
  constexpr std::size_t most = 8;
  std::string list;
  for (std::size_t i = 0; i < codes.size() && i < most; ++i) list += (i == 0 ? "" : ", ") + codes[i];
  if (codes.size() <= most) return {list, list};
  return {fmt::format("{} and {} more", list, codes.size() - most),
          fmt::format("{} 외 {}개", list, codes.size() - most)};
}

void say_unsaid_times(const PlannedExam& planned, const PressOrder& order, const Terminal& terminal) {
  const documents::UnsaidTimes unsaid =
      documents::find_unsaid_times(planned, order.venues, order.context.templates);
  const auto list_of = [&](const std::vector<UnitIndex>& units) {
    std::vector<std::string> codes;
    for (const UnitIndex unit : units) codes.push_back(planned.exam[unit].code.text());
    return list_codes(codes);
  };
  Text what;
  const auto add = [&](const std::vector<UnitIndex>& units, const char* column) {
    if (units.empty()) return;
    const Text codes = list_of(units);
    what.en += fmt::format("{}{} no {} ({})", what.en.empty() ? "" : "; ",
                           count_of(std::ssize(units), "unit has", "units have"), column, codes.en);
    what.ko += in_korean("{}{}[이/가] 없는 모집단위 {}개({})", what.ko.empty() ? "" : ", ", column, units.size(),
                           codes.ko);
  };
  add(unsaid.starts_at, "starts_at");
  add(unsaid.seated_by, "seated_by");
  if (what.en.empty()) return;
  terminal.say({fmt::format("warning: {}: papers say no such time for them; write HH:MM into units.csv, or for all units "
                            "into day.json of --templates",
                            what.en),
                fmt::format("경고: {}: 문서에 해당 시각을 적지 않습니다. units.csv에 HH:MM으로 적거나, 모든 모집단위에 "
                            "같으면 --templates의 day.json에 적으십시오",
                            what.ko)});
}

void say_unknown_ways(const PlannedExam& planned, const PressOrder& order, const Terminal& terminal) {
  if (order.context.templates == nullptr) return;
  const std::vector<std::string> ways = order.context.templates->venues_with_ways();
  if (ways.empty()) return;
  std::vector<std::string> unknown;
  for (const std::string& code : ways) {
    if (!planned.exam.find(VenueCode(code)).exists()) unknown.push_back(code);
  }
  std::vector<std::string> without;
  for (const VenueIndex venue : order.venues) {
    const std::string& code = planned.exam[venue].code.text();
    if (order.context.templates->way_to(code) == nullptr) without.push_back(code);
  }
  if (!unknown.empty()) {
    const Text codes = list_codes(unknown);
    terminal.say({fmt::format("warning: ways.json: {} not in this exam: {}; the keys are venue codes",
                              count_of(std::ssize(unknown), "venue is", "venues are"), codes.en),
                  fmt::format("경고: ways.json: 이 시험에 없는 시험장 {}곳: {}. 키는 시험장 코드입니다", unknown.size(),
                              codes.ko)});
  }
  if (!without.empty()) {
    const Text codes = list_codes(without);
    terminal.say({fmt::format("warning: ways.json: no way to {}: {}; slips of these name none",
                              count_of(std::ssize(without), "venue", "venues"), codes.en),
                  fmt::format("경고: ways.json: 오시는 길이 없는 시험장 {}곳: {}. 그 응시표에는 적지 않습니다",
                              without.size(), codes.ko)});
  }
}

}  // namespace

void say_what_is_unsaid(const PlannedExam& planned, const PressOrder& order, const Terminal& terminal) {
  say_unsaid_times(planned, order, terminal);
  say_unknown_ways(planned, order, terminal);
}

bool shows_photos(const PressOrder& order) {
  const auto has = [](const auto& list, const auto& wanted) { return std::any_of(list.begin(), list.end(), wanted); };
  return has(order.formats, [](documents::PaperFormat format) { return format == documents::PaperFormat::pdf; }) &&
         has(order.papers, [](const documents::PaperKind* paper) { return paper->name == "roster" || paper->name == "slip"; });
}

void say_lost_photos(const PlannedExam& planned, const PressOrder& order, const PhotoFolder& photos, const Terminal& terminal) {
  const auto lost = static_cast<long long>(photos.count_lost(planned, order.venues));
  if (lost == 0) return;
  terminal.say({fmt::format("warning: {} no photo that can be read in {} (JPEG, at least 137 x 177 pixels, named as in applicants.csv): "
                            "rosters and slips have a frame in its place",
                            count_of(lost, "person has", "people have"), photos.path().string()),
                fmt::format("경고: 응시자 {}명의 사진이 {} 폴더에 없거나 읽을 수 없습니다(JPEG, 137×177픽셀 이상, applicants.csv의 파일 "
                            "이름): 명부와 응시표에 빈 칸으로 둡니다",
                            group_digits(lost), photos.path().string())});
}

namespace {

// What one finding lacks: characters that an installed font may bring, and code points that no font can have.
struct LackingCodes {
  std::string drawable;
  std::string impossible;
};

LackingCodes codes_of(const MissingCharacters& missing, std::set<std::string>& packages) {
  LackingCodes codes;
  for (const char32_t character : missing.characters) {
    std::string& list = documents::is_no_character(character) ? codes.impossible : codes.drawable;
    list += (list.empty() ? "" : ", ") + name_code_point(character);
    if (!documents::is_no_character(character)) packages.insert(documents::font_package_for(character));
  }
  return codes;
}

// Names stay out of what a terminal or its log keeps: the person's number says whose it is.
Text tell_drawable(const MissingCharacters& missing, const std::string& codes) {
  const std::string& id = missing.person.text();
  if (id.empty()) {
    return {fmt::format("{}: no font has {}; a hatched square stands in its place", missing.file, codes),
            fmt::format("{}: {} 글자가 있는 글꼴이 없어 빗금 네모로 표시하였습니다", missing.file, codes)};
  }
  return {fmt::format("{} (number {}): no font has {} of this name; a hatched square stands in its place, as in {}", id,
                      missing.number.text(), codes, missing.file),
          fmt::format("{}(응시번호 {}): 성명의 {} 글자가 있는 글꼴이 없어 {} 등에 빗금 네모로 표시하였습니다", id,
                      missing.number.text(), codes, missing.file)};
}

Text tell_impossible(const MissingCharacters& missing, const std::string& codes) {
  const std::string& id = missing.person.text();
  if (id.empty()) {
    return {fmt::format("{}: {} stands for no character, so no font can have it; correct the text; a hatched square "
                        "stands in its place",
                        missing.file, codes),
            in_korean("{}: {}[은/는] 배정되지 않았거나 기관마다 다른 글자를 넣는 코드라 어떤 글꼴로도 쓸 수 없어 빗금 "
                        "네모로 표시하였습니다. 글을 바로잡으십시오",
                        missing.file, codes)};
  }
  return {fmt::format("{} (number {}): {} of this name stands for no character, so no font can have it; correct the "
                      "name; a hatched square stands in its place, as in {}",
                      id, missing.number.text(), codes, missing.file),
          in_korean("{}(응시번호 {}): 성명의 {}[은/는] 배정되지 않았거나 기관마다 다른 글자를 넣는 코드라 어떤 "
                      "글꼴로도 쓸 수 없어 {} 등에 빗금 네모로 표시하였습니다. 성명을 바로잡으십시오",
                      id, missing.number.text(), codes, missing.file)};
}

}  // namespace

void say_missing(const PressResult& result, const Terminal& terminal) {
  std::set<std::string> packages;
  for (const MissingCharacters& missing : result.missing) {
    const LackingCodes codes = codes_of(missing, packages);
    if (!codes.drawable.empty()) terminal.say(tell_drawable(missing, codes.drawable));
    if (!codes.impossible.empty()) terminal.say(tell_impossible(missing, codes.impossible));
  }
  std::string list;
  for (const std::string& package : packages) list += (list.empty() ? "" : " ") + package;
  if (!list.empty()) {
    terminal.say({fmt::format("install {} (apt-get install {}) and print these papers again", list, list),
                  fmt::format("{} 글꼴을 설치(apt-get install {})한 뒤 다시 만드십시오", list, list)});
  }
  if (result.more_missing > 0) {
    terminal.say({fmt::format("and {} more such characters", result.more_missing),
                  fmt::format("그 밖에 {}건", result.more_missing)});
  }
}

}  // namespace hanjari::cli

// hanjari papers: the papers of a plan, venue by venue, many at once.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/outputs.h"
#include "cli/plan_arguments.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/documents/changed_papers.h"
#include "hanjari/documents/exam_times.h"
#include "hanjari/documents/templates.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/plan_package.h"
#include "papers/commands/commands.h"
#include "papers/commands/paper_press.h"
#include "papers/commands/paper_warnings.h"
#include "papers/commands/photo_folder.h"
#include "papers/commands/plan_findings.h"
#include "papers/commands/template_folder.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;
using documents::PaperFormat;
using documents::PaperKind;

std::string in_small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The words of a list as they are typed, without the blanks around them.
std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    if (std::string word = clean_signs(list.substr(at, end - at)); !word.empty()) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

std::vector<PaperFormat> read_formats(const Arguments& arguments) {
  std::vector<PaperFormat> formats;
  for (const std::string& word : words_of(arguments.find("format").value_or("pdf"))) {
    const auto format = parse_meant(word, documents::parse_paper_format);
    if (!format) {
      throw WrongUsage{{fmt::format("--format: '{}' is not one of pdf, xlsx, csv", word),
                        in_korean("--format: '{}'[은/는] pdf, xlsx, csv 가운데 하나가 아닙니다", word)}};
    }
    formats.push_back(*format);
  }
  return formats;
}

// The papers asked for. Without --paper: all that can be had in one of the formats.
std::vector<const PaperKind*> read_papers(const Arguments& arguments) {
  const auto& kinds = documents::paper_kinds();
  std::vector<const PaperKind*> papers;
  if (!arguments.has("paper")) {
    for (const PaperKind& kind : kinds) papers.push_back(&kind);
    return papers;
  }
  for (const std::string& word : words_of(arguments.text("paper"))) {
    const PaperKind* found = documents::find_named_paper(word);
    if (found == nullptr) {
      std::string known;
      for (const PaperKind& kind : kinds) known += (known.empty() ? "" : ", ") + kind.name;
      throw WrongUsage{{fmt::format("--paper: there is no paper '{}'; papers: {}", word, known),
                        fmt::format("--paper: '{}' 문서는 없습니다. 문서: {}", word, known)}};
    }
    papers.push_back(found);
  }
  return papers;
}

// A venue by its code, or by a name that no other venue has, which is how officers know it.
VenueIndex find_named_venue(const Exam& exam, const std::string& named) {
  if (const VenueIndex by_code = exam.find(VenueCode(named)); by_code.exists()) return by_code;
  // As it was typed: in full width, with blanks around it, in the other case where no second code differs in that alone.
  const std::string name = normalize_nfc(clean_signs(named));
  if (const VenueIndex by_code = exam.find(VenueCode(name)); by_code.exists()) return by_code;
  std::vector<VenueIndex> alike;
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    if (in_small_letters(exam.venues[at].code.text()) == in_small_letters(name)) alike.emplace_back(at);
  }
  if (alike.size() == 1) return alike.front();
  std::vector<VenueIndex> called;
  std::string codes;
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    if (exam.venues[at].name != name) continue;
    called.emplace_back(at);
    codes += (codes.empty() ? "" : ", ") + exam.venues[at].code.text();
  }
  if (called.size() == 1) return called.front();
  if (called.empty()) {
    const auto near = package::find_near_code(named, "venues.csv", [&](const auto& take) {
      for (const Venue& venue : exam.venues) take(venue.code.text());
    });
    if (near && !near->meant.empty())
      throw NotFound("no_such_venue", {fmt::format("--venue: {}; {}", near->what.en, near->fix.en),
                                       fmt::format("--venue: {}. {}", near->what.ko, near->fix.ko)});
    throw NotFound("no_such_venue", {fmt::format("the exam has no venue '{}'; name a code or a name of venues.csv", named),
                                     in_korean("시험장 '{}'[이/가] 없습니다. venues.csv의 코드나 이름을 적으십시오", named)});
  }
  throw NotFound("no_such_venue", {fmt::format("'{}' is the name of several venues; give a code: {}", named, codes),
                                   in_korean("이름이 '{}'인 시험장이 여럿입니다. 코드를 적으십시오: {}", named, codes)});
}

// The venue asked for, or every venue of the plan with somebody at it.
std::vector<VenueIndex> read_venues(const Arguments& arguments, const PlannedExam& planned) {
  const Exam& exam = planned.exam;
  std::vector<bool> used(exam.venues.size());
  for (const Placement& placement : planned.plan.placements) used[placement.venue.value] = true;
  if (const auto named = arguments.find("venue")) {
    const VenueIndex venue = find_named_venue(exam, *named);
    used.assign(used.size(), false);
    used[venue.value] = true;
  }
  std::vector<VenueIndex> venues;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) venues.emplace_back(i);
  }
  return venues;
}

int write_templates(const fs::path& folder, const Terminal& terminal) {
  int written = 0;
  for (const auto& [name, bytes] : documents::Templates::embedded_files()) {
    if (fs::exists(folder / name)) continue;  // somebody's own
    write_file(folder / name, bytes);
    ++written;
  }
  terminal.say({fmt::format("{}: {} written", folder.string(), count_of(static_cast<long long>(written), "template", "templates")),
                fmt::format("{}: 서식 {}개를 썼습니다", folder.string(), written)});
  return written;
}

// changed.csv and changed.xlsx in the folder of the papers: what is printed again and what is to be thrown away.
void write_change_list(const PlannedExam& planned, const documents::ChangedPapers& changed, const PressOrder& order,
                       const Terminal& terminal) {
  std::vector<std::string> names;
  for (const PaperKind* paper : order.papers) names.push_back(paper->name);
  const fs::path path = order.folder / "changed.csv";
  const documents::ChangeListFiles list = documents::render_change_list(planned, changed, names, order.context);
  write_file(path, list.csv);
  if (!list.xlsx.empty()) write_file(order.folder / "changed.xlsx", list.xlsx);
  const auto count = [](const std::vector<bool>& flags) {
    return group_digits(static_cast<long long>(std::count(flags.begin(), flags.end(), true)));
  };
  const auto counted = [](const std::vector<bool>& flags, const char* one, const char* many) {
    return count_of(static_cast<long long>(std::count(flags.begin(), flags.end(), true)), one, many);
  };
  terminal.say({fmt::format("{}: changed since the older plan: {}, {}, {}", path.string(),
                            counted(changed.part.venues, "venue", "venues"), counted(changed.part.rooms, "room", "rooms"),
                            counted(changed.part.people, "person", "people")),
                fmt::format("{}: 이전 배정안과 달라진 시험장 {}곳, 시험실 {}실, 응시자 {}명", path.string(),
                            count(changed.part.venues), count(changed.part.rooms), count(changed.part.people))});
}

Language read_language(const Arguments& arguments) {
  const auto language = arguments.find("language");
  if (!language) return Language::korean;  // papers are for people in Korea whatever the terminal speaks
  constexpr std::string_view languages[] = {"ko", "en"};
  const std::size_t meant = find_meant_word(*language, languages);
  if (meant == std::size(languages)) {
    throw WrongUsage{{fmt::format("--language: '{}' is neither ko nor en", *language),
                      in_korean("--language: '{}'[은/는] ko도 en도 아닙니다", *language)}};
  }
  return meant == 0 ? Language::korean : Language::english;
}

Packing read_packing(const Arguments& arguments) {
  const auto word = arguments.find("pack");
  if (!word) return Packing::by_paper;
  constexpr std::string_view packings[] = {"folder", "zip"};
  const std::size_t meant = find_meant_word(*word, packings);
  if (meant == std::size(packings)) {
    throw WrongUsage{{fmt::format("--pack: '{}' is neither folder nor zip", *word),
                      in_korean("--pack: '{}'[은/는] folder도 zip도 아닙니다", *word)}};
  }
  return meant == 0 ? Packing::school_folders : Packing::school_zips;
}

PressOrder read_order(const Arguments& arguments) {
  PressOrder order;
  order.folder = arguments.text("out");
  order.formats = read_formats(arguments);
  order.papers = read_papers(arguments);
  order.packing = read_packing(arguments);
  order.existing = existing_of(arguments);
  if (arguments.has("threads")) order.processes = static_cast<int>(arguments.integer("threads", 1, 256));
  order.context.language = read_language(arguments);
  order.context.version = arguments.find("edition").value_or("");
  order.context.taken_by = arguments.find("taken-by").value_or("");
  order.context.check_url = arguments.find("check-url").value_or("");
  order.context.printed_at = system_clock().now();
  if (!arguments.has("venue")) order.scope = documents::PaperScope::venue_and_city;
  return order;
}

// A paper that was asked for by name and can be had in none of the formats asked for is told, not passed over.
void require_formats(const Arguments& arguments, const PressOrder& order) {
  if (!arguments.has("paper")) return;
  for (const PaperKind* paper : order.papers) {
    const bool can_be_had = std::any_of(order.formats.begin(), order.formats.end(), [&](PaperFormat format) {
      return std::find(paper->formats.begin(), paper->formats.end(), format) != paper->formats.end();
    });
    if (can_be_had) continue;
    std::string formats;
    for (const PaperFormat format : paper->formats)
      formats += (formats.empty() ? "" : ",") + std::string(documents::spell(format));
    throw WrongUsage{{fmt::format("--format: {} can be had as {}; add --format {}", paper->name, formats, formats),
                      in_korean("--format: {} 문서는 {} 형식으로 만들 수 있습니다. --format {}[을/를] 더하십시오",
                                  paper->name, formats, formats)}};
  }
}

// Whether printing may begin: an incomplete plan is told first.
bool may_print(const PlannedExam& planned, const Arguments& arguments, const Terminal& terminal) {
  const std::size_t unseated = planned.exam.applicants.size() - planned.plan.placements.size();
  if (unseated == 0) return true;
  terminal.say(tell_incomplete(unseated, planned.exam.applicants.size()));
  if (arguments.has("incomplete")) return true;
  terminal.say({"no paper was made; add --incomplete to print the papers of those who have a seat",
                "문서를 만들지 않았습니다. 좌석이 있는 응시자의 문서만 만들려면 --incomplete를 더하십시오"});
  return false;
}

void say_result(const fs::path& out, const PressResult& result, const Terminal& terminal) {
  const auto number = [](std::uint64_t value) { return group_digits(static_cast<long long>(value)); };
  Text there;
  if (result.already_there > 0) {
    there = {fmt::format(" ({} were there from the run that was stopped)", number(result.already_there)),
             fmt::format(" (중단된 작업에서 {}개는 이미 있었음)", number(result.already_there))};
  }
  terminal.say({fmt::format("{}: {}, {}, {:.1f} s{}", out.string(),
                            count_of(static_cast<long long>(result.files), "file", "files"),
                            count_of(static_cast<long long>(result.pages), "page", "pages"), result.seconds, there.en),
                fmt::format("{}: 파일 {}개, {}쪽, {:.1f}초{}", out.string(), number(result.files), number(result.pages),
                            result.seconds, there.ko)});
}

// Those beside the package, where a file of the order has places for them.
void take_photos(const fs::path& package, const PlannedExam& planned, PressOrder& order, const Terminal& terminal) {
  if (!shows_photos(order)) return;
  const PhotoFolder photos(package);
  say_lost_photos(planned, order, photos, terminal);
  order.context.portraits = photos.portraits();
}

Exit run_papers(const Arguments& arguments, const Terminal& terminal) {
  PressOrder order = read_order(arguments);
  require_formats(arguments, order);
  std::optional<documents::Templates> templates;
  if (const auto folder = arguments.find("templates")) {
    if (!fs::exists(*folder)) write_templates(*folder, terminal);
    templates = load_templates(*folder);
    order.context.templates = &*templates;
  }
  PlannedExam planned;
  // What the package is warned of has been told when the plan was made and verified; papers change nothing in it.
  planned.exam = package::load_exam(arguments.positionals[0], read_encoding(arguments), terminal.progress).exam;
  {
    const PlanRows rows = load_plan_argument(arguments.positionals[1], package::Encoding::utf8, terminal);
    terminal.progress.stage({"Verifying the plan", "배정안 검증"}, 0);
    require_printable(arguments, planned.exam, rows);
    planned.plan = package::resolve_plan(planned.exam, rows);
  }
  if (!may_print(planned, arguments, terminal)) return Exit::findings;
  order.venues = read_venues(arguments, planned);

  std::optional<documents::EarlierSeats> earlier;
  const auto take_earlier = [&](const PlanRows& rows) {
    earlier = documents::seats_before(planned.exam, rows);
    order.context.earlier = &*earlier;
    order.before = rows.digest;
  };
  const auto load_older = [&](const std::string& folder) {
    return load_plan_argument(folder, package::Encoding::utf8, planned.exam, Unknown::passed_over, terminal);
  };
  if (const auto before = arguments.find("before")) take_earlier(load_older(*before));
  std::optional<documents::ChangedPapers> changed;
  if (const auto old = arguments.find("changed-since")) {
    const PlanRows rows = load_older(*old);
    if (!earlier) take_earlier(rows);
    changed = documents::compare_papers(planned, rows, order.context);
    if (arguments.has("venue")) changed->keep_only(planned.exam, order.venues.front());
    if (!changed->any()) {
      terminal.say({"nothing differs from the older plan: no paper is printed again",
                    "이전 배정안과 달라진 것이 없어 다시 인쇄할 문서가 없습니다"});
      return Exit::done;
    }
    require_free_files(order.folder, {"changed.csv", "changed.xlsx"}, order.existing);
    order.context.only = &changed->part;
    order.context.replaces = changed->replaces;
  }
  if (Faults faults = documents::find_late_seating(planned, order.venues, order.context.templates); !faults.empty())
    throw InvalidInput(std::move(faults));
  say_what_is_unsaid(planned, order, terminal);
  take_photos(arguments.positionals[0], planned, order, terminal);
  const PressResult result = print_papers(planned, order, terminal);
  if (changed) write_change_list(planned, *changed, order, terminal);
  say_missing(result, terminal);
  say_result(order.folder, result, terminal);
  return result.missing.empty() ? Exit::done : Exit::findings;
}

}  // namespace

Command papers_command() {
  return {"papers",
          {"prints the papers of a plan", "배정안의 문서를 만듭니다"},
          {{"EXAM", {"exam package", "시험 묶음"}}, {"PLAN", {"plan package", "배정안 묶음"}}},
          {{"out", "DIR", {"folder for DIR/PAPER/VENUE.EXT", "DIR/문서/시험장.확장자를 쓸 폴더"}},
           {"format", "LIST", {"pdf, xlsx, csv (pdf)", "pdf, xlsx, csv (pdf)"}},
           {"paper", "LIST", {"names of papers (all)", "문서 이름(전부)"}},
           {"venue", "CODE", {"this venue only, by its code or name", "이 시험장만(코드나 이름)"}},
           {"changed-since", "OLD", {"only what differs from this older plan", "이 이전 배정안과 달라진 것만"}},
           {"before",
            "OLD",
            {"older plan: rosters mark who is new, health lists name the seat before (as with --changed-since)",
             "이전 배정안. 명부에 새로 온 응시자를, 방역 명단에 원 좌석을 표시합니다(--changed-since에도 적용)"}},
           {"pack",
            "folder|zip",
            {"all papers of a school together, named by the school: DIR/SCHOOL/PAPER.EXT or DIR/SCHOOL.zip",
             "학교마다 모든 문서를 학교 이름의 폴더(DIR/학교/문서.확장자)나 ZIP(DIR/학교.zip) 하나로 묶습니다"}},
           {"language", "ko|en", {"language of the papers (ko)", "문서의 언어(ko)"}},
           {"edition", "TEXT", {"edition of the plan, printed on every page", "배정안의 판. 모든 쪽에 인쇄됩니다"}},
           {"taken-by", "NAME", {"who takes the papers, printed on every page", "받는 사람. 모든 쪽에 인쇄됩니다"}},
           {"check-url",
            "URL",
            {"the portal's check page, for the QR codes of slips", "응시표 QR 코드에 넣을 확인 쪽의 주소"}},
           {"templates",
            "DIR",
            {"own titles, columns, notes, seal and ways to schools; a new folder is filled with ours",
             "제목, 열, 안내문, 직인, 오시는 길의 서식 폴더. 없는 폴더이면 기본 서식을 씁니다"}},
           {"threads", "N", {"at once (as many as processors)", "동시에 만들 개수(처리기 수)"}},
           {"incomplete", "", {"print although people have no seat", "좌석이 없는 응시자가 있어도 만듭니다"}},
           replace_option(),
           encoding_option()},
          run_papers};
}

}  // namespace hanjari::cli

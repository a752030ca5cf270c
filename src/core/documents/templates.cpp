#include "hanjari/documents/templates.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "documents/drawing/stamp.h"
#include "documents/paper_fields.h"
#include "documents/template_content.h"
#include "hanjari/base/broken_json.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"

namespace hanjari::documents {

// Written by the build: the files of src/documents/templates.
const std::map<std::string, std::string>& embedded_template_files();

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_words = 1'000;  // characters of one sentence on a paper
constexpr std::size_t longest_way = 20'000;   // characters of the way to a school, which goes on over pages

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Reads one file; every wrong place becomes a fault and the reading goes on.
class TemplateReader {
 public:
  TemplateReader(std::string file, Faults& faults) : file_(std::move(file)), faults_(faults) {}

  void fault(const std::string& place, Text what, Text fix) {
    faults_.add({file_, 0, place, std::move(what), std::move(fix)});
  }

  bool is_object(const Json& value, const std::string& place, std::initializer_list<std::string_view> known) {
    if (!value.is_object()) {
      fault(place, {"not an object", "객체가 아닙니다"}, {"write { ... }", "{ ... } 형식으로 쓰십시오"});
      return false;
    }
    for (const auto& [key, ignored] : value.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        fault(place, {fmt::format("unknown key '{}'", key), fmt::format("알 수 없는 키 '{}'", key)},
              {fmt::format("known keys: {}", fmt::join(known, ", ")),
               fmt::format("쓸 수 있는 키: {}", fmt::join(known, ", "))});
      }
    }
    return true;
  }

  Text text(const Json& object, const char* key, const std::string& place) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    return words(*found, fmt::format("{}.{}", place, key));
  }

  // At most `longest` characters in each language.
  Text words(const Json& value, const std::string& place, std::size_t longest = longest_words) {
    if (!is_object(value, place, {"ko", "en"})) return {};
    Text read;
    for (const auto& [key, word] : value.items()) {
      if (!word.is_string()) {
        fault(place, {"not a text", "문자열이 아닙니다"}, {"write it in quotes", "따옴표로 묶어 쓰십시오"});
      } else if (key == "ko") {
        read.ko = word.get<std::string>();
      } else if (key == "en") {
        read.en = word.get<std::string>();
      }
    }
    for (const std::string* said : {&read.ko, &read.en}) {
      const std::size_t characters = count_characters(*said);
      if (characters <= longest) continue;
      fault(place,
            {fmt::format("the text has {} characters; {} are the most", characters, longest),
             fmt::format("글이 {}자입니다. {}자까지 쓸 수 있습니다", characters, longest)},
            {"shorten it", "줄여 쓰십시오"});
    }
    if (read.en.empty()) read.en = read.ko;
    if (read.ko.empty()) read.ko = read.en;
    return read;
  }

  std::vector<Text> word_list(const Json& object, const char* key, const std::string& place) {
    std::vector<Text> list;
    for (const Json* item : items(object, key, place))
      list.push_back(words(*item, fmt::format("{}.{}[{}]", place, key, list.size())));
    return list;
  }

  std::vector<const Json*> items(const Json& object, const char* key, const std::string& place) {
    std::vector<const Json*> list;
    const auto found = object.find(key);
    if (found == object.end()) return list;
    if (!found->is_array()) {
      fault(fmt::format("{}.{}", place, key), {"not a list", "목록이 아닙니다"},
            {"write [ ... ]", "[ ... ] 형식으로 쓰십시오"});
      return list;
    }
    for (const Json& item : *found) list.push_back(&item);
    return list;
  }

  double number(const Json& object, const char* key, const std::string& place, double least, double most,
                double otherwise) {
    const auto found = object.find(key);
    if (found == object.end()) return otherwise;
    if (found->is_number() && found->get<double>() >= least && found->get<double>() <= most)
      return found->get<double>();
    fault(fmt::format("{}.{}", place, key),
          {fmt::format("{} is not a number from {} to {}", found->dump(), least, most),
           in_korean("{}[은/는] {}에서 {} 사이의 수가 아닙니다", found->dump(), least, most)},
          {"give such a number", "범위 안의 수를 쓰십시오"});
    return otherwise;
  }

  bool flag(const Json& object, const char* key, const std::string& place) {
    const auto found = object.find(key);
    if (found == object.end()) return false;
    if (!found->is_boolean()) {
      fault(fmt::format("{}.{}", place, key), {"not true or false", "true나 false가 아닙니다"},
            {"write true or false", "true나 false로 쓰십시오"});
      return false;
    }
    return found->get<bool>();
  }

  std::string word_of(const Json& object, const char* key, const std::string& place, const std::string& otherwise,
                      const std::vector<std::string_view>& known) {
    const auto found = object.find(key);
    if (found == object.end() && !otherwise.empty()) return otherwise;
    const std::string word = found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
    if (std::find(known.begin(), known.end(), word) != known.end()) return word;
    fault(fmt::format("{}.{}", place, key),
          {fmt::format("unknown word '{}'", word), fmt::format("알 수 없는 말 '{}'", word)},
          {fmt::format("one of {}", fmt::join(known, ", ")),
           fmt::format("다음 가운데 하나: {}", fmt::join(known, ", "))});
    return otherwise;
  }

  // Nothing when the key is absent, null or empty: nobody has said it.
  std::optional<int> time_of_day(const Json& object, const char* key, const std::string& place) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null() || *found == "") return std::nullopt;
    const std::string word = found->is_string() ? found->get<std::string>() : found->dump();
    const auto minutes = parse_time_of_day(word);
    if (!minutes) {
      ValueFault wrong = fault_of_time(word, "'" + clean_line(word) + "'");
      fault(fmt::format("{}.{}", place, key), std::move(wrong.what), std::move(wrong.fix));
    }
    return minutes;
  }

 private:
  std::string file_;
  Faults& faults_;
};

ColumnTemplate read_column(TemplateReader& reader, const Json& value, const std::string& place,
                           const PaperFields& fields) {
  ColumnTemplate column;
  if (!reader.is_object(value, place, {"field", "title", "width", "align", "bold", "size", "sum", "in", "if_any"})) return column;
  column.field = reader.word_of(value, "field", place, "", {fields.columns.begin(), fields.columns.end()});
  column.title = reader.text(value, "title", place);
  column.width = reader.number(value, "width", place, 1, 1000, 10);
  const std::string align = reader.word_of(value, "align", place, "left", {"left", "center", "right"});
  column.align = align == "left" ? Align::left : align == "center" ? Align::center : Align::right;
  column.weight = reader.flag(value, "bold", place) ? Weight::bold : Weight::regular;
  column.size = reader.number(value, "size", place, 5, 40, 0);
  column.sum = reader.flag(value, "sum", place);
  column.if_any = reader.flag(value, "if_any", place);
  if (value.contains("in")) {
    column.on_page = false;
    column.in_city = false;
    column.in_list = false;
    for (const Json* where : reader.items(value, "in", place)) {
      if (*where == "page") {
        column.on_page = true;
      } else if (*where == "city") {
        column.in_city = true;
      } else if (*where == "list") {
        column.in_list = true;
      } else {
        reader.fault(place + ".in",
                     {fmt::format("unknown word {}", where->dump()), fmt::format("알 수 없는 말 {}", where->dump())},
                     {"page (PDF of a venue), city (PDF of all) and list (XLSX, CSV) are known",
                      "page(시험장 PDF), city(전체 PDF), list(XLSX, CSV)를 쓸 수 있습니다"});
      }
    }
  }
  return column;
}

TableTemplate read_table(TemplateReader& reader, const Json& json, const PaperFields& fields) {
  TableTemplate table;
  const std::string place;
  if (!reader.is_object(json, "",
                        {"title", "orientation", "row_height_mm", "text_size", "structure", "heading", "columns",
                         "empty_rows", "notes", "signatures"}))
    return table;
  table.title = reader.text(json, "title", place);
  table.landscape = reader.word_of(json, "orientation", place, "portrait", {"portrait", "landscape"}) == "landscape";
  table.row_height_mm = reader.number(json, "row_height_mm", place, 4, 100, 7);
  table.structure = reader.word_of(json, "structure", place, "cells", {"cells", "rows"}) == "cells" ? Structure::cells
                                                                                                    : Structure::rows;
  table.text_size = reader.number(json, "text_size", place, 5, 24, 9);
  for (const Json* item : reader.items(json, "heading", place)) {
    const std::string at = fmt::format("heading[{}]", table.heading.size());
    HeadingTemplate heading;
    if (reader.is_object(*item, at, {"field", "title", "width"})) {
      heading.field = reader.word_of(*item, "field", at, "", {fields.heading.begin(), fields.heading.end()});
      heading.title = reader.text(*item, "title", at);
      heading.width = reader.number(*item, "width", at, 5, 100, 50);
    }
    table.heading.push_back(heading);
  }
  for (const Json* item : reader.items(json, "columns", place)) {
    table.columns.push_back(read_column(reader, *item, fmt::format("columns[{}]", table.columns.size()), fields));
  }
  if (std::none_of(table.columns.begin(), table.columns.end(),
                   [](const ColumnTemplate& column) { return column.on_page; })) {
    reader.fault("columns", {"no column for the page", "지면에 나올 열이 없습니다"},
                 {"name at least one", "하나 이상 쓰십시오"});
  }
  table.empty_rows = static_cast<int>(reader.number(json, "empty_rows", place, 0, 1000, 0));
  table.notes = reader.word_list(json, "notes", place);
  table.signatures = reader.word_list(json, "signatures", place);
  return table;
}

SlipTemplate read_slip(TemplateReader& reader, const Json& json, const Templates::Files& files) {
  if (!reader.is_object(json, "", {"title", "bring", "rules", "check", "signature", "authority", "seal", "seal_mm"}))
    return {};
  SlipTemplate slip{reader.text(json, "title", ""),     reader.word_list(json, "bring", ""),
                    reader.word_list(json, "rules", ""), reader.text(json, "check", ""),
                    reader.text(json, "signature", ""),  reader.text(json, "authority", ""),
                    nullptr,                             reader.number(json, "seal_mm", "", 5, 60, 20)};
  const auto seal = json.find("seal");
  if (seal == json.end() || seal->is_null() || *seal == "") return slip;
  const auto picture = seal->is_string() ? files.find(seal->get<std::string>()) : files.end();
  if (picture == files.end()) {
    reader.fault("seal",
                 {fmt::format("there is no picture {} beside this file; pictures end in .png, .jpg or .jpeg",
                              seal->dump()),
                  fmt::format("서식 폴더에 {} 그림이 없습니다. 그림 파일은 .png, .jpg, .jpeg로 끝납니다", seal->dump())},
                 {"put the picture (PNG or JPEG) there and write its name, such as seal.png",
                  "그림(PNG, JPEG)을 두고 seal.png처럼 파일 이름을 적으십시오"});
    return slip;
  }
  try {
    slip.seal = std::make_shared<const Stamp>(picture->second);
  } catch (const InvalidInput& error) {
    reader.fault("seal",
                 {picture->first + ": " + error.message().en, picture->first + ": " + error.message().ko},
                 {"save it as PNG or JPEG, 300 to 1000 pixels wide",
                  "가로 300~1000픽셀의 PNG나 JPEG로 저장하십시오"});
  }
  return slip;
}

void read_file_into(TemplateContent& content, const std::string& name, const std::string& bytes,
                    const Templates::Files& files, Faults& faults) {
  TemplateReader reader(name, faults);
  // The last of two equal keys would stand without a word.
  std::vector<std::set<std::string>> keys;
  const auto refuse_twice = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end && !keys.empty()) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.empty() && !keys.back().insert(value.get<std::string>()).second) {
      reader.fault(value.get<std::string>(), {"the key stands there twice", "같은 키가 두 번 있습니다"},
                   {"remove one of them", "하나를 지우십시오"});
    }
    return true;
  };
  if (nesting_of(bytes) > deepest_nesting) {
    reader.fault("",
                 {fmt::format("the brackets are nested more than {} deep", deepest_nesting),
                  fmt::format("괄호가 {}겹보다 깊습니다", deepest_nesting)},
                 {"compare it with the program's own file", "프로그램의 원래 파일과 비교하십시오"});
    return;
  }
  Json json;
  try {
    json = Json::parse(bytes, refuse_twice, true, true);
  } catch (const Json::parse_error& error) {
    faults.add(describe_broken_json(name, bytes, error.byte));
    return;
  } catch (const Json::out_of_range&) {
    reader.fault("", {"a number in this file is larger than any that can be meant", "쓸 수 있는 범위를 넘는 수가 들어 있습니다"},
                 {"look for a number with a large exponent, such as 1e400", "1e400처럼 지수가 큰 수가 있는지 보십시오"});
    return;
  }
  const std::string paper = name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
  if (paper == "day") {
    if (!reader.is_object(json, "", {"seated_by", "gate_closes_at", "starts_at", "footer"})) return;
    content.day = {reader.time_of_day(json, "seated_by", ""), reader.time_of_day(json, "gate_closes_at", ""),
                   reader.time_of_day(json, "starts_at", "")};
    if (content.day.seated_by && content.day.starts_at && *content.day.seated_by > *content.day.starts_at) {
      reader.fault("seated_by", {"people would have to be seated after the exam has begun", "시험이 시작된 뒤에 앉게 됩니다"},
                   {"give a time before starts_at", "starts_at보다 이른 시각을 적으십시오"});
    }
    content.footer = reader.text(json, "footer", "");
  } else if (paper == "slip") {
    content.slip = read_slip(reader, json, files);
  } else if (paper == "ways") {
    if (!json.is_object()) {
      reader.fault("", {"not an object", "객체가 아닙니다"}, {"write { ... }", "{ ... } 형식으로 쓰십시오"});
      return;
    }
    for (const auto& [venue, way] : json.items()) {
      // Codes are read as everywhere: without what nobody sees. Two spellings of one school are one key.
      const bool is_new = content.ways.emplace(clean_line(venue), reader.words(way, venue, longest_way)).second;
      if (!is_new)
        reader.fault(venue, {"the key stands there twice", "같은 키가 두 번 있습니다"},
                     {"remove one of them", "하나를 지우십시오"});
    }
  } else if (paper == "seat_chart" || paper == "desk_label") {
    if (!reader.is_object(json, "", {"title", "notes", "over_rooms"})) return;
    content.drawings[paper] = {reader.text(json, "title", ""), reader.word_list(json, "notes", ""),
                               reader.flag(json, "over_rooms", "")};
  } else if (const PaperFields* fields = find_paper_fields(paper)) {
    content.tables[paper] = read_table(reader, json, *fields);
  } else {
    reader.fault("", {"no such paper", "그런 문서가 없습니다"},
                 {"templates are named after their paper, e.g. roster.json",
                  "서식 파일의 이름은 roster.json처럼 문서 이름이어야 합니다"});
  }
}

}  // namespace

bool is_picture_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view endings[] = {".png",  ".jpg",  ".jpeg", ".gif", ".bmp", ".tif", ".tiff",
                                          ".webp", ".heic", ".avif", ".svg", ".pdf", ".hwp", ".psd"};
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

const Templates::Files& Templates::embedded_files() {
  return embedded_template_files();
}

const Templates& Templates::embedded() {
  static const Templates own = parse({});
  return own;
}

Templates Templates::parse(const Files& files) {
  Files all = files;
  all.insert(embedded_files().begin(), embedded_files().end());  // keeps the given ones
  auto content = std::make_shared<TemplateContent>();
  Faults faults;
  Sha256 digest;
  for (const auto& [name, bytes] : all) {
    digest.update(name).update("\n").update(bytes).update("\n");
    if (!is_picture_name(name)) read_file_into(*content, name, bytes, all, faults);
  }
  if (!faults.empty()) throw InvalidInput(faults);
  return Templates(std::move(content), digest.finish().hex());
}

const std::vector<Text>& Templates::bring() const {
  return content_->slip.bring;
}

const Text* Templates::way_to(std::string_view venue_code) const {
  const auto way = content_->ways.find(venue_code);
  return way == content_->ways.end() ? nullptr : &way->second;
}

std::vector<std::string> Templates::venues_with_ways() const {
  std::vector<std::string> codes;
  for (const auto& [code, way] : content_->ways) codes.push_back(code);
  return codes;
}

const TemplateContent& templates_of(const PaperContext& context) {
  return (context.templates == nullptr ? Templates::embedded() : *context.templates).content();
}

}  // namespace hanjari::documents
